/* history.c - `checksheet history`: the revisions of a corpus's documents, and what each changed. */
#include <glib/gi18n.h>

#include "commands/command.h"
#include "commands/parse.h"
#include "refresh/history.h"
#include "run/progress.h"

/* Whether one of WORDS names no document, which is said. */
static gboolean
refuse_unknown (const Corpus *corpus, Database *database, char **words)
{
  gboolean unknown = FALSE;
  for (char **word = words; *word && !database->fault; word++) {
    char *const one[] = {*word, NULL};
    g_autofree char *text = history_text (database, one);
    if (*text)
      continue;
    unknown = TRUE;
    complain_printf (corpus->folder, _ ("there is no vendor or document %s; without a name all are listed"), *word);
  }
  return unknown;
}

static int
print_history (const Corpus *corpus, char **words, gboolean json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Database) database = database_open_to_read (corpus, &error);
  if (!database) {
    complain (corpus->folder, error->message);
    return EXIT_WRONG_CALL;
  }
  gboolean unknown = refuse_unknown (corpus, database, words);
  g_autofree char *text = (json ? history_json : history_text) (database, words);
  if (database->fault)
    complain (corpus->folder, database->fault);
  int status = json ? print_text (text) : print_for_people (text);
  return database->fault || unknown ? EXIT_SOME_FAILED : status;
}

int
command_history (int argc, char **argv)
{
  g_autofree char *format = NULL;
  const GOptionEntry entries[] = {
      {"format", 'f', 0, G_OPTION_ARG_STRING, &format, N_ ("Format (text)"), "text|json"},
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
