/* ruling_lines.h - the ruling lines and filled areas among what is painted on a page.
 *
 *     ▭ a thin filled rectangle           a line
 *     ─ a stroke between two points       a line, as thick as the pen
 *     ▪ a small filled square             a dot of a dotted line
 *     █ a larger filled rectangle         a fill: its edges may be borders
 *
 * Curves, slanted lines, and outlines with many corners (letters that are drawn) are none of these.
 */
#pragma once

#include "model/page.h"
#include "read/pdf/painted_page.h"

/* A filled area up to this thick is a line, in points: the thickest border Excel draws is 2.25. */
#define LINE_THICKNESS_LIMIT 2.6

typedef struct {
  RulingLine line;
  guint path; /* index */
} PaintedLine;

/* The ruling lines of PAGE. SEEN: for each of its paths, whether it can be seen. An array of PaintedLine, in paint order;
 * the caller frees. */
GArray *painted_lines_from_paths (const PaintedPage *page, const gboolean *seen);
