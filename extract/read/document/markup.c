/* markup.c - see markup.h */
#include "read/document/markup.h"

#include "model/error.h"
#include "read/source.h"

#include <glib/gi18n.h>
#include <string.h>

#define LEVELS_LIMIT 24 /* of cells and text boxes within each other */
#define SPAN_LIMIT 1000
#define COLUMNS_LIMIT 1000

typedef struct {
  int row, column, row_span, column_span;
  gboolean mergeable; /* MERGE_FIRST: cells below may continue it */
  CellMerge merge;
  GString *html;
} MarkupCell;

typedef struct {
  gboolean head, hidden;
} MarkupRow;

typedef struct {
  GPtrArray *cells;    /* MarkupCell */
  GArray *rows;        /* MarkupRow */
  MarkupCell **latest; /* that began in each column; COLUMNS_LIMIT of them and one */
  int column;          /* where the next cell begins */
  int spanned;         /* how many columns the last cell spans to its right that were not said to be covered */
} MarkupTable;

/* The body, a cell or an aside. */
typedef struct {
  GString *out;      /* borrowed from a cell, or owned */
  GString *asides;   /* of the paragraph */
  GPtrArray *tables; /* MarkupTable: those begun and not ended; more than one: they are nested without a cell */
  gboolean in_paragraph;
  int heading; /* -1: the paragraph is not a heading */
  TextLook look;
} MarkupLevel;

/* A heading of the body, whose level is written once all are known. */
typedef struct {
  gsize opening, closing; /* where the digit is */
  int level;
} MarkupHeading;

struct Markup {
  GPtrArray *levels; /* MarkupLevel; the first is the body */
  GArray *headings;  /* MarkupHeading */
  GString *notes;    /* at the foot of the page */
  gsize size;        /* of all that was said; bytes */
  gsize limit;       /* of it, and of the page */
  int lines;         /* of the page so far */
  int too_deep;      /* how many tables or asides deeper than the limit are open */
};

static void
cell_free (MarkupCell *cell)
{
  g_string_free (cell->html, TRUE);
  g_free (cell);
}

static void
table_free_markup (MarkupTable *table)
{
  g_ptr_array_unref (table->cells);
  g_array_unref (table->rows);
  g_free (table->latest);
  g_free (table);
}

static void
level_free (MarkupLevel *level)
{
  if (level->out)
    g_string_free (level->out, TRUE);
  g_string_free (level->asides, TRUE);
  g_ptr_array_unref (level->tables);
  g_free (level);
}

static MarkupLevel *
top (const Markup *markup)
{
  return g_ptr_array_index (markup->levels, markup->levels->len - 1);
}

static MarkupTable *
table_of (const MarkupLevel *level)
{
  return level->tables->len > 0 ? g_ptr_array_index (level->tables, level->tables->len - 1) : NULL;
}

static void
push_level (Markup *markup)
{
  MarkupLevel *level = g_new0 (MarkupLevel, 1);
  *level = (MarkupLevel){.out = g_string_new (NULL), .asides = g_string_new (NULL)};
  level->tables = g_ptr_array_new_with_free_func ((GDestroyNotify)table_free_markup);
  g_ptr_array_add (markup->levels, level);
}

Markup *
markup_new (gsize limit)
{
  Markup *markup = g_new0 (Markup, 1);
  markup->limit = limit;
  markup->levels = g_ptr_array_new_with_free_func ((GDestroyNotify)level_free);
  markup->notes = g_string_new (NULL);
  markup->headings = g_array_new (FALSE, FALSE, sizeof (MarkupHeading));
  push_level (markup);
  g_string_append (top (markup)->out, "<!DOCTYPE html><meta charset=\"utf-8\"><body>");
  return markup;
}

void
markup_free (Markup *markup)
{
  if (!markup)
    return;
  g_ptr_array_unref (markup->levels);
  g_array_unref (markup->headings);
  g_string_free (markup->notes, TRUE);
  g_free (markup);
}

gboolean
markup_is_full (const Markup *markup)
{
  return markup->size > markup->limit;
}

static gboolean
in_body (const Markup *markup)
{
  return markup->levels->len == 1 && top (markup)->tables->len == 0;
}

static void
say (Markup *markup, const char *html)
{
  if (markup_is_full (markup))
    return;
  markup->size += strlen (html);
  g_string_append (top (markup)->out, html);
}

/* A line of the page begins: a paragraph or a row of the body. */
static void
begin_line (Markup *markup)
{
  if (markup->lines++ > 0)
    say (markup, "\n");
}

