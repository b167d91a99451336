/* text_line.c - see text_line.h */
#include "layout/text_line.h"

#include "model/numbers.h"
#include "text/visual_order.h"

#include <math.h>
#include <string.h>

/* Ems. A gap of this width is a space without one that is painted. Between an ideograph and a Latin letter, programs put
 * .2 (Writer) to .25 (Word, TeX); between ideographs nothing: the narrowest space of a Japanese font is .224 (Noto,
 * Source Han). Measured on the 24 PDFs of corpus/ and tests/ and 70 others: typeset gaps .19 to .22, words of their own
 * from .6 on, nothing between. */
#define MIXED_GAP 0.45
#define WIDE_GAP 0.45
#define WIDE_GAP_UNPAINTED 0.215

/* Ems: a painted space that is narrower is not seen. */
#define PAINTED_GAP 0.1

/* Gaps that differ by less than this, in ems, are alike; characters with gaps of SPREAD_MOST are words of their own. */
#define SPREAD_ALIKE 0.05
#define SPREAD_MOST 1.0
#define LATIN_SPREAD_MOST 0.4

/* So many gaps of a line tell what is usual in it; and no gap is more above the usual one than by this factor. */
#define USUAL_LEAST 3
#define MIXED_USUAL_LEAST 2
#define MIXED_USUAL_MOST 0.8
#define MIXED_FACTOR 1.25

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

#define IDEOGRAPHIC_SPACE 0x3000

/* Ems: programs leave this much room at a line's end although the next piece would nearly fit. (.6 leaves a break in ネット|ワーク and
 * サービス on two of tests/cases whose pieces miss it by a tenth of a point.) */
#define WRAP_SLACK 0.65

/* Ems: a line that leaves less room than this is full. */
#define FULL_ROOM 2.5

/* A line before an address that fills less than this share of the area ends where its author ended it. */
#define FILLED_SHARE 0.5

/* Points: no more of the area is taken for its margin. */
#define MARGIN_MOST 8

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
  line->glyphs = g_ptr_array_sized_new (GLYPHS_EXPECTED);
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

/* Of the wide glyphs, if there are any. */
static double
median_em (GPtrArray *glyphs)
{
  double few[64]; /* as most lines have */
  g_autofree double *many = glyphs->len > G_N_ELEMENTS (few) ? g_new (double, glyphs->len) : NULL;
  GArray ems = {.data = (char *)(many ? many : few)};
  for (int wide = 1; wide >= 0 && ems.len == 0; wide--)
    for (guint i = 0; i < glyphs->len; i++) {
      const Glyph *glyph = g_ptr_array_index (glyphs, i);
      if (!wide || character_is_wide (glyph->character))
        g_array_index (&ems, double, ems.len++) = glyph_em (glyph);
    }
  return MAX (numbers_median (&ems, 10), 1);
}

/* Most lists of glyphs are in their order as they are painted. */
static void
sort_glyphs (GPtrArray *glyphs, GCompareFunc order)
{
  for (guint i = 1; i < glyphs->len; i++)
    if (order (&glyphs->pdata[i - 1], &glyphs->pdata[i]) > 0) {
      g_ptr_array_sort (glyphs, order);
      return;
    }
}

typedef struct {
  const Glyph *left, *right;
  gboolean wide_left, wide_right;
  double ems;
  gunichar painted; /* as in Glyph */
} GlyphGap;

/* The gap between the glyphs of LINE with index I - 1 and I. The white space of text that is painted backwards belongs
 * to the left one. */
static GlyphGap
gap_before (const GlyphLine *line, guint i)
{
  GlyphGap gap = {.left = g_ptr_array_index (line->glyphs, i - 1), .right = g_ptr_array_index (line->glyphs, i)};
  gap.wide_left = character_is_wide (gap.left->character);
  gap.wide_right = character_is_wide (gap.right->character);
  double em = gap.wide_left == gap.wide_right ? MIN (glyph_em (gap.left), glyph_em (gap.right))
                                              : glyph_em (gap.wide_left ? gap.left : gap.right);
  gap.ems = (gap.right->box.x0 - gap.left->box.x1) / em;
  gap.painted = gap.left == gap.right + 1 ? gap.left->painted_space : gap.right->painted_space;
  return gap;
}

