/* od_text.c - see od_text.h. As in word.c the elements are read one after the other, each by its line in a table. */
#include "read/opendocument/od_text.h"

#include "read/document/list_label.h"
#include "read/document/web_page.h"
#include "read/opendocument/od_styles.h"

#include <string.h>

#define SPACES_LIMIT 100
#define REPEAT_LIMIT 1000  /* of cells and rows of a table */
#define DELETED_LIMIT 4000 /* bytes of a deletion that are kept */

/* What is around the text that is read: a table, a cell, a paragraph, a span, a control. */
typedef struct {
  TextLook look;
  gboolean muted;
  GString *prompt;           /* the text that is left out because it asks for one; NULL: none */
  gboolean white, filled;    /* the letters; the ground below them */
  const SymbolFont *symbols; /* NULL: no such font */
} OdAround;

/* The counters of a list style, for lists that continue each other. */
typedef struct {
  int counters[OD_LIST_LEVELS];
} OdCounters;

typedef struct {
  Package *package;
  OdStyles *styles;
  const Symbols *symbols; /* NULL: none are known */
  Markup *markup;
  GPtrArray *notes;
  PackagePart *part;
  GArray *around;       /* OdAround */
  GPtrArray *lists;     /* char *: the names of the styles of the lists around; NULL: none */
  GHashTable *counters; /* char * -> OdCounters */
  GHashTable *deleted;  /* char * -> char *: the deleted text of a change, by its id */
  GHashTable *controls; /* char * -> char *: what a control of a form shows, by its id */
  gboolean label_due;   /* the next paragraph is the first of a list item */
  int paragraphs;       /* how many are around */
  int head_rows;        /* how many elements of head rows are around */
  int pictures;
} OdReading;

static void
around_clear (gpointer data)
{
  OdAround *around = data;
  if (around->prompt)
    g_string_free (around->prompt, TRUE);
}

static OdAround
around_of (const OdReading *reading)
{
  if (reading->around->len == 0)
    return (OdAround){.look = TEXT_SEEN};
  return g_array_index (reading->around, OdAround, reading->around->len - 1);
}

/* What is hidden or struck out around is so within. */
static void
push (OdReading *reading, TextLook look, gboolean muted)
{
  OdAround outer = around_of (reading);
  OdAround around = outer;
  around.look = look;
  around.muted = muted || outer.muted;
  around.prompt = NULL;
  if (outer.look == TEXT_HIDDEN || (outer.look == TEXT_STRUCK && look == TEXT_SEEN))
    around.look = outer.look;
  g_array_append_val (reading->around, around);
}

static void
pop (OdReading *reading)
{
  if (reading->around->len > 0)
    g_array_set_size (reading->around, reading->around->len - 1);
}

/* What the style of the element says goes for all in it, until one within says otherwise. */
static void
push_style (OdReading *reading, const char *family)
{
  g_autofree char *style = g_strdup (part_attribute (reading->part, "style-name"));
  int said[OD_STYLE_OUTLINE];
  for (int i = 0; i < OD_STYLE_OUTLINE; i++)
    said[i] = od_styles_say (reading->styles, family, style, i);
  push (reading,
        said[OD_STYLE_HIDDEN] == TRUE   ? TEXT_HIDDEN
        : said[OD_STYLE_STRUCK] == TRUE ? TEXT_STRUCK
                                        : TEXT_SEEN,
        FALSE);
  OdAround *around = &g_array_index (reading->around, OdAround, reading->around->len - 1);
  if (said[OD_STYLE_WHITE] != OD_STYLE_UNSAID)
    around->white = said[OD_STYLE_WHITE];
  around->filled = around->filled || said[OD_STYLE_FILLED] == TRUE;
  const char *font = od_styles_font (reading->styles, family, style);
  if (font && reading->symbols)
    around->symbols = symbol_font_from_name (reading->symbols, font);
}

static void
say (OdReading *reading, const char *text)
{
  OdAround around = around_of (reading);
  g_autofree char *signs = around.symbols ? text_in_symbols (around.symbols, text) : NULL;
  if (!around.muted)
    markup_text (reading->markup, signs ? signs : text, around.white && !around.filled ? TEXT_HIDDEN : around.look);
  else if (around.prompt)
    g_string_append (around.prompt, text);
}

/* Lists */

static const char *
list_style (const OdReading *reading)
{
  for (guint i = reading->lists->len; i-- > 0;)
    if (g_ptr_array_index (reading->lists, i))
      return g_ptr_array_index (reading->lists, i);
  return NULL;
}

