/* divider.h - the straight lines that divide a page into cells, put together from the pieces they were drawn in.
 *
 * Programs draw a border cell by cell, side by side, dash by dash, or as the edge of a filled area. Pieces on one line
 * that touch or nearly touch become one divider.
 */
#pragma once

#include "model/page.h"

typedef struct {
  double at;       /* y of a horizontal one, x of a vertical one; points */
  double from, to; /* its ends: x of a horizontal one, y of a vertical one */
} Divider;

typedef struct {
  GArray *horizontal, *vertical; /* Divider, by `at`, then `from` */
} Dividers;

/* Lines nearer than this are one: no text fits between them. Points. */
#define DIVIDER_NEAR 3.0

/* The dividers that RULING_LINES (RulingLine) prove: those that can be seen. Lines of the paper's colour are none. */
Dividers *dividers_from_ruling_lines (GArray *ruling_lines);

/* The dividers that the edges of filled areas among RULING_LINES prove, except those whose middle is in one of COVERED
 * (Box): cells told from each other by their colour, or white cells on a dark ground. */
Dividers *dividers_from_fills (GArray *ruling_lines, GArray *covered, double page_width);

void dividers_free (Dividers *dividers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Dividers, dividers_free)
