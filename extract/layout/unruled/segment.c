/* segment.c - see segment.h */
#include "layout/unruled/segment.h"

#include "layout/text_line.h"
#include "model/numbers.h"
#include "text/line_break.h"

#include <math.h>
#include <string.h>
#include <wchar.h>

/* Ems: a wider gap separates segments. Spaces between words are a third of an em at most, full-width ones one em: these
 * separate segments too, and another line of the same cell covers the gap. */
#define SEGMENT_GAP 0.55

/* The same between Latin words, whose spaces are stretched to fill a line. */
#define LATIN_SEGMENT_GAP 0.95

/* This many narrow characters are an em wide. */
#define WIDTHS_IN_EM 2.0

/* Ems: a sign is no farther from its figure. */
#define SIGN_GAP 0.5

/* Ems: a wider gap within a segment separates words. */
#define WORD_GAP 0.15

/* Ems: what is blank behind a full-width sign that closes. A browser takes it away at the end of a line, so that the box
 * of the sign lies over the next column. */
#define CLOSING_BLANK 0.4
#define FULL_WIDTH 0.8

/* At least this many dots or underscores in a row lead the eye from a label to its value, and are not text. */
#define LEADER_LEAST 4

/* The mark of a list entry has no more characters than this. */
#define MARK_LENGTH 5

/* Longer numbers are not read. */
#define NUMBER_LENGTH 8

/* At the left edge of a column a gap of this many ems separates segments; two such edges are one when they are this
 * near, in points. */
#define EDGE_GAP 0.1
#define SAME_EDGE 0.7

/* Points: no gutter is narrower. */
#define GUTTER_LEAST 1.0

/* Ems: one full-width space that is painted is as wide, and a space between words. */
#define IDEOGRAPHIC_SPACE 0x3000
#define IDEOGRAPHIC_GAP 1.1

/* Lines of segments */

static void
segment_line_free (gpointer data)
{
  SegmentLine *line = data;
  g_array_unref (line->segments);
  g_array_unref (line->spaces);
  g_free (line);
}

GPtrArray *
segment_lines_new (void)
{
  return g_ptr_array_new_with_free_func (segment_line_free);
}

SegmentLine *
segment_line_copy (const SegmentLine *line)
{
  SegmentLine *copy = g_memdup2 (line, sizeof *line);
  copy->segments = g_array_copy (line->segments);
  copy->spaces = g_array_copy (line->spaces);
  return copy;
}

void
segment_line_take (SegmentLine *line, const SegmentLine *other)
{
  g_array_append_vals (line->segments, other->segments->data, other->segments->len);
  g_array_append_vals (line->spaces, other->spaces->data, other->spaces->len);
  g_array_sort (line->segments, order_numbers);
}

/* Ems: the gap between two characters that separates segments. */
static double
least_gap (gunichar left, gunichar right)
{
  return character_is_wide (left) || character_is_wide (right) ? SEGMENT_GAP : LATIN_SEGMENT_GAP;
}

/* The gap before the glyph at INDEX of its line. */
static double
gap_before (GPtrArray *glyphs, guint index)
{
  const Glyph *before = g_ptr_array_index (glyphs, index - 1), *glyph = g_ptr_array_index (glyphs, index);
  return glyph->box.x0 - before->box.x1;
}

static gunichar
character_at (GPtrArray *glyphs, guint index)
{
  return ((const Glyph *)g_ptr_array_index (glyphs, index))->character;
}

/* Where the ink of GLYPH ends: a full-width sign that closes is in the left half of its box. */
static double
end_of_ink (const Glyph *glyph, double em)
{
  gboolean closes = g_unichar_type (glyph->character) == G_UNICODE_CLOSE_PUNCTUATION ||
                    (glyph->character < 0x10000 && wcschr (L"、。，．", (wchar_t)glyph->character));
  gboolean wide = character_is_wide (glyph->character) && glyph->box.x1 - glyph->box.x0 > FULL_WIDTH * em;
  return glyph->box.x1 - (closes && wide ? CLOSING_BLANK * em : 0);
}

