/* text_line.c - see text_line.h */
#include "layout/text_line.h"

#include "model/numbers.h"

#include <math.h>
#include <string.h>

/* Ems. Between an ideograph and a Latin letter, programs leave a gap of a fifth of the em (Writer, Word); the narrowest
 * space of a Japanese font is 0.224 em (Noto, Source Han). */
#define TYPESET_GAP 0.215
#define LATIN_GAP 0.15

/* The em of Latin letters is guessed from their boxes, which some fonts make 2.6 em high (Noto Sans CJK by Chromium):
 * where the document's own text has a space, a gap of this many ems is one. */
#define LATIN_GAP_SPACED 0.07

/* A glyph is in a line when its middle is off the line's by less than this part of the em. */
#define SAME_LINE 0.45

/* A raised character is smaller than this part of the others, its middle off by this at most, and this near to the
 * character it belongs to; in ems. */
#define RAISED_SIZE 0.85
#define RAISED_MOST 0.8
#define RAISED_NEAR 0.25

/* A line has no more raised characters than this. */
#define RAISED_LENGTH 40

/* Ems: programs leave this much room at a line's end although the next piece would nearly fit. */
#define WRAP_SLACK 0.6

static double
middle (Box box)
{
  return (box.y0 + box.y1) / 2;
}

/* The width of a full-width glyph is the em. Without one, the height tells: a font's box is 1 to 1.5 em high. */
static double
glyph_em (const Glyph *glyph)
{
  double width = glyph->box.x1 - glyph->box.x0, height = glyph->box.y1 - glyph->box.y0;
  return character_is_wide (glyph->character) && width > height * 0.3 ? width : height * 0.75;
}

static int
order_downwards (gconstpointer a, gconstpointer b)
{
  double first = middle ((*(const Glyph *const *)a)->box), second = middle ((*(const Glyph *const *)b)->box);
  return first < second ? -1 : first > second;
}

static void
line_free (gpointer data)
{
  GlyphLine *line = data;
  g_ptr_array_unref (line->glyphs);
  g_free (line);
}

static GlyphLine *
line_new (const Glyph *glyph)
{
  GlyphLine *line = g_new0 (GlyphLine, 1);
  line->glyphs = g_ptr_array_new ();
  line->box = glyph->box;
  return line;
}

/* Left to right; glyphs on the same spot (a letter and its combining mark) stay in the document's order, which is the
 * order of their addresses. */
static int
order_rightwards (gconstpointer a, gconstpointer b)
{
  const Glyph *first = *(const Glyph *const *)a, *second = *(const Glyph *const *)b;
  if (first->box.x0 != second->box.x0)
    return first->box.x0 < second->box.x0 ? -1 : 1;
  return first < second ? -1 : first > second;
}

static double
median_em (GPtrArray *glyphs)
{
  g_autoptr (GArray) ems = g_array_new (FALSE, FALSE, sizeof (double));
  for (int wide = 1; wide >= 0 && ems->len == 0; wide--)
    for (guint i = 0; i < glyphs->len; i++) {
      const Glyph *glyph = g_ptr_array_index (glyphs, i);
      double em = glyph_em (glyph);
      if (!wide || character_is_wide (glyph->character))
        g_array_append_val (ems, em);
    }
  double em = numbers_median (ems, 10);
  return MAX (em, 1);
}

static void
line_complete (gpointer data, gpointer nothing)
{
  GlyphLine *line = data;
  g_ptr_array_sort (line->glyphs, order_rightwards);
  line->em = median_em (line->glyphs);
  for (guint i = 0; i < line->glyphs->len; i++)
    line->box = box_union (line->box, ((const Glyph *)g_ptr_array_index (line->glyphs, i))->box);
}

/* Whether GLYPH, smaller and higher or lower than LINE, is in a free place of it, right beside BEFORE or one of its
 * glyphs. */
