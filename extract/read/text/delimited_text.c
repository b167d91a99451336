/* delimited_text.c - see delimited_text.h */
#include "read/text/delimited_text.h"

#include "model/note.h"

#include <string.h>

/* A quote that is not closed within this is a character like others. */
#define QUOTED_BYTES 65536
#define QUOTED_LINES 200

#define BANNER_CHARACTERS 40 /* at most */
#define HEAD_ROWS 3          /* in which the head is: banners with the title may precede it */
#define BANNERS 2            /* at most, in a row: section and category */

/* A delimiter other than tabs is one where it parts this many lines into this many cells; two columns ask for more. */
#define COLUMNS_LEAST 3
#define ROWS_LEAST 3
#define PAIRS_LEAST 5

/* The share of rows that have as many cells as most: prose has commas too, but never so evenly. */
#define EVEN_SHARE 0.75

/* So many rows are looked at to choose a dialect. */
#define ROWS_LOOKED_AT 100
#define ROWS_AT_FIRST 12

/* How cells are parted, and quoted. */
typedef struct {
  char separator;
  char quote;
} TextDialect;

static const TextDialect tabs = {'\t', '"'};

/* As a separator: two spaces or more, or ideographic ones. */
#define SPACES ' '

/* Those that are tried: all pairs of a separator and a quote. */
static const char separators[] = {',', ';', '|', '^', SPACES, '\0'}, quotes[] = "\"'";

typedef struct {
  const TextParser *parser;
  int line;       /* index */
  const char *at; /* in its text */
} CellCursor;

/* The cell at the quote at CURSOR, which goes to its end. NULL, and the cursor stays, for an unterminated quote, or one
 * that ends before anything but a separator or a line end. A quote in it is written twice, or after a backslash. */
static char *
quoted_cell (CellCursor *cursor, TextDialect dialect)
{
  char separator = dialect.separator, quote = dialect.quote;
  CellCursor ahead = *cursor;
  g_autoptr (GString) text = g_string_new (NULL);
  for (ahead.at++; text->len < QUOTED_BYTES;) {
    if (*ahead.at == '\0') {
      if (++ahead.line >= ahead.parser->count || ahead.line - cursor->line > QUOTED_LINES)
        return NULL;
      ahead.at = ahead.parser->lines[ahead.line].text;
      g_string_append_c (text, '\n');
    } else if (ahead.at[0] == '\\' && ahead.at[1] == quote && ahead.at[2] && ahead.at[2] != separator) {
      g_string_append_c (text, quote);
      ahead.at += 2;
    } else if (ahead.at[0] == quote && ahead.at[1] != quote) {
      ahead.at += 1 + strspn (ahead.at + 1, " ");
      if (*ahead.at != separator && *ahead.at != '\0')
        return NULL;
      *cursor = ahead;
      return g_string_free (g_steal_pointer (&text), FALSE);
    } else {
      g_string_append_c (text, *ahead.at);
      ahead.at += *ahead.at == quote ? 2 : 1;
    }
  }
  return NULL;
}

/* The end of the cell at AT: the next run of two spaces, or an ideographic one. */
static const char *
end_before_spaces (const char *at)
{
  for (; *at; at = g_utf8_next_char (at))
    if ((at[0] == ' ' && at[1] == ' ') || g_str_has_prefix (at, "　"))
      return at;
  return at;
}

/* The end of the run of spaces at AT. */
static const char *
after_spaces (const char *at)
{
  while (*at == ' ' || g_str_has_prefix (at, "　"))
    at = g_utf8_next_char (at);
  return at;
}

static char *
plain_cell (CellCursor *cursor, char separator)
{
  const char *end = separator == SPACES ? end_before_spaces (cursor->at) : strchrnul (cursor->at, separator);
  char *text = g_strndup (cursor->at, end - cursor->at);
  cursor->at = end;
  return text;
}

