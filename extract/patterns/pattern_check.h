/* pattern_check.h - whether a pattern file does what its examples say, and whether its expressions run away.
 *
 * An expression that runs away does so on long texts of what it nearly matches: its own examples, and parts of them,
 * again and again, and then an end that does not fit. So these are tried:
 *
 *     10:00-12:00   10:00-12:0010:00-12:00…   -12:00-12:00…   10:00-12:0000000…   1111110:00-12:00
 *
 * each followed by a character that no expression knows, and the same of digits, brackets, spaces and the like. At the
 * very end are the characters of the examples, kept apart: PCRE2 gives up at once where one that must come is nowhere
 * in the text.
 */
#pragma once

#include "patterns/pattern.h"

/* Reads BYTES as the pattern file NAME, runs its examples, and tries its expressions on long texts. Returns the faults
 * (fault.h), or an empty list; *EXAMPLES counts what was run. COMPARING: the folding of that name. */
GPtrArray *patterns_check (const char *name, GBytes *bytes, const Folding *comparing, int *examples);
