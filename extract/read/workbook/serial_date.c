/* serial_date.c - see serial_date.h */
#include "read/workbook/serial_date.h"

#include <math.h>
#include <string.h>

#define DAYS_LIMIT 2958466 /* the year 10000 */
#define LEAP_DAY 60

static const JapaneseEra eras[] = {
    {20190501, "R", "令和", 2018}, {19890108, "H", "平成", 1988}, {19261225, "S", "昭和", 1925},
    {19120730, "T", "大正", 1911}, {18680125, "M", "明治", 1867},
};

/* Days 1 to 59 are January and February of 1900; day 60 is the leap day that 1900 did not have. */
static void
set_date (SerialTime *time)
{
  int days = (int)time->days;
  time->weekday = (days + 6) % 7;
  if (days == 0 || days == LEAP_DAY) {
    time->year = 1900;
    time->month = days ? 2 : 1;
    time->day = days ? 29 : 0;
    return;
  }
  GDate date;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, days < LEAP_DAY ? 31 : 30, G_DATE_DECEMBER, 1899);
  g_date_add_days (&date, days);
  time->year = g_date_get_year (&date);
  time->month = g_date_get_month (&date);
  time->day = g_date_get_day (&date);
}

gboolean
serial_time_from_number (SerialTime *time, double serial, int precision, gboolean from_1904)
{
  if (!(serial >= 0 && serial < DAYS_LIMIT))
    return FALSE;
  gint64 milliseconds = llround (serial * DAY_MILLISECONDS / precision) * precision;
  *time = (SerialTime){.days = milliseconds / DAY_MILLISECONDS, .milliseconds = (int)(milliseconds % DAY_MILLISECONDS)};
  time->days += from_1904 ? DAYS_TO_1904 : 0;
  if (time->days >= DAYS_LIMIT)
    return FALSE;
  set_date (time);
  return TRUE;
}

const JapaneseEra *
serial_time_era (const SerialTime *time)
{
  int date = time->year * 10000 + time->month * 100 + time->day;
  for (gsize i = 0; i < G_N_ELEMENTS (eras); i++)
    if (date >= eras[i].from)
      return &eras[i];
  return NULL;
}

double
serial_from_iso8601 (const char *text)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autofree char *whole = strchr (text, 'T') ? g_strdup (text) : g_strconcat (text, "T00:00:00", NULL);
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (whole, zone);
  g_autoptr (GDateTime) start = g_date_time_new (zone, 1899, 12, 30, 0, 0, 0);
  return date ? (double)g_date_time_difference (date, start) / G_TIME_SPAN_DAY : NAN;
}
