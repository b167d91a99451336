/* aligned_text.c - see aligned_text.h */
#include "read/text/aligned_text.h"

#include "layout/join.h"
#include "layout/layout.h"
#include "model/page.h"
#include "model/table.h"
#include "read/text/aligned_rows.h"

#include <math.h>
#include <string.h>

/* Points: a full-width character, and from one line to the next. */
#define EM 10.0
#define PITCH 13.0
#define MARGIN 40.0
#define PADDING 8.0
#define RULE_ABOVE 1.5
#define X_MOST 50000.0

/* Lines with a run of spaces in them, of which a table has some at least, and the share of the lines with text. */
#define SPACED_LEAST 3
#define SPACED_SHARE 0.2

/* More lines or rows than this that do not fit, and the table is doubtful. */
#define TORN_MOST 0.05
#define ODD_MOST 0.1

/* Words after runs of spaces that are not in line with those of other lines: 0 to .16 of them in texts that pdftotext
 * -layout makes (6 sheets), .25 and more where columns were moved by chance by one place, .6 and more by six. */
#define STRAYS_MOST 0.22
#define STRAYS_LOST 0.5

/* A page with fewer lines of text is too short to tell its columns. */
#define PAGE_LINES_LEAST 12

#define LINES_MOST 20000

/* The column after the run of spaces at AT, which begins at COLUMN. */
static const char *
after_spaces (const char *at, int *column, ColumnCount count)
{
  for (; *at && g_unichar_isspace (g_utf8_get_char (at)); at = g_utf8_next_char (at))
    *column += columns_of_character (g_utf8_get_char (at), count);
  return at;
}

/* Columns: a wider run of spaces sets columns apart, whatever its width. */
#define GAP_COLUMNS_MOST 4

/* Adds to STARTS (int, by column) where words begin after two spaces or more, and to WIDTHS (NULL: not) how many these
 * are, up to GAP_COLUMNS_MOST; returns whether the line has such. */
static gboolean
count_starts (const char *line, ColumnCount count, int *starts, int *widths)
{
  gboolean spaced = FALSE;
  int column = 0;
  for (const char *at = line; *at && column < ALIGNED_COLUMNS_MOST;) {
    int from = column;
    const char *next = after_spaces (at, &column, count);
    if (*next && column < ALIGNED_COLUMNS_MOST && column - from >= 2) {
      starts[column]++;
      if (widths && column - from <= GAP_COLUMNS_MOST)
        widths[column - from]++;
      spaced |= at > line;
    }
    at = next;
    if (*at) {
      column += columns_of_character (g_utf8_get_char (at), count);
      at = g_utf8_next_char (at);
    }
  }
  return spaced;
}

/* How many lines have runs of spaces; *SCORE: how well their words line up when columns are counted so. */
static int
measure (const TextLine *lines, int count, ColumnCount way, double *score)
{
  g_autofree int *starts = g_new0 (int, ALIGNED_COLUMNS_MOST);
  int spaced = 0;
  for (int i = 0; i < count; i++)
    spaced += count_starts (lines[i].text, way, starts, NULL);
  *score = 0;
  for (int i = 0; i < ALIGNED_COLUMNS_MOST; i++)
    *score += (double)starts[i] * starts[i];
  return spaced;
}

/* Of the runs of spaces in the lines of a list of terms so many have the same width, while so few of the words after
 * them begin in the same place. */
#define TERMS_SAME_GAP 0.9
#define TERMS_IN_LINE 0.4

/* Whether LINES are terms, each with what it means after the same few spaces, and no columns. */
static gboolean
are_terms (const TextLine *lines, int count)
{
  g_autofree int *starts = g_new0 (int, ALIGNED_COLUMNS_MOST);
  int widths[GAP_COLUMNS_MOST + 1] = {0}, gaps = 0, same = 0, in_line = 0;
  for (int i = 0; i < count; i++) {
    int indent = 0;
    count_starts (after_spaces (lines[i].text, &indent, COUNT_WIDE), COUNT_WIDE, starts, widths);
  }
  for (int i = 0; i < ALIGNED_COLUMNS_MOST; i++) {
    gaps += starts[i];
    in_line = MAX (in_line, starts[i]);
  }
  for (int i = 0; i <= GAP_COLUMNS_MOST; i++)
    same = MAX (same, widths[i]);
  return same >= TERMS_SAME_GAP * gaps && in_line <= TERMS_IN_LINE * gaps;
}

