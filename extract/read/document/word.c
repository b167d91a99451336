/* word.c - the reader of text documents of Word (reader.h), Office Open XML (ECMA-376 part 1, 17): .docx.
 *
 *     Package ──┬── styles.xml, numbering.xml ── WordStyles ──┐
 *               └── document.xml, headers, footers, notes ────┴──> Markup ──> the reader of web pages ──> Page
 *
 * The elements are read one after the other, each by its line in a table; what has to be known of those around is on stacks
 * of paragraphs (text boxes are paragraphs within paragraphs), of content controls and of fields.
 */
#include "model/error.h"
#include "modules/module.h"
#include "read/document/equation_field.h"
#include "read/document/web_page.h"
#include "read/document/word_styles.h"

#include <glib/gi18n.h>
#include <string.h>

#define PARTS_LIMIT 30  /* headers and footers */
#define STACK_LIMIT 200 /* of paragraphs, controls and fields; what is nested deeper is not kept apart */
#define ENTRIES_LIMIT 200
#define FIELD_CODE_LIMIT 1000 /* bytes */
#define EN_SPACE "\u2002"     /* an empty field of a form is five of them */

/* A colour is COLOUR_KNOWN and its 0xRRGGBB, or another of these. */
enum { COLOUR_UNSAID = 0, COLOUR_KNOWN = 1 << 24, COLOUR_UNKNOWN = 1 << 25 };
#define COLOUR_WHITE (COLOUR_KNOWN | 0xFFFFFF)

/* Where properties of runs are read: those of a paragraph's mark are not those of its text. */
typedef enum { PROPERTIES_NONE, PROPERTIES_PARAGRAPH, PROPERTIES_RUN } PropertiesOf;

typedef struct {
  char *style, *run_style;
  int numbering, level, outline; /* -1: the style's */
  int strike, vanish;            /* of the run; -1: the styles' */
  gboolean bold;                 /* of the run, without styles */
  guint colour, ground;          /* of the run's letters, and what is behind them: colours */
  guint lines_ground;            /* of the paragraph */
  char *font;                    /* of the run, where it is a font of symbols; NULL: another */
  gboolean begun;
} WordParagraph;

/* A content control (17.5.2) or a field of a form (17.16.17). */
typedef struct {
  const char *mark; /* said in place of its content; static; NULL: its content is */
  gboolean muted;   /* its content is not said */
  gboolean prompt;  /* its content asks for one */
  GString *words;   /* of the content that is not said; NULL: not wanted */
  GString *code;    /* of a field, up to its result; NULL: of none */
} WordControl;

typedef struct {
  Package *package;
  const Knowledge *knowledge;
  WordStyles *styles;
  Markup *markup;
  GPtrArray *notes;
  PackagePart *part;
  GArray *paragraphs;        /* WordParagraph; the last is that which is read */
  GArray *controls, *fields; /* WordControl */
  GPtrArray *parts;          /* char *: the ids of the relations to headers and footers */
  PropertiesOf properties;
  int deleted; /* how many of the elements around are deleted or moved from there */
  int pictures, foreign;
  gboolean deleted_row;
  int rows;          /* of the table that is read, so far; 0: it is none. The style of a table may fill its first row */
  guint cell_ground; /* a colour */
} WordReading;

static void
paragraph_clear (gpointer data)
{
  WordParagraph *paragraph = data;
  g_free (paragraph->style);
  g_free (paragraph->run_style);
  g_free (paragraph->font);
}

static void
control_clear (gpointer data)
{
  WordControl *control = data;
  if (control->words)
    g_string_free (control->words, TRUE);
  if (control->code)
    g_string_free (control->code, TRUE);
}

static WordParagraph *
paragraph_of (const WordReading *reading)
{
  return &g_array_index (reading->paragraphs, WordParagraph, reading->paragraphs->len - 1);
}

static void
push_paragraph (WordReading *reading)
{
  WordParagraph paragraph = {.numbering = -1, .level = -1, .outline = -1, .strike = -1, .vanish = -1};
  if (reading->paragraphs->len < STACK_LIMIT)
    g_array_append_val (reading->paragraphs, paragraph);
}

