/* completion.c - what bash, zsh and fish need to complete calls of the program. See manual.h.
 *
 *     bash   one function that looks at the words before the cursor; needs no package bash-completion
 *     zsh    one function over _arguments
 *     fish   a line an option
 *
 * What the tables have is ours: the words in them hold no quote but ', which each shell escapes in its own way.
 */
#include "commands/manual.h"

#include <glib/gi18n.h>
#include <string.h>

typedef enum { SHELL_BASH, SHELL_ZSH, SHELL_FISH } Shell;

static Shell
shell_named (const char *shell)
{
  return g_str_equal (shell, "bash") ? SHELL_BASH : g_str_equal (shell, "zsh") ? SHELL_ZSH : SHELL_FISH;
}

gboolean
completion_is_known (const char *shell)
{
  static const char *const shells[] = {"bash", "zsh", "fish", NULL};
  return g_strv_contains (shells, shell);
}

/* What an argument is, as shells offer it. */
typedef enum { OFFER_NOTHING, OFFER_FILES, OFFER_FOLDERS, OFFER_WORDS } Offer;

static Offer
offer_of_option (const GOptionEntry *option, char ***words)
{
  *words = argument_choices (option->arg_description);
  if (*words)
    return OFFER_WORDS;
  if (option->arg != G_OPTION_ARG_FILENAME)
    return OFFER_NOTHING;
  return g_str_equal (option->arg_description, "DIR") ? OFFER_FOLDERS : OFFER_FILES;
}

/* What follows the options: "[CORPUS]" and "DIR…" are folders. */
static Offer
offer_of_parameters (const Command *command)
{
  if (!command->parameters)
    return OFFER_NOTHING;
  return strstr (command->parameters, "DIR") || strstr (command->parameters, "CORPUS") ? OFFER_FOLDERS : OFFER_FILES;
}

/* The words that the first parameter of "words|rules INPUT" may be, NULL: it is free. The caller frees. */
static char **
choices_of_parameters (const Command *command)
{
  g_auto (GStrv) parts = command->parameters ? g_strsplit (command->parameters, " ", 2) : NULL;
  return parts && parts[0] ? argument_choices (parts[0]) : NULL;
}

