/* box_table.c - see box_table.h */
#include "read/text/box_table.h"

#include "model/note.h"
#include "read/text/aligned_cells.h"
#include "read/text/markdown.h"
#include "read/text/text_table.h"
#include "text/squeezed.h"

#include <string.h>

#define COLUMNS_MOST 100
#define LINES_MOST 20000

/* The share of a table's lines that end where its first rule ends, if their characters are counted in the right way. */
#define ALIGNED_SHARE 0.8

typedef struct {
  const char *text; /* without its indentation; borrowed */
  int number;
  gboolean rule;
} BoxLine;

typedef struct {
  GArray *lines; /* BoxLine */
  GArray *walls; /* int: the columns of text in which the walls are, ascending */
  ColumnCount count;
  GPtrArray *parts; /* char **: for each line what is between the walls; NULL behind an open one */
  gboolean *walled; /* for each line and wall: it is drawn there */
  int *row_of_line; /* which row a line belongs to; a rule: the row below it; it never falls */
  GArray *starts;   /* guint: the first line of each row */
  int *widths;      /* of the widest text in each column */
  int rows, heads;  /* of them */
  CellHead head;    /* of the heads */
} BoxTable;

static gboolean
is_box_sign (gunichar character)
{
  return character >= 0x2500 && character <= 0x257F;
}

static gboolean
is_upright (gunichar character)
{
  return character == '|' || character == 0xFF5C || character == 0x2502 || character == 0x2503 || character == 0x2551 ||
         (character >= 0x2506 && character <= 0x250B && character != 0x2508 && character != 0x2509);
}

static gboolean
is_level (gunichar character)
{
  return character == '-' || character == '=' || character == 0x2500 || character == 0x2501 || character == 0x2550 ||
         character == 0x2504 || character == 0x2505 || character == 0x2508 || character == 0x2509 ||
         character == 0x2574 || character == 0x2576 || character == 0x254C || character == 0x254D;
}

static gboolean
is_corner (gunichar character)
{
  return character == '+' || (is_box_sign (character) && !is_upright (character) && !is_level (character));
}

/* A rule: a corner or an upright sign, and a run of level signs. A rule that words interrupt is one too, where a cell
 * spans two rows; it has a corner that touches a level sign. */
static gboolean
is_rule (const char *text)
{
  gunichar before = 0;
  gboolean corner = FALSE;
  for (const char *at = text; *at; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    corner |= (is_corner (before) && is_level (character)) || (is_level (before) && is_corner (character));
    before = character;
  }
  return corner && (is_corner (g_utf8_get_char (text)) || is_upright (g_utf8_get_char (text)));
}

/* A rule of nothing else, with which a table begins. */
static gboolean
is_whole_rule (const char *text)
{
  int level = 0;
  for (const char *at = text; *at && *at != ' '; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    if (!is_level (character) && !is_corner (character))
      return FALSE;
    level += is_level (character);
  }
  return level >= 2 && is_corner (g_utf8_get_char (text)) && is_rule (text);
}

static const char *
without_indent (const char *text)
{
  while (*text == ' ' || *text == '\t' || g_str_has_prefix (text, "　"))
    text = g_utf8_next_char (text);
  return text;
}

static gboolean
is_box_line (const char *text)
{
  gunichar first = g_utf8_get_char (text);
  return is_upright (first) || (is_corner (first) && is_rule (text));
}

/* The walls: where corners are in a rule. */
static void
add_walls (BoxTable *table, const char *rule)
{
  int column = 0;
  for (const char *at = rule; *at; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    guint place = 0;
    while (place < table->walls->len && g_array_index (table->walls, int, place) < column)
      place++;
    gboolean known = place < table->walls->len && g_array_index (table->walls, int, place) == column;
    if (is_corner (character) && !known)
      g_array_insert_val (table->walls, place, column);
    column += columns_of_character (character, table->count);
  }
}

/* Whether the last character of TEXT is an upright sign or a corner at the column LAST. */
static gboolean
ends_at (const char *text, int last, ColumnCount count)
{
  g_autofree char *bare = text_chomped (text, text + strlen (text));
  const char *sign = *bare ? g_utf8_prev_char (bare + strlen (bare)) : bare;
  gunichar character = g_utf8_get_char (sign);
  int columns = columns_of_text (bare, count) - columns_of_character (character, count);
  return (is_upright (character) || is_corner (character)) && columns == last;
}

static void
find_walls (BoxTable *table)
{
  g_array_set_size (table->walls, 0);
  for (guint i = 0; i < table->lines->len; i++) {
    const BoxLine *line = &g_array_index (table->lines, BoxLine, i);
    if (line->rule && (i == 0 || is_whole_rule (line->text)))
      add_walls (table, line->text);
  }
}

