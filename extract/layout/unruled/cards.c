/* cards.c - see cards.h */
#include "layout/unruled/cards.h"

#include "layout/unruled/unruled_table.h"

/* Cards are at most so many beside each other; each has at least two columns, and so many lines. */
#define BESIDE_MOST 4
#define LINES_LEAST 3

/* Leadings, ems: the space between two groups of lines is at least as high. */
#define GROUP_DISTANCE 1.35
#define GROUP_SPACE 0.3

/* The space between cards is at least so many times as wide as that within them. */
#define WIDER 1.4

typedef struct {
  const UnruledTable *table;
  const Page *page;
  int beside, width;      /* cards beside each other, the columns of each */
  GArray *groups;         /* int, in pairs: the first line of each group, and that past its last */
  double *lefts, *rights; /* one for each column: its extent */
} CardSearch;

static const TextSegment *
segment_in (const CardSearch *search, int line, int column)
{
  return search->table->candidate->banner[line] ? NULL : unruled_segment_in (search->table, line, column);
}

static void
measure_columns (CardSearch *search)
{
  int columns = unruled_columns (search->table);
  search->lefts = g_new (double, columns);
  search->rights = g_new (double, columns);
  for (int column = 0; column < columns; column++) {
    search->lefts[column] = G_MAXDOUBLE;
    search->rights[column] = -G_MAXDOUBLE;
    for (int line = search->table->candidate->start; line < search->table->candidate->end; line++) {
      const TextSegment *segment = segment_in (search, line, column);
      search->lefts[column] = segment ? MIN (search->lefts[column], segment->x0) : search->lefts[column];
      search->rights[column] = segment ? MAX (search->rights[column], segment->x1) : search->rights[column];
    }
  }
}

/* Whether a card of LINE has text in two of its columns. */
static gboolean
has_rows_on (const CardSearch *search, int line)
{
  for (int card = 0; card < search->beside; card++) {
    int filled = 0;
    for (int column = card * search->width; column < (card + 1) * search->width; column++)
      filled += segment_in (search, line, column) != NULL;
    if (filled > 1)
      return TRUE;
  }
  return FALSE;
}

/* The groups of lines that white space sets apart, without the titles at their heads. */
static void
find_groups (CardSearch *search)
{
  const UnruledTable *table = search->table;
  int start = table->candidate->start, end = table->candidate->end;
  double least = G_MAXDOUBLE;
  for (int line = start + 1; line < end; line++)
    least = MIN (least, unruled_line (table, line)->y - unruled_line (table, line - 1)->y);
  least = MAX (least, table->em);
  search->groups = g_array_new (FALSE, FALSE, sizeof (int));
  for (int first = start, next; first < end; first = next) {
    for (next = first + 1; next < end; next++) {
      double distance = unruled_line (table, next)->y - unruled_line (table, next - 1)->y;
      if (distance > GROUP_DISTANCE * least && distance > least + GROUP_SPACE * table->em)
        break;
    }
    while (first < next && !has_rows_on (search, first))
      first++;
    if (first == next)
      continue;
    g_array_append_val (search->groups, first);
    g_array_append_val (search->groups, next);
  }
}

/* The part of the lines whose cards all have labels, and the same ones. */
static double
repeated_labels (const CardSearch *search)
{
  int same = 0, all = 0;
  for (int line = search->table->candidate->start; line < search->table->candidate->end; line++) {
    const TextSegment *label = segment_in (search, line, 0);
    all += label != NULL;
    for (int card = 1; label && card < search->beside; card++) {
      const TextSegment *other = segment_in (search, line, card * search->width);
      label = other && other->hash == label->hash && other->kind == SEGMENT_WORDS ? label : NULL;
    }
    same += label != NULL;
  }
  return (double)same / MAX (1, all);
}

static gboolean
groups_are_high (const CardSearch *search)
{
  for (guint i = 0; i < search->groups->len; i += 2)
    if (g_array_index (search->groups, int, i + 1) - g_array_index (search->groups, int, i) < LINES_LEAST)
      return FALSE;
  return search->groups->len > 2;
}

/* The part of the labels of all cards that are figures. */
static double
figures_as_labels (const CardSearch *search)
{
  int figures = 0, all = 0;
  for (int line = search->table->candidate->start; line < search->table->candidate->end; line++)
    for (int card = 0; card < search->beside; card++) {
      const TextSegment *label = segment_in (search, line, card * search->width);
      all += label != NULL;
      figures += label && label->kind != SEGMENT_WORDS;
    }
  return (double)figures / MAX (1, all);
}

