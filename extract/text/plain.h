/* plain.h - a text in plain characters, each of which is mapped back to the text that it was made from.
 *
 *   text     ９９．９９％以上、９：００～１７：００
 *   plain    99.99%以上、9:00~17:00
 *
 * For expressions whose matches are shown in the vendor's own characters: full-width letters, digits and signs become
 * half-width (NFKC, character by character), every dash "-", every wave "~", all white space but "\n" a space. Nothing
 * is dropped and the order is kept. Circled numbers (①) are kept too: they number lines, and are not values.
 */
#pragma once

#include <glib.h>

typedef struct {
  char *text;     /* UTF-8 */
  GArray *places; /* int: for each byte of `text` and for its end, the byte of the original that it was made from */
} Plain;

/* The first BYTES bytes of TEXT at most, whole characters only. TEXT must be UTF-8. The caller frees. */
Plain *plain_from_text (const char *text, gsize bytes);
void plain_free (Plain *plain);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Plain, plain_free)

/* The part of ORIGINAL that bytes START to END of the plain text were made from; the caller frees. */
char *plain_original (const Plain *plain, const char *original, int start, int end);

/* TEXT in plain characters, NULL if it is plain already; the caller frees. */
char *text_made_plain (const char *text);
