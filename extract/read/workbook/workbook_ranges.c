/* workbook_ranges.c - see workbook.h */
#include "read/workbook/workbook.h"

static int
by_first (gconstpointer a, gconstpointer b)
{
  const Range *one = a, *other = b;
  return one->first != other->first ? one->first - other->first : one->last - other->last;
}

void
ranges_settle (GArray *ranges)
{
  guint kept = 0;
  g_array_sort (ranges, by_first);
  for (guint i = 0; i < ranges->len; i++) {
    Range range = g_array_index (ranges, Range, i);
    Range *last = kept > 0 ? &g_array_index (ranges, Range, kept - 1) : NULL;
    if (last && range.first <= last->last + 1)
      last->last = MAX (last->last, range.last);
    else
      g_array_index (ranges, Range, kept++) = range;
  }
  g_array_set_size (ranges, kept);
}

int
ranges_next_outside (const GArray *ranges, int index)
{
  guint low = 0, high = ranges->len;
  while (low < high) { /* the first range that ends at INDEX or after it */
    guint middle = low + (high - low) / 2;
    if (g_array_index (ranges, Range, middle).last < index)
      low = middle + 1;
    else
      high = middle;
  }
  if (low == ranges->len || g_array_index (ranges, Range, low).first > index)
    return index;
  return g_array_index (ranges, Range, low).last + 1;
}
