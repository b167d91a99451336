/* aligned_rows.c - see aligned_rows.h */
#include "read/text/aligned_rows.h"

#include "model/numbers.h"
#include "text/squeezed.h"

#include <math.h>
#include <string.h>

/* A row has no more lines than this. */
#define ROW_LINES_MOST 40

/* A column of numbers is among the first columns, has so many, and they are this part of its cells. */
#define NUMBER_COLUMNS 3
#define NUMBERS_LEAST 3
#define NUMBERS_SHARE 0.6
#define NUMBER_LENGTH 7

/* Hardly a line is wider than that of this quantile. */
#define WIDTH_QUANTILE 0.93

/* Most rows fill a column: this part of them. */
#define USUAL 0.8

/* A column of labels of several rows, left of the numbers or right beside them, has text in no more of the rows. */
#define LABELS_SHARE 0.6

/* What speaks for a row and against it, in lines that go on. Set on six texts: what
 * pdftotext -layout made of six sheets from Writer, Calc and Chromium. */
#define GOES_ON 1.5    /* text that reaches its column's edge, and goes on below, in the same row; less where narrow */
#define WIDE_COLUMN 20 /* columns of a line: as wide as that all of it */
#define ENDS -1.0      /* text that ends before, and more below it in the same row */
#define NO_NUMBER -3.0 /* a row without a number in a table that has them, but for the first */
#define MORE_NUMBERS -6.0 /* each number more than one */
#define EMPTY -1.0        /* a column that most rows fill is empty */
#define OFF_PLACE -0.8    /* each line that a cell is away from its place in the row */
#define OFF_MOST 3.0
#define ALL_AGAIN -2.5       /* each line more than one with text in all columns that most rows fill */
#define NUMBER_AND_TEXT -3.0 /* a number, and other text in its column: a head */
#define BLANK_WITHIN -2.0    /* a blank line within a row */
#define ROW -0.2             /* each row: fewer explain as much */

typedef enum { CELLS_AT_TOP, CELLS_IN_MIDDLE } PlaceInRow;

typedef struct {
  const AlignedTable *table;
  GPtrArray *cells;
  int lines, columns;
  int numbers;      /* the column of numbers; -1: none */
  int first_number; /* the line of the first */
  double *filled;   /* of each column: the part of the rows that have text in it, as far as can be told */
  int *widths;      /* of each column: its widest text, in columns of a line */
  gboolean *full;   /* of each line and column: its text reaches the edge, before more text below */
  gboolean *blank;
} AlignedRowSearch;

/* What is in the lines of a row so far, from its last line up. */
typedef struct {
  int top[ALIGNED_TABLE_COLUMNS_MOST], bottom[ALIGNED_TABLE_COLUMNS_MOST]; /* -1: nothing */
  int numbers, texts;                                                      /* in the column of numbers */
  int whole;     /* lines with text in all columns that most rows fill */
  double joints; /* of text that goes on, or does not */
} AlignedRowContent;

static const char *
cell_at (const AlignedRowSearch *search, int line, int column)
{
  return g_ptr_array_index (search->cells, line * search->columns + column);
}

static gboolean
is_across (const AlignedRowSearch *search, int line)
{
  return search->table->across[line];
}

/* Whether TEXT is a row's number: short, with a digit, no word but No. */
static gboolean
is_number (const char *text)
{
  gboolean digit = FALSE;
  int letters = 0;
  if (g_utf8_strlen (text, -1) > NUMBER_LENGTH)
    return FALSE;
  for (; *text; text = g_utf8_next_char (text)) {
    gunichar character = g_utf8_get_char (text);
    digit |= g_unichar_isdigit (character);
    letters += g_unichar_isalpha (character) ? 1 : 0;
    if (g_unichar_iswide (character) && !g_unichar_isdigit (character) && !g_unichar_ispunct (character))
      return FALSE;
  }
  return digit && letters <= 2;
}

/* The text of LINE from column FROM to before END, of those that are counted in WAY, without spaces, wide ones too, at
 * its ends. */
static char *
text_between (const char *line, int from, int end, ColumnCount way)
{
  const char *start = text_at_column (line, from, way),
             *stop = end < 0 ? line + strlen (line) : text_at_column (line, end, way);
  return text_trimmed (start, stop);
}

