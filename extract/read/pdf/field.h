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
