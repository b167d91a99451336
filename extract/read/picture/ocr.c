/* ocr.c - see ocr.h */
#include "read/picture/ocr.h"

#include "read/picture/catalogue_fill.h"
#include "read/picture/digit_check.h"
#include "read/picture/ocr_fixes.h"
#include "read/picture/ocr_glyphs.h"
#include "read/picture/picture_cells.h"
#include "read/picture/picture_dirt.h"
#include "read/picture/picture_lines.h"
#include "read/picture/picture_marks.h"
#include "read/picture/picture_rules.h"
#include "read/picture/skew.h"

#include <math.h>
#include <string.h>

/* A page that lies straighter than this, radians, is left as it is. */
#define STRAIGHT 0.0003

#define EM_LEAST 2.5 /* points; smaller letters are nine pixels high */

#define MARK_ROOM 0.15
#define MARK_CONFIDENCE 0.99F

#define PIECES_IN_EM 15.0 /* the most complex ideographs have ten */

#define LEAST_INK 0.006 /* square ems: half of a full stop */

#define MARGIN 0.3 /* around a line, ems */

/* Pages that stand upright have a mean confidence of 0.85 and more, on their heads 0.3. */
#define READS_WELL 0.6

/* So many lines are read to find out. */
#define SAMPLES 8

/* What is read, and with what. */
typedef struct {
  Page *page;
  Picture *picture; /* set straight */
  Recogniser *recogniser;
  GArray *strips; /* Strip */
  double em;      /* of most lines, pixels */
} Reading;

static void
strips_of_parts (Reading *reading, GArray *parts, gboolean cells)
{
  g_array_set_size (reading->strips, 0);
  for (guint i = 0; i < parts->len; i++)
    strips_from_area (reading->picture, g_array_index (parts, Part, i), cells, reading->em, reading->strips);
}

/* Photographs and noise are many more pieces than letters are. */
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

/* The words of a strip without marks. */
static void
read_words (Reading *reading, const Strip *strip)
{
  int margin = (int)(reading->em * MARGIN);
  g_autoptr (Ink) ink = ink_from_part (reading->picture, strip->part);
  if (!is_writing (ink, reading->em))
    return;
  g_autoptr (Picture) line = picture_from_strip (reading->picture, strip, margin);
  g_autoptr (GArray) symbols = symbols_from_line (reading->recogniser, line, NULL);
  g_autofree double *middles = middles_of_symbols (symbols);
  symbols_look_again (reading->recogniser, line, symbols, middles);
  symbols_mend (symbols);
  symbols_expect (symbols);
  SeenLine seen = {strip, ink, margin, reading->em, reading->picture->scale};
  glyphs_add_line (reading->page->glyphs, symbols, &seen);
}

/* A mark takes a little more room than its ink, so that there is no space beside it; AFTER: where the words before it
 * end. */
static void
add_mark (Reading *reading, const Strip *strip, const Mark *mark, int after)
{
  double scale = reading->picture->scale, height = strip->part.y1 - strip->part.y0, room = MARK_ROOM * reading->em;
  double middle = (strip->part.y0 + strip->part.y1) / 2.0, half = MAX (height, reading->em * 0.9) / 2;
  double left = MAX (mark->left - room, after), right = MIN (mark->right + room, strip->part.x1);
  Glyph glyph = {.character = mark->character, .confidence = MARK_CONFIDENCE};
  glyph.box = (Box){left / scale, (middle - half) / scale, right / scale, (middle + half) / scale};
  g_array_append_val (reading->page->glyphs, glyph);
}

