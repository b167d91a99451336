/* unruled.c - see unruled.h */
#include "layout/unruled/unruled.h"

#include "layout/unruled/figures.h"
#include "layout/unruled/merged_labels.h"
#include "layout/unruled/rows.h"
#include "layout/unruled/running_text.h"
#include "model/numbers.h"

#include <math.h>

/* A title is farther above the table than its lines are from each other, and its letters are larger. */
#define TITLE_FAR 1.4
#define TITLE_SIZE 1.15

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
  return FALSE;
}

/* A horizontal divider, left out where COLUMN's cells are merged over it; -1: none are. */
static void
add_horizontal (GArray *horizontal, const UnruledTable *table, double y, int column)
{
  Divider whole = {y, table->box.x0, table->box.x1};
  if (column < 0) {
    g_array_append_val (horizontal, whole);
    return;
  }
  Divider before = {y, whole.from, g_array_index (table->column_boundaries, double, column)};
  Divider after = {y, g_array_index (table->column_boundaries, double, column + 1), whole.to};
  if (before.to > before.from)
    g_array_append_val (horizontal, before);
  if (after.to > after.from)
    g_array_append_val (horizontal, after);
}

static void
add_horizontals (GArray *horizontal, const UnruledTable *table, gboolean figures)
{
  int sparse = unruled_sparse_column (table);
  g_autofree gboolean *merged = sparse < 0 ? NULL : merged_separators (table, sparse, !figures);
  for (guint i = 0; i < table->row_separators->len; i++)
    add_horizontal (horizontal, table, g_array_index (table->row_separators, double, i),
                    merged && merged[i] ? sparse : -1);
  add_horizontal (horizontal, table, table->box.y0, -1);
  add_horizontal (horizontal, table, table->box.y1, -1);
}

/* The vertical dividers of the lines FIRST to END, a row from TOP to BOTTOM. */
static void
add_verticals (GArray *vertical, const UnruledTable *table, int first, int end, double top, double bottom)
{
  gboolean banner = is_banner_row (table, first, end);
  for (guint boundary = 0; boundary < table->column_boundaries->len; boundary++) {
    Divider line = {g_array_index (table->column_boundaries, double, boundary), top, bottom};
    gboolean inner = boundary > 0 && boundary + 1 < table->column_boundaries->len;
    if (!inner || (!banner && !is_spanned (table, first, end, line.at)))
      g_array_append_val (vertical, line);
  }
}

/* Column boundaries become vertical dividers, but not through banners; row separators and the two ends become
 * horizontal ones. FIGURES: as in figures.h. */
