/* date.h - days, months and years as they are written, in ISO 8601.
 *
 *   2024年4月1日, 2024/4/1, 令和6年4月1日   2024-04-01
 *   3 March to 14 March 2026                2026-03-03/2026-03-14
 *   2024年5月                               2024-05
 *   2021年                                  2021
 *   2023年度, 2021年初頭, 2025年夏          2023-04-01/2024-03-31, an interval with both ends in it
 *
 * The match is one whose expression has the fields `year`, or `era` and `era_year`, and perhaps `month` or
 * `month_name` (English), `day` and `season` (the name of a part of a year); `first_day` and `first_month` (a name; the same
 * month where there is none) begin an interval that ends with that day.
 */
#pragma once

#include "patterns/pattern.h"

/* The caller frees. NULL where the calendar does not have that day, month or year, or MATCH has no year. */
char *date_from_match (const PatternMatch *match);