static int
wall_at (const BoxTable *table, guint index)
{
  return g_array_index (table->walls, int, index);
}

/* The share of the lines that end at the last wall. */
static double
aligned_share (const BoxTable *table)
{
  guint aligned = 0;
  for (guint i = 0; i < table->lines->len; i++)
    aligned +=
        ends_at (g_array_index (table->lines, BoxLine, i).text, wall_at (table, table->walls->len - 1), table->count);
  return (double)aligned / table->lines->len;
}

/* Chooses how columns are counted, by the lines that end at the last wall. FALSE: there are no walls. */
static gboolean
choose_count (BoxTable *table)
{
  ColumnCount best = COUNT_WIDE;
  double share = -1;
  for (ColumnCount count = 0; count < COUNTS; count++) {
    table->count = count;
    find_walls (table);
    double aligned = table->walls->len >= 2 ? aligned_share (table) : -1;
    if (aligned > share) {
      best = count;
      share = aligned;
    }
  }
  table->count = best;
  find_walls (table);
  return table->walls->len >= 2 && table->walls->len <= COLUMNS_MOST;
}

static gboolean *
walled_at (const BoxTable *table, guint line, guint wall)
{
  return &table->walled[line * table->walls->len + wall];
}

/* Parts LINE at the walls that it has. FALSE: a sign at a wall is neither a wall nor something that crosses it. */
static gboolean
part_at_walls (const BoxTable *table, guint index, const char *text, char **parts)
{
  guint last = table->walls->len - 1;
  if (!ends_at (text, wall_at (table, last), table->count))
    return FALSE;
  for (guint k = 0; k <= last; k++) {
    gunichar sign = g_utf8_get_char (text_at_column (text, wall_at (table, k), table->count));
    *walled_at (table, index, k) = is_upright (sign) || is_corner (sign);
  }
  for (guint k = 0; k < last; k++) {
    guint next = k + 1;
    while (next < last && !*walled_at (table, index, next))
      next++;
    if (k > 0 && !*walled_at (table, index, k))
      continue;
    const char *start = g_utf8_next_char (text_at_column (text, wall_at (table, k), table->count));
    const char *end = text_at_column (text, wall_at (table, next), table->count);
    parts[k] = g_strstrip (g_strndup (start, MAX (0, end - start)));
  }
  return TRUE;
}

/* Parts LINE at its bars, where it has as many as there are walls. */
static gboolean
part_at_bars (const BoxTable *table, guint index, const char *text, char **parts)
{
  guint bars = 0, walls = table->walls->len;
  for (const char *at = text; *at; at = g_utf8_next_char (at))
    bars += is_upright (g_utf8_get_char (at));
  if (bars != walls)
    return FALSE;
  const char *start = g_utf8_next_char (text);
  for (guint k = 0; k + 1 < walls; k++) {
    const char *end = start;
    while (*end && !is_upright (g_utf8_get_char (end)))
      end = g_utf8_next_char (end);
    parts[k] = g_strstrip (g_strndup (start, end - start));
    start = *end ? g_utf8_next_char (end) : end;
  }
  for (guint k = 0; k < walls; k++)
    *walled_at (table, index, k) = TRUE;
  return TRUE;
}

/* Parts LINE at each of its bars, the rest in the last cell: what can be done for a line that fits in no way. */
static void
part_roughly (const BoxTable *table, guint index, const char *text, char **parts)
{
  g_autoptr (GString) words = g_string_new (NULL);
  guint k = 0;
  for (const char *at = g_utf8_next_char (text);; at = g_utf8_next_char (at)) {
    gboolean bar = *at && is_upright (g_utf8_get_char (at));
    if (!*at || (bar && k + 2 < table->walls->len)) {
      parts[k++] = g_strstrip (g_strdup (words->str));
      g_string_truncate (words, 0);
    } else if (!bar)
      g_string_append_unichar (words, g_utf8_get_char (at));
    if (!*at)
      break;
  }
  for (k = 0; k < table->walls->len; k++)
    *walled_at (table, index, k) = TRUE;
}

static void
part_lines (BoxTable *table, GPtrArray *notes)
{
  guint uneven = 0, first = 0;
  gboolean aligned = aligned_share (table) >= ALIGNED_SHARE;
  table->walled = g_new0 (gboolean, (gsize)table->lines->len * table->walls->len);
  for (guint i = 0; i < table->lines->len; i++) {
    const BoxLine *line = &g_array_index (table->lines, BoxLine, i);
    char **parts = g_new0 (char *, table->walls->len + 1);
    g_ptr_array_add (table->parts, parts);
    if (part_at_walls (table, i, line->text, parts) || line->rule || part_at_bars (table, i, line->text, parts))
      continue;
    part_roughly (table, i, line->text, parts);
    first = uneven++ ? first : (guint)line->number;
  }
  if (uneven > 0)
    notes_add (notes, "text-table-uneven", NOTE_WARNING, (Place){.line = (int)first},
               "%u lines of this drawn table, the first here, %s; what they say may be in the wrong cells.", uneven,
               aligned ? "end elsewhere than its walls" : "fit its walls in no way of counting columns");
}

