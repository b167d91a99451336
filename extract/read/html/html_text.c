/* html_text.c - see html_text.h */
#include "read/html/html_text.h"

#include "text/squeezed.h"

#include <string.h>

/* Collapsed white space before the next character; of several the greatest counts. A segment break is CSS's term for a
 * line end in the source. */
typedef enum { SPACE_NONE, SPACE_SEGMENT_BREAK, SPACE_FULL } CollapsedSpace;

/* Text as it grows. */
typedef struct {
  GString *text;
  CollapsedSpace space;
  gboolean line_due; /* a block began or ended: the next character starts a line */
} CollapsedText;

struct TextRun {
  const Appearance *appearance;
  CollapsedText seen, struck;
  gboolean within_struck;  /* what is put is struck out */
  gboolean struck_on_line; /* words of the line that is put are */
  char *marker;            /* of a list item, before the next character; NULL: none */
  int preformatted;        /* how many <pre> are open */
  int line;                /* of the source, where the text begins; 0: it is empty */
  GHashTable *numbers;     /* list -> how many of its items were seen */
};

TextRun *
text_run_new (const Appearance *appearance)
{
  TextRun *run = g_new0 (TextRun, 1);
  *run = (TextRun){.appearance = appearance, .numbers = g_hash_table_new (NULL, NULL)};
  run->seen.text = g_string_new (NULL);
  run->struck.text = g_string_new (NULL);
  return run;
}

void
text_run_free (TextRun *run)
{
  if (!run)
    return;
  g_string_free (run->seen.text, TRUE);
  g_string_free (run->struck.text, TRUE);
  g_hash_table_unref (run->numbers);
  g_free (run->marker);
  g_free (run);
}

/* Where the next character goes. */
static CollapsedText *
text_put (TextRun *run)
{
  return run->within_struck ? &run->struck : &run->seen;
}

static gunichar
last_character (const CollapsedText *put)
{
  const char *end = put->text->str + put->text->len;
  return put->text->len > 0 ? g_utf8_get_char (g_utf8_prev_char (end)) : '\n';
}

static void
begin_line_of (CollapsedText *put)
{
  if (last_character (put) != '\n')
    put->line_due = TRUE;
  put->space = SPACE_NONE;
}

static void
begin_line (TextRun *run)
{
  begin_line_of (&run->seen);
  begin_line_of (&run->struck);
  run->struck_on_line = FALSE;
}

/* A line of nothing but struck words is no line of the text. */
static void
put_line_end (TextRun *run)
{
  CollapsedText *put = &run->seen;
  if (run->within_struck || (run->struck_on_line && (put->line_due || last_character (put) == '\n'))) {
    begin_line (run);
    return;
  }
  begin_line_of (&run->struck);
  if (put->line_due)
    g_string_append_c (put->text, '\n');
  put->line_due = FALSE;
  put->space = SPACE_NONE;
  run->struck_on_line = FALSE;
  if (put->text->len > 0 && !g_str_has_suffix (put->text->str, "\n\n"))
    g_string_append_c (put->text, '\n');
}

static void
put_space (CollapsedText *put, gunichar next)
{
  gunichar last = last_character (put);
  gboolean joined = put->space == SPACE_SEGMENT_BREAK && g_unichar_iswide (last) && g_unichar_iswide (next);
  if (put->space != SPACE_NONE && last != '\n' && !joined)
    g_string_append_c (put->text, ' ');
  put->space = SPACE_NONE;
}

/* "①" to "⑳", and bullets: the author wrote the marker. */
static gboolean
is_marker (gunichar character)
{
  return (character >= 0x2460 && character <= 0x2473) ||
         g_utf8_strchr ("・･•●■◆▪▶▸○◎◇□※‐-–−*＊☆★✓✔☑☐〇", -1, character) != NULL;
}

