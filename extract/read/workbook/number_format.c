/* number_format.c - see number_format.h
 *
 * A code is split into sections of tokens. The section for the number decides how it is shown: as a date, as General,
 * or by its digits in the section's places.
 */
#include "read/workbook/number_format.h"

#include "read/workbook/decimal.h"
#include "read/workbook/serial_date.h"

#include <string.h>

#define GENERAL_DIGITS 10 /* of eleven characters one is the point */
#define GENERAL_WHOLE_DIGITS 15

#define ERA_DATE "[$-411]ggge\"年\"m\"月\"d\"日\""
#define ERA_SHORT "[$-411]ge.m.d"

/* ECMA-376 part 1, 18.8.30: the formats for all languages; those of ja-jp where the language decides. */
static const struct {
  int id;
  const char *code;
} built_in[] = {
    {0, "General"},
    {1, "0"},
    {2, "0.00"},
    {3, "#,##0"},
    {4, "#,##0.00"},
    {5, "\"¥\"#,##0;\"¥\"\\-#,##0"},
    {6, "\"¥\"#,##0;[Red]\"¥\"\\-#,##0"},
    {7, "\"¥\"#,##0.00;\"¥\"\\-#,##0.00"},
    {8, "\"¥\"#,##0.00;[Red]\"¥\"\\-#,##0.00"},
    {9, "0%"},
    {10, "0.00%"},
    {11, "0.00E+00"},
    {12, "# ?/?"},
    {13, "# ?\?/?\?"},
    {14, "yyyy/m/d"},
    {15, "d-mmm-yy"},
    {16, "d-mmm"},
    {17, "mmm-yy"},
    {18, "h:mm AM/PM"},
    {19, "h:mm:ss AM/PM"},
    {20, "h:mm"},
    {21, "h:mm:ss"},
    {22, "yyyy/m/d h:mm"},
    {27, ERA_SHORT},
    {28, ERA_DATE},
    {29, ERA_DATE},
    {30, "m/d/yy"},
    {31, "yyyy\"年\"m\"月\"d\"日\""},
    {32, "h\"時\"mm\"分\""},
    {33, "h\"時\"mm\"分\"ss\"秒\""},
    {34, "yyyy\"年\"m\"月\""},
    {35, "m\"月\"d\"日\""},
    {36, ERA_SHORT},
    {37, "#,##0;\\-#,##0"},
    {38, "#,##0;[Red]\\-#,##0"},
    {39, "#,##0.00;\\-#,##0.00"},
    {40, "#,##0.00;[Red]\\-#,##0.00"},
    {41, "#,##0;\\-#,##0;\"-\""},
    {42, "\"¥\"#,##0;\"¥\"\\-#,##0;\"¥-\""},
    {43, "#,##0.00;\\-#,##0.00;\"-\""},
    {44, "\"¥\"#,##0.00;\"¥\"\\-#,##0.00;\"¥-\""},
    {45, "mm:ss"},
    {46, "[h]:mm:ss"},
    {47, "mm:ss.0"},
    {48, "##0.0E+0"},
    {49, "@"},
    {50, ERA_SHORT},
    {51, ERA_DATE},
    {52, "yyyy\"年\"m\"月\""},
    {53, "m\"月\"d\"日\""},
    {54, ERA_DATE},
    {55, "yyyy\"年\"m\"月\""},
    {56, "m\"月\"d\"日\""},
    {57, ERA_SHORT},
    {58, ERA_DATE},
};

typedef enum {
  TOKEN_LITERAL,  /* text */
  TOKEN_GENERAL,  /* "General" */
  TOKEN_DIGIT,    /* letter: 0, # or ? */
  TOKEN_POINT,    /* the decimal point */
  TOKEN_COMMA,    /* between thousands; after the digits: divides by 1000 */
  TOKEN_PERCENT,  /* %: multiplies by 100 */
  TOKEN_EXPONENT, /* letter: + or - */
  TOKEN_TEXT,     /* @ */
  TOKEN_DATE,     /* letter and count: yyyy, m, ... ; '.': parts of a second */
  TOKEN_ELAPSED,  /* [h], [m], [s] */
  TOKEN_HALF_DAY, /* AM/PM (count 2), A/P (count 1) */
} FormatTokenKind;

typedef struct {
  FormatTokenKind kind;
  char letter;
  int count;
  char *text; /* of literals */
} FormatToken;

