/* command.h - the commands of the program: one file each, one table in main.c. */
#pragma once

#include <glib.h>

/* What a call comes to, for the shell. */
enum { EXIT_ALL_DONE = 0, EXIT_SOME_FAILED = 1, EXIT_WRONG_CALL = 2 };

/* ARGV as main has it, ARGV[0] being the command's own name; gives the exit status. */
int command_convert (int argc, char **argv);
int command_show (int argc, char **argv);
int command_catalogue (int argc, char **argv);
int command_patterns (int argc, char **argv);
