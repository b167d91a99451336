/* chart.c - see chart.h */
#include "layout/unruled/chart.h"

#include "layout/unruled/segment.h"
#include "model/numbers.h"

#include <math.h>

/* Ems: a line is in the middle of a figure when it is off by no more; it begins this near to its end; the names below a chart are no farther from it. */
#define MIDDLE_OFF 0.3
#define TICK_NEAR 1.5
#define NAMES_BELOW 2.5

/* Points: lines that begin so near to each other are of one scale; lines that are so near touch. */
#define SAME_AXIS 1.0
#define TOUCH 2.0

/* More figures prove no more. */
#define LABELS_MOST 5

typedef struct {
  double y;
  const RulingLine *line;
} RulingAt;

typedef struct {
  double x; /* where its lines end, on the side of the figures */
  double em;
  int labels;
  Box box, lines; /* of all of it, and of its lines alone */
} ChartScale;

/* The level lines of PAGE (RulingAt), downwards. */
static GArray *
level_lines (const Page *page)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (RulingAt));
  for (guint i = 0; i < page->ruling_lines->len; i++) {
    const RulingLine *line = &g_array_index (page->ruling_lines, RulingLine, i);
    RulingAt at = {(line->box.y0 + line->box.y1) / 2, line};
    if (line->kind == RULING_HORIZONTAL)
      g_array_append_val (lines, at);
  }
  g_array_sort (lines, order_numbers);
  return lines;
}

static ChartScale *
scale_at (GArray *scales, double x, double em)
{
  for (guint i = 0; i < scales->len; i++)
    if (fabs (g_array_index (scales, ChartScale, i).x - x) <= SAME_AXIS)
      return &g_array_index (scales, ChartScale, i);
  ChartScale scale = {.x = x, .em = em};
  g_array_append_val (scales, scale);
  return &g_array_index (scales, ChartScale, scales->len - 1);
}

static void
scale_take (ChartScale *scale, double y, const TextSegment *figure, const RulingLine *line)
{
  Box label = {figure->x0, y - scale->em / 2, figure->x1, y + scale->em / 2};
  scale->lines = scale->labels > 0 ? box_union (scale->lines, line->box) : line->box;
  scale->box = scale->labels > 0 ? box_union (scale->box, label) : label;
  scale->labels++;
}

/* Adds FIGURE of LINE to the scale of the level line that it is at the end of. */
static void
take_figure (GArray *scales, const SegmentLine *line, const TextSegment *figure, GArray *level)
{
  double off = MIDDLE_OFF * line->em, near = TICK_NEAR * line->em;
  for (guint i = numbers_first_from (level, line->y - off);
       i < level->len && g_array_index (level, RulingAt, i).y <= line->y + off; i++) {
    const RulingLine *ruling = g_array_index (level, RulingAt, i).line;
    gboolean after = ruling->box.x0 > figure->x1 && ruling->box.x0 - figure->x1 <= near;
    gboolean before = ruling->box.x1 < figure->x0 && figure->x0 - ruling->box.x1 <= near;
    if (after || before) {
      scale_take (scale_at (scales, after ? ruling->box.x0 : ruling->box.x1, line->em), line->y, figure, ruling);
      return;
    }
  }
}

static gboolean
is_chart (const ChartScale *scale, const Page *page, const Weighing *weighing)
{
  Evidence evidence = evidence_new (weighing);
  if (scale->labels < 2)
    return FALSE;
  evidence_add (&evidence, EVIDENCE_CHART, 1);
  evidence_add (&evidence, EVIDENCE_CHART_LABELS, MIN (scale->labels, LABELS_MOST));
  return evidence_decides (&evidence, page->number, scale->box, "a chart", "no chart");
}

/* The scale with all lines that are connected to its own, and what is named below them. */
static Box
box_of_chart (const ChartScale *scale, const Page *page)
{
  Box lines = scale->lines;
  for (int round = 0; round < 2; round++)
    for (guint i = 0; i < page->ruling_lines->len; i++) {
      const RulingLine *line = &g_array_index (page->ruling_lines, RulingLine, i);
      Box near = {line->box.x0 - TOUCH, line->box.y0 - TOUCH, line->box.x1 + TOUCH, line->box.y1 + TOUCH};
      if (line->kind != RULING_FILL && !box_is_empty (box_intersection (near, lines)))
        lines = box_union (lines, line->box);
    }
  Box box = box_union (lines, scale->box);
  box.y0 -= scale->em;
  box.y1 += NAMES_BELOW * scale->em;
  return box;
}

GArray *
charts_from_lines (GPtrArray *lines, const Page *page, const Weighing *weighing)
{
  GArray *boxes = g_array_new (FALSE, FALSE, sizeof (Box));
  g_autoptr (GArray) level = level_lines (page);
  g_autoptr (GArray) scales = g_array_new (FALSE, FALSE, sizeof (ChartScale));
  for (guint i = 0; i < lines->len && level->len > 1; i++) {
    const SegmentLine *line = g_ptr_array_index (lines, i);
    for (guint j = 0; j < line->segments->len; j++)
      if (g_array_index (line->segments, TextSegment, j).kind == SEGMENT_VALUE)
        take_figure (scales, line, &g_array_index (line->segments, TextSegment, j), level);
  }
  for (guint i = 0; i < scales->len; i++) {
    const ChartScale *scale = &g_array_index (scales, ChartScale, i);
    if (!is_chart (scale, page, weighing))
      continue;
    Box box = box_of_chart (scale, page);
    g_array_append_val (boxes, box);
  }
  return boxes;
}
