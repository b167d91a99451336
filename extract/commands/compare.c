/* compare.c - `checksheet compare`: sheets side by side. */
#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands/command.h"
#include "commands/parse.h"
#include "commands/reading_options.h"
#include "commands/terminal.h"
#include "export/matrix_text.h"
#include "export/xlsx_book.h"
#include "run/output.h"
#include "run/pool.h"
#include "run/progress.h"
#include "text/edit_distance.h"

enum { WIDTH_LEAST = 40 };

typedef struct {
  char *format, *path, *color; /* --format, -o, --color; NULL: not given */
  char **items;                /* --item; NULL: all */
  gboolean missing, differ;
  ReadingOptions reading;
} CompareRequest;

static void
compare_request_clear (CompareRequest *request)
{
  g_free (request->format);
  g_free (request->path);
  g_free (request->color);
  reading_options_clear (&request->reading);
  g_strfreev (request->items);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CompareRequest, compare_request_clear)

static gboolean
take_sheet (const StreamedSheet *sheet, gpointer data)
{
  matrix_add (data, sheet);
  return TRUE;
}

static gboolean
is_named (const Knowledge *knowledge, const char *name, const char *word)
{
  g_autofree char *one = text_folded (knowledge->comparing, name), *other = text_folded (knowledge->comparing, word);
  return g_str_equal (one, other);
}

/* Whether WORD names the row: the item's id, its number or its name. */
static gboolean
row_is (const Knowledge *knowledge, const MatrixRow *row, const char *word)
{
  const CatalogueItem *known = row->known;
  char *end;
  glong no = strtol (word, &end, 10);
  if (known && (g_ascii_strcasecmp (known->id, word) == 0 || (*word && !*end && no == known->no)))
    return TRUE;
  return is_named (knowledge, matrix_row_name (row), word) ||
         (known && known->name_en && g_ascii_strcasecmp (known->name_en, word) == 0);
}

/* The id or the name that is nearest to WORD. */
static const char *
nearest_item (const Matrix *matrix, const char *word)
{
  const char *nearest = NULL;
  int least = (int)MAX (4, strlen (word) / 3);
  for (guint i = 0; strlen (word) < 200 && i < matrix->rows->len; i++) {
    const MatrixRow *row = matrix->rows->pdata[i];
    const char *names[] = {row->known ? row->known->id : NULL, matrix_row_name (row)};
    for (gsize k = 0; k < G_N_ELEMENTS (names); k++) {
      int distance = names[k] ? edit_distance (word, names[k]) : least;
      if (distance >= least)
        continue;
      least = distance;
      nearest = names[k];
    }
  }
  return nearest;
}

static int
refuse_item (const Matrix *matrix, const char *word)
{
  const char *nearest = nearest_item (matrix, word);
  if (nearest)
    return command_wrong_call ("compare", _ ("unknown item %s; did you mean %s?"), word, nearest);
  return command_wrong_call ("compare", _ ("unknown item %s; checksheet catalogue lists the items"), word);
}

static gboolean
is_wanted (const Matrix *matrix, const CompareRequest *request, const MatrixRow *row)
{
  if ((request->missing && row->missing == 0) || (request->differ && !row->differs))
    return FALSE;
  for (char **word = request->items; word && *word; word++)
    if (row_is (matrix->knowledge, row, *word))
      return TRUE;
  return !request->items;
}

static int
check_items (const Matrix *matrix, const CompareRequest *request)
{
  for (char **word = request->items; word && *word; word++) {
    gboolean found = FALSE;
    for (guint i = 0; i < matrix->rows->len && !found; i++)
      found = row_is (matrix->knowledge, matrix->rows->pdata[i], *word);
    if (!found)
      return refuse_item (matrix, *word);
  }
  return EXIT_ALL_DONE;
}

/* A file has colours only where they were asked for. */
static gboolean
text_is_coloured (const CompareRequest *request)
{
  return request->path ? g_strcmp0 (request->color, "always") == 0 : colours_are_wanted (request->color);
}

static char *
text_in_format (const Matrix *matrix, const GPtrArray *rows, const CompareRequest *request)
{
  const char *format = request->format;
  if (!format || g_str_equal (format, "text"))
    return text_from_matrix (
        matrix, rows,
        &(TerminalStyle){terminal_width (WIDTH_LEAST), text_is_coloured (request), request->items != NULL});
  if (g_str_equal (format, "csv"))
    return csv_from_matrix (matrix, rows);
  return (g_str_equal (format, "md") ? markdown_from_matrix : json_from_matrix) (matrix, rows);
}