/* TEXT within single quotes, with ' as the shell has it there, and, of zsh, what _arguments would take for its own. */
static char *
quoted (const char *text, Shell shell)
{
  g_autoptr (GString) out = g_string_new ("'");
  for (; *text; text++) {
    if (*text == '\'')
      g_string_append (out, shell == SHELL_FISH ? "\\'" : "'\\''");
    else if (shell == SHELL_ZSH && strchr ("[]:\\", *text))
      g_string_append_printf (out, "\\%c", *text);
    else if (shell == SHELL_FISH && *text == '\\')
      g_string_append (out, "\\\\");
    else
      g_string_append_c (out, *text);
  }
  g_string_append_c (out, '\'');
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* bash */

static const char bash_start[] = "\
# bash completion of checksheet; made by checksheet --generate complete-bash\n\
_checksheet ()\n\
{\n\
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}\n\
  local options='' operands=files first='' offer='' names='' number=0 i\n\
  COMPREPLY=()\n\
  # \"--format=csv\" comes as three words: --format = csv\n\
  if [[ $word == '=' ]]; then word=''; else [[ $before == '=' ]] && before=${COMP_WORDS[COMP_CWORD-2]}; fi\n\
  for ((i = 2; i < COMP_CWORD; i++)); do [[ ${COMP_WORDS[i]} == -* ]] || ((number++)); done\n";

static const char bash_end[] = "\
  esac\n\
  if ((COMP_CWORD == 1)); then\n\
    COMPREPLY=($(compgen -W \"$names --help --version\" -- \"$word\"))\n\
  elif [[ $offer == files ]]; then\n\
    compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- \"$word\"))\n\
  elif [[ $offer == folders ]]; then\n\
    compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- \"$word\"))\n\
  elif [[ $offer == none ]]; then\n\
    :\n\
  elif [[ -n $offer ]]; then\n\
    COMPREPLY=($(compgen -W \"$offer\" -- \"$word\"))\n\
  elif [[ $word == -* ]]; then\n\
    COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n\
    [[ ${COMPREPLY[0]-} == *= ]] && compopt -o nospace 2>/dev/null\n\
  elif [[ -n $first && $number == 0 ]]; then\n\
    COMPREPLY=($(compgen -W \"$first\" -- \"$word\"))\n\
  elif [[ $operands == folders ]]; then\n\
    compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- \"$word\"))\n\
  elif [[ $operands == files ]]; then\n\
    compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- \"$word\"))\n\
  fi\n\
  return 0\n\
}\n\
complete -F _checksheet checksheet\n";

static const char *
bash_offer (Offer offer)
{
  return offer == OFFER_FILES ? "files" : offer == OFFER_FOLDERS ? "folders" : "none";
}

static void
bash_append_command (GString *out, const Manual *manual)
{
  const GOptionEntry *option;
  g_autoptr (GString) names = g_string_new (NULL), cases = g_string_new (NULL);
  for (int i = 0; (option = manual_option (manual, i)); i++) {
    gboolean argument = option_takes_argument (option);
    g_string_append_printf (names, "--%s%s ", option->long_name, argument ? "=" : "");
    if (!argument)
      continue;
    g_auto (GStrv) words = NULL;
    Offer offer = offer_of_option (option, &words);
    g_autofree char *list = words ? g_strjoinv (" ", words) : g_strdup (bash_offer (offer));
    g_string_append (cases, "        ");
    if (option->short_name)
      g_string_append_printf (cases, "-%c|", option->short_name);
    g_string_append_printf (cases, "--%s) offer='%s' ;;\n", option->long_name, list);
  }
  g_auto (GStrv) choices = choices_of_parameters (manual->command);
  g_autofree char *first = choices ? g_strjoinv (" ", choices) : g_strdup ("");
  g_string_append_printf (out, "    %s)\n      options='%s' operands=%s first='%s'\n", manual->command->name,
                          g_strchomp (names->str), bash_offer (offer_of_parameters (manual->command)), first);
  g_string_append_printf (out, "      case $before in\n%s      esac ;;\n", cases->str);
}

static void
bash_append_names (GString *out)
{
  g_string_append (out, "  names='");
  for (const Command *command = commands; command->name; command++)
    g_string_append_printf (out, "%s%s", command == commands ? "" : " ", command->name);
  g_string_append (out, "'\n  case $command in\n");
}

/* zsh */

static const char zsh_start[] = "\
#compdef checksheet\n\
# zsh completion of checksheet; made by checksheet --generate complete-zsh\n\
_checksheet ()\n\
{\n\
  local context state line\n\
  typeset -A opt_args\n\
  _arguments -C '--help[Show this help]' '--version[Show the version]' '1:command:->command' '*::argument:->argument'\n\
  case $state in\n\
    command)\n\
      local -a names\n\
      names=(\n";

static const char zsh_middle[] = "\
      )\n\
      _describe command names ;;\n\
    argument)\n\
      case $line[1] in\n";

static const char zsh_end[] = "\
      esac ;;\n\
  esac\n\
}\n\
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _checksheet \"$@\"; else compdef _checksheet checksheet; fi\n";

/* ":words:(json csv)" after an option's description. The caller frees. */
static char *
zsh_argument (const GOptionEntry *option)
{
  g_auto (GStrv) words = NULL;
  Offer offer = offer_of_option (option, &words);
  if (words) {
    g_autofree char *list = g_strjoinv (" ", words);
    return g_strdup_printf (":%s:(%s)", option->long_name, list);
  }
  return g_strdup_printf (":%s:%s", option->long_name,
                          offer == OFFER_FILES     ? "_files"
                          : offer == OFFER_FOLDERS ? "_files -/"
                                                   : " ");
}

static void
zsh_append_command (GString *out, const Manual *manual)
{
  const GOptionEntry *option;
  g_string_append_printf (out, "        %s)\n          _arguments -s", manual->command->name);
  for (int i = 0; (option = manual_option (manual, i)); i++) {
    gboolean argument = option_takes_argument (option);
    g_autofree char *words = quoted (option->description, SHELL_ZSH);
    g_autofree char *takes = argument ? zsh_argument (option) : g_strdup ("");
    /* Without the quotes: those are around the brackets too. */
    g_autofree char *inner = g_strndup (words + 1, strlen (words) - 2);
    g_string_append_printf (out, " \\\n            '%s--%s%s[%s]%s'",
                            option->arg == G_OPTION_ARG_FILENAME_ARRAY || option->arg == G_OPTION_ARG_STRING_ARRAY ? "*"
                                                                                                                   : "",
                            option->long_name, argument ? "=" : "", inner, takes);
    if (option->short_name)
      g_string_append_printf (out, " \\\n            '-%c%s[%s]%s'", option->short_name, argument ? "+" : "", inner,
                              takes);
  }
  g_auto (GStrv) choices = choices_of_parameters (manual->command);
  g_autofree char *first = choices ? g_strjoinv (" ", choices) : NULL;
  Offer offer = offer_of_parameters (manual->command);
  if (first)
    g_string_append_printf (out, " \\\n            '1:stage:(%s)'", first);
  if (offer != OFFER_NOTHING)
    g_string_append_printf (out, " \\\n            '*:operand:%s'", offer == OFFER_FILES ? "_files" : "_files -/");
  g_string_append (out, " ;;\n");
}

static void
zsh_append_names (GString *out)
{
  for (const Command *command = commands; command->name; command++) {
    g_autofree char *words = quoted (command->summary, SHELL_ZSH);
    g_string_append_printf (out, "        '%s:%s\n", command->name, words + 1);
  }
}

/* fish */

static const char fish_start[] = "\
# fish completion of checksheet; made by checksheet --generate complete-fish\n\
complete -c checksheet -f\n\
complete -c checksheet -n __fish_use_subcommand -l help -d 'Show this help'\n\
complete -c checksheet -n __fish_use_subcommand -l version -d 'Show the version'\n";

static void
fish_append_option (GString *out, const char *condition, const GOptionEntry *option)
{
  g_auto (GStrv) words = NULL;
  g_autofree char *description = quoted (option->description, SHELL_FISH);
  g_string_append_printf (out, "complete -c checksheet -n '%s' -l %s", condition, option->long_name);
  if (option->short_name)
    g_string_append_printf (out, " -s %c", option->short_name);
  if (option_takes_argument (option)) {
    Offer offer = offer_of_option (option, &words);
    g_autofree char *list = words ? g_strjoinv (" ", words) : NULL;
    g_string_append (out, offer == OFFER_FILES ? " -r -F" : " -x");
    if (list)
      g_string_append_printf (out, " -a '%s'", list);
    if (offer == OFFER_FOLDERS)
      g_string_append (out, " -a '(__fish_complete_directories)'");
  }
  g_string_append_printf (out, " -d %s\n", description);
}

static void
fish_append_command (GString *out, const Manual *manual)
{
  const GOptionEntry *option;
  const char *name = manual->command->name;
  g_autofree char *summary = quoted (manual->command->summary, SHELL_FISH);
  g_autofree char *condition = g_strdup_printf ("__fish_seen_subcommand_from %s", name);
  g_string_append_printf (out, "complete -c checksheet -n __fish_use_subcommand -a %s -d %s\n", name, summary);
  for (int i = 0; (option = manual_option (manual, i)); i++)
    fish_append_option (out, condition, option);
  g_auto (GStrv) choices = choices_of_parameters (manual->command);
  g_autofree char *first = choices ? g_strjoinv (" ", choices) : NULL;
  Offer offer = offer_of_parameters (manual->command);
  if (first)
    g_string_append_printf (out, "complete -c checksheet -n '%s; and not __fish_seen_subcommand_from %s' -a '%s'\n",
                            condition, first, first);
  if (offer == OFFER_FILES)
    g_string_append_printf (out, "complete -c checksheet -n '%s' -F\n", condition);
  if (offer == OFFER_FOLDERS)
    g_string_append_printf (out, "complete -c checksheet -n '%s' -a '(__fish_complete_directories)'\n", condition);
}

/* All */

char *
completion_start (const char *shell)
{
  Shell which = shell_named (shell);
  g_autoptr (GString) out = g_string_new (which == SHELL_BASH  ? bash_start
                                          : which == SHELL_ZSH ? zsh_start
                                                               : fish_start);
  if (which == SHELL_ZSH) {
    zsh_append_names (out);
    g_string_append (out, zsh_middle);
  }
  if (which == SHELL_BASH)
    bash_append_names (out);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
completion_of_command (const Manual *manual, const char *shell)
{
  static void (*const ways[]) (GString *, const Manual *) = {bash_append_command, zsh_append_command,
                                                             fish_append_command};
  GString *out = g_string_new (NULL);
  ways[shell_named (shell)](out, manual);
  return g_string_free (out, FALSE);
}

char *
completion_end (const char *shell)
{
  Shell which = shell_named (shell);
  if (which == SHELL_ZSH)
    return g_strdup (zsh_end);
  return g_strdup (which == SHELL_FISH ? "" : bash_end);
}
