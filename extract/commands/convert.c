/* convert.c - `checksheet convert`: turns vendors' files into sheets, with a ledger of the outcome of each. */
#include <errno.h>
#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "change/marked_text.h"
#include "commands/command.h"
#include "fetch/fetched_inputs.h"
#include "road.h"
#include "run/ledger.h"
#include "run/output.h"
#include "run/pool.h"
#include "run/progress.h"
#include "write/writer.h"

enum { JOBS_LIMIT = 256 };

/* The options and arguments of the call. */
typedef struct {
  char *place, *format; /* -o, --format; NULL: not given */
  KnowledgeFiles files;
  int jobs, cpu_seconds, memory;
  double timeout;
  FetchOptions fetch;
  gboolean verbose, without_sandbox;
  char **paths;
  gboolean several; /* several paths, or a folder */
} ConvertRequest;

typedef struct {
  const ConvertRequest *request;
  Knowledge *knowledge;
  const Writer *writer;
  char *folder;   /* NULL: all goes to `output` */
  Output *output; /* standard output, or the one file */
  Output *ledger; /* in the folder */
  Sandbox *sandbox;
  gboolean head_written;
  gboolean broken;  /* nothing more can be written */
  gboolean watched; /* people read standard error */
  Progress progress;
} Conversion;

static void
convert_request_clear (ConvertRequest *request)
{
  g_free (request->place);
  g_free (request->format);
  knowledge_files_clear (&request->files);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ConvertRequest, convert_request_clear)

static void
conversion_clear (Conversion *conversion)
{
  g_free (conversion->folder);
  output_close (conversion->output);
  output_close (conversion->ledger);
  sandbox_free (conversion->sandbox);
  knowledge_free (conversion->knowledge);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Conversion, conversion_clear)

static gboolean
write_sheet (Conversion *conversion, Output *output, const Outcome *outcome, GError **error)
{
  gboolean wanted = conversion->writer->head && !conversion->head_written;
  g_autofree char *head = wanted ? conversion->writer->head (conversion->knowledge) : NULL;
  if (head && !output_write (output, head, strlen (head), error))
    return FALSE;
  conversion->head_written = !conversion->folder;
  return output_copy (output, outcome->answer, outcome->text_start, error);
}

static gboolean
write_to_folder (Conversion *conversion, const char *name, const Input *input, const Outcome *outcome, GError **error)
{
  g_autofree char *path = g_build_filename (conversion->folder, name, NULL);
  if (paths_are_same (path, input->path)) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, _ ("its sheet would overwrite it; name another folder"));
    return FALSE;
  }
  g_autoptr (Output) output = output_open (path, error);
  return output && write_sheet (conversion, output, outcome, error) && output_commit (output, error);
}

/* To standard output or the one file. */
static void
deliver_to_output (Conversion *conversion, const Outcome *outcome)
{
  g_autoptr (GError) error = NULL;
  pool_let_signals (!conversion->request->place);
  gboolean written =
      write_sheet (conversion, conversion->output, outcome, &error) && output_commit (conversion->output, &error);
  pool_let_signals (FALSE);
  if (written)
    return;
  conversion->broken = TRUE;
  progress_clear (&conversion->progress);
  complain (conversion->request->place ? conversion->request->place : _ ("standard output"), error->message);
}

static void
record (Conversion *conversion, const Input *input, const Outcome *outcome, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = ledger_record (input_shown (input), outcome, outcome->failed ? NULL : name);
  if (output_write (conversion->ledger, line, strlen (line), &error))
    return;
  conversion->broken = TRUE;
  progress_clear (&conversion->progress);
  complain (conversion->ledger->path, error->message);
}

static void
deliver_to_folder (Conversion *conversion, const Input *input, Outcome *outcome)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("%s.%s", input->name, conversion->writer->extension);
  if (!outcome->failed && !write_to_folder (conversion, name, input, outcome, &error))
    outcome_fail (outcome, CHECKSHEET_ERROR_IO, g_strdup_printf ("%s: %s", name, error->message));
  record (conversion, input, outcome, name);
}

/* What was found, in lines of the terminal's width. */
static void
say_summary (Conversion *conversion, const Input *input, const Outcome *outcome)
{
  g_autofree char *name = name_for_showing (input_shown (input));
  g_autofree char *line = g_strdup_printf ("%s: %s", name, outcome->summary);
  g_autoptr (GArray) runs = runs_new ();
  g_autoptr (GString) lines = g_string_new (NULL);
  runs_add (runs, line, -1, MARK_NONE);
  append_runs (lines, runs, progress_columns (), 0, FALSE);
  progress_clear (&conversion->progress);
  fputs (lines->str, stderr);
}

