/* value.h - the values in an answer: rates, times, counts, hours, standards, ... each with the words it was read from.
 *
 *   障害発生検知から30分以内を目安   duration "PT30M", at most, of "障害発生検知"
 *
 * Their kinds are listed in model/answer.h. Their forms are data: values.pattern, hours.pattern, standards.pattern, and
 * context.pattern for the text around them.
 */
#pragma once

#include "model/answer.h"
#include "patterns/knowledge.h"
#include "text/plain.h"

#define VALUES_MOST 200
#define VALUES_BYTES 8000 /* how much of an answer is read */

/* The values in PLAIN, which was made from ORIGINAL, from its byte FROM on, in order. UNIT: the row's unit of measure,
 * or NULL: it decides what a number without a unit is, and whether 24時間 is a length or hours of service. All are
 * borrowed. A list of Value, which frees them, at most VALUES_MOST; never NULL, the caller frees. */
GPtrArray *values_from_plain (const Knowledge *knowledge, const Plain *plain, const char *original, int from,
                              const char *unit);
