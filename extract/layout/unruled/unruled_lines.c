/* unruled_lines.c - see unruled_lines.h */
#include "layout/unruled/unruled_lines.h"

#include "layout/text_line.h"
#include "model/numbers.h"
#include "text/line_break.h"

#include <math.h>
#include <string.h>

/* A gap wider than this, in ems, parts chunks. Spaces between words are a third of an em at most, those of the full
 * width one em: these part a chunk too, and another line of the same cell covers the gap. */
#define CHUNK_GAP 0.55

/* Spaces between Latin words are stretched to fill a line. */
#define LATIN_CHUNK_GAP 0.95

/* So many narrow characters are an em wide. */
#define WIDTHS_IN_EM 2.0

/* Figures are parted by less than words are: two of them are two values. */
#define VALUE_GAP 0.5

/* Within a chunk, a gap of this much parts words. */
#define WORD_GAP 0.15

/* In a line that is set to the length of others all spaces are stretched alike: so many that follow each other differ
 * by no more than this, and are no wider than this, in ems. */
#define STRETCHED_LEAST 3
#define STRETCHED_OFFSET 0.06
#define STRETCHED_MOST 2.6

/* So many points or strokes in a row lead the eye from a label to its value, and are no text. */
#define LEADER_LEAST 4

/* A mark before an entry of a list has no more characters than this. */
#define MARK_LENGTH 5

/* Longer numbers are not read. */
#define NUMBER_LENGTH 8

/* On the left side of a column a gap of this much parts chunks; two such sides are one when they are this near, in
 * points. */
#define EDGE_GAP 0.1
#define SAME_EDGE 0.7

static void
chunk_line_free (gpointer data)
{
  ChunkLine *line = data;
  g_array_unref (line->chunks);
  g_array_unref (line->spaces);
  g_free (line);
}

static gboolean
is_figure (gunichar character)
{
  return g_unichar_isdigit (character) || (character < 0x80 && strchr ("%()$+-", (int)character));
}

/* The gap between two such characters that parts chunks, in ems. */
static double
least_gap (gunichar left, gunichar right)
{
  if (character_is_wide (left) || character_is_wide (right))
    return CHUNK_GAP;
  return is_figure (left) && is_figure (right) ? VALUE_GAP : LATIN_CHUNK_GAP;
}

/* The gap before the glyph at INDEX of its line. */
static double
gap_before (GPtrArray *glyphs, guint index)
{
  const Glyph *before = g_ptr_array_index (glyphs, index - 1), *glyph = g_ptr_array_index (glyphs, index);
  return glyph->box.x0 - before->box.x1;
}

/* How many spaces after the one at INDEX of LINE, forwards or backwards, are as wide as that, up to the line's end or a
 * wider one; -1: up to a narrower one. */
static int
spaces_alike (const Line *line, guint index, int step)
{
  double gap = gap_before (line->glyphs, index);
  int count = 0;
  for (guint i = index + step; i > 0 && i < line->glyphs->len; i += step) {
    double other = gap_before (line->glyphs, i);
    if (other <= WORD_GAP * line->em)
      continue;
    if (fabs (other - gap) > STRETCHED_OFFSET * line->em)
      return other > gap ? count : -1;
    count++;
  }
  return count;
}

static gboolean
is_stretched_space (const Line *line, guint index)
{
  if (gap_before (line->glyphs, index) > STRETCHED_MOST * line->em)
    return FALSE;
  int after = spaces_alike (line, index, 1), before = spaces_alike (line, index, -1);
  return after >= 0 && before >= 0 && after + before + 1 >= STRETCHED_LEAST;
}

static gunichar
character_at (GPtrArray *glyphs, guint index)
{
  return ((const Glyph *)g_ptr_array_index (glyphs, index))->character;
}

/* Whether the glyph at INDEX of LINE begins a chunk: a wide gap parts it from the one before; or any gap, where it
 * stands on one of EDGES. */