typedef struct {
  GArray *tokens;      /* FormatToken */
  char condition;      /* '<', '>', '=', 'l' for <=, 'g' for >=, '!' for <>; 0: none */
  double bound;        /* of the condition */
  gboolean japanese;   /* names of months, days and eras */
  gboolean first_year; /* the first year of an era is 元 */
  gboolean fraction;   /* # ?/? */
} FormatSection;

static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                     "July",    "August",   "September", "October", "November", "December"};
static const char *const weekdays[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
static const char *const japanese_weekdays[] = {"日", "月", "火", "水", "木", "金", "土"};

const char *
number_format_built_in (int id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (built_in); i++)
    if (built_in[i].id == id)
      return built_in[i].code;
  return "General";
}

static void
token_clear (gpointer data)
{
  g_free (((FormatToken *)data)->text);
}

static void
section_free (gpointer data)
{
  FormatSection *section = data;
  g_array_unref (section->tokens);
  g_free (section);
}

static FormatSection *
section_new (void)
{
  FormatSection *section = g_new0 (FormatSection, 1);
  section->tokens = g_array_new (FALSE, FALSE, sizeof (FormatToken));
  g_array_set_clear_func (section->tokens, token_clear);
  return section;
}

static FormatToken *
section_token (const FormatSection *section, int index)
{
  return &g_array_index (section->tokens, FormatToken, index);
}

static gboolean
section_has (const FormatSection *section, FormatTokenKind kind)
{
  for (guint i = 0; i < section->tokens->len; i++)
    if (section_token (section, (int)i)->kind == kind)
      return TRUE;
  return FALSE;
}

static gboolean
section_is_date (const FormatSection *section)
{
  return section_has (section, TOKEN_DATE) || section_has (section, TOKEN_ELAPSED) ||
         section_has (section, TOKEN_HALF_DAY);
}

static void
add_token (FormatSection *section, FormatTokenKind kind, char letter, int count)
{
  FormatToken token = {kind, letter, count, NULL};
  g_array_append_val (section->tokens, token);
}

static void
add_literal (FormatSection *section, const char *text, gsize length)
{
  FormatToken token = {TOKEN_LITERAL, 0, 0, g_strndup (text, length)};
  g_array_append_val (section->tokens, token);
}

/* Each of these adds the token that begins at AT and returns its end, NULL where none of its kind begins there. */
typedef const char *(*TokenParser) (FormatSection *section, const char *at);

static const char *
after_character (const char *at)
{
  return *at ? g_utf8_next_char (at) : at;
}

static const char *
parse_quoted (FormatSection *section, const char *at)
{
  if (*at != '"')
    return NULL;
  const char *end = strchrnul (at + 1, '"');
  add_literal (section, at + 1, end - at - 1);
  return *end ? end + 1 : end;
}

static const char *
parse_escaped (FormatSection *section, const char *at)
{
  if (*at != '\\')
    return NULL;
  const char *end = after_character (at + 1);
  add_literal (section, at + 1, end - at - 1);
  return end;
}

/* "_)" leaves the width of a character free, "*-" fills the cell with one. */
static const char *
parse_space (FormatSection *section, const char *at)
{
  if (*at != '_' && *at != '*')
    return NULL;
  if (*at == '_')
    add_literal (section, " ", 1);
  return after_character (at + 1);
}

static const char *
parse_general (FormatSection *section, const char *at)
{
  static const char general[] = "general";
  if (g_ascii_strncasecmp (at, general, sizeof general - 1))
    return NULL;
  add_token (section, TOKEN_GENERAL, 0, 0);
  return at + sizeof general - 1;
}

static const char *
parse_half_day (FormatSection *section, const char *at)
{
  static const char *const words[] = {"a/p", "am/pm"};
  for (int i = 0; i < 2; i++)
    if (!g_ascii_strncasecmp (at, words[i], strlen (words[i]))) {
      add_token (section, TOKEN_HALF_DAY, 0, i + 1);
      return at + strlen (words[i]);
    }
  return NULL;
}

/* [$¥-411]: a currency, and a language by its number (Windows LCID, hexadecimal: 411 is Japanese) or name. */
static void
parse_locale (FormatSection *section, const char *text, gsize length)
{
  const char *dash = memchr (text, '-', length);
  add_literal (section, text, dash ? (gsize)(dash - text) : length);
  g_autofree char *locale = dash ? g_ascii_strdown (dash + 1, length - (dash + 1 - text)) : g_strdup ("");
  section->japanese |= g_str_has_suffix (locale, "411") || g_str_has_prefix (locale, "ja");
  section->first_year |= strstr (locale, "gannen") != NULL;
}

