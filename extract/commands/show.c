/* show.c - `checksheet show`: one stage on the way from bytes to sheet, printed for people (library/stage.h). */
#include <glib/gi18n.h>
#include <string.h>

#include "commands/command.h"
#include "commands/manual.h"
#include "commands/parse.h"
#include "commands/reading_options.h"
#include "fetch/fetched_inputs.h"
#include "library/document_task.h"
#include "library/stage.h"
#include "run/output.h"
#include "run/pool.h"
#include "run/progress.h"
#include "text/shown.h"

enum { STAGE_COLUMN = 10 };

static char *
items_from_sheet (const Knowledge *knowledge, const Sheet *sheet)
{
  return items_to_string (sheet);
}

static const Writer items_writer = {.name = "items", .text_from_sheet = items_from_sheet};

static const Stage *
stage_named (const char *name)
{
  for (const Stage *stage = stages; stage->name; stage++)
    if (g_str_equal (stage->name, name))
      return stage;
  return NULL;
}

typedef struct {
  const Stage *stage;
  char *format;       /* --format; NULL: not given */
  char *output;       /* a page's drawing; NULL: standard output */
  char **weights;     /* --weight; NULL: not given */
  gboolean json, why; /* JSON, or the second format of the stage */
  Weighing weighing;
  FetchOptions fetch;
  KnowledgeFiles files;
  ReadingOptions reading;
  const OcrModel *ocr_model;
  int status;
} ShowRequest;

static void
show_request_clear (ShowRequest *request)
{
  g_free (request->format);
  g_free (request->output);
  g_strfreev (request->weights);
  knowledge_files_clear (&request->files);
  reading_options_clear (&request->reading);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ShowRequest, show_request_clear)

static char *
source_shown (const Source *source, gconstpointer data, const MoreTime *more_time, TaskRemarks *remarks, GError **error)
{
  const ShowRequest *request = data;
  const Stage *stage = request->stage;
  Weighing weighing = request->weighing;
  g_autoptr (GString) why = g_string_new (NULL);
  weighing.why = request->why ? why : NULL;
  DocumentTask task = {.knowledge = request->reading.knowledge,
                       .options = request->reading.chosen,
                       .ocr_model = request->ocr_model,
                       .weighing = &weighing,
                       .stage = request->json ? stage->json : stage->text,
                       .writer = request->json ? writer_named ("json") : &items_writer};
  g_autofree char *found = document_task (source, &task, more_time, remarks, error);
  g_autofree char *all = found ? g_strconcat (found, why->str, NULL) : NULL;
  g_autofree char *text = all && !request->json ? text_shown (all, SHOWN_LINES) : g_steal_pointer (&all);
  if (!text || *text)
    return g_steal_pointer (&text);
  if (request->output)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_NO_SHEET,
                 _ ("has no pages that are drawn, as a PDF has; checksheet show rows shows its tables"));
  else
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_NO_SHEET, _ ("contains no %s"), stage->name);
  return NULL;
}

static gboolean
write_drawing (const ShowRequest *request, const Outcome *outcome, GError **error)
{
  gsize length;
  g_autofree char *text = outcome_text (outcome, &length, error);
  if (!text)
    return FALSE;
  g_autofree guchar *bytes = g_base64_decode (text, &length);
  g_autoptr (Output) output = output_open (request->output, error);
  return output && output_write (output, (const char *)bytes, length, error) && output_commit (output, error);
}

static gboolean
take_turn (const Input *input, Outcome *outcome, gpointer data)
{
  ShowRequest *request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Output) output = output_standard ();
  request->status = outcome->failed ? exit_status_of_one (outcome->status) : EXIT_FAULT;
  pool_let_signals (TRUE);
  if (outcome->failed)
    complain (input_shown (input), outcome->reason);
  else if (request->output) {
    if (write_drawing (request, outcome, &error))
      request->status = EXIT_ALL_DONE;
    else
      complain (request->output, error->message);
  } else if (!output_copy (output, outcome->answer, outcome->text_start, &error))
    complain (_ ("standard output"), error->message);
  else
    request->status = EXIT_ALL_DONE;
  pool_let_signals (FALSE);
  return TRUE;
}

static int
show (ShowRequest *request, char **paths)
{
  g_autoptr (GPtrArray) inputs = inputs_from_paths (paths, NULL);
  Limits limits = limits_from_options (request->reading.chosen);
  request->fetch.sandbox = request->reading.sandbox;
  request->fetch.bytes = limits.read.input;
  Work work = {.limits = &limits,
               .task = source_shown,
               .data = request,
               .sandbox = request->reading.sandbox,
               .draws = request->output != NULL,
               .speaks = TRUE};
  g_autoptr (OcrModel) ocr_model = ocr_model_open ();
  request->ocr_model = ocr_model;
  inputs_fetch (inputs, &request->fetch);
  int number = pool_run (inputs, &work, 1, take_turn, request);
  if (number)
    pool_end_by_signal (number);
  return request->status;
}