/* The cells from line START up to its end, or to that of a later line where a quoted cell runs on; *TAKEN: how many
 * lines. */
static TextRow *
row_from_lines (const TextParser *parser, int start, TextDialect dialect, int *taken)
{
  CellCursor cursor = {parser, start, parser->lines[start].text};
  cursor.at = dialect.separator == SPACES ? after_spaces (cursor.at) : cursor.at;
  TextRow *row = text_row_new (parser->lines[start].number);
  for (;;) {
    CellCursor quoted = cursor;
    quoted.at += dialect.separator == '\t' ? 0 : strspn (quoted.at, " ");
    quoted.at += quoted.at[0] == '=' && quoted.at[1] == dialect.quote; /* ="001": a number that is to stay text */
    char *text = *quoted.at == dialect.quote ? quoted_cell (&quoted, dialect) : NULL;
    cursor = text ? quoted : cursor;
    text_row_take_cell (row, text ? text : plain_cell (&cursor, dialect.separator));
    if (dialect.separator == SPACES ? *cursor.at == '\0' : *cursor.at != dialect.separator)
      break;
    cursor.at = dialect.separator == SPACES ? after_spaces (cursor.at) : cursor.at + 1;
    if (dialect.separator == '|' && row->cells->len > 1 && !cursor.at[strspn (cursor.at, " ")])
      break; /* a bar at a line's end closes its last cell */
  }
  *taken = cursor.line - start + 1;
  return row;
}

static gboolean
may_have_tabs (const TextLine *line)
{
  return strchr (line->text, '\t') || *line->text == '"';
}

/* The row with tabs at line START, or NULL. */
static TextRow *
row_at (const TextParser *parser, int start, int *taken)
{
  if (start >= parser->count || !may_have_tabs (&parser->lines[start]))
    return NULL;
  g_autoptr (TextRow) row = row_from_lines (parser, start, tabs, taken);
  return row->cells->len >= 2 ? g_steal_pointer (&row) : NULL;
}

static gboolean
is_sentence (const char *text)
{
  static const char *const ends[] = {"。", "．", "、", "，", ".", ",", ";", ":", "：", "；", ")", "）", "」", "%"};
  static const char *const starts[] = {"・", "※", "-", "－", "*", "(", "（", "「", "http", "①", "②", "③", "④", "⑤"};
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_str_has_suffix (text, ends[i]))
      return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    if (g_str_has_prefix (text, starts[i]))
      return TRUE;
  return g_utf8_strlen (text, -1) > BANNER_CHARACTERS;
}

static gboolean
are_banners (const TextLine *lines, int count)
{
  for (int i = 0; i < count; i++)
    if (is_sentence (lines[i].text))
      return FALSE;
  return count <= BANNERS;
}

static void
append_to_last_cell (TextRow *row, const char *line)
{
  gpointer *last = &row->cells->pdata[row->cells->len - 1];
  char *joined = g_strconcat (*last, *(char *)*last ? "\n" : "", line, NULL);
  g_free (*last);
  *last = g_strstrip (joined);
}

static void
add_banner (TextRows *rows, const TextLine *line)
{
  TextRow *row = text_row_new (line->number);
  text_row_take_cell (row, g_strdup (line->text));
  text_rows_take (rows, row);
}

static int
bare_lines (const TextParser *parser, int start)
{
  int end = start, taken;
  while (end < parser->count && !text_line_is_blank (&parser->lines[end])) {
    g_autoptr (TextRow) row = row_at (parser, end, &taken);
    if (row)
      break;
    end++;
  }
  return end - start;
}

/* Whether ROW is one of the first rows again. */
static gboolean
is_repeated_head (const TextRows *rows, const TextRow *row)
{
  for (int i = 0; i < MIN (text_rows_count (rows), HEAD_ROWS); i++)
    if (text_row_is_like (row, text_rows_at (rows, i)))
      return TRUE;
  return FALSE;
}

