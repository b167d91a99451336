/* convert.c - `checksheet convert`: turns vendors' files into sheets.
 *
 *     one INPUT             its sheet to standard output or a file
 *     several               a stream: one line for each, in their order, on standard output
 *     several, -o DIR       a file each, as they end, and a ledger (run/sheet_folder.h)
 *     --filter              a stream of names or documents in, a stream of sheets out (run/filter_lines.h)
 */
#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "change/marked_text.h"
#include "commands/command.h"
#include "commands/manual.h"
#include "commands/parse.h"
#include "commands/reading_options.h"
#include "fetch/fetched_inputs.h"
#include "library/document_task.h"
#include "run/file_text.h"
#include "run/filter_lines.h"
#include "run/output.h"
#include "run/pool.h"
#include "run/process.h"
#include "run/progress.h"
#include "run/sheet_folder.h"

enum { JOBS_LIMIT = 256, FORMAT_COLUMN = 13 };

/* The options and arguments of the call. */
typedef struct {
  char *place, *format; /* -o, --format; NULL: not given */
  KnowledgeFiles files;
  char *list, *retry, *shard; /* --from-file, --retry, --shard; NULL: not given */
  char **retried;             /* the statuses in `retry` */
  int shard_index, shard_count;
  gboolean null_ended, resume, filter;
  int jobs;
  ReadingOptions reading;
  FetchOptions fetch;
  gboolean verbose, quiet;
  char **paths;
  gboolean several; /* several paths, a folder, a list, or a stream */
} ConvertRequest;

typedef struct {
  const ConvertRequest *request;
  Knowledge *knowledge;
  const Writer *writer;
  FetchOptions fetch;  /* those of the request, in the sandbox */
  SheetFolder *folder; /* NULL: all goes to `output` */
  Output *output;      /* standard output, or the one file */
  int all;             /* inputs */
  int done, failed;    /* of them, by an earlier run too */
  const char *status;  /* of the last one, static */
  gboolean stream;     /* failed inputs have a line too */
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
  g_free (request->list);
  g_free (request->retry);
  g_free (request->shard);
  g_strfreev (request->retried);
  reading_options_clear (&request->reading);
  knowledge_files_clear (&request->files);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ConvertRequest, convert_request_clear)

static void
conversion_clear (Conversion *conversion)
{
  sheet_folder_close (conversion->folder);
  output_close (conversion->output);
  if (SANITIZED) /* else the process ends now: freeing it would take a page fault for each page that children shared */
    knowledge_free (conversion->knowledge);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Conversion, conversion_clear)

static void
give_up (Conversion *conversion, const char *name, const GError *error)
{
  conversion->broken = TRUE;
  progress_clear (&conversion->progress);
  complain (name, error->message);
}

/* The head of a file or stream; NULL: there is none, or it was written. The caller frees. */
static char *
wanted_head (const Conversion *conversion)
{
  return conversion->writer->head && !conversion->head_written ? conversion->writer->head (conversion->knowledge)
                                                               : NULL;
}

static gboolean
write_sheet (Conversion *conversion, const Outcome *outcome, GError **error)
{
  g_autofree char *head = wanted_head (conversion);
  if (head && !output_write (conversion->output, head, strlen (head), error))
    return FALSE;
  conversion->head_written = TRUE;
  return output_copy (conversion->output, outcome->answer, outcome->text_start, error) &&
         output_commit (conversion->output, error);
}

static gboolean
write_failure (Conversion *conversion, const Input *input, const Outcome *outcome, GError **error)
{
  g_autofree char *uri = ledger_uri (input_shown (input));
  g_autofree char *line = failure_line (
      &(LedgerRecord){.uri = uri, .sha256 = outcome->sha256, .status = outcome->status, .reason = outcome->reason});
  return output_write (conversion->output, line, strlen (line), error);
}

/* To standard output or the one file. */
static void
deliver_to_output (Conversion *conversion, const Input *input, const Outcome *outcome)
{
  g_autoptr (GError) error = NULL;
  const char *place = conversion->request->place;
  pool_let_signals (!place);
  if (outcome->failed ? conversion->stream && !write_failure (conversion, input, outcome, &error)
                      : !write_sheet (conversion, outcome, &error))
    give_up (conversion, place ? place : _ ("standard output"), error);
  pool_let_signals (FALSE);
}

