/* fate_note.c - see fate_note.h */
#include "read/pdf/fate_note.h"

/* Characters of a run that a note has. */
#define WORDS_LIMIT 60

/* Glyphs this many ems from a run are not part of it. */
#define RUN_GAP 1.5

char *
fate_words (const SeenPage *seen, PaintedFate fate, guint first, guint end)
{
  GString *words = g_string_new (NULL);
  gboolean space = FALSE;
  int count = 0;
  for (guint i = first; i < end; i++) {
    const PaintedGlyph *glyph = &g_array_index (seen->painted->glyphs, PaintedGlyph, i);
    if (seen->glyph_fates[i] != fate)
      continue;
    if (glyph->space) {
      space = TRUE;
      continue;
    }
    if (count++ == WORDS_LIMIT) {
      g_string_append (words, "…");
      break;
    }
    if (space && words->len > 0)
      g_string_append_c (words, ' ');
    gboolean printable =
        glyph->character && g_unichar_validate (glyph->character) && g_unichar_isprint (glyph->character);
    g_string_append_unichar (words, printable ? glyph->character : 0xfffd);
    space = FALSE;
  }
  return g_string_free (words, FALSE);
}

gsize
fate_letters (const SeenPage *seen, PaintedFate fate, guint first, guint end)
{
  gsize letters = 0;
  for (guint i = first; i < end; i++)
    letters += seen->glyph_fates[i] == fate && !g_array_index (seen->painted->glyphs, PaintedGlyph, i).space;
  return letters;
}

static gboolean
is_near (Box run, const PaintedGlyph *glyph)
{
  double gap = RUN_GAP * MAX (glyph->size, 1);
  return glyph->box.x0 <= run.x1 + gap && glyph->box.x1 >= run.x0 - gap && glyph->box.y0 <= run.y1 + gap &&
         glyph->box.y1 >= run.y0 - gap;
}

static void
note_run (const SeenPage *seen, PaintedFate fate, const char *code, const char *what, guint first, guint end, Box box,
          GPtrArray *notes)
{
  g_autofree char *words = fate_words (seen, fate, first, end);
  if (!*words)
    return;
  notes_add (notes, code, NOTE_INFO, (Place){.page = seen->number, .box = box}, "“%s” %s.", words, what);
  notes_count_left_out (notes, fate_letters (seen, fate, first, end));
}

void
fate_note_runs (const SeenPage *seen, PaintedFate fate, const char *code, const char *what, GPtrArray *notes)
{
  guint first = 0, end = 0, runs = 0;
  gsize letters = 0;
  Box box = {0};
  for (guint i = 0; i <= seen->painted->glyphs->len; i++) {
    gboolean last = i == seen->painted->glyphs->len;
    const PaintedGlyph *glyph = last ? NULL : &g_array_index (seen->painted->glyphs, PaintedGlyph, i);
    if (!last && (seen->glyph_fates[i] != fate || glyph->space))
      continue;
    if (end > first && !last && is_near (box, glyph)) {
      box = box_union (box, glyph->box);
      end = i + 1;
      continue;
    }
    if (end > first && runs++ < FATE_NOTES_LIMIT)
      note_run (seen, fate, code, what, first, end, box, notes);
    else if (end > first)
      letters += fate_letters (seen, fate, first, end);
    if (last)
      break;
    first = i;
    end = i + 1;
    box = glyph->box;
  }
  if (runs <= FATE_NOTES_LIMIT)
    return;
  notes_add (notes, code, NOTE_INFO,
             (Place){.page = seen->number, .box = {0, 0, seen->painted->width, seen->painted->height}},
             "%u more runs of words of this page: the same.", runs - FATE_NOTES_LIMIT);
  notes_count_left_out (notes, letters);
}

void
fate_note_page (const SeenPage *seen, PaintedFate fate, const char *code, const char *what, GPtrArray *notes)
{
  guint count = seen->painted->glyphs->len;
  gsize letters = fate_letters (seen, fate, 0, count);
  if (letters == 0)
    return;
  Place place = {.page = seen->number};
  for (guint i = 0, found = 0; i < count; i++) {
    const PaintedGlyph *glyph = &g_array_index (seen->painted->glyphs, PaintedGlyph, i);
    if (seen->glyph_fates[i] == fate && !glyph->space)
      place.box = found++ ? box_union (place.box, glyph->box) : glyph->box;
  }
  g_autofree char *words = fate_words (seen, fate, 0, count);
  notes_add (notes, code, NOTE_INFO, place, "%" G_GSIZE_FORMAT " letters of the page %s: “%s”.", letters, what, words);
}