static void
set_look (Markup *markup, TextLook look)
{
  static const char *const openings[] = {"", "<b>", "<del>", "<span hidden>"}, *const closings[] = {
                                                                                   "", "</b>", "</del>", "</span>"};
  MarkupLevel *level = top (markup);
  if (look == TEXT_BOLD && !in_body (markup))
    look = TEXT_SEEN;
  if (level->look == look)
    return;
  say (markup, closings[level->look]);
  say (markup, openings[look]);
  level->look = look;
}

void
markup_begin_paragraph (Markup *markup, int level)
{
  if (top (markup)->in_paragraph)
    markup_end_paragraph (markup);
  gboolean body = in_body (markup);
  if (body)
    begin_line (markup);
  top (markup)->in_paragraph = TRUE;
  top (markup)->heading = body ? level : -1;
  if (top (markup)->heading >= 0) {
    MarkupHeading heading = {.opening = top (markup)->out->len + 2, .level = level};
    g_array_append_val (markup->headings, heading);
    say (markup, "<h2>");
  } else
    say (markup, "<p>");
}

void
markup_end_paragraph (Markup *markup)
{
  MarkupLevel *level = top (markup);
  if (!level->in_paragraph)
    return;
  set_look (markup, TEXT_SEEN);
  if (level->heading >= 0 && markup->headings->len > 0)
    g_array_index (markup->headings, MarkupHeading, markup->headings->len - 1).closing = level->out->len + 3;
  say (markup, level->heading >= 0 ? "</h2>" : "</p>");
  level->in_paragraph = FALSE;
  g_string_append (level->out, level->asides->str);
  g_string_truncate (level->asides, 0);
}

/* A line end in the document's XML is a space. */
static void
append_escaped (GString *out, const char *text)
{
  for (; *text; text++)
    switch (*text) {
    case '&':
      g_string_append (out, "&amp;");
      break;
    case '<':
      g_string_append (out, "&lt;");
      break;
    case '>':
      g_string_append (out, "&gt;");
      break;
    default:
      g_string_append_c (out, *text == '\n' || *text == '\r' || *text == '\t' ? ' ' : *text);
    }
}

void
markup_text (Markup *markup, const char *text, TextLook look)
{
  if (!*text || markup_is_full (markup))
    return;
  if (!top (markup)->in_paragraph)
    markup_begin_paragraph (markup, -1);
  set_look (markup, look);
  gsize before = top (markup)->out->len;
  append_escaped (top (markup)->out, text);
  markup->size += top (markup)->out->len - before;
}

void
markup_line_end (Markup *markup)
{
  if (!top (markup)->in_paragraph)
    markup_begin_paragraph (markup, -1);
  say (markup, "<br>");
}

static gboolean
goes_too_deep (Markup *markup)
{
  if (markup->too_deep == 0 && markup->levels->len < LEVELS_LIMIT && top (markup)->tables->len < LEVELS_LIMIT)
    return FALSE;
  markup->too_deep++;
  return TRUE;
}

static gboolean
comes_from_too_deep (Markup *markup)
{
  if (markup->too_deep == 0)
    return FALSE;
  markup->too_deep--;
  return TRUE;
}

void
markup_begin_table (Markup *markup)
{
  if (goes_too_deep (markup))
    return;
  markup_end_paragraph (markup);
  MarkupTable *table = g_new0 (MarkupTable, 1);
  *table = (MarkupTable){.rows = g_array_new (FALSE, TRUE, sizeof (MarkupRow))};
  table->latest = g_new0 (MarkupCell *, COLUMNS_LIMIT + 1);
  table->cells = g_ptr_array_new_with_free_func ((GDestroyNotify)cell_free);
  g_ptr_array_add (top (markup)->tables, table);
}

void
markup_begin_row (Markup *markup)
{
  MarkupTable *table = table_of (top (markup));
  if (!table || markup->too_deep > 0)
    return;
  g_array_set_size (table->rows, table->rows->len + 1);
  table->column = table->spanned = 0;
}

void
markup_set_row (Markup *markup, gboolean head, gboolean hidden)
{
  MarkupTable *table = table_of (top (markup));
  if (table && table->rows->len > 0 && markup->too_deep == 0)
    g_array_index (table->rows, MarkupRow, table->rows->len - 1) = (MarkupRow){head, hidden};
}

void
markup_begin_cell (Markup *markup)
{
  MarkupTable *table = table_of (top (markup));
  if (!table || table->rows->len == 0 || markup->too_deep > 0)
    return;
  MarkupCell *cell = g_new0 (MarkupCell, 1);
  *cell = (MarkupCell){.row = (int)table->rows->len - 1, .column = table->column, .row_span = 1, .column_span = 1};
  cell->html = g_string_new (NULL);
  g_ptr_array_add (table->cells, cell);
  table->spanned = 0;
  push_level (markup);
}

