/* diff.c - `checksheet diff`: what a revision changed, for people or as JSON.
 *
 * Both inputs go through a process of their own, be they documents or the JSON of sheets: input is read there and
 * nowhere else. It answers with the sheet's JSON.
 */
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "change/changes_text.h"
#include "change/comparison.h"
#include "commands/command.h"
#include "commands/parse.h"
#include "commands/reading_options.h"
#include "commands/terminal.h"
#include "fetch/fetched_inputs.h"
#include "library/document_task.h"
#include "read/sheet_json.h"
#include "run/pool.h"
#include "run/progress.h"

/* As POSIX has it for diff. */
enum { EXIT_SAME = 0, EXIT_DIFFERENT = 1, EXIT_TROUBLE = 2 };

/* In fewer cells no word has room. */
enum { WIDTH_LEAST = 20 };

typedef struct {
  const Knowledge *knowledge;
  Sheet *sheets[2]; /* old, new; NULL: it could not be read */
  int count;
  gboolean trouble;
} SheetPair;

static void
sheet_pair_clear (SheetPair *pair)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pair->sheets); i++)
    sheet_free (pair->sheets[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SheetPair, sheet_pair_clear)

static Sheet *
sheet_from_outcome (const Knowledge *knowledge, const Outcome *outcome, GError **error)
{
  gsize length;
  g_autofree char *text = outcome_text (outcome, &length, error);
  return text ? sheet_from_json (knowledge, text, length, error) : NULL;
}

static gboolean
take_turn (const Input *input, Outcome *outcome, gpointer data)
{
  SheetPair *pair = data;
  g_autoptr (GError) error = NULL;
  Sheet *sheet = outcome->failed ? NULL : sheet_from_outcome (pair->knowledge, outcome, &error);
  pair->sheets[pair->count++] = sheet;
  if (sheet)
    return TRUE;
  complain (input_shown (input), outcome->failed ? outcome->reason : error->message);
  pair->trouble = TRUE;
  return TRUE;
}

static int
read_sheets (SheetPair *pair, char **paths, const ReadingOptions *reading)
{
  g_autoptr (GPtrArray) inputs = inputs_from_paths (paths, NULL);
  Limits limits = limits_from_options (reading->chosen);
  FetchOptions fetch = usual_fetch;
  fetch.sandbox = reading->sandbox;
  fetch.bytes = limits.read.input;
  inputs_fetch (inputs, &fetch);
  g_autoptr (OcrModel) ocr_model = ocr_model_open ();
  DocumentTask task = {.knowledge = pair->knowledge,
                       .options = reading->chosen,
                       .ocr_model = ocr_model,
                       .writer = writer_named ("ndjson")};
  Work work = {.limits = &limits, .task = document_task, .data = &task, .sandbox = reading->sandbox};
  return pool_run (inputs, &work, 2, take_turn, pair);
}

static char *
text_for_output (const Knowledge *knowledge, const Changes *changes, const char *color)
{
  int width = isatty (STDOUT_FILENO) ? terminal_width (WIDTH_LEAST) : 0;
  return text_from_changes (knowledge, changes, width, colours_are_wanted (color));
}

static int
print_changes (const SheetPair *pair, gboolean json, const char *color)
{
  g_autoptr (Changes) changes = changes_from_sheets (pair->knowledge, pair->sheets[0], pair->sheets[1]);
  g_autofree char *text = json ? json_from_changes (changes) : text_for_output (pair->knowledge, changes, color);
  if (print_text (text) != EXIT_ALL_DONE)
    return EXIT_TROUBLE;
  return changes_are_none (changes) ? EXIT_SAME : EXIT_DIFFERENT;
}

static int
check_call (int argc, char **argv, const char *format, const char *color)
{
  if (argc != 3)
    return command_wrong_call ("diff", _ ("expected two files: OLD and NEW"));
  if (format && !g_str_equal (format, "json") && !g_str_equal (format, "text"))
    return command_wrong_call ("diff", _ ("unknown format %s; expected text or json"), format);
  if (g_str_equal (argv[1], "-") && g_str_equal (argv[2], "-"))
    return command_wrong_call ("diff", "%s", _ ("standard input (-) can be read only once"));
  for (int i = 1; i < argc; i++)
    if (g_file_test (argv[i], G_FILE_TEST_IS_DIR))
      return command_wrong_call ("diff", _ ("%s: is a folder; name a file in it"), argv[i]);
  if (!colour_choice_is_known (color))
    return command_wrong_call ("diff", _ ("--color %s: expected auto, always or never"), color);
  return EXIT_ALL_DONE;
}

static int
diff (char **paths, const ReadingOptions *reading, gboolean json, const char *color)
{
  g_auto (SheetPair) pair = {.knowledge = reading->knowledge};
  int number = read_sheets (&pair, paths, reading);
  if (number)
    pool_end_by_signal (number);
  return pair.trouble || pair.count != 2 ? EXIT_TROUBLE : print_changes (&pair, json, color);
}

int
command_diff (int argc, char **argv)
{
  g_autofree char *format = NULL, *color = NULL;
  g_auto (ReadingOptions) reading = usual_reading_options;
  const GOptionEntry entries[] = {
      {"format", 'f', 0, G_OPTION_ARG_STRING, &format, N_ ("Format (text)"), "text|json"},
      COMMAND_COLOR (color),
      COMMAND_PASSWORDS (reading),
      COMMAND_LIMITS (reading),
      {NULL},
  };
  int status;
  g_auto (KnowledgeFiles) files = {0};
  const char *notes = _ ("\
OLD and NEW are two revisions of one document: each a sheet's JSON, as convert\n\
writes it, or the document itself. Differences in number, order, layout, width\n\
and wrapping are ignored.\n\
\n\
Exit status: 0 nothing changed, 1 something changed, 2 trouble.");
  if (!command_parse (&argc, &argv, entries, notes, &files, &status))
    return status;
  if (check_call (argc, argv, format, color) != EXIT_ALL_DONE ||
      reading_options_open (&reading, "diff", &files) != EXIT_ALL_DONE)
    return EXIT_TROUBLE;
  return diff (argv + 1, &reading, format && g_str_equal (format, "json"), color);
}