static OdCounters *
counters_of (OdReading *reading, const char *style)
{
  const char *key = style ? style : "";
  OdCounters *counters = g_hash_table_lookup (reading->counters, key);
  if (!counters) {
    counters = g_new0 (OdCounters, 1);
    g_hash_table_insert (reading->counters, g_strdup (key), counters);
  }
  return counters;
}

static void
read_list (OdReading *reading)
{
  const char *style = part_attribute (reading->part, "style-name");
  g_ptr_array_add (reading->lists, g_strdup (style));
  gboolean continues =
      part_flag (reading->part, "continue-numbering") || part_attribute (reading->part, "continue-list");
  guint level = reading->lists->len - 1;
  if (!continues && level < OD_LIST_LEVELS)
    counters_of (reading, list_style (reading))->counters[level] = 0;
}

static void
end_list (OdReading *reading)
{
  if (reading->lists->len > 0)
    g_ptr_array_set_size (reading->lists, (int)reading->lists->len - 1);
}

static void
read_list_item (OdReading *reading)
{
  int level = (int)reading->lists->len - 1;
  if (level < 0 || level >= OD_LIST_LEVELS)
    return;
  OdCounters *counters = counters_of (reading, list_style (reading));
  const OdListLevel *style = od_styles_list_level (reading->styles, list_style (reading), level);
  int start = part_number (reading->part, "start-value", -1);
  if (start >= 0)
    counters->counters[level] = start;
  else
    counters->counters[level] = counters->counters[level] ? counters->counters[level] + 1 : style ? style->start : 1;
  for (int i = level + 1; i < OD_LIST_LEVELS; i++)
    counters->counters[i] = 0;
  reading->label_due = TRUE;
}

/* "1.2. ", "・"; NULL: none. The caller frees. */
static char *
label_of_item (OdReading *reading)
{
  int level = (int)reading->lists->len - 1;
  const OdListLevel *style = od_styles_list_level (reading->styles, list_style (reading), level);
  if (!style)
    return NULL;
  if (style->bullet)
    return g_strdup (list_bullet (style->bullet));
  if (!style->format || !*style->format)
    return NULL;
  g_autoptr (GString) label = g_string_new (style->prefix);
  for (int i = level + 1 - style->shown; i <= level; i++) {
    const OdListLevel *counted = od_styles_list_level (reading->styles, list_style (reading), i);
    int number = counters_of (reading, list_style (reading))->counters[i];
    g_autofree char *digits = list_number (counted->format ? counted->format : "1", number);
    g_string_append_printf (label, "%s%s", digits ? digits : "", i < level ? "." : "");
  }
  g_string_append_printf (label, "%s ", style->suffix ? style->suffix : "");
  return g_string_free (g_steal_pointer (&label), FALSE);
}

/* Paragraphs */

static void
begin_paragraph (OdReading *reading, int level)
{
  markup_begin_paragraph (reading->markup, level);
  reading->paragraphs++;
  push_style (reading, "paragraph");
  g_autofree char *label = reading->label_due ? label_of_item (reading) : NULL;
  reading->label_due = FALSE;
  if (label)
    say (reading, label);
}

static void
read_paragraph (OdReading *reading)
{
  g_autofree char *style = g_strdup (part_attribute (reading->part, "style-name"));
  int level = od_styles_say (reading->styles, "paragraph", style, OD_STYLE_OUTLINE);
  begin_paragraph (reading, level == 0 || (style && !strcmp (style, "Title")) ? 0 : -1);
}

static void
read_heading (OdReading *reading)
{
  begin_paragraph (reading, CLAMP (part_number (reading->part, "outline-level", 1), 1, 9));
}

static void
end_paragraph (OdReading *reading)
{
  markup_end_paragraph (reading->markup);
  reading->paragraphs = MAX (reading->paragraphs - 1, 0);
  pop (reading);
}

static void
read_span (OdReading *reading)
{
  push_style (reading, "text");
}

static void
read_spaces (OdReading *reading)
{
  int count = MIN (part_number (reading->part, "c", 1), SPACES_LIMIT);
  g_autofree char *spaces = g_strnfill (count, ' ');
  say (reading, spaces);
}

static void
read_tab (OdReading *reading)
{
  say (reading, " ");
}

static void
read_line_break (OdReading *reading)
{
  if (!around_of (reading).muted)
    markup_line_end (reading->markup);
}

static void
read_section (OdReading *reading)
{
  push (reading, !g_strcmp0 (part_attribute (reading->part, "display"), "none") ? TEXT_HIDDEN : TEXT_SEEN, FALSE);
}

