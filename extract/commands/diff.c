/* diff.c - `checksheet diff`: what a revision changed, for people or as JSON.
 *
 * Both inputs go through a process of their own, be they documents or the JSON of sheets: input is read there and
 * nowhere else. It answers with the sheet's JSON.
 */
#include <glib/gi18n.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "change/changes_text.h"
#include "change/comparison.h"
#include "commands/command.h"
#include "commands/limit_options.h"
#include "fetch/fetched_inputs.h"
#include "read/sheet_json.h"
#include "road.h"
#include "run/pool.h"
#include "run/progress.h"
#include "write/writer.h"

/* As POSIX has it for diff. */
enum { EXIT_SAME = 0, EXIT_DIFFERENT = 1, EXIT_TROUBLE = 2 };

/* In less than WIDTH_LEAST cells no word has room. */
enum { WIDTH_USUAL = 80, WIDTH_LEAST = 20 };

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

/* In the child. */

static char *
json_from_source (const Source *source, gconstpointer data, const MoreTime *more_time, TaskRemarks *remarks,
                  GError **error)
{
  ReadOptions options = *(const ReadOptions *)data;
  options.pictures_ahead = more_time->ask;
  options.save_office = more_time->save_office;
  options.open_module = more_time->open_module;
  options.data = more_time->data;
  g_autoptr (Sheet) sheet = sheet_from_source (source, &options, error);
  return sheet ? writer_named ("ndjson")->text_from_sheet (options.knowledge, sheet) : NULL;
}

/* In the parent. */

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
read_sheets (SheetPair *pair, char **paths, const Sandbox *sandbox, const Limits *limits)
{
  g_autoptr (GPtrArray) inputs = inputs_from_paths (paths, NULL);
  FetchOptions fetch = usual_fetch;
  fetch.sandbox = sandbox;
  fetch.bytes = limits->read.input;
  inputs_fetch (inputs, &fetch);
  g_autoptr (OcrModel) ocr_model = ocr_model_open ();
  ReadOptions options = {.knowledge = pair->knowledge, .ocr_model = ocr_model};
  Work work = {.limits = limits, .task = json_from_source, .data = &options, .sandbox = sandbox};
  return pool_run (inputs, &work, 2, take_turn, pair);
}

static int
terminal_width (void)
{
  struct winsize size;
  if (ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
    return WIDTH_USUAL;
  return MAX (size.ws_col, WIDTH_LEAST);
}

/* As no-color.org has it; and a terminal without colours is called "dumb". */
static gboolean
wants_colours (void)
{
  const char *no_color = g_getenv ("NO_COLOR"), *terminal = g_getenv ("TERM");
  return !(no_color && *no_color) && terminal && !g_str_equal (terminal, "dumb");
}

static char *
text_for_output (const Knowledge *knowledge, const Changes *changes)
{
  if (!isatty (STDOUT_FILENO))
    return text_from_changes (knowledge, changes, 0, FALSE);
  return text_from_changes (knowledge, changes, terminal_width (), wants_colours ());
}

static int
print_changes (const SheetPair *pair, gboolean json)
{
  g_autoptr (Changes) changes = changes_from_sheets (pair->knowledge, pair->sheets[0], pair->sheets[1]);
  g_autofree char *text = json ? json_from_changes (changes) : text_for_output (pair->knowledge, changes);
  if (print_text (text) != EXIT_ALL_DONE)
    return EXIT_TROUBLE;
  return changes_are_none (changes) ? EXIT_SAME : EXIT_DIFFERENT;
}

static int
check_call (int argc, char **argv, const char *format)
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
  return EXIT_ALL_DONE;
}

int
command_diff (int argc, char **argv)
{
  g_autofree char *format = NULL;
  gboolean without_sandbox = FALSE;
  LimitOptions limits = usual_limit_options;
  Limits read;
  const GOptionEntry entries[] = {
      {"format", 'f', 0, G_OPTION_ARG_STRING, &format, N_ ("text (usual) or json"), N_ ("FORMAT")},
      COMMAND_LIMITS (limits),
      COMMAND_NO_SANDBOX (without_sandbox),
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
  if ((status = check_call (argc, argv, format)) != EXIT_ALL_DONE)
    return status;
  if (limits_from_options ("diff", &limits, &read) != EXIT_ALL_DONE)
    return EXIT_TROUBLE;
  g_autoptr (Knowledge) knowledge = command_knowledge (&files);
  if (!knowledge)
    return EXIT_TROUBLE;
  g_auto (SheetPair) pair = {.knowledge = knowledge};
  g_autoptr (Sandbox) sandbox = command_sandbox (without_sandbox);
  if (!sandbox)
    return EXIT_TROUBLE;
  int number = read_sheets (&pair, argv + 1, sandbox, &read);
  if (number)
    pool_end_by_signal (number);
  if (pair.trouble || pair.count != 2)
    return EXIT_TROUBLE;
  return print_changes (&pair, format && g_str_equal (format, "json"));
}
