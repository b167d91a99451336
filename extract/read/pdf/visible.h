/* visible.h - what of a painted page can be seen.
 *
 *     glyph   is not painted (render modes 3 and 7, opacity near 0) ─┐
 *             is outside of its clip or the page ────────────────────┤
 *             has the colour of what lies under it ──────────────────┼─► FATE_HIDDEN, a note `hidden-text`
 *             is under something opaque painted later ───────────────┘
 *
 *     line    ──────────────────   as painted
 *                  ░░░░░░░         a fill of the paper's colour, painted later
 *             ─────       ──────   as seen
 *
 * A page that is a picture (a scan) has its words in a layer that is not painted, or under the picture: they count as seen.
 * So do those under letters that are drawn as shapes.
 */
#pragma once

#include "model/note.h"
#include "read/pdf/painted_fate.h"

/* Whether the words of PAGE are a layer that is not painted, under or over a picture or shapes that show them. */
gboolean painted_page_has_text_layer (const PaintedPage *page);

/* Tells which glyphs and which filled areas of SEEN are hidden, where it has a TEXT_LAYER as above or not. The words are said
 * in NOTES, each run with its place. */
void visible_tell (SeenPage *seen, gboolean text_layer, GPtrArray *notes);

/* Takes LINES (PaintedLine) those parts that cannot be seen: under something opaque, or of the colour of what is under
 * and beside them. */
void visible_cut_lines (const SeenPage *seen, GArray *lines);