/* "1. ", "(1)", "１）": the author wrote the number. */
static gboolean
begins_with_number (const char *text)
{
  const char *at = text;
  if (g_utf8_strchr ("(（", -1, g_utf8_get_char (at)))
    at = g_utf8_next_char (at);
  const char *digits = at;
  while (*at && g_unichar_isdigit (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);
  if (at == digits || !*at || !g_utf8_strchr (".．)）、：", -1, g_utf8_get_char (at)))
    return FALSE;
  return !g_unichar_isdigit (g_utf8_get_char (g_utf8_next_char (at)));
}

/* The item's marker, unless its text begins with one. */
static void
put_marker (TextRun *run, const char *text)
{
  if (!run->marker || run->within_struck)
    return;
  run->seen.space = SPACE_NONE;
  if (!is_marker (g_utf8_get_char (text)) && !begins_with_number (text))
    g_string_append (run->seen.text, run->marker);
  g_clear_pointer (&run->marker, g_free);
}

/* Puts what precedes the first character of TEXT. */
static void
put_before (TextRun *run, const char *text)
{
  CollapsedText *put = text_put (run);
  if (put->line_due)
    g_string_append_c (put->text, '\n');
  put->line_due = FALSE;
  run->struck_on_line |= run->within_struck;
  put_marker (run, text);
  put_space (put, g_utf8_get_char (text));
}

static gboolean
is_collapsible (char byte)
{
  return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' || byte == '\f';
}

/* Puts TEXT, which starts at LINE of the source; the run keeps the line of its first character. */
static void
put_collapsed (TextRun *run, const char *text, int line)
{
  CollapsedText *put = text_put (run);
  while (*text) {
    gsize space = 0, word = 0;
    for (; is_collapsible (text[space]); space++) {
      line += text[space] == '\n';
      put->space = MAX (put->space, text[space] == '\n' || text[space] == '\r' ? SPACE_SEGMENT_BREAK : SPACE_NONE);
    }
    if (space > 0 && put->space == SPACE_NONE)
      put->space = SPACE_FULL;
    text += space;
    while (text[word] && !is_collapsible (text[word]))
      word++;
    if (word == 0)
      return;
    if (run->line == 0)
      run->line = line;
    put_before (run, text);
    g_string_append_len (put->text, text, word);
    text += word;
  }
}

static void
put_preformatted (TextRun *run, const char *text, int line)
{
  if (!*text)
    return;
  if (run->line == 0)
    run->line = line;
  put_before (run, text);
  g_string_append (text_put (run)->text, text);
}

static void
put_text (TextRun *run, const char *text, int line)
{
  if (run->preformatted > 0)
    put_preformatted (run, text, line);
  else
    put_collapsed (run, text, line);
}

/* The number of the item: its own "value", the list's "start", or one more than the item before it. */
static int
item_number (TextRun *run, const GumboNode *item)
{
  const GumboNode *list = item->parent;
  int seen = GPOINTER_TO_INT (g_hash_table_lookup (run->numbers, list));
  int number = seen > 0 ? seen + 1 : node_number (list, "start", 1, 100000);
  number = node_number (item, "value", number, 100000);
  g_hash_table_insert (run->numbers, (gpointer)list, GINT_TO_POINTER (number));
  return number;
}

static gboolean
list_is_bare (const GumboNode *list)
{
  const char *style = node_attribute (list, "style");
  return style && strstr (style, "list-style") && strstr (style, "none");
}

void
text_run_begin_item (TextRun *run, const GumboNode *item)
{
  begin_line (run);
  g_clear_pointer (&run->marker, g_free);
  if (!item->parent || list_is_bare (item->parent))
    return;
  if (node_tag (item->parent) == GUMBO_TAG_OL)
    run->marker = g_strdup_printf ("%d. ", item_number (run, item));
  else
    run->marker = g_strdup ("・");
}

void
text_run_end_item (TextRun *run)
{
  g_clear_pointer (&run->marker, g_free);
}

/* Replaced elements: not containers of text. */
static const char *const box_types[] = {"checkbox", "radio", NULL};
static const char *const silent_types[] = {"hidden",   "submit", "button", "reset", "image",
                                           "password", "file",   "search", NULL};
static const char *const image_roles[] = {"img", NULL};

static char *
image_text (const GumboNode *image, const Appearance *appearance)
{
  return g_strdup (node_attribute (image, "alt"));
}

static char *
input_text (const GumboNode *input, const Appearance *appearance)
{
  if (node_attribute_is (input, "type", box_types))
    return g_strdup (node_attribute (input, "checked") ? "☑" : "☐");
  return node_attribute_is (input, "type", silent_types) ? NULL : g_strdup (node_attribute (input, "value"));
}

/* The options chosen; of a list that takes only one, the last of them, or else the first of all. */
static char *
select_text (const GumboNode *select, const Appearance *appearance)
{
  gboolean several = node_attribute (select, "multiple") != NULL;
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_free);
  for (const GumboNode *node = select; node; node = node_next (node, select, TRUE)) {
    gboolean chosen = node_attribute (node, "selected") != NULL;
    if (node_tag (node) != GUMBO_TAG_OPTION || (!chosen && (several || shown->len > 0)))
      continue;
    if (!several)
      g_ptr_array_set_size (shown, 0);
    g_ptr_array_add (shown, text_of_node (node, appearance, NULL));
  }
  g_ptr_array_add (shown, NULL);
  return g_strjoinv ("、", (char **)shown->pdata);
}

