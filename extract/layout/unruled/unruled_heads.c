/* unruled_heads.c - see unruled_heads.h */
#include "layout/unruled/unruled_heads.h"

#include <math.h>

/* A head that spans columns is no farther from what it heads than this, in ems. */
#define HEAD_DISTANCE 2.4

/* What stands so near to the middle of the table, in ems, is its title. */
#define TITLE_OFFSET 2.0

/* A head stands as its column does, when it is off by no more than this, in ems. */
#define ALIGNED 0.3

/* Nor does it reach farther out than this. */
#define HEAD_OUT 3.0

/* A space narrower than this, in points, parts no heads. */
#define SPACE_LEAST 1.0

static Box
extent_of (const ChunkLine *line)
{
  const Chunk *first = &g_array_index (line->chunks, Chunk, 0);
  return (Box){first->x0, line->y, (first + line->chunks->len - 1)->x1, line->y};
}

static Box
extent_of_zone (const GapZone *zone)
{
  Box box = extent_of (g_ptr_array_index (zone->lines, zone->start));
  for (int i = zone->start; i < zone->end; i++)
    box = box_union (box, extent_of (g_ptr_array_index (zone->lines, i)));
  return box;
}

/* It stands over columns of values, and neither over those of labels nor in the middle, as titles do. */
gboolean
is_head_over_columns (const GapZone *zone, const ChunkLine *line, double y)
{
  Box table = extent_of_zone (zone), own = extent_of (line);
  if (fabs (line->y - y) > HEAD_DISTANCE * line->em || zone->gutters->len < 2 ||
      !first_gutter_is_open (zone->gutters, line))
    return FALSE;
  gboolean within = own.x0 >= table.x0 - line->em && own.x1 <= table.x1 + line->em;
  gboolean title = fabs (own.x0 + own.x1 - table.x0 - table.x1) < 2 * TITLE_OFFSET * line->em;
  return within && !(title && line->chunks->len == 1);
}

/* The widest space of LINE that lies in GUTTER; NULL: there is none. */
static const Space *
space_in_gutter (const ChunkLine *line, const Gutter *gutter)
{
  const Space *best = NULL;
  for (guint i = 0; i < line->spaces->len; i++) {
    const Space *space = &g_array_index (line->spaces, Space, i);
    gboolean within = MIN (space->x1, gutter->right) - MAX (space->x0, gutter->left) >= SPACE_LEAST;
    if (within && (!best || space->x1 - space->x0 > best->x1 - best->x0))
      best = space;
  }
  return best;
}

/* Whether a part from X0 to X1 stands as the column does in which its middle lies. */
static gboolean
stands_as_column (const GapZone *zone, double x0, double x1, double em)
{
  Box table = extent_of_zone (zone);
  double left = table.x0, right = table.x1;
  for (guint i = 0; i < zone->gutters->len; i++) {
    const Gutter *gutter = &g_array_index (zone->gutters, Gutter, i);
    if ((gutter->left + gutter->right) / 2 < (x0 + x1) / 2)
      left = gutter->right;
    else {
      right = gutter->left;
      break;
    }
  }
  if (x0 < left - HEAD_OUT * em || x1 > right + HEAD_OUT * em)
    return FALSE;
  return fabs (left - x0) <= ALIGNED * em || fabs (right - x1) <= ALIGNED * em ||
         fabs (left + right - x0 - x1) <= 2 * ALIGNED * em;
}

/* Appends what of CHUNK lies between the spaces in PARTING to PARTS; FALSE where a part does not stand as its column.
 */
static gboolean
part_chunk (const GapZone *zone, const Chunk *chunk, GArray *parting, double em, GArray *parts)
{
  Chunk rest = *chunk;
  for (guint i = 0; i < parting->len; i++) {
    const Space *space = g_array_index (parting, const Space *, i);
    if (space->x0 < rest.x0 || space->x1 > rest.x1)
      continue;
    Chunk part = rest;
    part.x1 = space->x0;
    rest.x0 = space->x1;
    g_array_append_val (parts, part);
    if (!stands_as_column (zone, part.x0, part.x1, em))
      return FALSE;
  }
  g_array_append_val (parts, rest);
  return rest.x0 == chunk->x0 || stands_as_column (zone, rest.x0, rest.x1, em);
}

gboolean
part_heads (const GapZone *zone, ChunkLine *line)
{
  g_autoptr (GArray) parting = g_array_new (FALSE, FALSE, sizeof (const Space *));
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (Chunk));
  for (guint i = 0; i < zone->gutters->len; i++) {
    const Space *space = space_in_gutter (line, &g_array_index (zone->gutters, Gutter, i));
    if (space && (parting->len == 0 || g_array_index (parting, const Space *, parting->len - 1) != space))
      g_array_append_val (parting, space);
  }
  for (guint i = 0; i < line->chunks->len; i++)
    if (!part_chunk (zone, &g_array_index (line->chunks, Chunk, i), parting, line->em, parts))
      return FALSE;
  if (parts->len == line->chunks->len)
    return FALSE;
  g_array_unref (line->chunks);
  line->chunks = g_steal_pointer (&parts);
  return TRUE;
}