static void
parse_condition (FormatSection *section, const char *text)
{
  static const struct {
    const char *sign;
    char condition;
  } signs[] = {{"<=", 'l'}, {">=", 'g'}, {"<>", '!'}, {"<", '<'}, {">", '>'}, {"=", '='}};
  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    if (g_str_has_prefix (text, signs[i].sign)) {
      section->condition = signs[i].condition;
      section->bound = g_ascii_strtod (text + strlen (signs[i].sign), NULL);
      return;
    }
}

/* Colours and kinds of numerals ([Red], [DBNum1]) are left out. */
static const char *
parse_brackets (FormatSection *section, const char *at)
{
  const char *end = *at == '[' ? strchr (at, ']') : NULL;
  if (!end)
    return NULL;
  gsize length = end - at - 1;
  char letter = g_ascii_tolower (at[1]);
  if (at[1] == '$')
    parse_locale (section, at + 2, length - 1);
  else if (strchr ("<>=", at[1]))
    parse_condition (section, at + 1);
  else if (length > 0 && strchr ("hms", letter) && strspn (at + 1, "hHmMsS") == length)
    add_token (section, TOKEN_ELAPSED, letter, (int)length);
  return end + 1;
}

static const char *
parse_exponent (FormatSection *section, const char *at)
{
  if (g_ascii_tolower (*at) != 'e' || (at[1] != '+' && at[1] != '-') || !section_has (section, TOKEN_DIGIT))
    return NULL;
  add_token (section, TOKEN_EXPONENT, at[1], 0);
  return at + 2;
}

static const char *
parse_date (FormatSection *section, const char *at)
{
  char letter = g_ascii_tolower (*at);
  if (!letter || !strchr ("ymdhsgea", letter))
    return NULL;
  int count = 1;
  while (g_ascii_tolower (at[count]) == letter)
    count++;
  if (letter == 'a' && count < 3)
    return NULL;
  add_token (section, TOKEN_DATE, letter, count);
  if (letter != 's' || at[count] != '.' || at[count + 1] != '0')
    return at + count;
  at += count + 1;
  count = (int)strspn (at, "0");
  add_token (section, TOKEN_DATE, '.', count);
  return at + count;
}

static const char *
parse_digit (FormatSection *section, const char *at)
{
  static const struct {
    char letter;
    FormatTokenKind kind;
  } kinds[] = {
      {'0', TOKEN_DIGIT}, {'#', TOKEN_DIGIT},   {'?', TOKEN_DIGIT}, {'.', TOKEN_POINT},
      {',', TOKEN_COMMA}, {'%', TOKEN_PERCENT}, {'@', TOKEN_TEXT},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].letter == *at) {
      add_token (section, kinds[i].kind, *at, 1);
      return at + 1;
    }
  return NULL;
}

static gboolean
is_fraction_bar (const FormatSection *section, const char *at)
{
  guint count = section->tokens->len;
  return *at == '/' && count > 0 && section_token (section, (int)count - 1)->kind == TOKEN_DIGIT &&
         (strchr ("?#", at[1]) || g_ascii_isdigit (at[1]));
}

static const char *
parse_literal (FormatSection *section, const char *at)
{
  section->fraction |= is_fraction_bar (section, at);
  const char *end = after_character (at);
  add_literal (section, at, end - at);
  return end;
}

static const TokenParser token_parsers[] = {
    parse_quoted,   parse_escaped,  parse_space, parse_general, parse_half_day,
    parse_brackets, parse_exponent, parse_date,  parse_digit,   parse_literal,
};

/* A list of FormatSection, which frees them; at least one. */
static GPtrArray *
sections_from_code (const char *code)
{
  GPtrArray *sections = g_ptr_array_new_with_free_func (section_free);
  FormatSection *section = section_new ();
  g_ptr_array_add (sections, section);
  for (const char *at = code; *at;) {
    if (*at == ';') {
      g_ptr_array_add (sections, section = section_new ());
      at++;
      continue;
    }
    const char *end = NULL;
    for (gsize i = 0; !end; i++)
      end = token_parsers[i](section, at);
    at = end;
  }
  return sections;
}

