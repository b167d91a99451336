/* gap_lines.c - see gap_lines.h */
#include "layout/gap_lines.h"

#include "layout/lines.h"

/* A gap wider than this, in ems, parts chunks. Spaces between words are a third of an em at most, those of the full
 * width one em: these part a chunk too, and another line of the same cell covers the gap. */
#define CHUNK_GAP 0.55

/* A gutter narrower than this, in points, is none. */
#define GUTTER_LEAST 1.8

static void
chunk_line_free (gpointer data)
{
  ChunkLine *line = data;
  g_array_unref (line->chunks);
  g_free (line);
}

static ChunkLine *
chunk_line_from_line (const Line *line)
{
  ChunkLine *chunks = g_new0 (ChunkLine, 1);
  chunks->y = (line->box.y0 + line->box.y1) / 2;
  chunks->em = line->em;
  chunks->chunks = g_array_new (FALSE, FALSE, sizeof (Chunk));
  for (guint i = 0; i < line->glyphs->len; i++) {
    const Glyph *glyph = g_ptr_array_index (line->glyphs, i);
    Chunk *last = chunks->chunks->len > 0 ? &g_array_index (chunks->chunks, Chunk, chunks->chunks->len - 1) : NULL;
    if (last && glyph->box.x0 - last->x1 <= CHUNK_GAP * line->em) {
      last->x1 = MAX (last->x1, glyph->box.x1);
      continue;
    }
    Chunk chunk = {glyph->box.x0, glyph->box.x1};
    g_array_append_val (chunks->chunks, chunk);
  }
  return chunks;
}

GPtrArray *
chunk_lines_from_page (const Page *page, const gboolean *taken)
{
  g_autoptr (GPtrArray) glyphs = g_ptr_array_new ();
  for (guint i = 0; i < page->glyphs->len; i++)
    if (!taken[i])
      g_ptr_array_add (glyphs, &g_array_index (page->glyphs, Glyph, i));
  g_autoptr (GPtrArray) lines = lines_from_glyphs (glyphs);
  GPtrArray *result = g_ptr_array_new_with_free_func (chunk_line_free);
  for (guint i = 0; i < lines->len; i++)
    g_ptr_array_add (result, chunk_line_from_line (g_ptr_array_index (lines, i)));
  return result;
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
