/* ocr.c - see ocr.h */
#include "read/picture/ocr.h"

#include "read/picture/picture_cells.h"
#include "read/picture/picture_filters.h"
#include "read/picture/picture_lines.h"
#include "read/picture/picture_marks.h"
#include "read/picture/picture_rings.h"
#include "read/picture/picture_ruling_lines.h"
#include "read/picture/picture_specks.h"
#include "read/picture/picture_strikes.h"
#include "read/picture/skew.h"
#include "text/line_break.h"

#include <math.h>
#include <string.h>

/* A page with less skew than this, radians, is left as it is. */
#define STRAIGHT 0.0003

#define EM_LEAST 2.5 /* points; smaller letters are nine pixels high */

#define MARK_ROOM 0.15 /* beside a mark, ems */
#define MARK_CONFIDENCE 0.99F

#define RING_WIDTH 0.04 /* of the sign for a ring round a word, ems: the wall of the cell may be as near */

#define PIECES_IN_EM 15.0 /* connected components; the most complex ideographs have ten */

#define LEAST_INK 0.006 /* of words, square ems: half of a full stop */

#define MARGIN 0.3 /* around a line, ems */

#define EMPTY_SIDE 0.45 /* of a bracket, a comma or a full stop, ems */

/* A sample of a page that is the right way up has a mean confidence of 0.85 and more, of one upside down 0.3. */
#define CONFIDENCE_ENOUGH 0.6

/* Lines in a sample. */
#define SAMPLE_LINES 8

/* A page as it is recognised. */
typedef struct {
  Page *page;
  Picture *picture; /* set straight */
  Tesseract *tesseract;
  OcrFixes *fixes;
  GArray *strips; /* Strip; those of the part that is recognised at the moment */
  double em;      /* the height of most lines, pixels */
} OcrReading;

/* Photographs and noise have many more connected components than letters have. */
static gboolean
is_writing (const Ink *ink, double em)
{
  g_autofree guchar *bits = g_memdup2 (ink->bits, (gsize)ink->width * ink->height);
  Ink left = {ink->part, ink->width, ink->height, bits};
  g_autoptr (GArray) pixels = g_array_new (FALSE, FALSE, sizeof (guint));
  double most = PIECES_IN_EM * ink->width / em + PIECES_IN_EM, pieces = 0;
  for (int y = 0; y < ink->height && pieces <= most; y++)
    for (int x = 0; x < ink->width && pieces <= most; x++)
      if (bits[(gsize)y * ink->width + x]) {
        ink_take_piece (&left, x, y, pixels);
        pieces++;
      }
  return pieces <= most;
}

/* The middles of SYMBOLS, pixels in the picture of the line, in ascending order. Where Tesseract places a symbol is
 * rough and now and then out of order; their order in the text is sure. So middles that go back are put at their common
 * mean. The caller frees. */
static double *
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
} InkGap;

static InkGap
gap_between (const Ink *line, double left, double right)
{
  InkGap widest = {(int)((left + right) / 2), (int)((left + right) / 2)};
  int from = -1;
  for (int x = MAX ((int)left, 0); x <= MIN ((int)right, line->width); x++) {
    gboolean has = x == line->width || x == (int)right;
    for (int y = 0; y < line->height && !has; y++)
      has = line->bits[(gsize)y * line->width + x];
    if (!has && from < 0)
      from = x;
    if (has && from >= 0 && x - from > widest.to - widest.from)
      widest = (InkGap){from, x};
    from = has ? -1 : from;
  }
  return widest;
}

static gboolean
opens (gunichar character)
{
  return g_unichar_type (character) == G_UNICODE_OPEN_PUNCTUATION;
}

/* ） 、 and 。, and ), as which ） is recognised half of the time. */
static gboolean
closes (gunichar character)
{
  GUnicodeType type = g_unichar_type (character);
  return type == G_UNICODE_CLOSE_PUNCTUATION || character == 0x3001 || character == 0x3002;
}

/* 1 and the points of a number leave most of their place empty where all letters are equally wide. */
static gboolean
is_of_number (gunichar character)
{
  return g_unichar_isdigit (character) || (character && character < 128 && strchr (".,:", (int)character));
}