/* Takes the lines without tabs at START into ROWS, as banners or as the rest of a cell, and returns how many. 0: they
 * are text, which ends the table. Text is what precedes a repeated head or rows of another width. */
static int
parse_bare_lines (const TextParser *parser, int start, TextRows *rows)
{
  int count = bare_lines (parser, start), taken;
  g_autoptr (TextRow) next = row_at (parser, start + count, &taken);
  TextRow *last = text_rows_at (rows, text_rows_count (rows) - 1);
  if (!next || next->cells->len != last->cells->len || is_repeated_head (rows, next))
    return 0;
  gboolean banners = are_banners (&parser->lines[start], count);
  for (int i = start; i < start + count; i++)
    if (banners)
      add_banner (rows, &parser->lines[i]);
    else
      append_to_last_cell (last, parser->lines[i].text);
  return count;
}

/* Whether the tabs only indent text. */
static gboolean
is_indented_text (TextRows *rows)
{
  for (int i = 0; i < text_rows_count (rows); i++)
    if (text_row_filled (text_rows_at (rows, i)) > 1)
      return FALSE;
  return TRUE;
}

static void
add_as_text (TextParser *parser, TextRows *rows)
{
  for (int i = 0; i < text_rows_count (rows); i++) {
    const TextRow *row = text_rows_at (rows, i);
    for (guint k = 0; k < row->cells->len; k++) {
      const char *text = g_ptr_array_index (row->cells, k);
      if (*text)
        text_parser_add (parser, text, 0, row->line);
    }
  }
}

int
text_parse_tabs (TextParser *parser, int start)
{
  g_autoptr (TextRows) rows = text_rows_new ();
  int at = start, taken;
  while (at < parser->count && !text_line_is_blank (&parser->lines[at])) {
    g_autoptr (TextRow) row = row_at (parser, at, &taken);
    if (row && text_rows_are_too_wide_for (rows, row))
      break;
    if (row)
      text_rows_take (rows, g_steal_pointer (&row));
    else if (text_rows_count (rows) == 0 || !(taken = parse_bare_lines (parser, at, rows)))
      break;
    at += taken;
  }
  if (text_rows_count (rows) == 0)
    return 0;
  if (is_indented_text (rows))
    add_as_text (parser, rows);
  else
    g_ptr_array_add (parser->blocks, block_from_rows (rows, 0, CELL_BODY));
  return at - start;
}

/* How a dialect parts the lines at a place. */
typedef struct {
  TextDialect dialect;
  guint columns;  /* cells of most rows */
  guint first;    /* cells of the first row */
  int rows, even; /* rows up to the next blank line; those with so many cells */
  double spaced;  /* the share of separators that a space follows, as in sentences */
  double score;   /* of several dialects the one with most of it; 0: it is none */
  int end;        /* the line after the table's last */
} DialectScore;

static gboolean
may_part (const TextLine *line, char separator)
{
  if (separator == SPACES)
    return *after_spaces (end_before_spaces (after_spaces (line->text))) != '\0';
  return strchr (line->text, separator) != NULL;
}

/* How many separators a space follows. */
static int
spaced_cells (const char *line, char separator)
{
  int spaced = 0;
  for (const char *at = strchr (line, separator); at; at = strchr (at + 1, separator))
    spaced += at[1] == ' ';
  return spaced;
}

/* Between bars the first row may be the widest, and many others lack the cell that one above spans: COUNTS of rows with each
 * number of cells, up to MOST. */
static void
count_rows_below_spans (DialectScore *score, const int *counts, guint most)
{
  guint first = score->first;
  if (score->dialect.separator != '|' || first < COLUMNS_LEAST || first > most)
    return;
  for (guint columns = first + 1; columns <= most; columns++)
    if (counts[columns] > 0)
      return;
  if (counts[first] + counts[first - 1] > score->even) {
    score->even = counts[first] + counts[first - 1];
    score->columns = first;
  }
}

