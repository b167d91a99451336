/* parse.h - the options of a call: checked and parsed by the command's own table, or shown (manual.h).
 *
 * A misspelt option is answered with the one that is nearest. A password is blotted out in the words of the call, which
 * other users see for as long as it runs.
 */
#pragma once

#include "patterns/knowledge.h"

#include <glib.h>

/* Parses the options and removes them from ARGV: those of ENTRIES (ended by an empty one; NULL: none), and those that
 * all commands have, which fill FILES, to be cleared by the caller. NOTES is more text for --help, or NULL. FALSE:
 * there is nothing more to do, since the help or an error was shown; *STATUS is the exit status. */
gboolean command_parse (int *argc, char ***argv, const GOptionEntry *entries, const char *notes, KnowledgeFiles *files,
                        int *status);