static ColumnCount
best_count (const TextLine *lines, int count)
{
  ColumnCount best = COUNT_WIDE;
  double most = 0, score;
  for (ColumnCount way = 0; way < COUNTS; way++) {
    measure (lines, count, way, &score);
    if (score > most) {
      best = way;
      most = score;
    }
  }
  return best;
}

/* A page of the text: its lines are FIRST_LINE and the COUNT - 1 next ones. */
typedef struct {
  int first_line, count;
  GPtrArray *tables; /* AlignedTable */
  GPtrArray *rows;   /* AlignedRows of each */
} TextPage;

/* Where tables of each number of columns have them on the drawn pages, and their right edge: tables that go on over
 * pages are in line. */
typedef struct {
  double x[ALIGNED_TABLE_COLUMNS_MOST + 1][ALIGNED_TABLE_COLUMNS_MOST + 1];
} ColumnPlaces;

static void
text_page_clear (gpointer data)
{
  TextPage *page = data;
  g_ptr_array_unref (page->tables);
  g_ptr_array_unref (page->rows);
}

static TextPage
text_page_from_lines (const TextLine *lines, int first, int count, ColumnCount way, LineBreaks *breaks)
{
  TextPage page = {first, count, aligned_tables_from_lines (lines + first, count, way),
                   g_ptr_array_new_with_free_func ((GDestroyNotify)aligned_rows_free)};
  for (guint i = 0; i < page.tables->len; i++)
    g_ptr_array_add (page.rows,
                     aligned_rows_from_table (g_ptr_array_index (page.tables, i), lines + first, way, breaks));
  return page;
}

/* Where the page of the text ends that begins with the line START: where a line's number comes a second time, at a form
 * feed. */
static int
page_end (const TextLine *lines, int start, int count)
{
  int end = start + 1;
  while (end < count && (lines[end].number != lines[end - 1].number || *lines[end].text))
    end++;
  return end;
}

/* Whether the lines from START to before END are too few to tell columns. */
static gboolean
is_short (const TextLine *lines, int start, int end)
{
  int filled = 0;
  for (int i = start; i < end; i++)
    filled += !text_line_is_blank (&lines[i]);
  return filled < PAGE_LINES_LEAST;
}

/* The pages of the text: TextPage. Short ones go on with the page before. */
static GArray *
text_pages_from_lines (const TextLine *lines, int count, ColumnCount way)
{
  g_autoptr (LineBreaks) breaks = line_breaks_new ();
  GArray *pages = g_array_new (FALSE, FALSE, sizeof (TextPage));
  g_array_set_clear_func (pages, text_page_clear);
  for (int i = 0, end; i < count; i = end) {
    end = page_end (lines, i, count);
    for (int next; end < count && is_short (lines, end, next = page_end (lines, end, count)); end = next)
      continue;
    TextPage page = text_page_from_lines (lines, i, end - i, way, breaks);
    g_array_append_val (pages, page);
  }
  return pages;
}

/* The text of ROW in COLUMN. Borrowed. */
static const char *
cell_text (const AlignedTable *table, const AlignedRows *rows, int row, int column)
{
  return g_ptr_array_index (rows->cells, row * table->columns + column);
}

static gboolean
row_is_across (const AlignedTable *table, const AlignedRows *rows, int row)
{
  return table->across[g_array_index (rows->begin, int, row) - table->first];
}

/* The width of the longest line of TEXT. */
static double
width_of_text (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  int columns = 0;
  for (char **line = lines; *line; line++)
    columns = MAX (columns, columns_of_text (*line, COUNT_WIDE));
  return columns * EM / 2;
}