static void
read_hidden (OdReading *reading)
{
  push (reading, part_flag (reading->part, "is-hidden") ? TEXT_HIDDEN : TEXT_SEEN, FALSE);
}

static void
read_aside (OdReading *reading)
{
  markup_begin_aside (reading->markup);
  push (reading, TEXT_SEEN, FALSE);
  g_array_index (reading->around, OdAround, reading->around->len - 1).filled = TRUE; /* by its shape, it may be */
}

static void
end_aside (OdReading *reading)
{
  markup_end_aside (reading->markup);
  pop (reading);
}

static void
read_note (OdReading *reading)
{
  markup_begin_note (reading->markup);
}

static void
end_note (OdReading *reading)
{
  markup_end_note (reading->markup);
}

static void
read_contents (OdReading *reading)
{
  markup_begin_header_footer (reading->markup);
}

static void
end_contents (OdReading *reading)
{
  markup_end_header_footer (reading->markup);
}

/* Tables */

static void
read_table (OdReading *reading)
{
  markup_begin_table (reading->markup);
  push_style (reading, "table");
}

static void
end_table (OdReading *reading)
{
  markup_end_table (reading->markup);
  pop (reading);
}

static void
read_head_rows (OdReading *reading)
{
  reading->head_rows++;
}

static void
end_head_rows (OdReading *reading)
{
  reading->head_rows = MAX (reading->head_rows - 1, 0);
}

static gboolean
is_collapsed (const PackagePart *part)
{
  const char *visibility = part_attribute (part, "visibility");
  return visibility && strcmp (visibility, "visible");
}

static void
read_row (OdReading *reading)
{
  markup_begin_row (reading->markup);
  push_style (reading, "table-row");
  markup_set_row (reading->markup, reading->head_rows > 0, is_collapsed (reading->part));
}

static void
read_cell (OdReading *reading)
{
  const PackagePart *part = reading->part;
  int rows = part_number (part, "number-rows-spanned", 1), columns = part_number (part, "number-columns-spanned", 1);
  int repeated = MIN (part_number (part, "number-columns-repeated", 1), REPEAT_LIMIT);
  for (int i = 1; i < repeated; i++) { /* cells that are repeated have no text in text documents */
    markup_begin_cell (reading->markup);
    markup_end_cell (reading->markup);
  }
  markup_begin_cell (reading->markup);
  markup_set_cell (reading->markup, rows, columns, MERGE_NONE);
  push_style (reading, "table-cell");
}

static void
end_cell (OdReading *reading)
{
  markup_end_cell (reading->markup);
  pop (reading);
}

/* The columns of a cell that spans several to its right were skipped with it, those below others are still to be. */
static void
read_covered_cell (OdReading *reading)
{
  int repeated = MIN (part_number (reading->part, "number-columns-repeated", 1), REPEAT_LIMIT);
  markup_cover_columns (reading->markup, repeated);
  part_skip (reading->part);
}

/* Tracked changes (5.5): what was deleted is before the text, and a mark where it was. */
static void
read_changes (OdReading *reading)
{
  PackagePart *part = reading->part;
  g_autofree char *id = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean deletion = FALSE;
  while (part_next (part) && !part_ends (part, "tracked-changes"))
    if (part_begins (part, "changed-region")) {
      g_free (id);
      id = g_strdup (part_attribute (part, "id"));
      g_string_truncate (text, 0);
    } else if (part_begins (part, "deletion") || part_ends (part, "deletion"))
      deletion = part_begins (part, "deletion");
    else if (part_begins (part, "change-info"))
      part_skip (part);
    else if (part_ends (part, "p") && deletion && text->len > 0)
      g_string_append_c (text, ' ');
    else if (part_ends (part, "changed-region") && id && text->len > 0)
      g_hash_table_replace (reading->deleted, g_steal_pointer (&id), g_strdup (g_strstrip (text->str)));
    else if (deletion && part_text (part) && text->len < DELETED_LIMIT)
      g_string_append (text, part_text (part));
}

static void
read_change (OdReading *reading)
{
  const char *id = part_attribute (reading->part, "change-id");
  const char *text = id ? g_hash_table_lookup (reading->deleted, id) : NULL;
  if (text && !around_of (reading).muted)
    markup_text (reading->markup, text, TEXT_STRUCK);
}

/* Forms */

static gboolean
attribute_is (const PackagePart *part, const char *name, const char *value)
{
  return !g_strcmp0 (part_attribute (part, name), value);
}

