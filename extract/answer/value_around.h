/* value_around.h - what stands around the values found in a text; private to value*.c.
 *
 *   最大で6時間以内を目標          bound, and whether it is a goal        value_around.c
 *   2022年稼働率 99.97%         what the value is of                   value_around.c
 *   2~3営業日                   at least and at most           value_range.c
 *   ISO/IEC 27001 (X 1234)     what a certificate's number is of       value_joined.c
 *   平日 9:00-17:00 ※年末を除く   when there is no service after all     value_joined.c
 *
 * Places are bytes of the plain text. Values that turn out to be part of another are taken from the list.
 */
#pragma once

#include "answer/value.h"

/* Fills in bounds, words and labels; what stands before byte FROM is left alone. */
void values_read_around (GPtrArray *values, const Plain *plain, const char *original, int from);

/* Gives each certificate its scheme, and hours of service the exceptions that are named around them. */
void values_join (GPtrArray *values, const char *text, int from);

/* Adds the low ends that have no unit of their own: the 2 of 2~3営業日. */
void values_add_low_ends (GPtrArray *values, const char *text, int from);

/* Of two values with only ~ between them the first is at least so much, the second at most. */
void values_bound_ranges (GPtrArray *values, const char *text);

/* For all: */

gboolean value_is (const Value *value, const char *kind);

/* The end of what stands before START, as a text of its own, that begins at FROM or later. The caller frees. */
char *value_text_before (const char *text, int from, int start);

/* Takes away the values from index FIRST on that begin within START to END. */
void values_remove (GPtrArray *values, guint first, int start, int end);
