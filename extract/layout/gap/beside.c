/* beside.c - see beside.h */
#include "layout/gap/beside.h"

/* A rule over or under a table is no farther from it, in points. */
#define RULE_NEAR 14.0

static gboolean
rule_covers (const Page *page, double x, double top, double bottom)
{
  for (guint i = 0; i < page->rules->len; i++) {
    const Rule *rule = &g_array_index (page->rules, Rule, i);
    if (rule->kind == RULE_HORIZONTAL && rule->box.x0 <= x && rule->box.x1 >= x && rule->box.y0 >= top &&
        rule->box.y1 <= bottom)
      return TRUE;
  }
  return FALSE;
}

double
parting_of_tables (const GapZone *zone, const Page *page)
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