/* What a control shows, a box or button with its label; NULL: nothing. */
static char *
shown_by_control (const PackagePart *part)
{
  const char *mark = part_begins (part, "checkbox") ? attribute_is (part, "current-state", "checked") ? "☑" : "☐"
                     : part_begins (part, "radio")  ? part_flag (part, "current-selected") ? "◉" : "○"
                                                    : NULL;
  if (mark) {
    const char *label = part_attribute (part, "label");
    return g_strdup_printf (label ? "%s %s " : "%s", mark, label);
  }
  const char *value = part_attribute (part, "current-value");
  return g_strdup (value ? value : part_attribute (part, "value"));
}

/* The controls of the document (13), which are before the text. */
static void
read_forms (OdReading *reading)
{
  static const char *const controls[] = {"checkbox", "radio",    "text",          "textarea",
                                         "listbox",  "combobox", "formatted-text"};
  PackagePart *part = reading->part;
  g_autofree char *id = NULL;
  while (part_next (part) && !part_ends (part, "forms")) {
    for (gsize i = 0; i < G_N_ELEMENTS (controls); i++)
      if (part_begins (part, controls[i]) && part_attribute (part, "id")) {
        g_free (id);
        id = g_strdup (part_attribute (part, "id"));
        g_hash_table_replace (reading->controls, g_strdup (id), shown_by_control (part));
      }
    if (part_begins (part, "option") && id && part_flag (part, "current-selected"))
      g_hash_table_replace (reading->controls, g_strdup (id), g_strdup (part_attribute (part, "label")));
  }
}

static void
say_field (OdReading *reading, const char *kind, const char *shown)
{
  if (!shown || !*shown)
    return;
  note_form_field (reading->notes, reading->markup, kind, shown);
  say (reading, shown);
}

static void
read_control (OdReading *reading)
{
  const char *id = part_attribute (reading->part, "control");
  say_field (reading, "A field of a form", id ? g_hash_table_lookup (reading->controls, id) : NULL);
}

/* The fields of a form that LibreOffice takes over from Word. */
static void
read_field_mark (OdReading *reading)
{
  PackagePart *part = reading->part;
  const char *type = part_attribute (part, "type");
  gboolean box = type && g_str_has_suffix (type, "FORMCHECKBOX"), checked = FALSE;
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_free);
  guint64 chosen = 0;
  while (part_next (part) && !part_ends (part, "fieldmark")) {
    const char *value = part_begins (part, "param") ? part_attribute (part, "value") : NULL;
    g_autofree char *own_value = g_strdup (value);
    if (!own_value)
      continue;
    if (attribute_is (part, "name", "Checkbox_Checked"))
      checked = !strcmp (own_value, "true") || !strcmp (own_value, "1");
    else if (attribute_is (part, "name", "Dropdown_Selected"))
      chosen = g_ascii_strtoull (own_value, NULL, 10);
    else if (attribute_is (part, "name", "Dropdown_ListEntry") && entries->len < REPEAT_LIMIT)
      g_ptr_array_add (entries, g_steal_pointer (&own_value));
  }
  if (box)
    say_field (reading, "A check box", checked ? "☑" : "☐");
  else if (chosen < entries->len)
    say_field (reading, "A list", g_ptr_array_index (entries, chosen));
}

static void
read_content_control (OdReading *reading)
{
  const PackagePart *part = reading->part;
  gboolean box = part_flag (part, "checkbox"), prompt = part_flag (part, "showing-place-holder");
  if (box)
    say_field (reading, "A check box", part_flag (part, "checked") ? "☑" : "☐");
  push (reading, TEXT_SEEN, box || prompt);
  if (prompt && !box)
    g_array_index (reading->around, OdAround, reading->around->len - 1).prompt = g_string_new (NULL);
}

static void
read_placeholder (OdReading *reading)
{
  push (reading, TEXT_SEEN, TRUE);
  g_array_index (reading->around, OdAround, reading->around->len - 1).prompt = g_string_new (NULL);
}

static void
end_content_control (OdReading *reading)
{
  OdAround around = around_of (reading);
  if (around.prompt && around.prompt->len > 0)
    note_prompt (reading->notes, reading->markup, around.prompt->str);
  pop (reading);
}

static void
skip (OdReading *reading)
{
  part_skip (reading->part);
}

static void
count_picture (OdReading *reading)
{
  reading->pictures++;
}

