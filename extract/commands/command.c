/* command.c - see command.h */
#include "commands/command.h"

#include <glib/gi18n.h>
#include <string.h>

#include "run/output.h"
#include "run/progress.h"
#include "text/shown.h"

const Command commands[] = {
    {"convert", command_convert, N_ ("turn vendors' files into sheets"), N_ ("INPUT…"),
     "checksheet convert -o sheets/ vendor.pdf folder/"},
    {"merge", command_merge, N_ ("make one folder of those that convert -o DIR wrote, with one ledger"), N_ ("DIR…"),
     "checksheet merge -o sheets/ shard-1/ shard-2/"},
    {"init", command_init, N_ ("begin a corpus: a folder with a list of vendors to fill in"), N_ ("DIR"),
     "checksheet init sheets"},
    {"refresh", command_refresh, N_ ("fetch what the vendors of a corpus changed, and report changes"), N_ ("[CORPUS]"),
     "checksheet refresh --changes changes.jsonl corpus/"},
    {"history", command_history, N_ ("list the revisions of a corpus's documents and what each changed"),
     N_ ("CORPUS [VENDOR[/DOCUMENT]…]"), "checksheet history corpus/ vendor/document"},
    {"verify", command_verify, N_ ("check a corpus: stored bytes, database, sheets"), N_ ("[CORPUS]"),
     "checksheet verify corpus/"},
    {"diff", command_diff, N_ ("show what a revision of a sheet changed"), N_ ("OLD NEW"),
     "checksheet diff old.pdf new.pdf"},
    {"compare", command_compare, N_ ("show sheets side by side"), N_ ("SHEET…"),
     "checksheet compare --differ a.json b.json c.json"},
    {"export", command_export, N_ ("write sheets for other tools: CSV, SQLite, XLSX …"), N_ ("SHEET…"),
     "checksheet export --format sqlite -o sheets.sqlite sheets/"},
    {"report", command_report, N_ ("make a page for people of one sheet, or of several side by side"), N_ ("SHEET…"),
     "checksheet report -o report.html sheets/"},
    {"show", command_show, N_ ("show one stage of reading a file"), N_ ("words|rules|grid|rows|items INPUT"),
     "checksheet show rows vendor.pdf"},
    {"catalogue", command_catalogue, N_ ("list the items of the catalogue"), NULL,
     "checksheet catalogue --format json"},
    {"patterns", command_patterns, N_ ("check pattern files against their own examples"), N_ ("[FILE…]"),
     "checksheet patterns --patterns patterns/"},
    {NULL},
};

const Command *
command_named (const char *name)
{
  for (const Command *command = commands; command->name; command++)
    if (g_str_equal (command->name, name))
      return command;
  return NULL;
}

int
print_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Output) output = output_standard ();
  if (output_write (output, text, strlen (text), &error))
    return EXIT_ALL_DONE;
  complain (_ ("standard output"), error->message);
  return EXIT_FAULT;
}

int
print_for_people (const char *text)
{
  g_autofree char *shown = text_shown (text, SHOWN_LINES);
  return print_text (shown);
}

int
command_wrong_call (const char *name, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *wrong = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  complain (NULL, wrong);
  complain_printf (NULL, _ ("see checksheet %s --help"), name);
  return EXIT_WRONG_CALL;
}

static GOptionContext *
context_new (const Command *command, const GOptionEntry *entries, const char *notes)
{
  g_autofree char *program = g_strdup_printf ("checksheet %s", command->name);
  g_set_prgname (program); /* appears in the first line of the help */
  g_autofree char *description =
      g_strdup_printf ("%s%s%s\n  %s", notes ? notes : "", notes ? "\n\n" : "", _ ("Example:"), command->example);
  GOptionContext *context = g_option_context_new (command->parameters);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_translation_domain (context, "checksheet");
  g_option_context_set_summary (context, command->summary);
  g_option_context_set_description (context, description);
  if (entries)
    g_option_context_add_main_entries (context, entries, NULL);
  return context;
}

Knowledge *
command_knowledge (const KnowledgeFiles *files)
{
  g_autoptr (GError) error = NULL;
  Knowledge *knowledge = knowledge_open (files, &error);
  if (!knowledge)
    complain_lines (error->message);
  return knowledge;
}

Sandbox *
command_sandbox (gboolean without)
{
  g_autoptr (GError) error = NULL;
  Sandbox *sandbox = without ? sandbox_none () : sandbox_new (&error);
  const char *lack = sandbox ? sandbox_warning (sandbox) : error->message;
  if (lack)
    complain (NULL, lack);
  return sandbox;
}

/* GOption accepts "-j 2" and "--jobs=2" but not the usual "-j2": turns the third into the second. */
static void
separate_short_options (char **argv, const GOptionEntry *entries)
{
  for (char **word = argv + 1; *word && !g_str_equal (*word, "--"); word++)
    for (const GOptionEntry *entry = entries; entry && entry->long_name; entry++) {
      const char *text = *word;
      if (entry->arg == G_OPTION_ARG_NONE || text[0] != '-' || !text[1] || text[1] != entry->short_name || !text[2])
        continue;
      g_autofree char *separated = g_strdup_printf ("--%s=%s", entry->long_name, text + 2);
      *word = (char *)g_intern_string (separated);
      break;
    }
}

/* GOption leaves a "--" that it did not need. */
static void
remove_double_dash (int *argc, char **argv)
{
  for (int i = 1; i < *argc; i++)
    if (g_str_equal (argv[i], "--")) {
      memmove (argv + i, argv + i + 1, (*argc - i) * sizeof *argv);
      --*argc;
      return;
    }
}

gboolean
command_parse (int *argc, char ***argv, const GOptionEntry *entries, const char *notes, KnowledgeFiles *files,
               int *status)
{
  gboolean help = FALSE;
  const GOptionEntry common[] = {
      {"patterns", 0, 0, G_OPTION_ARG_FILENAME, &files->folder, N_ ("Pattern files in place of the built-in ones"),
       "DIR"},
      {"catalogue", 0, 0, G_OPTION_ARG_FILENAME, &files->catalogue, N_ ("Another catalogue than the built-in one"),
       N_ ("FILE")},
      {"help", 'h', 0, G_OPTION_ARG_NONE, &help, N_ ("Show this help"), NULL},
      {NULL},
  };
  const Command *command = command_named ((*argv)[0]);
  g_autoptr (GError) error = NULL;
  g_autoptr (GOptionContext) context = context_new (command, entries, notes);
  g_option_context_add_main_entries (context, common, NULL);
  separate_short_options (*argv, entries);
  if (!g_option_context_parse (context, argc, argv, &error))
    *status = command_wrong_call (command->name, "%s", error->message);
  else if (help) {
    g_autofree char *text = g_option_context_get_help (context, TRUE, NULL);
    *status = print_text (text);
  } else if (files->folder && !g_file_test (files->folder, G_FILE_TEST_IS_DIR))
    *status = command_wrong_call (command->name, _ ("%s: the folder of --patterns does not exist"), files->folder);
  else if (files->catalogue && !g_file_test (files->catalogue, G_FILE_TEST_IS_REGULAR))
    *status = command_wrong_call (command->name, _ ("%s: the file of --catalogue does not exist"), files->catalogue);
  else {
    remove_double_dash (argc, *argv);
    return TRUE;
  }
  return FALSE;
}
