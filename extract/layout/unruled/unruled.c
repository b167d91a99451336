/* unruled.c - see unruled.h */
#include "layout/unruled/unruled.h"

#include "layout/text_line.h"
#include "layout/unruled/cards.h"
#include "layout/unruled/chart.h"
#include "layout/unruled/merged_labels.h"
#include "layout/unruled/rows.h"
#include "layout/unruled/running_text.h"
#include "model/numbers.h"

#include <math.h>

/* A title is farther above the table than its lines are from each other, and its letters are larger. */
#define TITLE_FAR 1.4
#define TITLE_SIZE 1.15

/* The head has no more rows than this. */
#define HEAD_ROWS 3

/* Ems: the lines of one head are no farther apart. */
#define HEAD_LEADING 2.0

/* A column of figures has values on at least this many lines. */
#define VALUE_LINES_LEAST 2

/* Leadings, ems: lines of one table of figures are no farther apart. */
#define APART_LEADINGS 3.5
#define APART 5.0

/* Ems: lines of the head of a table of figures are no farther apart. */
#define HEAD_DISTANCE 2.6

/* Ems: text whose middle is this near to a row separator is on it. */
#define ON_LINE 0.3

/* The frame of a table */

/* The lines FIRST to END (past the last) are those of a row. */
static gboolean
is_banner_row (const UnruledTable *table, int first, int end)
{
  for (int i = first; i < end; i++)
    if (!table->candidate->banner[i])
      return FALSE;
  return end > first;
}

/* Whether a heading on the lines FIRST to END is above both columns at BOUNDARY. */
static gboolean
is_spanned (const UnruledTable *table, int first, int end, double boundary)
{
  for (int i = first; i < end; i++) {
    const SegmentLine *line = unruled_line (table, i);
    for (guint j = 0; j < line->segments->len && line->spans; j++) {
      const TextSegment *segment = &g_array_index (line->segments, TextSegment, j);
      if (segment->x0 < boundary - 1 && segment->x1 > boundary + 1)
        return TRUE;
    }
  }
  return end == first + 1 && end < MIN (table->candidate->end, table->candidate->start + HEAD_ROWS) &&
         !table->candidate->banner[first] && !table->candidate->banner[end] &&
         unruled_heads_several (table, first, end, boundary);
}

/* The columns of TABLE (1) that the ruling lines between TOP and BOTTOM leave out, where they are drawn along other
 * columns; all 0: there are none, or they leave nothing out. */
static void
mark_columns_left_out (const UnruledTable *table, const Page *page, double top, double bottom, gboolean *open)
{
  int columns = unruled_columns (table), drawn = 0;
  for (int column = 0; column < columns; column++)
    open[column] = TRUE;
  for (guint i = 0; i < page->ruling_lines->len; i++) {
    const RulingLine *ruling = &g_array_index (page->ruling_lines, RulingLine, i);
    if (ruling->kind != RULING_HORIZONTAL || ruling->box.y0 < top || ruling->box.y1 > bottom)
      continue;
    for (int column = 0; column < columns; column++) {
      double middle = (unruled_x (table, column) + unruled_x (table, column + 1)) / 2;
      gboolean covered = open[column] && ruling->box.x0 <= middle && ruling->box.x1 >= middle;
      open[column] = open[column] && !covered;
      drawn += covered;
    }
  }
  for (int column = 0; column < columns && drawn == 0; column++)
    open[column] = FALSE;
}

/* Whether one of the lines of text between TOP and BOTTOM has some in COLUMN. */
static gboolean
has_text_between (const UnruledTable *table, int column, double top, double bottom)
{
  for (int i = table->candidate->start; i < table->candidate->end && unruled_line (table, i)->y < bottom; i++)
    if (unruled_line (table, i)->y > top && unruled_segment_in (table, i, column))
      return TRUE;
  return FALSE;
}

/* Whether COLUMN has words on the lines ABOVE and BELOW. */
static gboolean
has_words_on (const UnruledTable *table, int above, int below, int column)
{
  const TextSegment *one = unruled_segment_in (table, above, column),
                    *other = unruled_segment_in (table, below, column);
  return one && other && one->kind == SEGMENT_WORDS && other->kind == SEGMENT_WORDS;
}

