/* number_format.c - see number_format.h: the built-in codes, and which section of a code counts. */
#include "read/workbook/number_format.h"

#include "read/workbook/number_section.h"

#include <string.h>

#define ERA_DATE "[$-411]ggge\"年\"m\"月\"d\"日\""
#define ERA_SHORT "[$-411]ge.m.d"

/* 18.8.30: those for all languages, and where these leave it to the language, or differ, those of ja-jp. */
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

const char *
number_format_built_in (int id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (built_in); i++)
    if (built_in[i].id == id)
      return built_in[i].code;
  return "General";
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

/* The section for VALUE. *SIGNED: its sign is written, as it is not where the section is for negative numbers alone. */
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

/* The fourth section is for text; in place of it any one with "@", where there are fewer. */
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
