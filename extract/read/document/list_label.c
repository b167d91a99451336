/* list_label.c - see list_label.h */
#include "read/document/list_label.h"

#include <string.h>

static char *
in_decimal (int number)
{
  return g_strdup_printf ("%d", number);
}

static char *
in_full_width (int number)
{
  g_autofree char *digits = in_decimal (number);
  GString *text = g_string_new (NULL);
  for (const char *digit = digits; *digit; digit++)
    g_string_append_unichar (text, 0xff10 + *digit - '0');
  return g_string_free (text, FALSE);
}

static char *
with_zero (int number)
{
  return g_strdup_printf ("%02d", number);
}

/* a … z, aa, bb, … (17.18.59). */
static char *
in_letters (int number, char first)
{
  int times = MIN ((number - 1) / 26 + 1, 8);
  return g_strnfill (times, (char)(first + (number - 1) % 26));
}

static char *
in_small_letters (int number)
{
  return in_letters (number, 'a');
}

static char *
in_capitals (int number)
{
  return in_letters (number, 'A');
}

static char *
in_roman (int number)
{
  static const struct {
    int value;
    const char *letters;
  } numerals[] = {{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"},
                  {40, "XL"},  {10, "X"},   {9, "IX"},  {5, "V"},    {4, "IV"},  {1, "I"}};
  GString *text = g_string_new (NULL);
  int left = number % 4000;
  for (gsize i = 0; i < G_N_ELEMENTS (numerals); i++)
    for (; left >= numerals[i].value; left -= numerals[i].value)
      g_string_append (text, numerals[i].letters);
  return g_string_free (text, FALSE);
}

static char *
in_small_roman (int number)
{
  g_autofree char *roman = in_roman (number);
  return g_ascii_strdown (roman, -1);
}

/* The character NUMBER of TEXT, again from its first after its last. */
static char *
character_of (const char *text, int number)
{
  glong length = g_utf8_strlen (text, -1);
  const char *at = g_utf8_offset_to_pointer (text, (number - 1) % length);
  return g_strndup (at, g_utf8_next_char (at) - at);
}

static char *
in_aiueo (int number)
{
  return character_of ("アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
                       number);
}

static char *
in_iroha (int number)
{
  return character_of (
      "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン", number);
}

static char *
in_circle (int number)
{
  return number <= 20 ? character_of ("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", number) : in_decimal (number);
}

/* 一, 十, 十一, 二十, 九十九; larger ones digit by digit. */
static char *
in_kanji (int number)
{
  static const char *const digits[] = {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  if (number < 100)
    return g_strconcat (number >= 20 ? digits[number / 10] : "", number >= 10 ? "十" : "",
                        number % 10 ? digits[number % 10] : "", NULL);
  g_autofree char *decimal = in_decimal (number);
  GString *text = g_string_new (NULL);
  for (const char *digit = decimal; *digit; digit++)
    g_string_append (text, digits[*digit - '0']);
  return g_string_free (text, FALSE);
}

static const struct {
  const char *name, *sample; /* of ECMA-376; of OpenDocument; NULL: it has none */
  char *(*text) (int number);
} formats[] = {
    {"decimal", "1", in_decimal},
    {"decimalFullWidth", "１", in_full_width},
    {"decimalFullWidth2", NULL, in_full_width},
    {"japaneseDigitalTenThousand", "一", in_kanji},
    {"japaneseCounting", "一, 二, 三, ...", in_kanji},
    {"ideographDigital", NULL, in_kanji},
    {"chineseCounting", NULL, in_kanji},
    {"decimalZero", "01", with_zero},
    {"lowerLetter", "a", in_small_letters},
    {"upperLetter", "A", in_capitals},
    {"lowerRoman", "i", in_small_roman},
    {"upperRoman", "I", in_roman},
    {"aiueo", "ア, イ, ウ, ...", in_aiueo},
    {"aiueoFullWidth", "ア", in_aiueo},
    {"iroha", "イ, ロ, ハ, ...", in_iroha},
    {"irohaFullWidth", "イ", in_iroha},
    {"decimalEnclosedCircle", "①, ②, ③, ...", in_circle},
    {"decimalEnclosedCircleChinese", "①", in_circle},
};

char *
list_number (const char *format, int number)
{
  if (!*format || !strcmp (format, "bullet") || !strcmp (format, "none"))
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (!strcmp (format, formats[i].name) || (formats[i].sample && !strcmp (format, formats[i].sample)))
      return formats[i].text (MAX (number, 1));
  return in_decimal (number);
}

const char *
list_bullet (const char *text)
{
  static const char *const kept[] = {"■", "□", "●", "○", "◆", "◇", "※", "☆", "★", "☐", "☑", "☒", "▶", "-"};
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    if (!strcmp (text, kept[i]))
      return kept[i];
  return *text ? "・" : "";
}
