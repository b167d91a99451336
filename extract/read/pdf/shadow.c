/* shadow.c - see shadow.h */
#include "read/pdf/shadow.h"

#include <math.h>

/* A shadow is this many ems off at most, and this share of the glyph's advance along the line: "ll" are two. */
#define OFF_EMS 0.2
#define OFF_ADVANCE 0.6

/* And no further than this, in points: the width of a cell of the table below. */
#define OFF_LIMIT 4.0

/* Glyphs by character and cell of the page: a hash table with chains. */
typedef struct {
  guint mask;
  int *heads, *next; /* indexes of glyphs, -1: none */
} ShadowTable;

static guint
slot_of (const ShadowTable *table, gunichar character, int column, int row)
{
  guint hash = character * 2654435761u ^ (guint)column * 2246822519u ^ (guint)row * 3266489917u;
  return (hash ^ hash >> 15) & table->mask;
}

static int
luminance (PaintedColour colour)
{
  return colour.known ? (colour.red * 299 + colour.green * 587 + colour.blue * 114) / 1000 : 128;
}

static gboolean
is_same (const PaintedGlyph *a, const PaintedGlyph *b)
{
  if (a->character != b->character || fabs (a->size - b->size) > 0.05 * a->size ||
      a->direction_x * b->direction_x + a->direction_y * b->direction_y < 0.99)
    return FALSE;
  double dx = b->origin_x - a->origin_x, dy = b->origin_y - a->origin_y;
  double along = fabs (dx * a->direction_x + dy * a->direction_y),
         across = fabs (dx * a->direction_y - dy * a->direction_x);
  double advance = fabs (a->direction_x) > 0.7 ? a->box.x1 - a->box.x0 : a->box.y1 - a->box.y0;
  double off = MIN (OFF_EMS * a->size, OFF_LIMIT);
  return across <= off && along <= MIN (off, OFF_ADVANCE * advance);
}

/* The glyph of which GLYPH is the same once more, index; -1: there is none. */
static int
twin_of (const SeenPage *seen, const ShadowTable *table, const PaintedGlyph *glyph)
{
  double off = MIN (OFF_EMS * glyph->size, OFF_LIMIT);
  for (int column = (int)floor ((glyph->origin_x - off) / OFF_LIMIT);
       column <= (int)floor ((glyph->origin_x + off) / OFF_LIMIT); column++)
    for (int row = (int)floor ((glyph->origin_y - off) / OFF_LIMIT);
         row <= (int)floor ((glyph->origin_y + off) / OFF_LIMIT); row++)
      for (int i = table->heads[slot_of (table, glyph->character, column, row)]; i >= 0; i = table->next[i])
        if (seen->glyph_fates[i] == FATE_SEEN &&
            is_same (&g_array_index (seen->painted->glyphs, PaintedGlyph, i), glyph))
          return i;
  return -1;
}

static gboolean
can_be_placed (const PaintedGlyph *glyph)
{
  return fabs (glyph->origin_x) < 1e6 && fabs (glyph->origin_y) < 1e6 && glyph->size > 0;
}

void
shadows_tell (SeenPage *seen)
{
  GArray *glyphs = seen->painted->glyphs;
  guint slots = 64;
  while (slots < glyphs->len * 2)
    slots *= 2;
  g_autofree int *heads = g_new (int, slots), *next = g_new (int, glyphs->len + 1);
  ShadowTable table = {slots - 1, heads, next};
  for (guint i = 0; i < slots; i++)
    heads[i] = -1;
  for (guint i = 0; i < glyphs->len; i++) {
    const PaintedGlyph *glyph = &g_array_index (glyphs, PaintedGlyph, i);
    if (seen->glyph_fates[i] != FATE_SEEN || glyph->space || !glyph->character || !can_be_placed (glyph))
      continue;
    int twin = twin_of (seen, &table, glyph);
    /* Shadows of white words on a dark ground are darker than the words: only the words would be left without a twin that
     * is paler, and nothing is lost, since both say the same. */
    if (twin >= 0 && luminance (g_array_index (glyphs, PaintedGlyph, twin).colour) <= luminance (glyph->colour)) {
      seen->glyph_fates[i] = FATE_SHADOW;
      continue;
    }
    if (twin >= 0)
      seen->glyph_fates[twin] = FATE_SHADOW;
    guint slot = slot_of (&table, glyph->character, (int)floor (glyph->origin_x / OFF_LIMIT),
                          (int)floor (glyph->origin_y / OFF_LIMIT));
    next[i] = heads[slot];
    heads[slot] = (int)i;
  }
}
