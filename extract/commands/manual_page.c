/* manual_page.c - man pages in roff (man(7)): a page a command, one of the program, one of the formats. See manual.h.
 *
 * Paragraphs of English are filled by roff. It knows no place to break a line of Japanese at, so these have their lines
 * from here and are not filled.
 */
#include "commands/manual.h"

#include <glib/gi18n.h>
#include <string.h>

#include "change/marked_text.h"
#include "export/export_format.h"
#include "export/item_column.h"
#include "model/error.h"
#include "text/line_break.h"
#include "text/width.h"
#include "write/writer.h"

/* Cells of a line that is not filled: of text, and of what is indented under a term. */
enum { TEXT_WIDTH = 72, TERM_WIDTH = 66 };

static gboolean
has_wide_characters (const char *text)
{
  for (; *text; text = g_utf8_next_char (text))
    if (character_is_wide (g_utf8_get_char (text)))
      return TRUE;
  return FALSE;
}

/* Appends TEXT so that roff shows it as it is: no requests, no escapes, hyphens that can be copied. */
static void
append_escaped (GString *page, const char *text)
{
  if (*text == '.' || *text == '\'')
    g_string_append (page, "\\&");
  for (; *text; text++) {
    if (*text == '\\')
      g_string_append (page, "\\e");
    else if (*text == '-')
      g_string_append (page, "\\-");
    else if (*text == '\'')
      g_string_append (page, "\\(aq");
    else
      g_string_append_c (page, *text);
    if (*text == '\n' && (text[1] == '.' || text[1] == '\''))
      g_string_append (page, "\\&");
  }
}

static void
append_head (GString *page, const char *head)
{
  g_autofree char *capitals = g_utf8_strup (head, -1);
  g_string_append (page, ".SH ");
  append_escaped (page, capitals);
  g_string_append_c (page, '\n');
}

/* Appends a paragraph without its request, in lines of WIDTH where roff cannot make them. */
static void
append_words (GString *page, const char *words, int width)
{
  g_autofree char *lines = g_strdup (words);
  if (has_wide_characters (words)) {
    g_autoptr (GArray) runs = runs_new ();
    g_autoptr (GString) set = g_string_new (NULL);
    runs_add (runs, words, -1, MARK_NONE);
    append_runs (set, runs, width, 0, FALSE);
    g_free (lines);
    lines = g_strchomp (g_strdup (set->str));
    g_string_append (page, ".nf\n");
    append_escaped (page, lines);
    g_string_append (page, "\n.fi\n");
    return;
  }
  append_escaped (page, lines);
  g_string_append_c (page, '\n');
}

static void
append_term (GString *page, const char *term, const char *words)
{
  g_string_append (page, ".TP\n\\fB");
  append_escaped (page, term);
  g_string_append (page, "\\fR\n");
  append_words (page, words, TERM_WIDTH);
}

static void
append_example (GString *page, const char *example)
{
  g_string_append (page, ".PP\n.nf\n");
  append_escaped (page, example);
  g_string_append (page, "\n.fi\n");
}

/* A line of a list in notes is "  term   words". */
static gboolean
is_entry (const char *line)
{
  return g_str_has_prefix (line, "  ") && line[2] && line[2] != ' ' && strstr (line + 2, "  ");
}

/* Whether A is a Japanese letter and B an ASCII character: in our own words a space is between the two. */
static gboolean
is_mixed (gunichar a, gunichar b)
{
  return character_is_wide (a) && g_unichar_isalpha (a) && b < 0x80;
}

/* WORDS and the LINE that goes on with them. The caller frees. */
static char *
join_wrapped (const char *words, const char *line)
{
  const char *last = g_utf8_find_prev_char (words, words + strlen (words));
  gunichar before = last ? g_utf8_get_char (last) : ' ', after = g_utf8_get_char (line);
  if (is_mixed (before, after) || is_mixed (after, before))
    return g_strconcat (words, " ", line, NULL);
  return text_join (words, line, TRUE);
}

/* The entry that LINES begin with, and the lines that go on with it; gives their number. */
static int
append_entry (GString *page, char **lines)
{
  int count = 1;
  const char *end = strstr (lines[0] + 2, "  ");
  g_autofree char *term = g_strndup (lines[0] + 2, (gsize)(end - lines[0] - 2));
  g_autofree char *words = g_strdup (end + strspn (end, " "));
  for (; lines[count] && g_str_has_prefix (lines[count], "   "); count++) {
    char *joined = join_wrapped (words, lines[count] + strspn (lines[count], " "));
    g_free (words);
    words = joined;
  }
  append_term (page, term, words);
  return count;
}

/* The paragraph that LINES begin with; gives the number of its lines. */
static int
append_paragraph (GString *page, char **lines)
{
  int count = 1;
  g_autofree char *words = g_strdup (lines[0]);
  for (; lines[count] && *lines[count] && !is_entry (lines[count]); count++) {
    char *joined = join_wrapped (words, lines[count]);
    g_free (words);
    words = joined;
  }
  g_string_append (page, ".PP\n");
  append_words (page, words, TEXT_WIDTH);
  return count;
}

