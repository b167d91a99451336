/* verify.c - `checksheet verify`: whether a corpus is whole, and its database made anew. */
#include <glib/gi18n.h>
#include <string.h>

#include "commands/command.h"
#include "commands/parse.h"
#include "commands/reading_options.h"
#include "refresh/rebuild.h"
#include "run/pool.h"
#include "run/progress.h"

static int
print_lines (const GPtrArray *lines)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < lines->len; i++) {
    g_autofree char *shown = name_for_showing (lines->pdata[i]);
    g_string_append_printf (text, "%s\n", shown);
  }
  return print_text (text->str);
}

static int
verify (const char *folder, const VerifyOptions *options, gboolean rebuild, gboolean quiet)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  int number = (rebuild ? rebuild_database : verify_corpus) (folder, options, lines, &error);
  if (number)
    pool_end_by_signal (number);
  int status = print_lines (lines);
  if (error) {
    complain (folder, error->message);
    return EXIT_FAULT;
  }
  if (status != EXIT_ALL_DONE || rebuild)
    return status;
  if (lines->len == 0 && !quiet)
    complain (folder, _ ("is whole"));
  if (lines->len > 0)
    complain_printf (folder, ngettext ("%u fault", "%u faults", lines->len), lines->len);
  return lines->len > 0 ? EXIT_SOME_FAILED : EXIT_ALL_DONE;
}

int
command_verify (int argc, char **argv)
{
  gboolean rebuild = FALSE, quiet = FALSE;
  g_auto (ReadingOptions) reading = usual_reading_options;
  VerifyOptions options = {.jobs = g_get_num_processors ()};
  const GOptionEntry entries[] = {
      {"rebuild", 0, 0, G_OPTION_ARG_NONE, &rebuild, N_ ("Make corpus.db anew from the stored bytes"), NULL},
      {"quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, N_ ("Say nothing where all is whole"), NULL},
      COMMAND_LIMITS (reading),
      {NULL},
  };
  int status;
  g_auto (KnowledgeFiles) files = {0};
  if (!command_parse (&argc, &argv, entries, _ ("\
Looks whether the bytes in CORPUS/store are those that were stored, whether\n\
corpus.db is sound and says what is there, and whether the sheets in CORPUS/out\n\
are what the bytes give. Each fault is a line that says what to do. Exit status:\n\
0 whole, 1 faults.\n\
\n\
--rebuild makes corpus.db anew from store/, out/ and ledger.jsonl, says what is\n\
not known any more, and keeps the old one beside it."),
                      &files, &status))
    return status;
  if (argc > 2)
    return command_wrong_call ("verify", _ ("%s: one corpus at a time"), argv[2]);
  const char *folder = argc > 1 ? argv[1] : ".";
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    return command_wrong_call ("verify", _ ("%s: the folder does not exist"), folder);
  if ((status = reading_options_check (&reading, "verify", quiet)) != EXIT_ALL_DONE ||
      (status = reading_options_open_sandbox (&reading)) != EXIT_ALL_DONE)
    return status;
  options.files = files;
  options.limits = limits_from_options (reading.chosen);
  options.sandbox = reading.sandbox;
  return verify (folder, &options, rebuild, quiet);
}