/* Whether the glyph at INDEX of LINE begins a segment: a wide gap separates it from the one before; or any gap, where
 * it is at one of EDGES. */
static gboolean
begins_segment (const GlyphLine *line, double em, guint index, GArray *edges)
{
  const Glyph *glyph = g_ptr_array_index (line->glyphs, index);
  gunichar before = character_at (line->glyphs, index - 1);
  double gap = gap_before (line->glyphs, index);
  gboolean space = glyph->painted_space == IDEOGRAPHIC_SPACE && gap <= IDEOGRAPHIC_GAP * em;
  gboolean sign = before < 0x10000 && wcschr (L"-+–−△▲", (wchar_t)before) && g_unichar_isdigit (glyph->character);
  if (sign && gap <= SIGN_GAP * em)
    return FALSE;
  if (!space && gap > least_gap (before, glyph->character) * em)
    return TRUE;
  for (guint i = 0; gap > EDGE_GAP * em && i < edges->len; i++)
    if (fabs (g_array_index (edges, double, i) - glyph->box.x0) <= SAME_EDGE)
      return TRUE;
  return FALSE;
}

/* The end of the leader that begins at START; START where there is none. */
static guint
leader_end (GPtrArray *glyphs, guint start)
{
  gunichar character = character_at (glyphs, start);
  if (character != '.' && character != '_' && character != 0x2026)
    return start;
  guint end = start + 1;
  while (end < glyphs->len && character_at (glyphs, end) == character)
    end++;
  return end - start >= LEADER_LEAST ? end : start;
}

static SegmentKind
kind_of_characters (GPtrArray *glyphs, guint start, guint end)
{
  int letters = 0, digits = 0;
  for (guint i = start; i < end; i++) {
    digits += g_unichar_isdigit (character_at (glyphs, i)) != 0;
    letters += g_unichar_isalpha (character_at (glyphs, i)) != 0;
  }
  if (digits > 0 && letters * 2 <= digits)
    return SEGMENT_VALUE;
  return letters + digits > 0 ? SEGMENT_WORDS : SEGMENT_SIGN;
}

static gboolean
is_entry_mark (GPtrArray *glyphs, guint start, guint end)
{
  if (end - start > MARK_LENGTH)
    return FALSE;
  gunichar last = character_at (glyphs, end - 1);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = start; i < end; i++)
    g_string_append_unichar (text, character_at (glyphs, i));
  gboolean closed = end - start > 1 && (last == '.' || last == ')' || last == ']');
  return text_begins_entry (text->str) || closed || g_str_equal (text->str, "-") || g_str_equal (text->str, "–");
}

static int
number_of_characters (GPtrArray *glyphs, guint start, guint end)
{
  int number = 0;
  for (guint i = start; i < end; i++) {
    if (!g_unichar_isdigit (character_at (glyphs, i)) || i - start >= NUMBER_LENGTH)
      return -1;
    number = number * 10 + g_unichar_digit_value (character_at (glyphs, i));
  }
  return number;
}

/* The glyphs START to END of a line. */
static TextSegment
segment_from_glyphs (GPtrArray *glyphs, guint start, guint end, SegmentLine *line)
{
  const Glyph *first = g_ptr_array_index (glyphs, start), *before = first;
  TextSegment segment = {.x0 = first->box.x0, .x1 = first->box.x1, .words = 1};
  for (guint i = start + 1; i < end; i++) {
    const Glyph *glyph = g_ptr_array_index (glyphs, i);
    WordSpace space = {segment.x1, glyph->box.x0};
    if (space.x1 - space.x0 > WORD_GAP * line->em) {
      g_array_append_val (line->spaces, space);
      segment.words++;
    }
    segment.x1 = MAX (segment.x1, glyph->box.x1);
    segment.first_word = segment.words == 1 ? segment.x1 - segment.x0 : segment.first_word;
    before = glyph;
  }
  segment.x1 = MIN (segment.x1, MAX (segment.x0, end_of_ink (before, line->em)));
  segment.first_word = end - start == 1 ? segment.x1 - segment.x0 : segment.first_word;
  segment.wide_end = character_is_wide (before->character);
  for (guint i = start; i < end; i++)
    segment.hash = segment.hash * 33 + character_at (glyphs, i);
  segment.goes_on =
      g_unichar_type (first->character) == G_UNICODE_CLOSE_PUNCTUATION || first->painted_space == IDEOGRAPHIC_SPACE;
  segment.kind = kind_of_characters (glyphs, start, end);
  segment.mark = is_entry_mark (glyphs, start, end);
  segment.first = first->character;
  segment.last = before->character;
  segment.number = number_of_characters (glyphs, start, end);
  return segment;
}

