/* command.h - the commands of the program: one file each, one table (command.c). */
#pragma once

#include "patterns/knowledge.h"
#include "run/exit_status.h"

#include <glib.h>

typedef struct {
  const char *name;
  /* ARGV as main has it, ARGV[0] being the command's own name; gives the exit status. */
  int (*run) (int argc, char **argv);
  const char *about;      /* one line; it and the next are yet to be translated */
  const char *parameters; /* what follows the options: "INPUT…"; NULL: nothing */
  const char *example;    /* one call */
} Command;

int command_convert (int argc, char **argv);
int command_refresh (int argc, char **argv);
int command_history (int argc, char **argv);
int command_init (int argc, char **argv);
int command_diff (int argc, char **argv);
int command_show (int argc, char **argv);
int command_catalogue (int argc, char **argv);
int command_patterns (int argc, char **argv);

/* All, ended by one without a name. */
extern const Command commands[];

/* The command called NAME, or NULL. */
const Command *command_named (const char *name);

/* Takes the options out of ARGV (ENTRIES, ended by an empty one, may be NULL), with those that every command has: FILES
 * is filled with what they name, to be cleared by the caller. NOTES is more text for --help, or NULL. FALSE: there is
 * nothing more to do, *STATUS is the exit status; the help was shown or what is wrong was said. */
gboolean command_parse (int *argc, char ***argv, const GOptionEntry *entries, const char *notes, KnowledgeFiles *files,
                        int *status);

/* What FILES say; NULL: a file is wrong, and the faults were shown. The caller frees. */
Knowledge *command_knowledge (const KnowledgeFiles *files);

/* Says what is wrong with the call and where the help is. Gives EXIT_WRONG_CALL. */
int command_wrong_call (const char *name, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Writes TEXT to standard output and gives the exit status; what went wrong is said on standard error. */
int print_text (const char *text);