static gboolean
take_turn (const Input *input, Outcome *outcome, gpointer data)
{
  Conversion *conversion = data;
  if (conversion->folder)
    deliver_to_folder (conversion, input, outcome);
  else if (!outcome->failed)
    deliver_to_output (conversion, outcome);
  if (outcome->failed) {
    progress_clear (&conversion->progress);
    complain (input_shown (input), outcome->reason);
  }
  if (outcome->summary && !outcome->failed && conversion->watched)
    say_summary (conversion, input, outcome);
  if (outcome->noise && conversion->request->verbose) {
    progress_clear (&conversion->progress);
    fputs (outcome->noise, stderr);
  }
  progress_step (&conversion->progress, input_shown (input), outcome->failed);
  return !conversion->broken;
}

/* The call, before anything is read. */

static int
wrong_call (const char *format, const char *what)
{
  return command_wrong_call ("convert", format, what);
}

/* Makes the folder if it does not exist; its parent must. */
static int
open_folder (Conversion *conversion, const char *place)
{
  g_autoptr (GError) error = NULL;
  if (mkdir (place, 0777) != 0 && errno == ENOENT)
    return wrong_call (_ ("%s: its parent folder does not exist"), place);
  if (!g_file_test (place, G_FILE_TEST_EXISTS))
    return command_wrong_call ("convert", _ ("%s: cannot make the folder: %s"), place, g_strerror (errno));
  if (!g_file_test (place, G_FILE_TEST_IS_DIR))
    return wrong_call (_ ("%s: is not a folder; several inputs need one for their sheets"), place);
  for (char **path = conversion->request->paths; *path; path++)
    if (paths_are_same (*path, place))
      return wrong_call (_ ("%s: cannot be input and output at once; name another folder for -o"), place);
  g_autofree char *ledger = g_build_filename (place, "ledger.jsonl", NULL);
  conversion->ledger = output_open (ledger, &error);
  if (!conversion->ledger) {
    complain (place, error->message);
    return EXIT_WRONG_CALL;
  }
  conversion->folder = g_strdup (place);
  return EXIT_ALL_DONE;
}

static int
open_file (Conversion *conversion, const char *place)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_path_get_dirname (place);
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    return wrong_call (_ ("%s: its parent folder does not exist"), place);
  if (paths_are_same (conversion->request->paths[0], place) && g_file_test (place, G_FILE_TEST_IS_REGULAR))
    return wrong_call (_ ("%s: is the input itself; name another file for -o"), place);
  conversion->output = output_open (place, &error);
  if (conversion->output)
    return EXIT_ALL_DONE;
  complain (place, error->message);
  return EXIT_WRONG_CALL;
}

static int
open_place (Conversion *conversion)
{
  const ConvertRequest *request = conversion->request;
  if (!request->place) {
    conversion->output = output_standard ();
    return EXIT_ALL_DONE;
  }
  if (request->several || g_str_has_suffix (request->place, "/") || g_file_test (request->place, G_FILE_TEST_IS_DIR))
    return open_folder (conversion, request->place);
  return open_file (conversion, request->place);
}

static int
choose_writer (Conversion *conversion)
{
  const ConvertRequest *request = conversion->request;
  const char *format = request->format ? request->format : "json";
  /* Several objects after each other can be separated only if each is one line. */
  if (request->several && !request->place && g_str_equal (format, "json"))
    format = "ndjson";
  conversion->writer = writer_named (format);
  return conversion->writer ? EXIT_ALL_DONE : wrong_call (_ ("unknown format %s; --help lists the formats"), format);
}

static int
check_request (ConvertRequest *request)
{
  int standard_inputs = 0;
  for (char **path = request->paths; *path; path++) {
    standard_inputs += g_str_equal (*path, "-");
    request->several |= path != request->paths || g_file_test (*path, G_FILE_TEST_IS_DIR);
  }
  if (!*request->paths)
    return wrong_call ("%s", _ ("no INPUT given"));
  if (standard_inputs > 1)
    return wrong_call ("%s", _ ("standard input (-) can be read only once"));
  if (request->place && g_str_equal (request->place, "-"))
    g_clear_pointer (&request->place, g_free);
  if (request->jobs < 1 || request->jobs > JOBS_LIMIT)
    return command_wrong_call ("convert", _ ("--jobs must be a number from 1 to %d"), JOBS_LIMIT);
  if (!(request->timeout > 0) || request->timeout > 1e6 || request->cpu_seconds < 0 || request->memory < 1)
    return wrong_call ("%s", _ ("--timeout, --cpu and --memory must be greater than 0"));
  return EXIT_ALL_DONE;
}

static char *
help_notes (void)
{
  g_autoptr (GString) notes = g_string_new (_ ("Formats:"));
  for (const Writer *writer = writers (); writer->name; writer++)
    g_string_append_printf (notes, "\n  %-10s %s", writer->name, _ (writer->summary));
  g_string_append_printf (notes, "\n\n%s", _ ("\
An INPUT is a PDF, a web page, a text file, a workbook, an address of one\n\
(https://…), a folder (all files in it, hidden ones left out), or - for\n\
standard input. One INPUT and no -o: JSON on standard output. Several, or a\n\
folder: one sheet a line there; or with -o DIR one file each in DIR, and\n\
DIR/ledger.jsonl with one record for each INPUT.\n\
\n\
A file a/x.pdf becomes DIR/x.json; in a folder that is walked, a-x.json. Equal\n\
names get the extension (x.pdf.json, x.html.json), else the folder in front\n\
(a-x.json, b-x.json), else both."));
  return g_string_free (g_steal_pointer (&notes), FALSE);
}

