/* header_footer.h - page headers, footers and page numbers: what is printed on the page and is not part of the content.
 *
 * A line near the top or the foot of the page that stands in the same place on another page, numbers apart; or one
 * there that is nothing but a number.
 */
#pragma once

#include "model/page.h"

/* For each of PAGES (Page) an array with one gboolean for each of its glyphs, and one more at the end: whether it is
 * furniture. NULL for pages that are not drawn. The list frees the arrays. */
GPtrArray *headers_footers_from_pages (GPtrArray *pages);
