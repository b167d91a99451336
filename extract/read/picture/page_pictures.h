/* page_pictures.h - the pages of a PDF as small pictures for people, to be put into a web page.
 *
 * A page becomes a PNG of 16 colours, some 1,200 pixels wide, which is 20 to 100 KB for text and rules; a page that is
 * larger so (a scan) becomes a JPEG.
 */
#pragma once

#include <glib.h>

enum { PAGE_PICTURES_MOST = 60 };

/* The pages of the PDF in BYTES for which WANTED (from page 1 at index 0) is TRUE, PAGE_PICTURES_MOST at most: a line
 * each, "PAGE WIDTH HEIGHT data:image/png;base64,…", the size in points. A page that cannot be drawn has no line. NULL:
 * it cannot be opened, with one of PASSWORDS (ended by NULL, or NULL) neither. The caller frees. */
char *page_pictures_from_pdf (GBytes *bytes, char *const *passwords, const gboolean *wanted, int count);