/* The digit places of a section. */
typedef struct {
  int whole, part, exponent; /* how many before the point, after it, after the E */
  int last;                  /* index of the token of the last one, those of the exponent left out */
  gboolean thousands;
  int shift; /* powers of ten: by % and by commas after the places */
} DigitPlaces;

static DigitPlaces
places_of (const FormatSection *section)
{
  DigitPlaces places = {.last = -1};
  gboolean point = FALSE, exponent = FALSE;
  int commas = 0;
  for (guint i = 0; i < section->tokens->len; i++) {
    const FormatToken *token = section_token (section, (int)i);
    if (token->kind == TOKEN_POINT && places.last >= 0) {
      places.shift -= 3 * commas; /* "0,.0" */
      commas = 0;
    }
    point |= token->kind == TOKEN_POINT;
    exponent |= token->kind == TOKEN_EXPONENT;
    if (token->kind == TOKEN_PERCENT)
      places.shift += 2;
    else if (token->kind == TOKEN_COMMA && !exponent)
      commas++;
    if (token->kind != TOKEN_DIGIT)
      continue;
    places.thousands |= commas > 0 && !point && places.whole > 0;
    commas = 0;
    places.exponent += exponent;
    places.part += !exponent && point;
    places.whole += !exponent && !point;
    places.last = exponent ? places.last : (int)i;
  }
  places.shift -= places.last >= 0 ? 3 * commas : 0;
  return places;
}

/* Shifts DECIMAL so that its digits fill the places before the point, and returns the exponent to show with it. */
static int
shift_for_exponent (Decimal *decimal, const DigitPlaces *places)
{
  int whole = MAX (places->whole, 1), exponent = 0;
  for (int pass = 0; pass < 2 && decimal->count > 0; pass++) { /* 9.99 is rounded to 10.0 */
    int above = decimal->point - 1;
    int step = whole == 1 ? above : (above >= 0 ? above : above - whole + 1) / whole * whole;
    decimal_shift (decimal, -step);
    exponent += step;
    decimal_round (decimal, places->part);
  }
  return exponent;
}

typedef struct {
  GString *text;
  const DigitPlaces *places;
  Decimal decimal;
  int position;     /* power of ten of the next place */
  gboolean started; /* a digit is written */
  gboolean pointed; /* the point is written */
} DigitWriter;

static void
write_digit (DigitWriter *writer, int position)
{
  g_string_append_c (writer->text, '0' + decimal_digit (&writer->decimal, position));
  writer->started = TRUE;
  if (writer->places->thousands && position > 0 && position % 3 == 0)
    g_string_append_c (writer->text, ',');
}

static gboolean
is_zero_from (const Decimal *decimal, int position)
{
  return decimal->count == 0 || decimal->point - decimal->count > position;
}

static void
write_place (DigitWriter *writer, char letter)
{
  int position = writer->position--;
  if (writer->pointed) {
    if (letter == '0' || !is_zero_from (&writer->decimal, position))
      write_digit (writer, position);
    return;
  }
  if (!writer->started)
    for (int above = writer->decimal.point - 1; above > position; above--)
      write_digit (writer, above);
  if (writer->started || letter == '0' || position < writer->decimal.point)
    write_digit (writer, position);
}

/* A format without places before the point shows the digits before it all the same. */
static void
write_point (DigitWriter *writer)
{
  if (writer->places->whole == 0)
    for (int above = writer->decimal.point - 1; above >= 0; above--)
      write_digit (writer, above);
  g_string_append_c (writer->text, '.');
  writer->pointed = TRUE;
  writer->position = -1;
}

static void
write_exponent (DigitWriter *writer, char sign, int exponent)
{
  g_string_append_c (writer->text, 'E');
  if (exponent < 0 || sign == '+')
    g_string_append_c (writer->text, exponent < 0 ? '-' : '+');
  g_string_append_printf (writer->text, "%0*d", MIN (MAX (writer->places->exponent, 1), 9), ABS (exponent));
}

static void
write_digit_token (DigitWriter *writer, const FormatToken *token, int index, int exponent)
{
  if (token->kind == TOKEN_LITERAL)
    g_string_append (writer->text, token->text);
  else if (token->kind == TOKEN_DIGIT && index <= writer->places->last)
    write_place (writer, token->letter);
  else if (token->kind == TOKEN_POINT && !writer->pointed)
    write_point (writer);
  else if (token->kind == TOKEN_PERCENT)
    g_string_append_c (writer->text, '%');
  else if (token->kind == TOKEN_EXPONENT)
    write_exponent (writer, token->letter, exponent);
}

