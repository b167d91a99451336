/* reading_options.c - see reading_options.h */
#include "commands/reading_options.h"

#include <glib/gi18n.h>

#include "run/password_file.h"
#include "run/progress.h"

enum { SECONDS_LIMIT = 1000 * 1000, MIB_LIMIT = 1024 * 1024, INPUT_LIMIT = 1024, PAGES_LIMIT = 1000 * 1000 };

const ReadingOptions usual_reading_options = {
    .timeout = 60, .memory = 1024, .input = 64, .unpacked = 128, .result = 256, .pages_most = 2000};

static int
set_limits (const ReadingOptions *options, const char *command)
{
  /* A source's bytes are in one piece of memory, whose parsers count some things in ints. */
  const struct {
    const char *option;
    int value, most;
    void (*set) (ChecksheetOptions *options, int value);
  } numbers[] = {
      {"memory", options->memory, MIB_LIMIT, checksheet_options_set_memory},
      {"max-input", options->input, INPUT_LIMIT, checksheet_options_set_max_input},
      {"max-unpacked", options->unpacked, INPUT_LIMIT, checksheet_options_set_max_unpacked},
      {"max-result", options->result, MIB_LIMIT, checksheet_options_set_max_sheet},
      {"max-pages", options->pages_most, PAGES_LIMIT, checksheet_options_set_max_pages},
  };
  if (!(options->timeout > 0) || options->timeout > SECONDS_LIMIT)
    return command_wrong_call (command, _ ("--timeout must be a number above 0, %d at most"), SECONDS_LIMIT);
  if (options->cpu_seconds < 0 || options->cpu_seconds > SECONDS_LIMIT)
    return command_wrong_call (command, _ ("--%s must be a number from 1 to %d"), "cpu", SECONDS_LIMIT);
  checksheet_options_set_seconds (options->chosen, options->timeout);
  checksheet_options_set_cpu_seconds (options->chosen, options->cpu_seconds);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++) {
    if (numbers[i].value < 1 || numbers[i].value > numbers[i].most)
      return command_wrong_call (command, _ ("--%s must be a number from 1 to %d"), numbers[i].option, numbers[i].most);
    numbers[i].set (options->chosen, numbers[i].value);
  }
  return EXIT_ALL_DONE;
}

static int
add_passwords (const ReadingOptions *options, const char *command, gboolean quiet)
{
  for (char **password = options->passwords; password && *password; password++)
    checksheet_options_add_password (options->chosen, *password);
  if (options->passwords && !quiet)
    complain (NULL, _ ("--password is kept in the shell's history, and other users may have seen it; --password-file "
                       "hides it"));
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) read = options->password_file ? passwords_from_file (options->password_file, &error) : NULL;
  if (error)
    return command_wrong_call (command, "%s", error->message);
  for (char **password = read; password && *password; password++)
    checksheet_options_add_password (options->chosen, *password);
  return EXIT_ALL_DONE;
}

int
reading_options_check (ReadingOptions *options, const char *command, gboolean quiet)
{
  options->chosen = checksheet_options_new ();
  checksheet_options_set_where (options->chosen,
                                options->without_sandbox ? CHECKSHEET_IN_PROCESS : CHECKSHEET_IN_SANDBOX);
  if (options->pages && !checksheet_options_set_pages (options->chosen, options->pages))
    return command_wrong_call (command, _ ("--pages %s: expected pages and ranges of them, as 1-3 or 2,5-7"),
                               options->pages);
  int status = set_limits (options, command);
  return status == EXIT_ALL_DONE ? add_passwords (options, command, quiet) : status;
}

int
reading_options_open_sandbox (ReadingOptions *options)
{
  g_autoptr (GError) error = NULL;
  options->sandbox = options->without_sandbox ? sandbox_none () : sandbox_new (&error);
  const char *lack = options->sandbox ? sandbox_warning (options->sandbox) : error->message;
  if (lack)
    complain (NULL, lack);
  return options->sandbox ? EXIT_ALL_DONE : EXIT_FAULT;
}

int
reading_options_open (ReadingOptions *options, const char *command, const KnowledgeFiles *files)
{
  int status = reading_options_check (options, command, FALSE);
  if (status != EXIT_ALL_DONE)
    return status;
  options->knowledge = command_knowledge (files);
  return options->knowledge ? reading_options_open_sandbox (options) : EXIT_WRONG_CALL;
}

void
reading_options_clear (ReadingOptions *options)
{
  g_strfreev (options->passwords);
  g_free (options->password_file);
  g_free (options->pages);
  checksheet_options_free (options->chosen);
  knowledge_free (options->knowledge);
  sandbox_free (options->sandbox);
}