static void
pop_paragraph (WordReading *reading)
{
  if (reading->paragraphs->len > 1)
    g_array_set_size (reading->paragraphs, reading->paragraphs->len - 1);
}

static WordControl *
last_control (GArray *controls)
{
  return controls->len > 0 ? &g_array_index (controls, WordControl, controls->len - 1) : NULL;
}

/* The control or field around that keeps the text from being said; NULL: none. */
static WordControl *
muting (const WordReading *reading)
{
  for (guint i = 0; i < reading->controls->len; i++)
    if (g_array_index (reading->controls, WordControl, i).muted)
      return &g_array_index (reading->controls, WordControl, i);
  for (guint i = 0; i < reading->fields->len; i++)
    if (g_array_index (reading->fields, WordControl, i).muted)
      return &g_array_index (reading->fields, WordControl, i);
  return NULL;
}

static gboolean
is_deleted (const WordReading *reading)
{
  return reading->deleted > 0 || reading->deleted_row;
}

static guint
ground_of_run (const WordReading *reading)
{
  const WordParagraph *run = paragraph_of (reading);
  const guint grounds[] = {run->ground, run->lines_ground, reading->cell_ground};
  for (gsize i = 0; i < G_N_ELEMENTS (grounds); i++)
    if (grounds[i] != COLOUR_UNSAID)
      return grounds[i];
  return reading->rows != 1 ? COLOUR_WHITE : COLOUR_UNKNOWN;
}

/* The style of a paragraph and that of a run cancel each other out (17.7.3). */
static TextLook
look_of_run (const WordReading *reading)
{
  const WordParagraph *run = paragraph_of (reading);
  const WordStyles *styles = reading->styles;
  gboolean strike = word_styles_strike (styles, run->style), vanish = word_styles_vanish (styles, run->style);
  if (run->run_style) {
    strike ^= word_styles_strike (styles, run->run_style);
    vanish ^= word_styles_vanish (styles, run->run_style);
  }
  if ((run->vanish >= 0 ? run->vanish : vanish) ||
      ((run->colour & COLOUR_KNOWN) && run->colour == ground_of_run (reading)))
    return TEXT_HIDDEN;
  return is_deleted (reading) || (run->strike >= 0 ? run->strike : strike) ? TEXT_STRUCK
         : run->bold                                                       ? TEXT_BOLD
                                                                           : TEXT_SEEN;
}

static void
say_label (WordReading *reading, const WordParagraph *paragraph)
{
  int numbering, level;
  word_styles_numbering (reading->styles, paragraph->style, &numbering, &level);
  numbering = paragraph->numbering >= 0 ? paragraph->numbering : numbering;
  level = paragraph->level >= 0 ? paragraph->level : level;
  g_autofree char *label = word_styles_next_label (reading->styles, numbering, level);
  markup_text (reading->markup, label, is_deleted (reading) ? TEXT_STRUCK : TEXT_SEEN);
}

/* A paragraph is said once its properties are known. */
static void
begin_paragraph (WordReading *reading)
{
  WordParagraph *paragraph = paragraph_of (reading);
  if (paragraph->begun)
    return;
  paragraph->begun = TRUE;
  int outline =
      paragraph->outline >= 0 ? paragraph->outline + 1 : word_styles_heading (reading->styles, paragraph->style);
  markup_begin_paragraph (reading->markup, outline <= 9 ? outline : -1);
  say_label (reading, paragraph);
}

static void
say (WordReading *reading, const char *text)
{
  WordControl *control = muting (reading);
  begin_paragraph (reading);
  if (!control)
    markup_text (reading->markup, text, look_of_run (reading));
  else if (control->mark) {
    markup_text (reading->markup, control->mark, look_of_run (reading));
    control->mark = NULL;
  } else if (control->words && control->words->len < 1000)
    g_string_append (control->words, text);
}

/* The character of a symbol font, or of one for private use; 0: it is not known. */
static gunichar
symbol_of (const WordReading *reading, const char *font, gunichar code)
{
  const SymbolFont *symbols = font ? symbol_font_from_name (reading->knowledge->symbols, font) : NULL;
  return symbols ? symbol_from_code (symbols, code) : 0;
}

