/* plain.h - a text in plain characters, whose every place leads back to the text it was made from.
 *
 *   text     ９９．９９％以上、９：００～１７：００
 *   plain    99.99%以上、9:00~17:00
 *
 * What expressions are matched against where the words themselves are wanted afterwards: full-width letters, digits and
 * signs are half-width (NFKC, character by character), every dash is "-", every wave "~", every white space but "\n" a
 * space. Nothing is dropped and nothing moves, so that a match can be shown in the vendor's own characters.
 * Circled numbers (①) stay: they count lines, and are no numbers of their own.
 */
#pragma once

#include <glib.h>

typedef struct {
  char *text;     /* UTF-8 */
  GArray *places; /* int: for each byte of `text`, and for its end, the byte of the original that it comes from */
} Plain;

/* Of at most BYTES bytes of TEXT, cut at a character's end. TEXT must be UTF-8. */
Plain *plain_from_text (const char *text, gsize bytes);
void plain_free (Plain *plain);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Plain, plain_free)

/* The part of ORIGINAL that bytes START to END of the plain text stand for; the caller frees. */
char *plain_original (const Plain *plain, const char *original, int start, int end);

/* TEXT in plain characters, NULL where it is plain already; the caller frees. */
char *text_made_plain (const char *text);