/* The part of INK from FROM to TO (pixels of the picture) that has ink; empty where there is hardly any. */
static Part
part_with_ink (const Ink *ink, int from, int to, double em)
{
  Part inked = {to, ink->part.y0, from, ink->part.y1};
  int count = 0;
  for (int x = MAX (from - ink->part.x0, 0); x < MIN (to - ink->part.x0, ink->width); x++)
    for (int y = 0; y < ink->height; y++)
      if (ink->bits[(gsize)y * ink->width + x]) {
        inked.x0 = MIN (inked.x0, ink->part.x0 + x);
        inked.x1 = ink->part.x0 + x + 1;
        count++;
      }
  return count > LEAST_INK * em * em ? inked : (Part){from, ink->part.y0, from, ink->part.y1};
}

/* Marks by their shapes, and the words between them. */
static void
read_strip (Reading *reading, const Strip *strip)
{
  g_autoptr (Ink) ink = ink_from_part (reading->picture, strip->part);
  g_autoptr (GArray) marks = marks_of_ink (ink, reading->em);
  int at = strip->part.x0;
  for (guint i = 0; i <= marks->len; i++) {
    const Mark *mark = i < marks->len ? &g_array_index (marks, Mark, i) : NULL;
    Strip words = {part_with_ink (ink, at, mark ? mark->left : strip->part.x1, reading->em), strip->area};
    if (!part_is_empty (words.part))
      read_words (reading, &words);
    if (!mark)
      break;
    add_mark (reading, strip, mark, words.part.x1);
    at = mark->right;
  }
}

/* Each symbol goes back to the strip that it was taken from; there it is as wide as the line is. */
static void
add_upright_glyphs (Reading *reading, guint first, GArray *symbols, int margin, int step)
{
  double scale = reading->picture->scale;
  for (guint i = 0; i < symbols->len; i++) {
    const Symbol *symbol = &g_array_index (symbols, Symbol, i);
    int index = (int)(((symbol->left + symbol->right) / 2 - margin) / step);
    index = CLAMP (symbols->len == reading->strips->len - first ? (int)i : index, 0,
                   (int)(reading->strips->len - first) - 1);
    const Part *part = &g_array_index (reading->strips, Strip, first + (guint)index).part;
    Glyph glyph = {.character = symbol->character, .confidence = (float)symbol->confidence};
    glyph.box = (Box){part->x0 / scale, part->y0 / scale, part->x1 / scale, part->y1 / scale};
    g_array_append_val (reading->page->glyphs, glyph);
  }
}

static void
read_upright (Reading *reading, guint first)
{
  int margin = (int)(reading->em * MARGIN), step;
  g_autoptr (Picture) line = picture_from_upright (reading->picture, reading->strips, first, margin, &step);
  g_autoptr (GArray) symbols = symbols_from_line (reading->recogniser, line, NULL);
  add_upright_glyphs (reading, first, symbols, margin, step);
}

static void
read_part (Reading *reading, Part part, gboolean cell)
{
  guint first = reading->strips->len;
  picture_clean_part (reading->picture, part, reading->em);
  strips_from_area (reading->picture, part, cell, reading->em, reading->strips);
  if (strips_are_upright (reading->strips, first, reading->em)) {
    read_upright (reading, first);
    return;
  }
  for (guint i = first; i < reading->strips->len; i++)
    read_strip (reading, &g_array_index (reading->strips, Strip, i));
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
  const Part *one = &((const Strip *)a)->part, *other = &((const Strip *)b)->part;
  return (other->x1 - other->x0) - (one->x1 - one->x0);
}

/* How surely a few long lines are read, 0 to 1: which side is up. */
static double
confidence_of_sample (Reading *reading)
{
  g_autoptr (GArray) strips = g_array_copy (reading->strips);
  guint read = 0, symbols_read = 0;
  double sum = 0;
  g_array_sort (strips, order_by_length);
  for (guint i = 0; i < strips->len && read < SAMPLES; i++) {
    const Strip *strip = &g_array_index (strips, Strip, i);
    double height = (strip->part.y1 - strip->part.y0) / reading->em;
    if (height < 0.7 || height > 1.4)
      continue;
    g_autoptr (Picture) line = picture_from_strip (reading->picture, strip, (int)(reading->em * MARGIN));
    g_autoptr (GArray) symbols = symbols_from_line (reading->recogniser, line, NULL);
    sum += symbols_confidence (symbols) * symbols->len;
    symbols_read += symbols->len;
    read++;
  }
  return sum / MAX (symbols_read, 1);
}

