/* date.c - see date.h */
#include "answer/date.h"

#include "text/numeral.h"

#include <string.h>

/* The years before the first of each era: 令和元年 is 2019. */
static const struct {
  const char *name;
  int year_before;
} eras[] = {{"令和", 2018}, {"R", 2018}, {"平成", 1988}, {"H", 1988}, {"昭和", 1925}, {"S", 1925}};

/* Parts of a year: the month of its first day, and how many months it has. A Japanese fiscal year (年度) begins in
 * April. Seasons are the meteorologists'. */
static const struct {
  const char *name;
  int month, months;
} seasons[] = {
    {"年度", 4, 12},       {"初頭", 1, 3},   {"初め", 1, 3},     {"はじめ", 1, 3},     {"年始", 1, 1},
    {"春", 3, 3},          {"夏", 6, 3},     {"秋", 9, 3},       {"冬", 12, 3},        {"前半", 1, 6},
    {"後半", 7, 6},        {"上半期", 1, 6}, {"下半期", 7, 6},   {"年末", 12, 1},      {"末", 12, 1},
    {"上期", 1, 6},        {"下期", 7, 6},   {"年度上期", 4, 6}, {"年度上半期", 4, 6}, {"年度下期", 10, 6},
    {"年度下半期", 10, 6},
};

/* 6, ６, 六; 0 where TEXT is NULL or not a number. */
static int
whole_number (const char *text)
{
  return text ? (int)CLAMP (number_from_numeral (text), 0, 99999) : 0;
}

/* 0: MATCH has none. */
static int
year_from_match (const PatternMatch *match)
{
  const char *year = pattern_field (match, "year"), *era = pattern_field (match, "era"),
             *era_year = pattern_field (match, "era_year");
  if (year)
    return whole_number (year);
  for (gsize i = 0; era && era_year && i < G_N_ELEMENTS (eras); i++)
    if (!strcmp (era, eras[i].name))
      return eras[i].year_before + (strcmp (era_year, "元") ? whole_number (era_year) : 1);
  return 0;
}

/* 1 to 12: the month that NAME is the beginning of the name of; 0: NULL, or none. */
static int
month_of_name (const char *name)
{
  static const char *const names[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                      "jul", "aug", "sep", "oct", "nov", "dec"};
  for (gsize i = 0; name && i < G_N_ELEMENTS (names); i++)
    if (!g_ascii_strncasecmp (name, names[i], strlen (names[i])))
      return (int)i + 1;
  return 0;
}

/* The interval of MONTHS months from the first day of MONTH. */
static char *
interval (int year, int month, int months)
{
  int after = month - 1 + months; /* months from January of YEAR to the month after the interval */
  int last_year = year + (after - 1) / 12, last_month = (after - 1) % 12 + 1;
  return g_strdup_printf ("%04d-%02d-01/%04d-%02d-%02d", year, month, last_year, last_month,
                          g_date_get_days_in_month (last_month, (GDateYear)last_year));
}

static char *
date_of_season (int year, const char *season)
{
  for (gsize i = 0; i < G_N_ELEMENTS (seasons); i++)
    if (!strcmp (season, seasons[i].name))
      return interval (year, seasons[i].month, seasons[i].months);
  return g_strdup_printf ("%04d", year);
}

/* NULL where the calendar does not have the day. */
static char *
date_of_day (int year, int month, int day)
{
  if (month < 1 || day < 1 || !g_date_valid_dmy ((GDateDay)day, month, (GDateYear)year))
    return NULL;
  return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}

char *
date_from_match (const PatternMatch *match)
{
  const char *season = pattern_field (match, "season"), *first_day = pattern_field (match, "first_day");
  int first_month = month_of_name (pattern_field (match, "first_month"));
  int named = month_of_name (pattern_field (match, "month_name"));
  int month = named ? named : first_month ? first_month : whole_number (pattern_field (match, "month"));
  int year = year_from_match (match), day = whole_number (pattern_field (match, "day"));
  if (year < 1 || year > 9999)
    return NULL;
  if (season)
    return date_of_season (year, season);
  if (!named && !first_month && !pattern_field (match, "month"))
    return g_strdup_printf ("%04d", year);
  if (!pattern_field (match, "day"))
    return month >= 1 && month <= 12 ? g_strdup_printf ("%04d-%02d", year, month) : NULL;
  g_autofree char *last = date_of_day (year, month, day);
  if (!first_day || !last)
    return g_steal_pointer (&last);
  first_month = first_month ? first_month : month;
  g_autofree char *first = date_of_day (year - (first_month > month), first_month, whole_number (first_day));
  return first && strcmp (first, last) < 0 ? g_strconcat (first, "/", last, NULL) : g_steal_pointer (&last);
}
