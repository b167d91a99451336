/* marked_text.h - text with marked parts, in lines for a terminal.
 *
 * Widths are in cells of the terminal (width.h); 0: a line is as long as it gets.
 */
#pragma once

#include <glib.h>

typedef enum { MARK_NONE, MARK_OLD, MARK_NEW, MARK_HEADING } Mark;

typedef struct {
  char *text; /* "\n" ends a line; other control characters were replaced */
  Mark mark;
} Run;

/* A list of Run, which frees them. */
GArray *runs_new (void);

/* Appends the first LENGTH bytes of TEXT; -1: all of it. */
void runs_add (GArray *runs, const char *text, gssize length, Mark mark);

/* Appends RUNS to OUT in lines, each after INDENT spaces; COLOURED: marks are colours, else they do not show. */
void append_runs (GString *out, const GArray *runs, int width, int indent, gboolean coloured);

/* Appends two of them in colours, side by side. */
void append_runs_beside (GString *out, const GArray *left, const GArray *right, int width, int indent);
