/* number_date.c - see number_section.h: days and times.
 *
 * Days are counted from 1900 as if that had been a leap year (day 60 is the 29th of February that never was), or from
 * 1904; the time is the part of the day (ECMA-376 part 1, 18.17.4).
 */
#include "read/workbook/number_section.h"

#include <math.h>
#include <string.h>

#define DAY_MILLISECONDS 86400000
#define DAYS_LIMIT 2958466 /* the year 10000 */
#define DAYS_TO_1904 1462
#define LEAP_DAY 60

typedef struct {
  gint64 days; /* as counted from 1900 */
  int year, month, day, weekday;
  int milliseconds; /* of the day */
} Moment;

typedef struct {
  int from; /* yyyymmdd */
  const char *letter, *name;
  int year_before; /* its first */
} Era;

static const Era eras[] = {
    {20190501, "R", "令和", 2018}, {19890108, "H", "平成", 1988}, {19261225, "S", "昭和", 1925},
    {19120730, "T", "大正", 1911}, {18680125, "M", "明治", 1867},
};

static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                     "July",    "August",   "September", "October", "November", "December"};
static const char *const weekdays[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
static const char *const japanese_weekdays[] = {"日", "月", "火", "水", "木", "金", "土"};

static void
take_day (Moment *moment)
{
  int days = (int)moment->days;
  moment->weekday = (days + 6) % 7;
  if (days == 0 || days == LEAP_DAY) {
    moment->year = 1900;
    moment->month = days ? 2 : 1;
    moment->day = days ? 29 : 0;
    return;
  }
  GDate date;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, days < LEAP_DAY ? 31 : 30, G_DATE_DECEMBER, 1899);
  g_date_add_days (&date, days);
  moment->year = g_date_get_year (&date);
  moment->month = g_date_get_month (&date);
  moment->day = g_date_get_day (&date);
}

/* The smallest part of a second that SECTION shows, in milliseconds. */
static int
precision_of (const FormatSection *section)
{
  static const int precisions[] = {1000, 100, 10, 1};
  int places = 0;
  for (guint i = 0; i < section->tokens->len; i++)
    if (section_token (section, (int)i)->kind == TOKEN_DATE && section_token (section, (int)i)->letter == '.')
      places = MAX (places, section_token (section, (int)i)->count);
  return precisions[MIN (places, 3)];
}

static gboolean
moment_from_serial (Moment *moment, const FormatSection *section, double serial, gboolean from_1904)
{
  if (!(serial >= 0 && serial < DAYS_LIMIT))
    return FALSE;
  int precision = precision_of (section);
  gint64 milliseconds = llround (serial * DAY_MILLISECONDS / precision) * precision;
  *moment = (Moment){.days = milliseconds / DAY_MILLISECONDS, .milliseconds = (int)(milliseconds % DAY_MILLISECONDS)};
  moment->days += from_1904 ? DAYS_TO_1904 : 0;
  if (moment->days >= DAYS_LIMIT)
    return FALSE;
  take_day (moment);
  return TRUE;
}

static const Era *
era_of (const Moment *moment)
{
  int date = moment->year * 10000 + moment->month * 100 + moment->day;
  for (gsize i = 0; i < G_N_ELEMENTS (eras); i++)
    if (date >= eras[i].from)
      return &eras[i];
  return NULL;
}

typedef struct {
  GString *text;
  const FormatSection *section;
  Moment moment;
  gint64 elapsed;  /* milliseconds since day 0 */
  gboolean halves; /* hours up to 12 */
  gboolean eras;
} Writing;

static void
write_number (Writing *writing, gint64 number, int width)
{
  g_string_append_printf (writing->text, "%0*" G_GINT64_FORMAT, MIN (width, 9), number);
}

static void
write_year (Writing *writing, int count)
{
  write_number (writing, count <= 2 ? writing->moment.year % 100 : writing->moment.year, count <= 2 ? 2 : 4);
}

static void
write_month (Writing *writing, int count)
{
  const char *name = months[writing->moment.month - 1];
  if (count <= 2)
    write_number (writing, writing->moment.month, count);
  else if (writing->section->japanese)
    g_string_append_printf (writing->text, "%d月", writing->moment.month);
  else
    g_string_append_len (writing->text, name, count == 3 ? 3 : count == 5 ? 1 : (gssize)strlen (name));
}

static void
write_weekday (Writing *writing, int count)
{
  g_string_append (writing->text, japanese_weekdays[writing->moment.weekday]);
  if (count > 3)
    g_string_append (writing->text, "曜日");
}

static void
write_day (Writing *writing, int count)
{
  const char *name = weekdays[writing->moment.weekday];
  if (count <= 2)
    write_number (writing, writing->moment.day, count);
  else if (writing->section->japanese)
    write_weekday (writing, count);
  else
    g_string_append_len (writing->text, name, count == 3 ? 3 : (gssize)strlen (name));
}

