/* stage.c - see stage.h */
#include "library/stage.h"

#include <cjson/cJSON.h>
#include <glib/gi18n.h>
#include <math.h>

#include "layout/join.h"
#include "model/table.h"
#include "road.h"
#include "write/json.h"
#include "write/page_drawing.h"

/* Words */

/* A word ends at a space, at the end of the line, and where the next glyph is further away than half its height. */
static gboolean
word_goes_on (const Glyph *before, const Glyph *glyph)
{
  double height = before->box.y1 - before->box.y0;
  double gap = glyph->box.x0 - before->box.x1;
  double rise = glyph->box.y0 - before->box.y0;
  return !glyph->space_before && fabs (rise) < height / 2 && fabs (gap) < height / 2;
}

static void
append_place (GString *text, Place place)
{
  const Box *box = &place.box;
  if (place.page > 0)
    g_string_append_printf (text, "page %d, box %.1f %.1f %.1f %.1f", place.page, box->x0, box->y0, box->x1, box->y1);
  else if (place.line > 0)
    g_string_append_printf (text, "line %d", place.line);
}

static void
append_word (GString *text, int page, Box box, const char *word)
{
  append_place (text, (Place){.page = page, .box = box});
  g_string_append_printf (text, "\t%s\n", word);
}

static void
append_drawn_words (GString *text, const Page *page)
{
  g_autoptr (GString) word = g_string_new (NULL);
  Box box = {0};
  for (guint i = 0; i < page->glyphs->len; i++) {
    const Glyph *glyph = &g_array_index (page->glyphs, Glyph, i);
    if (word->len && !word_goes_on (glyph - 1, glyph)) {
      append_word (text, page->number, box, word->str);
      g_string_truncate (word, 0);
    }
    box = word->len ? box_union (box, glyph->box) : glyph->box;
    g_string_append_unichar (word, glyph->character);
  }
  if (word->len)
    append_word (text, page->number, box, word->str);
}

static void
append_line (GString *text, Place place, const char *line)
{
  g_autofree char *one = g_strdelimit (g_strdup (line), "\n\t", ' ');
  append_place (text, place);
  g_string_append_printf (text, "\t%s\n", one);
}

/* A format that is not drawn has blocks; of a table each cell is a line. */
static void
append_blocks (GString *text, GPtrArray *blocks)
{
  for (guint i = 0; i < blocks->len; i++) {
    const Block *block = blocks->pdata[i];
    if (block->kind != BLOCK_GRID)
      append_line (text, block->place, block->text);
    for (guint j = 0; block->kind == BLOCK_GRID && j < block->grid->cells->len; j++) {
      const Cell *cell = block->grid->cells->pdata[j];
      append_line (text, cell->place, cell->text);
    }
  }
}

static char *
words_text (const Source *source, const ReadOptions *options, GError **error)
{
  g_autoptr (GPtrArray) notes = notes_new ();
  g_autoptr (GPtrArray) pages = pages_of_input (source, options, notes, error);
  if (!pages)
    return NULL;
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < pages->len; i++) {
    const Page *page = pages->pdata[i];
    if (page->glyphs)
      append_drawn_words (text, page);
    if (page->blocks)
      append_blocks (text, page->blocks);
  }
  return g_string_free (text, FALSE);
}

/* Ruling lines and grids */

static char *
rules_text (const Source *source, const ReadOptions *options, GError **error)
{
  g_autoptr (GPtrArray) notes = notes_new ();
  g_autoptr (GPtrArray) pages = pages_of_input (source, options, notes, error);
  if (!pages)
    return NULL;
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < pages->len; i++) {
    const Page *page = pages->pdata[i];
    if (!page->ruling_lines || page->ruling_lines->len == 0)
      continue;
    g_autofree char *rules = ruling_lines_to_string (page);
    g_string_append_printf (text, "page %d, %.1f x %.1f\n%s", page->number, page->width, page->height, rules);
  }
  return g_string_free (text, FALSE);
}

static char *
grid_text (const Source *source, const ReadOptions *options, GError **error)
{
  g_autoptr (GPtrArray) notes = notes_new ();
  g_autoptr (GPtrArray) blocks = blocks_from_source (source, options, notes, error);
  if (!blocks)
    return NULL;
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < blocks->len; i++) {
    const Block *block = blocks->pdata[i];
    if (block->kind != BLOCK_GRID)
      continue;
    g_autofree char *grid = grid_to_string (block->grid);
    append_place (text, block->place);
    g_string_append_printf (text, "\n%s\n", grid);
  }
  return g_string_free (text, FALSE);
}

/* Rows */

static char *
rows_text (const Source *source, const ReadOptions *options, GError **error)
{
  g_autoptr (GPtrArray) notes = notes_new ();
  g_autoptr (GPtrArray) tables = tables_from_source (source, options, notes, error);
  if (!tables)
    return NULL;
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < tables->len; i++) {
    const Table *table = tables->pdata[i];
    g_autofree char *rows = table_to_string (table);
    append_place (text, table->place);
    g_string_append_printf (text, "\n%s\n", rows);
  }
  return g_string_free (text, FALSE);
}