static gboolean
has_place_in_line (const Glyph *glyph, const Glyph *before, const GlyphLine *line)
{
  double near = RAISED_NEAR * line->em, overlap = 0.3 * (glyph->box.x1 - glyph->box.x0);
  gboolean beside = before && fabs (glyph->box.x0 - before->box.x1) <= near;
  for (guint i = 0; i < line->glyphs->len; i++) {
    const Box *box = &((const Glyph *)g_ptr_array_index (line->glyphs, i))->box;
    if (MIN (box->x1, glyph->box.x1) - MAX (box->x0, glyph->box.x0) > overlap)
      return FALSE;
    beside = beside || fabs (glyph->box.x0 - box->x1) <= near || fabs (box->x0 - glyph->box.x1) <= near;
  }
  return beside;
}

/* Whether SMALL consists of characters raised above LINE, or set below it: m², x₁, a footnote's number. */
static gboolean
is_raised (const GlyphLine *small, const GlyphLine *line)
{
  if (small->glyphs->len > RAISED_LENGTH || small->em >= RAISED_SIZE * line->em ||
      fabs (middle (small->box) - middle (line->box)) > RAISED_MOST * line->em)
    return FALSE;
  for (guint i = 0; i < small->glyphs->len; i++)
    if (!has_place_in_line (g_ptr_array_index (small->glyphs, i),
                            i > 0 ? g_ptr_array_index (small->glyphs, i - 1) : NULL, line))
      return FALSE;
  return TRUE;
}

static void
join_raised (GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    for (int step = -1; step <= 1; step += 2) {
      guint other = i + step;
      GlyphLine *line = other < lines->len ? g_ptr_array_index (lines, other) : NULL;
      if (!line || !is_raised (g_ptr_array_index (lines, i), line))
        continue;
      g_ptr_array_extend (line->glyphs, ((GlyphLine *)g_ptr_array_index (lines, i))->glyphs, NULL, NULL);
      line_complete (line, NULL);
      g_ptr_array_remove_index (lines, i--);
      break;
    }
}

GPtrArray *
lines_from_glyphs (GPtrArray *glyphs)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (line_free);
  if (glyphs->len == 0)
    return lines;
  g_autoptr (GPtrArray) sorted = g_ptr_array_copy (glyphs, NULL, NULL);
  g_ptr_array_sort (sorted, order_downwards);
  double near = median_em (glyphs) * SAME_LINE, y = 0;
  GlyphLine *line = NULL;
  for (guint i = 0; i < sorted->len; i++) {
    const Glyph *glyph = g_ptr_array_index (sorted, i);
    if (!line || middle (glyph->box) - y > near) {
      line = line_new (glyph);
      g_ptr_array_add (lines, line);
    }
    g_ptr_array_add (line->glyphs, (gpointer)glyph);
    y = middle (glyph->box);
  }
  g_ptr_array_foreach (lines, line_complete, NULL);
  join_raised (lines);
  return lines;
}

/* Whether the document's own text has a space between them. There is always one before a raised character (m²). */
static gboolean
has_own_space (const Glyph *left, const Glyph *right)
{
  double small = MIN (glyph_em (left), glyph_em (right)), large = MAX (glyph_em (left), glyph_em (right));
  return right->space_before && small >= RAISED_SIZE * large;
}

static gboolean
space_between (const Glyph *left, const Glyph *right)
{
  gboolean wide_left = character_is_wide (left->character), wide_right = character_is_wide (right->character);
  double gap = right->box.x0 - left->box.x1;
  if (!wide_left && !wide_right)
    return gap > (has_own_space (left, right) ? LATIN_GAP_SPACED : LATIN_GAP) * MIN (glyph_em (left), glyph_em (right));
  double em = wide_left && wide_right ? MIN (glyph_em (left), glyph_em (right)) : glyph_em (wide_left ? left : right);
  return gap >= TYPESET_GAP * em;
}

/* The next of the wanted glyphs of LINE from *INDEX on; NULL: there is none. *SPACE: there is white space before it, or
 * before one of the glyphs that are skipped. */
static const Glyph *
next_glyph (const GlyphLine *line, WordsOfLine words, guint *index, gboolean *space)
{
  *space = FALSE;
  while (*index < line->glyphs->len) {
    guint i = (*index)++;
    const Glyph *glyph = g_ptr_array_index (line->glyphs, i);
    *space = *space || (i > 0 && space_between (g_ptr_array_index (line->glyphs, i - 1), glyph));
    if (glyph->struck == (words == WORDS_STRUCK))
      return glyph;
  }
  return NULL;
}

