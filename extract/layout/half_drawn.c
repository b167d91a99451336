/* half_drawn.c - see half_drawn.h */
#include "layout/half_drawn.h"

#include "layout/text_line.h"
#include "layout/unruled/merged_labels.h"
#include "layout/unruled/rows.h"

#include <math.h>

/* Ems: pieces of text are on one line when their middles are no farther apart. */
#define SAME_LINE 0.35

/* Ems: text with a smaller gap in it goes on. */
#define GAP_LEAST 0.3

/* Ems: two gaps are the same when they differ by less. */
#define SAME_GAP 0.1

/* More lines than this prove no more. */
#define LINES_MOST 4.0

/* Ems: lines of one label are no farther apart. */
#define LABEL_LEADING 1.8

/* So many other columns prove as much as more. */
#define OTHERS_MOST 2

/* Text in this many rows proves as much as that in more. */
#define ROWS_MOST 4.0

/* Where rows are told by the text alone, this part of the lines, or more, begin one. */
#define SELDOM 0.3

/* Where they mostly are, that one is not drawn still counts this much. */
#define UNDRAWN_LEAST 0.5

/* ... and this part of the rows, or more, are told so. */
#define SELDOM_DRAWN 0.7

/* The text of a frame, place by place. */
typedef struct {
  Frame *frame;
  const Page *page;
  const Weighing *weighing;
  GPtrArray **lines; /* rows * columns: SegmentLine; NULL: it has no text */
} FrameText;

static GPtrArray *
lines_at (const FrameText *text, int row, int column)
{
  return text->lines[(gsize)row * frame_columns (text->frame) + column];
}

