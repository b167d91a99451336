/* serial_date.h - days and times as spreadsheet programs store them: a number of days (ECMA-376 part 1, 18.17.4).
 *
 * Days are counted from 1900 as if that had been a leap year, or from 1904. The time is the part of the day.
 *
 *     45383.75    from 1900    2024-04-01 18:00
 *     60          from 1900    1900-02-29, which never was
 */
#pragma once

#include <glib.h>

#define DAY_MILLISECONDS 86400000
#define DAYS_TO_1904 1462 /* from day 0 of 1900 to that of 1904 */

typedef struct {
  gint64 days; /* as counted from 1900 */
  int year, month, day;
  int weekday;      /* 0: Sunday */
  int milliseconds; /* since midnight */
} SerialTime;

typedef struct {
  int from;                  /* yyyymmdd */
  const char *letter, *name; /* "R", "令和" */
  int year_before;           /* the year before its first */
} JapaneseEra;

/* SERIAL rounded to PRECISION milliseconds. FALSE where it is negative, or in the year 10000 or after it. */
gboolean serial_time_from_number (SerialTime *time, double serial, int precision, gboolean from_1904);

const JapaneseEra *serial_time_era (const SerialTime *time); /* static; NULL before 明治 */

/* A date or a date and time in ISO 8601, in days counted from 1900; NAN where TEXT is neither. */
double serial_from_iso8601 (const char *text);
