/* page_ranges.h - which pages of a document are wanted: "1-3", "2,5-7", "4-" (from the fourth to the last). Pages count
 * from 1.
 */
#pragma once

#include <glib.h>

typedef struct PageRanges PageRanges;

/* TEXT as a user gives it, spaces around its parts allowed. NULL: it says something else, or names page 0 or a range that
 * runs backwards. The caller frees. */
PageRanges *page_ranges_from_text (const char *text);
void page_ranges_free (PageRanges *ranges);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PageRanges, page_ranges_free)

/* Whether the page is in RANGES; NULL: all pages are. */
gboolean page_ranges_have (const PageRanges *ranges, int page);

/* How many of the pages from 1 to COUNT are in RANGES. */
int page_ranges_count (const PageRanges *ranges, int count);

/* Those of the pages from 1 to COUNT that are not in RANGES: "1, 4-9"; "" where all are. The caller frees. */
char *page_ranges_left_out (const PageRanges *ranges, int count);
