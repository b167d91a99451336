/* text_tabs.c - see text.h: what is copied from a spreadsheet or taken out of a PDF, tabs between the cells.
 *
 * A line without a tab between two rows is one of
 *   a banner          "セキュリティ"             short, no sentence
 *   a cell's rest     "ただし計画停止を除きます。"  a line break that no quotes hold together
 *   text              before a repeated head, or rows of other widths: it ends the table
 */
#include "read/text/text.h"

#include <string.h>

#define BANNER_CHARACTERS 40
#define HEAD_ROWS 3 /* where a head may stand: after banners with the title */
#define BANNERS 2   /* section and category */

static gboolean
may_have_tabs (const TextLine *line)
{
  return strchr (line->text, '\t') || *line->text == '"';
}

/* The row that begins at line START, or NULL. */
static TextRow *
row_at (const TextReading *reading, int start, int *taken)
{
  if (start >= reading->count || !may_have_tabs (&reading->lines[start]))
    return NULL;
  g_autoptr (TextRow) row = text_row_from_line (reading, start, '\t', taken);
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
bare_lines (const TextReading *reading, int start)
{
  int end = start, taken;
  while (end < reading->count && !line_is_blank (&reading->lines[end])) {
    g_autoptr (TextRow) row = row_at (reading, end, &taken);
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

/* Takes the lines without tabs at START into ROWS, as banners or as the rest of a cell; gives how many, 0: they are
 * text. */
static int
take_bare_lines (const TextReading *reading, int start, TextRows *rows)
{
  int count = bare_lines (reading, start), taken;
  g_autoptr (TextRow) next = row_at (reading, start + count, &taken);
  TextRow *last = text_rows_at (rows, text_rows_count (rows) - 1);
  if (!next || next->cells->len != last->cells->len || is_repeated_head (rows, next))
    return 0;
  gboolean banners = are_banners (&reading->lines[start], count);
  for (int i = start; i < start + count; i++)
    if (banners)
      add_banner (rows, &reading->lines[i]);
    else
      append_to_last_cell (last, reading->lines[i].text);
  return count;
}

/* Whether tabs do no more than indent. */
static gboolean
is_indented_text (TextRows *rows)
{
  for (int i = 0; i < text_rows_count (rows); i++)
    if (text_row_filled (text_rows_at (rows, i)) > 1)
      return FALSE;
  return TRUE;
}

static void
add_as_text (TextReading *reading, TextRows *rows)
{
  for (int i = 0; i < text_rows_count (rows); i++) {
    const TextRow *row = text_rows_at (rows, i);
    for (guint k = 0; k < row->cells->len; k++) {
      const char *text = g_ptr_array_index (row->cells, k);
      if (*text)
        g_ptr_array_add (reading->blocks, block_new (BLOCK_TEXT, text, 0, (Place){.line = row->line}));
    }
  }
}

int
text_take_tabs (TextReading *reading, int start)
{
  g_autoptr (TextRows) rows = text_rows_new ();
  int at = start, taken;
  while (at < reading->count && !line_is_blank (&reading->lines[at])) {
    g_autoptr (TextRow) row = row_at (reading, at, &taken);
    if (row && text_rows_are_too_wide_for (rows, row))
      break;
    if (row)
      text_rows_take (rows, g_steal_pointer (&row));
    else if (text_rows_count (rows) == 0 || !(taken = take_bare_lines (reading, at, rows)))
      break;
    at += taken;
  }
  if (text_rows_count (rows) == 0)
    return 0;
  if (is_indented_text (rows))
    add_as_text (reading, rows);
  else
    g_ptr_array_add (reading->blocks, block_from_rows (rows, 0));
  return at - start;
}
