/* json_folder.c - sheets as a folder of JSON, a file each: what convert -o makes, from one file again.
 *
 * A text of several lines is written byte for byte as it was given; one of a single line, as NDJSON has it, in the
 * layout of convert.
 */
#include "export/export_format.h"

#include <string.h>

#include "run/output.h"
#include "write/json_text.h"

typedef struct {
  char *folder;
  GHashTable *names; /* of files that were written: char * */
} JsonFolder;

void
json_folder_free (gpointer export)
{
  JsonFolder *folder = export;
  if (!folder)
    return;
  g_hash_table_unref (folder->names);
  g_free (folder->folder);
  g_free (folder);
}

gpointer
json_folder_open (const ExportRequest *request, GError **error)
{
  if (!output_folder (request->path, error))
    return NULL;
  JsonFolder *folder = g_new (JsonFolder, 1);
  *folder = (JsonFolder){g_strdup (request->path), g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL)};
  return folder;
}

/* A new name of a file, and nothing but that: the name may come from a database of any origin. */
static char *
new_name (JsonFolder *folder, const char *wanted)
{
  g_autofree char *stem = g_strdup (*wanted && *wanted != '.' ? wanted : "sheet");
  g_strdelimit (stem, "/\\", '-');
  char *name = g_strdup_printf ("%s.json", stem);
  for (guint number = 2; g_hash_table_contains (folder->names, name); number++) {
    g_free (name);
    name = g_strdup_printf ("%s-%u.json", stem, number);
  }
  g_hash_table_add (folder->names, g_strdup (name));
  return name;
}

gboolean
json_folder_add (gpointer export, const StreamedSheet *sheet, GError **error)
{
  JsonFolder *folder = export;
  g_autofree char *name = new_name (folder, sheet->file);
  g_autofree char *path = g_build_filename (folder->folder, name, NULL);
  g_autoptr (Output) output = output_open (path, error);
  if (!output)
    return FALSE;
  const char *end = memchr (sheet->text, '\n', sheet->length);
  gboolean one_line = !end || end == sheet->text + sheet->length - 1;
  g_autofree char *laid_out = one_line ? json_text_for_eyes (sheet->tree) : NULL;
  const char *text = laid_out ? laid_out : sheet->text;
  return output_write (output, text, laid_out ? strlen (laid_out) : sheet->length, error) &&
         output_commit (output, error);
}

gboolean
json_folder_commit (gpointer export, GError **error)
{
  return TRUE;
}
