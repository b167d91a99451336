/* text.c - the reader of text files (reader.h): plain text, tables of many kinds, and markup. Splits the text into
 * lines and offers them to the parsers of the formats.
 */
#include "read/charset.h"
#include "read/reader.h"
#include "read/text/aligned_text.h"
#include "read/text/asciidoc.h"
#include "read/text/bar_lines.h"
#include "read/text/bar_markup.h"
#include "read/text/box_table.h"
#include "read/text/dashed_table.h"
#include "read/text/delimited_text.h"
#include "read/text/markdown.h"
#include "read/text/mediawiki.h"
#include "read/text/org_rst.h"
#include "read/text/record_text.h"
#include "text/squeezed.h"
#include "text/word_break.h"

#include <string.h>

/* A page that was saved as text leaves the mark of a list's entry alone where the entry begins with something else. */
static gboolean
is_bare_mark (const char *text)
{
  static const char *const marks[] = {"-", "*", "+", "•", "・"};
  text += strspn (text, " ");
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_str_equal (text, marks[i]))
      return TRUE;
  return FALSE;
}

static int
parse_line (TextParser *parser, int start)
{
  const TextLine *line = &parser->lines[start];
  g_autofree char *text = text_chomped (line->text, line->text + strlen (line->text));
  if (parser->blocks->len == 0 && text_line_is_underlined (parser->lines, parser->count, start)) {
    text_parser_add (parser, text, 1, line->number); /* the title */
    return 2;
  }
  if (*text && !is_bare_mark (text))
    text_parser_add (parser, text, 0, line->number);
  return 1;
}

/* Each line is offered to these in order; the last takes any line. */
static int (*const line_parsers[]) (TextParser *parser, int start) = {
    text_parse_box,     text_parse_asciidoc, text_parse_mediawiki, text_parse_bar_markup, text_parse_dashed,
    text_parse_records, text_parse_pipes,    text_parse_tabs,      text_parse_delimited,  text_parse_org,
    text_parse_rst,     text_parse_markdown, parse_line,
};

/* The markup of a text is the first of these that it has the signs of. */
static const struct {
  gboolean (*is) (const TextLine *lines, int count);
  TextSyntax syntax;
} syntaxes[] = {
    {text_is_asciidoc, TEXT_ASCIIDOC}, {text_is_mediawiki, TEXT_MEDIAWIKI},
    {text_is_bar_markup, TEXT_BARS},   {text_is_org, TEXT_ORG},
    {text_is_rst, TEXT_RST},           {text_is_markdown, TEXT_MARKDOWN},
};

static TextSyntax
syntax_of_lines (const TextLine *lines, int count)
{
  for (gsize i = 0; i < G_N_ELEMENTS (syntaxes); i++)
    if (syntaxes[i].is (lines, count))
      return syntaxes[i].syntax;
  return TEXT_PLAIN;
}

/* Splits TEXT, in place, into lines. A form feed (the end of a page) gives a blank line, which ends tables. */
static GArray *
lines_of_text (char *text)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (TextLine));
  TextLine line = {text, 1}, page_end = {text + strlen (text), 1};
  for (char *at = text;; at++) {
    char end = *at;
    if (end && !strchr ("\r\n\f", end))
      continue;
    *at = '\0';
    g_array_append_val (lines, line);
    if (!end)
      return lines;
    if (end == '\r' && at[1] == '\n')
      at++;
    page_end.number = line.number;
    if (end == '\f')
      g_array_append_val (lines, page_end);
    line = (TextLine){at + 1, line.number + (end != '\f')};
  }
}

static int
grids_in (GPtrArray *blocks)
{
  int grids = 0;
  for (guint i = 0; i < blocks->len; i++)
    grids += ((const Block *)g_ptr_array_index (blocks, i))->kind == BLOCK_GRID;
  return grids;
}

/* A text without markup in which nothing parts the cells of a table but spaces is tried as a drawing too, which may tell more of it. */
static GPtrArray *
blocks_from_text (char *text, GPtrArray *notes)
{
  g_autoptr (GArray) lines = lines_of_text (text);
  text_join_bar_lines (lines);
  TextParser parser = {(TextLine *)lines->data, lines->len, TEXT_PLAIN, blocks_new (), notes};
  parser.syntax = syntax_of_lines (parser.lines, parser.count);
  for (int line = 0; line < parser.count;) {
    int taken = 0;
    for (gsize i = 0; i < G_N_ELEMENTS (line_parsers) && taken == 0; i++)
      taken = line_parsers[i](&parser, line);
    line += taken;
  }
  gboolean told = parser.syntax != TEXT_PLAIN || grids_in (parser.blocks) > parser.spaced_grids;
  GPtrArray *aligned = told ? NULL : blocks_from_aligned_text (parser.lines, parser.count, parser.spaced_rows, notes);
  if (!aligned)
    return parser.blocks;
  g_ptr_array_unref (parser.blocks);
  return aligned;
}

static void
take_spaces_out_of_words (char **text, WordBreaks *breaks)
{
  char *joined = text_without_spaces_in_words (*text, breaks);
  if (!joined)
    return;
  g_free (*text);
  *text = joined;
}

/* The text may be copied from a PDF, with spaces where its lines ended. */
static void
join_words (GPtrArray *blocks)
{
  g_autoptr (WordBreaks) breaks = word_breaks_new ();
  for (guint i = 0; i < blocks->len; i++) {
    Block *block = g_ptr_array_index (blocks, i);
    if (block->text)
      take_spaces_out_of_words (&block->text, breaks);
    for (guint j = 0; block->grid && j < block->grid->cells->len; j++)
      take_spaces_out_of_words (&((Cell *)g_ptr_array_index (block->grid->cells, j))->text, breaks);
  }
}

GPtrArray *
pages_from_text (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error)
{
  g_autofree char *text = utf8_from_source (source, NULL, notes);
  GPtrArray *pages = pages_new ();
  Page *page = page_new (1, 0, 0);
  page->blocks = blocks_from_text (text, notes);
  join_words (page->blocks);
  g_ptr_array_add (pages, page);
  return pages;
}
