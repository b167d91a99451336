/* refresh.c - `checksheet refresh`: a corpus brought up to date. */
#include <glib/gi18n.h>

#include "commands/command.h"
#include "commands/limit_options.h"
#include "refresh/refresh.h"
#include "run/pool.h"

enum { JOBS_LIMIT = 256, PAUSE_LIMIT = 3600 };

static int
check_options (const RefreshOptions *options, char **folders)
{
  if (*folders && folders[1])
    return command_wrong_call ("refresh", _ ("%s: one corpus at a time"), folders[1]);
  if (!g_file_test (options->folder, G_FILE_TEST_IS_DIR))
    return command_wrong_call ("refresh", _ ("%s: the folder does not exist"), options->folder);
  if (options->jobs < 1 || options->jobs > JOBS_LIMIT)
    return command_wrong_call ("refresh", _ ("--jobs must be a number from 1 to %d"), JOBS_LIMIT);
  if (!(options->fetch.pause >= 0) || options->fetch.pause > PAUSE_LIMIT)
    return command_wrong_call ("refresh", _ ("--pause must be a number from 0 to %d"), PAUSE_LIMIT);
  if (!fetch_seconds_are_usable (options->on_change_seconds))
    return command_wrong_call ("refresh", _ ("--on-change-timeout must be a number from 1 to %d"), FETCH_SECONDS_LIMIT);
  if (!fetch_seconds_are_usable (options->fetch.seconds))
    return command_wrong_call ("refresh", _ ("--fetch-timeout must be a number from 1 to %d"), FETCH_SECONDS_LIMIT);
  return EXIT_ALL_DONE;
}

int
command_refresh (int argc, char **argv)
{
  g_auto (GStrv) only = NULL;
  g_autofree char *changes = NULL, *on_change = NULL, *summary = NULL;
  gboolean without_sandbox = FALSE;
  LimitOptions limits = usual_limit_options;
  RefreshOptions options = {.jobs = g_get_num_processors (), .fetch = usual_fetch, .on_change_seconds = 300};
  const GOptionEntry entries[] = {
      {"dry-run", 'n', 0, G_OPTION_ARG_NONE, &options.dry, N_ ("Report what would be done, write nothing"), NULL},
      {"only", 0, 0, G_OPTION_ARG_STRING_ARRAY, &only, N_ ("Only this vendor or document; repeatable"),
       N_ ("VENDOR[/DOCUMENT]")},
      {"changes", 0, 0, G_OPTION_ARG_FILENAME, &changes, N_ ("Append the changes and events, one a line"), N_ ("FILE")},
      {"on-change", 0, 0, G_OPTION_ARG_STRING, &on_change, N_ ("Run it with the events on its standard input"),
       N_ ("COMMAND")},
      {"on-change-timeout", 0, 0, G_OPTION_ARG_DOUBLE, &options.on_change_seconds, N_ ("Time for that command (300)"),
       N_ ("SECONDS")},
      {"summary", 0, 0, G_OPTION_ARG_STRING, &summary, N_ ("json: a summary on standard output"), "json"},
      {"jobs", 'j', 0, G_OPTION_ARG_INT, &options.jobs, N_ ("Documents to read in parallel (all cores)"), "N"},
      {"pause", 0, 0, G_OPTION_ARG_DOUBLE, &options.fetch.pause, N_ ("Time between two requests to one host (1)"),
       N_ ("SECONDS")},
      {"fetch-timeout", 0, 0, G_OPTION_ARG_DOUBLE, &options.fetch.seconds, N_ ("Time for fetching one document (120)"),
       N_ ("SECONDS")},
      {"allow-private-addresses", 0, 0, G_OPTION_ARG_NONE, &options.fetch.allow_private,
       N_ ("Also fetch from addresses that are not public"), NULL},
      COMMAND_LIMITS (limits),
      COMMAND_NO_SANDBOX (without_sandbox),
      {NULL},
  };
  g_auto (KnowledgeFiles) files = {0};
  int status, number;
  if (!command_parse (&argc, &argv, entries, _ ("\
CORPUS is a folder with a vendors.yaml (checksheet init makes one); if none is\n\
given, the current folder. The sheets are in CORPUS/out, the bytes of every\n\
revision in CORPUS/store, the database of them in CORPUS/corpus.db. After an\n\
interrupted run the next one continues where it ended."),
                      &files, &status))
    return status;
  options.files = files;
  options.folder = argc > 1 ? argv[1] : ".";
  options.only = only;
  options.changes = changes;
  options.on_change = on_change;
  options.summary_json = summary != NULL;
  if (summary && !g_str_equal (summary, "json"))
    return command_wrong_call ("refresh", _ ("--summary: unknown format %s; expected json"), summary);
  if ((status = limits_from_options ("refresh", &limits, &options.limits)) == EXIT_ALL_DONE)
    status = check_options (&options, argv + 1);
  if (status != EXIT_ALL_DONE)
    return status;
  g_autoptr (Sandbox) sandbox = command_sandbox (without_sandbox);
  if (!sandbox)
    return EXIT_FAULT;
  options.fetch.sandbox = sandbox;
  options.fetch.bytes = options.limits.read.input;
  status = refresh_run (&options, &number);
  if (number)
    pool_end_by_signal (number);
  return status;
}
