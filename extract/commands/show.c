/* show.c - `checksheet show`: one stage on the way from bytes to sheet, printed for people. The sheet itself is read as the
 * library reads it (library/document_task.h); what is before it there is only on the road (road.h). */
#include <cjson/cJSON.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "commands/command.h"
#include "commands/manual.h"
#include "commands/parse.h"
#include "commands/reading_options.h"
#include "fetch/fetched_inputs.h"
#include "layout/join.h"
#include "library/document_task.h"
#include "model/table.h"
#include "road.h"
#include "run/output.h"
#include "run/pool.h"
#include "run/progress.h"
#include "text/shown.h"
#include "write/json.h"
#include "write/page_drawing.h"

enum { STAGE_COLUMN = 10 };

/* Runs in the child. NULL with ERROR set; "": the document has nothing of the kind. The caller frees. */
typedef char *(*ShowStage) (const Source *source, const ReadOptions *options, GError **error);

typedef struct {
  const char *name, *summary;
  ShowStage text_from_source, json_from_source; /* the second NULL: only text; both: it is the sheet */
} ShownStage;

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

/* Items */

static char *
items_from_sheet (const Knowledge *knowledge, const Sheet *sheet)
{
  return items_to_string (sheet);
}

static const Writer items_writer = {.name = "items", .text_from_sheet = items_from_sheet};

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

/* The call */

static const ShownStage stages[] = {
    {"words", N_ ("the words, each with its place"), words_text, NULL},
    {"rules", N_ ("the ruling lines of each page"), rules_text, NULL},
    {"grid", N_ ("the tables of each page, with their cells"), grid_text, NULL},
    {"rows", N_ ("the rows of the tables, joined across pages"), rows_text, rows_json},
    {"items", N_ ("the items of the sheet, and which of the catalogue's they are"), NULL, NULL},
    {"page", N_ ("the pages with what was found drawn over them; with -o FILE.svg or FILE.png"), page_svg, page_png},
};

static const ShownStage *
stage_named (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (stages); i++)
    if (g_str_equal (stages[i].name, name))
      return &stages[i];
  return NULL;
}

typedef struct {
  const ShownStage *stage;
  char *format;       /* --format; NULL: not given */
  char *output;       /* a page's drawing; NULL: standard output */
  char **weights;     /* --weight; NULL: not given */
  gboolean json, why; /* JSON, or the second format of the stage */
  Weighing weighing;
  FetchOptions fetch;
  KnowledgeFiles files;
  ReadingOptions reading;
  const OcrModel *ocr_model;
  int status;
} ShowRequest;

static void
show_request_clear (ShowRequest *request)
{
  g_free (request->format);
  g_free (request->output);
  g_strfreev (request->weights);
  knowledge_files_clear (&request->files);
  reading_options_clear (&request->reading);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ShowRequest, show_request_clear)

/* The sheet, as all commands read it. */
static char *
found_in_sheet (const ShowRequest *request, const Source *source, const Weighing *weighing, const MoreTime *more_time,
                TaskRemarks *remarks, GError **error)
{
  DocumentTask task = {.knowledge = request->reading.knowledge,
                       .options = request->reading.chosen,
                       .ocr_model = request->ocr_model,
                       .weighing = weighing,
                       .writer = request->json ? writer_named ("json") : &items_writer};
  return document_task (source, &task, more_time, remarks, error);
}

static char *
found_on_road (const ShowRequest *request, const Source *source, const Weighing *weighing, const MoreTime *more_time,
               GError **error)
{
  ReadOptions options = read_options_of_task (request->reading.knowledge, request->reading.chosen, more_time);
  options.ocr_model = request->ocr_model;
  options.weighing = weighing;
  ShowStage stage = request->json ? request->stage->json_from_source : request->stage->text_from_source;
  return stage (source, &options, error);
}

static char *
source_shown (const Source *source, gconstpointer data, const MoreTime *more_time, TaskRemarks *remarks, GError **error)
{
  const ShowRequest *request = data;
  const ShownStage *stage = request->stage;
  Weighing weighing = request->weighing;
  g_autoptr (GString) why = g_string_new (NULL);
  weighing.why = request->why ? why : NULL;
  g_autofree char *found = stage->text_from_source
                               ? found_on_road (request, source, &weighing, more_time, error)
                               : found_in_sheet (request, source, &weighing, more_time, remarks, error);
  g_autofree char *all = found ? g_strconcat (found, why->str, NULL) : NULL;
  g_autofree char *text = all && !request->json ? text_shown (all, SHOWN_LINES) : g_steal_pointer (&all);
  if (!text || *text)
    return g_steal_pointer (&text);
  if (request->output)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_NO_SHEET,
                 _ ("has no pages that are drawn, as a PDF has; checksheet show rows shows its tables"));
  else
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_NO_SHEET, _ ("contains no %s"), request->stage->name);
  return NULL;
}

static gboolean
write_drawing (const ShowRequest *request, const Outcome *outcome, GError **error)
{
  gsize length;
  g_autofree char *text = outcome_text (outcome, &length, error);
  if (!text)
    return FALSE;
  g_autofree guchar *bytes = g_base64_decode (text, &length);
  g_autoptr (Output) output = output_open (request->output, error);
  return output && output_write (output, (const char *)bytes, length, error) && output_commit (output, error);
}

static gboolean
take_turn (const Input *input, Outcome *outcome, gpointer data)
{
  ShowRequest *request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Output) output = output_standard ();
  request->status = outcome->failed ? exit_status_of_one (outcome->status) : EXIT_FAULT;
  pool_let_signals (TRUE);
  if (outcome->failed)
    complain (input_shown (input), outcome->reason);
  else if (request->output) {
    if (write_drawing (request, outcome, &error))
      request->status = EXIT_ALL_DONE;
    else
      complain (request->output, error->message);
  } else if (!output_copy (output, outcome->answer, outcome->text_start, &error))
    complain (_ ("standard output"), error->message);
  else
    request->status = EXIT_ALL_DONE;
  pool_let_signals (FALSE);
  return TRUE;
}