/* Whether the rule at LINE is drawn in column K. A rule that could not be parted is, in all. */
static gboolean
is_ruled (const BoxTable *table, guint line, guint k)
{
  const char *text = g_array_index (table->lines, BoxLine, line).text;
  if (is_whole_rule (text))
    return TRUE;
  const char *sign = g_utf8_next_char (text_at_column (text, wall_at (table, k), table->count));
  return is_level (g_utf8_get_char (sign)) || is_corner (g_utf8_get_char (sign));
}

/* Whether the content line LINE goes on with the row whose last line is BEFORE: each of its words has words above it
 * that fill their cell, and not all cells have some. */
static gboolean
goes_on (const BoxTable *table, guint line, guint before, LineBreaks *breaks)
{
  char **parts = table->parts->pdata[line], **above = table->parts->pdata[before];
  guint filled = 0, wrapped = 0, count = table->walls->len - 1;
  for (guint k = 0; k < count; k++) {
    const char *part = parts[k] ? parts[k] : "", *last = above[k] ? above[k] : "";
    filled += *part != '\0';
    int width = wall_at (table, k + 1) - wall_at (table, k) - 3;
    wrapped += *part && *last && cell_line_is_full (last, part, width, table->count, breaks);
  }
  const char *first = parts[0] ? parts[0] : "";
  return *first == '\0' ? filled < count && filled * 2 <= count + 1 : filled > 0 && wrapped == filled;
}

/* Whether the rows are parted by rules: most of what is between two rules below the heads begins once in column 0. */
static gboolean
has_rules_between_rows (const BoxTable *table)
{
  guint rules = 0, lines = 0;
  for (guint i = 0; i < table->lines->len; i++) {
    char **parts = table->parts->pdata[i];
    gboolean rule = g_array_index (table->lines, BoxLine, i).rule;
    rules += rule;
    lines += !rule && parts[0] && *parts[0];
  }
  return rules > 3 && rules * 2 > lines;
}

static gboolean
is_double_rule (const char *text)
{
  return strchr (text, '=') || strstr (text, "═") || strstr (text, "━");
}

/* Tells the row of each line. Heads are above a double rule that is not the first, or else above the second rule. */
static void
find_rows (BoxTable *table, LineBreaks *breaks)
{
  guint total = 0;
  for (guint i = 0; i < table->lines->len; i++)
    total += g_array_index (table->lines, BoxLine, i).rule;
  gboolean ruled = has_rules_between_rows (table), begin = TRUE;
  int rules = 0, before = -1;
  table->row_of_line = g_new0 (int, table->lines->len);
  for (guint i = 0; i < table->lines->len; i++) {
    const BoxLine *line = &g_array_index (table->lines, BoxLine, i);
    if (line->rule) {
      rules++;
      gboolean is_double = is_double_rule (line->text);
      if (table->heads == 0 && table->rows > 0 && (rules == 2 || is_double)) {
        table->heads = table->rows;
        table->head = is_double || total == 3 ? CELL_HEAD_BY_MARK : CELL_HEAD_BY_PLACE; /* 3: above, below, and this */
      }
      begin = TRUE;
    } else {
      begin = begin || (!ruled && (rules > 1 || total < 3) && !goes_on (table, i, before, breaks));
      table->rows += begin;
      if (begin)
        g_array_append_val (table->starts, i);
      begin = FALSE;
      before = (int)i;
    }
    table->row_of_line[i] = line->rule ? table->rows : table->rows - 1;
  }
}

/* The rows that the cell at ROW and column K spans: as long as the rule below leaves it open. */
static int
row_span_of (const BoxTable *table, int row, guint k)
{
  int span = 1;
  for (guint i = g_array_index (table->starts, guint, row); i < table->lines->len && row + span < table->rows; i++) {
    if (table->row_of_line[i] < row + span)
      continue;
    if (!g_array_index (table->lines, BoxLine, i).rule || is_ruled (table, i, k))
      return span;
    span++;
  }
  return span;
}

