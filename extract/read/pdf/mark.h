/* mark.h - marks that are drawn, and not set in a font.
 *
 *     ○ × △ ● ◎ ☑ レ ✓     paths that touch each other, or a small picture, as large as a letter: told by shape
 *                           (read/picture/picture_marks.h), and a glyph of the page from then on
 *     □有                   a drawn tick over a printed box: ☑有
 *     (有)・無              a ring or a box drawn round one of several words: ○有・無
 *
 * What is drawn like a mark and has a drawn neighbour that is none is taken for a letter of drawn text.
 */
#pragma once

#include "model/note.h"
#include "patterns/knowledge.h"
#include "read/pdf/painted_fate.h"

/* Each mark, and each choice, is a note `mark-by-shape`. Comes after the steps that tell what is seen, struck out, or a
 * seal. KNOWLEDGE tells which words are answers to choose from. */
void marks_read (SeenPage *seen, const Knowledge *knowledge, GPtrArray *notes);
