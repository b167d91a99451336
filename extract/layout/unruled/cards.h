/* cards.h - small tables side by side and one below the other, which share their lines of text:
 *
 *      Name    Alpha        Name    Beta          Read straight across these would be one table of four columns. They are
 *      Region  Tokyo        Region  Osaka         cards where the labels say the same again, the lines fall into groups,
 *      Users   1,200        Users   310           and the space between cards is wider than that within them; not where
 *                                                 a ruling line runs over that space, or figures are in place of labels.
 *      Name    Gamma        Name    Delta
 *      Region  Nagoya       Region  Sapporo
 *      Users   95           Users   402
 */
#pragma once

#include "layout/evidence.h"
#include "layout/unruled/candidate.h"

/* The boxes (Box) of the cards that CANDIDATE on PAGE is, by line, then column, without titles above their labels; NULL:
 * it is one table. The caller frees. */
GArray *cards_from_candidate (const TableCandidate *candidate, const Page *page, const Weighing *weighing);
