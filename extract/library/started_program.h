/* started_program.h - the program that reads for the library: started for one line, ended with its answer.
 *
 *     line ──► a file without a name ──► standard input │ the program │ standard output ──► pipe ──► answer
 *
 * It is started as posix_spawn does, which is safe in a program with threads, with standard descriptors of its own and no
 * others, all signals as usual, and the caller's environment, in which the language is English. The caller has no signal
 * handler for its end: the answer ends with the pipe.
 */
#pragma once

#include <glib.h>

/* What the program ARGUMENTS (its path first, ended by NULL) answers to TEXT within SECONDS. The caller frees. Errors:
 * CHECKSHEET_ERROR_IO (it cannot be started, or ends without an answer; then with its last words), LIMIT_WALL (killed after
 * SECONDS), LIMIT_SIZE (the answer has more than LIMIT bytes). */
char *program_answer (const char *const *arguments, const char *text, double seconds, gsize limit, GError **error);