static void
read_text (WordReading *reading)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *name = g_strdup (part_begins (reading->part, "t") ? "t" : "delText");
  while (part_next (reading->part) && !part_ends (reading->part, name))
    if (part_text (reading->part))
      g_string_append (text, part_text (reading->part));
  if (reading->fields->len > 0) /* of a form that is not filled in */
    g_string_replace (text, EN_SPACE, "", 0);
  const char *font = paragraph_of (reading)->font;
  const SymbolFont *symbols = font ? symbol_font_from_name (reading->knowledge->symbols, font) : NULL;
  g_autofree char *signs = symbols ? text_in_symbols (symbols, text->str) : NULL;
  say (reading, signs ? signs : text->str);
}

static void
read_symbol (WordReading *reading)
{
  g_autofree char *font = g_strdup (part_attribute (reading->part, "font"));
  const char *code = part_attribute (reading->part, "char");
  gunichar character = code ? (gunichar)g_ascii_strtoull (code, NULL, 16) : 0;
  gunichar symbol = symbol_of (reading, font, character);
  char text[7] = "";
  if (symbol || (character >= ' ' && g_unichar_validate (character)))
    text[g_unichar_to_utf8 (symbol ? symbol : character, text)] = 0;
  say (reading, text);
}

static void
read_line_end (WordReading *reading)
{
  begin_paragraph (reading);
  if (!muting (reading))
    markup_line_end (reading->markup);
}

static void
read_tab (WordReading *reading)
{
  if (reading->properties == PROPERTIES_NONE)
    say (reading, " ");
}

static void
read_hyphen (WordReading *reading)
{
  say (reading, "-");
}

/* Properties */

static void
take_attribute (const WordReading *reading, char **text)
{
  g_free (*text);
  *text = g_strdup (part_attribute (reading->part, "val"));
}

static void
read_run (WordReading *reading)
{
  WordParagraph *run = paragraph_of (reading);
  reading->properties = PROPERTIES_NONE;
  g_clear_pointer (&run->run_style, g_free);
  g_clear_pointer (&run->font, g_free);
  run->strike = run->vanish = -1;
  run->bold = FALSE;
  run->colour = run->ground = COLOUR_UNSAID;
}

static void
read_run_properties (WordReading *reading)
{
  if (reading->properties == PROPERTIES_NONE)
    reading->properties = PROPERTIES_RUN;
}

static void
end_run_properties (WordReading *reading)
{
  if (reading->properties == PROPERTIES_RUN)
    reading->properties = PROPERTIES_NONE;
}

static void
read_paragraph_properties (WordReading *reading)
{
  reading->properties = PROPERTIES_PARAGRAPH;
}

static void
end_paragraph_properties (WordReading *reading)
{
  reading->properties = PROPERTIES_NONE;
}

static void
read_strike (WordReading *reading)
{
  if (reading->properties == PROPERTIES_RUN)
    paragraph_of (reading)->strike = MAX (paragraph_of (reading)->strike, part_is_on (reading->part));
}

static void
read_bold (WordReading *reading)
{
  if (reading->properties == PROPERTIES_RUN)
    paragraph_of (reading)->bold = part_is_on (reading->part);
}

static void
read_vanish (WordReading *reading)
{
  if (reading->properties == PROPERTIES_RUN)
    paragraph_of (reading)->vanish = part_is_on (reading->part);
}

/* "FFFFFF"; "auto" and colours of a theme are not known. */
static guint
colour_from_text (const char *text)
{
  char *end;
  gsize length = text ? strlen (text) : 0;
  guint64 colour = length == 6 && g_ascii_isxdigit (*text) ? g_ascii_strtoull (text, &end, 16) : 0;
  return length == 6 && g_ascii_isxdigit (*text) && !*end ? COLOUR_KNOWN | (guint)colour : COLOUR_UNKNOWN;
}

static void
read_colour (WordReading *reading)
{
  if (reading->properties == PROPERTIES_RUN)
    paragraph_of (reading)->colour = colour_from_text (part_attribute (reading->part, "val"));
}

