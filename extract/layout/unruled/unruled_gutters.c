/* unruled_gutters.c - see unruled_gutters.h */
#include "layout/unruled/unruled_gutters.h"

/* A gutter narrower than this, in points, is none. */
#define GUTTER_LEAST 1.0

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

gboolean
first_gutter_is_open (GArray *gutters, const ChunkLine *line)
{
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (Gutter));
  int origin = g_array_index (gutters, Gutter, 0).origin;
  for (guint i = 0; i < gutters->len && g_array_index (gutters, Gutter, i).origin == origin; i++)
    part_gutter (&g_array_index (gutters, Gutter, i), line, open);
  return open->len > 0;
}
