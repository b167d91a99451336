/* edit_distance.h - how many bytes must be inserted, deleted or replaced to make one text of another: the Levenshtein
 * distance (V. I. Levenshtein, Binary codes capable of correcting deletions, insertions, and reversals, Soviet Physics
 * Doklady 10, 1966).
 *
 *     "covnert" → "convert"   2
 *     "shw"     → "show"      1
 *
 * It counts bytes, so for texts that are not ASCII it is more than the number of characters. Time grows with the
 * product of the lengths, memory with the length of B.
 */
#pragma once

int edit_distance (const char *a, const char *b);
