/* seen_page.c - see seen_page.h */
#include "read/pdf/seen_page.h"

#include "read/pdf/ruling_lines.h"

#include <math.h>

/* A gap of this many ems between two glyphs of a line is a space, painted or not (Poppler's TextPage takes the same). */
#define WORD_GAP 0.1

/* Glyphs whose baselines are further apart than this many ems, across the line, are on two lines. */
#define SAME_LINE 0.5

/* Whether there is white space between two glyphs that are painted one after the other. */
static gboolean
is_apart (const PaintedGlyph *before, const PaintedGlyph *glyph)
{
  double em = MAX (before->size, 1), dx = glyph->origin_x - before->origin_x, dy = glyph->origin_y - before->origin_y;
  double along = dx * before->direction_x + dy * before->direction_y;
  double across = fabs (dx * before->direction_y - dy * before->direction_x);
  double width = fabs (before->direction_x) > 0.7 ? before->box.x1 - before->box.x0 : before->box.y1 - before->box.y0;
  return across > SAME_LINE * em || along < -SAME_LINE * em || along - width > WORD_GAP * em;
}

/* A combining mark has no width of its own: it takes the box of the glyph before it. */
static Box
glyph_box (GArray *glyphs, const PaintedGlyph *painted)
{
  if (g_unichar_combining_class (painted->character) != 0 && glyphs->len > 0)
    return g_array_index (glyphs, Glyph, glyphs->len - 1).box;
  return painted->box;
}

static GArray *
glyphs_from_painted (const PaintedPage *painted)
{
  GArray *glyphs = g_array_new (FALSE, TRUE, sizeof (Glyph));
  const PaintedGlyph *before = NULL;
  gboolean space = FALSE;
  for (guint i = 0; i < painted->glyphs->len; i++) {
    const PaintedGlyph *glyph = &g_array_index (painted->glyphs, PaintedGlyph, i);
    if (!glyph->character)
      continue;
    if (glyph->space) {
      space = TRUE;
      continue;
    }
    Glyph seen = {.character = glyph->character,
                  .box = glyph_box (glyphs, glyph),
                  .space_before = before && (space || is_apart (before, glyph))};
    g_array_append_val (glyphs, seen);
    before = glyph;
    space = FALSE;
  }
  return glyphs;
}

Page *
page_from_painted (const PaintedPage *painted, int number, GPtrArray *notes)
{
  Page *page = page_new (number, painted->width, painted->height);
  g_autofree gboolean *seen = g_new (gboolean, painted->paths->len + 1);
  for (guint i = 0; i < painted->paths->len; i++)
    seen[i] = TRUE;
  page->glyphs = glyphs_from_painted (painted);
  page->ruling_lines = ruling_lines_from_paths (painted, seen);
  return page;
}
