/* aligned_text.c - see aligned_text.h */
#include "read/text/aligned_text.h"

#include "layout/join.h"
#include "layout/layout.h"
#include "model/page.h"
#include "model/table.h"
#include "read/text/aligned_cells.h"

#include <math.h>
#include <string.h>

/* Points: a full-width character, and from one line to the next. */
#define EM 10.0
#define PITCH 13.0
#define MARGIN 40.0
#define GUTTER 12.0

/* Shares of the lines: so many words begin beside a gutter, so few cross it. (pdftotext's own texts, 6 sheets.) */
#define BEGUN_SHARE 0.15
#define CROSSED_SHARE 0.03

/* Lines with a run of spaces in them, of which a table has some at least, and the share of the lines with text. */
#define SPACED_LEAST 3
#define SPACED_SHARE 0.2

/* So many lines have words at a column of a table. The share of such words is .97 and more in texts that are aligned,
 * .3 to .8 in what pdftotext -layout makes of Japanese tables (6 sheets): it counts widths of its own. */
#define ALIKE_LEAST 4
#define EVEN_SHARE 0.9

#define LINES_MOST 20000
#define COLUMNS_MOST 1000

/* Where a line of the text came to be on the pages. */
typedef struct {
  int first_line; /* index of the first line of the page */
  int number;     /* its number in the text */
} TextPage;

/* The column after the run of spaces at AT, which begins at COLUMN. */
static const char *
after_spaces (const char *at, int *column, ColumnCount count)
{
  for (; *at && g_unichar_isspace (g_utf8_get_char (at)); at = g_utf8_next_char (at))
    *column += columns_of_character (g_utf8_get_char (at), count);
  return at;
}

