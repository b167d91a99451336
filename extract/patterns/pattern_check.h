/* pattern_check.h - checks that a pattern file does what its examples say, and that no expression runs away: that none
 * backtracks so often that its match is given up at its limit (pattern.h).
 *
 * An expression runs away on long texts that it nearly matches: its own examples, or parts of them, repeated, and then
 * an end that does not match. So these are tried:
 *
 *     10:00-12:00   10:00-12:0010:00-12:00…   -12:00-12:00…   10:00-12:0000000…   1111110:00-12:00
 *
 * each followed by a character that no expression matches, and the same of digits, brackets, spaces and the like. At
 * the very end are the characters of the examples, separated: PCRE2 fails at once if a character that a match must
 * contain is not in the text.
 */
#pragma once

#include "patterns/pattern.h"

/* Reads BYTES as the pattern file NAME, runs its examples, and tries its expressions on long texts. Returns the faults
 * (fault.h) in a list that frees them, empty if there are none; *EXAMPLES becomes the number of examples that were run.
 * COMPARING is the folding of that name. */
GPtrArray *patterns_check (const char *name, GBytes *bytes, const Folding *comparing, int *examples);