/* Adds the horizontal divider at Y, which ends the row from TOP on and begins that to BOTTOM, where no cell goes on over
 * it: those of COLUMN do (-1: none do), and where text is on it, or a ruling line ends before it and one of the two has
 * none. FILLED, one for each column: whether the cell above has text; NULL: below the head, where only COLUMN's do. */
static void
add_horizontal (GArray *horizontal, const UnruledTable *table, const Page *page, double y, double bottom, int column,
                gboolean *filled)
{
  int columns = unruled_columns (table), above = table->candidate->start, next;
  double near = ON_LINE * table->em;
  g_autofree gboolean *open = g_new0 (gboolean, columns + 1);
  while (filled && above + 2 < table->candidate->end && unruled_line (table, above + 1)->y < y - near)
    above++;
  for (next = above + 1; filled && next + 1 < table->candidate->end && unruled_line (table, next)->y <= y + near;)
    next++;
  double top = unruled_line (table, above)->y,
         below_y = filled && next < table->candidate->end ? unruled_line (table, next)->y : top;
  if (below_y > top && !table->candidate->banner[above] && !table->candidate->banner[next])
    mark_columns_left_out (table, page, top, below_y, open);
  gboolean wrapped = below_y - top <= HEAD_LEADING * table->em;
  for (int i = 0; i < columns; i++) {
    gboolean below = filled && has_text_between (table, i, y, bottom),
             on = filled && has_text_between (table, i, y - near, y + near);
    gboolean merged =
        i == column || on || (open[i] && (!(filled[i] && below) || (wrapped && has_words_on (table, above, next, i))));
    Divider divider = {y, unruled_x (table, i), unruled_x (table, i + 1)};
    if (filled)
      filled[i] = (merged && filled[i]) || below || on;
    if (!merged)
      g_array_append_val (horizontal, divider);
  }
}

static void
add_horizontals (GArray *horizontal, const UnruledTable *table, const Page *page)
{
  Divider top = {table->box.y0, table->box.x0, table->box.x1}, bottom = {table->box.y1, table->box.x0, table->box.x1};
  int sparse = unruled_sparse_column (table);
  g_autofree gboolean *merged = sparse < 0 ? NULL : merged_separators (table, sparse);
  g_autofree gboolean *filled = g_new0 (gboolean, unruled_columns (table) + 1);
  const double *y = (const double *)table->row_separators->data;
  guint count = table->row_separators->len;
  for (int column = 0; column < unruled_columns (table) && count > 0; column++)
    filled[column] = has_text_between (table, column, table->box.y0, y[0]);
  for (guint i = 0; i < count; i++)
    add_horizontal (horizontal, table, page, y[i], i + 1 < count ? y[i + 1] : table->box.y1,
                    merged && merged[i] ? sparse : -1, i < HEAD_ROWS ? filled : NULL);
  g_array_append_val (horizontal, top);
  g_array_append_val (horizontal, bottom);
}

/* The vertical dividers of the lines FIRST to END, a row from TOP to BOTTOM. */
static void
add_verticals (GArray *vertical, const UnruledTable *table, int first, int end, double top, double bottom)
{
  gboolean banner = is_banner_row (table, first, end);
  for (guint boundary = 0; boundary < table->column_boundaries->len; boundary++) {
    Divider line = {unruled_x (table, boundary), top, bottom};
    gboolean inner = boundary > 0 && boundary + 1 < table->column_boundaries->len;
    if (!inner || (!banner && !is_spanned (table, first, end, line.at)))
      g_array_append_val (vertical, line);
  }
}

/* Column boundaries become vertical dividers, but not through banners; row separators and the two ends become
 * horizontal ones. */
static Frame *
frame_from_table (UnruledTable *table, const Page *page)
{
  g_autoptr (GArray) horizontal = g_array_new (FALSE, FALSE, sizeof (Divider));
  g_autoptr (GArray) vertical = g_array_new (FALSE, FALSE, sizeof (Divider));
  add_horizontals (horizontal, table, page);
  double top = table->box.y0;
  for (int row = 0, first = table->candidate->start, end; row <= (int)table->row_separators->len; row++, first = end) {
    gboolean last = row == (int)table->row_separators->len;
    double bottom = last ? table->box.y1 : g_array_index (table->row_separators, double, row);
    for (end = first; end < table->candidate->end && (last || unruled_line (table, end)->y <= bottom);)
      end++;
    add_verticals (vertical, table, first, end, top, bottom);
    top = bottom;
  }
  return frame_from_dividers (horizontal, vertical);
}