static int
check_call (int argc, char **argv, ShowRequest *request)
{
  const char *format = request->format;
  if (argc < 3)
    return command_wrong_call ("show", _ ("expected a stage (words, rules, grid, rows, items or page) and an INPUT"));
  if (argc > 3)
    return command_wrong_call ("show", _ ("%s: one INPUT at a time"), argv[3]);
  request->stage = stage_named (argv[1]);
  request->json = format && g_str_equal (format, "json");
  if (!request->stage)
    return command_wrong_call ("show", _ ("unknown stage %s; expected words, rules, grid, rows, items or page"),
                               argv[1]);
  if (format && !request->json && !g_str_equal (format, "text"))
    return command_wrong_call ("show", _ ("unknown format %s; expected text or json"), format);
  gboolean page = g_str_equal (argv[1], "page");
  if (page != (request->output != NULL))
    return command_wrong_call ("show",
                               page ? _ ("page: expected -o FILE.svg or -o FILE.png") : _ ("-o: only with page"));
  if (page && !g_str_has_suffix (request->output, ".svg") && !g_str_has_suffix (request->output, ".png"))
    return command_wrong_call ("show", _ ("-o %s: unknown format; expected a name that ends in .svg or .png"),
                               request->output);
  if (page && format)
    return command_wrong_call ("show", _ ("page: the format is told by the name of the -o FILE"));
  request->json = request->json || (page && g_str_has_suffix (request->output, ".png"));
  if (request->why && (request->json || !g_str_equal (argv[1], "grid")))
    return command_wrong_call ("show", _ ("--why: only with grid, as text"));
  if (request->json && request->stage->text && !request->stage->json)
    return command_wrong_call ("show", _ ("%s can be shown only as text; rows and items also as json"), argv[1]);
  if (g_file_test (argv[2], G_FILE_TEST_IS_DIR))
    return command_wrong_call ("show", _ ("%s: is a folder; name a file in it"), argv[2]);
  if (page && paths_are_same (argv[2], request->output))
    return command_wrong_call ("show", _ ("%s: cannot be input and output at once; name another with -o"), argv[2]);
  for (char **weight = request->weights; weight && *weight; weight++)
    if (!weighing_set (&request->weighing, *weight))
      return command_wrong_call ("show", _ ("--weight %s: expected EVIDENCE=NUMBER, of the kinds in --why"), *weight);
  return EXIT_ALL_DONE;
}

static gboolean
parse_request (ShowRequest *request, int *argc, char ***argv, int *status)
{
  const GOptionEntry entries[] = {
      {"format", 'f', 0, G_OPTION_ARG_STRING, &request->format, N_ ("Format (text); json: with rows and items"),
       "text|json"},
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &request->output, N_ ("Where to write the drawing of the pages"),
       N_ ("FILE")},
      {"pages", 0, 0, G_OPTION_ARG_STRING, &request->reading.pages, N_ ("Only these pages of a PDF, as 1-3 or 2,5-"),
       N_ ("PAGES")},
      {"why", 0, 0, G_OPTION_ARG_NONE, &request->why, N_ ("With grid: what spoke for and against each decision"), NULL},
      {"weight", 0, 0, G_OPTION_ARG_STRING_ARRAY, &request->weights,
       N_ ("Weigh this evidence for tables otherwise; may be repeated"), N_ ("EVIDENCE=NUMBER")},
      {"allow-private-addresses", 0, 0, G_OPTION_ARG_NONE, &request->fetch.allow_private,
       N_ ("Also fetch from addresses that are not public"), NULL},
      COMMAND_LIMITS (request->reading),
      COMMAND_PASSWORDS (request->reading),
      {NULL},
  };
  g_autoptr (GString) notes = g_string_new (_ ("Stages:"));
  g_string_append_c (notes, '\n');
  for (const Stage *stage = stages; stage->name; stage++)
    manual_append_entry (notes, stage->name, STAGE_COLUMN, _ (stage->summary));
  g_string_truncate (notes, notes->len - 1);
  return command_parse (argc, argv, entries, notes->str, &request->files, status);
}

int
command_show (int argc, char **argv)
{
  g_auto (ShowRequest)
      request = {.fetch = usual_fetch, .reading = usual_reading_options, .weighing = weighing_usual ()};
  int status;
  if (!parse_request (&request, &argc, &argv, &status))
    return status;
  if ((status = check_call (argc, argv, &request)) == EXIT_ALL_DONE)
    status = reading_options_open (&request.reading, "show", &request.files);
  return status == EXIT_ALL_DONE ? show (&request, argv + 2) : status;
}
