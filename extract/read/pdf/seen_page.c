/* seen_page.c - see seen_page.h */
#include "read/pdf/seen_page.h"

#include "read/pdf/covers.h"
#include "read/pdf/fate_note.h"
#include "read/pdf/field.h"
#include "read/pdf/mark.h"
#include "read/pdf/overlay.h"
#include "read/pdf/pen_stroke.h"
#include "read/pdf/ruby.h"
#include "read/pdf/ruling_lines.h"
#include "read/pdf/shadow.h"
#include "read/pdf/shape_votes.h"
#include "read/pdf/struck.h"
#include "read/pdf/type_style.h"
#include "read/pdf/visible.h"

#include <math.h>

/* A gap of this many ems between two glyphs of a line is a space, painted or not (Poppler's TextPage takes the same). */
#define WORD_GAP 0.1

/* A painted space is beside a glyph when it is not further from it than this, in ems: letters may be spaced. */
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

/* The quarter of a turn that is nearest to the direction of its line. */
static guint8
direction_of (const PaintedGlyph *painted)
{
  if (fabs (painted->direction_x) >= fabs (painted->direction_y))
    return painted->direction_x >= 0 ? 0 : 2;
  return painted->direction_y > 0 ? 1 : 3;
}

/* A soft hyphen that is painted within a line is a hyphen: fonts map the same glyph to both. At a line end it parts a word. */
static void
settle_soft_hyphen (GArray *glyphs, const PaintedGlyph *next, gboolean apart)
{
  Glyph *last = glyphs->len > 0 ? &g_array_index (glyphs, Glyph, glyphs->len - 1) : NULL;
  if (last && last->character == 0x00AD && !apart && !next->space)
    last->character = '-';
}