static void
append_notes (GString *page, const char *notes)
{
  g_auto (GStrv) lines = g_strsplit (notes, "\n", -1);
  for (char **line = lines; *line;) {
    if (!**line)
      line++;
    else if (is_entry (*line))
      line += append_entry (page, line);
    else
      line += append_paragraph (page, line);
  }
}

/* "-o, --output=FILE" as a term, its argument in italics. */
static void
append_option (GString *page, const GOptionEntry *option)
{
  g_string_append (page, ".TP\n");
  if (option->short_name)
    g_string_append_printf (page, "\\fB\\-%c\\fR, ", option->short_name);
  g_string_append (page, "\\fB\\-\\-");
  append_escaped (page, option->long_name);
  g_string_append (page, "\\fR");
  if (option_takes_argument (option)) {
    g_string_append (page, "=\\fI");
    append_escaped (page, _ (option->arg_description));
    g_string_append (page, "\\fR");
  }
  g_string_append_c (page, '\n');
  append_words (page, _ (option->description), TERM_WIDTH);
}

/* What a page begins with. */
static GString *
page_new (const char *title, int section, const char *name, const char *summary)
{
  GString *page = g_string_new (".\\\" Made by the program out of its tables: checksheet --generate\n");
  g_autofree char *capitals = g_ascii_strup (title, -1);
  g_string_append (page, ".TH \"");
  append_escaped (page, capitals);
  g_string_append_printf (page, "\" %d \"\" \"checksheet %s\" \"checksheet\"\n", section, VERSION);
  g_string_append (page, ".nh\n.ad l\n"); /* names of commands are not cut, Japanese is not spread */
  append_head (page, _ ("Name"));
  append_escaped (page, name);
  g_string_append (page, " \\- ");
  append_escaped (page, summary);
  g_string_append_c (page, '\n');
  return page;
}

/* What a page ends with: all other pages. */
static char *
page_with_references (GString *page, const char *self)
{
  append_head (page, _ ("See also"));
  g_string_append (page, ".BR checksheet (1),\n");
  for (const Command *command = commands; command->name; command++)
    if (g_strcmp0 (command->name, self))
      g_string_append_printf (page, ".BR checksheet\\-%s (1),\n", command->name);
  g_string_append (page, ".BR checksheet\\-formats (5)\n");
  return g_string_free (page, FALSE);
}

char *
manual_page (const Manual *manual)
{
  const Command *command = manual->command;
  const GOptionEntry *option;
  g_autofree char *name = g_strdup_printf ("checksheet-%s", command->name);
  GString *page = page_new (name, 1, name, _ (command->summary));
  append_head (page, _ ("Synopsis"));
  g_string_append (page, ".B checksheet ");
  append_escaped (page, command->name);
  g_string_append_c (page, '\n');
  append_escaped (page, _ ("[OPTION…]"));
  if (command->parameters) {
    g_string_append (page, "\n\\fI");
    append_escaped (page, _ (command->parameters));
    g_string_append (page, "\\fR");
  }
  g_string_append_c (page, '\n');
  if (manual->notes) {
    append_head (page, _ ("Description"));
    append_notes (page, manual->notes);
  }
  append_head (page, _ ("Options"));
  for (int i = 0; (option = manual_option (manual, i)); i++)
    append_option (page, option);
  append_head (page, _ ("Example"));
  append_example (page, command->example);
  return page_with_references (page, command->name);
}

/* Of all commands. */
static const struct {
  const char *status, *meaning;
} exit_meanings[] = {
    {"0", N_ ("all done; diff: the same")},
    {"1", N_ ("some input failed, the others are written; diff: different; verify, patterns: faults were found")},
    {"2", N_ ("the call is wrong; diff: any trouble")},
    {"3", N_ ("all inputs failed")},
    {"4", N_ ("one input, and it has no sheet")},
    {"5", N_ ("one input, and it needs a password")},
    {"6", N_ ("one input, and it is damaged or of a kind that is not read")},
    {"7", N_ ("one input, and a limit stopped it")},
    {"8", N_ ("a disk, network or sandbox fault")},
    {"128+N", N_ ("ended by signal N")},
};

static const struct {
  const char *name, *meaning;
} variables[] = {
    {"LANGUAGE, LC_ALL, LANG", N_ ("the language of messages and reports: English or Japanese (ja)")},
    {"NO_COLOR", N_ ("no colours, unless --color asks for them")},
    {"TERM", N_ ("\"dumb\" is a terminal without colours")},
};

