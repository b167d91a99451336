/* fact_line.c - see fact_line.h */
#include "facts/fact_line.h"

#include "text/plain.h"

#include <string.h>

/* A longer line is a paragraph; bytes. */
#define LINE_BYTES 400

/* A label is shorter; bytes. */
#define LABEL_BYTES 64

/* How many blocks before a sheet, and after it, are read. */
#define BLOCKS_MOST 120

/* How many rows of the sheet's own table are searched for its head; those above the head say what the sheet is. */
#define ROWS_ABOVE 12

/* Single letters with spaces between them are one word if there are at least this many. */
#define SPACED_LETTERS 4

typedef struct {
  const Knowledge *knowledge;
  GPtrArray *lines;
  GPtrArray *blocks, *lists;
  SheetExtent sheet;
} FactLineWalk;

static void
line_free (gpointer data)
{
  FactLine *line = data;
  g_free (line->text);
  g_free (line->made_plain);
  g_free (line);
}

/* A title or a company whose letters are set apart: 株 式 会 社 サ ン プ ル. */
static void
close_letters_up (char *text)
{
  int letters = 0;
  for (const char *next = text; *next; letters++) {
    next = g_utf8_next_char (next);
    if (*next && *next++ != ' ')
      return;
  }
  if (letters < SPACED_LETTERS)
    return;
  char *end = text;
  for (const char *next = text; *next; next++)
    if (*next != ' ')
      *end++ = *next;
  *end = '\0';
}

static void
add_line (FactLineWalk *walk, const char *text, FactZone zone)
{
  g_autofree char *stripped = item_text (walk->knowledge, text);
  if (!stripped || strlen (stripped) > LINE_BYTES)
    return;
  close_letters_up (stripped);
  FactLine *line = g_new0 (FactLine, 1);
  *line = (FactLine){.text = g_steal_pointer (&stripped), .zone = zone};
  line->made_plain = text_made_plain (line->text);
  line->plain = line->made_plain ? line->made_plain : line->text;
  g_ptr_array_add (walk->lines, line);
}

static gboolean
is_label (const Knowledge *knowledge, const char *text)
{
  return *text && strlen (text) < LABEL_BYTES && patterns_has (knowledge->document, "label-alone", text);
}

static const char *
text_below (const Knowledge *knowledge, const Table *table, int row, int column)
{
  if (row + 1 >= (int)table->rows->len)
    return "";
  const Field *field = row_field (table_row (table, row + 1), column);
  return field->from_above || is_label (knowledge, field->text) ? "" : field->text;
}

/* The next text to the right; "" where it is a label too. */
static const char *
text_beside (const Knowledge *knowledge, const Table *table, const Row *row, int column, int *place)
{
  for (*place = column + 1; *place < table->columns; ++*place) {
    const char *text = row_field (row, *place)->text;
    if (*text)
      return is_label (knowledge, text) ? "" : text;
  }
  return "";
}

/* A label is followed by the text beside it, or else below. */
static void
add_row (FactLineWalk *walk, const Table *table, int index, FactZone zone)
{
  const Row *row = table_row (table, index);
  g_autoptr (GString) line = g_string_new (NULL);
  for (int i = 0, beside; i < table->columns; i++) {
    const Field *field = row_field (row, i);
    if (!*field->text || field->from_above)
      continue;
    if (line->len > 0)
      g_string_append (line, "　");
    g_string_append (line, field->text);
    if (!is_label (walk->knowledge, field->text))
      continue;
    const char *value = text_beside (walk->knowledge, table, row, i, &beside);
    if (*value)
      i = beside;
    else
      value = text_below (walk->knowledge, table, index, i);
    value += g_str_has_prefix (value, "：") ? strlen ("：") : 0;
    g_string_append_printf (line, "%s%s", g_str_has_suffix (field->text, "：") ? "" : "：", value);
  }
  g_strdelimit (line->str, "\n", ' ');
  add_line (walk, line->str, zone);
}

static void
add_text (FactLineWalk *walk, const Block *block, FactZone zone)
{
  g_auto (GStrv) lines = g_strsplit (block->text, "\n", -1);
  for (char **line = lines; *line; line++)
    add_line (walk, *line, zone);
}

gboolean
table_is_of_sheet (const Table *table, GPtrArray *lists)
{
  for (guint i = 0; i < lists->len; i++)
    if (((const ItemList *)g_ptr_array_index (lists, i))->first_block == table->first_block)
      return TRUE;
  return FALSE;
}

/* The rows of the sheet's own table above its head. */
static void
add_rows_above_head (FactLineWalk *walk, const Table *table)
{
  int head = 0, rows = MIN ((int)table->rows->len, ROWS_ABOVE);
  g_autoptr (Columns) columns = NULL;
  while (head < rows && !(columns = columns_from_head (walk->knowledge, table, head)))
    head++;
  for (int i = 0; head < rows && i < head; i++)
    add_row (walk, table, i, FACT_HEAD);
}

static void
add_table (FactLineWalk *walk, const Table *table)
{
  if (table_is_of_sheet (table, walk->lists)) {
    if (table->first_block == walk->sheet.first)
      add_rows_above_head (walk, table);
    return;
  }
  if (table->first_block > walk->sheet.first && (walk->sheet.last < 0 || table->first_block < walk->sheet.last))
    return;
  for (guint i = 0; i < table->rows->len; i++)
    add_row (walk, table, (int)i, table->first_block < walk->sheet.first ? FACT_HEAD : FACT_TAIL);
}

static void
add_block (FactLineWalk *walk, int index)
{
  const Block *block = g_ptr_array_index (walk->blocks, index);
  if (block->kind == BLOCK_HEADER_FOOTER)
    add_text (walk, block, FACT_PAGE);
  else if (block->kind == BLOCK_TEXT && index < walk->sheet.first)
    add_text (walk, block, FACT_HEAD);
  else if (block->kind == BLOCK_TEXT && walk->sheet.last >= 0 && index > walk->sheet.last)
    add_text (walk, block, FACT_TAIL);
}

SheetExtent
sheet_extent (GPtrArray *lists)
{
  const ItemList *first = g_ptr_array_index (lists, 0), *last = g_ptr_array_index (lists, lists->len - 1);
  return (SheetExtent){first->first_block, last->columns ? last->first_block : -1};
}

GPtrArray *
fact_lines_from (const Knowledge *knowledge, GPtrArray *blocks, GPtrArray *tables, GPtrArray *lists)
{
  FactLineWalk walk = {.knowledge = knowledge,
                       .lines = g_ptr_array_new_with_free_func (line_free),
                       .blocks = blocks,
                       .lists = lists,
                       .sheet = sheet_extent (lists)};
  guint table = 0;
  for (guint i = MAX (walk.sheet.first - BLOCKS_MOST, 0);
       i < MIN (blocks->len, (guint)MAX (walk.sheet.last, walk.sheet.first) + BLOCKS_MOST); i++) {
    for (; table < tables->len && ((const Table *)tables->pdata[table])->first_block <= (int)i; table++)
      if (((const Table *)tables->pdata[table])->first_block == (int)i)
        add_table (&walk, tables->pdata[table]);
    add_block (&walk, (int)i);
  }
  return walk.lines;
}
