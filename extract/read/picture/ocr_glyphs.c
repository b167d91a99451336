/* ocr_glyphs.c - see ocr_glyphs.h */
#include "read/picture/ocr_glyphs.h"

#include "model/page.h"
#include "text/line_break.h"

#define EMPTY_SIDE 0.45 /* ems */

/* Where the symbols stand, as Tesseract tells it, is rough and now and then out of order. Their order in the text is
 * sure: middles that go back are put at their common mean. */
double *
middles_of_symbols (GArray *symbols)
{
  double *middles = g_new (double, symbols->len + 1);
  for (guint i = 0; i < symbols->len; i++) {
    const Symbol *symbol = &g_array_index (symbols, Symbol, i);
    middles[i] = (symbol->left + symbol->right) / 2;
  }
  for (guint i = 1; i < symbols->len; i++) {
    double sum = middles[i];
    for (guint start = i; start-- > 0 && middles[start] > sum / (i - start);) {
      sum += middles[start];
      for (guint j = start; j <= i; j++)
        middles[j] = sum / (i - start + 1);
    }
  }
  return middles;
}

/* The widest gap in the ink of LINE between two places, pixels. */
typedef struct {
  int from, to;
} Gap;

static Gap
gap_between (const Ink *line, double left, double right)
{
  Gap widest = {(int)((left + right) / 2), (int)((left + right) / 2)};
  int from = -1;
  for (int x = MAX ((int)left, 0); x <= MIN ((int)right, line->width); x++) {
    gboolean has = x == line->width || x == (int)right;
    for (int y = 0; y < line->height && !has; y++)
      has = line->bits[(gsize)y * line->width + x];
    if (!has && from < 0)
      from = x;
    if (has && from >= 0 && x - from > widest.to - widest.from)
      widest = (Gap){from, x};
    from = has ? -1 : from;
  }
  return widest;
}

static gboolean
opens (gunichar character)
{
  return g_unichar_type (character) == G_UNICODE_OPEN_PUNCTUATION;
}

/* ） 、 and 。, and ) since that is what ） is read as as often as not. */
static gboolean
closes (gunichar character)
{
  GUnicodeType type = g_unichar_type (character);
  return type == G_UNICODE_CLOSE_PUNCTUATION || character == 0x3001 || character == 0x3002;
}

/* Half of the em of 、 and （ is empty, and no space stands inside of brackets. */
static gboolean
is_space (Gap gap, gunichar left, gunichar right, double em)
{
  gboolean wide_left = character_is_wide (left), wide_right = character_is_wide (right);
  double width = (gap.to - gap.from) / em - (closes (left) ? EMPTY_SIDE : 0) - (opens (right) ? EMPTY_SIDE : 0);
  return !opens (left) && !closes (right) &&
         width > (wide_left && wide_right   ? 0.6
                  : wide_left || wide_right ? 0.4
                                            : 0.26);
}

/* What is empty of the em of a bracket or a comma is no part of GAP. */
static Gap
gap_without_empty_sides (Gap gap, gunichar left, gunichar right, double em)
{
  gap.from += closes (left) ? (int)(EMPTY_SIDE * em) : 0;
  gap.to -= opens (right) ? (int)(EMPTY_SIDE * em) : 0;
  return gap;
}

/* Glyphs lie side by side where there is no space between them, as those of other documents do. */
void
glyphs_add_line (GArray *glyphs, GArray *symbols, const SeenLine *line)
{
  const Part *part = &line->strip->part;
  double scale = line->scale, em = line->em, margin = line->margin;
  double middle = (part->y0 + part->y1) / 2.0, half = MAX (part->y1 - part->y0, em * 0.9) / 2;
  double origin = part->x0 - margin, left = part->x0;
  g_autofree double *middles = middles_of_symbols (symbols);
  gboolean space = FALSE;
  for (guint i = 0; i < symbols->len; i++) {
    const Symbol *symbol = &g_array_index (symbols, Symbol, i);
    Glyph glyph = {.character = symbol->character, .space_before = space, .confidence = (float)symbol->confidence};
    double right = part->x1, next_left = right;
    if (i + 1 < symbols->len) {
      Gap gap = gap_between (line->ink, middles[i] - margin, middles[i + 1] - margin);
      space = is_space (gap, glyph.character, symbol[1].character, em);
      if (space)
        gap = gap_without_empty_sides (gap, glyph.character, symbol[1].character, em);
      right = origin + margin + (space ? gap.from : (gap.from + gap.to) / 2.0);
      next_left = space ? origin + margin + gap.to : right;
    }
    glyph.box = (Box){left / scale, (middle - half) / scale, right / scale, (middle + half) / scale};
    g_array_append_val (glyphs, glyph);
    left = next_left;
  }
}
