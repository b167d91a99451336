/* export.c - `checksheet export`: converted sheets for other tools. */
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "commands/command.h"
#include "commands/manual.h"
#include "commands/parse.h"
#include "commands/reading_options.h"
#include "export/export_format.h"
#include "run/pool.h"
#include "run/progress.h"

enum { FORMAT_COLUMN = 13 };

typedef struct {
  const ExportFormat *format;
  gpointer export;
  const char *path;
} ExportRun;

static gboolean
take_sheet (const StreamedSheet *sheet, gpointer data)
{
  ExportRun *run = data;
  g_autoptr (GError) error = NULL;
  if (run->format->add (run->export, sheet, &error))
    return TRUE;
  complain (run->path, error->message);
  return FALSE;
}

/* "csv|ndjson|…". The caller frees. */
static char *
format_names (void)
{
  g_autoptr (GString) names = g_string_new (NULL);
  for (const ExportFormat *format = export_formats; format->name; format++)
    g_string_append_printf (names, "%s%s", names->len ? "|" : "", format->name);
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static char *
export_notes (void)
{
  g_autoptr (GString) notes = g_string_new (_ ("Formats:"));
  g_string_append_c (notes, '\n');
  for (const ExportFormat *format = export_formats; format->name; format++)
    manual_append_entry (notes, format->name, FORMAT_COLUMN, _ (format->summary));
  g_string_append_printf (notes, "\n%s", _ ("\
A SHEET is the JSON of a sheet, NDJSON with a sheet a line, a database that\n\
export made, a folder of these, a corpus, - for standard input, or a document\n\
that convert reads.\n\
\n\
In CSV, texts that a spreadsheet would take for formulas (= + - @) have a '\n\
in front; FILE.csv-metadata.json says how to undo it."));
  return g_string_free (g_steal_pointer (&notes), FALSE);
}

static int
check_export (ExportRequest *request, const char *name, char **paths, const ExportFormat **format)
{
  *format = name ? export_format_named (name) : NULL;
  if (!name) {
    g_autofree char *names = format_names ();
    return command_wrong_call ("export", _ ("no --format given; expected %s"), names);
  }
  if (!*format) {
    g_autofree char *names = format_names ();
    return command_unknown_format ("export", name, names);
  }
  if (!request->path && !(*format)->standard)
    return command_wrong_call ("export", _ ("the format %s needs -o"), name);
  if (request->path && g_str_equal (request->path, "-") && !(*format)->standard)
    return command_wrong_call ("export", _ ("the format %s cannot be written to standard output; name a file with -o"),
                               name);
  if (request->nested && !g_str_equal (name, "ndjson"))
    return command_wrong_call ("export", "%s", _ ("--nested is for --format ndjson"));
  if (request->bom && !g_str_equal (name, "csv"))
    return command_wrong_call ("export", "%s", _ ("--bom is for --format csv"));
  if (!request->path)
    request->path = "-";
  if (g_str_equal (name, "xlsx") && g_str_equal (request->path, "-") && isatty (STDOUT_FILENO))
    return command_wrong_call ("export", "%s", _ ("a workbook is not for a terminal; name a file with -o"));
  return command_check_sheets ("export", paths, request->path);
}

static int
run_export (const ExportRequest *request, const StreamReading *reading, const ExportFormat *format, char **paths)
{
  g_autoptr (GError) error = NULL;
  ExportRun run = {.format = format, .export = format->open (request, &error), .path = request->path};
  if (!run.export) {
    complain (request->path, error->message);
    return EXIT_FAULT;
  }
  StreamEnd end = sheets_streamed (reading, paths, request->path, take_sheet, &run);
  int status = end.stopped || end.signal ? EXIT_FAULT : exit_status_of_stream (&end);
  if (!end.stopped && !end.signal && end.sheets > 0 && !format->commit (run.export, &error)) {
    complain (request->path, error->message);
    status = EXIT_FAULT;
  }
  format->free (run.export);
  if (end.signal)
    pool_end_by_signal (end.signal);
  return status;
}

int
command_export (int argc, char **argv)
{
  g_autofree char *name = NULL, *path = NULL;
  ExportRequest request = {0};
  g_auto (ReadingOptions) reading = usual_reading_options;
  g_autofree char *formats = format_names ();
  const GOptionEntry entries[] = {
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &path, N_ ("File to write; a folder for json and oscal"), N_ ("FILE")},
      {"format", 'f', 0, G_OPTION_ARG_STRING, &name, N_ ("One of those below"), formats},
      {"bom", 0, 0, G_OPTION_ARG_NONE, &request.bom, N_ ("CSV that Excel opens as UTF-8"), NULL},
      {"nested", 0, 0, G_OPTION_ARG_NONE, &request.nested, N_ ("NDJSON with a sheet a line, nothing lost"), NULL},
      COMMAND_LIMITS (reading),
      COMMAND_PASSWORDS (reading),
      {NULL},
  };
  int status;
  const ExportFormat *format;
  g_auto (KnowledgeFiles) files = {0};
  g_autofree char *notes = export_notes ();
  if (!command_parse (&argc, &argv, entries, notes, &files, &status))
    return status;
  request.path = path;
  if ((status = check_export (&request, name, argv + 1, &format)) != EXIT_ALL_DONE ||
      (status = reading_options_open (&reading, "export", &files)) != EXIT_ALL_DONE)
    return status;
  request.knowledge = reading.knowledge;
  return run_export (&request, &(StreamReading){reading.knowledge, reading.sandbox, reading.chosen}, format, argv + 1);
}