static int
write_matrix (const Matrix *matrix, const GPtrArray *rows, const CompareRequest *request)
{
  g_autoptr (GError) error = NULL;
  const char *path = request->path ? request->path : "-";
  if (request->format && g_str_equal (request->format, "xlsx")) {
    if (xlsx_write_matrix (matrix, rows, path, &error))
      return EXIT_ALL_DONE;
    complain (path, error->message);
    return EXIT_FAULT;
  }
  g_autofree char *text = text_in_format (matrix, rows, request);
  if (g_str_equal (path, "-"))
    return print_text (text);
  g_autoptr (Output) output = output_open (path, &error);
  if (output && output_write (output, text, strlen (text), &error) && output_commit (output, &error))
    return EXIT_ALL_DONE;
  complain (path, error->message);
  return EXIT_FAULT;
}

static int
print_matrix (Matrix *matrix, const CompareRequest *request)
{
  matrix_complete (matrix);
  int status = check_items (matrix, request);
  if (status != EXIT_ALL_DONE)
    return status;
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  for (guint i = 0; i < matrix->rows->len; i++)
    if (is_wanted (matrix, request, matrix->rows->pdata[i]))
      g_ptr_array_add (rows, matrix->rows->pdata[i]);
  if (rows->len == 0)
    complain (NULL, request->items || (request->missing && request->differ)
                        ? _ ("no item is like that; all items are shown without --missing and --differ")
                    : request->missing ? _ ("nothing is missing: every sheet has each of these items")
                                       : _ ("nothing differs: statuses and values are the same in all sheets"));
  return write_matrix (matrix, rows, request);
}

static int
check_compare (const CompareRequest *request, char **paths)
{
  static const char *const formats[] = {"text", "csv", "md", "json", "xlsx", NULL};
  if (request->format && !g_strv_contains (formats, request->format))
    return command_unknown_format ("compare", request->format, "text|csv|md|json|xlsx");
  if (!colour_choice_is_known (request->color))
    return command_wrong_call ("compare", _ ("--color %s: expected auto, always or never"), request->color);
  if (request->format && g_str_equal (request->format, "xlsx") && !request->path && isatty (STDOUT_FILENO))
    return command_wrong_call ("compare", "%s", _ ("a workbook is not for a terminal; name a file with -o"));
  return command_check_sheets ("compare", paths, request->path);
}

static int
compare (const CompareRequest *request, char **paths)
{
  const ReadingOptions *reading = &request->reading;
  g_autoptr (Matrix) matrix = matrix_new (reading->knowledge);
  StreamEnd end = sheets_streamed (&(StreamReading){reading->knowledge, reading->sandbox, reading->chosen}, paths,
                                   request->path, take_sheet, matrix);
  if (end.signal)
    pool_end_by_signal (end.signal);
  int status = exit_status_of_stream (&end);
  if (end.sheets == 0)
    return status;
  int printed = print_matrix (matrix, request);
  return printed != EXIT_ALL_DONE ? printed : status;
}

int
command_compare (int argc, char **argv)
{
  g_auto (CompareRequest) request = {.reading = usual_reading_options};
  const GOptionEntry entries[] = {
      {"format", 'f', 0, G_OPTION_ARG_STRING, &request.format, N_ ("Format (text)"), "text|csv|md|json|xlsx"},
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &request.path, N_ ("File to write (standard output)"), N_ ("FILE")},
      {"item", 'i', 0, G_OPTION_ARG_STRING_ARRAY, &request.items,
       N_ ("Only this item, with whole answers; may be repeated"), N_ ("ITEM")},
      {"missing", 0, 0, G_OPTION_ARG_NONE, &request.missing, N_ ("Only items that some sheet lacks"), NULL},
      {"differ", 0, 0, G_OPTION_ARG_NONE, &request.differ, N_ ("Only items whose statuses or values differ"), NULL},
      COMMAND_COLOR (request.color),
      COMMAND_LIMITS (request.reading),
      COMMAND_PASSWORDS (request.reading),
      {NULL},
  };
  int status;
  g_auto (KnowledgeFiles) files = {0};
  const char *notes = _ ("\
A SHEET is the JSON of a sheet, NDJSON with a sheet a line, a database that\n\
export made, a folder of these, a corpus, - for standard input, or a document\n\
that convert reads. An ITEM is its id (METI-CSL-05), its number in the\n\
catalogue, or its name. Extensions that several sheets have under one name come\n\
last. An item that a sheet lacks is missing; one without an answer is\n\
unanswered.");
  if (!command_parse (&argc, &argv, entries, notes, &files, &status))
    return status;
  if ((status = check_compare (&request, argv + 1)) == EXIT_ALL_DONE)
    status = reading_options_open (&request.reading, "compare", &files);
  return status == EXIT_ALL_DONE ? compare (&request, argv + 1) : status;
}
