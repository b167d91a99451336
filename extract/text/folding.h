/* folding.h - one spelling for many: what is written to the output, and what is only compared.
 *
 * Two foldings, both Unicode normalisations by ICU with rules that are data (patterns/writing.rules,
 * patterns/comparing.rules; rules.h):
 *
 *   text_for_writing    Unicode NFC; radicals (U+2E80..2EF3 CJK Radicals Supplement, U+2F00..2FD5 Kangxi Radicals)
 * become the ideographs they stand for (Unicode Character Database, EquivalentUnifiedIdeograph.txt); invisible
 * characters (soft hyphen, zero-width space, BOM, ...) go. Width, case and punctuation stay: the text is the vendor's
 * own. text_for_comparing  the above, then NFKC, lower case, look-alikes (關→関, dashes, slashes, middle dots, quotes)
 * and no white space at all. Never written to the output.
 */
#pragma once

#include <glib.h>

/* All give new text; the caller frees. Invalid UTF-8 becomes U+FFFD. White space and "\n" stay in text_for_writing as
 * they are. */
char *text_for_writing (const char *text);
char *text_for_comparing (const char *text);

/* The above, then without what is no change between two revisions of a text: full stops, the shapes of bullets
 * (patterns/changing.rules). */
char *text_for_changes (const char *text);