/* A drawing's title. In a button or a link it says only what a click does, and is left out. */
static char *
drawing_text (const GumboNode *drawing, const Appearance *appearance)
{
  GumboTag around = drawing->parent ? node_tag (drawing->parent) : GUMBO_TAG_LAST;
  if (around == GUMBO_TAG_BUTTON || around == GUMBO_TAG_SUMMARY || around == GUMBO_TAG_A)
    return NULL;
  for (const GumboNode *node = drawing; node; node = node_next (node, drawing, TRUE))
    if (node_tag (node) == GUMBO_TAG_TITLE && node_children (node) > 0 && node_is_text (node_child (node, 0)))
      return g_strdup (node_child (node, 0)->v.text.text);
  return g_strdup (node_attribute (drawing, "aria-label"));
}

/* A frame shows another page, which is read where it is reached as a block (html.c). */
static char *
frame_text (const GumboNode *frame, const Appearance *appearance)
{
  return NULL;
}

static const struct {
  GumboTag tag;
  char *(*text) (const GumboNode *node, const Appearance *appearance);
} replacers[] = {
    {GUMBO_TAG_IMG, image_text},   {GUMBO_TAG_INPUT, input_text},  {GUMBO_TAG_SELECT, select_text},
    {GUMBO_TAG_SVG, drawing_text}, {GUMBO_TAG_IFRAME, frame_text},
};

static gboolean
is_empty (const GumboNode *node)
{
  for (const GumboNode *at = node_next (node, node, TRUE); at; at = node_next (at, node, TRUE))
    if (at->type == GUMBO_NODE_TEXT || node_tag (at) == GUMBO_TAG_IMG || node_tag (at) == GUMBO_TAG_SVG)
      return FALSE;
  return TRUE;
}

/* Whether NODE is an image, a form control or the like. *TEXT: what is shown in its place, NULL for nothing; the caller
 * frees. */
static gboolean
node_is_replaced (const GumboNode *node, const Appearance *appearance, char **text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (replacers); i++)
    if (replacers[i].tag == node_tag (node)) {
      *text = replacers[i].text (node, appearance);
      return TRUE;
    }
  if (!node_attribute_is (node, "role", image_roles) || !is_empty (node))
    return FALSE;
  *text = g_strdup (node_attribute (node, "aria-label"));
  return TRUE;
}

/* Struck words that do not follow each other are parted by a space. */
static void
set_within_struck (TextRun *run, const GumboNode *node)
{
  gboolean struck = node_is_struck (node, run->appearance);
  if (struck && !run->within_struck && run->struck.space == SPACE_NONE && !run->struck.line_due)
    run->struck.space = SPACE_FULL;
  run->within_struck = struck;
}

/* Whether the element is replaced by other text, which is put. */
static gboolean
put_replaced (TextRun *run, const GumboNode *node)
{
  g_autofree char *text = NULL;
  gboolean replaced = node_is_replaced (node, run->appearance, &text);
  if (text) {
    set_within_struck (run, node);
    put_collapsed (run, text, node_place (node).line);
  }
  return replaced;
}

/* A cell of a table in a cell: each row is a line, and a space separates its cells. */
static void
begin_cell (TextRun *run, const GumboNode *cell)
{
  CollapsedText *texts[] = {&run->seen, &run->struck};
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (cell->index_within_parent > 0 && !texts[i]->line_due)
      texts[i]->space = SPACE_FULL;
}

static gboolean
is_cell (const GumboNode *node)
{
  return node_tag (node) == GUMBO_TAG_TD || node_tag (node) == GUMBO_TAG_TH;
}

/* TEXT in the signs of the symbol font that it is set in. The caller frees. */
static char *
in_signs (const SymbolFont *symbols, const char *text)
{
  GString *signs = g_string_new (NULL);
  for (; *text; text = g_utf8_next_char (text)) {
    gunichar character = g_utf8_get_char (text), sign = symbol_from_code (symbols, character);
    g_string_append_unichar (signs, sign ? sign : character);
  }
  return g_string_free (signs, FALSE);
}