/* The table whose cell the top level is; NULL: it is none. */
static MarkupTable *
table_around (const Markup *markup)
{
  if (markup->levels->len < 2)
    return NULL;
  return table_of (g_ptr_array_index (markup->levels, markup->levels->len - 2));
}

static MarkupCell *
last_cell (const MarkupTable *table)
{
  return table->cells->len > 0 ? g_ptr_array_index (table->cells, table->cells->len - 1) : NULL;
}

void
markup_set_cell (Markup *markup, int row_span, int column_span, CellMerge merge)
{
  MarkupTable *table = table_around (markup);
  MarkupCell *cell = table && markup->too_deep == 0 ? last_cell (table) : NULL;
  if (!cell)
    return;
  cell->row_span = CLAMP (row_span, 1, SPAN_LIMIT);
  cell->column_span = CLAMP (column_span, 1, SPAN_LIMIT);
  cell->merge = merge;
  cell->mergeable = merge == MERGE_FIRST;
}

/* The cell above, in the column of CELL, that it continues; NULL: none. */
static MarkupCell *
continued_by (const MarkupTable *table, const MarkupCell *cell)
{
  MarkupCell *above = table->latest[cell->column];
  return above && above->mergeable && above->row + above->row_span == cell->row ? above : NULL;
}

/* A paragraph that is alone in its cell needs no element: the cells of a table within a cell are then parted by spaces, and
 * its rows by line ends. */
static void
append_content (GString *cell, const char *html)
{
  gsize length = strlen (html);
  gboolean alone = g_str_has_prefix (html, "<p>") && g_str_has_suffix (html, "</p>") && !strstr (html + 3, "<p>") &&
                   !strstr (html, "<table") && !strstr (html, "<div");
  if (alone)
    g_string_append_len (cell, html + 3, (gssize)length - 7);
  else
    g_string_append_len (cell, html, (gssize)length);
}

void
markup_end_cell (Markup *markup)
{
  MarkupTable *table = table_around (markup);
  MarkupCell *cell = table && markup->too_deep == 0 ? last_cell (table) : NULL;
  if (!cell)
    return;
  markup_end_paragraph (markup);
  append_content (cell->html, top (markup)->out->str);
  g_ptr_array_set_size (markup->levels, (int)markup->levels->len - 1);
  table->column = MIN (table->column + cell->column_span, COLUMNS_LIMIT);
  table->spanned = cell->column_span - 1;
  MarkupCell *above = cell->merge == MERGE_REST ? continued_by (table, cell) : NULL;
  if (!above) {
    cell->mergeable |= cell->merge == MERGE_REST; /* the first is missing */
    table->latest[cell->column] = cell;
    return;
  }
  above->row_span++;
  if (*cell->html->str)
    g_string_append_printf (above->html, "<div hidden>%s</div>", cell->html->str);
  g_ptr_array_set_size (table->cells, (int)table->cells->len - 1);
}

void
markup_skip_columns (Markup *markup, int columns)
{
  MarkupTable *table = table_of (top (markup));
  if (table && markup->too_deep == 0)
    table->column = MIN (table->column + CLAMP (columns, 0, COLUMNS_LIMIT), COLUMNS_LIMIT);
}

void
markup_cover_columns (Markup *markup, int columns)
{
  MarkupTable *table = table_of (top (markup));
  if (!table || markup->too_deep > 0)
    return;
  int said = CLAMP (columns, 0, table->spanned);
  table->spanned -= said;
  markup_skip_columns (markup, columns - said);
}

/* Empty cells where none begins and none from above reaches, up to column END. COVERED: the row that the cells begun so
 * far in each column reach. */
static void
fill_columns (GString *out, const int *covered, int row, int from, int end)
{
  for (int column = from; column < end; column++)
    if (covered[column] <= row)
      g_string_append (out, "<td></td>");
}

static void
append_cell (GString *out, const MarkupCell *cell, gboolean head)
{
  const char *tag = head ? "th" : "td";
  g_string_append_printf (out, "<%s rowspan=%d colspan=%d>%s</%s>", tag, cell->row_span, cell->column_span,
                          cell->html->str, tag);
}

static void
cover (int *covered, const MarkupCell *cell)
{
  for (int i = cell->column; i < MIN (cell->column + cell->column_span, COLUMNS_LIMIT); i++)
    covered[i] = MAX (covered[i], cell->row + cell->row_span);
}

