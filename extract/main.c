/* main.c - the language of the messages, and the command that is called. */
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <glib/gi18n.h>
#include <libintl.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "commands/command.h"
#include "commands/manual.h"
#include "run/progress.h"
#include "text/edit_distance.h"

/* A file that is opened later must not become standard output because the caller had closed that: a standard descriptor
 * that is closed becomes one on which every read or write fails. */
static void
hold_standard_descriptors (void)
{
  static const int modes[] = {O_WRONLY, O_RDONLY, O_WRONLY};
  for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; descriptor++)
    if (fcntl (descriptor, F_GETFD) < 0 && errno == EBADF && open ("/dev/null", modes[descriptor]) != descriptor)
      _exit (EXIT_WRONG_CALL);
}

/* The translations beside a program that was just built, else the installed ones; NULL: unknown. The caller frees. */
static char *
message_folder (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  if (!program)
    return NULL;
  g_autofree char *folder = g_path_get_dirname (program);
  g_autofree char *built = g_build_filename (folder, "po", NULL);
  if (g_file_test (built, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&built);
  return g_build_filename (folder, "..", "share", "locale", NULL);
}

/* The system lacks the locale that is asked for, as a small container lacks ja_JP.UTF-8: its language is spoken all the same. */
static void
choose_language_without_locale (void)
{
  static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
  const char *wanted = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (names) && !(wanted && *wanted); i++)
    wanted = g_getenv (names[i]);
  setlocale (LC_ALL, "C.UTF-8"); /* in the locale C there are no translations */
  const char *chosen = g_getenv ("LANGUAGE");
  if (!wanted || !*wanted || (chosen && *chosen))
    return;
  g_autofree char *language = g_strndup (wanted, strcspn (wanted, ".@"));
  g_setenv ("LANGUAGE", language, TRUE);
}

static void
choose_language (void)
{
  if (!setlocale (LC_ALL, ""))
    choose_language_without_locale ();
  setlocale (LC_NUMERIC, "C"); /* numbers are written alike in every language */
  g_autofree char *folder = message_folder ();
  if (folder)
    bindtextdomain ("checksheet", folder);
  bind_textdomain_codeset ("checksheet", "UTF-8");
  textdomain ("checksheet");
}

static int
show_help (void)
{
  enum { SUMMARY_COLUMN = 14 };
  g_autoptr (GString) help = g_string_new (NULL);
  g_string_append_printf (help, "%s\n  checksheet %s\n\n%s\n", _ ("Usage:"), _ ("COMMAND [OPTION…] [ARGUMENT…]"),
                          _ ("Commands:"));
  for (int i = 0; commands[i].name; i++)
    manual_append_entry (help, commands[i].name, SUMMARY_COLUMN, _ (commands[i].summary));
  g_string_append_printf (help, "\n%s\n", _ ("Examples:"));
  for (int i = 0; commands[i].name; i++)
    g_string_append_printf (help, "  %s\n", commands[i].example);
  g_string_append_printf (help, "\n%s\n",
                          _ ("checksheet COMMAND --help says more; checksheet --version gives the version."));
  return print_text (help->str);
}

/* The parts of a completion, each command's by the command, which alone knows its options. */
static int
generate_completion (const char *what, const char *shell)
{
  g_autofree char *start = completion_start (shell), *end = completion_end (shell);
  int status = print_text (start);
  for (const Command *command = commands; command->name && status == EXIT_ALL_DONE; command++) {
    g_autofree char *name = g_strdup (command->name), *option = g_strdup ("--generate"), *word = g_strdup (what);
    char *words[] = {name, option, word, NULL};
    status = command->run (3, words);
  }
  return status == EXIT_ALL_DONE ? print_text (end) : status;
}

/* What the build installs beside the program. */
static int
generate (const char *what)
{
  static const char completion[] = "complete-";
  g_autofree char *text = NULL;
  if (what && g_str_has_prefix (what, completion) && completion_is_known (what + strlen (completion)))
    return generate_completion (what, what + strlen (completion));
  if (what && g_str_equal (what, "man"))
    text = program_page ();
  else if (what && g_str_equal (what, "formats"))
    text = formats_page ();
  if (text)
    return print_text (text);
  complain (NULL, _ ("--generate: expected man, formats, complete-bash, complete-zsh or complete-fish"));
  return EXIT_WRONG_CALL;
}

static const char *
nearest_command (const char *name)
{
  const char *nearest = NULL;
  int least = 4; /* a name at a greater distance is not a misspelling */
  for (int i = 0; strlen (name) < 32 && commands[i].name; i++) {
    int distance = edit_distance (name, commands[i].name);
    if (distance >= least)
      continue;
    least = distance;
    nearest = commands[i].name;
  }
  return nearest;
}

static int
refuse_command (const char *name)
{
  if (*name == '-') {
    complain_printf (NULL, _ ("unknown option %s before the command; checksheet --help lists the commands"), name);
    return EXIT_WRONG_CALL;
  }
  const char *nearest = nearest_command (name);
  if (nearest)
    complain_printf (NULL, _ ("unknown command %s; did you mean %s?"), name, nearest);
  else
    complain_printf (NULL, _ ("unknown command %s; checksheet --help lists the commands"), name);
  return EXIT_WRONG_CALL;
}

/* `checksheet help COMMAND`. */
static int
show_help_of (const char *name)
{
  const Command *command = command_named (name);
  g_autofree char *word = g_strdup (name), *option = g_strdup ("--help");
  char *words[] = {word, option, NULL};
  return command ? command->run (2, words) : refuse_command (name);
}

int
main (int argc, char **argv)
{
  hold_standard_descriptors ();
  signal (SIGPIPE, SIG_IGN); /* a closed pipe is an error of write(), */
  signal (SIGXFSZ, SIG_IGN); /* and so is a file larger than ulimit -f */
  choose_language ();
  if (argc < 2) {
    complain (NULL, _ ("no command given; checksheet --help lists the commands"));
    return EXIT_WRONG_CALL;
  }
  if (g_str_equal (argv[1], "--version"))
    return print_text ("checksheet " VERSION "\n");
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h") || g_str_equal (argv[1], "help"))
    return argv[2] ? show_help_of (argv[2]) : show_help ();
  if (g_str_equal (argv[1], "--generate"))
    return generate (argv[2]);
  const Command *command = command_named (argv[1]);
  return command ? command->run (argc - 1, argv + 1) : refuse_command (argv[1]);
}
