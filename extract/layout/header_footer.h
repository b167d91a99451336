/* header_footer.h - page headers, footers and page numbers: what is printed on the page and is not part of its content.
 *
 * A line near the top or the foot of the page that is in the same place on another page, with any numbers in it; or one
 * there that is only a number.
 */
#pragma once

#include "model/page.h"

/* For each of PAGES (Page) an array with one gboolean for each of its glyphs, and one more at the end: whether it is
 * part of a header or footer. NULL for pages that are not drawn. The list frees the arrays. */
GPtrArray *headers_footers_from_pages (GPtrArray *pages);
