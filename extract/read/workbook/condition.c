/* condition.c - see condition.h */
#include "read/workbook/condition.h"

#include <math.h>
#include <string.h>

#define DEPTH_LIMIT 32
#define ARGUMENTS_LIMIT 8
#define NAME_LENGTH 16

typedef enum { VALUE_TEXT, VALUE_NUMBER, VALUE_BOOLEAN, VALUE_EMPTY, VALUE_ERROR, VALUE_UNKNOWN } ConditionKind;

typedef struct {
  ConditionKind kind;
  char *text; /* VALUE_TEXT: owned */
  double number;
} ConditionValue;

typedef struct {
  const char *at;
  const Worksheet *sheet;
  int down, across, depth;
} ConditionReading;

static ConditionValue comparison (ConditionReading *reading);

static ConditionValue
value_of_kind (ConditionKind kind)
{
  return (ConditionValue){kind, NULL, 0};
}

static ConditionValue
boolean_value (gboolean holds)
{
  return (ConditionValue){VALUE_BOOLEAN, NULL, holds};
}

static ConditionValue
text_value (char *text)
{
  return (ConditionValue){VALUE_TEXT, text, 0};
}

static void
value_clear (ConditionValue *value)
{
  g_clear_pointer (&value->text, g_free);
}

/* TEXT as a cell has it: a number where it is one. */
static ConditionValue
value_from_text (const char *text)
{
  char *end;
  double number = g_ascii_strtod (text, &end);
  if (!*text)
    return value_of_kind (VALUE_EMPTY);
  if (end != text && !*end && isfinite (number))
    return (ConditionValue){VALUE_NUMBER, NULL, number};
  return text_value (g_strdup (text));
}

static char *
text_of_value (const ConditionValue *value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  switch (value->kind) {
  case VALUE_TEXT:
    return g_strdup (value->text);
  case VALUE_NUMBER:
    return g_strdup (g_ascii_formatd (number, sizeof number, "%.15g", value->number));
  case VALUE_BOOLEAN:
    return g_strdup (value->number != 0 ? "TRUE" : "FALSE");
  default:
    return g_strdup ("");
  }
}

static void
skip_space (ConditionReading *reading)
{
  while (g_ascii_isspace (*reading->at))
    reading->at++;
}

static gboolean
take (ConditionReading *reading, const char *sign)
{
  skip_space (reading);
  if (!g_str_has_prefix (reading->at, sign))
    return FALSE;
  reading->at += strlen (sign);
  return TRUE;
}

/* Cells */

static const char *
text_at (const Worksheet *sheet, int row, int column)
{
  guint low = 0, high = sheet->cells->len;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    const WorksheetCell *cell = &g_array_index (sheet->cells, WorksheetCell, middle);
    if (cell->row == row && cell->column == column)
      return *cell->text ? cell->text : cell->struck ? cell->struck : "";
    if (cell->row < row || (cell->row == row && cell->column < column))
      low = middle + 1;
    else
      high = middle;
  }
  return "";
}

/* $G3, G$3; nothing where it is none: a range, another sheet's cell, a name. */
static gboolean
take_reference (ConditionReading *reading, ConditionValue *value)
{
  const char *at = reading->at;
  gboolean same_column = *at == '$';
  at += same_column;
  int column = 0, letters = 0;
  for (; g_ascii_isalpha (*at) && letters < 4; at++, letters++)
    column = column * 26 + g_ascii_toupper (*at) - 'A' + 1;
  gboolean same_row = *at == '$';
  at += same_row;
  char *end;
  guint64 row = letters > 0 && g_ascii_isdigit (*at) ? g_ascii_strtoull (at, &end, 10) : 0;
  if (row == 0 || row > SHEET_ROWS || column > SHEET_COLUMNS || *end == ':' || *end == '!' || *end == '(' ||
      g_ascii_isalnum (*end))
    return FALSE;
  reading->at = end;
  *value = value_from_text (text_at (reading->sheet, (int)row - 1 + (same_row ? 0 : reading->down),
                                     column - 1 + (same_column ? 0 : reading->across)));
  return TRUE;
}

/* Functions */

static char *
part_of_text (const char *text, glong from, glong count)
{
  glong length = g_utf8_strlen (text, -1);
  from = CLAMP (from, 0, length);
  return g_utf8_substring (text, from, from + CLAMP (count, 0, length - from));
}

/* The place of a text in another, from 1; 0: it is not there. */
static glong
place_of (const char *wanted, const char *text, gboolean by_case)
{
  g_autofree char *one = by_case ? g_strdup (wanted) : g_utf8_casefold (wanted, -1);
  g_autofree char *other = by_case ? g_strdup (text) : g_utf8_casefold (text, -1);
  const char *found = strstr (other, one);
  return found ? g_utf8_pointer_to_offset (other, found) + 1 : 0;
}

static gboolean
is_true (const ConditionValue *value)
{
  return (value->kind == VALUE_BOOLEAN || value->kind == VALUE_NUMBER) && value->number != 0;
}