static void
frame_text_clear (FrameText *text)
{
  gsize count = (gsize)frame_rows (text->frame) * frame_columns (text->frame);
  for (gsize i = 0; i < count && text->lines; i++)
    g_clear_pointer (&text->lines[i], g_ptr_array_unref);
  g_clear_pointer (&text->lines, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FrameText, frame_text_clear)

/* GLYPHS: const Glyph *, those within the frame. */
static FrameText
frame_text_from_glyphs (Frame *frame, const Page *page, GPtrArray *glyphs, const Weighing *weighing)
{
  FrameText text = {frame, page, weighing, NULL};
  gsize count = (gsize)frame_rows (frame) * frame_columns (frame);
  text.lines = g_new0 (GPtrArray *, count + 1);
  for (guint i = 0; i < glyphs->len; i++) {
    const Glyph *glyph = g_ptr_array_index (glyphs, i);
    int column = frame_column_at (frame, (glyph->box.x0 + glyph->box.x1) / 2);
    int row = frame_row_at (frame, (glyph->box.y0 + glyph->box.y1) / 2);
    if (row < 0 || column < 0)
      continue;
    GPtrArray **place = &text.lines[(gsize)row * frame_columns (frame) + column];
    *place = *place ? *place : g_ptr_array_sized_new (GLYPHS_EXPECTED);
    g_ptr_array_add (*place, (gpointer)glyph);
  }
  for (gsize i = 0; i < count; i++)
    if (text.lines[i]) {
      g_autoptr (GPtrArray) own = text.lines[i];
      text.lines[i] = segment_lines_from_glyphs (own, FALSE);
    }
  return text;
}

static const TextSegment *
first_segment (const SegmentLine *line)
{
  return &g_array_index (line->segments, TextSegment, 0);
}

static const TextSegment *
last_segment (const SegmentLine *line)
{
  return &g_array_index (line->segments, TextSegment, line->segments->len - 1);
}

/* The line of LINES, which may be NULL, that is beside LINE. */
static const SegmentLine *
line_beside (GPtrArray *lines, const SegmentLine *line)
{
  for (guint i = 0; lines && i < lines->len; i++) {
    const SegmentLine *other = g_ptr_array_index (lines, i);
    if (fabs (other->y - line->y) <= SAME_LINE * line->em)
      return other;
  }
  return NULL;
}

/* Borders of columns that are drawn in other rows */

/* Whether two pieces or words of LINE are as far apart as GAP: the text goes on over it as it does between them. */
static gboolean
has_gap_like (const SegmentLine *line, double gap)
{
  for (guint i = 1; i < line->segments->len; i++) {
    const TextSegment *segment = &g_array_index (line->segments, TextSegment, i);
    if (segment->x0 - segment[-1].x1 > gap - SAME_GAP * line->em)
      return TRUE;
  }
  for (guint i = 0; i < line->spaces->len; i++) {
    const WordSpace *space = &g_array_index (line->spaces, WordSpace, i);
    double width = space->x1 - space->x0;
    if (width > GAP_LEAST * line->em && width > gap - SAME_GAP * line->em)
      return TRUE;
  }
  return FALSE;
}

/* The lines of a row on either side of a boundary. */
typedef struct {
  int open, crossed;
} BoundaryUse;

static BoundaryUse
boundary_use (const FrameText *text, int boundary, int row)
{
  BoundaryUse use = {0};
  GPtrArray *left = lines_at (text, row, boundary - 1), *right = lines_at (text, row, boundary);
  for (guint i = 0; left && right && i < left->len; i++) {
    const SegmentLine *line = g_ptr_array_index (left, i), *beside = line_beside (right, line);
    if (!beside)
      continue;
    double gap = first_segment (beside)->x0 - last_segment (line)->x1;
    gboolean crossed = gap < GAP_LEAST * line->em || first_segment (beside)->goes_on || has_gap_like (line, gap) ||
                       has_gap_like (beside, gap);
    use.crossed += crossed;
    use.open += !crossed;
  }
  return use;
}

static void
use_add (BoundaryUse *sum, BoundaryUse use)
{
  *sum = (BoundaryUse){sum->open + use.open, sum->crossed + use.crossed};
}

/* COUNT of the lines of USE, as evidence: no more than LINES_MOST. */
static double
counted (BoundaryUse use, int count)
{
  double lines = use.open + use.crossed;
  return lines > 0 ? MIN (lines, LINES_MOST) * count / lines : 0;
}

/* Rows FIRST to END (past the last) have no border at BOUNDARY, and one above or below them, or nothing. USES: of each
 * row; ALL: of all rows without it. */
static void
complete_border (FrameText *text, int boundary, int first, int end, const BoundaryUse *uses, BoundaryUse all)
{
  BoundaryUse own = {0};
  for (int row = first; row < end; row++)
    use_add (&own, uses[row]);
  if (own.open + own.crossed == 0)
    return;
  Evidence evidence = evidence_new (text->weighing);
  evidence_add (&evidence, EVIDENCE_BORDER_UNDRAWN, 1);
  evidence_add (&evidence, EVIDENCE_BORDER_OPEN, counted (own, own.open));
  evidence_add (&evidence, EVIDENCE_BORDER_USUAL, counted (all, all.open - all.crossed));
  double x = frame_x (text->frame, boundary);
  Box box = {x, frame_y (text->frame, first), x, frame_y (text->frame, end)};
  gboolean complete =
      evidence_decides (&evidence, text->page->number, box, "border of columns added", "no border of columns");
  for (int row = first; row < end && complete; row++)
    if (uses[row].crossed == 0)
      frame_add_vertical_border (text->frame, boundary, row);
}

static void
complete_boundary (FrameText *text, int boundary)
{
  const Frame *frame = text->frame;
  int rows = frame_rows (frame);
  g_autofree BoundaryUse *uses = g_new0 (BoundaryUse, rows + 1);
  BoundaryUse all = {0};
  for (int row = 0; row < rows; row++) {
    if (frame_has_vertical_border (frame, boundary, row))
      continue;
    uses[row] = boundary_use (text, boundary, row);
    use_add (&all, uses[row]);
  }
  for (int row = 0, end; row < rows; row = end) {
    end = row + 1;
    if (frame_has_vertical_border (frame, boundary, row))
      continue;
    while (end < rows && !frame_has_vertical_border (frame, boundary, end))
      end++;
    complete_border (text, boundary, row, end, uses, all);
  }
}

static void
complete_columns (FrameText *text)
{
  for (int boundary = 1; boundary < frame_columns (text->frame); boundary++)
    complete_boundary (text, boundary);
}

/* Borders of rows that the other columns have */

/* Column COLUMN has no border between the rows FIRST and END (past the last), where other columns have some. */
typedef struct {
  int filled, aligned;
} MergedUse;

static gboolean
is_beside_others (const FrameText *text, int row, int column, const SegmentLine *line)
{
  for (int other = 0; other < frame_columns (text->frame); other++)
    if (other != column && line_beside (lines_at (text, row, other), line))
      return TRUE;
  return FALSE;
}

static MergedUse
merged_use (const FrameText *text, int column, int first, int end)
{
  MergedUse use = {0};
  for (int row = first; row < end; row++) {
    GPtrArray *lines = lines_at (text, row, column);
    if (!lines || lines->len == 0)
      continue;
    use.filled++;
    use.aligned += is_beside_others (text, row, column, g_ptr_array_index (lines, 0));
  }
  return use;
}

static void
complete_merged (FrameText *text, int column, int first, int end)
{
  Frame *frame = text->frame;
  MergedUse use = merged_use (text, column, first, end);
  double rows = end - first;
  if (use.filled < 2)
    return;
  Evidence evidence = evidence_new (text->weighing);
  evidence_add (&evidence, EVIDENCE_MERGED_UNDRAWN, 1);
  evidence_add (&evidence, EVIDENCE_MERGED_FILLED, use.filled / rows * MIN (1, (rows - 1) / (ROWS_MOST - 1)));
  evidence_add (&evidence, EVIDENCE_MERGED_ALIGNED, use.aligned / rows);
  Box box = {frame_x (frame, column), frame_y (frame, first), frame_x (frame, column + 1), frame_y (frame, end)};
  gboolean complete = evidence_decides (&evidence, text->page->number, box, "borders of rows added", "a merged cell");
  for (int row = first + 1; row < end && complete; row++)
    frame_add_horizontal_border (frame, row, column);
}

static void
complete_merged_cells (FrameText *text)
{
  const Frame *frame = text->frame;
  for (int column = 0; column < frame_columns (frame); column++)
    for (int row = 0, end; row < frame_rows (frame); row = end) {
      for (end = row + 1; end < frame_rows (frame) && !frame_has_horizontal_border (frame, end, column);)
        end++;
      if (end - row > 1)
        complete_merged (text, column, row, end);
    }
}

/* Columns that are not drawn within one that is:
 *
 *      |  売上高        |  営業利益      |
 *      |  百万円    ％  |  百万円    ％  |      two pieces on each line, which leave the same gap open
 *      |  12,345   4.2  |   1,023  △3.1  |
 */

/* The gap between the first two pieces of the lines of a drawn column, and how the text uses it. */
typedef struct {
  double left, right;         /* left >= right: there is none */
  int lines, pieces, figures; /* lines that leave it open; lines of several pieces; those with figures on both sides */
} UndrawnBoundary;

static gboolean
has_figures (const SegmentLine *line)
{
  const TextSegment *first = first_segment (line);
  return line->segments->len > 1 && first[0].kind != SEGMENT_WORDS && first[1].kind != SEGMENT_WORDS;
}

/* The lines of ROW that have text on both sides of the gap; 0: one has text across it. */
static int
lines_open (const FrameText *text, const UndrawnBoundary *boundary, int row, int column)
{
  GPtrArray *lines = lines_at (text, row, column);
  int open = 0;
  for (guint i = 0; lines && i < lines->len; i++) {
    const SegmentLine *line = g_ptr_array_index (lines, i);
    for (guint j = 0; j < line->segments->len; j++) {
      const TextSegment *segment = &g_array_index (line->segments, TextSegment, j);
      if (segment->x0 < boundary->right && segment->x1 > boundary->left)
        return 0;
    }
    open += first_segment (line)->x1 <= boundary->left && last_segment (line)->x0 >= boundary->right;
  }
  return open;
}

static UndrawnBoundary
boundary_in_column (const FrameText *text, int column)
{
  UndrawnBoundary boundary = {.left = -G_MAXDOUBLE, .right = G_MAXDOUBLE};
  for (int row = 0; row < frame_rows (text->frame); row++) {
    GPtrArray *lines = lines_at (text, row, column);
    for (guint i = 0; lines && i < lines->len; i++) {
      const SegmentLine *line = g_ptr_array_index (lines, i);
      boundary.pieces += line->segments->len > 1;
      if (!has_figures (line))
        continue;
      boundary.figures++;
      boundary.left = MAX (boundary.left, first_segment (line)->x1);
      boundary.right = MIN (boundary.right, first_segment (line)[1].x0);
    }
  }
  for (int row = 0; row < frame_rows (text->frame) && boundary.left < boundary.right; row++)
    boundary.lines += lines_open (text, &boundary, row, column);
  return boundary;
}

/* OTHERS: how many other columns have such a gap. */
static gboolean
is_boundary (const FrameText *text, const UndrawnBoundary *boundary, int others)
{
  Evidence evidence = evidence_new (text->weighing);
  evidence_add (&evidence, EVIDENCE_COLUMN_UNDRAWN, 1);
  evidence_add (&evidence, EVIDENCE_COLUMN_FIGURES, (double)boundary->figures / boundary->pieces);
  evidence_add (&evidence, EVIDENCE_COLUMN_LINES, MIN (boundary->lines, LINES_MOST) / LINES_MOST);
  evidence_add (&evidence, EVIDENCE_COLUMN_OTHERS, MIN (others, OTHERS_MOST));
  Box box = {boundary->left, text->frame->box.y0, boundary->right, text->frame->box.y1};
  return evidence_decides (&evidence, text->page->number, box, "two columns in one", "a gap in a column");
}

/* FRAME with the columns that its text has within drawn ones; NULL: it has no more. */
static Frame *
frame_with_columns_of_text (const FrameText *text)
{
  Frame *frame = text->frame;
  int columns = frame_columns (frame), found = 0, added = 0;
  g_autofree UndrawnBoundary *boundaries = g_new (UndrawnBoundary, columns + 1);
  for (int column = 0; column < columns; column++) {
    boundaries[column] = boundary_in_column (text, column);
    found += boundaries[column].lines > 0;
  }
  g_autoptr (GArray) vertical = g_array_new (FALSE, FALSE, sizeof (Divider));
  for (int column = 0; column < columns; column++) {
    const UndrawnBoundary *boundary = &boundaries[column];
    if (boundary->lines == 0 || !is_boundary (text, boundary, found - 1))
      continue;
    for (int row = 0; row < frame_rows (frame); row++) {
      Divider divider = {(boundary->left + boundary->right) / 2, frame_y (frame, row), frame_y (frame, row + 1)};
      if (lines_open (text, boundary, row, column) > 0)
        g_array_append_val (vertical, divider);
    }
    added++;
  }
  return added > 0 ? frame_with_dividers (frame, NULL, vertical) : NULL;
}

/* Rows that no column has borders of */

static int
order_lines_downwards (gconstpointer a, gconstpointer b)
{
  double first = (*(SegmentLine *const *)a)->y, second = (*(SegmentLine *const *)b)->y;
  return first < second ? -1 : first > second;
}

/* The lines of all columns of ROW, those that are beside each other as one. A list of SegmentLine, which frees them. */
static GPtrArray *
lines_of_row (const FrameText *text, int row)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  for (int column = 0; column < frame_columns (text->frame); column++)
    if (lines_at (text, row, column))
      g_ptr_array_extend (all, lines_at (text, row, column), NULL, NULL);
  g_ptr_array_sort (all, order_lines_downwards);
  GPtrArray *lines = segment_lines_new ();
  for (guint i = 0; i < all->len; i++) {
    const SegmentLine *line = g_ptr_array_index (all, i);
    SegmentLine *last = lines->len > 0 ? g_ptr_array_index (lines, lines->len - 1) : NULL;
    if (last && line->y - last->y <= SAME_LINE * line->em)
      segment_line_take (last, line);
    else
      g_ptr_array_add (lines, segment_line_copy (line));
  }
  return lines;
}