/* A page, and what is known of it before it is read. */
typedef struct {
  Reading reading;
  GArray *cells;     /* Part */
  double confidence; /* of a sample; 0: there is nothing to read */
} Look;

static Part
all_of_picture (const Picture *picture)
{
  return (Part){0, 0, picture->width, picture->height};
}

static void
look_for_lines (Look *look)
{
  Reading *reading = &look->reading;
  double least = EM_LEAST * reading->picture->scale;
  strips_of_parts (reading, look->cells, TRUE);
  reading->em = em_of_strips (reading->strips, least);
  if (reading->em == 0) {
    strips_from_area (reading->picture, all_of_picture (reading->picture), FALSE, 0, reading->strips);
    reading->em = em_of_strips (reading->strips, least);
  }
  if (reading->em > 0)
    look->confidence = confidence_of_sample (reading);
}

/* Takes STRAIGHT. */
static Look *
look_at_straight (Picture *straight, Recogniser *recogniser)
{
  Look *look = g_new0 (Look, 1);
  Page *page = page_new (0, straight->width / straight->scale, straight->height / straight->scale);
  page->recognised = TRUE;
  page->glyphs = g_array_new (FALSE, TRUE, sizeof (Glyph));
  page->ruling_lines = rules_from_picture (straight);
  look->reading = (Reading){page, straight, recogniser, g_array_new (FALSE, FALSE, sizeof (Strip)), 0};
  look->cells = cells_from_picture (straight, page);
  look_for_lines (look);
  return look;
}

static void
look_free (Look *look)
{
  page_free (look->reading.page);
  picture_free (look->reading.picture);
  g_array_unref (look->reading.strips);
  g_array_unref (look->cells);
  g_free (look);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Look, look_free)

/* First the cells, then the page without its tables. */
static Page *
read_page (Look *look)
{
  Reading *reading = &look->reading;
  if (look->confidence > 0) {
    g_array_set_size (reading->strips, 0);
    for (guint i = 0; i < look->cells->len; i++)
      read_part (reading, g_array_index (look->cells, Part, i), TRUE);
    picture_clear_tables (reading->picture, reading->page);
    read_part (reading, all_of_picture (reading->picture), FALSE);
  }
  reading->page->confidence = mean_confidence (reading->page->glyphs);
  return g_steal_pointer (&reading->page);
}

static Look *
look_at_picture (const Picture *picture, int quarters, Recogniser *recogniser)
{
  g_autoptr (Picture) turned = quarters % 2 ? picture_turned_right (picture) : NULL;
  const Picture *level = turned ? turned : picture;
  double angle = skew_of_picture (level);
  angle = fabs (angle) > STRAIGHT ? angle : 0;
  return look_at_straight (picture_turned (level, angle + (quarters >= 2 ? G_PI : 0)), recogniser);
}

/* Lines tell whether a page lies on its side, though not always; which side is up is only found out by how well it
 * reads. */
Page *
page_from_picture (const Picture *picture, Recogniser *recogniser)
{
  int likely = picture_lies_on_its_side (picture) ? 1 : 0;
  const int quarters[] = {likely, likely + 2, 1 - likely, 3 - likely};
  g_autoptr (Look) best = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (quarters) && (!best || best->confidence < READS_WELL); i++) {
    g_autoptr (Look) look = look_at_picture (picture, quarters[i], recogniser);
    if (best && look->confidence <= best->confidence)
      continue;
    g_clear_pointer (&best, look_free);
    best = g_steal_pointer (&look);
    if (best->confidence == 0)
      break;
  }
  return read_page (best);
}
