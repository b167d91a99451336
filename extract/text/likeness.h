/* likeness.h - how alike two texts are: Dice's coefficient over what they hold, each character and each pair of
 * neighbours as often as it comes.
 *
 *     稼働率   稼 働 率 稼働 働率        5 features      2 * 3 / (5 + 3) = 0.75
 *     稼働     稼 働    稼働            3 features, all of them common
 *
 * Texts are taken as they are: what is to count as the same goes through text_for_comparing first.
 */
#pragma once

#include <glib.h>

/* 1: the same (two empty texts: 0), 0: nothing in common. */
double text_similarity (const char *a, const char *b);

/* How many features TEXT has. Texts whose numbers differ much cannot be alike. */
guint text_feature_count (const char *text);

/* Texts that many others are compared with. For each feature the index knows which texts have it, so that comparing
 * costs what the texts have in common, not what they are. */
typedef struct LikenessIndex LikenessIndex;

LikenessIndex *likeness_index_new (void);
void likeness_index_free (LikenessIndex *index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessIndex, likeness_index_free)

/* Gives the text's place: 0, 1, 2, ... */
guint likeness_index_add (LikenessIndex *index, const char *text);
guint likeness_index_feature_count (const LikenessIndex *index, guint place);

/* SCORES[place], for each text added: how like it TEXT is. */
void likeness_index_compare (LikenessIndex *index, const char *text, double *scores);
