/* manual.h - what is said of a command, out of its line in the table of commands and its table of options: the help on a
 * terminal, the man page, and the completions of shells. There is no other list of options.
 *
 * An option whose argument is named "json|ndjson|csv" takes one of these words, and shells offer them; one that is called
 * DIR is a folder.
 */
#pragma once

#include "commands/command.h"

/* All borrowed. */
typedef struct {
  const Command *command;
  const GOptionEntry *own, *common; /* ended by an empty one; OWN: NULL where there are none */
  const char *notes;                /* translated, in lines of 80 cells; NULL: none */
} Manual;

/* The options of MANUAL by number, from 0, in the order in which they are shown, hidden ones left out; NULL: no more. */
const GOptionEntry *manual_option (const Manual *manual, int number);

/* The option NAME (without "--"), hidden ones too, or the one with the letter SHORT_NAME; NULL: there is none. */
const GOptionEntry *manual_option_named (const Manual *manual, const char *name);
const GOptionEntry *manual_option_short (const Manual *manual, char short_name);

/* Whether the option is followed by an argument. */
gboolean option_takes_argument (const GOptionEntry *option);

/* The words that ARGUMENT ("json|csv", an option's argument or a command's parameter) lets one choose from; NULL: it is no
 * such list. The caller frees (g_strfreev). */
char **argument_choices (const char *argument);

/* Appends "  NAME   WORDS" in lines of 80 cells, WORDS from COLUMN on; a NAME with no room has a line of its own. */
void manual_append_entry (GString *text, const char *name, int column, const char *words);

/* What --help prints. The caller frees, as what follows. */
char *manual_help (const Manual *manual);

/* The page checksheet-COMMAND(1) in roff, in the user's language. */
char *manual_page (const Manual *manual);

/* The page checksheet(1). */
char *program_page (void);

/* The page checksheet-formats(5): what convert and export write, and what the words in it mean. */
char *formats_page (void);

/* What a shell needs to complete calls: of one command, and what is before and after all of them. SHELL is "bash", "zsh"
 * or "fish". */
gboolean completion_is_known (const char *shell);
char *completion_start (const char *shell);
char *completion_of_command (const Manual *manual, const char *shell);
char *completion_end (const char *shell);
