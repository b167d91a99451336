/* refresh.c - `checksheet refresh`: a corpus brought up to date. */
#include <glib/gi18n.h>

#include "commands/command.h"
#include "commands/parse.h"
#include "commands/reading_options.h"
#include "refresh/refresh.h"
#include "run/pool.h"

enum { JOBS_LIMIT = 256, PAUSE_LIMIT = 3600 };

/* The options and arguments of the call. */
typedef struct {
  char **only; /* NULL: all */
  char *changes, *on_change, *summary;
  ReadingOptions reading;
  KnowledgeFiles files;
  RefreshOptions options;
} RefreshRequest;

static void
refresh_request_clear (RefreshRequest *request)
{
  g_strfreev (request->only);
  g_free (request->changes);
  g_free (request->on_change);
  g_free (request->summary);
  reading_options_clear (&request->reading);
  knowledge_files_clear (&request->files);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RefreshRequest, refresh_request_clear)

static int
check_request (const RefreshRequest *request, char **folders)
{
  const RefreshOptions *options = &request->options;
  if (request->summary && !g_str_equal (request->summary, "json"))
    return command_wrong_call ("refresh", _ ("--summary: unknown format %s; expected json"), request->summary);
  if (*folders && folders[1])
    return command_wrong_call ("refresh", _ ("%s: one corpus at a time"), folders[1]);
  if (!g_file_test (options->folder, G_FILE_TEST_IS_DIR))
    return command_wrong_call ("refresh", _ ("%s: the folder does not exist"), options->folder);
  if (options->jobs < 1 || options->jobs > JOBS_LIMIT)
    return command_wrong_call ("refresh", _ ("--jobs must be a number from 1 to %d"), JOBS_LIMIT);
  if (!(options->fetch.pause >= 0) || options->fetch.pause > PAUSE_LIMIT)
    return command_wrong_call ("refresh", _ ("--pause must be a number from 0 to %d"), PAUSE_LIMIT);
  if (request->on_change && !*request->on_change)
    return command_wrong_call ("refresh", "%s", _ ("--on-change: expected a command"));
  if (!fetch_seconds_are_usable (options->on_change_seconds))
    return command_wrong_call ("refresh", _ ("--on-change-timeout must be a number from 1 to %d"), FETCH_SECONDS_LIMIT);
  if (!fetch_seconds_are_usable (options->fetch.seconds))
    return command_wrong_call ("refresh", _ ("--fetch-timeout must be a number from 1 to %d"), FETCH_SECONDS_LIMIT);
  return EXIT_ALL_DONE;
}

static gboolean
parse_request (RefreshRequest *request, int *argc, char ***argv, int *status)
{
  RefreshOptions *options = &request->options;
  const GOptionEntry entries[] = {
      {"dry-run", 'n', 0, G_OPTION_ARG_NONE, &options->dry, N_ ("Report what would be done, write nothing"), NULL},
      {"only", 0, 0, G_OPTION_ARG_STRING_ARRAY, &request->only, N_ ("Only this vendor or document; repeatable"),
       N_ ("VENDOR[/DOCUMENT]")},
      {"changes", 0, 0, G_OPTION_ARG_FILENAME, &request->changes, N_ ("Append the changes and events, one a line"),
       N_ ("FILE")},
      {"on-change", 0, 0, G_OPTION_ARG_STRING, &request->on_change, N_ ("Run it with the events on its standard input"),
       N_ ("COMMAND")},
      {"on-change-timeout", 0, 0, G_OPTION_ARG_DOUBLE, &options->on_change_seconds, N_ ("Time for that command (300)"),
       N_ ("SECONDS")},
      {"summary", 0, 0, G_OPTION_ARG_STRING, &request->summary, N_ ("json: a summary on standard output"), "json"},
      {"jobs", 'j', 0, G_OPTION_ARG_INT, &options->jobs, N_ ("Documents to read in parallel (all cores)"), "N"},
      {"pause", 0, 0, G_OPTION_ARG_DOUBLE, &options->fetch.pause, N_ ("Time between two requests to one host (1)"),
       N_ ("SECONDS")},
      {"fetch-timeout", 0, 0, G_OPTION_ARG_DOUBLE, &options->fetch.seconds, N_ ("Time for fetching one document (120)"),
       N_ ("SECONDS")},
      {"allow-private-addresses", 0, 0, G_OPTION_ARG_NONE, &options->fetch.allow_private,
       N_ ("Also fetch from addresses that are not public"), NULL},
      {"quiet", 'q', 0, G_OPTION_ARG_NONE, &options->quiet, N_ ("Say nothing but what failed"), NULL},
      COMMAND_LIMITS (request->reading),
      {NULL},
  };
  return command_parse (argc, argv, entries, _ ("\
CORPUS is a folder with a vendors.yaml (checksheet init makes one); if none is\n\
given, the current folder. The sheets are in CORPUS/out, the bytes of every\n\
revision in CORPUS/store, the database of them in CORPUS/corpus.db. After an\n\
interrupted run the next one continues where it ended."),
                        &request->files, status);
}

int
command_refresh (int argc, char **argv)
{
  g_auto (RefreshRequest)
      request = {.reading = usual_reading_options,
                 .options = {.jobs = g_get_num_processors (), .fetch = usual_fetch, .on_change_seconds = 300}};
  RefreshOptions *options = &request.options;
  int status, number;
  if (!parse_request (&request, &argc, &argv, &status))
    return status;
  options->files = request.files;
  options->folder = argc > 1 ? argv[1] : ".";
  options->only = request.only;
  options->changes = request.changes;
  options->on_change = request.on_change;
  options->summary_json = request.summary != NULL;
  if ((status = check_request (&request, argv + 1)) != EXIT_ALL_DONE ||
      (status = reading_options_check (&request.reading, "refresh", options->quiet)) != EXIT_ALL_DONE ||
      (status = reading_options_open_sandbox (&request.reading)) != EXIT_ALL_DONE)
    return status;
  options->limits = limits_from_options (request.reading.chosen);
  options->fetch.sandbox = request.reading.sandbox;
  options->fetch.bytes = options->limits.read.input;
  status = refresh_run (options, &number);
  if (number)
    pool_end_by_signal (number);
  return status;
}
