/* ruled.c - see ruled.h */
#include "layout/unruled/ruled.h"

#include <math.h>

/* Rules are of one width when their ends are off by no more than this, in points. */
#define SAME_END 1.5

/* A page with more rules is a drawing. */
#define RULES_MOST 2000

/* Nearer ones are one rule. */
#define APART 3.0

/* A head is no higher than this, in ems of its lines. */
#define HEAD_HEIGHT 7.0

static int
order_rules (gconstpointer a, gconstpointer b)
{
  double first = ((const Box *)a)->y0, second = ((const Box *)b)->y0;
  return first < second ? -1 : first > second;
}

/* The level rules of PAGE, downwards. */
static GArray *
level_rules (const Page *page)
{
  GArray *levels = g_array_new (FALSE, FALSE, sizeof (Box));
  for (guint i = 0; i < page->ruling_lines->len; i++) {
    const RulingLine *rule = &g_array_index (page->ruling_lines, RulingLine, i);
    if (rule->kind == RULING_HORIZONTAL)
      g_array_append_val (levels, rule->box);
  }
  g_array_sort (levels, order_rules);
  return levels;
}

/* Whether all that stands between the rules TOP and BOTTOM is a few lines, one with several chunks at least. */
static gboolean
is_head_between (GPtrArray *lines, Box top, Box bottom)
{
  gboolean several = FALSE;
  double em = 0;
  for (guint i = 0; i < lines->len; i++) {
    const ChunkLine *line = g_ptr_array_index (lines, i);
    int chunks = 0;
    for (guint j = 0; j < line->chunks->len && line->y > top.y0 && line->y < bottom.y0; j++) {
      const Chunk *chunk = &g_array_index (line->chunks, Chunk, j);
      chunks += chunk->x0 >= top.x0 - SAME_END && chunk->x1 <= top.x1 + SAME_END;
    }
    several = several || chunks > 1;
    em = chunks > 0 ? MAX (em, line->em) : em;
  }
  return several && bottom.y0 - top.y0 <= HEAD_HEIGHT * em;
}

/* The table over which LEVELS has its rule at FIRST; FALSE: it is over none. */
static gboolean
table_under_rule (GArray *levels, guint first, GPtrArray *lines, Box *table)
{
  Box top = g_array_index (levels, Box, first), last = top;
  int rules = 1;
  for (guint i = first + 1; i < levels->len; i++) {
    Box next = g_array_index (levels, Box, i);
    if (fabs (next.x0 - top.x0) > SAME_END || fabs (next.x1 - top.x1) > SAME_END || next.y0 - last.y0 < APART)
      continue;
    if (++rules == 2 && !is_head_between (lines, top, next))
      return FALSE;
    last = next;
    if (rules == 3)
      break;
  }
  *table = (Box){top.x0, top.y0, top.x1, last.y1};
  return rules == 3;
}

GArray *
ruled_tables (const Page *page, GPtrArray *lines)
{
  GArray *tables = g_array_new (FALSE, FALSE, sizeof (Box));
  g_autoptr (GArray) levels = level_rules (page);
  for (guint i = 0; i < levels->len && levels->len <= RULES_MOST; i++) {
    Box table;
    if (table_under_rule (levels, i, lines, &table))
      g_array_append_val (tables, table);
  }
  return tables;
}