/* Adds to STARTS (int, by column) where words begin after two spaces or more; returns whether the line has such. */
static gboolean
count_starts (const char *line, ColumnCount count, int *starts)
{
  gboolean spaced = FALSE;
  int column = 0;
  for (const char *at = line; *at && column < COLUMNS_MOST;) {
    int from = column;
    const char *next = after_spaces (at, &column, count);
    if (*next && column < COLUMNS_MOST && column - from >= 2) {
      starts[column]++;
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

/* The share of the words after runs of spaces that begin where those of other lines do. */
static double
even_share (const TextLine *lines, int count, ColumnCount way)
{
  g_autofree int *starts = g_new0 (int, COLUMNS_MOST);
  int all = 0, even = 0;
  for (int i = 0; i < count; i++)
    count_starts (lines[i].text, way, starts);
  for (int i = 0; i < COLUMNS_MOST; i++) {
    all += starts[i];
    even += starts[i] >= ALIKE_LEAST ? starts[i] : 0;
  }
  return all > 0 ? (double)even / all : 1;
}

/* How many lines have runs of spaces; *SCORE: how well their words line up when columns are counted so. */
static int
measure (const TextLine *lines, int count, ColumnCount way, double *score)
{
  g_autofree int *starts = g_new0 (int, COLUMNS_MOST);
  int spaced = 0;
  for (int i = 0; i < count; i++)
    spaced += count_starts (lines[i].text, way, starts);
  *score = 0;
  for (int i = 0; i < COLUMNS_MOST; i++)
    *score += (double)starts[i] * starts[i];
  return spaced;
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

/* Where each column of the text is on the page. Where every character counts as one column, a single space may be all
 * that is between two cells, and is as wide as an ideograph elsewhere, so that the gaps tell little. There each gutter
 * (columns that hardly a line fills, before one at which many begin) is drawn GUTTER wide, and other spaces narrower. */
typedef struct {
  ColumnCount count;
  gboolean gutter[COLUMNS_MOST + 1];
  double x[COLUMNS_MOST + 1];
} ColumnPlaces;

/* How a column of the text is used: lines with a character there, and those whose words begin there after a space. */
typedef struct {
  int filled, begun;
} TextColumnUse;

static void
count_use (const char *line, ColumnCount count, TextColumnUse *use)
{
  int column = 0;
  gboolean space = TRUE;
  for (const char *at = line; *at; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    int columns = columns_of_character (character, count);
    if (!g_unichar_isspace (character) && column < COLUMNS_MOST) {
      use[column].begun += space;
      use[column].filled++;
    }
    space = g_unichar_isspace (character);
    column += columns;
  }
}

static void
find_gutters (ColumnPlaces *places, const TextLine *lines, int count)
{
  g_autofree TextColumnUse *use = g_new0 (TextColumnUse, COLUMNS_MOST + 1);
  int filled = 0;
  for (int i = 0; i < count; i++) {
    count_use (lines[i].text, places->count, use);
    filled += !text_line_is_blank (&lines[i]);
  }
  int few = filled * CROSSED_SHARE, many = MAX (3, filled * BEGUN_SHARE);
  for (int i = 1; i < COLUMNS_MOST; i++)
    for (int k = i - 1; k > 0 && use[i].begun >= many && use[k].filled <= few; k--)
      places->gutter[k] = TRUE;
}

static void
find_places (ColumnPlaces *places, const TextLine *lines, int count)
{
  gboolean narrowed = places->count == COUNT_CHARACTERS;
  if (narrowed)
    find_gutters (places, lines, count);
  places->x[0] = MARGIN;
  for (int i = 0, run = 0; i < COLUMNS_MOST; i++) {
    for (run = 0; places->gutter[i] && i + run < COLUMNS_MOST && places->gutter[i + run]; run++)
      continue;
    double width = run > 0 ? GUTTER / run : narrowed ? EM : EM / 2;
    for (int k = 0; k < MAX (1, run); k++)
      places->x[i + k + 1] = places->x[i + k] + width;
    i += MAX (1, run) - 1;
  }
}

/* How far the character before a single space, at COLUMN, is drawn into it. */
static double
spread (const ColumnPlaces *places, const char *at, int column)
{
  const char *next = *at ? g_utf8_next_char (at) : at;
  gboolean single = *at == ' ' && *next && !g_unichar_isspace (g_utf8_get_char (next));
  return places->count == COUNT_CHARACTERS && single && !places->gutter[column] ? 0.6 * EM : 0;
}

/* Puts LINE, the one with INDEX on PAGE, on it. */
static void
draw_line (Page *page, const char *line, int index, const ColumnPlaces *places)
{
  int column = 0, spaces = 0;
  for (const char *at = line; *at; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    int columns = columns_of_character (character, places->count);
    if (column + columns >= COLUMNS_MOST)
      return;
    if (!g_unichar_isspace (character)) {
      double y = MARGIN + index * PITCH, x = places->x[column];
      double end = places->x[column + MAX (1, columns)] + spread (places, g_utf8_next_char (at), column + columns);
      Glyph glyph = {.character = character,
                     .box = {x, y, end, y + EM},
                     .painted_space = spaces == 1 ? ' ' : 0,
                     .space_before = spaces > 0};
      g_array_append_val (page->glyphs, glyph);
      page->width = MAX (page->width, end + MARGIN);
    }
    spaces = g_unichar_isspace (character) ? spaces + 1 : 0;
    column += columns;
  }
}

static Page *
page_begun (int number)
{
  Page *page = page_new (number, 0, 0);
  page->glyphs = g_array_new (FALSE, FALSE, sizeof (Glyph));
  page->ruling_lines = g_array_new (FALSE, FALSE, sizeof (RulingLine));
  return page;
}

/* The lines as pages: one ends where a line's number comes a second time, at a form feed. STARTS: TextPage. */
static GPtrArray *
draw_pages (const TextLine *lines, int count, const ColumnPlaces *places, GArray *starts)
{
  GPtrArray *pages = pages_new ();
  Page *page = NULL;
  for (int i = 0; i < count; i++) {
    gboolean form_feed = i > 0 && lines[i].number == lines[i - 1].number && !*lines[i].text;
    if (!page || form_feed) {
      TextPage start = {i, lines[i].number};
      g_array_append_val (starts, start);
      page = page_begun ((int)pages->len + 1);
      g_ptr_array_add (pages, page);
    }
    int first = g_array_index (starts, TextPage, starts->len - 1).first_line;
    draw_line (page, lines[i].text, i - first, places);
    page->height = MAX (page->height, 2 * MARGIN + (i - first + 1) * PITCH);
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
  return table->columns >= 3 && table->rows->len >= 3;
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

GPtrArray *
blocks_from_aligned_text (const TextLine *lines, int count, GPtrArray *notes)
{
  int filled = 0;
  double score;
  for (int i = 0; i < count; i++)
    filled += !text_line_is_blank (&lines[i]);
  int spaced = count <= LINES_MOST ? measure (lines, count, COUNT_CHARACTERS, &score) : 0;
  if (spaced < SPACED_LEAST || spaced < SPACED_SHARE * filled)
    return NULL;
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (TextPage));
  g_autofree ColumnPlaces *places = g_new0 (ColumnPlaces, 1);
  places->count = best_count (lines, count);
  find_places (places, lines, count);
  g_autoptr (GPtrArray) pages = draw_pages (lines, count, places, starts);
  g_autoptr (GPtrArray) blocks = blocks_from_pages (pages, NULL);
  g_autoptr (GPtrArray) found = notes_new ();
  g_autoptr (GPtrArray) tables = tables_from_blocks (blocks, found);
  gboolean any = FALSE;
  for (guint i = 0; i < tables->len; i++)
    any |= is_table (g_ptr_array_index (tables, i));
  if (!any)
    return NULL;
  add_notes (notes, found, lines, count, starts);
  double even = even_share (lines, count, places->count);
  if (even < EVEN_SHARE)
    notes_add (notes, "text-table-uneven", NOTE_WARNING, (Place){.line = lines[0].number},
               "Of the words that runs of spaces set apart in this text, %.0f%% are in line with those of other lines: "
               "columns cannot be told well, and words may be in the wrong cells.",
               even * 100);
  return blocks_with_tables (blocks, tables, lines, count, starts);
}