/* AND and OR: what is not understood counts only where the others do not decide. */
static ConditionValue
all_or_any (const ConditionValue *arguments, guint count, gboolean all)
{
  gboolean unknown = FALSE;
  for (guint i = 0; i < count; i++) {
    unknown = unknown || arguments[i].kind == VALUE_UNKNOWN;
    if (arguments[i].kind != VALUE_UNKNOWN && is_true (&arguments[i]) != all)
      return boolean_value (!all);
  }
  return unknown ? value_of_kind (VALUE_UNKNOWN) : boolean_value (all);
}

static ConditionValue
text_function (const char *name, const ConditionValue *arguments, guint count)
{
  g_autofree char *first = text_of_value (&arguments[0]), *second = count > 1 ? text_of_value (&arguments[1]) : NULL;
  glong number = count > 1 ? (glong)CLAMP (arguments[1].number, 0, 32767) : 1;
  if (!strcmp (name, "LEFT"))
    return text_value (part_of_text (first, 0, number));
  if (!strcmp (name, "RIGHT"))
    return text_value (part_of_text (first, MAX (0, g_utf8_strlen (first, -1) - number), number));
  if (!strcmp (name, "MID") && count == 3)
    return text_value (part_of_text (first, number - 1, (glong)CLAMP (arguments[2].number, 0, 32767)));
  if (!strcmp (name, "TRIM"))
    return text_value (g_strdup (g_strstrip (first)));
  if (!strcmp (name, "LEN"))
    return (ConditionValue){VALUE_NUMBER, NULL, (double)g_utf8_strlen (first, -1)};
  if (!strcmp (name, "EXACT") && count == 2)
    return boolean_value (!strcmp (first, second));
  if ((!strcmp (name, "SEARCH") || !strcmp (name, "FIND")) && count == 2) {
    glong place = place_of (first, second, *name == 'F');
    return place > 0 ? (ConditionValue){VALUE_NUMBER, NULL, (double)place} : value_of_kind (VALUE_ERROR);
  }
  return value_of_kind (VALUE_UNKNOWN);
}

static ConditionValue
call_function (const char *name, const ConditionValue *arguments, guint count)
{
  if (!strcmp (name, "AND") || !strcmp (name, "OR"))
    return all_or_any (arguments, count, *name == 'A');
  for (guint i = 0; i < count; i++)
    if (arguments[i].kind == VALUE_UNKNOWN)
      return value_of_kind (VALUE_UNKNOWN);
  if (!strcmp (name, "TRUE") || !strcmp (name, "FALSE"))
    return boolean_value (*name == 'T');
  if (count == 0)
    return value_of_kind (VALUE_UNKNOWN);
  ConditionKind kind = arguments[0].kind;
  if (!strcmp (name, "NOT"))
    return kind == VALUE_ERROR ? value_of_kind (VALUE_ERROR) : boolean_value (!is_true (&arguments[0]));
  if (!strcmp (name, "ISBLANK"))
    return boolean_value (kind == VALUE_EMPTY);
  if (!strcmp (name, "ISERROR"))
    return boolean_value (kind == VALUE_ERROR);
  if (!strcmp (name, "ISNUMBER"))
    return boolean_value (kind == VALUE_NUMBER);
  if (!strcmp (name, "ISTEXT"))
    return boolean_value (kind == VALUE_TEXT);
  return kind == VALUE_ERROR ? value_of_kind (VALUE_ERROR) : text_function (name, arguments, count);
}

/* After the opening bracket. */
static ConditionValue
take_arguments (ConditionReading *reading, const char *name)
{
  ConditionValue arguments[ARGUMENTS_LIMIT];
  guint count = 0;
  gboolean whole = take (reading, ")");
  while (!whole && count < ARGUMENTS_LIMIT) {
    arguments[count++] = comparison (reading);
    whole = take (reading, ")");
    if (!whole && !take (reading, ","))
      break;
  }
  ConditionValue value = whole ? call_function (name, arguments, count) : value_of_kind (VALUE_UNKNOWN);
  for (guint i = 0; i < count; i++)
    value_clear (&arguments[i]);
  if (!whole)
    reading->at += strlen (reading->at);
  return value;
}

/* The grammar */

static ConditionValue
string_constant (ConditionReading *reading)
{
  GString *text = g_string_new (NULL);
  while (*reading->at && (*reading->at != '"' || reading->at[1] == '"')) {
    reading->at += *reading->at == '"';
    g_string_append_c (text, *reading->at++);
  }
  reading->at += *reading->at == '"';
  return text_value (g_string_free (text, FALSE));
}

