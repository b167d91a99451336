/* cards.c - see cards.h */
#include "layout/unruled/cards.h"

#include "layout/unruled/unruled_table.h"

#include <math.h>

/* Cards are at most so many beside each other; each has at least two columns, and so many lines. */
#define BESIDE_MOST 4
#define LINES_LEAST 3

/* Leadings, ems: the space between two groups of lines is at least as high. */
#define GROUP_DISTANCE 1.35
#define GROUP_SPACE 0.3

/* A title has no more lines below it than this, and is off by this many ems at most. */
#define HEAD_LINES 3
#define TITLE_OFFSET 0.6

/* Points: a ruling line over or under a table is no farther from it. */
#define RULING_NEAR 14.0

typedef struct {
  const UnruledTable *table;
  const Page *page;
  int beside, width; /* cards beside each other, the columns of each */
  GArray *groups;    /* int, in pairs: the first line of each group, and that past its last */
  Box *extents;      /* one for each column */
} CardSearch;

/* Whether a card of LINE has text in two of its columns. */
static gboolean
has_rows_on (const CardSearch *search, int line)
{
  for (int card = 0; card < search->beside; card++) {
    int filled = 0;
    for (int column = card * search->width; column < (card + 1) * search->width; column++)
      filled += unruled_segment_in (search->table, line, column) != NULL;
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

/* The label of line number NUMBER of the labelled ones of group GROUP; NULL: it has fewer. */
static const TextSegment *
label_in_group (const CardSearch *search, guint group, int number)
{
  int end = g_array_index (search->groups, int, 2 * group + 1);
  for (int line = g_array_index (search->groups, int, 2 * group); line < end; line++) {
    const TextSegment *label = unruled_segment_in (search->table, line, 0);
    if (label && number-- == 0)
      return label;
  }
  return NULL;
}

/* The part of the labels of the first group that all others have in the same places; 0: there is one group. */
static double
stacked_labels (const CardSearch *search)
{
  int same = 0, all = 0;
  guint groups = search->groups->len / 2;
  for (const TextSegment *label; groups > 1 && (label = label_in_group (search, 0, all)); all++) {
    gboolean everywhere = label->kind == SEGMENT_WORDS;
    for (guint group = 1; group < groups && everywhere; group++) {
      const TextSegment *other = label_in_group (search, group, all);
      everywhere = other && other->hash == label->hash;
    }
    same += everywhere;
  }
  return (double)same / MAX (1, all);
}

/* The part of the lines whose cards all have labels, and the same ones. */
static double
repeated_labels (const CardSearch *search)
{
  int same = 0, all = 0;
  for (int line = search->table->candidate->start; line < search->table->candidate->end; line++) {
    const TextSegment *label = unruled_segment_in (search->table, line, 0);
    all += label != NULL;
    for (int card = 1; label && card < search->beside; card++) {
      const TextSegment *other = unruled_segment_in (search->table, line, card * search->width);
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
      double left = search->extents[column - 1].x1, right = search->extents[column].x0;
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
  evidence_add (&evidence, EVIDENCE_CARDS_GROUPS, groups_are_high (search));
  if (search->beside == 1)
    evidence_add (&evidence, EVIDENCE_CARDS_STACKED, stacked_labels (search));
  else {
    evidence_add (&evidence, EVIDENCE_CARDS_REPEATS, repeated_labels (search));
    weigh_ruling_lines (search, &evidence);
  }
  return evidence_decides (&evidence, search->page->number, search->table->box, "cards", "one table, no cards");
}

static GArray *
boxes_of_cards (const CardSearch *search)
{
  GArray *boxes = g_array_new (FALSE, FALSE, sizeof (Box));
  for (guint i = 0; i < search->groups->len; i += 2) {
    const SegmentLine *first = unruled_line (search->table, g_array_index (search->groups, int, i));
    const SegmentLine *last = unruled_line (search->table, g_array_index (search->groups, int, i + 1) - 1);
    for (int column = 0; column < unruled_columns (search->table); column += search->width) {
      Box box = {unruled_x (search->table, column), first->y - first->em / 2,
                 unruled_x (search->table, column + search->width), last->y + last->em / 2};
      g_array_append_val (boxes, box);
    }
  }
  return boxes;
}

/* Two tables side by side */

static gboolean
ruling_line_covers (const CardSearch *search, double x)
{
  const Box *box = &search->table->box;
  for (guint i = 0; i < search->page->ruling_lines->len; i++) {
    const RulingLine *ruling = &g_array_index (search->page->ruling_lines, RulingLine, i);
    if (ruling->kind == RULING_HORIZONTAL && ruling->box.x0 <= x && ruling->box.x1 >= x &&
        ruling->box.y0 >= box->y0 - RULING_NEAR && ruling->box.y1 <= box->y1 + RULING_NEAR)
      return TRUE;
  }
  return FALSE;
}

/* Whether ruling lines over and under the table, or in it, cross each gutter but the one before COLUMN. */
static gboolean
is_left_open (const CardSearch *search, int column)
{
  for (int i = 1; i < unruled_columns (search->table); i++)
    if (ruling_line_covers (search, (search->extents[i - 1].x1 + search->extents[i].x0) / 2) == (i == column))
      return FALSE;
  return TRUE;
}

/* Whether TITLE is flush with the left edge of the columns FIRST to END, or in their middle. */
static gboolean
is_title_of (const CardSearch *search, const TextSegment *title, int first, int end)
{
  double em = search->table->em, middle = (search->extents[first].x0 + search->extents[end - 1].x1) / 2;
  return title->kind == SEGMENT_WORDS && (fabs (title->x0 - search->extents[first].x0) <= TITLE_OFFSET * em ||
                                          fabs ((title->x0 + title->x1) / 2 - middle) <= TITLE_OFFSET * em);
}

static gboolean
has_titles (const CardSearch *search, int column)
{
  int start = search->table->candidate->start, columns = unruled_columns (search->table);
  for (int line = MAX (0, start - 1); line <= start; line++) {
    const GArray *segments = unruled_line (search->table, line)->segments;
    const TextSegment *title = &g_array_index (segments, TextSegment, 0);
    if (segments->len == 2 && is_title_of (search, title, 0, column) &&
        is_title_of (search, title + 1, column, columns))
      return TRUE;
  }
  return FALSE;
}

/* Whether one of the first lines says the same before and from COLUMN on. */
static gboolean
heads_repeat (const CardSearch *search, int column)
{
  int start = search->table->candidate->start;
  for (int line = start; line < MIN (start + HEAD_LINES, search->table->candidate->end); line++) {
    int same = 0;
    for (int i = 0; i < column && 2 * column == unruled_columns (search->table); i++) {
      const TextSegment *one = unruled_segment_in (search->table, line, i),
                        *other = unruled_segment_in (search->table, line, column + i);
      same += one && other && one->kind == SEGMENT_WORDS && one->hash == other->hash;
    }
    if (same == column)
      return TRUE;
  }
  return FALSE;
}

/* How much COLUMN is one of figures, and the next one of words: the parts of them that are. */
static double
words_after_figures (const CardSearch *search, int column)
{
  SegmentCount one = unruled_count (search->table, column), other = unruled_count (search->table, column + 1);
  return MIN ((double)one.values / MAX (1, one.all), (double)other.words / MAX (1, other.all));
}

/* The box of the columns FIRST to END on all lines. */
static Box
box_of_columns (const CardSearch *search, int first, int end)
{
  const SegmentLine *top = unruled_line (search->table, search->table->candidate->start),
                    *bottom = unruled_line (search->table, search->table->candidate->end - 1);
  return (Box){unruled_x (search->table, first), top->y - top->em / 2, unruled_x (search->table, end),
               bottom->y + bottom->em / 2};
}

static Evidence
weigh_parting (const CardSearch *search, int column, const Weighing *weighing)
{
  Evidence evidence = evidence_new (weighing);
  evidence_add (&evidence, EVIDENCE_PARTING, 1);
  evidence_add (&evidence, EVIDENCE_PARTING_RULED, is_left_open (search, column));
  evidence_add (&evidence, EVIDENCE_PARTING_TITLES, has_titles (search, column));
  evidence_add (&evidence, EVIDENCE_PARTING_HEADS, heads_repeat (search, column));
  evidence_add (&evidence, EVIDENCE_PARTING_WORDS, words_after_figures (search, column - 1));
  return evidence;
}

/* The boxes of two tables; NULL: it is one. */
static GArray *
boxes_of_two (const CardSearch *search, const Weighing *weighing)
{
  int columns = unruled_columns (search->table), parting = 2;
  Evidence best = weigh_parting (search, parting, weighing);
  for (int column = parting + 1; column + 2 <= columns; column++) {
    Evidence evidence = weigh_parting (search, column, weighing);
    if (evidence_sum (&evidence) <= evidence_sum (&best))
      continue;
    best = evidence;
    parting = column;
  }
  Box boxes[] = {box_of_columns (search, 0, parting), box_of_columns (search, parting, columns)};
  gboolean two = evidence_decides (&best, search->page->number, boxes[0], "two tables side by side",
                                   "one table, not two side by side");
  return two ? g_array_append_vals (g_array_new (FALSE, FALSE, sizeof (Box)), boxes, G_N_ELEMENTS (boxes)) : NULL;
}

GArray *
tables_beside_from_candidate (const TableCandidate *candidate, const Page *page, const Weighing *weighing,
                              gboolean *cards)
{
  g_auto (UnruledTable) table = unruled_table_from_candidate (candidate);
  int columns = unruled_columns (&table);
  if (columns < 2)
    return NULL;
  g_autofree Box *extents = g_new (Box, columns);
  for (int column = 0; column < columns; column++)
    extents[column] = unruled_extent (&table, column, candidate->start, candidate->end);
  CardSearch search = {.table = &table, .page = page, .extents = extents};
  GArray *boxes = columns < 4 ? NULL : boxes_of_two (&search, weighing);
  for (int beside = MIN (BESIDE_MOST, columns / 2); beside > 0 && !boxes && !*cards; beside--) {
    if (columns % beside != 0 || (beside == 1 && columns > 2))
      continue;
    search.beside = beside;
    search.width = columns / beside;
    find_groups (&search);
    boxes = are_cards (&search, weighing) ? boxes_of_cards (&search) : NULL;
    g_array_unref (search.groups);
    *cards = boxes != NULL;
  }
  return boxes;
}
