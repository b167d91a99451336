/* parse.c - see parse.h */
#include "commands/parse.h"

#include <glib/gi18n.h>
#include <string.h>

#include "commands/manual.h"
#include "run/progress.h"
#include "text/edit_distance.h"

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

/* The option that is nearest to NAME; NULL: all are far from it. */
static const GOptionEntry *
nearest_option (const Manual *manual, const char *name)
{
  const GOptionEntry *nearest = NULL, *option;
  int least = (int)MIN (4, MAX (2, strlen (name))); /* a name at a greater distance is not a misspelling */
  for (int i = 0; strlen (name) < 40 && (option = manual_option (manual, i)); i++) {
    int distance = edit_distance (name, option->long_name);
    if (distance >= least)
      continue;
    least = distance;
    nearest = option;
  }
  return nearest;
}

static int
refuse_option (const Manual *manual, const char *name)
{
  const GOptionEntry *nearest = nearest_option (manual, name);
  if (nearest)
    return command_wrong_call (manual->command->name, _ ("unknown option --%s; did you mean --%s?"), name,
                               nearest->long_name);
  return command_wrong_call (manual->command->name, _ ("unknown option --%s"), name);
}

static int
refuse_value (const Manual *manual, const GOptionEntry *option, const char *value)
{
  if (!value)
    return command_wrong_call (manual->command->name, _ ("--%s: its argument (%s) is missing"), option->long_name,
                               _ (option->arg_description));
  return command_wrong_call (manual->command->name, _ ("--%s %s: expected a number"), option->long_name, value);
}

/* Whether VALUE is of the kind that OPTION takes; what it means is the command's matter. */
static gboolean
value_is_good (const GOptionEntry *option, const char *value)
{
  char *end = NULL;
  if (!value)
    return FALSE;
  if (option->arg == G_OPTION_ARG_INT) {
    gint64 number = g_ascii_strtoll (value, &end, 10);
    return *value && !*end && number >= G_MININT && number <= G_MAXINT;
  }
  if (option->arg == G_OPTION_ARG_DOUBLE)
    g_ascii_strtod (value, &end);
  return option->arg != G_OPTION_ARG_DOUBLE || (*value && !*end);
}

/* The options of ARGV as GOption will see them, since it knows neither our words nor our languages: EXIT_ALL_DONE, or what
 * is wrong was said. */
static int
check_options (const Manual *manual, char **argv)
{
  for (char **word = argv + 1; *word && !g_str_equal (*word, "--"); word++) {
    const char *text = *word, *equals = strchr (text, '=');
    const GOptionEntry *option = NULL;
    if (text[0] != '-' || !text[1])
      continue;
    if (text[1] == '-') {
      g_autofree char *name = equals ? g_strndup (text + 2, (gsize)(equals - text - 2)) : g_strdup (text + 2);
      option = manual_option_named (manual, name);
      if (!option)
        return refuse_option (manual, name);
      if (equals && !option_takes_argument (option))
        return command_wrong_call (manual->command->name, _ ("--%s takes no argument"), name);
    } else
      for (const char *letter = text + 1; *letter; letter++) {
        option = manual_option_short (manual, *letter);
        if (!option)
          return command_wrong_call (manual->command->name, _ ("unknown option -%.*s"),
                                     (int)(g_utf8_next_char (letter) - letter), letter);
      }
    if (!option_takes_argument (option))
      continue;
    const char *value = text[1] == '-' && equals ? equals + 1 : *++word;
    if (!value_is_good (option, value))
      return refuse_value (manual, option, value);
  }
  return EXIT_ALL_DONE;
}

/* Other users see the words of a call for as long as it runs: what follows --password is blotted out in ARGV. */
static void
blot_passwords (GPtrArray *passwords)
{
  for (guint i = 0; i < passwords->len; i++) {
    char *password = passwords->pdata[i];
    memset (password, '*', strlen (password));
  }
}

/* Where passwords are in ARGV, as long as GOption has not moved its words. */
static GPtrArray *
passwords_in (char **argv)
{
  static const char option[] = "--password";
  GPtrArray *passwords = g_ptr_array_new ();
  for (char **word = argv + 1; *word && !g_str_equal (*word, "--"); word++)
    if (g_str_equal (*word, option) && word[1])
      g_ptr_array_add (passwords, *++word);
    else if (g_str_has_prefix (*word, option) && (*word)[strlen (option)] == '=')
      g_ptr_array_add (passwords, *word + strlen (option) + 1);
  return passwords;
}

/* --generate; the whole of a completion is the program's (main.c). */
static int
generate (const Manual *manual, const char *what)
{
  static const char completion[] = "complete-";
  g_autofree char *text = NULL;
  if (g_str_equal (what, "man"))
    text = manual_page (manual);
  else if (g_str_has_prefix (what, completion) && completion_is_known (what + strlen (completion)))
    text = completion_of_command (manual, what + strlen (completion));
  else
    return command_wrong_call (manual->command->name, _ ("--generate %s: expected man"), what);
  return print_text (text);
}

/* Whether the options that all commands have can be used; *STATUS is set where not. */
static gboolean
check_files (const Manual *manual, const KnowledgeFiles *files, int *status)
{
  const char *name = manual->command->name;
  if (files->folder && !g_file_test (files->folder, G_FILE_TEST_IS_DIR))
    *status = command_wrong_call (name, _ ("%s: the folder of --patterns does not exist"), files->folder);
  else if (files->catalogue && !g_file_test (files->catalogue, G_FILE_TEST_IS_REGULAR))
    *status = command_wrong_call (name, _ ("%s: the file of --catalogue does not exist"), files->catalogue);
  else
    return TRUE;
  return FALSE;
}

static gboolean
parse_options (const Manual *manual, int *argc, char ***argv, int *status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GPtrArray) passwords = NULL;
  g_option_context_set_help_enabled (context, FALSE);
  if (manual->own)
    g_option_context_add_main_entries (context, manual->own, NULL);
  g_option_context_add_main_entries (context, manual->common, NULL);
  separate_short_options (*argv, manual->own);
  *status = check_options (manual, *argv);
  passwords = passwords_in (*argv);
  if (*status == EXIT_ALL_DONE && !g_option_context_parse (context, argc, argv, &error))
    *status = command_wrong_call (manual->command->name, "%s", error->message);
  blot_passwords (passwords);
  return *status == EXIT_ALL_DONE;
}

gboolean
command_parse (int *argc, char ***argv, const GOptionEntry *entries, const char *notes, KnowledgeFiles *files,
               int *status)
{
  gboolean help = FALSE;
  g_autofree char *generated = NULL;
  const GOptionEntry common[] = {
      {"patterns", 0, 0, G_OPTION_ARG_FILENAME, &files->folder, N_ ("Pattern files in place of the built-in ones"),
       "DIR"},
      {"catalogue", 0, 0, G_OPTION_ARG_FILENAME, &files->catalogue, N_ ("Another catalogue than the built-in one"),
       N_ ("FILE")},
      {"help", 'h', 0, G_OPTION_ARG_NONE, &help, N_ ("Show this help"), NULL},
      {"generate", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &generated, N_ ("Write the man page"), "man"},
      {NULL},
  };
  const Manual manual = {command_named ((*argv)[0]), entries, common, notes};
  if (!parse_options (&manual, argc, argv, status))
    return FALSE;
  if (help) {
    g_autofree char *text = manual_help (&manual);
    *status = print_text (text);
  } else if (generated)
    *status = generate (&manual, generated);
  else if (check_files (&manual, files, status)) {
    remove_double_dash (argc, *argv);
    return TRUE;
  }
  return FALSE;
}