/* Titles and notes at the ends of a table of figures:
 *
 *      Table 3. Grants by state                  a title: not part of the table
 *                        Number of    Rate       lines of the head
 *      State                grants
 *      Northern states                           a label alone: a heading among the rows
 *        Alaska                 12     8.1
 */

static gboolean
is_value_column (const UnruledTable *table, int column)
{
  SegmentCount count = unruled_count (table, column);
  return count.values >= VALUE_LINES_LEAST && count.values >= count.words;
}

/* Whether most columns, except that of the labels, hold figures. */
static gboolean
is_table_of_figures (const UnruledTable *table)
{
  int count = 0;
  for (int column = 1; column < unruled_columns (table); column++)
    count += is_value_column (table, column);
  return count > 0 && count * 2 >= unruled_columns (table) - 1;
}

static gboolean
has_value (const UnruledTable *table, const gboolean *columns, int line)
{
  for (int column = 1; column < unruled_columns (table); column++) {
    const TextSegment *segment = columns[column] ? unruled_segment_in (table, line, column) : NULL;
    if (segment && segment->kind != SEGMENT_WORDS)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_label_alone (const UnruledTable *table, int line)
{
  return unruled_line (table, line)->segments->len == 1 && unruled_segment_in (table, line, 0);
}

/* Whether LINE, the last one, is not a note below the table: it is the rest of a wrapped label, or has text in several
 * columns. */
static gboolean
is_of_table (const UnruledTable *table, int line)
{
  const TextSegment *label = unruled_segment_in (table, line, 0);
  gboolean rest = label && g_unichar_islower (label->first) && line > 0 && !table->candidate->banner[line - 1];
  return rest ||
         (unruled_line (table, line)->segments->len > 1 && !table->candidate->banner[line] && !(label && label->mark));
}

/* Whether LINE is one note in brackets, flush with the right edge: "(in thousands)". */
static gboolean
is_note_of_units (const UnruledTable *table, int line)
{
  const GArray *segments = unruled_line (table, line)->segments;
  const TextSegment *note = &g_array_index (segments, TextSegment, 0);
  return segments->len == 1 && g_unichar_type (note->first) == G_UNICODE_OPEN_PUNCTUATION &&
         g_unichar_type (note->last) == G_UNICODE_CLOSE_PUNCTUATION && note->x1 > table->box.x1 - table->em;
}

/* Whether LINE, the first one, is not part of the head: a title, or something far above. */
static gboolean
is_title (const UnruledTable *table, int line)
{
  return is_label_alone (table, line) || table->candidate->banner[line] || is_note_of_units (table, line) ||
         unruled_line (table, line + 1)->y - unruled_line (table, line)->y > HEAD_DISTANCE * table->em;
}

/* Reduces CANDIDATE to the part with most lines with values in COLUMNS in which no two lines are far apart. */
static void
keep_near (TableCandidate *candidate, const UnruledTable *table, const gboolean *columns)
{
  double apart = MAX (APART_LEADINGS * table->leading, APART * table->em);
  int start = candidate->start, most = 0;
  TableCandidate best = *candidate;
  for (int i = candidate->start, values = 0; i < candidate->end; i++) {
    values += has_value (table, columns, i);
    if (i + 1 < candidate->end && unruled_line (table, i + 1)->y - unruled_line (table, i)->y <= apart)
      continue;
    if (values > most) {
      most = values;
      best.start = start;
      best.end = i + 1;
    }
    values = 0;
    start = i + 1;
  }
  *candidate = best;
}

/* Takes titles and notes, and what is far from the rest, off the ends of CANDIDATE, of which TABLE was measured. */
static gboolean
figures_trim (TableCandidate *candidate, const UnruledTable *table)
{
  int start = candidate->start, end = candidate->end;
  g_autofree gboolean *columns = g_new0 (gboolean, unruled_columns (table) + 1);
  for (int column = 1; column < unruled_columns (table); column++)
    columns[column] = is_value_column (table, column);
  keep_near (candidate, table, columns);
  while (candidate->start < candidate->end - 1 && !has_value (table, columns, candidate->start) &&
         is_title (table, candidate->start))
    candidate->start++;
  while (candidate->end > candidate->start && !has_value (table, columns, candidate->end - 1) &&
         !is_of_table (table, candidate->end - 1))
    candidate->end--;
  return candidate->start > start || candidate->end < end;
}

/* Takes the title, a single piece of text in larger letters far above the rest, off CANDIDATE, of which TABLE was
 * measured. */
static gboolean
words_trim (TableCandidate *candidate, const UnruledTable *table)
{
  int start = candidate->start;
  while (candidate->end - candidate->start > 3) {
    const SegmentLine *title = unruled_line (table, candidate->start), *below = title;
    below = unruled_line (table, candidate->start + 1);
    double next = unruled_line (table, candidate->start + 2)->y - below->y;
    gboolean far = below->y - title->y > TITLE_FAR * MAX (next, table->leading);
    if (title->segments->len > 1 || !far || title->em < TITLE_SIZE * table->em)
      break;
    candidate->start++;
  }
  return candidate->start > start;
}

/* Takes off CANDIDATE the gutters that are no boundary of TABLE, which was measured of it: between a head in the middle and
 * the cells at the edge of its column. */
static void
drop_gutters_within_columns (TableCandidate *candidate, const UnruledTable *table)
{
  for (guint i = candidate->gutters->len; i-- > 0;) {
    const Gutter *gutter = &g_array_index (candidate->gutters, Gutter, i);
    int column = 1;
    while (column < unruled_columns (table) &&
           (unruled_x (table, column) < gutter->left || unruled_x (table, column) > gutter->right))
      column++;
    if (column == unruled_columns (table))
      g_array_remove_index (candidate->gutters, i);
  }
}

/* CANDIDATE is left without the titles and notes at its ends. NULL: it is no table. */
static Frame *
frame_from_candidate (TableCandidate *candidate, const Page *page, const Weighing *weighing)
{
  g_auto (UnruledTable) table = unruled_table_from_candidate (candidate);
  gboolean figures = unruled_columns (&table) > 1 && is_table_of_figures (&table);
  if (figures ? figures_trim (candidate, &table) : words_trim (candidate, &table)) {
    unruled_table_clear (&table);
    table = unruled_table_from_candidate (candidate);
  }
  if (unruled_columns (&table) < 2)
    return NULL;
  drop_gutters_within_columns (candidate, &table);
  g_array_unref (table.row_separators);
  table.row_separators =
      rows_from_evidence (&table, page, (RowPrior){.ruled = candidate->ruled}, weighing, &candidate->ruled);
  return unruled_is_table (&table, page, figures, weighing) ? frame_from_table (&table, page) : NULL;
}

/* The search */

void
previous_table_clear (PreviousTable *previous)
{
  g_clear_pointer (&previous->gutters, g_array_unref);
}

/* Adds BOX to BETWEEN (BoxAt). */
static void
add_box (GArray *between, Box box)
{
  BoxAt at = {(box.y0 + box.y1) / 2, box};
  g_array_append_val (between, at);
}

/* Sets ASIDE for the glyphs in one of BOXES (BoxAt, downwards). */
static void
set_aside (const Page *page, GArray *boxes, gboolean *aside)
{
  double high = 0;
  for (guint i = 0; i < boxes->len; i++)
    high = MAX (high, g_array_index (boxes, BoxAt, i).box.y1 - g_array_index (boxes, BoxAt, i).y);
  for (guint i = 0; i < page->glyphs->len && boxes->len > 0; i++) {
    const Box *glyph = &g_array_index (page->glyphs, Glyph, i).box;
    double y = (glyph->y0 + glyph->y1) / 2;
    for (guint j = numbers_first_from (boxes, y - high);
         j < boxes->len && g_array_index (boxes, BoxAt, j).y <= y + high && !aside[i]; j++)
      aside[i] = box_has_middle (g_array_index (boxes, BoxAt, j).box, *glyph);
  }
}

/* What the search for tables on a page shares. */
typedef struct {
  const Page *page;
  GArray *between; /* BoxAt, downwards: running text, charts and drawn tables, which no table goes on over */
  PreviousTable *previous;
  GPtrArray *frames;
  const Weighing *weighing;
  gboolean cards; /* what is looked at is one of several cards */
} TableSearch;

static void
take_table (const TableSearch *search, TableCandidate *candidate)
{
  candidate_take_last_banner (candidate);
  Frame *frame = frame_from_candidate (candidate, search->page, search->weighing);
  if (frame)
    g_ptr_array_add (search->frames, frame);
  previous_table_clear (search->previous);
  search->previous->gutters = g_array_copy (candidate->gutters);
  search->previous->ruled = candidate->ruled;
  for (guint i = 0; i < candidate->gutters->len; i++)
    g_array_index (search->previous->gutters, Gutter, i).origin = (int)i;
}

/* The lines (GlyphLine) of those glyphs of PAGE for which TAKEN, one for each glyph, is not set. */
static GPtrArray *
lines_from_page (const Page *page, const gboolean *taken)
{
  g_autoptr (GPtrArray) glyphs = page_glyphs (page, taken, NULL);
  return lines_from_glyphs (glyphs);
}

static void add_tables (const TableSearch *search, const gboolean *aside, GPtrArray *glyph_lines);

/* The tables in each of BOXES (Box); ASIDE is as in add_tables. */
static void
add_tables_in_boxes (const TableSearch *search, GArray *boxes, const gboolean *aside)
{
  for (guint i = 0; i < boxes->len; i++) {
    g_autofree gboolean *outside = g_memdup2 (aside, (search->page->glyphs->len + 1) * sizeof (gboolean));
    for (guint j = 0; j < search->page->glyphs->len; j++) {
      const Box *glyph = &g_array_index (search->page->glyphs, Glyph, j).box;
      outside[j] = outside[j] || !box_has_middle (g_array_index (boxes, Box, i), *glyph);
    }
    g_autoptr (GPtrArray) lines = lines_from_page (search->page, outside);
    add_tables (search, outside, lines);
  }
}

/* Adds the tables that CANDIDATE is, where it is several side by side. FALSE: it is one. */
static gboolean
add_tables_beside (const TableSearch *search, const TableCandidate *candidate, const gboolean *aside)
{
  TableSearch own = *search;
  g_autoptr (GArray) boxes = tables_beside_from_candidate (candidate, search->page, search->weighing, &own.cards);
  if (boxes)
    add_tables_in_boxes (&own, boxes, aside);
  return boxes != NULL;
}

/* The tables among the glyphs for which ASIDE is not set; GLYPH_LINES are their lines. */
static void
add_tables (const TableSearch *search, const gboolean *aside, GPtrArray *glyph_lines)
{
  g_autoptr (GPtrArray) lines = segment_lines_from_lines (glyph_lines, TRUE);
  g_auto (TableCandidate) candidate = candidate_from_lines (lines, search->between);
  if (search->previous->gutters && candidate_grow_from_gutters (&candidate, search->previous->gutters)) {
    candidate.ruled = search->previous->ruled;
    take_table (search, &candidate);
    candidate_mark_used (&candidate);
  }
  for (int seed = candidate_seed (&candidate); seed >= 0; seed = candidate_seed (&candidate)) {
    candidate.ruled = FALSE;
    if (candidate_grow_from_line (&candidate, seed)) {
      if (!add_tables_beside (search, &candidate, aside))
        take_table (search, &candidate);
      candidate_mark_used (&candidate);
    }
    candidate.used[seed] = TRUE;
  }
}

GPtrArray *
frames_from_unruled_tables (const Page *page, GPtrArray *drawn, const gboolean *taken, PreviousTable *previous,
                            const Weighing *weighing)
{
  GPtrArray *frames = frames_new ();
  g_autoptr (GPtrArray) glyph_lines = lines_from_page (page, taken);
  g_autoptr (GPtrArray) lines = segment_lines_from_lines (glyph_lines, FALSE);
  g_autoptr (GArray) between = running_text_from_lines (lines);
  g_autoptr (GArray) charts = charts_from_lines (lines, page, weighing);
  for (guint i = 0; i < charts->len; i++)
    add_box (between, g_array_index (charts, Box, i));
  g_array_sort (between, order_numbers);
  g_autofree gboolean *aside = g_memdup2 (taken, (page->glyphs->len + 1) * sizeof (gboolean));
  set_aside (page, between, aside);
  g_autoptr (GPtrArray) left = between->len > 0 ? lines_from_page (page, aside) : g_ptr_array_ref (glyph_lines);
  for (guint i = 0; i < drawn->len; i++)
    add_box (between, ((const Frame *)g_ptr_array_index (drawn, i))->box);
  g_array_sort (between, order_numbers);
  TableSearch search = {page, between, previous, frames, weighing, FALSE};
  add_tables (&search, aside, left);
  return frames;
}