static gboolean
is_slim_in_number (gunichar left, gunichar right)
{
  return is_of_number (left) && is_of_number (right) &&
         (left == '1' || right == '1' || !g_unichar_isdigit (left) || !g_unichar_isdigit (right));
}

/* Half of the em of 、 and （ is empty, and there is no space inside of brackets. */
static gboolean
is_space (InkGap gap, gunichar left, gunichar right, double em)
{
  gboolean wide_left = character_is_wide (left), wide_right = character_is_wide (right);
  double width = (gap.to - gap.from) / em - (closes (left) ? EMPTY_SIDE : 0) - (opens (right) ? EMPTY_SIDE : 0);
  return !opens (left) && !closes (right) &&
         width > (wide_left && wide_right           ? 0.6
                  : wide_left || wide_right         ? 0.4
                  : is_slim_in_number (left, right) ? 0.42
                                                    : 0.26);
}

/* What is empty of the em of a bracket or a comma is not part of GAP. */
static InkGap
gap_without_empty_sides (InkGap gap, gunichar left, gunichar right, double em)
{
  gap.from += closes (left) ? (int)(EMPTY_SIDE * em) : 0;
  gap.to -= opens (right) ? (int)(EMPTY_SIDE * em) : 0;
  return gap;
}

/* Appends the glyphs of SYMBOLS, recognised in STRIP, whose ink is INK, with MARGIN pixels around it. Glyphs without a
 * space between them touch, as those of other documents do. */
static void
add_line_glyphs (OcrReading *reading, GArray *symbols, const Strip *strip, const Ink *ink, int margin)
{
  const PixelBox *part = &strip->part;
  double scale = reading->picture->scale, em = reading->em;
  double middle = (part->y0 + part->y1) / 2.0, half = MAX (part->y1 - part->y0, em * 0.9) / 2;
  double origin = part->x0 - (double)margin, left = part->x0;
  g_autofree double *middles = middles_of_symbols (symbols);
  gboolean space = FALSE;
  for (guint i = 0; i < symbols->len; i++) {
    const Symbol *symbol = &g_array_index (symbols, Symbol, i);
    Glyph glyph = {.character = symbol->character,
                   .painted_space = space ? ' ' : 0,
                   .space_before = space,
                   .confidence = (float)symbol->confidence};
    double right = part->x1, next_left = right;
    if (i + 1 < symbols->len) {
      InkGap gap = gap_between (ink, middles[i] - margin, middles[i + 1] - margin);
      space = is_space (gap, glyph.character, symbol[1].character, em);
      if (space)
        gap = gap_without_empty_sides (gap, glyph.character, symbol[1].character, em);
      right = origin + margin + (space ? gap.from : (gap.from + gap.to) / 2.0);
      next_left = space ? origin + margin + gap.to : right;
    }
    glyph.box = (Box){left / scale, (middle - half) / scale, right / scale, (middle + half) / scale};
    g_array_append_val (reading->page->glyphs, glyph);
    left = next_left;
  }
}

/* Appends the words of STRIP, which has no marks. */
static void
read_words (OcrReading *reading, const Strip *strip)
{
  int margin = (int)(reading->em * MARGIN);
  g_autoptr (Ink) ink = ink_from_part (reading->picture, strip->part);
  if (!is_writing (ink, reading->em))
    return;
  g_autoptr (Picture) line = picture_from_strip (reading->picture, strip, margin);
  g_autoptr (GArray) symbols = symbols_from_line (reading->tesseract, line, NULL);
  g_autofree double *middles = middles_of_symbols (symbols);
  symbols_correct (symbols, middles, line, reading->tesseract, reading->fixes);
  add_line_glyphs (reading, symbols, strip, ink, margin);
}

/* A glyph a little wider than the ink of MARK, so that there is no space beside it. AFTER: where the words before it
 * end, pixels. */