static gboolean
is_painted (const GlyphGap *gap)
{
  double least = gap->wide_left || gap->wide_right ? PAINTED_GAP : LATIN_GAP_SPACED;
  return gap->painted && gap->painted != SPACE_UNKNOWN && gap->ems > least;
}

/* What is usual between the glyphs of a line; measured when it is asked for. */
typedef struct {
  gboolean measured;
  double justified; /* ems: what justification adds between full-width characters */
  double mixed;     /* ems: between full-width characters and Latin letters; 0: too few to tell */
  gboolean painted; /* it has painted spaces */
} UsualGaps;

static void
measure_gaps (UsualGaps *usual, const GlyphLine *line)
{
  if (usual->measured)
    return;
  g_autoptr (GArray) wide = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) mixed = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 1; i < line->glyphs->len; i++) {
    GlyphGap gap = gap_before (line, i);
    usual->painted = usual->painted || is_painted (&gap);
    if (!is_painted (&gap) && (gap.wide_left || gap.wide_right))
      g_array_append_val (gap.wide_left && gap.wide_right ? wide : mixed, gap.ems);
  }
  usual->justified = wide->len >= USUAL_LEAST ? CLAMP (numbers_median (wide, 0), 0, SPREAD_MOST) : 0;
  usual->mixed = mixed->len >= MIXED_USUAL_LEAST ? numbers_median (mixed, 0) : 0;
  usual->measured = TRUE;
}

/* Whether the gap before glyph I has one like it at its side: characters that are evenly spread are one word. */
static gboolean
is_spread (const GlyphLine *line, guint i, const GlyphGap *gap)
{
  for (int step = -1; step <= 1; step += 2) {
    guint beside = i + step;
    if (beside < 1 || beside >= line->glyphs->len)
      continue;
    GlyphGap other = gap_before (line, beside);
    if (!is_painted (&other) && other.wide_left == gap->wide_left && other.wide_right == gap->wide_right &&
        fabs (other.ems - gap->ems) < SPREAD_ALIKE)
      return TRUE;
  }
  return FALSE;
}

/* Whether the document's own text parts them. There is always a gap before a raised character (m²). */
static gboolean
is_parted (const GlyphGap *gap)
{
  double small = MIN (glyph_em (gap->left), glyph_em (gap->right));
  double large = MAX (glyph_em (gap->left), glyph_em (gap->right));
  return gap->right->space_before && small >= RAISED_SIZE * large;
}

/* Whether GAP, before glyph I of LINE, is a space although none is painted. */
static gboolean
gap_is_space (const GlyphLine *line, guint i, const GlyphGap *gap, UsualGaps *usual)
{
  gboolean latin = !gap->wide_left && !gap->wide_right, mixed = gap->wide_left != gap->wide_right;
  double least = latin                           ? is_parted (gap) ? LATIN_GAP_SPACED : LATIN_GAP
                 : mixed                         ? MIXED_GAP
                 : gap->painted == SPACE_UNKNOWN ? WIDE_GAP_UNPAINTED
                                                 : WIDE_GAP;
  if (latin ? gap->ems <= least : gap->ems < least)
    return FALSE;
  measure_gaps (usual, line);
  if (latin)
    return !usual->painted || gap->ems >= LATIN_SPREAD_MOST || !is_spread (line, i, gap);
  if (gap->ems - usual->justified < least)
    return FALSE;
  if (mixed)
    return usual->mixed <= 0 || usual->mixed >= MIXED_USUAL_MOST || gap->ems > MIXED_FACTOR * usual->mixed;
  return gap->ems >= SPREAD_MOST || !is_spread (line, i, gap);
}

/* The space before glyph I of LINE; 0: none. */
static gunichar
space_before_glyph (const GlyphLine *line, guint i, UsualGaps *usual)
{
  if (i == 0)
    return 0;
  GlyphGap gap = gap_before (line, i);
  if (is_painted (&gap))
    return gap.painted == IDEOGRAPHIC_SPACE ? IDEOGRAPHIC_SPACE : ' ';
  return gap_is_space (line, i, &gap, usual) ? ' ' : 0;
}