static void
write_hour (Writing *writing, int count)
{
  int hour = writing->moment.milliseconds / 3600000;
  write_number (writing, writing->halves ? (hour + 11) % 12 + 1 : hour, MIN (count, 2));
}

static void
write_minute (Writing *writing, int count)
{
  write_number (writing, writing->moment.milliseconds / 60000 % 60, MIN (count, 2));
}

static void
write_second (Writing *writing, int count)
{
  write_number (writing, writing->moment.milliseconds / 1000 % 60, MIN (count, 2));
}

static void
write_second_parts (Writing *writing, int count)
{
  char digits[4];
  g_snprintf (digits, sizeof digits, "%03d", writing->moment.milliseconds % 1000);
  g_string_append_printf (writing->text, ".%.*s", MIN (count, 3), digits);
}

static void
write_era (Writing *writing, int count)
{
  const Era *era = era_of (&writing->moment);
  if (era && count == 1)
    g_string_append (writing->text, era->letter);
  else if (era)
    g_string_append_len (writing->text, era->name, count == 2 ? strlen ("令") : strlen (era->name));
}

static void
write_era_year (Writing *writing, int count)
{
  const Era *era = writing->eras ? era_of (&writing->moment) : NULL;
  int year = era ? writing->moment.year - era->year_before : writing->moment.year;
  if (era && year == 1 && writing->section->first_year)
    g_string_append (writing->text, "元");
  else
    write_number (writing, year, MIN (count, 2));
}

static const struct {
  char letter;
  void (*write) (Writing *writing, int count);
} writers[] = {
    {'y', write_year},   {'m', write_month},  {'d', write_day},          {'a', write_weekday}, {'h', write_hour},
    {'M', write_minute}, {'s', write_second}, {'.', write_second_parts}, {'g', write_era},     {'e', write_era_year},
};

static void
write_elapsed (Writing *writing, const FormatToken *token)
{
  gint64 unit = token->letter == 'h' ? 3600000 : token->letter == 'm' ? 60000 : 1000;
  write_number (writing, writing->elapsed / unit, token->count);
}

static void
write_half_day (Writing *writing, const FormatToken *token)
{
  gboolean morning = writing->moment.milliseconds < DAY_MILLISECONDS / 2;
  g_string_append_len (writing->text, morning ? "AM" : "PM", token->count);
}

static gboolean
is_letter (const FormatToken *token, char letter)
{
  return (token->kind == TOKEN_DATE || token->kind == TOKEN_ELAPSED) && token->letter == letter;
}

/* The next token of a date or time in a direction; NULL: there is none. */
static const FormatToken *
neighbour (const FormatSection *section, int index, int step)
{
  for (int i = index + step; i >= 0 && i < (int)section->tokens->len; i += step) {
    const FormatToken *token = section_token (section, i);
    if (token->kind == TOKEN_DATE || token->kind == TOKEN_ELAPSED)
      return token;
  }
  return NULL;
}

/* "m" after hours or before seconds is minutes. */
static gboolean
is_minute (const FormatSection *section, int index)
{
  const FormatToken *before = neighbour (section, index, -1), *after = neighbour (section, index, 1);
  return section_token (section, index)->count <= 2 &&
         ((before && is_letter (before, 'h')) || (after && is_letter (after, 's')));
}

static void
write_token (Writing *writing, int index)
{
  const FormatToken *token = section_token (writing->section, index);
  char letter = token->letter == 'm' && is_minute (writing->section, index) ? 'M' : token->letter;
  if (token->kind == TOKEN_LITERAL)
    g_string_append (writing->text, token->text);
  else if (token->kind == TOKEN_ELAPSED)
    write_elapsed (writing, token);
  else if (token->kind == TOKEN_HALF_DAY)
    write_half_day (writing, token);
  else if (token->kind != TOKEN_DATE && letter)
    g_string_append_c (writing->text, letter);
  for (gsize i = 0; token->kind == TOKEN_DATE && i < G_N_ELEMENTS (writers); i++)
    if (writers[i].letter == letter)
      writers[i].write (writing, token->count);
}

char *
text_from_serial (const FormatSection *section, double serial, gboolean from_1904)
{
  Writing writing = {.section = section, .eras = section->japanese};
  if (!moment_from_serial (&writing.moment, section, serial, from_1904))
    return NULL;
  writing.text = g_string_new (NULL);
  writing.elapsed = writing.moment.days * DAY_MILLISECONDS + writing.moment.milliseconds;
  writing.elapsed -= from_1904 ? (gint64)DAYS_TO_1904 * DAY_MILLISECONDS : 0;
  writing.halves = section_has (section, TOKEN_HALF_DAY);
  for (guint i = 0; i < section->tokens->len; i++)
    writing.eras |= is_letter (section_token (section, (int)i), 'g');
  for (guint i = 0; i < section->tokens->len; i++)
    write_token (&writing, (int)i);
  return g_string_free (writing.text, FALSE);
}
