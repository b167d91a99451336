/* candidate.h - lines that leave the same gutters open, and so may be a table.
 *
 * A candidate grows from one line, the seed: the gaps between its segments are the first gutters. Lines below and above
 * it narrow and split the gutters, as long as no gap of the seed closes. A line that closes one is part of the head, or
 * a banner where the table goes on after it; else the table ends before it. Two things close a gutter and are a head: a
 * heading above several columns, and headings so near to each other that they look like one segment. The latter have a
 * space in the gutter, and are aligned with their columns: flush with an edge, or centred.
 *
 *               First half      Total Net share
 *             2009    2010      sales  of sales
 *      Rice    1.2     1.4         12        3.0
 *      Wheat   0.8     0.9          9        2.2
 *
 * (Columns as white rectangles that many lines leave open: T. Breuel, "Two geometric algorithms for layout analysis",
 * 2002.)
 */
#pragma once

#include "layout/unruled/segment.h"

/* Lines START to END (past the last) of LINES, between which GUTTERS stay open. */
typedef struct {
  GPtrArray *lines; /* SegmentLine, borrowed */
  GArray *running;  /* BoxAt, downwards, borrowed: lines of running text, at which tables end; NULL: not looked for */
  gboolean *used;   /* one for each line: part of a table that was found before */
  gboolean *banner; /* one for each line: it closes a gutter, and is not part of the head */
  int start, end;
  GArray *gutters; /* Gutter, from left to right; NULL: not grown yet */
  gboolean ruled;  /* lines are drawn between its rows, or were on the page before */
} TableCandidate;

/* Without any line yet; LINES and RUNNING stay the caller's. */
TableCandidate candidate_from_lines (GPtrArray *lines, GArray *running);
void candidate_clear (TableCandidate *candidate);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TableCandidate, candidate_clear)

/* The unused line with most segments, at least two; -1: there is none. */
int candidate_seed (const TableCandidate *candidate);

/* Grows from SEED alone. FALSE: what it grew to is no table. */
gboolean candidate_grow_from_line (TableCandidate *candidate, int seed);

/* The same from the first line that GUTTERS (of the page before; copied) admit: a column may be empty on this page. Such a
 * table begins with the first line of the page, and has no more columns. */
gboolean candidate_grow_from_gutters (TableCandidate *candidate, GArray *gutters);

/* Where there are banners, a single segment right after the table at the very end of the page is one too: its rows are on
 * the next page. */
void candidate_take_last_banner (TableCandidate *candidate);

/* Its lines are in no later table; the next candidate may grow. */
void candidate_mark_used (TableCandidate *candidate);
