/* road.c - see road.h */
#include "road.h"

#include "layout/join.h"
#include "layout/layout.h"
#include "sheet/ocr_confidence.h"
#include "sheet/selection.h"

#include <glib/gi18n.h>

GPtrArray *
blocks_from_source (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error)
{
  g_autoptr (GPtrArray) pages = pages_from_source (source, options, notes, error);
  return pages ? blocks_from_pages (pages, options->weighing) : NULL;
}

GPtrArray *
tables_from_source (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error)
{
  g_autoptr (GPtrArray) blocks = blocks_from_source (source, options, notes, error);
  return blocks ? tables_from_blocks (blocks, notes) : NULL;
}

static gboolean
is_noted (GPtrArray *notes, const char *code)
{
  for (guint i = 0; i < notes->len; i++)
    if (g_str_equal (((const Note *)notes->pdata[i])->code, code))
      return TRUE;
  return FALSE;
}

/* Fills in what SHEET was read from. */
static void
sheet_take_source (Sheet *sheet, const Source *source, GPtrArray *pages)
{
  gboolean drawn = ((const Page *)g_ptr_array_index (pages, 0))->glyphs != NULL;
  sheet->uri = g_strdup (source->uri);
  sheet->sha256 = g_strdup (source->sha256);
  sheet->media_type = source->media_type;
  sheet->bytes = g_bytes_get_size (source->bytes);
  sheet->pages = drawn ? (int)pages->len : 0;
}

Sheet *
sheet_from_source (const Source *source, const ReadOptions *options, GError **error)
{
  g_autoptr (GPtrArray) notes = notes_new ();
  g_autoptr (GPtrArray) pages = pages_from_source (source, options, notes, error);
  if (!pages)
    return NULL;
  gboolean damaged = is_noted (notes, "pdf-rebuilt");
  note_gave_up (options->knowledge, notes, (Place){0});
  g_autoptr (GPtrArray) blocks = blocks_from_pages (pages, options->weighing);
  g_autoptr (GPtrArray) tables = tables_from_blocks (blocks, notes);
  g_autoptr (Sheet) sheet = sheet_from_tables (options->knowledge, tables, blocks, g_steal_pointer (&notes), error);
  if (!sheet) {
    if (damaged)
      g_prefix_error (error, "%s ", _ ("is damaged; of what could be recovered:"));
    return NULL;
  }
  sheet_take_source (sheet, source, pages);
  sheet_note_recognition (sheet, pages);
  return g_steal_pointer (&sheet);
}

/* The first of the sheet's notes that is more than information, and the number of the others; NULL: none. */
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
sheet_task (const Source *source, gconstpointer data, const MoreTime *more_time, char **warning, GError **error)
{
  const SheetTask *task = data;
  ReadOptions options = task->options;
  options.pictures_ahead = more_time->ask;
  options.data = more_time->data;
  g_autoptr (Sheet) sheet = sheet_from_source (source, &options, error);
  if (!sheet)
    return NULL;
  *warning = warning_of_sheet (sheet);
  return task->writer->text_from_sheet (options.knowledge, sheet);
}