static Frame *
frame_from_table (UnruledTable *table, gboolean figures)
{
  g_autoptr (GArray) horizontal = g_array_new (FALSE, FALSE, sizeof (Divider));
  g_autoptr (GArray) vertical = g_array_new (FALSE, FALSE, sizeof (Divider));
  add_horizontals (horizontal, table, figures);
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

/* CANDIDATE is left without the titles and notes at its ends. NULL: it is no table. */
static Frame *
frame_from_candidate (TableCandidate *candidate, const Page *page, const Weighing *weighing)
{
  g_auto (UnruledTable) table = unruled_table_from_candidate (candidate);
  gboolean figures = unruled_columns (&table) > 1 && is_table_of_figures (&table);
  if (figures && figures_trim (candidate, &table, page)) {
    unruled_table_clear (&table);
    table = unruled_table_from_candidate (candidate);
  }
  if (!figures && words_trim (candidate, &table)) {
    unruled_table_clear (&table);
    table = unruled_table_from_candidate (candidate);
  }
  if (unruled_columns (&table) < 2)
    return NULL;
  double filled = figures ? figures_filled (&table, page) : -1;
  g_array_unref (table.row_separators);
  table.row_separators = rows_from_evidence (&table, page, (RowPrior){0, 0}, weighing);
  return unruled_is_table (&table, page, filled, weighing) ? frame_from_table (&table, figures) : NULL;
}

/* The search */

void
previous_table_clear (PreviousTable *previous)
{
  g_clear_pointer (&previous->gutters, g_array_unref);
}

/* Sets ASIDE for the glyphs of the running text. */
static void
set_running_text_aside (const Page *page, GArray *running, gboolean *aside)
{
  for (guint i = 0; i < page->glyphs->len; i++) {
    const Box *glyph = &g_array_index (page->glyphs, Glyph, i).box;
    for (guint j = 0; j < running->len && !aside[i]; j++)
      aside[i] = box_has (g_array_index (running, Box, j), (glyph->x0 + glyph->x1) / 2, (glyph->y0 + glyph->y1) / 2);
  }
}

/* What the search for tables on a page shares. */
typedef struct {
  const Page *page;
  GArray *between; /* Box: running text and drawn tables, which no table goes on over */
  PreviousTable *previous;
  GPtrArray *frames;
  const Weighing *weighing;
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
  for (guint i = 0; i < candidate->gutters->len; i++)
    g_array_index (search->previous->gutters, Gutter, i).origin = (int)i;
}

static void add_tables (const TableSearch *search, const gboolean *aside);

/* The tables of CANDIDATE that are side by side, PARTING being the x between them; ASIDE is as in add_tables. */
static void
add_tables_beside (const TableSearch *search, const TableCandidate *candidate, double parting, const gboolean *aside)
{
  const SegmentLine *first = g_ptr_array_index (candidate->lines, candidate->start),
                    *last = g_ptr_array_index (candidate->lines, candidate->end - 1);
  Box half = {-G_MAXDOUBLE, first->y - first->em / 2, parting, last->y + last->em / 2};
  for (int i = 0; i < 2; i++) {
    g_autofree gboolean *outside = g_memdup2 (aside, (search->page->glyphs->len + 1) * sizeof (gboolean));
    for (guint j = 0; j < search->page->glyphs->len; j++) {
      const Box *glyph = &g_array_index (search->page->glyphs, Glyph, j).box;
      outside[j] = outside[j] || !box_has (half, (glyph->x0 + glyph->x1) / 2, (glyph->y0 + glyph->y1) / 2);
    }
    add_tables (search, outside);
    half.x0 = parting;
    half.x1 = G_MAXDOUBLE;
  }
}

/* The tables among the glyphs for which ASIDE is not set. */
static void
add_tables (const TableSearch *search, const gboolean *aside)
{
  g_autoptr (GPtrArray) lines = segment_lines_from_page (search->page, aside, TRUE);
  g_auto (TableCandidate) candidate = candidate_from_lines (lines, search->between);
  if (search->previous->gutters && candidate_grow_from_gutters (&candidate, search->previous->gutters)) {
    take_table (search, &candidate);
    candidate_mark_used (&candidate);
  }
  for (int seed = candidate_seed (&candidate); seed >= 0; seed = candidate_seed (&candidate)) {
    if (candidate_grow_from_line (&candidate, seed)) {
      double parting = candidate_parting (&candidate, search->page);
      if (parting > 0)
        add_tables_beside (search, &candidate, parting, aside);
      else
        take_table (search, &candidate);
      candidate_mark_used (&candidate);
    }
    candidate.used[seed] = TRUE;
  }
}

/* ASIDE, and what is outside PART of the page. The caller frees. */
static gboolean *
glyphs_aside_of_part (const Page *page, const gboolean *aside, const RunningText *running, guint part)
{
  gboolean *outside = g_memdup2 (aside, (page->glyphs->len + 1) * sizeof (gboolean));
  for (guint i = 0; i < page->glyphs->len; i++)
    outside[i] = outside[i] || running_text_part_of (running, g_array_index (page->glyphs, Glyph, i).box) != part;
  return outside;
}

GPtrArray *
frames_from_unruled_tables (const Page *page, GPtrArray *drawn, const gboolean *taken, PreviousTable *previous,
                            const Weighing *weighing)
{
  GPtrArray *frames = frames_new ();
  g_autoptr (GPtrArray) lines = segment_lines_from_page (page, taken, FALSE);
  g_auto (RunningText) running = running_text_from_lines (page, lines);
  g_autofree gboolean *aside = g_memdup2 (taken, (page->glyphs->len + 1) * sizeof (gboolean));
  set_running_text_aside (page, running.lines, aside);
  g_autoptr (GArray) between = g_array_copy (running.lines);
  for (guint i = 0; i < drawn->len; i++)
    g_array_append_val (between, ((const Frame *)g_ptr_array_index (drawn, i))->box);
  TableSearch search = {page, between, previous, frames, weighing};
  for (guint part = 0; part < running_text_parts (&running); part++) {
    g_autofree gboolean *outside = glyphs_aside_of_part (page, aside, &running, part);
    add_tables (&search, outside);
  }
  return frames;
}