static gboolean
begins_chunk (const Line *line, double em, guint index, GArray *edges)
{
  const Glyph *glyph = g_ptr_array_index (line->glyphs, index);
  gunichar before = character_at (line->glyphs, index - 1);
  double gap = gap_before (line->glyphs, index);
  gboolean figures = is_figure (before) || is_figure (glyph->character);
  if (gap > least_gap (before, glyph->character) * em && (figures || !is_stretched_space (line, index)))
    return TRUE;
  for (guint i = 0; gap > EDGE_GAP * em && i < edges->len; i++)
    if (fabs (g_array_index (edges, double, i) - glyph->box.x0) <= SAME_EDGE)
      return TRUE;
  return FALSE;
}

/* The end of the run of one leading character that begins at START; START where there is none. */
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

static ChunkKind
kind_of_characters (GPtrArray *glyphs, guint start, guint end)
{
  int letters = 0, digits = 0;
  for (guint i = start; i < end; i++) {
    digits += g_unichar_isdigit (character_at (glyphs, i)) != 0;
    letters += g_unichar_isalpha (character_at (glyphs, i)) != 0;
  }
  if (digits > 0 && letters * 2 <= digits)
    return CHUNK_VALUE;
  return letters + digits > 0 ? CHUNK_WORDS : CHUNK_SIGN;
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

static gboolean
equates (GPtrArray *glyphs, guint start, guint end)
{
  for (guint i = start + 1; i + 1 < end; i++) {
    gunichar character = character_at (glyphs, i);
    if (character == '=' || character == 0x2264 || character == 0x2265)
      return TRUE;
  }
  return FALSE;
}

/* The glyphs START to END of a line. */
static Chunk
chunk_from_glyphs (GPtrArray *glyphs, guint start, guint end, ChunkLine *line)
{
  const Glyph *first = g_ptr_array_index (glyphs, start), *before = first;
  Chunk chunk = {.x0 = first->box.x0, .x1 = first->box.x1, .words = 1};
  for (guint i = start + 1; i < end; i++) {
    const Glyph *glyph = g_ptr_array_index (glyphs, i);
    Space space = {chunk.x1, glyph->box.x0};
    if (space.x1 - space.x0 > WORD_GAP * line->em) {
      g_array_append_val (line->spaces, space);
      chunk.words++;
    }
    chunk.x1 = MAX (chunk.x1, glyph->box.x1);
    chunk.first_word = chunk.words == 1 ? chunk.x1 - chunk.x0 : chunk.first_word;
    before = glyph;
  }
  chunk.first_word = end - start == 1 ? chunk.x1 - chunk.x0 : chunk.first_word;
  chunk.wide_end = character_is_wide (before->character);
  chunk.kind = kind_of_characters (glyphs, start, end);
  chunk.mark = is_entry_mark (glyphs, start, end);
  chunk.first = first->character;
  chunk.last = before->character;
  chunk.equates = equates (glyphs, start, end);
  chunk.number = number_of_characters (glyphs, start, end);
  return chunk;
}

static void
add_chunk (ChunkLine *chunks, GPtrArray *glyphs, guint start, guint end)
{
  if (end <= start)
    return;
  Chunk chunk = chunk_from_glyphs (glyphs, start, end, chunks);
  g_array_append_val (chunks->chunks, chunk);
}

/* The size of a line's characters: the box of some fonts is much lower than their em, so that narrow characters are
 * measured by their width too. */
static double
em_of_line (const Line *line)
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

double
quantile (GArray *numbers, double part, double otherwise)
{
  g_array_sort (numbers, order_numbers);
  return numbers->len > 0 ? g_array_index (numbers, double, (guint)(part * (numbers->len - 1))) : otherwise;
}

double
median (GArray *numbers, double otherwise)
{
  g_array_sort (numbers, order_numbers);
  return numbers->len > 0 ? g_array_index (numbers, double, numbers->len / 2) : otherwise;
}

/* The middle of most of its glyphs: the boxes of some fonts (Type 3, superscripts) reach far above or below. */
static double
middle_of_line (const Line *line)
{
  g_autoptr (GArray) middles = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < line->glyphs->len; i++) {
    const Glyph *glyph = g_ptr_array_index (line->glyphs, i);
    double middle = (glyph->box.y0 + glyph->box.y1) / 2;
    g_array_append_val (middles, middle);
  }
  return median (middles, 0);
}