/* The column of ROW whose cells are merged over some of the separators in it; -1: none is. */
typedef struct {
  int row, column;
  gboolean *separators; /* one for each */
} MergedColumn;

/* The row separators within ROW, of which LINES are the lines, where its text forms several rows. */
static GArray *
separators_in_row (const FrameText *text, GPtrArray *lines, RowPrior prior, MergedColumn *merged)
{
  g_auto (TableCandidate) candidate = candidate_from_lines (lines, NULL);
  candidate.end = (int)lines->len;
  g_auto (UnruledTable) table = unruled_table_between_boundaries (&candidate, text->frame->x);
  g_autoptr (GArray) separators = rows_from_evidence (&table, text->page, prior, text->weighing, NULL);
  if (merged && separators->len > 0) {
    g_array_append_vals (table.row_separators, separators->data, separators->len);
    table.box.y0 = frame_y (text->frame, merged->row);
    table.box.y1 = frame_y (text->frame, merged->row + 1);
    merged->column = unruled_sparse_column (&table);
    merged->separators = merged->column < 0 ? NULL : merged_separators (&table, merged->column);
  }
  return g_steal_pointer (&separators);
}

/* Whether the text of COLUMN is in the middle of ROW, which SEPARATORS divide for the other columns: its cell is merged. */
static gboolean
is_in_middle (const FrameText *text, int row, int column, GArray *separators)
{
  GPtrArray *lines = lines_at (text, row, column);
  if (!lines || lines->len == 0)
    return FALSE;
  const SegmentLine *first = g_ptr_array_index (lines, 0), *last = g_ptr_array_index (lines, lines->len - 1);
  double top = frame_y (text->frame, row), bottom = frame_y (text->frame, row + 1);
  gboolean together = last->y - first->y <= LABEL_LEADING * first->em * (lines->len - 1) + 1;
  return together && lines->len <= separators->len && first->y > g_array_index (separators, double, 0) &&
         fabs (first->y + last->y - top - bottom) <= 2 * first->em;
}

