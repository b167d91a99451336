/* likeness.h - how alike two texts are: the Dice coefficient (L. R. Dice, Ecology 26, 1945) of their features, which
 * are each character and each pair of adjacent characters, as often as it occurs.
 *
 *     稼働率   稼 働 率 稼働 働率        5 features      2 * 3 / (5 + 3) = 0.75
 *     稼働     稼 働    稼働            3 features, all of them common
 *
 * Texts are compared as they are: what counts as the same is folded by the caller (folding.h).
 */
#pragma once

#include <glib.h>

/* From 0, nothing in common, to 1, the same features; of two empty texts 0. */
double text_similarity (const char *a, const char *b);

/* The number of features of TEXT. Texts whose numbers differ much cannot be alike. */
guint text_feature_count (const char *text);

/* Texts that many others are compared with. For each feature the index has the texts with it, so that a comparison
 * costs time by what the texts have in common, not by their length. */
typedef struct LikenessIndex LikenessIndex;

LikenessIndex *likeness_index_new (void);
void likeness_index_free (LikenessIndex *index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessIndex, likeness_index_free)

/* Returns the text's place: 0, 1, 2, ... TEXT is not kept. */
guint likeness_index_add (LikenessIndex *index, const char *text);
guint likeness_index_feature_count (const LikenessIndex *index, guint place);

/* INDEX, to be built into the program, floating; and what was. The caller frees. */
GVariant *likeness_index_compiled (const LikenessIndex *index);
LikenessIndex *likeness_index_from_compiled (GVariant *compiled);

/* Fills SCORES[place] for each text added: how like it TEXT is. */
void likeness_index_compare (LikenessIndex *index, const char *text, double *scores);
