/* report.c - `checksheet report`: sheets as one HTML file for people. */
#include <glib/gi18n.h>
#include <string.h>

#include "commands/command.h"
#include "commands/parse.h"
#include "commands/reading_options.h"
#include "read/sheet_json.h"
#include "report/document_parts.h"
#include "report/report_page.h"
#include "run/output.h"
#include "run/pool.h"
#include "run/progress.h"

/* Beyond this nobody looks at a table, and a browser cannot show it. */
enum { SHEETS_MOST = 1000 };

/* Of a file of changes, bytes. */
#define CHANGES_MOST (64 << 20)

typedef struct {
  const Knowledge *knowledge;
  Report *report;
  GPtrArray *origins; /* char * */
  gboolean too_many;
} ReportWork;

static void
report_work_clear (ReportWork *work)
{
  report_free (work->report);
  g_ptr_array_unref (work->origins);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ReportWork, report_work_clear)

/* VENDOR/DOCUMENT.changes.json beside VENDOR/DOCUMENT.json, as a corpus has it; NULL: there is none, or it is not one. */
static cJSON *
changes_beside (const char *origin)
{
  gsize length;
  g_autofree char *text = NULL;
  if (!g_str_has_suffix (origin, ".json"))
    return NULL;
  g_autofree char *stem = g_strndup (origin, strlen (origin) - strlen (".json"));
  g_autofree char *path = g_strconcat (stem, ".changes.json", NULL);
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return NULL;
  cJSON *changes = g_file_get_contents (path, &text, &length, NULL) && length <= CHANGES_MOST
                       ? cJSON_ParseWithLength (text, length)
                       : NULL;
  if (cJSON_IsArray (cJSON_GetObjectItemCaseSensitive (changes, "changed")))
    return changes;
  complain (path, _ ("is not a file of changes; what the revision changed is left out"));
  cJSON_Delete (changes);
  return NULL;
}

static gboolean
take_sheet (const StreamedSheet *streamed, gpointer data)
{
  ReportWork *work = data;
  g_autoptr (GError) error = NULL;
  work->too_many = work->report->sheets->len == SHEETS_MOST;
  if (work->too_many)
    return FALSE;
  Sheet *sheet = sheet_from_json (work->knowledge, streamed->text, streamed->length, &error);
  if (!sheet) {
    complain (streamed->origin, error->message);
    work->report->unread++;
    return TRUE;
  }
  report_add (work->report, streamed, sheet)->changes = changes_beside (streamed->origin);
  g_ptr_array_add (work->origins, g_strdup (streamed->origin));
  return TRUE;
}

static int
add_documents (ReportWork *work, const DocumentPlaces *places)
{
  for (guint i = 0; i < work->report->sheets->len; i++) {
    int number = report_sheet_add_document (work->report->sheets->pdata[i], work->origins->pdata[i], places);
    if (number)
      return number;
  }
  return 0;
}

static int
write_report (const Report *report, const char *path)
{
  g_autofree char *html = html_from_report (report);
  g_autoptr (GError) error = NULL;
  if (!path || g_str_equal (path, "-"))
    return print_text (html);
  g_autoptr (Output) output = output_open (path, &error);
  if (output && output_write (output, html, strlen (html), &error) && output_commit (output, &error))
    return EXIT_ALL_DONE;
  complain (path, error->message);
  return EXIT_FAULT;
}

static int
make_report (const Knowledge *knowledge, const char *output, gboolean pictures, const DocumentPlaces *places)
{
  g_auto (ReportWork) work = {
      .knowledge = knowledge, .report = report_new (knowledge), .origins = g_ptr_array_new_with_free_func (g_free)};
  const StreamReading reading = {knowledge, places->sandbox, places->options};
  StreamEnd end = sheets_streamed (&reading, places->sheets, output, take_sheet, &work);
  if (end.signal)
    pool_end_by_signal (end.signal);
  if (work.too_many)
    return command_wrong_call ("report", _ ("more than %d sheets; name fewer, or load them with checksheet export"),
                               SHEETS_MOST);
  int status = exit_status_of_stream (&end);
  if (work.report->sheets->len == 0)
    return status == EXIT_ALL_DONE ? EXIT_SOME_FAILED : status;
  work.report->unread += end.failed + end.told;
  report_complete (work.report);
  if (work.report->sheets->len == 1 || pictures) {
    int number = add_documents (&work, places);
    if (number)
      pool_end_by_signal (number);
  }
  int written = write_report (work.report, output);
  return written == EXIT_ALL_DONE ? status : written;
}

int
command_report (int argc, char **argv)
{
  g_autofree char *output = NULL, *documents = NULL;
  g_auto (ReadingOptions) reading = usual_reading_options;
  gboolean pictures = FALSE;
  const GOptionEntry entries[] = {
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("Where to write it (standard output)"), N_ ("FILE")},
      {"documents", 0, 0, G_OPTION_ARG_FILENAME, &documents, N_ ("Where the documents are, for their pages"), "DIR"},
      {"pictures", 0, 0, G_OPTION_ARG_NONE, &pictures, N_ ("The pages of several documents too"), NULL},
      COMMAND_LIMITS (reading),
      COMMAND_PASSWORDS (reading),
      {NULL},
  };
  int status;
  g_auto (KnowledgeFiles) files = {0};
  const char *notes = _ ("\
A SHEET is the JSON or NDJSON that convert wrote, a folder of it, a corpus, or a\n\
document. The report is one HTML file that works from disk and on paper: of one\n\
SHEET its items beside their pages, of several the items by vendor.\n\
\n\
A document is looked for where its sheet says, beside the sheet, in DIR, and in\n\
the store of a corpus. Its pages are shown only if it is the one that was read.");
  if (!command_parse (&argc, &argv, entries, notes, &files, &status))
    return status;
  if ((status = command_check_sheets ("report", argv + 1, output)) != EXIT_ALL_DONE)
    return status;
  if (documents && !g_file_test (documents, G_FILE_TEST_IS_DIR))
    return command_wrong_call ("report", _ ("%s: the folder of --documents does not exist"), documents);
  if ((status = reading_options_open (&reading, "report", &files)) != EXIT_ALL_DONE)
    return status;
  DocumentPlaces places = {documents, argv + 1, reading.sandbox, reading.chosen};
  return make_report (reading.knowledge, output, pictures, &places);
}