/* Even rows, many cells, and quotes that are used. Bars have spaces around them in tables too. */
static void
weigh (DialectScore *score, const int *counts, guint most, int spaced, int separators_seen)
{
  for (guint columns = 2; columns <= most; columns++)
    if (counts[columns] > score->even) {
      score->even = counts[columns];
      score->columns = columns;
    }
  count_rows_below_spans (score, counts, most);
  score->spaced = separators_seen > 0 ? (double)spaced / separators_seen : 0;
  gboolean enough = score->columns >= COLUMNS_LEAST ? score->even >= ROWS_LEAST
                                                    : score->even >= PAIRS_LEAST && score->even == score->rows;
  double share = score->rows > 0 ? (double)score->even / score->rows : 0;
  gboolean spaces = score->dialect.separator == SPACES;
  gboolean prose = score->dialect.separator != '|' && !spaces && score->spaced > 0.5;
  gboolean even = spaces ? score->columns >= COLUMNS_LEAST && score->even == score->rows : share >= EVEN_SHARE;
  score->score = enough && even && !prose ? share * (score->columns - 1) : 0;
}

static DialectScore
score_dialect (const TextParser *parser, int start, int end, TextDialect dialect)
{
  enum { MOST = 64 };
  DialectScore score = {.dialect = dialect, .end = end};
  int counts[MOST + 1] = {0}, taken = 0, spaced = 0, seen = 0, banners = 0;
  for (int at = start; at < end && score.rows < ROWS_LOOKED_AT; at += taken) {
    const TextLine *line = &parser->lines[at];
    if (text_line_is_blank (line) || (score.rows == 0 && !may_part (line, dialect.separator)))
      break;
    g_autoptr (TextRow) row = row_from_lines (parser, at, dialect, &taken);
    if (dialect.separator == '|' && row->cells->len == 1 && ++banners <= score.rows)
      continue;
    counts[MIN (row->cells->len, MOST)]++;
    score.first = score.rows == 0 ? row->cells->len : score.first;
    spaced += spaced_cells (line->text, dialect.separator);
    seen += row->cells->len - 1;
    score.rows++;
    weigh (&score, counts, MOST, spaced, seen);
    if (score.rows == ROWS_AT_FIRST && score.even * 2 < score.rows)
      return score;
  }
  weigh (&score, counts, MOST, spaced, seen);
  return score;
}

/* Where the rows at START, all of one width, end for good: a table of another width is at once below. START where the
 * width comes again: cells are missing in some rows. */
static int
end_of_width (const TextParser *parser, int start, TextDialect dialect)
{
  guint width = 0;
  int change = 0, at = start, taken;
  for (int rows = 0; at < parser->count && rows < ROWS_LOOKED_AT && !text_line_is_blank (&parser->lines[at]); rows++) {
    g_autoptr (TextRow) row = row_from_lines (parser, at, dialect, &taken);
    width = width ? width : row->cells->len;
    if (row->cells->len != width)
      change = change ? change : at;
    else if (change)
      return start;
    at += taken;
  }
  return change ? change : start;
}

/* The dialect that parts the lines at START best, up to a blank line or, where none parts all of them, to a table of
 * another width; its score is 0 where none does. */
static DialectScore
best_dialect (const TextParser *parser, int start)
{
  DialectScore best = {.score = 0};
  for (gboolean part = FALSE; part <= TRUE && best.score == 0; part++)
    for (const char *separator = separators; *separator; separator++)
      for (const char *quote = quotes; *quote && may_part (&parser->lines[start], *separator); quote++) {
        TextDialect dialect = {*separator, *quote};
        gboolean parts = part && *separator != SPACES && *separator != '|'; /* these may lack a cell anywhere */
        int stop = parts ? end_of_width (parser, start, dialect) : part ? start : parser->count;
        DialectScore score = score_dialect (parser, start, stop, dialect);
        if (score.score > best.score)
          best = score;
      }
  return best;
}