static void
add_mark (OcrReading *reading, const Strip *strip, const Mark *mark, int after)
{
  double scale = reading->picture->scale, height = strip->part.y1 - strip->part.y0, room = MARK_ROOM * reading->em;
  double middle = (strip->part.y0 + strip->part.y1) / 2.0, half = MAX (height, reading->em * 0.9) / 2;
  double left = MAX (mark->left - room, after), right = MIN (mark->right + room, strip->part.x1);
  Glyph glyph = {.character = mark->character, .confidence = MARK_CONFIDENCE};
  glyph.box = (Box){left / scale, (middle - half) / scale, right / scale, (middle + half) / scale};
  g_array_append_val (reading->page->glyphs, glyph);
}

/* The part of INK between the columns FROM and TO (of the picture) that has ink; empty where there is hardly any. */
static PixelBox
part_with_ink (const Ink *ink, int from, int to, double em)
{
  PixelBox inked = {to, ink->part.y0, from, ink->part.y1};
  int count = 0;
  for (int x = MAX (from - ink->part.x0, 0); x < MIN (to - ink->part.x0, ink->width); x++)
    for (int y = 0; y < ink->height; y++)
      if (ink->bits[(gsize)y * ink->width + x]) {
        inked.x0 = MIN (inked.x0, ink->part.x0 + x);
        inked.x1 = ink->part.x0 + x + 1;
        count++;
      }
  return count > LEAST_INK * em * em ? inked : (PixelBox){from, ink->part.y0, from, ink->part.y1};
}

/* Marks by their shapes, and the words between them. */
static void
read_strip (OcrReading *reading, const Strip *strip)
{
  g_autoptr (Ink) ink = ink_from_part (reading->picture, strip->part);
  g_autoptr (GArray) marks = marks_of_ink (ink, reading->em);
  int at = strip->part.x0;
  for (guint i = 0; i <= marks->len; i++) {
    const Mark *mark = i < marks->len ? &g_array_index (marks, Mark, i) : NULL;
    Strip words = {part_with_ink (ink, at, mark ? mark->left : strip->part.x1, reading->em), strip->area};
    if (!pixel_box_is_empty (words.part))
      read_words (reading, &words);
    if (!mark)
      break;
    add_mark (reading, strip, mark, words.part.x1);
    at = mark->right;
  }
}

/* The glyphs of a vertical line, whose characters were put side by side every STEP pixels: each symbol goes back to the
 * strip that it was taken from. */
static void
add_vertical_glyphs (OcrReading *reading, guint first, GArray *symbols, int margin, int step)
{
  double scale = reading->picture->scale;
  for (guint i = 0; i < symbols->len; i++) {
    const Symbol *symbol = &g_array_index (symbols, Symbol, i);
    int index = (int)(((symbol->left + symbol->right) / 2 - margin) / step);
    index = CLAMP (symbols->len == reading->strips->len - first ? (int)i : index, 0,
                   (int)(reading->strips->len - first) - 1);
    const PixelBox *part = &g_array_index (reading->strips, Strip, first + (guint)index).part;
    Glyph glyph = {.character = symbol->character, .confidence = (float)symbol->confidence};
    glyph.box = (Box){part->x0 / scale, part->y0 / scale, part->x1 / scale, part->y1 / scale};
    g_array_append_val (reading->page->glyphs, glyph);
  }
}

static void
read_vertical (OcrReading *reading, guint first)
{
  int margin = (int)(reading->em * MARGIN), step;
  g_autoptr (Picture) line = picture_from_vertical (reading->picture, reading->strips, first, margin, &step);
  g_autoptr (GArray) symbols = symbols_from_line (reading->tesseract, line, NULL);
  add_vertical_glyphs (reading, first, symbols, margin, step);
}