/* The columns that it spans: as long as no line of the row has a wall. */
static int
column_span_of (const BoxTable *table, int row, guint k)
{
  guint last = table->walls->len - 1;
  for (guint next = k + 1; next < last; next++)
    for (guint i = g_array_index (table->starts, guint, row); i < table->lines->len && table->row_of_line[i] == row;
         i++)
      if (!g_array_index (table->lines, BoxLine, i).rule && *walled_at (table, i, next))
        return next - k;
  return last - k;
}

/* The lines of the cell at ROW and K, those that are beside a rule which leaves it open too; *NUMBER of the first. */
static GPtrArray *
lines_of_cell (const BoxTable *table, int row, guint k, TextSpan span, int *number)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  for (guint i = g_array_index (table->starts, guint, row);
       i < table->lines->len && table->row_of_line[i] < row + span.row_span; i++) {
    const BoxLine *line = &g_array_index (table->lines, BoxLine, i);
    char **parts = table->parts->pdata[i];
    if (line->rule && is_ruled (table, i, k))
      continue;
    *number = *number ? *number : line->number;
    g_ptr_array_add (lines, g_strdup (parts[k] ? parts[k] : ""));
  }
  return lines;
}

/* Finds the widest text of each column, in lines where nothing spans it. */
static void
find_widths (BoxTable *table)
{
  table->widths = g_new0 (int, table->walls->len);
  for (guint i = 0; i < table->lines->len; i++) {
    char **parts = table->parts->pdata[i];
    for (guint k = 0; k + 1 < table->walls->len; k++)
      if (parts[k] && *walled_at (table, i, k + 1) && !g_array_index (table->lines, BoxLine, i).rule)
        table->widths[k] = MAX (table->widths[k], columns_of_text (parts[k], table->count));
  }
}

static int
width_of (const BoxTable *table, guint k, int column_span)
{
  int room = wall_at (table, k + column_span) - wall_at (table, k) - 1;
  return column_span == 1 ? MIN (table->widths[k], room) : room - 2;
}

static Block *
block_from_box (const BoxTable *table, LineBreaks *breaks)
{
  g_autoptr (TextTable) cells = text_table_new ();
  for (int row = 0; row < table->rows; row++) {
    text_table_begin_row (cells);
    for (int k = text_table_next_column (cells); k + 1 < (int)table->walls->len; k = text_table_next_column (cells)) {
      int number = 0;
      TextSpan span = {.head = row < MIN (table->heads, 3) ? table->head : CELL_BODY};
      span.column_span = column_span_of (table, row, k);
      span.row_span = row_span_of (table, row, k);
      g_autoptr (GPtrArray) lines = lines_of_cell (table, row, k, span, &number);
      g_autofree char *text = text_from_cell_lines (lines, width_of (table, k, span.column_span), table->count, breaks);
      text_table_take_cell (cells, text_from_markdown (text), span, number);
    }
  }
  return block_from_text_table (cells);
}

/* The lines of a table at START: up to one that does not begin with a wall. */
static int
take_lines (BoxTable *table, const TextParser *parser, int start)
{
  int at = start;
  for (; at < parser->count && at - start < LINES_MOST; at++) {
    const char *text = without_indent (parser->lines[at].text);
    if (!is_box_line (text))
      break;
    BoxLine line = {text, parser->lines[at].number, is_rule (text)};
    g_array_append_val (table->lines, line);
  }
  return at - start;
}

static void
box_table_clear (BoxTable *table)
{
  for (guint i = 0; i < table->parts->len; i++)
    for (guint k = 0; k < table->walls->len; k++)
      g_free (((char **)table->parts->pdata[i])[k]);
  g_ptr_array_unref (table->parts);
  g_array_unref (table->lines);
  g_array_unref (table->walls);
  g_free (table->walled);
  g_free (table->row_of_line);
  g_array_unref (table->starts);
  g_free (table->widths);
}

int
text_parse_box (TextParser *parser, int start)
{
  if (!is_whole_rule (without_indent (parser->lines[start].text)))
    return 0;
  BoxTable table = {.lines = g_array_new (FALSE, FALSE, sizeof (BoxLine)),
                    .walls = g_array_new (FALSE, FALSE, sizeof (int)),
                    .parts = g_ptr_array_new_with_free_func (g_free),
                    .starts = g_array_new (FALSE, FALSE, sizeof (guint))};
  int taken = take_lines (&table, parser, start);
  g_autoptr (LineBreaks) breaks = line_breaks_new ();
  Block *block = NULL;
  if (taken >= 3 && choose_count (&table)) {
    part_lines (&table, parser->notes);
    find_rows (&table, breaks);
    find_widths (&table);
    block = block_from_box (&table, breaks);
  }
  if (block)
    g_ptr_array_add (parser->blocks, block);
  box_table_clear (&table);
  return block ? taken : 0;
}