/* A row that has more cells than most: a separator within its last cell was not quoted. */
static void
join_surplus (TextRow *row, guint columns, char separator)
{
  while (row->cells->len > columns) {
    char *last = g_ptr_array_steal_index (row->cells, row->cells->len - 1);
    gpointer *before = &row->cells->pdata[row->cells->len - 1];
    char *joined = g_strdup_printf ("%s%c%s", (char *)*before, separator, last);
    g_free (*before);
    g_free (last);
    *before = joined;
  }
}

/* How many cells a row of SCORE's table from START to END has: as many as most have; between bars as many as the first
 * row where none has more, as most lack those that a cell above spans. */
static guint
columns_of_table (const TextParser *parser, int start, int end, const DialectScore *score)
{
  guint first = 0, most = 0;
  for (int at = start, taken; score->dialect.separator == '|' && at < end; at += taken) {
    g_autoptr (TextRow) row = row_from_lines (parser, at, score->dialect, &taken);
    first = first > 1 ? first : row->cells->len;
    most = MAX (most, row->cells->len);
  }
  return first == most ? MAX (most, score->columns) : score->columns;
}

/* Takes the rows from START to END, or to a blank line, into ROWS; those of another width are said. Returns where it
 * stops. */
static int
take_delimited (TextParser *parser, int start, int end, DialectScore score, TextRows *rows)
{
  int at = start, taken, uneven = 0, first = 0;
  for (; at < end && !text_line_is_blank (&parser->lines[at]); at += taken) {
    g_autoptr (TextRow) row = row_from_lines (parser, at, score.dialect, &taken);
    if (text_rows_are_too_wide_for (rows, row))
      break;
    if (score.columns > 0 && row->cells->len > score.columns) {
      join_surplus (row, score.columns, score.dialect.separator);
      first = uneven++ ? first : row->line;
    }
    text_rows_take (rows, g_steal_pointer (&row));
  }
  if (uneven > 0)
    notes_add (
        parser->notes, "text-table-uneven", NOTE_WARNING, (Place){.line = first},
        "%d rows of this table, the first here, have more cells than its other rows, parted by \"%c\": what is too "
        "much is kept in the last cell.",
        uneven, score.dialect.separator);
  return at;
}

void
text_add_delimited (TextParser *parser, int start, int end, char separator)
{
  g_autoptr (TextRows) rows = text_rows_new ();
  while (start < end) {
    DialectScore score = {.dialect = {separator, '"'}};
    int next = take_delimited (parser, start, end, score, rows);
    start = MAX (next, start + 1);
  }
  if (text_rows_count (rows) > 0)
    g_ptr_array_add (parser->blocks, block_from_rows (rows, 0, CELL_BODY));
}

/* "sep=;", with which Excel is told the separator. */
static gboolean
is_separator_line (const char *line)
{
  return !g_ascii_strncasecmp (line, "sep=", 4) && line[4] && line[5] == '\0';
}

int
text_parse_delimited (TextParser *parser, int start)
{
  if (is_separator_line (parser->lines[start].text))
    return 1;
  DialectScore score = best_dialect (parser, start);
  if (score.score == 0)
    return 0;
  g_autoptr (TextRows) rows = text_rows_new ();
  int end = start;
  while (end < score.end && !text_line_is_blank (&parser->lines[end]))
    end++;
  while (score.dialect.separator == '|' && end > start && !strchr (parser->lines[end - 1].text, '|'))
    end--; /* bars are between headings, and what follows the last is text */
  score.columns = columns_of_table (parser, start, end, &score);
  end = take_delimited (parser, start, end, score, rows);
  g_ptr_array_add (parser->blocks, block_from_rows (rows, 0, CELL_BODY));
  parser->spaced_grids += score.dialect.separator == SPACES;
  parser->spaced_rows += score.dialect.separator == SPACES ? text_rows_count (rows) : 0;
  return end - start;
}