/* Puts a ○ before the first of the glyphs from FIRST on that each of RINGS is drawn round. */
static void
put_rings (OcrReading *reading, const GArray *rings, guint first)
{
  GArray *glyphs = reading->page->glyphs;
  double width = RING_WIDTH * reading->em / reading->picture->scale;
  for (guint i = 0; i < rings->len; i++) {
    Box ring = box_of_pixels (reading->picture, g_array_index (rings, PixelBox, i));
    for (guint j = first; j < glyphs->len; j++) {
      Box box = g_array_index (glyphs, Glyph, j).box;
      if (!box_has (ring, (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2))
        continue;
      Glyph glyph = {.character = 0x25CB, .confidence = MARK_CONFIDENCE};
      glyph.box = (Box){box.x0 - width, box.y0, box.x0, box.y1};
      g_array_insert_val (glyphs, j, glyph);
      break;
    }
  }
}

/* The glyphs from FIRST on that one of STRIKES is drawn through are old words. */
static void
strike_glyphs (OcrReading *reading, const GArray *strikes, guint first)
{
  for (guint i = 0; i < strikes->len; i++) {
    Box strike = box_of_pixels (reading->picture, g_array_index (strikes, PixelBox, i));
    for (guint j = first; j < reading->page->glyphs->len; j++) {
      Glyph *glyph = &g_array_index (reading->page->glyphs, Glyph, j);
      double middle = (glyph->box.x0 + glyph->box.x1) / 2;
      glyph->struck = glyph->struck || (middle > strike.x0 && middle < strike.x1 && strike.y0 > glyph->box.y0 &&
                                        strike.y1 < glyph->box.y1);
    }
  }
}

/* Recognises PART, a cell or what is around the tables. */
static void
read_part (OcrReading *reading, PixelBox part, gboolean cell)
{
  guint first = reading->strips->len, first_glyph = reading->page->glyphs->len;
  picture_clean_part (reading->picture, part, reading->em);
  g_autoptr (GArray) rings = rings_take (reading->picture, part, reading->em);
  g_autoptr (GArray) strikes = strikes_take (reading->picture, part, reading->em);
  strips_from_area (reading->picture, part, cell, reading->em, reading->strips);
  if (strips_are_vertical (reading->strips, first, reading->em)) {
    read_vertical (reading, first);
    return;
  }
  for (guint i = first; i < reading->strips->len; i++)
    read_strip (reading, &g_array_index (reading->strips, Strip, i));
  strike_glyphs (reading, strikes, first_glyph);
  put_rings (reading, rings, first_glyph);
}

static double
mean_confidence (GArray *glyphs)
{
  double sum = 0;
  for (guint i = 0; i < glyphs->len; i++)
    sum += g_array_index (glyphs, Glyph, i).confidence;
  return sum / MAX (glyphs->len, 1);
}

/* Longer strips first. */
static int
order_by_length (gconstpointer a, gconstpointer b)
{
  const PixelBox *one = &((const Strip *)a)->part, *other = &((const Strip *)b)->part;
  return (other->x1 - other->x0) - (one->x1 - one->x0);
}

/* The mean confidence of a few long lines, 0 to 1: it tells whether the page is the right way up. */
static double
confidence_of_sample (OcrReading *reading)
{
  g_autoptr (GArray) strips = g_array_copy (reading->strips);
  guint read = 0, symbols_read = 0;
  double sum = 0;
  g_array_sort (strips, order_by_length);
  for (guint i = 0; i < strips->len && read < SAMPLE_LINES; i++) {
    const Strip *strip = &g_array_index (strips, Strip, i);
    double height = (strip->part.y1 - strip->part.y0) / reading->em;
    if (height < 0.7 || height > 1.4)
      continue;
    g_autoptr (Picture) line = picture_from_strip (reading->picture, strip, (int)(reading->em * MARGIN));
    g_autoptr (GArray) symbols = symbols_from_line (reading->tesseract, line, NULL);
    sum += symbols_confidence (symbols) * symbols->len;
    symbols_read += symbols->len;
    read++;
  }
  return sum / MAX (symbols_read, 1);
}

/* A page rotated one way, and what tells whether that is the right one. */
typedef struct {
  OcrReading reading;
  GArray *cells;     /* PixelBox */
  double confidence; /* of a sample; 0: the page has no text */
} OcrAttempt;

static PixelBox
all_of_picture (const Picture *picture)
{
  return (PixelBox){0, 0, picture->width, picture->height};
}

static void
find_text_lines (OcrAttempt *attempt)
{
  OcrReading *reading = &attempt->reading;
  double least = EM_LEAST * reading->picture->scale;
  for (guint i = 0; i < attempt->cells->len; i++)
    strips_from_area (reading->picture, g_array_index (attempt->cells, PixelBox, i), TRUE, 0, reading->strips);
  reading->em = em_of_strips (reading->strips, least);
  if (reading->em == 0) {
    strips_from_area (reading->picture, all_of_picture (reading->picture), FALSE, 0, reading->strips);
    reading->em = em_of_strips (reading->strips, least);
  }
  if (reading->em > 0)
    attempt->confidence = confidence_of_sample (reading);
}

/* STRAIGHT: the picture, rotated and deskewed; taken. */
static OcrAttempt *
attempt_straight (Picture *straight, Tesseract *tesseract, OcrFixes *fixes)
{
  OcrAttempt *attempt = g_new0 (OcrAttempt, 1);
  Page *page = page_new (0, straight->width / straight->scale, straight->height / straight->scale);
  page->recognised = TRUE;
  page->glyphs = g_array_new (FALSE, TRUE, sizeof (Glyph));
  page->ruling_lines = ruling_lines_from_picture (straight);
  attempt->reading = (OcrReading){page, straight, tesseract, fixes, g_array_new (FALSE, FALSE, sizeof (Strip)), 0};
  attempt->cells = cells_from_picture (straight, page);
  find_text_lines (attempt);
  return attempt;
}

static void
attempt_free (OcrAttempt *attempt)
{
  page_free (attempt->reading.page);
  picture_free (attempt->reading.picture);
  g_array_unref (attempt->reading.strips);
  g_array_unref (attempt->cells);
  g_free (attempt);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcrAttempt, attempt_free)

/* First the cells, then the page without its tables. Moves the page out of ATTEMPT. */
static Page *
page_from_attempt (OcrAttempt *attempt)
{
  OcrReading *reading = &attempt->reading;
  if (attempt->confidence > 0) {
    g_array_set_size (reading->strips, 0);
    for (guint i = 0; i < attempt->cells->len; i++) {
      PixelBox cell = g_array_index (attempt->cells, PixelBox, i);
      read_part (reading, cell, TRUE);
      picture_clear_part (reading->picture, cell); /* what is around it has other words */
    }
    picture_clear_tables (reading->picture, reading->page);
    read_part (reading, all_of_picture (reading->picture), FALSE);
  }
  reading->page->confidence = mean_confidence (reading->page->glyphs);
  return g_steal_pointer (&reading->page);
}

static OcrAttempt *
attempt_picture (const Picture *picture, int quarters, Tesseract *tesseract, OcrFixes *fixes)
{
  g_autoptr (Picture) rotated = quarters % 2 ? picture_rotated_clockwise (picture) : NULL;
  const Picture *upright = rotated ? rotated : picture;
  double angle = skew_of_picture (upright);
  angle = fabs (angle) > STRAIGHT ? angle : 0;
  return attempt_straight (picture_rotated (upright, angle + (quarters >= 2 ? G_PI : 0)), tesseract, fixes);
}

/* The direction of its lines tells, though not always, whether a page lies on its side; which side is up can only be
 * told by how well it is recognised. The likeliest of the four rotations is tried first. */
Page *
page_from_picture (const Picture *picture, Tesseract *tesseract, OcrFixes *fixes)
{
  int likely = picture_lies_on_its_side (picture) ? 1 : 0;
  const int quarters[] = {likely, likely + 2, 1 - likely, 3 - likely};
  g_autoptr (OcrAttempt) best = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (quarters) && (!best || best->confidence < CONFIDENCE_ENOUGH); i++) {
    g_autoptr (OcrAttempt) attempt = attempt_picture (picture, quarters[i], tesseract, fixes);
    if (best && attempt->confidence <= best->confidence)
      continue;
    g_clear_pointer (&best, attempt_free);
    best = g_steal_pointer (&attempt);
    if (best->confidence == 0)
      break;
  }
  return page_from_attempt (best);
}
