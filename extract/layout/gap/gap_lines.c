/* gap_lines.c - see gap_lines.h */
#include "layout/gap/gap_lines.h"

#include "layout/lines.h"
#include "layout/script.h"

#include <math.h>

/* A gap wider than this, in ems, parts chunks. Spaces between words are a third of an em at most, those of the full
 * width one em: these part a chunk too, and another line of the same cell covers the gap. */
#define CHUNK_GAP 0.55

/* Spaces between Latin words are stretched to fill a line. */
#define LATIN_CHUNK_GAP 0.95

/* On the left side of a column a gap of this much parts chunks; two such sides are one when they are this near, in
 * points. */
#define EDGE_GAP 0.1
#define SAME_EDGE 0.7

/* A gutter narrower than this, in points, is none. */
#define GUTTER_LEAST 1.0

static void
chunk_line_free (gpointer data)
{
  ChunkLine *line = data;
  g_array_unref (line->chunks);
  g_free (line);
}

/* Whether GLYPH begins a chunk after BEFORE: a wide gap parts them; or any gap, where GLYPH stands on one of EDGES. */
static gboolean
begins_chunk (const Glyph *before, const Glyph *glyph, double em, GArray *edges)
{
  double gap = glyph->box.x0 - before->box.x1;
  gboolean wide = character_is_wide (before->character) || character_is_wide (glyph->character);
  if (gap > (wide ? CHUNK_GAP : LATIN_CHUNK_GAP) * em)
    return TRUE;
  for (guint i = 0; gap > EDGE_GAP * em && i < edges->len; i++)
    if (fabs (g_array_index (edges, double, i) - glyph->box.x0) <= SAME_EDGE)
      return TRUE;
  return FALSE;
}

static ChunkLine *
chunk_line_from_line (const Line *line, GArray *edges)
{
  ChunkLine *chunks = g_new0 (ChunkLine, 1);
  chunks->y = (line->box.y0 + line->box.y1) / 2;
  chunks->em = line->em;
  chunks->chunks = g_array_new (FALSE, FALSE, sizeof (Chunk));
  for (guint i = 0; i < line->glyphs->len; i++) {
    const Glyph *glyph = g_ptr_array_index (line->glyphs, i);
    Chunk *last = chunks->chunks->len > 0 ? &g_array_index (chunks->chunks, Chunk, chunks->chunks->len - 1) : NULL;
    if (last && !begins_chunk (g_ptr_array_index (line->glyphs, i - 1), glyph, line->em, edges)) {
      last->x1 = MAX (last->x1, glyph->box.x1);
      last->wide_end = character_is_wide (glyph->character);
      continue;
    }
    Chunk chunk = {glyph->box.x0, glyph->box.x1, character_is_wide (glyph->character)};
    g_array_append_val (chunks->chunks, chunk);
  }
  return chunks;
}

static int
order_numbers (gconstpointer a, gconstpointer b)
{
  double first = *(const double *)a, second = *(const double *)b;
  return first < second ? -1 : first > second;
}

static GPtrArray *
chunk_lines_with_edges (GPtrArray *lines, GArray *edges)
{
  GPtrArray *result = g_ptr_array_new_with_free_func (chunk_line_free);
  for (guint i = 0; i < lines->len; i++)
    g_ptr_array_add (result, chunk_line_from_line (g_ptr_array_index (lines, i), edges));
  return result;
}

/* Where the chunks of many lines begin: the left sides of columns, whose text may come near to the column before. */
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
    if (end - first >= MAX (3, lines->len / 8))
      g_array_append_val (edges, start);
  }
  return edges;
}

GPtrArray *
chunk_lines_from_page (const Page *page, const gboolean *taken)
{
  g_autoptr (GPtrArray) glyphs = g_ptr_array_new ();
  for (guint i = 0; i < page->glyphs->len; i++)
    if (!taken[i])
      g_ptr_array_add (glyphs, &g_array_index (page->glyphs, Glyph, i));
  g_autoptr (GPtrArray) lines = lines_from_glyphs (glyphs);
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GPtrArray) chunk_lines = chunk_lines_with_edges (lines, none);
  g_autoptr (GArray) edges = edges_of_chunks (chunk_lines);
  return chunk_lines_with_edges (lines, edges);
}

GArray *
gutters_from_line (const ChunkLine *seed)
{
  GArray *gutters = g_array_new (FALSE, FALSE, sizeof (Gutter));
  for (guint i = 1; i < seed->chunks->len; i++) {
    Gutter gutter = {g_array_index (seed->chunks, Chunk, i - 1).x1, g_array_index (seed->chunks, Chunk, i).x0, (int)i};
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

/* GUTTER without the chunks that lie in it, appended to OPEN. */
static void
part_gutter (const Gutter *gutter, const ChunkLine *line, GArray *open)
{
  double left = gutter->left;
  for (guint i = 0; i < line->chunks->len; i++) {
    Chunk chunk = g_array_index (line->chunks, Chunk, i);
    if (chunk.x1 <= left || chunk.x0 >= gutter->right)
      continue;
    keep_if_wide (open, left, chunk.x0, gutter->origin);
    left = MAX (left, chunk.x1);
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
gutters_admit (GArray **gutters, const ChunkLine *line)
{
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (Gutter));
  for (guint i = 0; i < (*gutters)->len; i++)
    part_gutter (&g_array_index (*gutters, Gutter, i), line, open);
  for (guint i = 0; i < (*gutters)->len; i++)
    if (!has_origin (open, g_array_index (*gutters, Gutter, i).origin))
      return FALSE;
  g_array_unref (*gutters);
  *gutters = g_steal_pointer (&open);
  return TRUE;
}
