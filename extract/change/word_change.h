/* word_change.h - which words of a text changed: as few as can be.
 *
 * Words are ICU's (UAX #29, with its dictionary for Japanese), found in the text without the white space that only lays
 * it out, so that a line wrapped elsewhere has the same words; they are the same where their wording is (wording.h).
 * What stays is a longest common subsequence of both texts' words.
 */
#pragma once

#include "patterns/knowledge.h"

#include <glib.h>

/* A part of both texts, in bytes. All parts, one after the other, are both texts. */
typedef struct {
  gboolean changed; /* else the words are the same, if not the white space */
  int old_start, old_end, new_start, new_end;
} Stretch;

/* A list of Stretch, by turns the same and changed; the caller frees. Texts too long to compare word by word are one
 * change but for their beginning and end. */
GArray *stretches_from_texts (const Knowledge *knowledge, const char *old, const char *new);
