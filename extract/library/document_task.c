/* document_task.c - see document_task.h */
#include "library/document_task.h"

#include <cjson/cJSON.h>

#include "road.h"
#include "sheet/summary.h"
#include "write/json_text.h"

/* Counts a warning or an error; of several the first is said. */
static void
add_warning (const char **first, int *count, NoteSeverity severity, const char *text)
{
  if (severity == NOTE_INFO)
    return;
  *first = *first ? *first : text;
  ++*count;
}

/* The first of the sheet's checks and notes that is more than information, and the number of the others; NULL: none. */
static char *
warning_of_sheet (const Sheet *sheet)
{
  const char *first = NULL;
  int count = 0;
  for (guint i = 0; i < sheet->findings->len; i++) {
    const Finding *finding = g_ptr_array_index (sheet->findings, i);
    add_warning (&first, &count, finding->severity, finding->text);
  }
  for (guint i = 0; i < sheet->notes->len; i++) {
    const Note *note = g_ptr_array_index (sheet->notes, i);
    add_warning (&first, &count, note->severity, note->text);
  }
  return count > 1 ? g_strdup_printf ("%s (and %d more)", first, count - 1) : g_strdup (first);
}

static gboolean
source_is_json (const Source *source)
{
  return g_str_equal (source->media_type, "application/json");
}

/* A sheet's own JSON again, of whatever release; NULL: WRITER writes no JSON. The caller frees. */
static char *
json_as_read (const Source *source, const Writer *writer)
{
  gsize size;
  const char *text = g_bytes_get_data (source->bytes, &size);
  gboolean lines = g_str_equal (writer->name, "ndjson");
  if (!lines && !g_str_equal (writer->name, "json"))
    return NULL;
  cJSON *tree = cJSON_ParseWithLength (text, size);
  char *same = tree ? (lines ? json_text_of_one_line : json_text_for_eyes) (tree) : NULL;
  cJSON_Delete (tree);
  return same;
}

/* Its own, then COMMON, those for all documents; NULL: none. The caller frees the list. */
static const char **
passwords_to_try (const Source *source, char *const *common)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  for (char *const *own = source->passwords; own && *own; own++)
    g_ptr_array_add (all, *own);
  for (; common && *common; common++)
    g_ptr_array_add (all, *common);
  if (all->len == 0)
    return NULL;
  g_ptr_array_add (all, NULL);
  return (const char **)g_ptr_array_free (g_steal_pointer (&all), FALSE);
}

ReadOptions
read_options_of_task (const Knowledge *knowledge, const ChecksheetOptions *options, const MoreTime *more_time)
{
  return (ReadOptions){
      .knowledge = knowledge,
      .passwords = options ? options_passwords (options) : NULL,
      .pages = options ? options->ranges : NULL,
      .pictures_ahead = more_time->ask,
      .save_office = more_time->save_office,
      .open_module = more_time->open_module,
      .data = more_time->data,
  };
}

char *
document_task (const Source *source, gconstpointer data, const MoreTime *more_time, TaskRemarks *remarks,
               GError **error)
{
  const DocumentTask *task = data;
  ReadOptions options = read_options_of_task (task->knowledge, task->options, more_time);
  g_autofree const char **passwords = passwords_to_try (source, options.passwords);
  options.ocr_model = task->ocr_model;
  options.passwords = (char *const *)passwords;
  options.weighing = task->weighing;
  if (task->stage)
    return task->stage (source, &options, error);
  g_autoptr (Sheet) sheet = sheet_from_source (source, &options, error);
  if (!sheet)
    return NULL;
  remarks->warning = warning_of_sheet (sheet);
  locale_t machines = uselocale (more_time->people);
  remarks->summary = sheet_summary (sheet);
  uselocale (machines);
  char *same = source_is_json (source) ? json_as_read (source, task->writer) : NULL;
  return same ? same : task->writer->text_from_sheet (task->knowledge, sheet);
}
