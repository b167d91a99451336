/* org_rst.c - see org_rst.h */
#include "read/text/org_rst.h"

#include "read/text/aligned_cells.h"
#include "read/text/markdown.h"
#include "text/width.h"

#include <string.h>

#define LEVELS_MOST 6

static int
stars (const char *line)
{
  int level = strspn (line, "*");
  return level > 0 && level <= LEVELS_MOST && line[level] == ' ' ? level : 0;
}

gboolean
text_is_org (const TextLine *lines, int count)
{
  int headings = 0, rules = 0;
  for (int i = 0; i < count; i++) {
    if (g_str_has_prefix (lines[i].text, "#+") && strchr (lines[i].text, ':'))
      return TRUE;
    const char *bare = lines[i].text + strspn (lines[i].text, " ");
    headings += stars (lines[i].text) > 0;
    rules += g_str_has_prefix (bare, "|-") && strchr (bare, '+') && !bare[strspn (bare, "|-+ ")];
  }
  return rules > 0 && headings > 0;
}

int
text_parse_org (TextParser *parser, int start)
{
  const TextLine *line = &parser->lines[start];
  if (parser->syntax != TEXT_ORG || text_line_is_blank (line))
    return 0;
  if (g_ascii_strncasecmp (line->text, "#+title:", 8) == 0) {
    g_autofree char *title = g_strstrip (g_strdup (line->text + 8));
    text_parser_add (parser, title, 1, line->number);
    return 1;
  }
  if (g_str_has_prefix (line->text, "#") && (line->text[1] == '+' || line->text[1] == ' '))
    return 1;
  int level = stars (line->text);
  g_autofree char *plain = g_strstrip (text_from_markdown (line->text + level));
  if (*plain)
    text_parser_add (parser, plain, level, line->number);
  return 1;
}

/* Whether LINE is a run of one sign of punctuation, as long as CELLS at least. */
static gboolean
is_underline (const char *line, int cells)
{
  gsize length = strlen (line);
  return length >= 3 && strchr ("=-~^\"'`#*+.:_", line[0]) && strspn (line, (char[]){line[0], 0}) == length &&
         (int)length >= cells;
}

/* "====  ====". */
static gboolean
is_column_rule (const char *line, char sign)
{
  const char marks[] = {sign, ' ', 0};
  return line[0] == sign && line[1] == sign && strchr (line, ' ') && !line[strspn (line, marks)] &&
         strchr (strchr (line, ' '), sign);
}

/* Whether the line at INDEX has a heading's underline below it; an underline may be a little short of wide text. */
static gboolean
is_underlined (const TextLine *lines, int count, int index)
{
  if (index + 1 >= count || text_line_is_blank (&lines[index]))
    return FALSE;
  int characters = g_utf8_strlen (lines[index].text, -1);
  return !is_underline (lines[index].text, 3) && is_underline (lines[index + 1].text, MIN (characters, 60)) &&
         !g_ascii_isspace (lines[index].text[0]) &&
         (index == 0 || text_line_is_blank (&lines[index - 1]) || is_underline (lines[index - 1].text, 3));
}

gboolean
text_is_rst (const TextLine *lines, int count)
{
  int headings = 0;
  for (int i = 0; i < count; i++) {
    if (is_column_rule (lines[i].text, '='))
      return TRUE;
    if (g_str_has_prefix (lines[i].text, ".. ") && strstr (lines[i].text, "::"))
      return TRUE;
    headings += is_underlined (lines, count, i);
  }
  return headings >= 2;
}

/* The level of the kind of heading of LINE: the order in which kinds are met in the text. */
static int
level_of_sign (const TextParser *parser, char sign)
{
  g_autoptr (GString) signs = g_string_new (NULL);
  for (int i = 0; i < parser->count; i++) {
    char met = is_underlined (parser->lines, parser->count, i) ? parser->lines[i + 1].text[0] : 0;
    if (met && !strchr (signs->str, met))
      g_string_append_c (signs, met);
    if (met == sign)
      break;
  }
  const char *at = strchr (signs->str, sign);
  return CLAMP (at ? (int)(at - signs->str) + 1 : LEVELS_MOST, 1, LEVELS_MOST);
}

/* The columns of a rule: where each run of its sign begins; the last goes on to the end of the line. */
static GArray *
starts_of_rule (const char *rule)
{
  GArray *starts = g_array_new (FALSE, FALSE, sizeof (int));
  for (int i = 0; rule[i]; i++)
    if (rule[i] != ' ' && (i == 0 || rule[i - 1] == ' '))
      g_array_append_val (starts, i);
  return starts;
}

/* The index of the table's last rule: the next is at the third one, or where a blank line follows one. */
static int
end_of_simple_table (const TextParser *parser, int start)
{
  int end = -1;
  for (int i = start + 1; i < parser->count; i++) {
    if (!is_column_rule (parser->lines[i].text, '='))
      continue;
    end = i;
    if (i + 1 >= parser->count || text_line_is_blank (&parser->lines[i + 1]))
      return i;
  }
  return end;
}

static int
parse_simple_table (TextParser *parser, int start)
{
  int end = end_of_simple_table (parser, start);
  if (end < 0)
    return 0;
  g_autoptr (GArray) starts = starts_of_rule (parser->lines[start].text);
  g_autoptr (AlignedCells) cells = aligned_cells_new (starts);
  gboolean new_row = TRUE, heads = FALSE;
  for (int i = start + 1; i < end; i++) {
    const char *line = parser->lines[i].text;
    gboolean rule = is_column_rule (line, '='), under = is_column_rule (line, '-');
    if (rule && !heads)
      aligned_cells_mark_heads (cells);
    heads |= rule;
    if (rule || under || text_line_is_blank (&parser->lines[i]))
      new_row = TRUE;
    else {
      aligned_cells_take_line (cells, line, new_row || !g_ascii_isspace (line[0]), parser->lines[i].number);
      new_row = FALSE;
    }
  }
  Block *block = block_from_aligned_cells (cells, parser->notes);
  if (block)
    g_ptr_array_add (parser->blocks, block);
  return end - start + 1;
}

int
text_parse_rst (TextParser *parser, int start)
{
  const TextLine *line = &parser->lines[start];
  if (parser->syntax != TEXT_RST || text_line_is_blank (line))
    return 0;
  int taken = is_column_rule (line->text, '=') ? parse_simple_table (parser, start) : 0;
  if (taken > 0)
    return taken;
  if (is_underline (line->text, 3) || g_str_has_prefix (line->text, ".. ") || g_str_has_prefix (line->text, "   :"))
    return 1;
  int level = is_underlined (parser->lines, parser->count, start)
                  ? level_of_sign (parser, parser->lines[start + 1].text[0])
                  : 0;
  g_autofree char *plain = g_strstrip (text_from_markdown (line->text));
  if (*plain)
    text_parser_add (parser, plain, level, line->number);
  return level ? 2 : 1;
}
