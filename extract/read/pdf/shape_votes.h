/* shape_votes.h - what the glyphs of fonts show, by what is recognised where they are painted.
 *
 *     page of the PDF ──────► shapes ─┐
 *                                     ├─► votes: shape × character ─► the page with the characters that win
 *     its picture, recognised ────────┘
 *
 * Where the map from a font's glyphs to characters is wrong (text_layer.h), boxes, lines and spaces of the page are right
 * all the same, and a glyph shows the same each time that it is painted. Recognition errs now here, now there: the shapes
 * of a document vote. A character of the map that is recognised often enough is right, and kept.
 */
#pragma once

#include "model/page.h"

typedef struct ShapeVotes ShapeVotes;

ShapeVotes *shape_votes_new (void);
void shape_votes_free (ShapeVotes *votes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShapeVotes, shape_votes_free)

/* The same number for the glyphs that are painted by CODE of the font that is object FONT of the file, on any page. */
guint shape_of_code (int font, guint code);

/* Adds what RECOGNISED, which was read from the picture of PAGE, has where the glyphs of PAGE are. SHAPES: guint, one for
 * each of these. EARLIER: votes on the same pages, by which it can be told better which is where; NULL: none. */
void shape_votes_add (ShapeVotes *votes, const Page *page, GArray *shapes, const Page *recognised, ShapeVotes *earlier);

/* The glyphs of PAGE with the characters that were voted for, each with the share of the votes that it had as its
 * confidence. NULL: too few of them have any. The caller frees. */
GArray *shape_votes_glyphs (ShapeVotes *votes, const Page *page, GArray *shapes);
