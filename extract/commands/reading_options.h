/* reading_options.h - the options of all commands that read documents: limits, sandbox, passwords, pages.
 *
 * What they come to is a ChecksheetOptions, made by the calls that other programs have (library/checksheet.h): the program
 * is the library's first user.
 */
#pragma once

#include "commands/command.h"
#include "library/options.h"

/* As the call has them: seconds, MiB, pages. */
typedef struct {
  double timeout;
  int cpu_seconds; /* 0: half of the timeout */
  int memory, input, unpacked, result;
  int pages_most;
  gboolean without_sandbox;
  char **passwords;    /* --password, as often as it was given; NULL: never */
  char *password_file; /* --password-file; NULL: not given */
  char *pages;         /* --pages; NULL: all */

  /* What reading_options_check makes of them. */
  ChecksheetOptions *chosen;

  /* What reading_options_open opens. */
  Knowledge *knowledge;
  Sandbox *sandbox;
} ReadingOptions;

extern const ReadingOptions usual_reading_options;

/* Their lines in the table of a command. Passwords go to the process that reads a document and nowhere else: into no
 * message, no ledger, no JSON. */
#define COMMAND_LIMITS(options)                                                                                          \
  {"timeout", 0, 0, G_OPTION_ARG_DOUBLE, &(options).timeout, N_ ("Time for one input (60)"), N_ ("SECONDS")},            \
      {"cpu",         0, 0, G_OPTION_ARG_INT, &(options).cpu_seconds, N_ ("CPU time for one input (half of --timeout)"), \
       N_ ("SECONDS")},                                                                                                  \
      {"memory", 0, 0, G_OPTION_ARG_INT, &(options).memory, N_ ("Memory for one input (1024)"), "MiB"},                  \
      {"max-input", 0, 0, G_OPTION_ARG_INT, &(options).input, N_ ("Size of one input (64)"), "MiB"},                     \
      {"max-unpacked", 0, 0, G_OPTION_ARG_INT, &(options).unpacked, N_ ("Size of what is packed in it (128)"), "MiB"},   \
      {"max-result", 0, 0, G_OPTION_ARG_INT, &(options).result, N_ ("Size of its sheet (256)"), "MiB"},                  \
      {"max-pages", 0, 0, G_OPTION_ARG_INT, &(options).pages_most, N_ ("Pages of one input (2000)"), "N"},               \
  {                                                                                                                      \
    "no-sandbox", 0, 0, G_OPTION_ARG_NONE, &(options).without_sandbox,                                                   \
        N_ ("Read without a sandbox, if you trust every input"), NULL                                                    \
  }
#define COMMAND_PASSWORDS(options)                                                                                     \
  {"password",                                                                                                         \
   0,                                                                                                                  \
   0,                                                                                                                  \
   G_OPTION_ARG_FILENAME_ARRAY,                                                                                        \
   &(options).passwords,                                                                                               \
   N_ ("Password of an encrypted PDF or archive; others may see it: better --password-file"),                          \
   N_ ("PASSWORD")},                                                                                                   \
  {                                                                                                                    \
    "password-file", 0, 0, G_OPTION_ARG_FILENAME, &(options).password_file,                                            \
        N_ ("Passwords to try on what is encrypted, one a line; -: standard input"), N_ ("FILE")                       \
  }

/* Fills in `chosen` for the call of COMMAND, and warns of --password unless QUIET. Returns EXIT_ALL_DONE, or
 * EXIT_WRONG_CALL, what is wrong having been said. */
int reading_options_check (ReadingOptions *options, const char *command, gboolean quiet);

/* The sandbox, where none is open. Returns EXIT_ALL_DONE, or EXIT_FAULT, why it cannot be set up having been said. */
int reading_options_open_sandbox (ReadingOptions *options);

/* All three, the knowledge being that in FILES. Returns EXIT_ALL_DONE, EXIT_WRONG_CALL or EXIT_FAULT, and says why. */
int reading_options_open (ReadingOptions *options, const char *command, const KnowledgeFiles *files);

void reading_options_clear (ReadingOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ReadingOptions, reading_options_clear)