static void
deliver_to_folder (Conversion *conversion, const Input *input, Outcome *outcome)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *head = wanted_head (conversion);
  if (!sheet_folder_put (conversion->folder, input, outcome, head, &error))
    give_up (conversion, LEDGER_NAME, error);
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

static void
count_input (Conversion *conversion, const char *status, gboolean failed)
{
  conversion->done += !failed;
  conversion->failed += failed;
  conversion->status = status;
}

static gboolean
take_turn (const Input *input, Outcome *outcome, gpointer data)
{
  Conversion *conversion = data;
  if (conversion->folder)
    deliver_to_folder (conversion, input, outcome);
  else
    deliver_to_output (conversion, input, outcome);
  count_input (conversion, outcome->status, outcome->failed);
  if (outcome->failed) {
    progress_clear (&conversion->progress);
    complain (input_shown (input), outcome->reason);
  }
  if (outcome->summary && !outcome->failed && conversion->watched)
    say_summary (conversion, input, outcome);
  if (outcome->noise && conversion->request->verbose) {
    progress_clear (&conversion->progress);
    complain_lines (outcome->noise);
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

/* What decides how a sheet comes out, beside its bytes. The caller frees. */
static char *
fingerprint_of_sheets (const Conversion *conversion)
{
  g_autofree char *fingerprint = program_fingerprint (conversion->knowledge);
  const char *pages = conversion->request->reading.pages;
  g_autofree char *text =
      g_strdup_printf ("%s %s%s%s", fingerprint, conversion->writer->name, pages ? " " : "", pages ? pages : "");
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  return g_strdup_printf ("sha256:%s", sum);
}

/* Makes the folder if it does not exist; its parent must. */
static int
open_folder (Conversion *conversion, const char *place)
{
  g_autoptr (GError) error = NULL;
  int fault = mkdir (place, 0777) != 0 ? errno : 0;
  if (fault == ENOENT)
    return wrong_call (_ ("%s: its parent folder does not exist"), place);
  if (fault && fault != EEXIST) {
    complain_printf (place, _ ("cannot make the folder: %s"), g_strerror (fault));
    return EXIT_FAULT;
  }
  if (!g_file_test (place, G_FILE_TEST_IS_DIR))
    return wrong_call (_ ("%s: is not a folder; several inputs need one for their sheets"), place);
  for (char **path = conversion->request->paths; *path; path++)
    if (paths_are_same (*path, place))
      return wrong_call (_ ("%s: cannot be input and output at once; name another folder for -o"), place);
  g_autofree char *made_by = fingerprint_of_sheets (conversion);
  conversion->folder = sheet_folder_open (place, conversion->writer->extension, made_by, &error);
  if (conversion->folder)
    return EXIT_ALL_DONE;
  complain (place, error->message);
  return EXIT_FAULT;
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
  return EXIT_FAULT;
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

/* "json|ndjson|csv". The caller frees. */
static char *
format_names (void)
{
  g_autoptr (GString) names = g_string_new (NULL);
  for (const Writer *writer = writers (); writer->name; writer++)
    g_string_append_printf (names, "%s%s", names->len ? "|" : "", writer->name);
  return g_string_free (g_steal_pointer (&names), FALSE);
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
  conversion->stream = request->several && !request->place && g_str_equal (format, "ndjson");
  if (conversion->writer)
    return EXIT_ALL_DONE;
  g_autofree char *names = format_names ();
  return command_unknown_format ("convert", format, names);
}

/* "I/N": 1/4 to 4/4. */
static gboolean
parse_shard (ConvertRequest *request)
{
  int end = 0;
  return !request->shard ||
         (sscanf (request->shard, "%d/%d%n", &request->shard_index, &request->shard_count, &end) == 2 &&
          !request->shard[end] && request->shard_index >= 1 && request->shard_index <= request->shard_count);
}

/* The words in --retry. */
static int
parse_retry (ConvertRequest *request)
{
  request->retried = request->retry ? g_strsplit (request->retry, ",", -1) : NULL;
  for (char **word = request->retried; word && *word; word++)
    if (!status_is_known (*word))
      return wrong_call (_ ("%s: is not a status of the ledger (--retry crash,limit-wall)"), *word);
  return EXIT_ALL_DONE;
}

static int
check_stream (const ConvertRequest *request)
{
  if (*request->paths || request->list || request->place || request->shard)
    return wrong_call ("%s", _ ("--filter reads names from standard input and writes to standard output; no INPUT, "
                                "-o, --from-file or --shard goes with it"));
  if (request->format && !g_str_equal (request->format, "ndjson"))
    return wrong_call ("%s", _ ("--filter writes ndjson: one line for each line"));
  return EXIT_ALL_DONE;
}

static int
check_inputs (ConvertRequest *request)
{
  int standard_inputs = request->list && g_str_equal (request->list, "-");
  for (char **path = request->paths; *path; path++) {
    standard_inputs += g_str_equal (*path, "-");
    request->several |= path != request->paths || g_file_test (*path, G_FILE_TEST_IS_DIR);
  }
  if (request->filter)
    return check_stream (request);
  if (!*request->paths && !request->list)
    return wrong_call ("%s", _ ("no INPUT given"));
  if (standard_inputs > 1)
    return wrong_call ("%s", _ ("standard input (-) can be read only once"));
  return EXIT_ALL_DONE;
}

static int
check_request (ConvertRequest *request)
{
  if (request->place && g_str_equal (request->place, "-"))
    g_clear_pointer (&request->place, g_free);
  request->several = request->list || request->filter || request->shard || request->resume || request->retry;
  int status = check_inputs (request);
  if (status == EXIT_ALL_DONE)
    status = parse_retry (request);
  if (status != EXIT_ALL_DONE)
    return status;
  if (!parse_shard (request))
    return wrong_call (_ ("%s: --shard must be I/N, the I-th of N parts, as 1/4"), request->shard);
  if ((request->resume || request->retry) && !request->place)
    return wrong_call ("%s", _ ("--resume and --retry need -o DIR: they go by the ledger in it"));
  if (request->null_ended && !request->list)
    return wrong_call ("%s", _ ("--null is for --from-file: find -print0 | checksheet convert --null --from-file -"));
  if (request->jobs < 1 || request->jobs > JOBS_LIMIT)
    return command_wrong_call ("convert", _ ("--jobs must be a number from 1 to %d"), JOBS_LIMIT);
  if (!fetch_seconds_are_usable (request->fetch.seconds))
    return command_wrong_call ("convert", _ ("--fetch-timeout must be a number from 1 to %d"), FETCH_SECONDS_LIMIT);
  if (request->quiet && request->verbose)
    return wrong_call ("%s", _ ("--quiet and --verbose exclude each other"));
  return reading_options_check (&request->reading, "convert", request->quiet);
}

static char *
help_notes (void)
{
  g_autoptr (GString) notes = g_string_new (_ ("Formats:"));
  g_string_append_c (notes, '\n');
  for (const Writer *writer = writers (); writer->name; writer++)
    manual_append_entry (notes, writer->name, FORMAT_COLUMN, _ (writer->summary));
  g_string_append_printf (notes, "\n%s", _ ("\
An INPUT is a PDF, a web page, a text file, a workbook, an address of one\n\
(https://…), a folder (all files in it, hidden ones left out), or - for\n\
standard input. One INPUT and no -o: JSON on standard output. Several, or a\n\
folder: one sheet a line there; or with -o DIR one file each in DIR, and\n\
DIR/ledger.jsonl with one record for each INPUT.\n\
\n\
A file a/x.pdf becomes DIR/x.json; in a folder that is walked, a-x.json. Equal\n\
names get the extension (x.pdf.json, x.html.json), else the folder in front\n\
(a-x.json, b-x.json), else both.\n\
\n\
A run that was ended goes on with --resume: what has its record and its sheet is\n\
left as it is. Several runs may write into one DIR; on several machines each\n\
does its --shard, and checksheet merge makes one folder of theirs.\n\
\n\
With --filter each line of standard input is a path, {\"path\": …} or {\"name\": …,\n\
\"base64\": …}, and has its line on standard output: a sheet, or why there is\n\
none.\n\
\n\
Exit status: 0 all done, 1 some failed, 2 wrong call, 3 all failed; of one INPUT\n\
4 no sheet, 5 needs a password, 6 damaged or unsupported, 7 a limit; 8 a disk,\n\
network or sandbox fault. --filter: 0 where every line has its answer."));
  return g_string_free (g_steal_pointer (&notes), FALSE);
}

static gboolean
parse_request (ConvertRequest *request, int *argc, char ***argv, int *status)
{
  g_autofree char *formats = format_names ();
  const GOptionEntry entries[] = {
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &request->place, N_ ("File or folder for the sheets"),
       N_ ("FILE-or-DIR")},
      {"format", 'f', 0, G_OPTION_ARG_STRING, &request->format, N_ ("One of those below (json)"), formats},
      {"from-file", 0, 0, G_OPTION_ARG_FILENAME, &request->list,
       N_ ("Also the INPUTs in FILE, one a line; -: standard input"), N_ ("FILE")},
      {"null", '0', 0, G_OPTION_ARG_NONE, &request->null_ended, N_ ("They end with a NUL, as find -print0 writes them"),
       NULL},
      {"filter", 0, 0, G_OPTION_ARG_NONE, &request->filter,
       N_ ("Names or documents on standard input, one a line; their sheets on standard output"), NULL},
      {"resume", 0, 0, G_OPTION_ARG_NONE, &request->resume, N_ ("Only what is missing in -o DIR, or changed"), NULL},
      {"retry", 0, 0, G_OPTION_ARG_STRING, &request->retry, N_ ("Only what ended so in -o DIR"), N_ ("STATUS,…")},
      {"shard", 0, 0, G_OPTION_ARG_STRING, &request->shard, N_ ("Only the I-th of N parts of the INPUTs"), "I/N"},
      {"jobs", 'j', 0, G_OPTION_ARG_INT, &request->jobs, N_ ("Inputs to read in parallel (all cores)"), "N"},
      COMMAND_LIMITS (request->reading),
      {"fetch-timeout", 0, 0, G_OPTION_ARG_DOUBLE, &request->fetch.seconds, N_ ("Time for fetching one document (120)"),
       N_ ("SECONDS")},
      {"allow-private-addresses", 0, 0, G_OPTION_ARG_NONE, &request->fetch.allow_private,
       N_ ("Also fetch from addresses that are not public"), NULL},
      COMMAND_PASSWORDS (request->reading),
      {"pages", 0, 0, G_OPTION_ARG_STRING, &request->reading.pages,
       N_ ("Only these pages of a PDF, as 1-3 or 2,5-; a note says which were left out"), N_ ("PAGES")},
      {"quiet", 'q', 0, G_OPTION_ARG_NONE, &request->quiet, N_ ("Say nothing but what failed"), NULL},
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

/* The first signal that asks the program to end. */
static void
say_that_it_ends (int running, gpointer data)
{
  Conversion *conversion = data;
  progress_clear (&conversion->progress);
  complain_printf (NULL, _ ("ending; %d in hand are finished first (once more ends at once)"), running);
}

static int
run_pool (Conversion *conversion, GPtrArray *inputs)
{
  const ConvertRequest *request = conversion->request;
  g_autoptr (OcrModel) ocr_model = ocr_model_open ();
  DocumentTask task = {.knowledge = conversion->knowledge,
                       .options = request->reading.chosen,
                       .ocr_model = ocr_model,
                       .writer = conversion->writer};
  Limits limits = limits_from_options (request->reading.chosen);
  Work work = {.limits = &limits, .task = document_task, .data = &task, .sandbox = request->reading.sandbox};
  PoolOptions options = {.jobs = request->jobs,
                         .turn = take_turn,
                         .data = conversion,
                         .as_they_end = conversion->folder != NULL,
                         .finishes = request->several,
                         .asked = say_that_it_ends};
  conversion->watched = request->verbose || (!request->quiet && isatty (STDERR_FILENO));
  int number = pool_run_with (inputs, &work, &options);
  progress_clear (&conversion->progress);
  return number;
}

/* What --filter ends with: failures are in the stream, where those who sent the lines look for them. */
static int
run_filter (Conversion *conversion, int *number)
{
  enum { BATCH = 16 };
  g_autoptr (GError) error = NULL;
  g_autoptr (FilterLines) lines = filter_lines_new (STDIN_FILENO);
  for (;;) {
    g_autoptr (GPtrArray) inputs = filter_lines_next (lines, conversion->request->jobs * BATCH, &error);
    if (inputs && inputs->len == 0)
      return EXIT_ALL_DONE;
    if (inputs) {
      inputs_fetch (inputs, &conversion->fetch);
      *number = run_pool (conversion, inputs);
    } else
      complain ("-", error->message);
    if (!inputs || *number || conversion->broken)
      return EXIT_FAULT;
  }
}

/* The documents of the call; NULL: the list cannot be read. */
static GPtrArray *
inputs_of_call (const Conversion *conversion, GError **error)
{
  const ConvertRequest *request = conversion->request;
  const char *folder = conversion->folder ? conversion->folder->path : NULL;
  g_autoptr (GPtrArray) inputs = inputs_from_paths (request->paths, folder);
  gsize length;
  g_autofree char *list = request->list ? file_text (request->list, &length, error) : NULL;
  if (request->list && !list)
    return NULL;
  if (list)
    inputs_add_list (inputs, list, length, request->null_ended ? 0 : '\n', folder);
  return g_steal_pointer (&inputs);
}

/* What inputs_keep needs to leave out what is done. */
typedef struct {
  Conversion *conversion;
  Redoing redoing;
} Resumption;

static gboolean
is_to_be_done (const Input *input, gpointer data)
{
  Resumption *resumption = data;
  const char *status = sheet_folder_done (resumption->conversion->folder, input, &resumption->redoing);
  if (status && *status)
    count_input (resumption->conversion, status, !status_is_good (status));
  return !status;
}

static void
leave_out_done (Conversion *conversion, GPtrArray *inputs)
{
  const ConvertRequest *request = conversion->request;
  Resumption resumption = {conversion, {request->resume, request->retried}};
  inputs_keep (inputs, is_to_be_done, &resumption);
  if (!request->quiet)
    complain_printf (NULL, _ ("%d of %d inputs were done before, %d of them failed; %d to do"),
                     conversion->done + conversion->failed, conversion->all, conversion->failed, (int)inputs->len);
}

static int
run_inputs (Conversion *conversion, int *number)
{
  const ConvertRequest *request = conversion->request;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) inputs = inputs_of_call (conversion, &error);
  if (!inputs) {
    complain (NULL, error->message);
    return EXIT_WRONG_CALL;
  }
  int repeated = conversion->folder ? inputs_remove_repeated (inputs) : 0;
  if (repeated && !request->quiet)
    complain_printf (NULL, _ ("%d inputs were given more than once, and are done once"), repeated);
  inputs_choose_forms (inputs, conversion->writer->extension, LEDGER_NAME);
  if (request->shard)
    inputs_keep_shard (inputs, request->shard_index, request->shard_count);
  conversion->all = inputs->len;
  inputs_fetch (inputs, &conversion->fetch);
  if (request->resume || request->retried)
    leave_out_done (conversion, inputs);
  conversion->progress = progress_new (request->quiet ? 0 : (int)inputs->len);
  *number = run_pool (conversion, inputs);
  if (*number && conversion->folder)
    complain_printf (NULL, _ ("ended; %d of %d inputs are done; the same call with --resume does the rest"),
                     conversion->done + conversion->failed, conversion->all);
  if (conversion->broken)
    return EXIT_FAULT;
  if (!request->several && conversion->all == 1)
    return exit_status_of_one (conversion->status);
  return exit_status_of_several (conversion->done, conversion->failed);
}

static int
convert (ConvertRequest *request, int *number)
{
  g_auto (Conversion) conversion = {.request = request};
  int status = choose_writer (&conversion);
  if (status == EXIT_ALL_DONE && !(conversion.knowledge = command_knowledge (&request->files)))
    status = EXIT_WRONG_CALL;
  if (status == EXIT_ALL_DONE)
    status = reading_options_open_sandbox (&request->reading);
  if (status == EXIT_ALL_DONE)
    status = open_place (&conversion);
  if (status != EXIT_ALL_DONE)
    return status;
  conversion.fetch = request->fetch;
  conversion.fetch.sandbox = request->reading.sandbox;
  conversion.fetch.bytes = limits_from_options (request->reading.chosen).read.input;
  return request->filter ? run_filter (&conversion, number) : run_inputs (&conversion, number);
}

int
command_convert (int argc, char **argv)
{
  g_auto (ConvertRequest) request = {
      .jobs = MIN (g_get_num_processors (), JOBS_LIMIT), .reading = usual_reading_options, .fetch = usual_fetch};
  int status, number = 0;
  if (!parse_request (&request, &argc, &argv, &status))
    return status;
  status = convert (&request, &number);
  if (number)
    pool_end_by_signal (number);
  return status;
}
