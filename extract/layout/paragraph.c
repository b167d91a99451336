/* paragraph.c - see paragraph.h */
#include "layout/paragraph.h"

#include "layout/text_line.h"
#include "model/numbers.h"

#include <math.h>
#include <string.h>

/* The sizes of the lines of one paragraph differ by less than this part, their leading is less than this many ems. */
#define SAME_SIZE 0.15
#define LEADING 2.0

/* A line that begins beyond this part of the width of the text is not a wrapped one. */
#define FLUSH_RIGHT 0.4

/* A heading is this much larger than the page's common size. */
#define HEADING_SIZE 1.2

/* The size that most glyphs of the page have. */
static double
common_em (const Page *page)
{
  g_autoptr (GArray) heights = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < page->glyphs->len; i++) {
    const Glyph *glyph = &g_array_index (page->glyphs, Glyph, i);
    double height = glyph->box.y1 - glyph->box.y0;
    g_array_append_val (heights, height);
  }
  return numbers_median (heights, 10);
}

/* Lines set flush right, as a date and a company under a title are: each is a paragraph. Wrapped lines begin nearer to
 * the left edge of the text, whose edges are LEFT and RIGHT. */
static gboolean
are_flush_right (const GlyphLine *line, const GlyphLine *next, double left, double right)
{
  return fabs (line->box.x1 - next->box.x1) < 0.3 * line->em && fabs (line->box.x0 - next->box.x0) > 0.3 * line->em &&
         MIN (line->box.x0, next->box.x0) > left + FLUSH_RIGHT * (right - left);
}

static gboolean
same_paragraph (const GlyphLine *line, const GlyphLine *next)
{
  double leading = (next->box.y0 + next->box.y1) / 2 - (line->box.y0 + line->box.y1) / 2;
  return fabs (line->em - next->em) <= SAME_SIZE * MAX (line->em, next->em) && leading <= LEADING * line->em &&
         fabs (line->box.x0 - next->box.x0) <= 2 * line->em;
}

static int
heading_level (const GlyphLine *line, double common)
{
  double size = (line->box.y1 - line->box.y0) / common;
  return size >= 1.5 ? 1 : size >= HEADING_SIZE ? 2 : 0;
}

/* What the paragraphs of a page have in common, and the list they are appended to. */
typedef struct {
  const Page *page;
  BlockKind kind;
  double common;      /* the size of most of the page's characters */
  double left, right; /* the edges of the text */
  LineBreaks *breaks;
  GPtrArray *blocks;
} ParagraphWriter;

/* Text between two line breaks of the author is a block of its own. */
static void
add_paragraph (const ParagraphWriter *writer, GPtrArray *lines)
{
  if (lines->len == 0)
    return;
  const GlyphLine *first = g_ptr_array_index (lines, 0);
  Place place = {.page = writer->page->number, .box = first->box};
  for (guint i = 1; i < lines->len; i++)
    place.box = box_union (place.box, ((const GlyphLine *)g_ptr_array_index (lines, i))->box);
  g_autofree char *struck = NULL;
  g_autofree char *text = text_from_lines (lines, writer->left, writer->right, writer->breaks, NULL, &struck);
  g_auto (GStrv) parts = g_strsplit (text, "\n", -1);
  int level = heading_level (first, writer->common);
  if (struck)
    g_ptr_array_add (writer->blocks, block_with_struck (writer->kind, *parts ? *parts : "", struck, level, place));
  for (char **part = struck && *parts ? parts + 1 : parts; *part; part++)
    g_ptr_array_add (writer->blocks, block_new (writer->kind, *part, level, place));
}

void
paragraphs_from_page (const Page *page, const gboolean *taken, BlockKind kind, LineBreaks *breaks, GPtrArray *blocks)
{
  g_autoptr (GPtrArray) glyphs = page_glyphs (page, taken, NULL);
  g_autoptr (GPtrArray) lines = lines_from_glyphs (glyphs);
  ParagraphWriter writer = {page, kind, common_em (page), page->width, 0, breaks, blocks};
  for (guint i = 0; i < lines->len; i++) {
    const GlyphLine *line = g_ptr_array_index (lines, i);
    writer.left = MIN (writer.left, line->box.x0);
    writer.right = MAX (writer.right, line->box.x1);
  }
  g_autoptr (GPtrArray) paragraph = g_ptr_array_new ();
  for (guint i = 0; i < lines->len; i++) {
    GlyphLine *line = g_ptr_array_index (lines, i);
    const GlyphLine *before = paragraph->len > 0 ? g_ptr_array_index (paragraph, paragraph->len - 1) : NULL;
    if (before && (!same_paragraph (before, line) || are_flush_right (before, line, writer.left, writer.right))) {
      add_paragraph (&writer, paragraph);
      g_ptr_array_set_size (paragraph, 0);
    }
    g_ptr_array_add (paragraph, line);
  }
  add_paragraph (&writer, paragraph);
}