static void
put_text_of (TextRun *run, const GumboNode *node)
{
  const SymbolFont *symbols = node_symbol_font (node, run->appearance);
  g_autofree char *signs = symbols ? in_signs (symbols, node->v.text.text) : NULL;
  set_within_struck (run, node);
  put_text (run, signs ? signs : node->v.text.text, node->v.text.start_pos.line);
}

/* But where the page writes the box itself. */
static void
put_control_mark (TextRun *run, const GumboNode *node)
{
  const char *mark = node_control_mark (node);
  if (!mark)
    return;
  gunichar first = 0;
  for (const GumboNode *at = node; at && !first; at = node_next (at, node, TRUE))
    first = at->type == GUMBO_NODE_TEXT ? g_utf8_get_char (at->v.text.text) : 0;
  if (!first || !g_utf8_strchr ("☐☑☒□■✓✔○●◉◯", -1, first))
    put_collapsed (run, mark, node_place (node).line);
}

/* Whether NODE is the sign beside a heading that links to the heading itself, as Sphinx (¶), MkDocs (#) and wikis make it: a
 * tool, and no part of what the heading says. */
static gboolean
is_permalink (const GumboNode *node)
{
  static const char *const signs[] = {"¶", "#", "§", "🔗", "\u200b"};
  const char *address = node_tag (node) == GUMBO_TAG_A ? node_attribute (node, "href") : NULL;
  const GumboNode *sign = address && *address == '#' && node_children (node) == 1 ? node_child (node, 0) : NULL;
  for (gsize i = 0; sign && node_is_text (sign) && i < G_N_ELEMENTS (signs); i++)
    if (g_str_equal (sign->v.text.text, signs[i]))
      return TRUE;
  return FALSE;
}

/* FALSE: what is below NODE is not shown. */
static gboolean
enter (TextRun *run, const GumboNode *node)
{
  const char *shown = node_is_element (node) ? node_shown_text (node, run->appearance) : NULL;
  if (shown) {
    set_within_struck (run, node);
    put_collapsed (run, shown, node_place (node).line);
    return FALSE;
  }
  if (node_is_hidden (node, run->appearance) || is_permalink (node))
    return FALSE;
  if (node_is_text (node)) {
    put_text_of (run, node);
    return FALSE;
  }
  if (put_replaced (run, node))
    return FALSE;
  put_control_mark (run, node);
  if (node_is_chosen (node, run->appearance))
    put_collapsed (run, "○", node_place (node).line);
  GumboTag tag = node_tag (node);
  if (tag == GUMBO_TAG_BR) {
    set_within_struck (run, node);
    put_line_end (run);
  } else if (tag == GUMBO_TAG_LI)
    text_run_begin_item (run, node);
  else if (is_cell (node))
    begin_cell (run, node);
  else if (node_is_block (node))
    begin_line (run);
  run->preformatted += tag == GUMBO_TAG_PRE;
  return TRUE;
}

static void
leave (TextRun *run, const GumboNode *node)
{
  GumboTag tag = node_tag (node);
  run->preformatted -= tag == GUMBO_TAG_PRE;
  if (tag == GUMBO_TAG_LI)
    text_run_end_item (run);
  if (!is_cell (node) && node_is_block (node))
    begin_line (run);
}

void
text_run_add (TextRun *run, const GumboNode *root)
{
  const GumboNode *node = root;
  for (;;) {
    gboolean entered = enter (run, node);
    if (entered && node_children (node) > 0) {
      node = node_child (node, 0);
      continue;
    }
    if (entered)
      leave (run, node);
    while (node != root && !node_after (node)) {
      node = node->parent;
      leave (run, node);
    }
    if (node == root)
      return;
    node = node_after (node);
  }
}

Place
text_run_place (const TextRun *run)
{
  return (Place){.line = run->line};
}

static char *
text_taken (CollapsedText *put)
{
  char *text = text_trimmed (put->text->str, put->text->str + put->text->len);
  g_string_truncate (put->text, 0);
  put->space = SPACE_NONE;
  put->line_due = FALSE;
  return text;
}

char *
text_run_take (TextRun *run, char **struck)
{
  g_autofree char *words = text_taken (&run->struck);
  if (struck)
    *struck = *words ? g_steal_pointer (&words) : NULL;
  run->line = 0;
  run->struck_on_line = FALSE;
  return text_taken (&run->seen);
}

char *
text_of_node (const GumboNode *node, const Appearance *appearance, char **struck)
{
  g_autoptr (TextRun) run = text_run_new (appearance);
  text_run_add (run, node);
  return text_run_take (run, struck);
}