/* Makes the widths in PLACES those of the cells of TABLE where these are wider. */
static void
widen (ColumnPlaces *places, const AlignedTable *table, const AlignedRows *rows)
{
  for (int row = 0; row < (int)rows->begin->len; row++)
    for (int column = 0; column < table->columns && !row_is_across (table, rows, row); column++) {
      double *width = &places->x[table->columns][column];
      *width = MAX (*width, width_of_text (cell_text (table, rows, row, column)));
    }
}

/* The widths of the widest cells first, then the places. */
static void
find_places (ColumnPlaces *places, GArray *pages)
{
  for (guint i = 0; i < pages->len; i++) {
    const TextPage *page = &g_array_index (pages, TextPage, i);
    for (guint k = 0; k < page->tables->len; k++)
      widen (places, g_ptr_array_index (page->tables, k), g_ptr_array_index (page->rows, k));
  }
  for (int columns = 0; columns <= ALIGNED_TABLE_COLUMNS_MOST; columns++) {
    double x = MARGIN;
    for (int k = 0; k <= columns && k <= ALIGNED_TABLE_COLUMNS_MOST; k++) {
      double width = places->x[columns][k];
      places->x[columns][k] = x;
      x += width + 2 * PADDING;
    }
  }
}

static double
y_of_line (int line)
{
  return MARGIN + line * PITCH;
}

/* Puts TEXT on PAGE. */
static void
draw_text (Page *page, const char *text, double x, double y)
{
  int spaces = 0;
  for (; *text && x < X_MOST; text = g_utf8_next_char (text)) {
    gunichar character = g_utf8_get_char (text);
    double end = x + MAX (1, columns_of_character (character, COUNT_WIDE)) * EM / 2;
    if (!g_unichar_isspace (character)) {
      Glyph glyph = {.character = character,
                     .box = {x, y, end, y + EM},
                     .painted_space = spaces == 1 ? ' ' : 0,
                     .space_before = spaces > 0};
      g_array_append_val (page->glyphs, glyph);
      page->width = MAX (page->width, end + MARGIN);
    }
    spaces = g_unichar_isspace (character) ? spaces + 1 : 0;
    x = end;
  }
}

static void
draw_rule (Page *page, RulingLineKind kind, Box box)
{
  RulingLine rule = {.kind = kind, .box = box};
  g_array_append_val (page->ruling_lines, rule);
  page->width = MAX (page->width, box.x1 + MARGIN);
}

/* Draws ROW of TABLE, which is END - FIRST lines high, in a frame. */
static void
draw_row (Page *page, const AlignedTable *table, const AlignedRows *rows, const ColumnPlaces *places, int row, int end)
{
  const double *x = places->x[table->columns];
  double y = y_of_line (g_array_index (rows->begin, int, row)), top = y - RULE_ABOVE,
         bottom = y_of_line (end) - RULE_ABOVE;
  int columns = row_is_across (table, rows, row) ? 1 : table->columns;
  for (int k = 0; k < columns; k++) {
    g_auto (GStrv) lines = g_strsplit (cell_text (table, rows, row, k), "\n", -1);
    for (int i = 0; lines[i]; i++)
      draw_text (page, lines[i], x[k] + PADDING, y + i * PITCH);
    draw_rule (page, RULING_VERTICAL, (Box){x[k], top, x[k], bottom});
    double right = x[columns == 1 ? table->columns : k + 1];
    if (!rows->goes_on[row * table->columns + k])
      draw_rule (page, RULING_HORIZONTAL, (Box){x[k], top, right, top});
  }
  draw_rule (page, RULING_VERTICAL, (Box){x[table->columns], top, x[table->columns], bottom});
  if (end > table->last)
    draw_rule (page, RULING_HORIZONTAL, (Box){x[0], bottom, x[table->columns], bottom});
}

static void
draw_table (Page *page, const AlignedTable *table, const AlignedRows *rows, const ColumnPlaces *places)
{
  for (guint i = 0; i < rows->begin->len; i++)
    draw_row (page, table, rows, places, i,
              i + 1 < rows->begin->len ? g_array_index (rows->begin, int, i + 1) : table->last + 1);
}