static ChunkLine *
chunk_line_from_line (const Line *line, GArray *edges)
{
  ChunkLine *chunks = g_new0 (ChunkLine, 1);
  chunks->y = middle_of_line (line);
  chunks->em = em_of_line (line);
  chunks->chunks = g_array_new (FALSE, FALSE, sizeof (Chunk));
  chunks->spaces = g_array_new (FALSE, FALSE, sizeof (Space));
  guint start = 0;
  for (guint i = 0; i < line->glyphs->len;) {
    guint leader = leader_end (line->glyphs, i);
    if (leader > i || (i > start && begins_chunk (line, chunks->em, i, edges))) {
      add_chunk (chunks, line->glyphs, start, i);
      start = leader > i ? leader : i;
      chunks->leader = chunks->leader || leader > i;
    }
    i = MAX (leader, i + 1);
  }
  add_chunk (chunks, line->glyphs, start, line->glyphs->len);
  return chunks;
}

static GPtrArray *
chunk_lines_with_edges (GPtrArray *lines, GArray *edges)
{
  GPtrArray *result = g_ptr_array_new_with_free_func (chunk_line_free);
  for (guint i = 0; i < lines->len; i++) {
    ChunkLine *line = chunk_line_from_line (g_ptr_array_index (lines, i), edges);
    if (line->chunks->len > 0)
      g_ptr_array_add (result, line);
    else
      chunk_line_free (line);
  }
  return result;
}

/* Whether X lies within a word of LINE. */
static gboolean
is_within_word (const ChunkLine *line, double x)
{
  for (guint i = 0; i < line->spaces->len; i++)
    if (fabs (g_array_index (line->spaces, Space, i).x1 - x) <= SAME_EDGE)
      return FALSE;
  for (guint i = 0; i < line->chunks->len; i++) {
    const Chunk *chunk = &g_array_index (line->chunks, Chunk, i);
    if (chunk->x0 < x - SAME_EDGE && chunk->x1 > x + SAME_EDGE)
      return TRUE;
  }
  return FALSE;
}

/* How many of LINES run through X. */
static guint
lines_through (GPtrArray *lines, double x)
{
  guint count = 0;
  for (guint i = 0; i < lines->len; i++)
    count += is_within_word (g_ptr_array_index (lines, i), x);
  return count;
}

/* Where the chunks of many lines begin, and few run through: the left sides of columns, whose text may come near to the
 * column before. */
static GArray *
edges_of_chunks (GPtrArray *lines)
{
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (double));
  GArray *edges = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < lines->len; i++) {
    const GArray *chunks = ((const ChunkLine *)g_ptr_array_index (lines, i))->chunks;
    for (guint j = 1; j < chunks->len; j++)
      g_array_append_val (starts, g_array_index (chunks, Chunk, j).x0);
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
chunk_lines_from_page (const Page *page, const gboolean *taken, gboolean aligned)
{
  g_autoptr (GPtrArray) glyphs = g_ptr_array_new ();
  for (guint i = 0; i < page->glyphs->len; i++)
    if (!taken[i])
      g_ptr_array_add (glyphs, &g_array_index (page->glyphs, Glyph, i));
  g_autoptr (GPtrArray) lines = lines_from_glyphs (glyphs);
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GPtrArray) chunk_lines = chunk_lines_with_edges (lines, none);
  if (!aligned)
    return g_steal_pointer (&chunk_lines);
  g_autoptr (GArray) edges = edges_of_chunks (chunk_lines);
  return chunk_lines_with_edges (lines, edges);
}
