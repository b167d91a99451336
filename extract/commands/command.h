/* command.h - the commands of the program: a file each, and a line each in one table (command.c). */
#pragma once

#include "patterns/knowledge.h"
#include "run/exit_status.h"

#include <glib.h>

typedef struct {
  const char *name;
  /* ARGV as of main, without the program's name: ARGV[0] is the command's. Returns the exit status. */
  int (*run) (int argc, char **argv);
  const char *summary;    /* one line; it and the next are not yet translated */
  const char *parameters; /* what follows the options, "INPUT…"; NULL: nothing */
  const char *example;    /* one call */
} Command;

int command_convert (int argc, char **argv);
int command_refresh (int argc, char **argv);
int command_history (int argc, char **argv);
int command_merge (int argc, char **argv);
int command_verify (int argc, char **argv);
int command_init (int argc, char **argv);
int command_export (int argc, char **argv);
int command_compare (int argc, char **argv);
int command_diff (int argc, char **argv);
int command_report (int argc, char **argv);
int command_show (int argc, char **argv);
int command_catalogue (int argc, char **argv);
int command_patterns (int argc, char **argv);

/* All commands, ended by one without a name. */
extern const Command commands[];

/* The command called NAME, or NULL; static. */
const Command *command_named (const char *name);

/* The knowledge in FILES; NULL: a file is wrong, and its faults were shown on standard error. The caller frees. */
Knowledge *command_knowledge (const KnowledgeFiles *files);

/* Shows what is wrong with a call of the command NAME, and how to show its help. Returns EXIT_WRONG_CALL. */
int command_wrong_call (const char *name, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* The same for a FORMAT that is none of NAMES, "text|json"; the one that is nearest is offered. */
int command_unknown_format (const char *name, const char *format, const char *names);

/* Checks the SHEETs of a call of the command NAME: there is one, standard input is named once, and none is OUTPUT, which
 * would be written over (NULL, "-": standard output). EXIT_ALL_DONE, or what is wrong was shown. */
int command_check_sheets (const char *name, char *const *sheets, const char *output);

/* Writes TEXT to standard output: data, or what is safe to show. Returns the exit status; errors are shown on standard
 * error. */
int print_text (const char *text);

/* The same for lines with words of others in them (text/shown.h). */
int print_for_people (const char *text);