static void
line_complete (gpointer data, gpointer nothing)
{
  GlyphLine *line = data;
  sort_glyphs (line->glyphs, order_rightwards);
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
  sort_glyphs (sorted, order_downwards);
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

/* The next of the wanted glyphs of LINE from *INDEX on; NULL: there is none. *SPACE: the white space before it, or before
 * one of the glyphs that are skipped; 0: none. */
static const Glyph *
next_glyph (const GlyphLine *line, WordsOfLine words, guint *index, UsualGaps *usual, gunichar *space)
{
  *space = 0;
  while (*index < line->glyphs->len) {
    guint i = (*index)++;
    const Glyph *glyph = g_ptr_array_index (line->glyphs, i);
    gunichar before = space_before_glyph (line, i, usual);
    *space = before ? before : *space;
    if (glyph->struck == (words == WORDS_STRUCK))
      return glyph;
  }
  return NULL;
}

char *
text_from_line (const GlyphLine *line, WordsOfLine words)
{
  GString *text = g_string_new (NULL);
  UsualGaps usual = {0};
  guint index = 0;
  gunichar space;
  for (const Glyph *glyph; (glyph = next_glyph (line, words, &index, &usual, &space));) {
    if (space && text->len > 0)
      g_string_append_unichar (text, space);
    g_string_append_unichar (text, glyph->character);
  }
  char *logical = text_logical_from_visual (text->str), *visual = g_string_free (text, FALSE);
  if (!logical)
    return visual;
  g_free (visual);
  return logical;
}

/* The width of the first piece of LINE, whose wanted words are TEXT, within which no line may be broken. */
static double
first_piece_width (const GlyphLine *line, WordsOfLine words, const char *text, LineBreaks *breaks)
{
  long characters = g_utf8_strlen (text, line_breaks_first_piece (breaks, text) - text), seen = 0;
  const Glyph *first = NULL, *last = NULL, *glyph;
  UsualGaps usual = {0};
  guint index = 0;
  gunichar space;
  for (; seen < characters && (glyph = next_glyph (line, words, &index, &usual, &space)); seen++) {
    if (first && space && ++seen >= characters)
      break;
    first = first ? first : glyph;
    last = glyph;
  }
  return first ? last->box.x1 - first->box.x0 : 0;
}

typedef struct {
  GPtrArray *lines, *texts; /* GlyphLine, those that have wanted words, and the words of each */
  WordsOfLine words;
  double left, right;
  double margin; /* the narrowest that a line leaves on either side: wrapped text comes near to both edges */
  LineBreaks *breaks;
} WrapArea;

static double
margin_of (const WrapArea *area)
{
  double margin = MARGIN_MOST;
  for (guint i = 0; i < area->lines->len; i++) {
    const GlyphLine *line = g_ptr_array_index (area->lines, i);
    if (area->lines->len == 1 || !text_is_address (g_ptr_array_index (area->texts, i)))
      margin = MIN (margin, MIN (line->box.x0 - area->left, area->right - line->box.x1));
  }
  return MAX (margin, 0);
}

/* How much of the area LINE leaves free at its end. */
static double
room_after (const GlyphLine *line, const WrapArea *area)
{
  return area->right - area->margin - line->box.x1;
}

/* The white space that the document paints between line I - 1 and line I; 0: none. */
static gunichar
painted_at_line_end (const WrapArea *area, guint i)
{
  const GlyphLine *before = g_ptr_array_index (area->lines, i - 1), *line = g_ptr_array_index (area->lines, i);
  const Glyph *last = g_ptr_array_index (before->glyphs, before->glyphs->len - 1);
  const Glyph *first = g_ptr_array_index (line->glyphs, 0);
  return first == last + 1 && first->painted_space != SPACE_UNKNOWN ? first->painted_space : 0;
}

/* Where line I begins with an address, or line I - 1 is one, and so line I would not have fitted: whether the text goes
 * on all the same. BEFORE_WRAPPED: line I - 1 goes on with what is before it. */
static gboolean
goes_on_at_address (const WrapArea *area, guint i, double used_share, gboolean before_wrapped)
{
  const char *before = g_ptr_array_index (area->texts, i - 1), *text = g_ptr_array_index (area->texts, i);
  const char *after = text_after_address (text);
  if (painted_at_line_end (area, i))
    return TRUE;
  if (text_is_address (before))
    return before_wrapped || text_goes_on (text) || (after == text && (guchar)*text < 0x80);
  if (!*after && i + 1 < area->texts->len)
    after = g_ptr_array_index (area->texts, i + 1);
  return used_share > FILLED_SHARE || text_goes_on (after);
}

/* Whether line I goes on with line I - 1. */
static gboolean
is_wrapped (const WrapArea *area, guint i, gboolean before_wrapped)
{
  const GlyphLine *line = g_ptr_array_index (area->lines, i - 1), *next = g_ptr_array_index (area->lines, i);
  const char *before = g_ptr_array_index (area->texts, i - 1), *text = g_ptr_array_index (area->texts, i);
  if (text_begins_entry (text))
    return FALSE;
  if (text_closes_bracket_of (text, before))
    return TRUE;
  double room = (area->right - area->margin) - (area->left + area->margin);
  double used = line->box.x1 - MIN (line->box.x0, area->left + area->margin + line->em * 2);
  double slack = line->em * WRAP_SLACK;
  if (used + first_piece_width (next, area->words, text, area->breaks) <= room - slack)
    return FALSE;
  gboolean address = text_is_address (before) || text_after_address (text) > text;
  return !address || goes_on_at_address (area, i, used / room, before_wrapped);
}

static gboolean
has_one_character_a_line (GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    if (((const GlyphLine *)g_ptr_array_index (lines, i))->glyphs->len > 1)
      return FALSE;
  return lines->len > 1;
}

/* The text of the area up to line I - 1, TEXT, with line I. The caller frees. */
static char *
text_with_line (const WrapArea *area, guint i, const char *text, gboolean wrapped)
{
  const char *line = g_ptr_array_index (area->texts, i);
  gunichar space = i > 0 && wrapped ? painted_at_line_end (area, i) : 0;
  if (!space)
    return text_join (text, line, wrapped);
  return g_strconcat (text, space == IDEOGRAPHIC_SPACE ? "\u3000" : " ", line, NULL);
}

/* The wanted words of LINES, wrapped into AREA; *FULL, where given: whether the last of their lines reaches its right
 * side. */
static char *
words_from_lines (GPtrArray *lines, WrapArea area, gboolean *full)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free), wanted = g_ptr_array_new ();
  gboolean vertical = has_one_character_a_line (lines), wrapped = FALSE;
  for (guint i = 0; i < lines->len; i++) {
    g_autofree char *line_text = text_from_line (g_ptr_array_index (lines, i), area.words);
    if (!*line_text)
      continue;
    g_ptr_array_add (wanted, g_ptr_array_index (lines, i));
    g_ptr_array_add (texts, g_steal_pointer (&line_text));
  }
  area.lines = wanted;
  area.texts = texts;
  area.margin = margin_of (&area);
  char *text = g_strdup ("");
  for (guint i = 0; i < wanted->len; i++) {
    g_autofree char *before = text;
    wrapped = i > 0 && (vertical || is_wrapped (&area, i, wrapped));
    text = text_with_line (&area, i, before, i == 0 || wrapped);
  }
  const GlyphLine *last = wanted->len > 0 ? g_ptr_array_index (wanted, wanted->len - 1) : NULL;
  if (full)
    *full = last && room_after (last, &area) < last->em * FULL_ROOM;
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
  WrapArea area = {.left = left, .right = right, .words = WORDS_SEEN, .breaks = breaks};
  char *text = words_from_lines (lines, area, full);
  area.words = WORDS_STRUCK;
  if (struck)
    *struck = has_struck (lines) ? words_from_lines (lines, area, NULL) : NULL;
  return text;
}
