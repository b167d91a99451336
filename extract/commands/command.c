/* command.c - see command.h */
#include "commands/command.h"

#include <glib/gi18n.h>
#include <string.h>

#include "patterns/pattern.h"
#include "run/output.h"
#include "run/progress.h"

int
print_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Output) output = output_standard ();
  if (output_write (output, text, strlen (text), &error))
    return EXIT_ALL_DONE;
  complain (_ ("standard output"), error->message);
  return EXIT_SOME_FAILED;
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
  g_set_prgname (program); /* stands in the first line of the help, before the options */
  g_autofree char *description =
      g_strdup_printf ("%s%s%s\n  %s", notes ? notes : "", notes ? "\n\n" : "", _ ("Example:"), command->example);
  GOptionContext *context = g_option_context_new (command->parameters);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_translation_domain (context, "checksheet");
  g_option_context_set_summary (context, command->about);
  g_option_context_set_description (context, description);
  if (entries)
    g_option_context_add_main_entries (context, entries, NULL);
  return context;
}

static gboolean
use_patterns (const char *folder)
{
  if (folder && !g_file_test (folder, G_FILE_TEST_IS_DIR))
    return FALSE;
  if (folder)
    patterns_use_folder (folder);
  return TRUE;
}

/* GOption knows "-j 2" and "--jobs=2" but not the "-j2" that everybody types: makes the second of the third. */
static void
part_short_options (char **argv, const GOptionEntry *entries)
{
  for (char **word = argv + 1; *word && !g_str_equal (*word, "--"); word++)
    for (const GOptionEntry *entry = entries; entry && entry->long_name; entry++) {
      const char *text = *word;
      if (entry->arg == G_OPTION_ARG_NONE || text[0] != '-' || !text[1] || text[1] != entry->short_name || !text[2])
        continue;
      g_autofree char *parted = g_strdup_printf ("--%s=%s", entry->long_name, text + 2);
      *word = (char *)g_intern_string (parted);
      break;
    }
}

/* GOption leaves a "--" where it is not needed; what follows are names all the same. */
static void
drop_dashes (int *argc, char **argv)
{
  for (int i = 1; i < *argc; i++)
    if (g_str_equal (argv[i], "--")) {
      memmove (argv + i, argv + i + 1, (*argc - i) * sizeof *argv);
      --*argc;
      return;
    }
}

gboolean
command_parse (int *argc, char ***argv, const GOptionEntry *entries, const char *notes, int *status)
{
  gboolean help = FALSE;
  g_autofree char *folder = NULL;
  const GOptionEntry common[] = {
      {"patterns", 0, 0, G_OPTION_ARG_FILENAME, &folder, N_ ("Pattern files in place of the built-in ones"), "DIR"},
      {"help", 'h', 0, G_OPTION_ARG_NONE, &help, N_ ("Show this help"), NULL},
      {NULL},
  };
  const Command *command = command_named ((*argv)[0]);
  g_autoptr (GError) error = NULL;
  g_autoptr (GOptionContext) context = context_new (command, entries, notes);
  g_option_context_add_main_entries (context, common, NULL);
  part_short_options (*argv, entries);
  if (!g_option_context_parse (context, argc, argv, &error))
    *status = command_wrong_call (command->name, "%s", error->message);
  else if (help) {
    g_autofree char *text = g_option_context_get_help (context, TRUE, NULL);
    *status = print_text (text);
  } else if (!use_patterns (folder))
    *status = command_wrong_call (command->name, _ ("%s: the folder of --patterns is not there"), folder);
  else {
    drop_dashes (argc, *argv);
    return TRUE;
  }
  return FALSE;
}
