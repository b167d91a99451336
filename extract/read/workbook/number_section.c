/* number_section.c - see number_section.h */
#include "read/workbook/number_section.h"

#include <string.h>

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

FormatToken *
section_token (const FormatSection *section, int index)
{
  return &g_array_index (section->tokens, FormatToken, index);
}

gboolean
section_has (const FormatSection *section, FormatTokenKind kind)
{
  for (guint i = 0; i < section->tokens->len; i++)
    if (section_token (section, (int)i)->kind == kind)
      return TRUE;
  return FALSE;
}

gboolean
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

/* Each of these takes what begins at AT and gives its end, or NULL where nothing of its kind begins there. */
typedef const char *(*Taker) (FormatSection *section, const char *at);

static const char *
after_character (const char *at)
{
  return *at ? g_utf8_next_char (at) : at;
}

static const char *
take_quoted (FormatSection *section, const char *at)
{
  if (*at != '"')
    return NULL;
  const char *end = strchrnul (at + 1, '"');
  add_literal (section, at + 1, end - at - 1);
  return *end ? end + 1 : end;
}

static const char *
take_escaped (FormatSection *section, const char *at)
{
  if (*at != '\\')
    return NULL;
  const char *end = after_character (at + 1);
  add_literal (section, at + 1, end - at - 1);
  return end;
}

/* "_)" leaves the width of a character, "*-" fills the cell with one. */
static const char *
take_space (FormatSection *section, const char *at)
{
  if (*at != '_' && *at != '*')
    return NULL;
  if (*at == '_')
    add_literal (section, " ", 1);
  return after_character (at + 1);
}

static const char *
take_general (FormatSection *section, const char *at)
{
  static const char general[] = "general";
  if (g_ascii_strncasecmp (at, general, sizeof general - 1))
    return NULL;
  add_token (section, TOKEN_GENERAL, 0, 0);
  return at + sizeof general - 1;
}

static const char *
take_half_day (FormatSection *section, const char *at)
{
  static const char *const words[] = {"a/p", "am/pm"};
  for (int i = 0; i < 2; i++)
    if (!g_ascii_strncasecmp (at, words[i], strlen (words[i]))) {
      add_token (section, TOKEN_HALF_DAY, 0, i + 1);
      return at + strlen (words[i]);
    }
  return NULL;
}

/* [$¥-411]: a currency, and a language by its number (Windows LCID; 411 is Japanese) or name. */
static void
take_locale (FormatSection *section, const char *text, gsize length)
{
  const char *dash = memchr (text, '-', length);
  add_literal (section, text, dash ? (gsize)(dash - text) : length);
  g_autofree char *locale = dash ? g_ascii_strdown (dash + 1, length - (dash + 1 - text)) : g_strdup ("");
  section->japanese |= g_str_has_suffix (locale, "411") || g_str_has_prefix (locale, "ja");
  section->first_year |= strstr (locale, "gannen") != NULL;
}

static void
take_condition (FormatSection *section, const char *text)
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

/* Colours and kinds of digits ([Red], [DBNum1]) are left out. */
static const char *
take_brackets (FormatSection *section, const char *at)
{
  const char *end = *at == '[' ? strchr (at, ']') : NULL;
  if (!end)
    return NULL;
  gsize length = end - at - 1;
  char letter = g_ascii_tolower (at[1]);
  if (at[1] == '$')
    take_locale (section, at + 2, length - 1);
  else if (strchr ("<>=", at[1]))
    take_condition (section, at + 1);
  else if (length > 0 && strchr ("hms", letter) && strspn (at + 1, "hHmMsS") == length)
    add_token (section, TOKEN_ELAPSED, letter, (int)length);
  return end + 1;
}

static const char *
take_exponent (FormatSection *section, const char *at)
{
  if (g_ascii_tolower (*at) != 'e' || (at[1] != '+' && at[1] != '-') || !section_has (section, TOKEN_DIGIT))
    return NULL;
  add_token (section, TOKEN_EXPONENT, at[1], 0);
  return at + 2;
}

static const char *
take_date (FormatSection *section, const char *at)
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
take_digit (FormatSection *section, const char *at)
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
divides (const FormatSection *section, const char *at)
{
  guint count = section->tokens->len;
  return *at == '/' && count > 0 && section_token (section, (int)count - 1)->kind == TOKEN_DIGIT &&
         (strchr ("?#", at[1]) || g_ascii_isdigit (at[1]));
}

static const char *
take_literal (FormatSection *section, const char *at)
{
  section->fraction |= divides (section, at);
  const char *end = after_character (at);
  add_literal (section, at, end - at);
  return end;
}

static const Taker takers[] = {
    take_quoted,   take_escaped,  take_space, take_general, take_half_day,
    take_brackets, take_exponent, take_date,  take_digit,   take_literal,
};

GPtrArray *
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
      end = takers[i](section, at);
    at = end;
  }
  return sections;
}
