/* pdf_pictures.h - the pages of a PDF whose text cannot be used, read from what they look like.
 *
 * Such a page has no text, or text that cannot be what it shows (text_layer.h). Several are read side by side.
 */
#pragma once

#include "model/note.h"
#include "model/page.h"
#include "read/source.h"

/* Replaces glyphs and rules of those of PAGES (Page) that need it, and says so in notes. FALSE, with ERROR set: no page
 * has text, and there is nothing to read pictures with. */
gboolean pages_read_pictures (GPtrArray *pages, const Source *source, GPtrArray *notes, GError **error);

/* To be told once, before the first picture is read, how many pages will be: it takes seconds for each. */
typedef void (*PicturesAhead) (int pages, gpointer data);
void pictures_ahead_tell (PicturesAhead tell, gpointer data);
