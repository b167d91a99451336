/* command.c - see command.h */
#include "commands/command.h"

#include <glib/gi18n.h>
#include <string.h>

#include "run/inputs.h"
#include "run/output.h"
#include "run/progress.h"
#include "text/edit_distance.h"
#include "text/shown.h"

const Command commands[] = {
    {"convert", command_convert, N_ ("turn vendors' files into sheets"), N_ ("INPUT…"),
     "checksheet convert -o sheets/ vendor.pdf folder/"},
    {"merge", command_merge, N_ ("make one folder of those that convert -o DIR wrote, with one ledger"), N_ ("DIR…"),
     "checksheet merge -o sheets/ shard-1/ shard-2/"},
    {"init", command_init, N_ ("begin a corpus: a folder with a list of vendors to fill in"), N_ ("DIR"),
     "checksheet init sheets"},
    {"refresh", command_refresh, N_ ("fetch what the vendors of a corpus changed, and report changes"), N_ ("[CORPUS]"),
     "checksheet refresh --changes changes.jsonl corpus/"},
    {"history", command_history, N_ ("list the revisions of a corpus's documents and what each changed"),
     N_ ("CORPUS [VENDOR[/DOCUMENT]…]"), "checksheet history corpus/ vendor/document"},
    {"verify", command_verify, N_ ("check a corpus: stored bytes, database, sheets"), N_ ("[CORPUS]"),
     "checksheet verify corpus/"},
    {"diff", command_diff, N_ ("show what a revision of a sheet changed"), N_ ("OLD NEW"),
     "checksheet diff old.pdf new.pdf"},
    {"compare", command_compare, N_ ("show sheets side by side"), N_ ("SHEET…"),
     "checksheet compare --differ a.json b.json c.json"},
    {"export", command_export, N_ ("write sheets for other tools: CSV, SQLite, XLSX …"), N_ ("SHEET…"),
     "checksheet export --format sqlite -o sheets.sqlite sheets/"},
    {"report", command_report, N_ ("make a page for people of one sheet, or of several side by side"), N_ ("SHEET…"),
     "checksheet report -o report.html sheets/"},
    {"show", command_show, N_ ("show one stage of reading a file"), N_ ("words|rules|grid|rows|items|page INPUT"),
     "checksheet show rows vendor.pdf"},
    {"catalogue", command_catalogue, N_ ("list the items of the catalogue"), NULL,
     "checksheet catalogue --format json"},
    {"patterns", command_patterns, N_ ("check pattern files against their own examples"), N_ ("[FILE…]"),
     "checksheet patterns --patterns patterns/"},
    {NULL},
};

const Command *
command_named (const char *name)
{
  for (const Command *command = commands; command->name; command++)
    if (g_str_equal (command->name, name))
      return command;
  return NULL;
}

int
print_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Output) output = output_standard ();
  if (output_write (output, text, strlen (text), &error))
    return EXIT_ALL_DONE;
  complain (_ ("standard output"), error->message);
  return EXIT_FAULT;
}

int
print_for_people (const char *text)
{
  g_autofree char *shown = text_shown (text, SHOWN_LINES);
  return print_text (shown);
}

int
command_wrong_call (const char *name, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *wrong = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  complain (NULL, wrong);
  complain_printf (NULL, _ ("see checksheet %s --help"), name);
  return EXIT_WRONG_CALL;
}

int
command_unknown_format (const char *name, const char *format, const char *names)
{
  g_auto (GStrv) all = g_strsplit (names, "|", -1);
  for (char **one = all; *one; one++)
    if (strlen (format) < 32 && edit_distance (format, *one) < (int)MIN (4, strlen (*one)))
      return command_wrong_call (name, _ ("unknown format %s; did you mean %s?"), format, *one);
  g_autofree char *list = g_strjoinv (", ", all);
  return command_wrong_call (name, _ ("unknown format %s; expected one of %s"), format, list);
}

int
command_check_sheets (const char *name, char *const *sheets, const char *output)
{
  int standard_inputs = 0;
  if (!*sheets)
    return command_wrong_call (name, "%s", _ ("no SHEET given"));
  for (char *const *sheet = sheets; *sheet; sheet++) {
    standard_inputs += g_str_equal (*sheet, "-");
    if (output && !g_str_equal (output, "-") && paths_are_same (*sheet, output))
      return command_wrong_call (name, _ ("%s: cannot be input and output at once; name another with -o"), *sheet);
  }
  if (standard_inputs > 1)
    return command_wrong_call (name, "%s", _ ("standard input (-) can be read only once"));
  return EXIT_ALL_DONE;
}

Knowledge *
command_knowledge (const KnowledgeFiles *files)
{
  g_autoptr (GError) error = NULL;
  Knowledge *knowledge = knowledge_open (files, &error);
  if (!knowledge)
    complain_lines (error->message);
  return knowledge;
}
