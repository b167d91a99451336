/* progress.h - a line on standard error that shows how far a run has come, "12/340  3 failed  name", and the messages
 * above it.
 *
 * The line is shown only if standard error is a terminal and there are several inputs; messages always are.
 */
#pragma once

#include <glib.h>

typedef struct {
  int all, done, failed;
  gboolean shown; /* a terminal, and several inputs */
  gboolean drawn; /* the line is on the terminal now */
} Progress;

/* ALL: the number of inputs. */
Progress progress_new (int all);

/* One more input is done; NAME says which. */
void progress_step (Progress *progress, const char *name, gboolean failed);

/* The width of the terminal that standard error is, in cells; 80 where it is none. */
int progress_columns (void);

/* Erases the line: before a message, and at the end. */
void progress_clear (Progress *progress);

/* "checksheet: NAME: MESSAGE" on standard error, translated where it is in English (text/translated.h). NAME may be NULL,
 * else it is a file name in any encoding. Control
 * characters in both are shown as "?" (text/shown.h), so that one message is one line. */
void complain (const char *name, const char *message);

/* The same for a message that is made as printf does. */
void complain_printf (const char *name, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* LINES on standard error, each shown as a line is: what libraries say, the faults of a file. */
void complain_lines (const char *lines);

/* NAME as it is shown: valid UTF-8 on one line; "-" is "standard input" in the user's language. The caller frees. */
char *name_for_showing (const char *name);