static int
show (ShowRequest *request, char **paths)
{
  g_autoptr (GPtrArray) inputs = inputs_from_paths (paths, NULL);
  Limits limits = limits_from_options (request->reading.chosen);
  request->fetch.sandbox = request->reading.sandbox;
  request->fetch.bytes = limits.read.input;
  Work work = {.limits = &limits,
               .task = source_shown,
               .data = request,
               .sandbox = request->reading.sandbox,
               .draws = request->output != NULL,
               .speaks = TRUE};
  g_autoptr (OcrModel) ocr_model = ocr_model_open ();
  request->ocr_model = ocr_model;
  inputs_fetch (inputs, &request->fetch);
  int number = pool_run (inputs, &work, 1, take_turn, request);
  if (number)
    pool_end_by_signal (number);
  return request->status;
}

static int
check_call (int argc, char **argv, ShowRequest *request)
{
  const char *format = request->format;
  if (argc < 3)
    return command_wrong_call ("show", _ ("expected a stage (words, rules, grid, rows, items or page) and an INPUT"));
  if (argc > 3)
    return command_wrong_call ("show", _ ("%s: one INPUT at a time"), argv[3]);
  request->stage = stage_named (argv[1]);
  request->json = format && g_str_equal (format, "json");
  if (!request->stage)
    return command_wrong_call ("show", _ ("unknown stage %s; expected words, rules, grid, rows, items or page"),
                               argv[1]);
  if (format && !request->json && !g_str_equal (format, "text"))
    return command_wrong_call ("show", _ ("unknown format %s; expected text or json"), format);
  gboolean page = g_str_equal (argv[1], "page");
  if (page != (request->output != NULL))
    return command_wrong_call ("show",
                               page ? _ ("page: expected -o FILE.svg or -o FILE.png") : _ ("-o: only with page"));
  if (page && !g_str_has_suffix (request->output, ".svg") && !g_str_has_suffix (request->output, ".png"))
    return command_wrong_call ("show", _ ("-o %s: unknown format; expected a name that ends in .svg or .png"),
                               request->output);
  if (page && format)
    return command_wrong_call ("show", _ ("page: the format is told by the name of the -o FILE"));
  request->json = request->json || (page && g_str_has_suffix (request->output, ".png"));
  if (request->why && (request->json || !g_str_equal (argv[1], "grid")))
    return command_wrong_call ("show", _ ("--why: only with grid, as text"));
  if (request->json && request->stage->text_from_source && !request->stage->json_from_source)
    return command_wrong_call ("show", _ ("%s can be shown only as text; rows and items also as json"), argv[1]);
  if (g_file_test (argv[2], G_FILE_TEST_IS_DIR))
    return command_wrong_call ("show", _ ("%s: is a folder; name a file in it"), argv[2]);
  if (page && paths_are_same (argv[2], request->output))
    return command_wrong_call ("show", _ ("%s: cannot be input and output at once; name another with -o"), argv[2]);
  for (char **weight = request->weights; weight && *weight; weight++)
    if (!weighing_set (&request->weighing, *weight))
      return command_wrong_call ("show", _ ("--weight %s: expected EVIDENCE=NUMBER, of the kinds in --why"), *weight);
  return EXIT_ALL_DONE;
}

static gboolean
parse_request (ShowRequest *request, int *argc, char ***argv, int *status)
{
  const GOptionEntry entries[] = {
      {"allow-private-addresses", 0, 0, G_OPTION_ARG_NONE, &request->fetch.allow_private,
       N_ ("Also fetch from addresses that are not public"), NULL},
      COMMAND_LIMITS (request->reading),
      {"format", 'f', 0, G_OPTION_ARG_STRING, &request->format, N_ ("Format (text); json: with rows and items"),
       "text|json"},
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &request->output, N_ ("Where to write the drawing of the pages"),
       N_ ("FILE")},
      COMMAND_PASSWORDS (request->reading),
      {"pages", 0, 0, G_OPTION_ARG_STRING, &request->reading.pages, N_ ("Only these pages of a PDF, as 1-3 or 2,5-"),
       N_ ("PAGES")},
      {"why", 0, 0, G_OPTION_ARG_NONE, &request->why, N_ ("With grid: what spoke for and against each decision"), NULL},
      {"weight", 0, 0, G_OPTION_ARG_STRING_ARRAY, &request->weights,
       N_ ("Weigh this evidence for tables otherwise; may be repeated"), N_ ("EVIDENCE=NUMBER")},
      {NULL},
  };
  g_autoptr (GString) notes = g_string_new (_ ("Stages:"));
  g_string_append_c (notes, '\n');
  for (gsize i = 0; i < G_N_ELEMENTS (stages); i++)
    manual_append_entry (notes, stages[i].name, STAGE_COLUMN, _ (stages[i].summary));
  g_string_truncate (notes, notes->len - 1);
  return command_parse (argc, argv, entries, notes->str, &request->files, status);
}

int
command_show (int argc, char **argv)
{
  g_auto (ShowRequest)
      request = {.fetch = usual_fetch, .reading = usual_reading_options, .weighing = weighing_usual ()};
  int status;
  if (!parse_request (&request, &argc, &argv, &status))
    return status;
  if ((status = check_call (argc, argv, &request)) == EXIT_ALL_DONE)
    status = reading_options_open (&request.reading, "show", &request.files);
  return status == EXIT_ALL_DONE ? show (&request, argv + 2) : status;
}