static const struct {
  const char *name;
  void (*begin) (OdReading *reading);
  void (*end) (OdReading *reading); /* NULL: nothing is to be done, or `begin` reads it too */
} elements[] = {
    {"p", read_paragraph, end_paragraph},
    {"h", read_heading, end_paragraph},
    {"span", read_span, pop},
    {"s", read_spaces, NULL},
    {"tab", read_tab, NULL},
    {"line-break", read_line_break, NULL},
    {"list", read_list, end_list},
    {"list-item", read_list_item, NULL},
    {"section", read_section, pop},
    {"hidden-text", read_hidden, pop},
    {"table", read_table, end_table},
    {"table-header-rows", read_head_rows, end_head_rows},
    {"table-row", read_row, pop},
    {"table-cell", read_cell, end_cell},
    {"covered-table-cell", read_covered_cell, NULL},
    {"text-box", read_aside, end_aside},
    {"note-body", read_note, end_note},
    {"table-of-content", read_contents, end_contents},
    {"tracked-changes", read_changes, NULL},
    {"change", read_change, NULL},
    {"forms", read_forms, NULL},
    {"control", read_control, NULL},
    {"fieldmark", read_field_mark, NULL},
    {"content-control", read_content_control, end_content_control},
    {"placeholder", read_placeholder, end_content_control},
    {"image", count_picture, NULL},
    {"annotation", skip, NULL},
    {"annotation-end", skip, NULL},
    {"note-citation", skip, NULL},
    {"ruby-text", skip, NULL},
    {"number", skip, NULL},
    {"title", skip, NULL}, /* of a drawing, for those who cannot see it */
    {"desc", skip, NULL},
};

static void
read_element (OdReading *reading)
{
  const char *text = part_text (reading->part);
  if (text && reading->paragraphs > 0)
    say (reading, text);
  for (gsize i = 0; !text && i < G_N_ELEMENTS (elements); i++)
    if (part_begins (reading->part, elements[i].name)) {
      elements[i].begin (reading);
      return;
    } else if (part_ends (reading->part, elements[i].name)) {
      if (elements[i].end)
        elements[i].end (reading);
      return;
    }
}

static gboolean
read_content (OdReading *reading, GError **error)
{
  PackagePart *part = reading->part = part_open (reading->package, "content.xml", error);
  if (!part)
    return FALSE;
  gboolean body = FALSE;
  while (!markup_is_full (reading->markup) && part_next (part))
    if (body)
      read_element (reading);
    else if (!od_styles_read (reading->styles, part))
      body = part_begins (part, "body");
  return part_close (part, error);
}

/* The headers and footers of all page styles are in styles.xml. */
static gboolean
read_headers_footers (OdReading *reading, GError **error)
{
  static const char *const names[] = {"header", "footer", "header-left", "footer-left", "header-first", "footer-first"};
  PackagePart *part =
      package_has (reading->package, "styles.xml") ? part_open (reading->package, "styles.xml", error) : NULL;
  if (!part)
    return !package_has (reading->package, "styles.xml");
  reading->part = part;
  gboolean pages = FALSE, within = FALSE;
  while (part_next (part)) {
    pages = pages || part_begins (part, "master-styles");
    gboolean edge = FALSE;
    for (gsize i = 0; pages && i < G_N_ELEMENTS (names); i++)
      if (part_begins (part, names[i]) || part_ends (part, names[i])) {
        edge = TRUE;
        within = part_begins (part, names[i]);
        (within ? markup_begin_header_footer : markup_end_header_footer) (reading->markup);
      }
    if (within && !edge)
      read_element (reading);
  }
  return part_close (part, error);
}

GPtrArray *
pages_from_od_text (Package *package, const Source *source, const ReadOptions *options, GPtrArray *notes,
                    GError **error)
{
  g_autoptr (OdStyles) styles = od_styles_new ();
  g_autoptr (Markup) markup = markup_new (source->limits.unpacked / 8);
  g_autoptr (GArray) around = g_array_new (FALSE, TRUE, sizeof (OdAround));
  g_array_set_clear_func (around, around_clear);
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) counters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) deleted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) controls = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  OdReading reading = {.package = package,
                       .styles = styles,
                       .symbols = options->knowledge ? options->knowledge->symbols : NULL,
                       .markup = markup,
                       .notes = notes,
                       .around = around,
                       .lists = lists,
                       .counters = counters,
                       .deleted = deleted,
                       .controls = controls};
  if (!od_styles_read_common (styles, package, error) || !read_content (&reading, error) ||
      !read_headers_footers (&reading, error))
    return NULL;
  note_pictures (notes, reading.pictures);
  return pages_from_markup (markup, source, options, notes, error);
}