static void
add_segment (SegmentLine *segments, GPtrArray *glyphs, guint start, guint end, gboolean led)
{
  if (end <= start)
    return;
  TextSegment segment = segment_from_glyphs (glyphs, start, end, segments);
  segment.led = led;
  g_array_append_val (segments->segments, segment);
}

/* The size of a line's characters: the box of some fonts is much lower than their em, so that narrow characters are
 * measured by their width too. */
static double
em_of_line (const GlyphLine *line)
{
  double width = 0;
  for (guint i = 0; i < line->glyphs->len; i++) {
    const Glyph *glyph = g_ptr_array_index (line->glyphs, i);
    if (character_is_wide (glyph->character))
      return line->em;
    width += glyph->box.x1 - glyph->box.x0;
  }
  return MAX (line->em, width / line->glyphs->len * WIDTHS_IN_EM);
}

/* The middle of most of its glyphs: the boxes of some fonts (Type 3, superscripts) reach far above or below. */
static double
middle_of_line (const GlyphLine *line)
{
  g_autoptr (GArray) middles = g_array_sized_new (FALSE, FALSE, sizeof (double), line->glyphs->len);
  for (guint i = 0; i < line->glyphs->len; i++) {
    const Glyph *glyph = g_ptr_array_index (line->glyphs, i);
    double middle = (glyph->box.y0 + glyph->box.y1) / 2;
    g_array_append_val (middles, middle);
  }
  return numbers_median (middles, 0);
}

static SegmentLine *
segment_line_from_line (const GlyphLine *line, GArray *edges)
{
  SegmentLine *segments = g_new0 (SegmentLine, 1);
  segments->y = middle_of_line (line);
  segments->em = em_of_line (line);
  segments->segments = g_array_new (FALSE, FALSE, sizeof (TextSegment));
  segments->spaces = g_array_new (FALSE, FALSE, sizeof (WordSpace));
  guint start = 0;
  gboolean led = FALSE;
  for (guint i = 0; i < line->glyphs->len;) {
    guint leader = leader_end (line->glyphs, i);
    if (leader > i || (i > start && begins_segment (line, segments->em, i, edges))) {
      add_segment (segments, line->glyphs, start, i, led);
      led = leader > i;
      start = led ? leader : i;
    }
    i = MAX (leader, i + 1);
  }
  add_segment (segments, line->glyphs, start, line->glyphs->len, led);
  return segments;
}

static GPtrArray *
segment_lines_with_edges (GPtrArray *lines, GArray *edges)
{
  GPtrArray *result = segment_lines_new ();
  for (guint i = 0; i < lines->len; i++) {
    SegmentLine *line = segment_line_from_line (g_ptr_array_index (lines, i), edges);
    if (line->segments->len > 0)
      g_ptr_array_add (result, line);
    else
      segment_line_free (line);
  }
  return result;
}

/* Whether X lies within a word of LINE. */
static gboolean
is_within_word (const SegmentLine *line, double x)
{
  for (guint i = 0; i < line->spaces->len; i++)
    if (fabs (g_array_index (line->spaces, WordSpace, i).x1 - x) <= SAME_EDGE)
      return FALSE;
  for (guint i = 0; i < line->segments->len; i++) {
    const TextSegment *segment = &g_array_index (line->segments, TextSegment, i);
    if (segment->x0 < x - SAME_EDGE && segment->x1 > x + SAME_EDGE)
      return TRUE;
  }
  return FALSE;
}

/* The number of LINES with a word across X. */
static guint
lines_through (GPtrArray *lines, double x)
{
  guint count = 0;
  for (guint i = 0; i < lines->len; i++)
    count += is_within_word (g_ptr_array_index (lines, i), x);
  return count;
}

