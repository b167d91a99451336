/* paragraph.c - see paragraph.h */
#include "layout/paragraph.h"

#include "layout/lines.h"

#include <math.h>
#include <string.h>

/* Lines of one paragraph: their sizes differ by less than this part, and the leading is less than this many ems. */
#define SAME_SIZE 0.15
#define LEADING 2.0

/* A heading is this much larger than the page's common size. */
#define HEADING_SIZE 1.2

/* Two blocks on different pages stand in the same place when they are no farther apart than this; points. */
#define SAME_PLACE 4.0

static int
order_numbers (gconstpointer a, gconstpointer b)
{
  double first = *(const double *)a, second = *(const double *)b;
  return first < second ? -1 : first > second;
}

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
  g_array_sort (heights, order_numbers);
  return heights->len > 0 ? g_array_index (heights, double, heights->len / 2) : 10;
}

static gboolean
same_paragraph (const Line *line, const Line *next)
{
  double leading = (next->box.y0 + next->box.y1) / 2 - (line->box.y0 + line->box.y1) / 2;
  return fabs (line->em - next->em) <= SAME_SIZE * MAX (line->em, next->em) && leading <= LEADING * line->em &&
         fabs (line->box.x0 - next->box.x0) <= 2 * line->em;
}

static int
heading_level (const Line *line, double common)
{
  double size = (line->box.y1 - line->box.y0) / common;
  return size >= 1.5 ? 1 : size >= HEADING_SIZE ? 2 : 0;
}

/* Text between LEFT and RIGHT; each line that the author ended is a block of its own. */
static void
add_paragraph (GPtrArray *blocks, GPtrArray *lines, const Page *page, double common, double left, double right)
{
  if (lines->len == 0)
    return;
  const Line *first = g_ptr_array_index (lines, 0);
  Place place = {.page = page->number, .box = first->box};
  for (guint i = 1; i < lines->len; i++)
    place.box = box_union (place.box, ((const Line *)g_ptr_array_index (lines, i))->box);
  g_autofree char *text = text_from_lines (lines, left, right, NULL);
  g_auto (GStrv) parts = g_strsplit (text, "\n", -1);
  for (char **part = parts; *part; part++)
    g_ptr_array_add (blocks, block_new (BLOCK_TEXT, *part, heading_level (first, common), place));
}

void
paragraphs_from_page (const Page *page, const gboolean *taken, GPtrArray *blocks)
{
  g_autoptr (GPtrArray) glyphs = g_ptr_array_new ();
  for (guint i = 0; i < page->glyphs->len; i++)
    if (!taken[i])
      g_ptr_array_add (glyphs, &g_array_index (page->glyphs, Glyph, i));
  g_autoptr (GPtrArray) lines = lines_from_glyphs (glyphs);
  double common = common_em (page), left = page->width, right = 0;
  for (guint i = 0; i < lines->len; i++) {
    const Line *line = g_ptr_array_index (lines, i);
    left = MIN (left, line->box.x0);
    right = MAX (right, line->box.x1);
  }
  g_autoptr (GPtrArray) paragraph = g_ptr_array_new ();
  for (guint i = 0; i < lines->len; i++) {
    Line *line = g_ptr_array_index (lines, i);
    if (paragraph->len > 0 && !same_paragraph (g_ptr_array_index (paragraph, paragraph->len - 1), line)) {
      add_paragraph (blocks, paragraph, page, common, left, right);
      g_ptr_array_set_size (paragraph, 0);
    }
    g_ptr_array_add (paragraph, line);
  }
  add_paragraph (blocks, paragraph, page, common, left, right);
}

/* The text with each run of digits as one #: "3 / 12" and "4 / 12" are the same page number. */
static char *
shape_of (const char *text)
{
  GString *shape = g_string_new (NULL);
  for (const char *next = text; *next; next = g_utf8_next_char (next)) {
    gunichar character = g_utf8_get_char (next);
    if (!g_unichar_isdigit (character))
      g_string_append_unichar (shape, character);
    else if (shape->len == 0 || shape->str[shape->len - 1] != '#')
      g_string_append_c (shape, '#');
  }
  return g_string_free (shape, FALSE);
}

static gboolean
is_in_margin (const Block *block, GPtrArray *blocks)
{
  gboolean above = TRUE, below = TRUE;
  for (guint i = 0; i < blocks->len; i++) {
    const Block *other = g_ptr_array_index (blocks, i);
    if (other->kind != BLOCK_GRID || other->place.page != block->place.page)
      continue;
    above = above && block->place.box.y1 <= other->place.box.y0 + SAME_PLACE;
    below = below && block->place.box.y0 >= other->place.box.y1 - SAME_PLACE;
  }
  return above || below;
}

static gboolean
stands_on_another_page (const Block *block, const char *shape, GPtrArray *blocks, char **shapes)
{
  for (guint i = 0; i < blocks->len; i++) {
    const Block *other = g_ptr_array_index (blocks, i);
    if (shapes[i] && other->place.page != block->place.page && !strcmp (shapes[i], shape) &&
        fabs (other->place.box.y0 - block->place.box.y0) <= SAME_PLACE)
      return TRUE;
  }
  return FALSE;
}

void
blocks_mark_furniture (GPtrArray *blocks)
{
  g_auto (GStrv) shapes = g_new0 (char *, blocks->len + 1);
  for (guint i = 0; i < blocks->len; i++) {
    const Block *block = g_ptr_array_index (blocks, i);
    shapes[i] = block->kind == BLOCK_TEXT && block->place.page > 0 ? shape_of (block->text) : g_strdup ("");
  }
  for (guint i = 0; i < blocks->len; i++) {
    Block *block = g_ptr_array_index (blocks, i);
    gboolean text = block->kind == BLOCK_TEXT && block->place.page > 0;
    if (text && is_in_margin (block, blocks) && stands_on_another_page (block, shapes[i], blocks, shapes))
      block->kind = BLOCK_FURNITURE;
  }
}