/* BODY: each row begins a line of the page. */
static void
append_table (Markup *markup, const MarkupTable *table, gboolean body)
{
  GString *out = top (markup)->out;
  g_autofree int *covered = g_new0 (int, COLUMNS_LIMIT + 1);
  guint next = 0;
  for (guint row = 0; row < table->rows->len; row++) {
    MarkupRow kind = g_array_index (table->rows, MarkupRow, row);
    if (body)
      begin_line (markup);
    g_string_append (out, row == 0 ? "<table>" : "");
    g_string_append (out, kind.hidden ? "<tr hidden>" : "<tr>");
    int column = 0;
    for (; next < table->cells->len; next++) {
      const MarkupCell *cell = g_ptr_array_index (table->cells, next);
      if (cell->row > (int)row)
        break;
      fill_columns (out, covered, (int)row, column, cell->column);
      append_cell (out, cell, kind.head);
      cover (covered, cell);
      column = MIN (cell->column + cell->column_span, COLUMNS_LIMIT);
    }
    g_string_append (out, "</tr>");
  }
  g_string_append (out, table->rows->len > 0 ? "</table>" : "");
  markup->size += 8 * table->rows->len + 32 * table->cells->len;
}

void
markup_end_table (Markup *markup)
{
  if (comes_from_too_deep (markup) || !table_of (top (markup)))
    return;
  MarkupLevel *level = top (markup);
  markup_end_paragraph (markup);
  MarkupTable *table = g_ptr_array_steal_index (level->tables, level->tables->len - 1);
  if (!markup_is_full (markup))
    append_table (markup, table, in_body (markup));
  table_free_markup (table);
}

void
markup_begin_aside (Markup *markup)
{
  if (!goes_too_deep (markup))
    push_level (markup);
}

/* The level that ends; NULL: it was too deep, or there is none. */
static MarkupLevel *
pop_level (Markup *markup)
{
  if (comes_from_too_deep (markup) || markup->levels->len < 2)
    return NULL;
  markup_end_paragraph (markup);
  return g_ptr_array_steal_index (markup->levels, markup->levels->len - 1);
}

void
markup_end_aside (Markup *markup)
{
  MarkupLevel *aside = pop_level (markup);
  if (!aside)
    return;
  MarkupLevel *level = top (markup);
  g_string_append_printf (level->in_paragraph ? level->asides : level->out, "<div>%s</div>", aside->out->str);
  level_free (aside);
}

void
markup_begin_note (Markup *markup)
{
  markup_begin_aside (markup);
}

void
markup_end_note (Markup *markup)
{
  MarkupLevel *note = pop_level (markup);
  if (!note)
    return;
  g_string_append_printf (markup->notes, "<footer>%s</footer>", note->out->str);
  level_free (note);
}

void
markup_begin_header_footer (Markup *markup)
{
  markup_end_paragraph (markup);
  say (markup, "<footer>");
}

void
markup_end_header_footer (Markup *markup)
{
  markup_end_paragraph (markup);
  say (markup, "</footer>");
}

int
markup_line (const Markup *markup)
{
  gboolean row_begun = markup->levels->len > 1 || top (markup)->tables->len > 0;
  const MarkupLevel *body = g_ptr_array_index (markup->levels, 0);
  const MarkupTable *table = body->tables->len > 0 ? g_ptr_array_index (body->tables, 0) : NULL;
  return markup->lines + (row_begun && table ? (int)table->rows->len : 0);
}

/* The highest heading is the title of the page where it is the only one of its level and the first. */
static void
write_heading_levels (Markup *markup)
{
  int highest = G_MAXINT, count = 0;
  for (guint i = 0; i < markup->headings->len; i++)
    highest = MIN (highest, g_array_index (markup->headings, MarkupHeading, i).level);
  for (guint i = 0; i < markup->headings->len; i++)
    count += g_array_index (markup->headings, MarkupHeading, i).level == highest;
  gboolean title = count == 1 && g_array_index (markup->headings, MarkupHeading, 0).level == highest;
  char *html = top (markup)->out->str;
  for (guint i = 0; i < markup->headings->len; i++) {
    MarkupHeading heading = g_array_index (markup->headings, MarkupHeading, i);
    int level = CLAMP (heading.level - highest + (title ? 1 : 2), 1, 6);
    html[heading.opening] = html[heading.closing] = (char)('0' + level);
  }
}

GBytes *
markup_take_page (Markup *markup, GError **error)
{
  while (markup->levels->len > 1)
    markup_end_aside (markup);
  while (table_of (top (markup)))
    markup_end_table (markup);
  markup_end_paragraph (markup);
  g_string_append (top (markup)->out, markup->notes->str);
  if (markup_is_full (markup) || top (markup)->out->len > markup->limit) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_SIZE,
                 _ ("a text document of more than %u MiB of text and tables, the limit is %u MiB; save only the part "
                    "with the sheet, or raise the limit, an eighth of --max-unpacked"),
                 mib_of_bytes (markup->limit), mib_of_bytes (markup->limit));
    return NULL;
  }
  write_heading_levels (markup);
  return g_string_free_to_bytes (g_string_new (top (markup)->out->str));
}