/* Appends the borders of rows at SEPARATORS in the row of MERGED to DIVIDERS. */
static void
add_borders (const FrameText *text, const MergedColumn *merged, GArray *separators, GArray *dividers)
{
  const Frame *frame = text->frame;
  for (int column = 0; column < frame_columns (frame) && separators->len > 0; column++) {
    if (is_in_middle (text, merged->row, column, separators))
      continue;
    for (guint i = 0; i < separators->len; i++) {
      if (merged->separators && merged->column == column && merged->separators[i])
        continue;
      Divider divider = {g_array_index (separators, double, i), frame_x (frame, column), frame_x (frame, column + 1)};
      g_array_append_val (dividers, divider);
    }
  }
}

/* How seldom rows are told by the text alone: first each row that is drawn is looked at for itself. */
static double
seldom_in (const FrameText *text, GPtrArray **lines)
{
  Weighing silent = *text->weighing;
  silent.why = NULL;
  FrameText own = *text;
  own.weighing = &silent;
  double found = 0, places = 0, drawn = -1;
  for (int row = 0; row < frame_rows (text->frame); row++) {
    drawn++;
    if (!lines[row])
      continue;
    g_autoptr (GArray) separators = separators_in_row (&own, lines[row], (RowPrior){1, 0}, NULL);
    found += separators->len;
    places += lines[row]->len - 1;
  }
  return found > 0 ? 1 - MIN (1, MIN (found / places / SELDOM, found / (found + drawn) / SELDOM_DRAWN)) : 1;
}

