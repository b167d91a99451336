/* confidence.c - see confidence.h */
#include "sheet/confidence.h"

/* A check of the sheet, and text that was not read, make it no less sure than this. */
#define CONFIDENCE_LEAST 0.01

static double
match_confidence (const Match *match)
{
  return match->how == MATCH_SIMILAR || match->how == MATCH_DEFINITION ? match->score : 1;
}

static double
share_that_was_read (const TextCoverage *characters)
{
  gsize sheet = characters->in_items + characters->unread;
  return sheet > 0 ? (double)characters->in_items / sheet : 1;
}

void
sheet_weigh (Sheet *sheet)
{
  double sum = 0, whole = share_that_was_read (&sheet->characters);
  for (guint i = 0; i < sheet->items->len; i++) {
    Item *item = sheet_item (sheet, (int)i);
    item->confidence = match_confidence (&item->match) * item->recognition;
  }
  for (guint i = 0; i < sheet->findings->len; i++) {
    const Finding *finding = g_ptr_array_index (sheet->findings, i);
    for (guint j = 0; j < finding->items->len; j++)
      sheet_item (sheet, g_array_index (finding->items, int, j))->confidence *= 1 - finding->weight;
    if (finding->items->len == 0)
      whole *= 1 - finding->weight;
  }
  for (guint i = 0; i < sheet->items->len; i++)
    sum += sheet_item (sheet, (int)i)->confidence;
  sheet->confidence = MAX (sum / MAX (sheet->items->len, 1) * whole, CONFIDENCE_LEAST);
}
