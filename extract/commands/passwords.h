/* passwords.h - the passwords that a call gives for what is encrypted: --password, and --password-file with one a line.
 *
 * They go to the process that reads a document and nowhere else: into no message, no ledger, no JSON.
 */
#pragma once

#include <glib.h>

typedef struct {
  char **given; /* --password, as often as it was given; NULL: never */
  char *file;   /* --password-file; NULL: not given */
  char **all;   /* those of both, ended by NULL; NULL: none */
} Passwords;

/* The options, in the table of a command. */
#define COMMAND_PASSWORDS(passwords)                                                                                   \
  {"password",                                                                                                         \
   0,                                                                                                                  \
   0,                                                                                                                  \
   G_OPTION_ARG_FILENAME_ARRAY,                                                                                        \
   &(passwords).given,                                                                                                 \
   N_ ("Password of an encrypted PDF or archive; others may see it: better --password-file"),                          \
   N_ ("PASSWORD")},                                                                                                   \
  {                                                                                                                    \
    "password-file", 0, 0, G_OPTION_ARG_FILENAME, &(passwords).file,                                                   \
        N_ ("Passwords to try on what is encrypted, one a line; -: standard input"), N_ ("FILE")                       \
  }

/* Fills in `all` for the call of COMMAND, and warns of --password unless QUIET. Returns EXIT_ALL_DONE, or EXIT_WRONG_CALL,
 * what is wrong having been shown. */
int passwords_open (Passwords *passwords, const char *command, gboolean quiet);

void passwords_clear (Passwords *passwords);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Passwords, passwords_clear)
