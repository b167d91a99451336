/* marked_text.h - text whose runs are marked, set in lines for a terminal.
 *
 * Widths are in cells of the terminal (width.h); 0: a line has any length.
 */
#pragma once

#include <glib.h>

typedef enum { MARK_NONE, MARK_OLD, MARK_NEW, MARK_HEADING } RunMark;

typedef struct {
  char *text; /* "\n" ends a line; other control characters were replaced */
  RunMark mark;
} MarkedRun;

/* A list of MarkedRun, which frees them. */
GArray *runs_new (void);

/* Appends the first LENGTH bytes of TEXT; -1: all of it. Sequences that a terminal would obey are replaced. */
void runs_add (GArray *runs, const char *text, gssize length, RunMark mark);

/* Appends RUNS to OUT in lines, each indented by INDENT spaces; COLOURED: marks are colours, else they do not show. */
void append_runs (GString *out, const GArray *runs, int width, int indent, gboolean coloured);

/* Appends two lists of runs in colours, side by side. */
void append_runs_beside (GString *out, const GArray *left, const GArray *right, int width, int indent);
