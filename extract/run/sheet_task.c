/* sheet_task.c - see sheet_task.h */
#include "run/sheet_task.h"

#include "write/writer.h"

/* The first of the sheet's notes that is more than information, and how many there are; NULL: none. */
static char *
warning_of_sheet (const Sheet *sheet)
{
  const char *first = NULL;
  int count = 0;
  for (guint i = 0; i < sheet->notes->len; i++) {
    const Note *note = sheet->notes->pdata[i];
    if (note->severity == NOTE_INFO)
      continue;
    first = first ? first : note->text;
    count++;
  }
  return count > 1 ? g_strdup_printf ("%s (and %d more)", first, count - 1) : g_strdup (first);
}

char *
sheet_task (const Source *source, gconstpointer data, char **warning, GError **error)
{
  const Writer *writer = data;
  g_autoptr (Sheet) sheet = sheet_from_source (source, error);
  if (!sheet)
    return NULL;
  *warning = warning_of_sheet (sheet);
  return writer->text_from_sheet (sheet);
}