/* The ground that PART, a <w:shd>, gives (17.3.5). */
static guint
ground_from_part (const PackagePart *part)
{
  g_autofree char *fill = g_strdup (part_attribute (part, "fill"));
  const char *pattern = part_attribute (part, "val");
  if (pattern && strcmp (pattern, "clear") && strcmp (pattern, "nil"))
    return COLOUR_UNKNOWN;
  return !fill || !g_ascii_strcasecmp (fill, "auto") ? COLOUR_UNSAID : colour_from_text (fill);
}

/* Shading of the run or its paragraph. */
static void
read_shading (WordReading *reading)
{
  guint ground = ground_from_part (reading->part);
  if (reading->properties == PROPERTIES_RUN)
    paragraph_of (reading)->ground = ground;
  else if (reading->properties == PROPERTIES_PARAGRAPH)
    paragraph_of (reading)->lines_ground = ground;
}

static void
read_highlight (WordReading *reading)
{
  if (reading->properties == PROPERTIES_RUN)
    paragraph_of (reading)->ground = COLOUR_UNKNOWN;
}

static void
read_run_style (WordReading *reading)
{
  if (reading->properties == PROPERTIES_RUN)
    take_attribute (reading, &paragraph_of (reading)->run_style);
}

static void
read_fonts (WordReading *reading)
{
  const char *font = part_attribute (reading->part, "ascii");
  if (reading->properties == PROPERTIES_RUN && font && symbol_font_from_name (reading->knowledge->symbols, font))
    paragraph_of (reading)->font = g_strdup (font);
}

static void
read_paragraph_style (WordReading *reading)
{
  take_attribute (reading, &paragraph_of (reading)->style);
}

static void
read_outline (WordReading *reading)
{
  paragraph_of (reading)->outline = part_number (reading->part, "val", 9);
}

static void
read_numbering (WordReading *reading)
{
  paragraph_of (reading)->numbering = part_number (reading->part, "val", 0);
}

static void
read_numbering_level (WordReading *reading)
{
  paragraph_of (reading)->level = part_number (reading->part, "val", 0);
}

/* Paragraphs */

static void
read_paragraph (WordReading *reading)
{
  push_paragraph (reading);
  reading->properties = PROPERTIES_NONE;
}

static void
end_paragraph (WordReading *reading)
{
  begin_paragraph (reading);
  markup_end_paragraph (reading->markup);
  pop_paragraph (reading);
}

static void
read_text_box (WordReading *reading)
{
  markup_begin_aside (reading->markup);
  reading->properties = PROPERTIES_NONE;
}

static void
end_text_box (WordReading *reading)
{
  markup_end_aside (reading->markup);
}

static void
read_deleted (WordReading *reading)
{
  if (reading->properties == PROPERTIES_NONE)
    reading->deleted++;
}

static void
end_deleted (WordReading *reading)
{
  if (reading->properties == PROPERTIES_NONE && reading->deleted > 0)
    reading->deleted--;
}

/* Tables */

static void
read_table (WordReading *reading)
{
  markup_begin_table (reading->markup);
  reading->rows = 0;
}

static void
end_table (WordReading *reading)
{
  markup_end_table (reading->markup);
  reading->rows = 0;
}

static void
read_row (WordReading *reading)
{
  markup_begin_row (reading->markup);
  reading->rows++;
  reading->deleted_row = FALSE;
}

static void
end_row (WordReading *reading)
{
  reading->deleted_row = FALSE;
}

static void
read_row_properties (WordReading *reading)
{
  gboolean head = FALSE, hidden = FALSE;
  PackagePart *part = reading->part;
  while (part_next (part) && !part_ends (part, "trPr"))
    if (part_begins (part, "tblHeader"))
      head = part_is_on (part);
    else if (part_begins (part, "hidden"))
      hidden = part_is_on (part);
    else if (part_begins (part, "del"))
      reading->deleted_row = TRUE;
    else if (part_begins (part, "gridBefore"))
      markup_skip_columns (reading->markup, part_number (part, "val", 0));
    else if (part_begins (part, "trPrChange"))
      part_skip (part);
  markup_set_row (reading->markup, head, hidden);
}

static void
read_cell (WordReading *reading)
{
  markup_begin_cell (reading->markup);
  reading->cell_ground = COLOUR_UNSAID;
}

