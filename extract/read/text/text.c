/* text.c - plain text, tab-separated rows, CSV and Markdown: the lines, and who takes them. */
#include "read/text/text.h"

#include "model/error.h"
#include "read/charset.h"
#include "read/reader.h"

#include <glib/gi18n.h>
#include <string.h>

#define TEXT_LIMIT (4 * 1024 * 1024) /* bytes of UTF-8 */
#define PARTS_LIMIT (200 * 1000)     /* lines, and what may part cells */

static int take_line (TextReading *reading, int start);

/* Each line is offered to them in this order; the last takes all. */
static int (*const takers[]) (TextReading *reading, int start) = {
    text_take_pipes, text_take_tabs, text_take_commas, text_take_markdown, take_line,
};

gboolean
line_is_blank (const TextLine *line)
{
  return line->text[strspn (line->text, " \v")] == '\0';
}

static char *
without_white_space_after (const char *text)
{
  const char *end = text + strlen (text);
  while (end > text && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  return g_strndup (text, end - text);
}

static int
take_line (TextReading *reading, int start)
{
  const TextLine *line = &reading->lines[start];
  g_autofree char *text = without_white_space_after (line->text);
  if (*text)
    g_ptr_array_add (reading->blocks, block_new (BLOCK_TEXT, text, 0, (Place){.line = line->number}));
  return 1;
}

/* Cuts TEXT into lines. A form feed, a page's end, leaves a blank line, which ends tables. */
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

static gboolean
is_within_limits (const char *text, GError **error)
{
  gsize length = strlen (text);
  int parts = 0;
  for (const char *at = text; *at; at++)
    parts += strchr ("\n\r\t|,\f", *at) != NULL;
  if (length > TEXT_LIMIT)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_SIZE,
                 _ ("a text of %" G_GSIZE_FORMAT " bytes, the limit is %d; give only the part with the sheet"), length,
                 TEXT_LIMIT);
  else if (parts > PARTS_LIMIT)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_SIZE,
                 _ ("a text of %d lines and cells, the limit is %d; give only the part with the sheet"), parts,
                 PARTS_LIMIT);
  return length <= TEXT_LIMIT && parts <= PARTS_LIMIT;
}

static GPtrArray *
blocks_from_text (char *text)
{
  g_autoptr (GArray) lines = lines_of_text (text);
  TextReading reading = {(TextLine *)lines->data, lines->len, FALSE, blocks_new ()};
  reading.markdown = text_is_markdown (reading.lines, reading.count);
  for (int line = 0; line < reading.count;) {
    int taken = 0;
    for (gsize i = 0; i < G_N_ELEMENTS (takers) && taken == 0; i++)
      taken = takers[i](&reading, line);
    line += taken;
  }
  return reading.blocks;
}

GPtrArray *
pages_from_text (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error)
{
  g_autofree char *text = utf8_from_source (source, NULL, notes);
  if (!is_within_limits (text, error))
    return NULL;
  GPtrArray *pages = pages_new ();
  Page *page = page_new (1, 0, 0);
  page->blocks = blocks_from_text (text);
  g_ptr_array_add (pages, page);
  return pages;
}