char *
program_page (void)
{
  GString *page =
      page_new ("checksheet", 1, "checksheet", _ ("vendors' check sheets about security and service levels, as data"));
  append_head (page, _ ("Synopsis"));
  g_string_append (page, ".B checksheet\n\\fI");
  append_escaped (page, _ ("COMMAND [OPTION…] [ARGUMENT…]"));
  g_string_append (page, "\\fR\n");
  append_head (page, _ ("Description"));
  append_words (page, _ ("\
Reads the check sheets that cloud vendors publish (PDF, web page, text, workbook, text document, mail) and writes what \
they answer as data in which every value can be pointed at on the page. What is mended, doubtful or left out is said in \
notes."),
                TEXT_WIDTH);
  append_head (page, _ ("Commands"));
  for (const Command *command = commands; command->name; command++)
    append_term (page, command->name, _ (command->summary));
  append_head (page, _ ("Options"));
  append_term (page, "--version", _ ("Show the version"));
  append_term (page, "--help", _ ("Show this help"));
  append_term (
      page, "--generate man|formats|complete-bash|complete-zsh|complete-fish",
      _ ("Write this page, that of the formats or what a shell needs to complete calls; a COMMAND has --generate "
         "man too"));
  append_head (page, _ ("Exit status"));
  for (gsize i = 0; i < G_N_ELEMENTS (exit_meanings); i++)
    append_term (page, exit_meanings[i].status, _ (exit_meanings[i].meaning));
  append_head (page, _ ("Environment"));
  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    append_term (page, variables[i].name, _ (variables[i].meaning));
  append_head (page, _ ("Examples"));
  for (const Command *command = commands; command->name; command++)
    append_example (page, command->example);
  return page_with_references (page, NULL);
}

/* The files that are no sheets. */
static const struct {
  const char *name, *meaning;
} files[] = {
    {"ledger.jsonl",
     N_ ("in a folder of sheets: one record for each input, how it ended, appended as it ends; the last "
         "record of an input counts")},
    {"vendors.yaml", N_ ("in a corpus: which vendors there are, and where they publish")},
    {"corpus.db", N_ ("in a corpus: what is known of each revision (SQLite)")},
    {"store/SHA256", N_ ("in a corpus: the bytes of every revision")},
    {"out/VENDOR/DOCUMENT.json", N_ ("in a corpus: the current sheet")},
    {"out/VENDOR/DOCUMENT.changes.json", N_ ("in a corpus: what the newest revision changed")},
};

static const struct {
  const char *status, *meaning;
} ledger_meanings[] = {
    {"ok", N_ ("a sheet")},
    {"ok-with-warnings", N_ ("a sheet, with a note or a check that is more than information")},
    {"not-modified", N_ ("the document is the one that was read before")},
    {"no-sheet", N_ ("the document has no check sheet in it")},
    {"needs-password", N_ ("it is encrypted")},
    {"damaged", N_ ("it cannot be read as what it is")},
    {"unsupported", N_ ("it is of a kind that is not read")},
    {"limit-cpu, limit-wall, limit-memory, limit-pages, limit-size",
     N_ ("it is beyond a limit; the reason says which")},
    {"crash, sandbox-violation", N_ ("reading it ended so; no other input is touched by it")},
    {"fetch-error, blocked-address", N_ ("it could not be fetched, or must not be")},
    {"io-error", N_ ("the file cannot be read")},
};

static void
append_columns (GString *page, const char *head, const ItemColumn *columns)
{
  append_head (page, head);
  for (const ItemColumn *column = columns; column->name; column++) {
    g_autofree char *of_catalogue =
        column->origin == FROM_CATALOGUE ? g_strconcat ("meti_", column->name, NULL) : g_strdup (column->name);
    append_term (page, of_catalogue, _ (column->meaning));
  }
}

char *
formats_page (void)
{
  GString *page = page_new ("checksheet-formats", 5, "checksheet-formats",
                            _ ("what checksheet writes, and what the words in it mean"));
  append_head (page, _ ("Formats of convert"));
  for (const Writer *writer = writers (); writer->name; writer++)
    append_term (page, writer->name, _ (writer->summary));
  g_string_append (page, ".PP\n");
  append_words (page, _ ("\
The JSON of a sheet is checksheet/1: its fields are described one by one in checksheet-1.schema.json (JSON Schema \
2020-12), installed with the program. The same input, patterns and program give the same bytes."),
                TEXT_WIDTH);
  append_head (page, _ ("Formats of export"));
  for (const ExportFormat *format = export_formats; format->name; format++)
    append_term (page, format->name, _ (format->summary));
  append_columns (page, _ ("Columns of items"), item_columns);
  append_columns (page, _ ("Columns of values"), value_columns);
  append_head (page, _ ("Files"));
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    append_term (page, files[i].name, _ (files[i].meaning));
  append_head (page, _ ("Statuses of the ledger"));
  for (gsize i = 0; i < G_N_ELEMENTS (ledger_meanings); i++)
    append_term (page, ledger_meanings[i].status, _ (ledger_meanings[i].meaning));
  return page_with_references (page, NULL);
}