/* The x at which segments of many lines begin, and few words lie across: the left edges of columns, whose text may come
 * near to the column before. */
static GArray *
edges_of_segments (GPtrArray *lines)
{
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (double));
  GArray *edges = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < lines->len; i++) {
    const GArray *segments = ((const SegmentLine *)g_ptr_array_index (lines, i))->segments;
    for (guint j = 1; j < segments->len; j++)
      g_array_append_val (starts, g_array_index (segments, TextSegment, j).x0);
  }
  g_array_sort (starts, order_numbers);
  for (guint first = 0, end; first < starts->len; first = end) {
    double start = g_array_index (starts, double, first);
    for (end = first + 1; end < starts->len && g_array_index (starts, double, end) - start <= SAME_EDGE;)
      end++;
    if (end - first >= MAX (3, lines->len / 8) && lines_through (lines, start) < end - first)
      g_array_append_val (edges, start);
  }
  return edges;
}

GPtrArray *
segment_lines_from_lines (GPtrArray *lines, gboolean aligned)
{
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GPtrArray) segment_lines = segment_lines_with_edges (lines, none);
  if (!aligned)
    return g_steal_pointer (&segment_lines);
  g_autoptr (GArray) edges = edges_of_segments (segment_lines);
  return segment_lines_with_edges (lines, edges);
}

GPtrArray *
segment_lines_from_glyphs (GPtrArray *glyphs, gboolean aligned)
{
  g_autoptr (GPtrArray) lines = lines_from_glyphs (glyphs);
  return segment_lines_from_lines (lines, aligned);
}

/* Gutters */

GArray *
gutters_from_line (const SegmentLine *seed)
{
  GArray *gutters = g_array_new (FALSE, FALSE, sizeof (Gutter));
  for (guint i = 1; i < seed->segments->len; i++) {
    Gutter gutter = {g_array_index (seed->segments, TextSegment, i - 1).x1,
                     g_array_index (seed->segments, TextSegment, i).x0, (int)i};
    g_array_append_val (gutters, gutter);
  }
  return gutters;
}

static void
keep_if_wide (GArray *gutters, double left, double right, int origin)
{
  Gutter gutter = {left, right, origin};
  if (right - left >= GUTTER_LEAST)
    g_array_append_val (gutters, gutter);
}

/* Appends what the segments of LINE leave of GUTTER to OPEN. */
static void
append_open_parts (const Gutter *gutter, const SegmentLine *line, GArray *open)
{
  double left = gutter->left;
  for (guint i = 0; i < line->segments->len; i++) {
    TextSegment segment = g_array_index (line->segments, TextSegment, i);
    if (segment.x1 <= left || segment.x0 >= gutter->right)
      continue;
    keep_if_wide (open, left, segment.x0, gutter->origin);
    left = MAX (left, segment.x1);
  }
  keep_if_wide (open, left, gutter->right, gutter->origin);
}

static gboolean
has_origin (GArray *gutters, int origin)
{
  for (guint i = 0; i < gutters->len; i++)
    if (g_array_index (gutters, Gutter, i).origin == origin)
      return TRUE;
  return FALSE;
}

gboolean
gutters_admit (GArray **gutters, const SegmentLine *line)
{
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (Gutter));
  for (guint i = 0; i < (*gutters)->len; i++)
    append_open_parts (&g_array_index (*gutters, Gutter, i), line, open);
  for (guint i = 0; i < (*gutters)->len; i++)
    if (!has_origin (open, g_array_index (*gutters, Gutter, i).origin))
      return FALSE;
  g_array_unref (*gutters);
  *gutters = g_steal_pointer (&open);
  return TRUE;
}

gboolean
gutter_is_open (GArray *gutters, guint index, const SegmentLine *line)
{
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (Gutter));
  int origin = g_array_index (gutters, Gutter, index).origin;
  for (guint i = 0; i < gutters->len; i++)
    if (g_array_index (gutters, Gutter, i).origin == origin)
      append_open_parts (&g_array_index (gutters, Gutter, i), line, open);
  return open->len > 0;
}
