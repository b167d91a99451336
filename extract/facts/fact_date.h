/* fact_date.h - a day as documents write it: 2024/4/1, 令和六年四月一日, R6.4.1, April 1, 2024, full-width digits too.
 *
 * Its forms, and the words that say what happened on that day, are the rules of patterns/document.pattern.
 */
#pragma once

#include "patterns/knowledge.h"

/* The day that RULE of document.pattern finds in TEXT, in ISO 8601; NULL: none, or one that the calendar
 * does not have. The caller frees. */
char *fact_date (const Knowledge *knowledge, const char *rule, const char *text);

/* The same in a text that is in plain characters already (plain.h). */
char *fact_date_in (const Knowledge *knowledge, const char *rule, const char *plain);
