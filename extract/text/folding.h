/* folding.h - one spelling for many: what is written to the output, and what is only compared.
 *
 * A folding is a Unicode normalisation (ICU), the rules of a file, and the normalisation again. patterns/ has three,
 * each on top of the one before (knowledge.h):
 *
 *   writing    Unicode NFC; radicals (U+2E80..2EF3 CJK Radicals Supplement, U+2F00..2FD5 Kangxi Radicals) become the
 *              ideographs they stand for (Unicode Character Database, EquivalentUnifiedIdeograph.txt); invisible
 *              characters (soft hyphen, zero-width space, BOM, ...) go. Width, case and punctuation stay: the text is
 *              the vendor's own.
 *   comparing  then NFKC, lower case, look-alikes (關→関, dashes, slashes, middle dots, quotes), and no white space at
 *              all. Never written to the output.
 *   changing   then without what is no change between two revisions of a text: full stops, the shapes of bullets.
 *
 * A file of rules says what one character becomes:
 *
 *     髙 > 高;            it becomes another
 *     [‐‑‒–] > '-' ;      any of a set (ICU's UnicodeSet); signs and spaces that are meant are quoted, ' as ''
 *     \u00AD > ;          it is dropped
 *
 * This is the part of ICU's transliterator rules that looks at one character at a time. ICU's own reading of the files
 * costs more than reading a sheet, and its interpreter some microseconds a character; a table costs neither. Of several
 * rules for a character the first holds.
 *
 * A folding remembers what it folded, so it is used by one thread at a time.
 */
#pragma once

#include <glib.h>

typedef enum { FOLDING_NFC, FOLDING_NFKC_CASEFOLD } FoldingNormalizer;

typedef struct Folding Folding;

/* The folding with the rules RULES (UTF-8), a file called NAME in messages, on top of BEFORE, which is borrowed and must
 * outlive it; NULL: on top of nothing. NULL with ERROR set (CHECKSHEET_ERROR_PATTERNS, a fault as in fault.h): the
 * rules are wrong. */
Folding *folding_new (const char *name, GBytes *rules, FoldingNormalizer normalizer, const Folding *before,
                      GError **error);
void folding_free (Folding *folding);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Folding, folding_free)

/* TEXT folded; the caller frees. Invalid UTF-8 becomes U+FFFD. Under `writing` white space and "\n" stay as they are. */
char *text_folded (const Folding *folding, const char *text);