/* The cells of TABLE. */
static GPtrArray *
cells_of_table (const AlignedTable *table, const TextLine *lines, ColumnCount way)
{
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);
  for (int i = table->first; i <= table->last; i++) {
    const int *starts = aligned_table_starts (table, i);
    for (int k = 0; k < table->columns; k++) {
      char *text = starts  ? text_between (lines[i].text, starts[k], k + 1 < table->columns ? starts[k + 1] : -1, way)
                   : k > 0 ? g_strdup ("")
                           : text_between (lines[i].text, 0, -1, way);
      g_ptr_array_add (cells, text);
    }
  }
  return cells;
}

/* The line after LINE with text in COLUMN; the number of lines: there is none. */
static int
next_with_text (const AlignedRowSearch *search, int line, int column)
{
  int next = line + 1;
  while (next < search->lines && (is_across (search, next) || !*cell_at (search, next, column)))
    next++;
  return next;
}

/* The width that hardly a line of COLUMN exceeds: some may be torn. */
static int
usual_width (const AlignedRowSearch *search, int column)
{
  g_autoptr (GArray) widths = g_array_new (FALSE, FALSE, sizeof (double));
  for (int i = 0; i < search->lines; i++) {
    double width = is_across (search, i) ? 0 : columns_of_text (cell_at (search, i, column), COUNT_WIDE);
    if (width > 0)
      g_array_append_val (widths, width);
  }
  return widths->len > 0 ? (int)numbers_quantile (widths, WIDTH_QUANTILE, 0) : 0;
}

/* Whether TEXT begins with a sign that sets a heading apart: it goes on with nothing. */
static gboolean
has_heading_mark (const char *text)
{
  static const char *const marks[] = {"■", "◆", "●", "▼", "【"};
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_str_has_prefix (text, marks[i]))
      return TRUE;
  return FALSE;
}

static void
find_full (AlignedRowSearch *search, LineBreaks *breaks)
{
  for (int k = 0; k < search->columns; k++) {
    search->widths[k] = usual_width (search, k);
    for (int i = 0; i < search->lines; i++) {
      int next = next_with_text (search, i, k);
      if (*cell_at (search, i, k) && next < search->lines && next - i <= 3 &&
          !has_heading_mark (cell_at (search, next, k)))
        search->full[i * search->columns + k] = cell_line_is_full (cell_at (search, i, k), cell_at (search, next, k),
                                                                   search->widths[k], COUNT_WIDE, breaks);
    }
  }
}

/* The column of numbers, and how often columns are filled: of the lines that have text in half of them, or of the
 * numbers. */
static void
find_columns (AlignedRowSearch *search)
{
  g_autofree int *texts = g_new0 (int, search->columns), *numbers = g_new0 (int, search->columns);
  int rows = 0;
  for (int i = 0; i < search->lines; i++) {
    int count = 0;
    for (int k = 0; k < search->columns && !is_across (search, i); k++) {
      count += *cell_at (search, i, k) != '\0';
      texts[k] += *cell_at (search, i, k) != '\0';
      numbers[k] += is_number (cell_at (search, i, k));
    }
    rows += count * 2 > search->columns;
  }
  search->numbers = -1;
  for (int k = MIN (NUMBER_COLUMNS, search->columns - 1) - 1; k >= 0; k--)
    if (numbers[k] >= NUMBERS_LEAST && numbers[k] >= NUMBERS_SHARE * texts[k])
      search->numbers = k;
  rows = search->numbers >= 0 ? numbers[search->numbers] : rows;
  while (search->numbers >= 0 && search->first_number < search->lines &&
         !is_number (cell_at (search, search->first_number, search->numbers)))
    search->first_number++;
  for (int k = 0; k < search->columns; k++)
    search->filled[k] = rows > 0 ? MIN (1, (double)texts[k] / rows) : 0;
}

static gboolean
line_is_whole (const AlignedRowSearch *search, int line)
{
  int usual = 0;
  for (int k = 0; k < search->columns; k++) {
    if (search->filled[k] >= USUAL && !*cell_at (search, line, k))
      return FALSE;
    usual += search->filled[k] >= USUAL;
  }
  return usual >= 2;
}