static void
end_cell (WordReading *reading)
{
  markup_end_cell (reading->markup);
  reading->cell_ground = COLOUR_UNSAID;
}

static void
read_cell_properties (WordReading *reading)
{
  int span = 1;
  CellMerge merge = MERGE_NONE;
  PackagePart *part = reading->part;
  while (part_next (part) && !part_ends (part, "tcPr"))
    if (part_begins (part, "gridSpan"))
      span = part_number (part, "val", 1);
    else if (part_begins (part, "vMerge"))
      merge = g_strcmp0 (part_attribute (part, "val"), "restart") ? MERGE_REST : MERGE_FIRST;
    else if (part_begins (part, "shd"))
      reading->cell_ground = ground_from_part (part);
    else if (part_begins (part, "tcPrChange"))
      part_skip (part);
  markup_set_cell (reading->markup, 1, span, merge);
}

/* Content controls */

/* The controls of which nothing is kept apart are pushed too, so that each end has its beginning. */
static void
read_control (WordReading *reading)
{
  WordControl control = {0};
  g_array_append_val (reading->controls, control);
}

static void
end_control (WordReading *reading)
{
  WordControl *control = last_control (reading->controls);
  if (!control)
    return;
  if (control->prompt && control->words && control->words->len > 0)
    note_prompt (reading->notes, reading->markup, control->words->str);
  g_array_set_size (reading->controls, reading->controls->len - 1);
}

static void
read_control_properties (WordReading *reading)
{
  PackagePart *part = reading->part;
  WordControl *control = last_control (reading->controls);
  gboolean box = FALSE, checked = FALSE, prompt = FALSE;
  while (part_next (part) && !part_ends (part, "sdtPr"))
    if (part_begins (part, "checkbox"))
      box = TRUE;
    else if (part_begins (part, "checked"))
      checked = part_is_on (part);
    else if (part_begins (part, "showingPlcHdr"))
      prompt = part_is_on (part);
  if (!control || control->muted)
    return;
  control->muted = box || prompt;
  control->mark = box ? checked ? "☑" : "☐" : NULL;
  control->prompt = prompt && !box;
  control->words = control->prompt ? g_string_new (NULL) : NULL;
  if (box)
    note_form_field (reading->notes, reading->markup, "A check box", control->mark);
}

/* Fields */

/* What a field of a form (17.16.17) shows in place of its result; NULL: its result. The caller frees. */
static char *
shown_by_form_field (PackagePart *part)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_free);
  gboolean box = FALSE, list = FALSE;
  int checked = -1, usual = 0, result = -1;
  while (part_next (part) && !part_ends (part, "fldChar"))
    if (part_begins (part, "checkBox"))
      box = TRUE;
    else if (part_begins (part, "ddList"))
      list = TRUE;
    else if (part_begins (part, "checked"))
      checked = part_is_on (part);
    else if (part_begins (part, "default"))
      usual = box ? part_is_on (part) : part_number (part, "val", 0);
    else if (part_begins (part, "result"))
      result = part_number (part, "val", 0);
    else if (part_begins (part, "listEntry") && entries->len < ENTRIES_LIMIT)
      g_ptr_array_add (entries, g_strdup (part_attribute (part, "val")));
  if (box)
    return g_strdup ((checked >= 0 ? checked : usual) ? "☑" : "☐");
  guint chosen = result >= 0 ? (guint)result : (guint)MAX (usual, 0);
  return list && chosen < entries->len ? g_strdup (g_ptr_array_index (entries, chosen)) : NULL;
}

static void
begin_field (WordReading *reading)
{
  g_autofree char *shown = shown_by_form_field (reading->part);
  if (shown) {
    note_form_field (reading->notes, reading->markup, "A field of a form", shown);
    say (reading, shown);
  }
  WordControl field = {.muted = TRUE, .prompt = shown != NULL, .code = g_string_new (NULL)};
  g_array_append_val (reading->fields, field);
}

static void
read_field_code (WordReading *reading)
{
  const WordControl *field = last_control (reading->fields);
  while (part_next (reading->part) && !part_ends (reading->part, "instrText"))
    if (field && part_text (reading->part) && field->code->len < FIELD_CODE_LIMIT)
      g_string_append (field->code, part_text (reading->part));
}

