/* duration.h - lengths of time in ISO 8601: 3時間 PT3H, 90日間 P90D, 1時間50分 PT1H50M, 半年 P6M.
 *
 * Business days (営業日) are days here; the value's unit says what they are.
 */
#pragma once

#include "patterns/knowledge.h"

/* The sum of the lengths in TEXT, which is in plain characters (values.pattern, rule duration-part); NULL: there is
 * none. The caller frees. *UNIT, where UNIT is not NULL, becomes the unit as written, NULL where there are several; the
 * caller frees that too. */
char *duration_from_text (const Knowledge *knowledge, const char *text, char **unit);

/* NUMBER times the period that MATCH's fields name (seconds, minutes, ... as in rule duration-part); NULL: none of
 * these fields took part. The caller frees. */
char *duration_from_fields (const PatternMatch *match, double number);