/* Adds LINE, the one above, to CONTENT. */
static void
take_line (const AlignedRowSearch *search, AlignedRowContent *content, int line)
{
  content->whole += line_is_whole (search, line);
  for (int k = 0; k < search->columns; k++) {
    if (!*cell_at (search, line, k))
      continue;
    if (content->top[k] >= 0)
      content->joints +=
          search->full[line * search->columns + k] ? GOES_ON * MIN (1, (double)search->widths[k] / WIDE_COLUMN) : ENDS;
    content->bottom[k] = content->bottom[k] < 0 ? line : content->bottom[k];
    content->top[k] = line;
    gboolean number = is_number (cell_at (search, line, k));
    content->numbers += k == search->numbers && number;
    content->texts += k == search->numbers && !number;
  }
}

/* How many lines the cell of COLUMN is away from its place in the row from FIRST to LAST. */
static double
lines_off (const AlignedRowContent *content, int column, int first, int last, PlaceInRow place)
{
  if (place == CELLS_AT_TOP)
    return content->top[column] - first;
  double off = fabs ((content->top[column] + content->bottom[column]) / 2.0 - (first + last) / 2.0);
  return off;
}

static double
weigh_row (const AlignedRowSearch *search, const AlignedRowContent *content, int first, int last, PlaceInRow place)
{
  double sum = ROW + content->joints;
  if (is_across (search, first))
    return first == last ? 0 : -100;
  for (int k = 0; k < search->columns; k++)
    sum += content->top[k] < 0 ? (first > 0 ? EMPTY : EMPTY / 4) * search->filled[k]
                               : OFF_PLACE * MIN (OFF_MOST, lines_off (content, k, first, last, place));
  sum += ALL_AGAIN * MAX (0, content->whole - 1);
  if (content->numbers > 0 && content->texts > 0)
    sum += NUMBER_AND_TEXT;
  if (search->numbers >= 0 && content->numbers != 1)
    sum +=
        content->numbers == 0 ? (last >= search->first_number ? NO_NUMBER : 0) : MORE_NUMBERS * (content->numbers - 1);
  return sum;
}

/* The best rows that end before each line and where they begin: FROM, one more than there are lines. Returns the sum. */
static double
choose_rows (const AlignedRowSearch *search, PlaceInRow place, int *from)
{
  g_autofree double *best = g_new0 (double, search->lines + 1);
  for (int end = 1; end <= search->lines; end++) {
    AlignedRowContent content = {.numbers = 0};
    memset (content.top, -1, sizeof content.top);
    memset (content.bottom, -1, sizeof content.bottom);
    best[end] = -G_MAXDOUBLE;
    int last = end - 1;
    for (int first = end - 1; first >= MAX (0, end - ROW_LINES_MOST); first--) {
      if (first < end - 1 && is_across (search, first))
        break;
      take_line (search, &content, first);
      while (last > first && search->blank[last])
        last--;
      if (search->blank[first])
        content.joints += last > first ? BLANK_WITHIN : 0;
      double row = search->blank[first] && first == last ? -1000 : weigh_row (search, &content, first, last, place);
      if (best[first] + row > best[end]) {
        best[end] = best[first] + row;
        from[end] = first;
      }
      if (is_across (search, first))
        break;
    }
  }
  return best[search->lines];
}

/* Whether the row from FIRST to LAST has several numbers, or cells far from their places. */
static gboolean
row_is_odd (const AlignedRowSearch *search, int first, int last, PlaceInRow place)
{
  AlignedRowContent content = {.numbers = 0};
  memset (content.top, -1, sizeof content.top);
  memset (content.bottom, -1, sizeof content.bottom);
  if (is_across (search, first))
    return FALSE;
  for (int i = last; i >= first; i--)
    take_line (search, &content, i);
  while (last > first && search->blank[last])
    last--;
  double off = 0;
  for (int k = 0; k < search->columns; k++)
    off = MAX (off, content.top[k] < 0 ? 0 : lines_off (&content, k, first, last, place));
  return content.numbers > 1 || off > 1 ||
         (search->numbers >= 0 && content.numbers == 0 && last >= search->first_number);
}