/* The digits in the places of the section; the first place takes all digits that have no place of their own:
 *
 *     code      #  ,  #  #  0  .  0  0  "円"
 *     value   1 2     3  4  5  .  6  7
 *
 * NEGATIVE: a sign is written; else it is the caller's. */
static char *
text_from_digits (const FormatSection *section, double value, gboolean negative)
{
  DigitPlaces places = places_of (section);
  DigitWriter writer = {g_string_new (NULL), &places, decimal_from_double (value), places.whole - 1};
  int exponent = 0;
  decimal_shift (&writer.decimal, places.shift);
  if (section_has (section, TOKEN_EXPONENT))
    exponent = shift_for_exponent (&writer.decimal, &places);
  else
    decimal_round (&writer.decimal, places.part);
  if (negative && (writer.decimal.count > 0 || places.last < 0))
    g_string_append_c (writer.text, '-');
  for (guint i = 0; i < section->tokens->len; i++)
    write_digit_token (&writer, section_token (section, (int)i), (int)i, exponent);
  return g_string_free (writer.text, FALSE);
}

static void
append_exponent_form (GString *text, double value)
{
  static const char code[] = "0.#####E+00";
  g_autoptr (GPtrArray) sections = sections_from_code (code);
  g_autofree char *digits = text_from_digits (g_ptr_array_index (sections, 0), value, FALSE);
  const char *point = g_strrstr (digits, ".E"); /* "1.E-10" */
  if (point)
    g_string_append_len (text, digits, point - digits);
  g_string_append (text, point ? point + 1 : digits);
}

/* General shows as many digits as fit in eleven characters, rounded. Whole numbers are shown whole up to 15 digits:
 * where a sheet shows 1.23457E+11 for want of width, someone typed the number in full. */
