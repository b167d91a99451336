/* number_section.h - a number format code taken apart, for number_*.c only.
 *
 * A code has up to four sections with ";" between them: for positive numbers, negative ones, zero, and text; or for
 * what the conditions in their brackets say.
 */
#pragma once

#include "read/workbook/decimal.h"

typedef enum {
  TOKEN_LITERAL,  /* text */
  TOKEN_GENERAL,  /* "General" */
  TOKEN_DIGIT,    /* letter: 0, # or ? */
  TOKEN_POINT,    /* the decimal point */
  TOKEN_COMMA,    /* between thousands; after the digits: divides by 1000 */
  TOKEN_PERCENT,  /* */
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
  GArray *tokens; /* FormatToken */
  char condition; /* '<', '>', '=', 'l' for <=, 'g' for >=, '!' for <>; 0: there is none */
  double bound;   /* of the condition */
  gboolean japanese;
  gboolean first_year; /* the first year of an era is 元 */
  gboolean fraction;
} FormatSection;

/* A list of FormatSection, which frees them; at least one. */
GPtrArray *sections_from_code (const char *code);

FormatToken *section_token (const FormatSection *section, int index);
gboolean section_has (const FormatSection *section, FormatTokenKind kind);
gboolean section_is_date (const FormatSection *section);

/* number_general.c: as General shows it. */
void append_general (GString *text, double value);

/* number_digits.c: the digits put into the section's places. The sign is the caller's where NEGATIVE is FALSE. */
char *text_from_digits (const FormatSection *section, double value, gboolean negative);

/* number_date.c: NULL where SERIAL is no day of the calendar. */
char *text_from_serial (const FormatSection *section, double serial, gboolean from_1904);