static Page *
page_begun (int number, int lines)
{
  Page *page = page_new (number, 0, 2 * MARGIN + lines * PITCH);
  page->glyphs = g_array_new (FALSE, FALSE, sizeof (Glyph));
  page->ruling_lines = g_array_new (FALSE, FALSE, sizeof (RulingLine));
  return page;
}

static GPtrArray *
draw_pages (const TextLine *lines, GArray *text_pages, const ColumnPlaces *places)
{
  GPtrArray *pages = pages_new ();
  for (guint i = 0; i < text_pages->len; i++) {
    const TextPage *from = &g_array_index (text_pages, TextPage, i);
    Page *page = page_begun ((int)i + 1, from->count);
    int drawn = 0;
    for (guint k = 0; k <= from->tables->len; k++) {
      const AlignedTable *table = k < from->tables->len ? g_ptr_array_index (from->tables, k) : NULL;
      for (; drawn < (table ? table->first : from->count); drawn++)
        draw_text (page, lines[from->first_line + drawn].text, MARGIN, y_of_line (drawn));
      if (!table)
        break;
      draw_table (page, table, g_ptr_array_index (from->rows, k), places);
      drawn = table->last + 1;
    }
    g_ptr_array_add (pages, page);
  }
  return pages;
}

/* PLACE, on a page, as the line of the text where it begins. */
static Place
place_of_line (Place place, const TextLine *lines, int count, GArray *starts)
{
  if (place.page < 1 || place.page > (int)starts->len)
    return (Place){.line = place.line};
  int first = g_array_index (starts, TextPage, place.page - 1).first_line;
  int index = first + (int)floor ((place.box.y0 - MARGIN + PITCH / 2) / PITCH);
  return (Place){.line = lines[CLAMP (index, 0, count - 1)].number};
}

static Place
place_of_row (const Row *row)
{
  return row->places->len > 0 ? g_array_index (row->places, Place, 0) : (Place){0};
}

/* The rows of TABLE that its cell at ROW and COLUMN spans. */
static int
row_span_of (const Table *table, int row, int column)
{
  int span = 1;
  while (row + span < (int)table->rows->len && row_field (table_row (table, row + span), column)->from_above)
    span++;
  return span;
}

/* TABLE, which may be over several pages, as one grid, places as lines. */
static Block *
block_from_table (const Table *table, const TextLine *lines, int count, GArray *starts)
{
  Grid *grid = grid_new ((int)table->rows->len, table->columns, place_of_line (table->place, lines, count, starts));
  for (int i = 0; i < grid->rows; i++)
    for (int k = 0; k < grid->columns; k++) {
      const Field *field = row_field (table_row (table, i), k);
      if (field->span == 0 || field->from_above)
        continue;
      Place place = place_of_line (place_of_row (table_row (table, i)), lines, count, starts);
      grid_add_cell (grid, i, k, row_span_of (table, i, k), field->span, field->text, place)->head = field->head;
    }
  grid_complete (grid);
  return block_from_grid (grid);
}

/* Puts TABLES in the place of the grids they were made from. */
static GPtrArray *
blocks_with_tables (GPtrArray *blocks, GPtrArray *tables, const TextLine *lines, int count, GArray *starts)
{
  GPtrArray *result = blocks_new ();
  guint next = 0;
  for (guint i = 0; i < blocks->len; i++) {
    Block *block = g_ptr_array_index (blocks, i);
    while (next < tables->len && ((const Table *)g_ptr_array_index (tables, next))->first_block == (int)i)
      g_ptr_array_add (result, block_from_table (g_ptr_array_index (tables, next++), lines, count, starts));
    if (block->kind == BLOCK_GRID)
      continue;
    Place place = place_of_line (block->place, lines, count, starts);
    g_ptr_array_add (result, block_new (block->kind, block->text, 0, place));
  }
  return result;
}

static gboolean
is_table (const Table *table)
{
  return table->columns >= 2 && table->rows->len >= 3;
}

/* Adds the notes FOUND on the pages to NOTES, with lines as places. */
static void
add_notes (GPtrArray *notes, GPtrArray *found, const TextLine *lines, int count, GArray *starts)
{
  for (guint i = 0; i < found->len; i++) {
    const Note *note = g_ptr_array_index (found, i);
    notes_add (notes, note->code, note->severity, place_of_line (note->place, lines, count, starts), "%s", note->text);
  }
}

