/* folding.h - makes one spelling of many, for what is written to the output and for what is only compared.
 *
 * A folding is a Unicode normalisation (ICU), the rules of a file, and the normalisation again. patterns/ has three,
 * each on top of the one before (knowledge.h):
 *
 *   writing    Unicode NFC; radicals (U+2E80..2EF3 CJK Radicals Supplement, U+2F00..2FD5 Kangxi Radicals) become the
 *              ideographs they stand for (Unicode Character Database, EquivalentUnifiedIdeograph.txt); invisible
 *              characters (soft hyphen, zero-width space, BOM, ...) are dropped. Width, case and punctuation are kept:
 *              the text is the vendor's own.
 *   comparing  then NFKC, lower case, look-alikes (關→関, dashes, slashes, middle dots, quotes), and no white space.
 *              Never written to the output.
 *   changing   then without what does not count as a change between two revisions: full stops, the shape of bullets.
 *
 * A file of rules says what one character becomes:
 *
 *     髙 > 高;            it becomes another
 *     [‐‑‒–] > '-' ;      any of a set (ICU's UnicodeSet); literal signs and spaces are quoted, ' is ''
 *     \u00AD > ;          it is dropped
 *
 * This is the part of ICU's transliterator rules that has one character on the left side. ICU itself takes longer to
 * parse the files than it takes to read a sheet, and its interpreter some microseconds a character; a table costs
 * neither. Of several rules for a character the first one applies.
 *
 * A folding caches what it folded, so it is used by one thread at a time.
 */
#pragma once

#include <glib.h>

typedef enum { FOLDING_NFC, FOLDING_NFKC_CASEFOLD } FoldingNormalizer;

typedef struct Folding Folding;

/* The folding by RULES (UTF-8), the bytes of a file called NAME in messages, on top of BEFORE, which is borrowed and
 * must outlive it; NULL: on top of none. The caller frees. Error: CHECKSHEET_ERROR_PATTERNS, the rules are wrong; the
 * message is a fault (fault.h). */
Folding *folding_new (const char *name, GBytes *rules, FoldingNormalizer normalizer, const Folding *before,
                      GError **error);

/* FOLDING with what each character of the Basic Multilingual Plane becomes, to be built into the program; and what was,
 * with the same NORMALIZER and on top of the same BEFORE. The caller frees. */
GVariant *folding_compiled (const Folding *folding);
Folding *folding_from_compiled (GVariant *compiled, FoldingNormalizer normalizer, const Folding *before);
void folding_free (Folding *folding);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Folding, folding_free)

/* TEXT folded; the caller frees. Invalid UTF-8 becomes U+FFFD. `writing` keeps white space and "\n". */
char *text_folded (const Folding *folding, const char *text);