static gboolean
parse_request (ConvertRequest *request, int *argc, char ***argv, int *status)
{
  const GOptionEntry entries[] = {
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &request->place, N_ ("File or folder for the sheets"),
       N_ ("FILE-or-DIR")},
      {"format", 'f', 0, G_OPTION_ARG_STRING, &request->format, N_ ("json, ndjson or csv"), N_ ("FORMAT")},
      {"jobs", 'j', 0, G_OPTION_ARG_INT, &request->jobs, N_ ("Inputs to read in parallel (all cores)"), "N"},
      {"timeout", 0, 0, G_OPTION_ARG_DOUBLE, &request->timeout, N_ ("Time for one input (60)"), N_ ("SECONDS")},
      {"cpu", 0, 0, G_OPTION_ARG_INT, &request->cpu_seconds, N_ ("CPU time for one input (half of --timeout)"),
       N_ ("SECONDS")},
      {"memory", 0, 0, G_OPTION_ARG_INT, &request->memory, N_ ("Memory for one input (1024)"), "MiB"},
      {"allow-private-addresses", 0, 0, G_OPTION_ARG_NONE, &request->fetch.allow_private,
       N_ ("Also fetch from addresses that are not public"), NULL},
      COMMAND_NO_SANDBOX (request->without_sandbox),
      {"verbose", 'v', 0, G_OPTION_ARG_NONE, &request->verbose, N_ ("Also say what was found, and what libraries say"),
       NULL},
      {NULL},
  };
  g_autofree char *notes = help_notes ();
  if (!command_parse (argc, argv, entries, notes, &request->files, status))
    return FALSE;
  request->paths = *argv + 1;
  *status = check_request (request);
  return *status == EXIT_ALL_DONE;
}

static int
run_conversion (Conversion *conversion, GPtrArray *inputs)
{
  const ConvertRequest *request = conversion->request;
  Limits limits = usual_limits;
  if (request->timeout != usual_limits.wall_seconds || request->cpu_seconds)
    limits.picture_seconds = 0;
  limits.wall_seconds = request->timeout;
  limits.cpu_seconds = request->cpu_seconds ? request->cpu_seconds : (int)ceil (request->timeout / 2);
  limits.memory = (guint64)request->memory << 20;
  g_autoptr (OcrModel) ocr_model = ocr_model_open ();
  SheetTask task = {conversion->writer, {.knowledge = conversion->knowledge, .ocr_model = ocr_model}};
  Work work = {.limits = &limits, .task = sheet_task, .data = &task, .sandbox = conversion->sandbox};
  conversion->progress = progress_new (inputs->len);
  conversion->watched = request->verbose || isatty (STDERR_FILENO);
  int number = pool_run (inputs, &work, request->jobs, take_turn, conversion);
  progress_clear (&conversion->progress);
  return number;
}

/* The ledger is renamed to its name when all is done. */
static int
close_ledger (Conversion *conversion)
{
  g_autoptr (GError) error = NULL;
  if (!conversion->ledger || conversion->broken || output_commit (conversion->ledger, &error))
    return EXIT_ALL_DONE;
  complain (conversion->ledger->path, error->message);
  return EXIT_SOME_FAILED;
}

static int
convert (const ConvertRequest *request, int *number)
{
  g_auto (Conversion) conversion = {.request = request};
  int status = choose_writer (&conversion);
  if (status == EXIT_ALL_DONE && !(conversion.knowledge = command_knowledge (&request->files)))
    status = EXIT_WRONG_CALL;
  if (status == EXIT_ALL_DONE && !(conversion.sandbox = command_sandbox (request->without_sandbox)))
    status = EXIT_FAULT;
  if (status == EXIT_ALL_DONE)
    status = open_place (&conversion);
  if (status != EXIT_ALL_DONE)
    return status;
  g_autoptr (GPtrArray) inputs = inputs_from_paths (request->paths, conversion.folder);
  inputs_name_outputs (inputs, conversion.writer->extension, "ledger.jsonl");
  FetchOptions fetch = request->fetch;
  fetch.sandbox = conversion.sandbox;
  inputs_fetch (inputs, &fetch);
  *number = run_conversion (&conversion, inputs);
  if (*number)
    return EXIT_SOME_FAILED;
  status = close_ledger (&conversion);
  return conversion.broken || conversion.progress.failed ? EXIT_SOME_FAILED : status;
}

int
command_convert (int argc, char **argv)
{
  g_auto (ConvertRequest) request = {
      .jobs = MIN (g_get_num_processors (), JOBS_LIMIT), .timeout = 60, .memory = 1024, .fetch = usual_fetch};
  int status, number = 0;
  if (!parse_request (&request, &argc, &argv, &status))
    return status;
  status = convert (&request, &number);
  if (number)
    pool_end_by_signal (number);
  return status;
}
