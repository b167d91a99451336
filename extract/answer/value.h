/* value.h - the values in an answer: rates, times, counts, hours, standards, ... each with the words it was read from.
 *
 *   障害発生検知から30分以内を目安   duration "PT30M", at most, of "障害発生検知"
 *
 * What the values look like is data: values.pattern, hours.pattern, standards.pattern; what stands around them,
 * context.pattern.
 *
 *   kind          value
 *   percentage    number
 *   duration      ISO 8601 duration, "PT3H"
 *   count         number, of what the unit says
 *   size          number, of bytes, bits or the like as the unit says
 *   frequency     {"times": 1, "times_most": 3, "per": "P1M"}; times_most is nothing where no range is given
 *   hours         {"days", "times", "exceptions"}, see hours.h
 *   time          time of day, "05:00"
 *   date          ISO 8601 date, month, year or interval, see date.h
 *   standard      its name in one spelling, see standard.h
 *   certificate   {"scheme": ..., "number": ...}; scheme is nothing where the words do not say
 *   place, url, mail    as written
 */
#pragma once

#include "model/answer.h"
#include "patterns/knowledge.h"
#include "text/plain.h"

/* The values in PLAIN, which was made from ORIGINAL, from its byte FROM on, in order. UNIT: the row's unit of measure,
 * or NULL: it tells what a number without a unit is, and whether 24時間 is a length or hours of service. At most
 * VALUES_MOST. Never NULL; the caller frees. */
GPtrArray *values_from_plain (const Knowledge *knowledge, const Plain *plain, const char *original, int from,
                              const char *unit);

#define VALUES_MOST 200
#define VALUES_BYTES 8000 /* what of an answer is made plain */
