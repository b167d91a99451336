/* beside.c - see beside.h */
#include "layout/unruled/beside.h"

/* A rule over or under a table is no farther from it, in points. */
#define RULE_NEAR 14.0

/* Words follow values on this part of the lines, where a table begins beside another; and there are so many of them. */
#define CHANGE_SHARE 0.8
#define ROWS_LEAST 4

static gboolean
rule_covers (const Page *page, double x, double top, double bottom)
{
  for (guint i = 0; i < page->ruling_lines->len; i++) {
    const RulingLine *rule = &g_array_index (page->ruling_lines, RulingLine, i);
    if (rule->kind == RULING_HORIZONTAL && rule->box.x0 <= x && rule->box.x1 >= x && rule->box.y0 >= top &&
        rule->box.y1 <= bottom)
      return TRUE;
  }
  return FALSE;
}

/* The chunk of LINE that begins nearest to the right of X, or NULL. */
static const Chunk *
chunk_right_of (const ChunkLine *line, double x)
{
  for (guint i = 0; i < line->chunks->len; i++)
    if (g_array_index (line->chunks, Chunk, i).x0 >= x)
      return &g_array_index (line->chunks, Chunk, i);
  return NULL;
}

static const Chunk *
chunk_left_of (const ChunkLine *line, double x)
{
  const Chunk *last = NULL;
  for (guint i = 0; i < line->chunks->len && g_array_index (line->chunks, Chunk, i).x1 <= x; i++)
    last = &g_array_index (line->chunks, Chunk, i);
  return last;
}

/* Whether GUTTER lies between values and the words of another table, and over both stands a title. */
static gboolean
titles_stand_beside (const GapZone *zone, const Gutter *gutter)
{
  const ChunkLine *titles = g_ptr_array_index (zone->lines, zone->start);
  const Chunk *first = &g_array_index (titles->chunks, Chunk, 0), *last = first + titles->chunks->len - 1;
  int lines = 0, change = 0;
  for (int i = zone->start + 2; i < zone->end; i++) {
    const ChunkLine *line = g_ptr_array_index (zone->lines, i);
    const Chunk *left = chunk_left_of (line, gutter->left + 1), *right = chunk_right_of (line, gutter->right - 1);
    lines++;
    change += left && right && left->kind == CHUNK_VALUE && right->kind == CHUNK_WORDS;
  }
  return titles->spans && first->words > 1 && last->words > 1 && last == chunk_right_of (titles, gutter->left + 1) &&
         last->x0 <= gutter->right + titles->em && lines >= ROWS_LEAST && change >= CHANGE_SHARE * lines;
}

/* The gutter that the rules over and under ZONE leave open, where it is the only one; 0: there is none. */
static double
parting_by_rules (const GapZone *zone, const Page *page)
{
  const ChunkLine *first = g_ptr_array_index (zone->lines, zone->start);
  const ChunkLine *last = g_ptr_array_index (zone->lines, zone->end - 1);
  double top = first->y - RULE_NEAR, bottom = last->y + RULE_NEAR, parting = 0;
  guint open = 0, at = 0;
  for (guint i = 0; i < zone->gutters->len; i++) {
    const Gutter *gutter = &g_array_index (zone->gutters, Gutter, i);
    double middle = (gutter->left + gutter->right) / 2;
    if (rule_covers (page, middle, top, bottom))
      continue;
    open++;
    at = i;
    parting = middle;
  }
  return open == 1 && at > 0 && at + 1 < zone->gutters->len ? parting : 0;
}

double
parting_of_tables (const GapZone *zone, const Page *page)
{
  for (guint i = 1; i + 1 < zone->gutters->len; i++) {
    const Gutter *gutter = &g_array_index (zone->gutters, Gutter, i);
    if (titles_stand_beside (zone, gutter))
      return (gutter->left + gutter->right) / 2;
  }
  return parting_by_rules (zone, page);
}
