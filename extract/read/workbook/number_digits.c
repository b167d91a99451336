/* number_digits.c - see number_section.h: digits in their places.
 *
 *     code      #  ,  #  #  0  .  0  0  "円"
 *     value   1 2     3  4  5  .  6  7          the first place takes all digits that have no place of their own
 */
#include "read/workbook/number_section.h"

/* What the places of a section ask for. */
typedef struct {
  int whole, part, exponent; /* how many places before the point, after it, after the E */
  int last;                  /* index of the last place but those of the exponent */
  gboolean thousands;
  int shift; /* powers of ten, by % and by commas at the end */
} Places;

static Places
places_of (const FormatSection *section)
{
  Places places = {.last = -1};
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

/* Shifts DECIMAL so that its digits fill the places before the point, and gives the power of ten it is shown with. */
static int
take_exponent (Decimal *decimal, const Places *places)
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
  const Places *places;
  Decimal decimal;
  int position;     /* of the next place: powers of ten */
  gboolean started; /* a digit is written */
  gboolean pointed; /* the point is past */
} Writing;

static void
write_digit (Writing *writing, int position)
{
  g_string_append_c (writing->text, '0' + decimal_digit (&writing->decimal, position));
  writing->started = TRUE;
  if (writing->places->thousands && position > 0 && position % 3 == 0)
    g_string_append_c (writing->text, ',');
}

static gboolean
is_zero_from (const Decimal *decimal, int position)
{
  return decimal->count == 0 || decimal->point - decimal->count > position;
}

static void
write_place (Writing *writing, char letter)
{
  int position = writing->position--;
  if (writing->pointed) {
    if (letter == '0' || !is_zero_from (&writing->decimal, position))
      write_digit (writing, position);
    return;
  }
  if (!writing->started)
    for (int above = writing->decimal.point - 1; above > position; above--)
      write_digit (writing, above);
  if (writing->started || letter == '0' || position < writing->decimal.point)
    write_digit (writing, position);
}

/* Digits before the point that have no place. */
static void
write_point (Writing *writing)
{
  if (writing->places->whole == 0)
    for (int above = writing->decimal.point - 1; above >= 0; above--)
      write_digit (writing, above);
  g_string_append_c (writing->text, '.');
  writing->pointed = TRUE;
  writing->position = -1;
}

static void
write_exponent (Writing *writing, char sign, int exponent)
{
  g_string_append_c (writing->text, 'E');
  if (exponent < 0 || sign == '+')
    g_string_append_c (writing->text, exponent < 0 ? '-' : '+');
  g_string_append_printf (writing->text, "%0*d", MIN (MAX (writing->places->exponent, 1), 9), ABS (exponent));
}

static void
write_token (Writing *writing, const FormatToken *token, int index, int exponent)
{
  if (token->kind == TOKEN_LITERAL)
    g_string_append (writing->text, token->text);
  else if (token->kind == TOKEN_DIGIT && index <= writing->places->last)
    write_place (writing, token->letter);
  else if (token->kind == TOKEN_POINT && !writing->pointed)
    write_point (writing);
  else if (token->kind == TOKEN_PERCENT)
    g_string_append_c (writing->text, '%');
  else if (token->kind == TOKEN_EXPONENT)
    write_exponent (writing, token->letter, exponent);
}

char *
text_from_digits (const FormatSection *section, double value, gboolean negative)
{
  Places places = places_of (section);
  Writing writing = {g_string_new (NULL), &places, decimal_from_double (value), places.whole - 1};
  int exponent = 0;
  decimal_shift (&writing.decimal, places.shift);
  if (section_has (section, TOKEN_EXPONENT))
    exponent = take_exponent (&writing.decimal, &places);
  else
    decimal_round (&writing.decimal, places.part);
  if (negative && (writing.decimal.count > 0 || places.last < 0))
    g_string_append_c (writing.text, '-');
  for (guint i = 0; i < section->tokens->len; i++)
    write_token (&writing, section_token (section, (int)i), (int)i, exponent);
  return g_string_free (writing.text, FALSE);
}