/* The text of a merged cell is in the first place that it covers; the others have "". */
static cJSON *
json_from_grid_rows (const Knowledge *knowledge, const Grid *grid)
{
  g_autofree const Cell **first = g_new0 (const Cell *, (gsize)grid->rows * grid->columns + 1);
  for (guint i = 0; i < grid->cells->len; i++) {
    const Cell *cell = grid->cells->pdata[i];
    first[(gsize)cell->row * grid->columns + cell->column] = cell;
  }
  cJSON *rows = cJSON_CreateArray ();
  for (int row = 0; row < grid->rows; row++) {
    cJSON *texts = cJSON_CreateArray ();
    for (int column = 0; column < grid->columns; column++) {
      const Cell *cell = first[(gsize)row * grid->columns + column];
      g_autofree char *text = text_folded (knowledge->writing, cell ? cell->text : "");
      cJSON_AddItemToArray (texts, cJSON_CreateString (text));
    }
    cJSON_AddItemToArray (rows, texts);
  }
  return rows;
}

static cJSON *
json_from_cell (const Knowledge *knowledge, const Cell *cell)
{
  cJSON *object = json_from_place (cell->place);
  g_autofree char *text = text_folded (knowledge->writing, cell->text);
  cJSON_AddNumberToObject (object, "row0", cell->row);
  cJSON_AddNumberToObject (object, "col0", cell->column);
  cJSON_AddNumberToObject (object, "row1", cell->row + cell->row_span - 1);
  cJSON_AddNumberToObject (object, "col1", cell->column + cell->column_span - 1);
  cJSON_AddStringToObject (object, "text", text);
  return object;
}

/* CONTINUES: it goes on with the table of the page before. */
static cJSON *
json_from_grid (const Knowledge *knowledge, const Grid *grid, gboolean continues)
{
  cJSON *object = json_from_place (grid->place);
  cJSON_AddItemToObject (object, "rows", json_from_grid_rows (knowledge, grid));
  cJSON *cells = cJSON_AddArrayToObject (object, "cells");
  for (guint i = 0; i < grid->cells->len; i++)
    cJSON_AddItemToArray (cells, json_from_cell (knowledge, grid->cells->pdata[i]));
  if (continues)
    cJSON_AddTrueToObject (object, "continues");
  return object;
}

/* A box around some text is drawn as a table is: a table of one column has this many rows. */
#define ONE_COLUMN_ROWS 3

static gboolean
is_table (const Grid *grid)
{
  return grid->columns > 1 || grid->rows >= ONE_COLUMN_ROWS;
}

/* Each table as it is on each page: a grid that begins no table goes on with the one before it. */
static char *
rows_json (const Source *source, const ReadOptions *options, GError **error)
{
  g_autoptr (GPtrArray) notes = notes_new ();
  g_autoptr (GPtrArray) blocks = blocks_from_source (source, options, notes, error);
  if (!blocks)
    return NULL;
  g_autoptr (GPtrArray) tables = tables_from_blocks (blocks, notes);
  cJSON *document = cJSON_CreateObject ();
  cJSON *list = cJSON_AddArrayToObject (document, "tables");
  for (guint i = 0, table = 0; i < blocks->len; i++) {
    const Block *block = blocks->pdata[i];
    gboolean begins = table < tables->len && ((const Table *)tables->pdata[table])->first_block == (int)i;
    table += begins;
    if (block->kind == BLOCK_GRID && is_table (block->grid))
      cJSON_AddItemToArray (list, json_from_grid (options->knowledge, block->grid, !begins));
  }
  char *printed = cJSON_Print (document);
  char *text = g_strconcat (printed, "\n", NULL);
  cJSON_free (printed);
  cJSON_Delete (document);
  return text;
}

/* Pages */

/* A drawing as text, since the answer of a child is text. */
static char *
drawing_text (const Source *source, const ReadOptions *options, DrawingFormat format, GError **error)
{
  g_autoptr (GPtrArray) notes = notes_new ();
  g_autoptr (GPtrArray) pages = pages_from_source (source, options, notes, error);
  if (!pages || !reader_open_module (options, MODULE_PICTURES, error))
    return NULL;
  g_autoptr (GPtrArray) blocks = blocks_from_source (source, options, notes, NULL);
  g_autoptr (Sheet) sheet = sheet_from_source (source, options, NULL);
  g_autoptr (GBytes) bytes = blocks ? drawing_from_pages (pages, blocks, sheet, format) : NULL;
  gsize length;
  const guchar *data = bytes ? g_bytes_get_data (bytes, &length) : NULL;
  return data ? g_base64_encode (data, length) : g_strdup ("");
}

static char *
page_svg (const Source *source, const ReadOptions *options, GError **error)
{
  return drawing_text (source, options, DRAWING_SVG, error);
}

static char *
page_png (const Source *source, const ReadOptions *options, GError **error)
{
  return drawing_text (source, options, DRAWING_PNG, error);
}

const Stage stages[] = {
    {"words", N_ ("the words, each with its place"), words_text, NULL},
    {"rules", N_ ("the ruling lines of each page"), rules_text, NULL},
    {"grid", N_ ("the tables of each page, with their cells"), grid_text, NULL},
    {"rows", N_ ("the rows of the tables, joined across pages"), rows_text, rows_json},
    {"items", N_ ("the items of the sheet, and which of the catalogue's they are"), NULL, NULL},
    {"page", N_ ("the pages with what was found drawn over them; with -o FILE.svg or FILE.png"), page_svg, page_png},
    {NULL},
};
