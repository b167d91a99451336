/* filter_lines.h - the documents that a stream of lines names, one a line, as Spark's pipe and Hadoop streaming send them.
 *
 *     a/x.pdf                                       a path, or an address
 *     {"path": "a/x.pdf"}                           the same: for paths that begin with "{"
 *     {"name": "x.pdf", "base64": "JVBERi0xLjQK…"}  the document itself, and what it is called; with
 *                                                   "charset": "Shift_JIS", as a server declared it, where one did, and
 *                                                 "passwords": ["…"] to try where it is encrypted
 *
 * Every line is one input, so that each has its line in the answer: a wrong or empty one is an input with a fault, whose
 * uri is "line 12".
 */
#pragma once

#include "run/inputs.h"

typedef struct {
  int file;       /* it is read from there; borrowed */
  GString *rest;  /* what was read of the next lines */
  gsize searched; /* the bytes of `rest` in which there is no line end */
  int count;      /* lines so far */
  gboolean ended;
} FilterLines;

FilterLines *filter_lines_new (int file);
void filter_lines_free (FilterLines *lines);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FilterLines, filter_lines_free)

/* Waits for a line, and returns it with what else has come, MOST at most: a list of Input, which frees them. Empty: the
 * stream has ended. NULL with ERROR (IO) set: it cannot be read. */
GPtrArray *filter_lines_next (FilterLines *lines, guint most, GError **error);