/* How well the tables of the text were told. */
typedef struct {
  int lines, torn; /* in tables; of these, whose words are cut */
  int rows, odd;   /* of tables; of these, with cells out of place */
  int columns;     /* of the last long table; UNLIKE: another one has more, or fewer */
  gboolean unlike;
  int gaps, strays; /* words after gaps; of these, those that are not in line */
} AlignedDoubt;

static AlignedDoubt
doubt_of_pages (GArray *pages)
{
  AlignedDoubt doubt = {0};
  for (guint i = 0; i < pages->len; i++) {
    const TextPage *page = &g_array_index (pages, TextPage, i);
    for (guint k = 0; k < page->tables->len; k++) {
      const AlignedTable *table = g_ptr_array_index (page->tables, k);
      const AlignedRows *rows = g_ptr_array_index (page->rows, k);
      doubt.lines += table->last - table->first + 1;
      doubt.torn += table->torn;
      gboolean long_one = table->last - table->first + 1 >= PAGE_LINES_LEAST;
      doubt.unlike |= long_one && doubt.columns > 0 && doubt.columns != table->columns;
      doubt.columns = long_one ? table->columns : doubt.columns;
      doubt.gaps += table->gaps;
      doubt.strays += table->strays;
      doubt.rows += (int)rows->begin->len;
      doubt.odd += rows->odd;
    }
  }
  return doubt;
}

static gboolean
is_doubtful (AlignedDoubt doubt)
{
  return doubt.torn > TORN_MOST * doubt.lines || doubt.odd > ODD_MOST * doubt.rows ||
         doubt.strays > STRAYS_MOST * doubt.gaps || doubt.unlike;
}

static void
say_doubt (AlignedDoubt doubt, int line, GPtrArray *notes)
{
  gboolean lost = doubt.strays > STRAYS_LOST * doubt.gaps;
  if (is_doubtful (doubt))
    notes_add (
        notes, "text-table-uneven", lost ? NOTE_ERROR : NOTE_WARNING, (Place){.line = line},
        "Of the %d words that runs of spaces set apart in the tables of this text, %d are not in line with those "
        "of other lines; words run across the columns in %d of %d lines, and %d of %d rows have cells out of "
        "place%s: words may be in the wrong cells.",
        doubt.gaps, doubt.strays, doubt.torn, doubt.lines, doubt.odd, doubt.rows,
        doubt.unlike ? "; pages have different numbers of columns" : "");
}

GPtrArray *
blocks_from_aligned_text (const TextLine *lines, int count, int rows, GPtrArray *notes)
{
  int filled = 0;
  double score;
  for (int i = 0; i < count; i++)
    filled += !text_line_is_blank (&lines[i]);
  int spaced = count <= LINES_MOST ? measure (lines, count, COUNT_CHARACTERS, &score) : 0;
  if (spaced < SPACED_LEAST || spaced < SPACED_SHARE * filled || are_terms (lines, count))
    return NULL;
  g_autofree ColumnPlaces *places = g_new0 (ColumnPlaces, 1);
  g_autoptr (GArray) starts = text_pages_from_lines (lines, count, best_count (lines, count));
  AlignedDoubt doubt = doubt_of_pages (starts);
  if (rows > 0 && (doubt.lines <= rows || is_doubtful (doubt)))
    return NULL;
  find_places (places, starts);
  g_autoptr (GPtrArray) pages = draw_pages (lines, starts, places);
  g_autoptr (GPtrArray) blocks = blocks_from_pages (pages, NULL);
  g_autoptr (GPtrArray) found = notes_new ();
  g_autoptr (GPtrArray) tables = tables_from_blocks (blocks, found);
  gboolean any = FALSE;
  for (guint i = 0; i < tables->len; i++)
    any |= is_table (g_ptr_array_index (tables, i));
  if (!any)
    return NULL;
  add_notes (notes, found, lines, count, starts);
  say_doubt (doubt, lines[0].number, notes);
  return blocks_with_tables (blocks, tables, lines, count, starts);
}
