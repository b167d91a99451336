/* page_ranges.c - see page_ranges.h */
#include "read/page_ranges.h"

#include <string.h>

/* More pages than any document may have. */
enum { PAGE_MOST = 1000000 };

typedef struct {
  int first, last;
} PageRange;

struct PageRanges {
  GArray *ranges; /* PageRange, as they were given */
};

/* Reads the number at *AT and the spaces around it; 0: there is none that can be a page's. */
static int
number_at (const char **at)
{
  char *end;
  *at += strspn (*at, " ");
  if (!g_ascii_isdigit (**at))
    return 0;
  guint64 number = g_ascii_strtoull (*at, &end, 10);
  *at = end + strspn (end, " ");
  return number <= PAGE_MOST ? (int)number : 0;
}

static gboolean
range_at (const char **at, PageRange *range)
{
  range->first = range->last = number_at (at);
  if (range->first > 0 && **at == '-') {
    ++*at;
    *at += strspn (*at, " ");
    range->last = **at && **at != ',' ? number_at (at) : PAGE_MOST;
  }
  return range->first > 0 && range->last >= range->first;
}

PageRanges *
page_ranges_from_text (const char *text)
{
  g_autoptr (PageRanges) ranges = g_new (PageRanges, 1);
  ranges->ranges = g_array_new (FALSE, FALSE, sizeof (PageRange));
  for (const char *at = text;; at++) {
    PageRange range;
    if (!range_at (&at, &range) || (*at && *at != ','))
      return NULL;
    g_array_append_val (ranges->ranges, range);
    if (!*at)
      return g_steal_pointer (&ranges);
  }
}

void
page_ranges_free (PageRanges *ranges)
{
  if (!ranges)
    return;
  g_array_unref (ranges->ranges);
  g_free (ranges);
}

gboolean
page_ranges_have (const PageRanges *ranges, int page)
{
  for (guint i = 0; ranges && i < ranges->ranges->len; i++) {
    PageRange range = g_array_index (ranges->ranges, PageRange, i);
    if (page >= range.first && page <= range.last)
      return TRUE;
  }
  return !ranges;
}

int
page_ranges_count (const PageRanges *ranges, int count)
{
  int wanted = 0;
  for (int page = 1; page <= count; page++)
    wanted += page_ranges_have (ranges, page);
  return wanted;
}

char *
page_ranges_left_out (const PageRanges *ranges, int count)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (int page = 1; page <= count; page++) {
    if (page_ranges_have (ranges, page))
      continue;
    int last = page;
    while (last < count && !page_ranges_have (ranges, last + 1))
      last++;
    g_string_append_printf (text, "%s%d", text->len ? ", " : "", page);
    if (last > page)
      g_string_append_printf (text, "-%d", last);
    page = last;
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
