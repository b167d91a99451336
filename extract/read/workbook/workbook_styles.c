/* workbook_styles.c - see workbook.h: which number format a cell's style names (ECMA-376 part 1, 18.8). */
#include "read/workbook/workbook.h"

#include "read/workbook/number_format.h"

#include <string.h>

/* Codes longer than this are left aside; Excel lets 255 characters be written. */
#define CODE_LENGTH 1024

struct Formats {
  GHashTable *codes; /* int -> char *: those that the workbook defines */
  GArray *ids;       /* int, one for each style of cells */
};

static void
take_code (Formats *formats, const Part *part)
{
  int id = part_number (part, "numFmtId", -1);
  const char *code = part_attribute (part, "formatCode");
  if (id >= 0 && code && strlen (code) <= CODE_LENGTH)
    g_hash_table_insert (formats->codes, GINT_TO_POINTER (id), g_strdup (code));
}

/* Styles of other things (differences, names) are listed in the same words under other heads. */
static void
read_styles (Formats *formats, Part *part)
{
  gboolean codes = FALSE, cells = FALSE;
  while (part_next (part)) {
    if (part_begins (part, "numFmts") || part_ends (part, "numFmts"))
      codes = part_begins (part, "numFmts");
    else if (part_begins (part, "cellXfs") || part_ends (part, "cellXfs"))
      cells = part_begins (part, "cellXfs");
    else if (codes && part_begins (part, "numFmt"))
      take_code (formats, part);
    else if (cells && part_begins (part, "xf")) {
      int id = part_number (part, "numFmtId", 0);
      g_array_append_val (formats->ids, id);
    }
  }
}

Formats *
formats_from_package (Package *package, const char *workbook, GError **error)
{
  g_autoptr (Formats) formats = g_new0 (Formats, 1);
  formats->codes = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  formats->ids = g_array_new (FALSE, FALSE, sizeof (int));
  GError *trouble = NULL;
  g_autofree char *name = package_related (package, workbook, "/styles", NULL, &trouble);
  Part *part = name ? part_open (package, name, &trouble) : NULL;
  if (part) {
    read_styles (formats, part);
    part_close (part, &trouble);
  }
  if (!trouble)
    return g_steal_pointer (&formats);
  g_propagate_error (error, trouble);
  return NULL;
}

void
formats_free (Formats *formats)
{
  if (!formats)
    return;
  g_hash_table_unref (formats->codes);
  g_array_unref (formats->ids);
  g_free (formats);
}

const char *
formats_at (const Formats *formats, int style)
{
  if (style < 0 || style >= (int)formats->ids->len)
    return number_format_built_in (0);
  int id = g_array_index (formats->ids, int, style);
  const char *code = g_hash_table_lookup (formats->codes, GINT_TO_POINTER (id));
  return code ? code : number_format_built_in (id);
}