static void
append_general (GString *text, double value)
{
  Decimal decimal = decimal_from_double (value);
  Decimal exact = decimal;
  if (decimal.negative && decimal.count > 0)
    g_string_append_c (text, '-');
  int whole = MAX (decimal.point, 1);
  decimal_round (&decimal, MAX (GENERAL_DIGITS - whole, 0));
  gboolean rounded = decimal.count != exact.count;
  if (whole > GENERAL_WHOLE_DIGITS || (exact.count > 0 && exact.point < -3 && rounded)) {
    append_exponent_form (text, value);
    return;
  }
  for (int position = MAX (decimal.point, 1) - 1; position >= MIN (0, decimal.point - decimal.count); position--) {
    if (position == -1)
      g_string_append_c (text, '.');
    g_string_append_c (text, '0' + decimal_digit (&decimal, position));
  }
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

typedef struct {
  GString *text;
  const FormatSection *section;
  SerialTime time;
  gint64 elapsed;  /* milliseconds since day 0, for [h] and the like */
  gboolean halves; /* hours up to 12 */
  gboolean eras;   /* years are those of an era */
} DateWriter;

static void
write_number (DateWriter *writer, gint64 number, int width)
{
  g_string_append_printf (writer->text, "%0*" G_GINT64_FORMAT, MIN (width, 9), number);
}

static void
write_year (DateWriter *writer, int count)
{
  write_number (writer, count <= 2 ? writer->time.year % 100 : writer->time.year, count <= 2 ? 2 : 4);
}

static void
write_month (DateWriter *writer, int count)
{
  const char *name = months[writer->time.month - 1];
  if (count <= 2)
    write_number (writer, writer->time.month, count);
  else if (writer->section->japanese)
    g_string_append_printf (writer->text, "%d月", writer->time.month);
  else
    g_string_append_len (writer->text, name, count == 3 ? 3 : count == 5 ? 1 : (gssize)strlen (name));
}

static void
write_weekday (DateWriter *writer, int count)
{
  g_string_append (writer->text, japanese_weekdays[writer->time.weekday]);
  if (count > 3)
    g_string_append (writer->text, "曜日");
}

static void
write_day (DateWriter *writer, int count)
{
  const char *name = weekdays[writer->time.weekday];
  if (count <= 2)
    write_number (writer, writer->time.day, count);
  else if (writer->section->japanese)
    write_weekday (writer, count);
  else
    g_string_append_len (writer->text, name, count == 3 ? 3 : (gssize)strlen (name));
}

static void
write_hour (DateWriter *writer, int count)
{
  int hour = writer->time.milliseconds / 3600000;
  write_number (writer, writer->halves ? (hour + 11) % 12 + 1 : hour, MIN (count, 2));
}

static void
write_minute (DateWriter *writer, int count)
{
  write_number (writer, writer->time.milliseconds / 60000 % 60, MIN (count, 2));
}

static void
write_second (DateWriter *writer, int count)
{
  write_number (writer, writer->time.milliseconds / 1000 % 60, MIN (count, 2));
}

static void
write_second_parts (DateWriter *writer, int count)
{
  char digits[4];
  g_snprintf (digits, sizeof digits, "%03d", writer->time.milliseconds % 1000);
  g_string_append_printf (writer->text, ".%.*s", MIN (count, 3), digits);
}

static void
write_era (DateWriter *writer, int count)
{
  const JapaneseEra *era = serial_time_era (&writer->time);
  if (era && count == 1)
    g_string_append (writer->text, era->letter);
  else if (era)
    g_string_append_len (writer->text, era->name, count == 2 ? strlen ("令") : strlen (era->name));
}

static void
write_era_year (DateWriter *writer, int count)
{
  const JapaneseEra *era = writer->eras ? serial_time_era (&writer->time) : NULL;
  int year = era ? writer->time.year - era->year_before : writer->time.year;
  if (era && year == 1 && writer->section->first_year)
    g_string_append (writer->text, "元");
  else
    write_number (writer, year, MIN (count, 2));
}

static const struct {
  char letter; /* of a token; M: minutes */
  void (*write) (DateWriter *writer, int count);
} date_writers[] = {
    {'y', write_year},   {'m', write_month},  {'d', write_day},          {'a', write_weekday}, {'h', write_hour},
    {'M', write_minute}, {'s', write_second}, {'.', write_second_parts}, {'g', write_era},     {'e', write_era_year},
};

static void
write_elapsed (DateWriter *writer, const FormatToken *token)
{
  gint64 unit = token->letter == 'h' ? 3600000 : token->letter == 'm' ? 60000 : 1000;
  write_number (writer, writer->elapsed / unit, token->count);
}

static void
write_half_day (DateWriter *writer, const FormatToken *token)
{
  gboolean morning = writer->time.milliseconds < DAY_MILLISECONDS / 2;
  g_string_append_len (writer->text, morning ? "AM" : "PM", token->count);
}

static gboolean
is_letter (const FormatToken *token, char letter)
{
  return (token->kind == TOKEN_DATE || token->kind == TOKEN_ELAPSED) && token->letter == letter;
}

/* The nearest token of a date or time after (STEP 1) or before (STEP -1) the one at INDEX, or NULL. */
static const FormatToken *
nearest_date_token (const FormatSection *section, int index, int step)
{
  for (int i = index + step; i >= 0 && i < (int)section->tokens->len; i += step) {
    const FormatToken *token = section_token (section, i);
    if (token->kind == TOKEN_DATE || token->kind == TOKEN_ELAPSED)
      return token;
  }
  return NULL;
}

/* "m" after hours or before seconds means minutes. */
static gboolean
is_minute (const FormatSection *section, int index)
{
  const FormatToken *before = nearest_date_token (section, index, -1), *after = nearest_date_token (section, index, 1);
  return section_token (section, index)->count <= 2 &&
         ((before && is_letter (before, 'h')) || (after && is_letter (after, 's')));
}

static void
write_date_token (DateWriter *writer, int index)
{
  const FormatToken *token = section_token (writer->section, index);
  char letter = token->letter == 'm' && is_minute (writer->section, index) ? 'M' : token->letter;
  if (token->kind == TOKEN_LITERAL)
    g_string_append (writer->text, token->text);
  else if (token->kind == TOKEN_ELAPSED)
    write_elapsed (writer, token);
  else if (token->kind == TOKEN_HALF_DAY)
    write_half_day (writer, token);
  else if (token->kind != TOKEN_DATE && letter)
    g_string_append_c (writer->text, letter);
  for (gsize i = 0; token->kind == TOKEN_DATE && i < G_N_ELEMENTS (date_writers); i++)
    if (date_writers[i].letter == letter)
      date_writers[i].write (writer, token->count);
}

/* NULL where SERIAL is not a day of the calendar. */
static char *
text_from_serial (const FormatSection *section, double serial, gboolean from_1904)
{
  DateWriter writer = {.section = section, .eras = section->japanese};
  if (!serial_time_from_number (&writer.time, serial, precision_of (section), from_1904))
    return NULL;
  writer.text = g_string_new (NULL);
  writer.elapsed = writer.time.days * DAY_MILLISECONDS + writer.time.milliseconds;
  writer.elapsed -= from_1904 ? (gint64)DAYS_TO_1904 * DAY_MILLISECONDS : 0;
  writer.halves = section_has (section, TOKEN_HALF_DAY);
  for (guint i = 0; i < section->tokens->len; i++)
    writer.eras |= is_letter (section_token (section, (int)i), 'g');
  for (guint i = 0; i < section->tokens->len; i++)
    write_date_token (&writer, (int)i);
  return g_string_free (writer.text, FALSE);
}

static const FormatSection *
section_at (GPtrArray *sections, guint index)
{
  return g_ptr_array_index (sections, index);
}

static gboolean
condition_holds (const FormatSection *section, double value)
{
  switch (section->condition) {
  case '<':
    return value < section->bound;
  case '>':
    return value > section->bound;
  case 'l':
    return value <= section->bound;
  case 'g':
    return value >= section->bound;
  case '=':
    return value == section->bound;
  default:
    return value != section->bound;
  }
}

/* The section for VALUE. *IS_SIGNED: a sign is written, as it is not where the section is for negative numbers only. */
static const FormatSection *
section_for_number (GPtrArray *sections, double value, gboolean *is_signed)
{
  guint count = MIN (sections->len, 3);
  *is_signed = TRUE;
  gboolean conditions = section_at (sections, 0)->condition || (count > 1 && section_at (sections, 1)->condition);
  for (guint i = 0; conditions && i < count; i++)
    if (!section_at (sections, i)->condition || condition_holds (section_at (sections, i), value)) {
      *is_signed = section_at (sections, i)->condition != '<';
      return section_at (sections, i);
    }
  if (conditions || count == 1)
    return section_at (sections, 0);
  *is_signed = value >= 0;
  if (value < 0)
    return section_at (sections, 1);
  return section_at (sections, value == 0 && count == 3 ? 2 : 0);
}

static void
append_with_general (GString *text, const FormatSection *section, double value)
{
  for (guint i = 0; i < section->tokens->len; i++) {
    const FormatToken *token = section_token (section, (int)i);
    if (token->kind == TOKEN_LITERAL)
      g_string_append (text, token->text);
    else if (token->kind == TOKEN_GENERAL)
      append_general (text, value);
  }
}

static char *
general_text (double value)
{
  GString *text = g_string_new (NULL);
  append_general (text, value);
  return g_string_free (text, FALSE);
}

char *
text_from_number (double value, const char *code, gboolean from_1904)
{
  g_autoptr (GPtrArray) sections = sections_from_code (code);
  gboolean is_signed;
  const FormatSection *section = section_for_number (sections, value, &is_signed);
  if (section_is_date (section)) {
    char *text = text_from_serial (section, value, from_1904);
    return text ? text : general_text (value);
  }
  if (section->fraction || section_has (section, TOKEN_TEXT))
    return general_text (value);
  if (!section_has (section, TOKEN_GENERAL))
    return text_from_digits (section, value, is_signed && value < 0);
  GString *text = g_string_new (NULL);
  append_with_general (text, section, is_signed ? value : ABS (value));
  return g_string_free (text, FALSE);
}

/* The fourth section is for text; where there are fewer, the last one with "@". */
static const FormatSection *
section_for_text (GPtrArray *sections)
{
  for (guint i = sections->len; i-- > 0;)
    if (i == 3 || (sections->len < 4 && section_has (section_at (sections, i), TOKEN_TEXT)))
      return section_at (sections, i);
  return NULL;
}

char *
text_from_text (const char *text, const char *code)
{
  if (!strpbrk (code, "@;"))
    return g_strdup (text);
  g_autoptr (GPtrArray) sections = sections_from_code (code);
  const FormatSection *section = section_for_text (sections);
  if (!section)
    return g_strdup (text);
  GString *shown = g_string_new (NULL);
  for (guint i = 0; i < section->tokens->len; i++) {
    const FormatToken *token = section_token (section, (int)i);
    if (token->kind == TOKEN_LITERAL || token->kind == TOKEN_TEXT)
      g_string_append (shown, token->kind == TOKEN_TEXT ? text : token->text);
  }
  return g_string_free (shown, FALSE);
}