static void
add_glyph (GArray *glyphs, const PaintedGlyph *painted, gunichar space, gboolean apart, gboolean struck, guint style)
{
  Glyph glyph = {.character = painted->character,
                 .box = glyph_box (glyphs, painted),
                 .painted_space = space,
                 .space_before = space || apart,
                 .direction = direction_of (painted),
                 .mark = painted->state.mark + 1,
                 .struck = struck,
                 .style = style};
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

/* The white space between GLYPH and BEFORE, which was painted before it, as SPACE was between the two; 0: SPACE is
 * beside neither. */
static gunichar
space_beside (const PaintedGlyph *before, const PaintedGlyph *space, const PaintedGlyph *glyph)
{
  return space && before && (!is_apart (before, space, BESIDE) || !is_apart (space, glyph, BESIDE)) ? space->character
                                                                                                    : 0;
}

static void
add_shape (GArray *shapes, const SeenPage *seen, const PaintedGlyph *glyph)
{
  GArray *fonts = seen->painted->fonts;
  gboolean known = glyph->font >= 0 && (guint)glyph->font < fonts->len;
  guint shape = shape_of_code (known ? g_array_index (fonts, PaintedFont, glyph->font).object : 0, glyph->code);
  g_array_append_val (shapes, shape);
}

/* SHAPES, where given, becomes the shape of each glyph. */
static GArray *
glyphs_from_seen (const SeenPage *seen, GArray *shapes)
{
  GArray *glyphs = g_array_sized_new (FALSE, FALSE, sizeof (Glyph), seen->painted->glyphs->len);
  g_autofree guint8 *faces = type_faces (seen->painted);
  const PaintedGlyph *before = NULL, *space = NULL;
  for (guint i = 0; i < seen->painted->glyphs->len; i++) {
    const PaintedGlyph *glyph = &g_array_index (seen->painted->glyphs, PaintedGlyph, i);
    gboolean struck = seen->glyph_fates[i] == FATE_STRUCK;
    if (!glyph->character || (seen->glyph_fates[i] != FATE_SEEN && !struck))
      continue;
    if (!glyph->space) {
      gboolean apart = before && is_apart (before, glyph, WORD_GAP);
      settle_soft_hyphen (glyphs, glyph, apart);
      add_glyph (glyphs, glyph, space_beside (before, space, glyph), apart, struck,
                 type_style (seen->painted, faces, glyph));
      if (shapes)
        add_shape (shapes, seen, glyph);
      before = glyph;
    }
    space = glyph->space ? glyph : NULL;
  }
  before = NULL;
  space = NULL;
  for (guint i = 0; i < seen->added->len; i++) {
    const PaintedGlyph *glyph = &g_array_index (seen->added, PaintedGlyph, i);
    if (!glyph->space) {
      add_glyph (glyphs, glyph, space_beside (before, space, glyph), !before || is_apart (before, glyph, WORD_GAP),
                 FALSE, type_style (seen->painted, faces, glyph));
      if (shapes)
        add_shape (shapes, seen, glyph);
      before = glyph;
    }
    space = glyph->space ? glyph : NULL;
  }
  mark_unknown_spaces (glyphs);
  return glyphs;
}

static GArray *
painted_lines_from_seen (const SeenPage *seen)
{
  g_autofree gboolean *paths = g_new (gboolean, seen->painted->paths->len + 1);
  for (guint i = 0; i < seen->painted->paths->len; i++)
    paths[i] = seen->path_fates[i] == FATE_SEEN;
  return painted_lines_from_paths (seen->painted, paths);
}

static GArray *
ruling_lines_from_painted (GArray *lines)
{
  GArray *ruling_lines = g_array_sized_new (FALSE, TRUE, sizeof (RulingLine), lines->len);
  for (guint i = 0; i < lines->len; i++)
    g_array_append_val (ruling_lines, g_array_index (lines, PaintedLine, i).line);
  return ruling_lines;
}

static TextLayer
text_layer_from_seen (const SeenPage *seen, const ReadOptions *options)
{
  g_autofree gboolean *counted = g_new (gboolean, seen->painted->glyphs->len + 1);
  for (guint i = 0; i < seen->painted->glyphs->len; i++)
    counted[i] = seen->glyph_fates[i] == FATE_SEEN || seen->glyph_fates[i] == FATE_STRUCK;
  return text_layer_from_painted (seen->painted, counted, options);
}

/* The share of glyphs whose fonts may have no map where the others are to be told by their shapes: such a font does not tell
 * its space from its letters. */
#define UNMAPPED_MOST 0.01

static gboolean
fonts_have_maps (const PaintedPage *painted)
{
  guint unmapped = 0;
  for (guint i = 0; i < painted->glyphs->len; i++) {
    int font = g_array_index (painted->glyphs, PaintedGlyph, i).font;
    gboolean known = font >= 0 && (guint)font < painted->fonts->len;
    unmapped += !known || !g_array_index (painted->fonts, PaintedFont, font).unicode;
  }
  return unmapped <= UNMAPPED_MOST * painted->glyphs->len;
}

Page *
page_from_painted (const PaintedPage *painted, int number, const ReadOptions *options, GPtrArray *notes,
                   TextLayer *layer)
{
  g_autofree guint8 *glyph_fates = g_new0 (guint8, painted->glyphs->len + 1),
                    *path_fates = g_new0 (guint8, painted->paths->len + 1);
  g_autoptr (GArray) added = g_array_new (FALSE, TRUE, sizeof (PaintedGlyph));
  gboolean text_layer = painted_page_has_text_layer (painted);
  g_autoptr (GArray) covers = covers_from_painted (painted, text_layer);
  SeenPage seen = {painted, number, glyph_fates, path_fates, added, covers};
  fields_read (&seen, notes);
  struck_by_letters_tell (&seen);
  visible_tell (&seen, text_layer, notes);
  shadows_tell (&seen);
  fate_note_page (&seen, FATE_SHADOW, "painted-twice", "are painted twice, a little off, and read once", notes);
  ruby_leave_out (&seen);
  fate_note_page (&seen, FATE_RUBY, "reading-left-out", "say how a word beside them is read, and are left out", notes);
  overlays_tell (&seen, notes);
  marks_read (&seen, options->knowledge, notes);
  /* Lines are looked at one by one: a path may have many. */
  g_autoptr (GArray) lines = painted_lines_from_seen (&seen);
  visible_cut_lines (&seen, lines);
  struck_tell (&seen, lines);
  pen_strokes_tell (&seen);
  Page *page = page_new (number, painted->width, painted->height);
  *layer = text_layer_from_seen (&seen, options);
  if (text_layer_is_broken (layer) && !layer->unseen && fonts_have_maps (painted))
    layer->shapes = g_array_new (FALSE, FALSE, sizeof (guint));
  page->glyphs = glyphs_from_seen (&seen, layer->shapes);
  page->ruling_lines = ruling_lines_from_painted (lines);
  return page;
}
