/* rules.h - a file of spelling rules (patterns/writing.rules, patterns/comparing.rules): what one character becomes.
 *
 *     髙 > 高;            it becomes another
 *     [‐‑‒–] > '-' ;      any of a set (ICU's UnicodeSet); signs and spaces that are meant stand in quotes, ' as ''
 *     \u00AD > ;          it is dropped
 *
 * This is the part of ICU's transliterator rules that looks at one character at a time. ICU's own reading of the two
 * files costs more than reading a sheet, and its interpreter some microseconds a character; a table costs neither.
 * Of several rules for a character the first holds. A file that is wrong ends the program with a message that names
 * line and column, as a pattern file does.
 */
#pragma once

#include <glib.h>
#include <unicode/utypes.h>

typedef struct Rules Rules;

/* The rules of the file NAME of patterns/. The caller keeps them for the life of the process. */
Rules *rules_open (const char *name);

/* What CHARACTER becomes, UTF-16 with a 0 at its end; NULL: it stays. Borrowed. */
const UChar *rules_result (const Rules *rules, UChar32 character);
