/* seen_page.c - see seen_page.h */
#include "read/pdf/seen_page.h"

#include "read/pdf/ruling_lines.h"

#include <math.h>

/* A gap of this many ems between two glyphs of a line is a space, painted or not (Poppler's TextPage takes the same). */
#define WORD_GAP 0.1

/* A painted space stands beside a glyph when it is not further from it than this, in ems: letters may be spaced. */
#define BESIDE 1.0

/* Glyphs whose baselines are further apart than this many ems, across the line, are on two lines. */
#define SAME_LINE 0.5

/* Whether there is a gap of more than GAP ems between two glyphs that are painted one after the other, or a line end. */
static gboolean
is_apart (const PaintedGlyph *before, const PaintedGlyph *glyph, double gap)
{
  double em = MAX (before->size, 1), dx = glyph->origin_x - before->origin_x, dy = glyph->origin_y - before->origin_y;
  double along = dx * before->direction_x + dy * before->direction_y;
  double across = fabs (dx * before->direction_y - dy * before->direction_x);
  double width = fabs (before->direction_x) > 0.7 ? before->box.x1 - before->box.x0 : before->box.y1 - before->box.y0;
  return across > SAME_LINE * em || along < -SAME_LINE * em || along - width > gap * em;
}

/* A combining mark has no width of its own: it takes the box of the glyph before it. */
static Box
glyph_box (GArray *glyphs, const PaintedGlyph *painted)
{
  if (g_unichar_combining_class (painted->character) != 0 && glyphs->len > 0)
    return g_array_index (glyphs, Glyph, glyphs->len - 1).box;
  return painted->box;
}

static void
add_glyph (GArray *glyphs, const PaintedGlyph *painted, gunichar space, gboolean apart, gboolean struck)
{
  Glyph glyph = {.character = painted->character,
                 .box = glyph_box (glyphs, painted),
                 .painted_space = space,
                 .space_before = space || apart,
                 .struck = struck};
  g_array_append_val (glyphs, glyph);
}

/* Where a page has more gaps between its Latin words than painted spaces, its program paints none: the lack of one says
 * nothing. */
static void
mark_unknown_spaces (GArray *glyphs)
{
  int painted = 0, gaps = 0;
  for (guint i = 1; i < glyphs->len; i++) {
    const Glyph *glyph = &g_array_index (glyphs, Glyph, i), *before = glyph - 1;
    double gap = glyph->box.x0 - before->box.x1, height = glyph->box.y1 - glyph->box.y0;
    gboolean near = glyph->box.y0 < before->box.y1 && before->box.y0 < glyph->box.y1 && gap < height;
    painted += glyph->painted_space != 0;
    gaps += !glyph->painted_space && glyph->space_before && near && g_unichar_isalpha (before->character) &&
            g_unichar_isalpha (glyph->character) && !g_unichar_iswide (before->character) &&
            !g_unichar_iswide (glyph->character);
  }
  if (painted > gaps)
    return;
  for (guint i = 0; i < glyphs->len; i++) {
    Glyph *glyph = &g_array_index (glyphs, Glyph, i);
    glyph->painted_space = glyph->painted_space ? glyph->painted_space : SPACE_UNKNOWN;
  }
}

/* The white space between GLYPH and BEFORE, which was painted before it, as SPACE was between the two; 0: SPACE stands at
 * the side of neither. */
static gunichar
space_beside (const PaintedGlyph *before, const PaintedGlyph *space, const PaintedGlyph *glyph)
{
  return space && before && (!is_apart (before, space, BESIDE) || !is_apart (space, glyph, BESIDE)) ? space->character
                                                                                                    : 0;
}

static GArray *
glyphs_from_seen (const SeenPage *seen)
{
  GArray *glyphs = g_array_new (FALSE, TRUE, sizeof (Glyph));
  const PaintedGlyph *before = NULL, *space = NULL;
  for (guint i = 0; i < seen->painted->glyphs->len; i++) {
    const PaintedGlyph *glyph = &g_array_index (seen->painted->glyphs, PaintedGlyph, i);
    gboolean struck = seen->glyph_fates[i] == FATE_STRUCK;
    if (!glyph->character || (seen->glyph_fates[i] != FATE_SEEN && !struck))
      continue;
    if (!glyph->space) {
      add_glyph (glyphs, glyph, space_beside (before, space, glyph), before && is_apart (before, glyph, WORD_GAP),
                 struck);
      before = glyph;
    }
    space = glyph->space ? glyph : NULL;
  }
  for (guint i = 0; i < seen->added->len; i++)
    add_glyph (glyphs, &g_array_index (seen->added, PaintedGlyph, i), 0, TRUE, FALSE);
  mark_unknown_spaces (glyphs);
  return glyphs;
}

static GArray *
ruling_lines_from_seen (const SeenPage *seen)
{
  g_autofree gboolean *paths = g_new (gboolean, seen->painted->paths->len + 1);
  for (guint i = 0; i < seen->painted->paths->len; i++)
    paths[i] = seen->path_fates[i] == FATE_SEEN;
  return ruling_lines_from_paths (seen->painted, paths);
}

Page *
page_from_painted (const PaintedPage *painted, int number, const ReadOptions *options, GPtrArray *notes)
{
  g_autofree guint8 *glyph_fates = g_new0 (guint8, painted->glyphs->len + 1),
                    *path_fates = g_new0 (guint8, painted->paths->len + 1);
  g_autoptr (GArray) added = g_array_new (FALSE, TRUE, sizeof (PaintedGlyph));
  SeenPage seen = {painted, number, glyph_fates, path_fates, added};
  /* The steps of seen_page.h come here, each with what it has to say added to NOTES. */
  Page *page = page_new (number, painted->width, painted->height);
  page->glyphs = glyphs_from_seen (&seen);
  page->ruling_lines = ruling_lines_from_seen (&seen);
  return page;
}