static double
space_before (const CardSearch *search, int column)
{
  return search->lefts[column] - search->rights[column - 1];
}

static gboolean
are_farther_apart (const CardSearch *search)
{
  double between = G_MAXDOUBLE, within = 0;
  for (int column = 1; column < unruled_columns (search->table); column++)
    if (column % search->width == 0)
      between = MIN (between, space_before (search, column));
    else
      within = MAX (within, space_before (search, column));
  return between > WIDER * within;
}

/* Whether level lines (LEVEL) cross the space between cards, or end at it; upright ones: are in it. */
static void
weigh_ruling_lines (const CardSearch *search, Evidence *evidence)
{
  const Box *box = &search->table->box;
  gboolean crossed = FALSE, ends = FALSE;
  for (guint i = 0; i < search->page->ruling_lines->len; i++) {
    const RulingLine *ruling = &g_array_index (search->page->ruling_lines, RulingLine, i);
    if (ruling->kind == RULING_DOT || ruling->box.y1 < box->y0 || ruling->box.y0 > box->y1)
      continue;
    for (int column = search->width; column < unruled_columns (search->table); column += search->width) {
      double left = search->rights[column - 1], right = search->lefts[column];
      crossed = crossed || (ruling->box.x0 < left && ruling->box.x1 > right);
      ends = ends || (ruling->box.x0 < left && ruling->box.x1 > left - 1 && ruling->box.x1 < right) ||
             (ruling->box.x0 > left && ruling->box.x0 < right + 1 && ruling->box.x1 > right);
    }
  }
  evidence_add (evidence, EVIDENCE_CARDS_CROSSED, crossed);
  evidence_add (evidence, EVIDENCE_CARDS_RULED, ends && !crossed);
}

static gboolean
are_cards (const CardSearch *search, const Weighing *weighing)
{
  Evidence evidence = evidence_new (weighing);
  evidence_add (&evidence, EVIDENCE_CARDS, 1);
  evidence_add (&evidence, EVIDENCE_CARDS_REPEATS, repeated_labels (search));
  evidence_add (&evidence, EVIDENCE_CARDS_GROUPS, groups_are_high (search));
  evidence_add (&evidence, EVIDENCE_CARDS_WIDE, are_farther_apart (search));
  evidence_add (&evidence, EVIDENCE_CARDS_FIGURES, figures_as_labels (search));
  weigh_ruling_lines (search, &evidence);
  gboolean cards = evidence_sum (&evidence) > 0;
  evidence_say (&evidence, (Place){.page = search->page->number, .box = search->table->box}, "%s",
                cards ? "cards side by side" : "one table, no cards");
  return cards;
}

static GArray *
boxes_of_cards (const CardSearch *search)
{
  GArray *boxes = g_array_new (FALSE, FALSE, sizeof (Box));
  for (guint i = 0; i < search->groups->len; i += 2) {
    const SegmentLine *first = unruled_line (search->table, g_array_index (search->groups, int, i));
    const SegmentLine *last = unruled_line (search->table, g_array_index (search->groups, int, i + 1) - 1);
    for (int column = 0; column < unruled_columns (search->table); column += search->width) {
      Box box = {g_array_index (search->table->column_boundaries, double, column), first->y - first->em / 2,
                 g_array_index (search->table->column_boundaries, double, column + search->width),
                 last->y + last->em / 2};
      g_array_append_val (boxes, box);
    }
  }
  return boxes;
}

GArray *
cards_from_candidate (const TableCandidate *candidate, const Page *page, const Weighing *weighing)
{
  GArray *boxes = NULL;
  if (candidate->gutters->len < 3)
    return NULL;
  g_auto (UnruledTable) table = unruled_table_from_candidate (candidate);
  int columns = unruled_columns (&table);
  for (int beside = MIN (BESIDE_MOST, columns / 2); beside > 1 && !boxes; beside--) {
    if (columns % beside != 0)
      continue;
    CardSearch search = {&table, page, beside, columns / beside, NULL, NULL, NULL};
    find_groups (&search);
    measure_columns (&search);
    boxes = are_cards (&search, weighing) ? boxes_of_cards (&search) : NULL;
    g_array_unref (search.groups);
    g_free (search.lefts);
    g_free (search.rights);
  }
  return boxes;
}