static ConditionValue
primary (ConditionReading *reading)
{
  ConditionValue value;
  skip_space (reading);
  if (take (reading, "\""))
    return string_constant (reading);
  if (take (reading, "(")) {
    value = comparison (reading);
    return take (reading, ")") ? value : (value_clear (&value), value_of_kind (VALUE_UNKNOWN));
  }
  if (take_reference (reading, &value))
    return value;
  char *end;
  double number = g_ascii_strtod (reading->at, &end);
  if (end != reading->at && isfinite (number)) {
    reading->at = end;
    return (ConditionValue){VALUE_NUMBER, NULL, take (reading, "%") ? number / 100 : number};
  }
  char name[NAME_LENGTH] = "";
  gsize length = 0;
  while (g_ascii_isalpha (reading->at[length]) && length < NAME_LENGTH - 1) {
    name[length] = g_ascii_toupper (reading->at[length]);
    length++;
  }
  reading->at += length;
  if (length > 0 && take (reading, "("))
    return take_arguments (reading, name);
  if (!strcmp (name, "TRUE") || !strcmp (name, "FALSE"))
    return boolean_value (*name == 'T');
  reading->at += strlen (reading->at);
  return value_of_kind (VALUE_UNKNOWN);
}

static ConditionValue
joined (ConditionReading *reading)
{
  ConditionValue value = primary (reading);
  while (take (reading, "&")) {
    ConditionValue more = primary (reading);
    gboolean known = value.kind != VALUE_UNKNOWN && more.kind != VALUE_UNKNOWN;
    g_autofree char *first = text_of_value (&value), *second = text_of_value (&more);
    value_clear (&value);
    value_clear (&more);
    value = known ? text_value (g_strconcat (first, second, NULL)) : value_of_kind (VALUE_UNKNOWN);
  }
  return value;
}

/* Numbers are below texts, texts below booleans; an empty cell is "" and 0. */
static int
compare_values (const ConditionValue *one, const ConditionValue *other)
{
  ConditionKind a = one->kind, b = other->kind;
  if (a == VALUE_EMPTY && b == VALUE_EMPTY)
    return 0;
  if (a == VALUE_EMPTY)
    a = b == VALUE_TEXT ? VALUE_TEXT : b;
  if (b == VALUE_EMPTY)
    b = a == VALUE_TEXT ? VALUE_TEXT : a;
  if (a != b)
    return a == VALUE_NUMBER || b == VALUE_BOOLEAN ? -1 : 1;
  if (a != VALUE_TEXT)
    return one->number < other->number ? -1 : one->number > other->number;
  g_autofree char *first = g_utf8_casefold (one->text ? one->text : "", -1),
                  *second = g_utf8_casefold (other->text ? other->text : "", -1);
  return strcmp (first, second);
}

static ConditionValue
compared (const ConditionValue *one, const ConditionValue *other, const char *sign)
{
  if (one->kind == VALUE_UNKNOWN || other->kind == VALUE_UNKNOWN)
    return value_of_kind (VALUE_UNKNOWN);
  if (one->kind == VALUE_ERROR || other->kind == VALUE_ERROR)
    return value_of_kind (VALUE_ERROR);
  int order = compare_values (one, other);
  if (!strcmp (sign, "<>"))
    return boolean_value (order != 0);
  return boolean_value ((order == 0 && strchr (sign, '=')) || (order < 0 && *sign == '<') ||
                        (order > 0 && *sign == '>'));
}

static ConditionValue
comparison (ConditionReading *reading)
{
  static const char *const signs[] = {"<>", "<=", ">=", "=", "<", ">"};
  if (++reading->depth > DEPTH_LIMIT) {
    reading->at += strlen (reading->at);
    reading->depth--;
    return value_of_kind (VALUE_UNKNOWN);
  }
  ConditionValue value = joined (reading);
  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    if (take (reading, signs[i])) {
      ConditionValue other = joined (reading), result = compared (&value, &other, signs[i]);
      value_clear (&value);
      value_clear (&other);
      value = result;
      i = (gsize)-1; /* one after the other, from the left */
    }
  reading->depth--;
  return value;
}

static ConditionValue
value_of_formula (const char *formula, const Worksheet *sheet, int down, int across)
{
  ConditionReading reading = {formula + (*formula == '='), sheet, down, across, 0};
  ConditionValue value = comparison (&reading);
  skip_space (&reading);
  if (!*reading.at)
    return value;
  value_clear (&value);
  return value_of_kind (VALUE_UNKNOWN);
}

ConditionResult
condition_holds (const char *formula, const Worksheet *sheet, int down, int across)
{
  ConditionValue value = value_of_formula (formula, sheet, down, across);
  ConditionResult result = value.kind == VALUE_UNKNOWN ? CONDITION_UNKNOWN
                           : is_true (&value)          ? CONDITION_HOLDS
                                                       : CONDITION_FAILS;
  value_clear (&value);
  return result;
}

gboolean
condition_compare (const char *text, const char *operand, const Worksheet *sheet, int down, int across, int *order)
{
  ConditionValue one = value_from_text (text), other = value_of_formula (operand, sheet, down, across);
  gboolean known = other.kind != VALUE_UNKNOWN && other.kind != VALUE_ERROR;
  *order = known ? compare_values (&one, &other) : 0;
  value_clear (&one);
  value_clear (&other);
  return known;
}
