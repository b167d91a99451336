/* history.c - `checksheet history`: the revisions of a corpus's documents, and what each changed. */
#include <glib/gi18n.h>

#include "commands/command.h"
#include "refresh/history.h"
#include "run/progress.h"

static int
print_history (const Corpus *corpus, char **words, gboolean json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Database) database = database_open_to_read (corpus, &error);
  if (!database) {
    complain (corpus->folder, error->message);
    return EXIT_WRONG_CALL;
  }
  g_autofree char *text = (json ? history_json : history_text) (database, words);
  if (database->fault)
    complain (corpus->folder, database->fault);
  else if (!*text)
    complain (corpus->folder, _ ("unknown vendor or document; without a name all are listed"));
  else
    return json ? print_text (text) : print_for_people (text);
  return EXIT_SOME_FAILED;
}

int
command_history (int argc, char **argv)
{
  g_autofree char *format = NULL;
  const GOptionEntry entries[] = {
      {"format", 'f', 0, G_OPTION_ARG_STRING, &format, N_ ("text (usual) or json"), N_ ("FORMAT")},
      {NULL},
  };
  int status;
  g_auto (KnowledgeFiles) files = {0};
  if (!command_parse (&argc, &argv, entries, _ ("\
CORPUS is a folder that checksheet refresh has filled. If VENDORs (or\n\
VENDOR/DOCUMENTs) are given, only these are listed, else all."),
                      &files, &status))
    return status;
  gboolean json = format && g_str_equal (format, "json");
  if (format && !json && !g_str_equal (format, "text"))
    return command_wrong_call ("history", _ ("unknown format %s; expected text or json"), format);
  if (argc < 2)
    return command_wrong_call ("history", "%s", _ ("no CORPUS given"));
  g_autoptr (Corpus) corpus = corpus_open_to_read (argv[1]);
  return print_history (corpus, argv + 2, json);
}
