/* duration.h - lengths of time in ISO 8601: 3時間 PT3H, 90日間 P90D, 1時間50分 PT1H50M, 半年 P6M.
 *
 * Business days (営業日) are days here; the value's unit says what they are.
 */
#pragma once

#include "patterns/knowledge.h"

/* The length that TEXT, in plain characters, says part by part (values.pattern, rule duration-part); NULL: none. The
 * caller frees. UNIT, where not NULL, is set to the unit as written, NULL where there are several; the caller frees. */
char *duration_from_text (const Knowledge *knowledge, const char *text, char **unit);

/* The length of the period that MATCH's fields name (seconds, minutes, ... as in rule duration-part), NUMBER times;
 * NULL: none of them took part. The caller frees. */
char *duration_from_fields (const PatternMatch *match, double number);