char *
text_from_line (const GlyphLine *line, WordsOfLine words)
{
  GString *text = g_string_new (NULL);
  guint index = 0;
  gboolean space;
  for (const Glyph *glyph; (glyph = next_glyph (line, words, &index, &space));) {
    if (space && text->len > 0)
      g_string_append_c (text, ' ');
    g_string_append_unichar (text, glyph->character);
  }
  return g_string_free (text, FALSE);
}

/* The width of the first piece of LINE, whose wanted words are TEXT, within which no line may be broken. */
static double
first_piece_width (const GlyphLine *line, WordsOfLine words, const char *text, LineBreaks *breaks)
{
  long characters = g_utf8_strlen (text, line_breaks_first_piece (breaks, text) - text), seen = 0;
  const Glyph *first = NULL, *last = NULL, *glyph;
  guint index = 0;
  gboolean space;
  for (; seen < characters && (glyph = next_glyph (line, words, &index, &space)); seen++) {
    if (first && space && ++seen >= characters)
      break;
    first = first ? first : glyph;
    last = glyph;
  }
  return first ? last->box.x1 - first->box.x0 : 0;
}

/* The narrowest margin that a line leaves on either side: wrapped text comes near to both edges. */
static double
margin_of (GPtrArray *lines, double left, double right)
{
  double margin = 8;
  for (guint i = 0; i < lines->len; i++) {
    const GlyphLine *line = g_ptr_array_index (lines, i);
    margin = MIN (margin, MIN (line->box.x0 - left, right - line->box.x1));
  }
  return MAX (margin, 0);
}

typedef struct {
  double left, right, margin;
  WordsOfLine words;
  LineBreaks *breaks;
} WrapArea;

static gboolean
is_wrapped (const GlyphLine *line, const GlyphLine *next, const char *next_text, const WrapArea *area)
{
  if (text_begins_entry (next_text))
    return FALSE;
  double room = (area->right - area->margin) - (area->left + area->margin);
  double used = line->box.x1 - MIN (line->box.x0, area->left + area->margin + line->em * 2);
  double slack = line->em * WRAP_SLACK;
  return used + first_piece_width (next, area->words, next_text, area->breaks) > room - slack;
}

static gboolean
has_one_character_a_line (GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    if (((const GlyphLine *)g_ptr_array_index (lines, i))->glyphs->len > 1)
      return FALSE;
  return lines->len > 1;
}

static gboolean
is_full (const GlyphLine *line, const WrapArea *area)
{
  return area->right - area->margin - line->box.x1 < line->em * 2.5;
}

/* The wanted words of LINES; *LAST becomes the last line that has any, NULL where none has. */
static char *
words_from_lines (GPtrArray *lines, const WrapArea *area, const GlyphLine **last)
{
  gboolean vertical = has_one_character_a_line (lines);
  char *text = g_strdup ("");
  *last = NULL;
  for (guint i = 0; i < lines->len; i++) {
    const GlyphLine *line = g_ptr_array_index (lines, i);
    g_autofree char *line_text = text_from_line (line, area->words);
    if (!*line_text)
      continue;
    g_autofree char *before = text;
    gboolean wrapped = !*last || vertical || is_wrapped (g_ptr_array_index (lines, i - 1), line, line_text, area);
    text = text_join (before, line_text, wrapped);
    *last = line;
  }
  return text;
}

static gboolean
has_struck (GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++) {
    const GPtrArray *glyphs = ((const GlyphLine *)g_ptr_array_index (lines, i))->glyphs;
    for (guint j = 0; j < glyphs->len; j++)
      if (((const Glyph *)g_ptr_array_index (glyphs, j))->struck)
        return TRUE;
  }
  return FALSE;
}

char *
text_from_lines (GPtrArray *lines, double left, double right, LineBreaks *breaks, gboolean *full, char **struck)
{
  WrapArea area = {left, right, margin_of (lines, left, right), WORDS_SEEN, breaks};
  const GlyphLine *last, *last_struck;
  char *text = words_from_lines (lines, &area, &last);
  if (full)
    *full = last && is_full (last, &area);
  area.words = WORDS_STRUCK;
  if (struck)
    *struck = has_struck (lines) ? words_from_lines (lines, &area, &last_struck) : NULL;
  return text;
}
