/* field.h - form fields and free text, read where they stand.
 *
 *     text, choice, free text    what its appearance shows, where those glyphs have characters and are all of the value;
 *                                else the value, set into its box
 *     tick box, radio button     ☑ ☐ by its state, on the line of the words beside it; the box that may be printed under
 *                                it is part of it
 *
 * The frames that fields draw around themselves are no ruling lines. Fields may overlap what the page paints under them.
 */
#pragma once

#include "model/note.h"
#include "read/pdf/painted_fate.h"

/* Each field that says something is a note `form-field`. */
void fields_read (SeenPage *seen, GPtrArray *notes);

/* A place on a text line of the page for a sign in BOX: as high as the glyphs beside it on that line, and as wide as
 * BOX; where there are none, as high as EM about its middle. */
Box box_on_line (const SeenPage *seen, Box box, double em);

/* The size of most glyphs of the page, points; 10 where there are none. */
double usual_size (const PaintedPage *page);