/* A field without a result may be one that is calculated whenever it is shown. */
static void
end_field (WordReading *reading)
{
  WordControl *field = last_control (reading->fields);
  gboolean ringed = FALSE;
  g_autofree char *shown = field->muted && !field->prompt ? equation_text (field->code->str, &ringed) : NULL;
  g_array_set_size (reading->fields, reading->fields->len - 1);
  if (shown)
    say (reading, shown);
  if (ringed)
    notes_add (reading->notes, "mark-by-shape", NOTE_INFO, (Place){.line = markup_line (reading->markup)},
               "The ring around \"%s\" is read as ○ before it.", shown + strlen ("○"));
}

/* Up to its separator a field is code, which is said only by the program that calculates it. */
static void
read_field (WordReading *reading)
{
  g_autofree char *type = g_strdup (part_attribute (reading->part, "fldCharType"));
  WordControl *field = last_control (reading->fields);
  if (!g_strcmp0 (type, "begin"))
    begin_field (reading);
  else if (field && !g_strcmp0 (type, "separate"))
    field->muted = field->prompt;
  else if (field && !g_strcmp0 (type, "end"))
    end_field (reading);
}

/* The rest */

static void
skip (WordReading *reading)
{
  part_skip (reading->part);
}

static void
read_reference (WordReading *reading)
{
  const char *id = part_attribute (reading->part, "id");
  if (id && reading->parts->len < PARTS_LIMIT)
    g_ptr_array_add (reading->parts, g_strdup (id));
}

static void
count_picture (WordReading *reading)
{
  reading->pictures++;
}

static void
count_foreign (WordReading *reading)
{
  reading->foreign++;
}

static const struct {
  const char *name;
  void (*begin) (WordReading *reading);
  void (*end) (WordReading *reading); /* NULL: nothing is to be done, or `begin` reads it too */
} elements[] = {
    {"t", read_text, NULL},
    {"delText", read_text, NULL},
    {"r", read_run, NULL},
    {"rPr", read_run_properties, end_run_properties},
    {"rFonts", read_fonts, NULL},
    {"rStyle", read_run_style, NULL},
    {"b", read_bold, NULL},
    {"strike", read_strike, NULL},
    {"dstrike", read_strike, NULL},
    {"vanish", read_vanish, NULL},
    {"color", read_colour, NULL},
    {"shd", read_shading, NULL},
    {"highlight", read_highlight, NULL},
    {"p", read_paragraph, end_paragraph},
    {"pPr", read_paragraph_properties, end_paragraph_properties},
    {"pStyle", read_paragraph_style, NULL},
    {"outlineLvl", read_outline, NULL},
    {"numId", read_numbering, NULL},
    {"ilvl", read_numbering_level, NULL},
    {"tbl", read_table, end_table},
    {"tr", read_row, end_row},
    {"trPr", read_row_properties, NULL},
    {"tc", read_cell, end_cell},
    {"tcPr", read_cell_properties, NULL},
    {"br", read_line_end, NULL},
    {"cr", read_line_end, NULL},
    {"tab", read_tab, NULL},
    {"ptab", read_tab, NULL},
    {"noBreakHyphen", read_hyphen, NULL},
    {"sym", read_symbol, NULL},
    {"del", read_deleted, end_deleted},
    {"moveFrom", read_deleted, end_deleted},
    {"sdt", read_control, end_control},
    {"sdtPr", read_control_properties, NULL},
    {"sdtEndPr", skip, NULL},
    {"fldChar", read_field, NULL},
    {"instrText", read_field_code, NULL},
    {"txbxContent", read_text_box, end_text_box},
    {"headerReference", read_reference, NULL},
    {"footerReference", read_reference, NULL},
    {"blip", count_picture, NULL},
    {"imagedata", count_picture, NULL},
    {"altChunk", count_foreign, NULL},
    {"Fallback", skip, NULL}, /* the same again, for older programs */
    {"rt", skip, NULL},       /* of ruby: how it is read */
    {"pPrChange", skip, NULL},
    {"rPrChange", skip, NULL},
    {"tblPrChange", skip, NULL},
    {"sectPrChange", skip, NULL},
    {"tblPrExChange", skip, NULL},
    {"tblGridChange", skip, NULL},
    {"numberingChange", skip, NULL},
};

