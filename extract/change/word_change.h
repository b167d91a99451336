/* word_change.h - which words of a text changed: as few as possible.
 *
 * Words are ICU's (UAX #29, with its dictionary for Japanese), found in the text without the white space that only lays
 * it out, so that a line wrapped elsewhere has the same words; they are equal where the folding `changing` of them is
 * (folding.h). What is kept is a longest common subsequence of both texts' words.
 */
#pragma once

#include "patterns/knowledge.h"

/* Finds the words of texts; made once for many texts, and used by one thread at a time. */
typedef struct WordSegmenter WordSegmenter;

/* KNOWLEDGE is borrowed. Never NULL; the caller frees. */
WordSegmenter *word_segmenter_new (const Knowledge *knowledge);
void word_segmenter_free (WordSegmenter *segmenter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WordSegmenter, word_segmenter_free)

/* A part of both texts, in bytes. All parts, one after the other, are both texts. */
typedef struct {
  gboolean changed; /* else the words are the same, though the white space may differ */
  int old_start, old_end, new_start, new_end;
} Stretch;

/* A list of Stretch, alternately the same and changed; the caller frees. Texts too long to compare word by word are one
 * change except for what they share at their beginning and end. */
GArray *stretches_from_texts (WordSegmenter *segmenter, const char *old, const char *new);
