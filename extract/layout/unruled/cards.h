/* cards.h - tables side by side, and small ones one below the other too, which share their lines of text:
 *
 *      Name    Alpha        Name    Beta          Read straight across these would be one table of four columns. They are
 *      Region  Tokyo        Region  Osaka         cards where the labels say the same again, and the lines fall into
 *      Users   1,200        Users   310           groups; not where a ruling line runs over the space
 *                                                 between them.
 *      Name    Gamma        Name    Delta
 *      Region  Nagoya       Region  Sapporo
 *      Users   95           Users   402
 *
 *      Table 1. Crops            Table 2. By state
 *      Item     2009   2010      State    2010        Ruling lines run over and under both, and over each gutter but
 *      --------------------      -------------        the one between the two; or each has a title over it, and words
 *      Rice      1.2    1.4      Ohio      3.0        follow values at the gutter.
 */
#pragma once

#include "layout/evidence.h"
#include "layout/unruled/candidate.h"

/* The boxes (Box) of the tables that CANDIDATE on PAGE is, by line, then column, without titles above the labels of
 * cards; NULL: it is one table. *CARDS: they are cards; what it was before: CANDIDATE is one, and has none. The caller frees. */
GArray *tables_beside_from_candidate (const TableCandidate *candidate, const Page *page, const Weighing *weighing,
                                      gboolean *cards);
