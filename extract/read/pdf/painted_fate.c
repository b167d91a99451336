/* painted_fate.c - see painted_fate.h */
#include "read/pdf/painted_fate.h"

#include <math.h>

/* Glyphs further away than this many ems do not tell the line of a sign. */
#define BESIDE 6.0

double
usual_size (const PaintedPage *page)
{
  guint counts[64] = {0}, most = 10;
  for (guint i = 0; i < page->glyphs->len; i++) {
    double size = g_array_index (page->glyphs, PaintedGlyph, i).size;
    if (size >= 1 && size < 63.5)
      counts[(int)lround (size)]++;
  }
  for (guint i = 1; i < G_N_ELEMENTS (counts); i++)
    most = counts[i] > counts[most] ? i : most;
  return most;
}

Box
box_on_line (const SeenPage *seen, Box box, double em)
{
  double middle = (box.y0 + box.y1) / 2, height = box.y1 - box.y0, nearest = BESIDE * em;
  Box on_line = {box.x0, middle - em / 2, box.x1, middle + em / 2};
  for (guint i = 0; i < seen->painted->glyphs->len; i++) {
    const PaintedGlyph *glyph = &g_array_index (seen->painted->glyphs, PaintedGlyph, i);
    double away = MAX (glyph->box.x0 - box.x1, box.x0 - glyph->box.x1),
           off = (glyph->box.y0 + glyph->box.y1) / 2 - middle;
    if (seen->glyph_fates[i] != FATE_SEEN || glyph->space || !glyph->character || away > nearest ||
        fabs (off) > 0.5 * MAX (em, height))
      continue;
    nearest = MAX (away, 0);
    on_line.y0 = glyph->box.y0;
    on_line.y1 = glyph->box.y1;
  }
  return on_line;
}

void
seen_page_add (SeenPage *seen, gunichar character, Box box)
{
  PaintedGlyph glyph = {.character = character,
                        .box = box,
                        .origin_x = box.x0,
                        .origin_y = box.y1,
                        .direction_x = 1,
                        .size = box.y1 - box.y0,
                        .font = PAINTED_NONE,
                        .space = g_unichar_isspace (character)};
  glyph.state.clip = box;
  glyph.state.opacity = 1;
  glyph.state.annotation = PAINTED_NONE;
  glyph.state.mark = PAINTED_NONE;
  g_array_append_val (seen->added, glyph);
}