static void
read_element (WordReading *reading)
{
  for (gsize i = 0; i < G_N_ELEMENTS (elements); i++)
    if (part_begins (reading->part, elements[i].name)) {
      elements[i].begin (reading);
      return;
    } else if (part_ends (reading->part, elements[i].name)) {
      if (elements[i].end)
        elements[i].end (reading);
      return;
    }
}

/* Reads the part NAME. */
static gboolean
read_part (WordReading *reading, const char *name, GError **error)
{
  reading->part = part_open (reading->package, name, error);
  if (!reading->part)
    return FALSE;
  while (!markup_is_full (reading->markup) && part_next (reading->part))
    read_element (reading);
  return part_close (reading->part, error);
}

static gboolean
is_first (const GPtrArray *texts, guint index)
{
  for (guint i = 0; i < index; i++)
    if (g_str_equal (g_ptr_array_index (texts, i), g_ptr_array_index (texts, index)))
      return FALSE;
  return TRUE;
}

static gboolean
read_headers_footers (WordReading *reading, const char *document, GError **error)
{
  g_autoptr (GPtrArray) parts = g_steal_pointer (&reading->parts);
  reading->parts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < parts->len; i++) {
    GError *failure = NULL;
    g_autofree char *name = package_related (reading->package, document, NULL, g_ptr_array_index (parts, i), &failure);
    if (name && is_first (parts, i) && package_has (reading->package, name)) {
      markup_begin_header_footer (reading->markup);
      read_part (reading, name, &failure);
      markup_end_header_footer (reading->markup);
    }
    if (failure) {
      g_propagate_error (error, failure);
      return FALSE;
    }
  }
  return TRUE;
}

/* Footnotes and endnotes are at the foot of the page, as footers are; those that only draw the separator have none. */
static gboolean
read_notes (WordReading *reading, const char *document, const char *type, GError **error)
{
  GError *failure = NULL;
  g_autofree char *name = package_related (reading->package, document, type, NULL, &failure);
  if (name && package_has (reading->package, name)) {
    markup_begin_header_footer (reading->markup);
    read_part (reading, name, &failure);
    markup_end_header_footer (reading->markup);
  }
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static gboolean
read_document (WordReading *reading, const char *document, GError **error)
{
  push_paragraph (reading);
  if (!read_part (reading, document, error) || !read_notes (reading, document, "/footnotes", error) ||
      !read_notes (reading, document, "/endnotes", error) || !read_headers_footers (reading, document, error))
    return FALSE;
  note_pictures (reading->notes, reading->pictures);
  if (reading->foreign > 0)
    notes_add (reading->notes, "part-not-read", NOTE_WARNING, (Place){0},
               "The document includes %d documents of another format, which are not read.", reading->foreign);
  return TRUE;
}

static GArray *
array_of (guint size, GDestroyNotify clear)
{
  GArray *array = g_array_new (FALSE, TRUE, size);
  g_array_set_clear_func (array, clear);
  return array;
}

MODULE_ENTRY GPtrArray *
pages_from_word (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error)
{
  g_autoptr (Package) package = package_open (source, error);
  g_autofree char *document = package ? package_main (package, "word/document.xml", error) : NULL;
  g_autoptr (WordStyles) styles = document ? word_styles_from_package (package, document, error) : NULL;
  if (!styles)
    return NULL;
  g_autoptr (Markup) markup = markup_new (source->limits.unpacked / 8);
  g_autoptr (GArray) paragraphs = array_of (sizeof (WordParagraph), paragraph_clear);
  g_autoptr (GArray) controls = array_of (sizeof (WordControl), control_clear);
  g_autoptr (GArray) fields = array_of (sizeof (WordControl), control_clear);
  WordReading reading = {package, options->knowledge, styles, markup, notes, NULL, paragraphs, controls, fields};
  reading.parts = g_ptr_array_new_with_free_func (g_free);
  gboolean whole = read_document (&reading, document, error);
  g_ptr_array_unref (reading.parts);
  return whole ? pages_from_markup (markup, source, options, notes, error) : NULL;
}