/* FRAME with the rows that its text has; NULL: it has no more. */
static Frame *
frame_with_rows_of_text (const FrameText *text)
{
  int rows = frame_rows (text->frame);
  g_autoptr (GArray) dividers = g_array_new (FALSE, FALSE, sizeof (Divider));
  g_autofree GPtrArray **lines = g_new0 (GPtrArray *, rows + 1);
  for (int row = 0; row < rows && frame_columns (text->frame) > 1; row++) {
    lines[row] = lines_of_row (text, row);
    if (lines[row] && lines[row]->len < 2)
      g_clear_pointer (&lines[row], g_ptr_array_unref);
  }
  double seldom = seldom_in (text, lines);
  for (int row = 0; row < rows; row++) {
    if (!lines[row])
      continue;
    MergedColumn merged = {row, -1, NULL};
    RowPrior prior = {MIN (1, UNDRAWN_LEAST + seldom), seldom};
    g_autoptr (GArray) found = separators_in_row (text, lines[row], prior, &merged);
    add_borders (text, &merged, found, dividers);
    g_free (merged.separators);
    g_ptr_array_unref (lines[row]);
  }
  return dividers->len > 0 ? frame_with_dividers (text->frame, dividers, NULL) : NULL;
}

/* The frames */

/* GLYPHS: const Glyph *, those within FRAME. Returns the frame that takes its place, or NULL. One with more columns is
 * to be completed again. */
static Frame *
frame_completed (Frame *frame, const Page *page, GPtrArray *glyphs, const Weighing *weighing)
{
  g_auto (FrameText) drawn = frame_text_from_glyphs (frame, page, glyphs, weighing);
  Frame *columns = frame_with_columns_of_text (&drawn);
  if (columns)
    return columns;
  complete_columns (&drawn);
  Frame *more = frame_with_rows_of_text (&drawn);
  if (!more) {
    complete_merged_cells (&drawn);
    return NULL;
  }
  g_auto (FrameText) again = frame_text_from_glyphs (more, page, glyphs, weighing);
  complete_merged_cells (&again);
  return more;
}

void
frames_complete (GPtrArray *frames, const Page *page, const gboolean *taken, const Weighing *weighing)
{
  for (guint i = 0; i < frames->len; i++) {
    Frame *frame = g_ptr_array_index (frames, i);
    g_autoptr (GPtrArray) glyphs = page_glyphs (page, taken, &frame->box);
    Frame *completed = frame_completed (frame, page, glyphs, weighing);
    if (!completed)
      continue;
    guint again = frame_columns (completed) > frame_columns (frame);
    g_ptr_array_remove_index (frames, i);
    g_ptr_array_insert (frames, (int)i, completed);
    i -= again;
  }
}