/* Adds the cells of the row on the lines from FIRST to before END. */
static void
add_cells (const AlignedRowSearch *search, AlignedRows *rows, int first, int end, LineBreaks *breaks)
{
  for (int k = 0; k < search->columns; k++) {
    g_autoptr (GPtrArray) lines = g_ptr_array_new ();
    for (int i = first; i < end; i++)
      if (*cell_at (search, i, k))
        g_ptr_array_add (lines, (char *)cell_at (search, i, k));
    g_ptr_array_add (rows->cells, text_from_cell_lines (lines, search->widths[k], COUNT_WIDE, breaks));
  }
}

static gboolean
is_of_labels (const AlignedRowSearch *search, int column)
{
  return column <= MAX (search->numbers, 0) + (search->numbers == 0) && column + 2 < search->columns &&
         column != search->numbers && search->filled[column] <= LABELS_SHARE;
}

/* Whether the cell of COLUMN in the row on the lines from FIRST to before END is part of the label in the rows above. */
static gboolean
label_goes_on (const AlignedRowSearch *search, int column, int first, int end)
{
  int above = first - 1, next = first;
  while (next < end && !*cell_at (search, next, column))
    next++;
  while (above > 0 && search->blank[above])
    above--;
  if (above < 0 || is_across (search, first) || is_across (search, above))
    return FALSE;
  return next == end || (next == first && search->full[above * search->columns + column]);
}

static AlignedRows *
rows_from_ends (const AlignedRowSearch *search, const int *from, PlaceInRow place, LineBreaks *breaks)
{
  AlignedRows *rows = g_new0 (AlignedRows, 1);
  *rows = (AlignedRows){.begin = g_array_new (FALSE, FALSE, sizeof (int)),
                        .cells = g_ptr_array_new_with_free_func (g_free)};
  for (int end = search->lines; end > 0; end = from[end]) {
    int line = search->table->first + from[end];
    g_array_prepend_val (rows->begin, line);
    rows->odd += row_is_odd (search, from[end], end - 1, place);
  }
  rows->goes_on = g_new0 (gboolean, rows->begin->len * search->columns);
  for (guint i = 0; i < rows->begin->len; i++) {
    int first = g_array_index (rows->begin, int, i) - search->table->first;
    int end = i + 1 < rows->begin->len ? g_array_index (rows->begin, int, i + 1) - search->table->first : search->lines;
    add_cells (search, rows, first, end, breaks);
    for (int k = 0; k < search->columns; k++)
      rows->goes_on[i * search->columns + k] =
          i > 1 && is_of_labels (search, k) && label_goes_on (search, k, first, end);
  }
  return rows;
}

AlignedRows *
aligned_rows_from_table (const AlignedTable *table, const TextLine *lines, ColumnCount way, LineBreaks *breaks)
{
  int count = table->last - table->first + 1;
  g_autoptr (GPtrArray) cells = cells_of_table (table, lines, way);
  g_autofree double *filled = g_new0 (double, table->columns);
  g_autofree int *widths = g_new0 (int, table->columns);
  g_autofree gboolean *full = g_new0 (gboolean, (gsize)count * table->columns), *blank = g_new0 (gboolean, count);
  AlignedRowSearch search = {table, cells, count, table->columns, -1, 0, filled, widths, full, blank};
  for (int i = 0; i < count; i++)
    blank[i] = text_line_is_blank (&lines[table->first + i]);
  find_columns (&search);
  find_full (&search, breaks);
  g_autofree int *at_top = g_new0 (int, count + 1), *in_middle = g_new0 (int, count + 1);
  double top = choose_rows (&search, CELLS_AT_TOP, at_top), middle = choose_rows (&search, CELLS_IN_MIDDLE, in_middle);
  return middle > top ? rows_from_ends (&search, in_middle, CELLS_IN_MIDDLE, breaks)
                      : rows_from_ends (&search, at_top, CELLS_AT_TOP, breaks);
}

void
aligned_rows_free (AlignedRows *rows)
{
  if (!rows)
    return;
  g_array_unref (rows->begin);
  g_ptr_array_unref (rows->cells);
  g_free (rows->goes_on);
  g_free (rows);
}
