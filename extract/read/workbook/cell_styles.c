/* cell_styles.c - see cell_styles.h */
#include "read/workbook/cell_styles.h"

#include "read/workbook/number_format.h"

#include <string.h>

/* Longer codes are ignored; Excel allows 255 characters. */
#define CODE_LENGTH 1024

struct CellStyles {
  GHashTable *codes; /* int -> char *: the formats that the workbook defines, by their ids */
  GArray *ids;       /* int: the format of each style */
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
  gboolean codes = FALSE, cells = FALSE;
  while (part_next (part)) {
    if (part_begins (part, "numFmts") || part_ends (part, "numFmts"))
      codes = part_begins (part, "numFmts");
    else if (part_begins (part, "cellXfs") || part_ends (part, "cellXfs"))
      cells = part_begins (part, "cellXfs");
    else if (codes && part_begins (part, "numFmt"))
      read_number_format (styles, part);
    else if (cells && part_begins (part, "xf")) {
      int id = part_number (part, "numFmtId", 0);
      g_array_append_val (styles->ids, id);
    }
  }
}

CellStyles *
cell_styles_from_package (Package *package, const char *workbook, GError **error)
{
  g_autoptr (CellStyles) styles = g_new0 (CellStyles, 1);
  styles->codes = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  styles->ids = g_array_new (FALSE, FALSE, sizeof (int));
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
  g_array_unref (styles->ids);
  g_free (styles);
}

const char *
cell_styles_format (const CellStyles *styles, int style)
{
  if (style < 0 || style >= (int)styles->ids->len)
    return number_format_built_in (0);
  int id = g_array_index (styles->ids, int, style);
  const char *code = g_hash_table_lookup (styles->codes, GINT_TO_POINTER (id));
  return code ? code : number_format_built_in (id);
}
