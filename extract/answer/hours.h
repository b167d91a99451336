/* hours.h - hours of service: 平日 10:00-12:00、13:00-17:00, 24時間365日, 9時から18時まで(土日祝を除く).
 *
 * As data (GVariant a{sv}, in this order):
 *
 *   days         as    "mon" to "sun", "holiday" for public holidays; empty: the text does not say
 *   times        aas   ["10:00", "12:00"], ...; "24:00" is the end of the day; an end before the start: on the next day
 *   exceptions   as    when there is no service after all, in the words of the text
 */
#pragma once

#include "patterns/knowledge.h"

/* TEXT is what hours.pattern's rule `hours` matched. Floating; NULL: it has no hours. */
GVariant *hours_from_text (const Knowledge *knowledge, const char *text);

/* A copy of HOURS with one exception more. Floating. */
GVariant *hours_with_exception (GVariant *hours, const char *exception);

/* A time of day, "05:00"; NULL: TEXT is not one. The caller frees. */
char *time_from_text (const Knowledge *knowledge, const char *text);
