/* cell_styles.c - see cell_styles.h */
#include "read/workbook/cell_styles.h"

#include "read/workbook/number_format.h"

#include <string.h>

/* Longer codes are ignored; Excel allows 255 characters. */
#define CODE_LENGTH 1024

typedef struct {
  int format, font; /* the id of the one, the index of the other */
} CellStyle;

struct CellStyles {
  GHashTable *codes; /* int -> char *: the formats that the workbook defines, by their ids */
  GArray *struck;    /* gboolean: whether each font strikes text out */
  GArray *styles;    /* CellStyle */
};

static void
read_number_format (CellStyles *styles, const PackagePart *part)
{
  int id = part_number (part, "numFmtId", -1);
  const char *code = part_attribute (part, "formatCode");
  if (id >= 0 && code && strlen (code) <= CODE_LENGTH)
    g_hash_table_insert (styles->codes, GINT_TO_POINTER (id), g_strdup (code));
}

/* Only these lists count: other lists (cellStyleXfs, dxfs) have the same elements. */
static void
read_styles (CellStyles *styles, PackagePart *part)
{
  gboolean codes = FALSE, cells = FALSE, fonts = FALSE;
  while (part_next (part)) {
    if (part_begins (part, "numFmts") || part_ends (part, "numFmts"))
      codes = part_begins (part, "numFmts");
    else if (part_begins (part, "cellXfs") || part_ends (part, "cellXfs"))
      cells = part_begins (part, "cellXfs");
    else if (part_begins (part, "fonts") || part_ends (part, "fonts"))
      fonts = part_begins (part, "fonts");
    else if (fonts && part_begins (part, "font")) {
      gboolean struck = FALSE;
      g_array_append_val (styles->struck, struck);
    } else if (fonts && styles->struck->len > 0 && part_strikes (part))
      g_array_index (styles->struck, gboolean, styles->struck->len - 1) = TRUE;
    else if (codes && part_begins (part, "numFmt"))
      read_number_format (styles, part);
    else if (cells && part_begins (part, "xf")) {
      CellStyle style = {part_number (part, "numFmtId", 0), part_number (part, "fontId", -1)};
      g_array_append_val (styles->styles, style);
    }
  }
}

CellStyles *
cell_styles_from_package (Package *package, const char *workbook, GError **error)
{
  g_autoptr (CellStyles) styles = g_new0 (CellStyles, 1);
  styles->codes = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  styles->struck = g_array_new (FALSE, FALSE, sizeof (gboolean));
  styles->styles = g_array_new (FALSE, FALSE, sizeof (CellStyle));
  GError *failure = NULL;
  g_autofree char *name = package_related (package, workbook, "/styles", NULL, &failure);
  PackagePart *part = name ? part_open (package, name, &failure) : NULL;
  if (part) {
    read_styles (styles, part);
    part_close (part, &failure);
  }
  if (!failure)
    return g_steal_pointer (&styles);
  g_propagate_error (error, failure);
  return NULL;
}

void
cell_styles_free (CellStyles *styles)
{
  if (!styles)
    return;
  g_hash_table_unref (styles->codes);
  g_array_unref (styles->struck);
  g_array_unref (styles->styles);
  g_free (styles);
}

const char *
cell_styles_format (const CellStyles *styles, int style)
{
  if (style < 0 || style >= (int)styles->styles->len)
    return number_format_built_in (0);
  int id = g_array_index (styles->styles, CellStyle, style).format;
  const char *code = g_hash_table_lookup (styles->codes, GINT_TO_POINTER (id));
  return code ? code : number_format_built_in (id);
}

gboolean
cell_styles_strike (const CellStyles *styles, int style)
{
  if (style < 0 || style >= (int)styles->styles->len)
    return FALSE;
  int font = g_array_index (styles->styles, CellStyle, style).font;
  return font >= 0 && font < (int)styles->struck->len && g_array_index (styles->struck, gboolean, font);
}
