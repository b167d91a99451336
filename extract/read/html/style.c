/* style.c - see style.h
 *
 * Rules that set none of the properties of style_value.h are forgotten at once: of most sheets little is left. The others
 * are found by what their selectors ask of the element itself, as browsers do it.
 */
#include "read/html/style.h"

#include "read/html/css_text.h"
#include "read/html/media_query.h"

#include <string.h>

#define TEXT_LIMIT (2 * 1024 * 1024) /* bytes, of all sheets */
#define NESTED_LIMIT 6               /* of rules within rules */
#define DEPTH_LIMIT 32               /* of blocks within blocks */
#define VALUE_LIMIT 4096             /* bytes of a value with its variables */
#define LAYERS_LIMIT 254             /* cascade layers; those after them are one */
#define SPECIFICITY_LIMIT ((1 << 20) - 1)

/* What browsers' own sheets have, and the classes that the sheets of other files usually define. */
static const char browser_sheet[] =
    "del, s, strike { text-decoration: line-through }"
    "[hidden], [popover], dialog:not([open]) { display: none }"
    ".sr-only, .sr_only, .visually-hidden, .visuallyhidden, .screen-reader-text, .screen-reader-only, .screen-reader,"
    ".u-visually-hidden, .is-visually-hidden, .a11y-hidden, .assistive-text, .element-invisible"
    " { position: absolute; clip: rect(0, 0, 0, 0); width: 1px; height: 1px; overflow: hidden }";

/* What is in the block of a rule, and how it counts. Of two that count the same, the later one wins. */
typedef struct {
  guint first, count; /* of StyleSheets.declarations */
  guint layer;        /* 1 for the first; LAYERS_LIMIT + 1: in none, which wins */
  gboolean browser;   /* of the browsers' own sheet */
} StyleRule;

typedef struct {
  Selector selector;
  guint rule; /* of StyleSheets.rules */
} StyleSelector;

typedef struct {
  StyleProperty property;
  guint32 value;
  gboolean important;
} StyleDeclaration;

struct StyleSheets {
  GArray *rules, *declarations;
  Selectors *selectors;
  GHashTable *by_key;    /* selector_key -> GArray of StyleSelector */
  GPtrArray *sheets;     /* char *: their texts, while they are read */
  gsize text;            /* bytes, so far */
  GHashTable *variables; /* "--name" -> its value; NULL where it has several */
  GHashTable *labelled;  /* char *: the ids of form controls that have a label elsewhere; borrowed from the page */
  GPtrArray *texts;      /* char *: of content and font-family, as written */
  GPtrArray *layers;     /* char *: their names, in order (CSS Cascade 5) */
  guint layer;           /* of the rules that are read; 0: none */
  gboolean collecting;   /* variables, and no rules */
  gboolean generated;    /* there is a rule with `content` */
  gboolean counting;     /* there is one that counts */
  gboolean asks_for_variables; /* the content of one is that of a variable */
  gboolean browser;            /* the sheet that is read is the browsers' own */
  gboolean too_long, missing;
};

void
style_sheets_free (StyleSheets *sheets)
{
  if (!sheets)
    return;
  g_array_unref (sheets->rules);
  g_array_unref (sheets->declarations);
  selectors_free (sheets->selectors);
  g_hash_table_unref (sheets->by_key);
  g_hash_table_unref (sheets->variables);
  g_hash_table_unref (sheets->labelled);
  g_ptr_array_unref (sheets->texts);
  g_ptr_array_unref (sheets->layers);
  g_free (sheets);
}

gboolean
style_sheets_are_missing (const StyleSheets *sheets)
{
  return sheets->missing;
}

const char *
style_text (const StyleSheets *sheets, guint32 value)
{
  return value > 0 && value <= sheets->texts->len ? sheets->texts->pdata[value - 1] : NULL;
}

gboolean
style_sheets_gave_up (const StyleSheets *sheets)
{
  return sheets->too_long || selectors_gave_up (sheets->selectors);
}

/* Takes "!important" off VALUE. */
static gboolean
take_important (char *value)
{
  char *mark = strrchr (value, '!');
  if (!mark || strcmp (mark + 1 + strspn (mark + 1, " "), "important"))
    return FALSE;
  *mark = '\0';
  g_strchomp (value);
  return TRUE;
}

/* VALUE with the page's variables put in; a fallback takes the place of one that is not known. NULL: it cannot be told. The
 * caller frees. */
static char *
with_variables (const StyleSheets *sheets, const char *value)
{
  GString *put = g_string_new (NULL);
  for (const char *at = value; *at;) {
    if (!g_str_has_prefix (at, "var(")) {
      g_string_append_c (put, *at++);
      continue;
    }
    const char *end = at + strlen (at), *close = css_find (at + 4, end, ")"), *comma = css_find (at + 4, close, ",");
    g_autofree char *name = css_plain_value (at + 4, comma),
                    *fallback = comma < close ? css_plain_value (comma + 1, close) : NULL;
    const char *known = g_hash_table_lookup (sheets->variables, name);
    const char *text = known ? known : fallback;
    if (!text || strstr (text, "var(") || put->len > VALUE_LIMIT) {
      g_string_free (put, TRUE);
      return NULL;
    }
    g_string_append (put, text);
    at = close < end ? close + 1 : end;
  }
  return g_string_free (put, FALSE);
}

/* Around what `content` asks for, in its text: a letter of `content_functions`, and what is in the brackets. */
#define ASKED_MARK '\x1f'

static const struct {
  const char *name;
  char letter;
} content_functions[] = {{"attr(", 'a'}, {"var(", 'v'}, {"counter(", 'c'}, {"counters(", 's'}};

/* What `content` puts: its strings one after the other, with what it asks for; nothing of pictures. The caller frees. */
static char *
content_text (const char *text, const char *end)
{
  GString *all = g_string_new (NULL);
  while (text < end && *text != '/' && *text != '!') {
    const char *stop = text + 1;
    if (*text == '"' || *text == '\'') {
      for (stop = text + 1; stop < end && *stop != *text; stop++)
        stop += *stop == '\\' && stop + 1 < end;
      g_autofree char *string = css_written_text (text, stop);
      g_string_append (all, string);
      stop += stop < end;
    } else if (!g_ascii_isspace (*text)) {
      stop = MIN (css_find (text, end, " \t\r\n"), end);
      for (gsize i = 0; i < G_N_ELEMENTS (content_functions); i++) {
        gsize name = strlen (content_functions[i].name);
        if (!g_ascii_strncasecmp (text, content_functions[i].name, name) && text + name < stop)
          g_string_append_printf (all, "%c%c%.*s%c", ASKED_MARK, content_functions[i].letter,
                                  (int)(stop - text - name - 1), text + name, ASKED_MARK);
      }
    }
    text = stop;
  }
  return g_string_free (all, FALSE);
}

/* Keeps TEXT; returns its number, from 1. */
static guint32
keep_text (StyleSheets *sheets, char *text)
{
  g_ptr_array_add (sheets->texts, text);
  return sheets->texts->len;
}

/* Adds those of the declarations "name: value; …" that count to LIST (StyleDeclaration). */
static void
add_declarations (StyleSheets *sheets, GArray *list, const char *text, const char *end)
{
  while (text < end) {
    const char *stop = css_find (text, end, ";"), *colon = css_find (text, stop, ":");
    g_autofree char *name = css_plain_value (text, colon),
                    *value = colon < stop ? css_plain_value (colon + 1, stop) : NULL;
    StyleDeclaration declaration = {.property = STYLE_PROPERTIES};
    if (value) {
      declaration.important = take_important (value);
      g_autofree char *put = strstr (value, "var(") ? with_variables (sheets, value) : NULL;
      if (!put && strstr (value, "var(") && (g_str_has_suffix (name, "color") || g_str_has_prefix (name, "background")))
        put = g_strdup ("url()");                /* a colour that is not known */
      gboolean kept = !strcmp (name, "content"); /* its variables are put in for each element */
      declaration.property = style_value_from_text (name, kept ? "" : put ? put : value, &declaration.value);
    }
    if (declaration.property == STYLE_CONTENT)
      declaration.value = keep_text (sheets, content_text (colon + 1, stop));
    else if (declaration.property == STYLE_COUNTER_RESET || declaration.property == STYLE_COUNTER_INCREMENT)
      declaration.value = keep_text (sheets, g_strdup (value));
    else if (declaration.property == STYLE_FONT_FAMILY)
      declaration.value = keep_text (sheets, css_written_text (colon + 1, stop));
    else if (sheets->asks_for_variables && g_str_has_prefix (name, "--")) {
      declaration.property = STYLE_VARIABLE;
      declaration.value =
          keep_text (sheets, g_strdup_printf ("%s%c%.*s", name, ASKED_MARK, (int)(stop - colon - 1), colon + 1));
    }
    sheets->generated |= declaration.property == STYLE_CONTENT;
    sheets->counting |= declaration.property == STYLE_COUNTER_INCREMENT;
    if (declaration.property != STYLE_PROPERTIES)
      g_array_append_val (list, declaration);
    text = stop + 1;
  }
}

/* What the variables of a rule are: those of the page's root count, else the only value there is. */
static void
collect_variables (StyleSheets *sheets, const char *selectors, const char *text, const char *end)
{
  gboolean root =
      strstr (selectors, ":root") || g_str_has_prefix (selectors, "html") || g_str_has_prefix (selectors, "body");
  while (text < end) {
    const char *stop = css_find (text, end, ";"), *colon = css_find (text, stop, ":");
    char *name = css_plain_value (text, colon), *value = colon < stop ? css_plain_value (colon + 1, stop) : NULL;
    const char *known = value ? g_hash_table_lookup (sheets->variables, name) : NULL;
    if (!value || !g_str_has_prefix (name, "--")) {
      g_free (name);
      g_free (value);
    } else if (root || !g_hash_table_contains (sheets->variables, name) || !g_strcmp0 (known, value)) {
      g_hash_table_insert (sheets->variables, name, value);
    } else {
      g_hash_table_insert (sheets->variables, name, NULL);
      g_free (value);
    }
    text = stop + 1;
  }
}

static void
add_selector (StyleSheets *sheets, const StyleSelector *selector)
{
  g_autofree char *key = selector_key (sheets->selectors, &selector->selector);
  GArray *of_key = g_hash_table_lookup (sheets->by_key, key);
  if (!of_key)
    g_hash_table_insert (sheets->by_key, g_steal_pointer (&key),
                         of_key = g_array_new (FALSE, FALSE, sizeof (StyleSelector)));
  g_array_append_val (of_key, *selector);
}

/* The rule with DECLARATIONS in SELECTORS. */
static void
add_rule (StyleSheets *sheets, const char *selectors, const char *declarations, const char *end)
{
  if (sheets->collecting) {
    collect_variables (sheets, selectors, declarations, end);
    return;
  }
  StyleRule rule = {.first = sheets->declarations->len, .browser = sheets->browser};
  add_declarations (sheets, sheets->declarations, declarations, end);
  rule.count = sheets->declarations->len - rule.first;
  rule.layer = sheets->layer > 0 ? sheets->layer : LAYERS_LIMIT + 1;
  if (rule.count == 0)
    return;
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (Selector));
  sheets->too_long |= !selectors_add (sheets->selectors, selectors, list);
  for (guint i = 0; i < list->len; i++) {
    StyleSelector selector = {g_array_index (list, Selector, i), sheets->rules->len};
    add_selector (sheets, &selector);
  }
  g_array_append_val (sheets->rules, rule);
}

static gboolean at_rule_holds (const char *prelude, const char *end);

/* The rule with SELECTORS and what is between TEXT and END in its block: declarations, and rules within it. */
static void
take_block (StyleSheets *sheets, const char *selectors, const char *text, const char *end, int depth)
{
  if (!memchr (text, '{', end - text)) {
    add_rule (sheets, selectors, text, end);
    return;
  }
  g_autoptr (GString) own = g_string_new (NULL);
  g_autoptr (GPtrArray) within = g_ptr_array_new ();
  while (text < end) {
    const char *stop = css_find (text, end, ";{");
    if (stop == end || *stop == ';') {
      g_string_append_len (own, text, stop - text);
      g_string_append_c (own, ';');
      text = stop + 1;
      continue;
    }
    g_ptr_array_add (within, (gpointer)css_skip_space (text, stop));
    text = css_find (stop + 1, end, "}") + 1;
  }
  add_rule (sheets, selectors, own->str, own->str + own->len);
  for (guint i = 0; i < within->len && depth < NESTED_LIMIT; i++) {
    const char *start = within->pdata[i], *block = css_find (start, end, "{"), *close = css_find (block + 1, end, "}");
    g_autofree char *prelude = g_strndup (start, block - start);
    g_autofree char *inner = *start == '@' ? g_strdup (selectors) : selectors_nested (selectors, prelude);
    if (*start != '@' || at_rule_holds (start, block))
      take_block (sheets, inner, block + 1, close, depth + 1);
  }
}

static void
take_rule (StyleSheets *sheets, const char *selectors, const char *block, const char *end)
{
  g_autofree char *text = g_strndup (selectors, block - selectors);
  take_block (sheets, text, block + 1, end, 0);
}

/* Whether the rules in the block of an at-rule count; PRELUDE is the text before the block. */
static gboolean
at_rule_holds (const char *prelude, const char *end)
{
  const char *at = prelude + 1;
  g_autofree char *name = css_take_name (&at, end);
  if (!name || !g_ascii_strcasecmp (name, "layer"))
    return name != NULL;
  if (!g_ascii_strcasecmp (name, "media"))
    return media_queries_hold (at, end);
  g_autofree char *condition = css_plain_value (at, end);
  return !g_ascii_strcasecmp (name, "supports") && !g_str_has_prefix (condition, "not");
}

/* The number of the layer NAME, from 1: that of its first mention. One without a name is a new one. */
static guint
layer_number (StyleSheets *sheets, const char *name)
{
  for (guint i = 0; *name && i < sheets->layers->len; i++)
    if (!strcmp (sheets->layers->pdata[i], name))
      return i + 1;
  if (sheets->layers->len < LAYERS_LIMIT)
    g_ptr_array_add (sheets->layers, g_strdup (name));
  return sheets->layers->len;
}

/* "@layer base, over;" and "@layer over {": a layer within another is taken as that. */
static void
take_layers (StyleSheets *sheets, const char *prelude, const char *end, gboolean block)
{
  if (end - prelude < 6 || g_ascii_strncasecmp (prelude, "@layer", 6) || sheets->layer > 0)
    return;
  const char *at = prelude + strlen ("@layer");
  do {
    const char *comma = css_find (at, end, ",");
    g_autofree char *name = g_strstrip (g_strndup (at, comma - at));
    guint number = block || *name ? layer_number (sheets, name) : 0;
    sheets->layer = block ? number : 0;
    at = comma + 1;
  } while (at < end && !block);
}

static void
take_sheet (StyleSheets *sheets, const char *text)
{
  const char *end = text + strlen (text);
  int depth = 0;
  guint around[DEPTH_LIMIT]; /* layers */
  while ((text = css_skip_space (text, end)) < end) {
    if (*text == '}' || *text == ';') { /* the end of a block whose rules count, or a stray mark */
      if (*text++ == '}' && depth > 0)
        sheets->layer = around[--depth];
      continue;
    }
    const char *block = css_find (text, end, *text == '@' ? "{;}" : "{}");
    if (block < end && *block == '{' && *text == '@' && depth < DEPTH_LIMIT && at_rule_holds (text, block)) {
      around[depth++] = sheets->layer;
      take_layers (sheets, text, block, TRUE);
      text = block + 1;
      continue;
    }
    if (block == end || *block != '{') { /* "@import …;", or what has no block */
      take_layers (sheets, text, block, FALSE);
      text = block;
      continue;
    }
    const char *close = css_find (block + 1, end, "}");
    if (*text != '@')
      take_rule (sheets, text, block, close);
    text = close < end ? close + 1 : end;
  }
  sheets->layer = 0;
}

static gboolean
element_media_hold (const GumboNode *style)
{
  const char *media = node_attribute (style, "media");
  g_autofree char *query = g_strdup (media ? media : "");
  return media_queries_hold (query, query + strlen (query));
}

static void
take_sheet_within_limit (StyleSheets *sheets, const char *written)
{
  sheets->text += strlen (written);
  sheets->too_long |= sheets->text > TEXT_LIMIT;
  if (sheets->text > TEXT_LIMIT)
    return;
  g_ptr_array_add (sheets->sheets, css_without_comments (written));
}

/* The text of a <style> element whose media hold. */
static void
take_style_element (StyleSheets *sheets, const GumboNode *style)
{
  if (!element_media_hold (style))
    return;
  for (int i = 0; i < node_children (style); i++) {
    const GumboNode *child = node_child (style, i);
    if (node_is_text (child))
      take_sheet_within_limit (sheets, child->v.text.text);
  }
}

static void
take_link_element (StyleSheets *sheets, const GumboNode *link, const LinkedStyles *linked)
{
  static const char *const kinds[] = {"stylesheet", NULL};
  const char *href = node_attribute (link, "href");
  if (!href || !node_attribute_is (link, "rel", kinds) || !element_media_hold (link))
    return;
  g_autofree char *text = linked ? linked->text (href, linked->data) : NULL;
  if (text)
    take_sheet_within_limit (sheets, text);
  else
    sheets->missing = TRUE;
}

/* Whether a rule of the sheet TEXT puts the value of a variable. */
static gboolean
content_is_variable (const char *text)
{
  for (const char *at = strstr (text, "content"); at; at = strstr (at, "content")) {
    at += strlen ("content");
    const char *value = at + strspn (at, " \t\r\n:"), *end = value + strcspn (value, ";}");
    if (g_strstr_len (value, end - value, "var("))
      return TRUE;
  }
  return FALSE;
}

/* Whether a click changes the form control NODE: it is shown, or there is a label for it. */
static gboolean
is_clickable (const GumboNode *node, gpointer data)
{
  StyleSheets *sheets = data;
  const char *id = node_attribute (node, "id");
  if (id && g_hash_table_contains (sheets->labelled, id))
    return TRUE;
  for (const GumboNode *around = node->parent; around; around = around->parent)
    if (node_tag (around) == GUMBO_TAG_LABEL)
      return TRUE;
  return style_of_node (sheets, node, SELECTORS_AS_IS).values[STYLE_DISPLAY] != DISPLAY_NONE;
}

StyleSheets *
style_sheets_from_tree (const GumboNode *root, const LinkedStyles *linked)
{
  StyleSheets *sheets = g_new0 (StyleSheets, 1);
  sheets->rules = g_array_new (FALSE, FALSE, sizeof (StyleRule));
  sheets->declarations = g_array_new (FALSE, FALSE, sizeof (StyleDeclaration));
  sheets->selectors = selectors_new (is_clickable, sheets);
  sheets->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
  sheets->variables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  sheets->labelled = g_hash_table_new (g_str_hash, g_str_equal);
  sheets->texts = g_ptr_array_new_with_free_func (g_free);
  sheets->layers = g_ptr_array_new_with_free_func (g_free);
  sheets->sheets = g_ptr_array_new_with_free_func (g_free);
  sheets->browser = TRUE;
  take_sheet (sheets, browser_sheet);
  sheets->browser = FALSE;
  for (const GumboNode *node = root; node;) {
    GumboTag tag = node_tag (node);
    gboolean other = tag == GUMBO_TAG_NOSCRIPT || tag == GUMBO_TAG_TEMPLATE;
    if (tag == GUMBO_TAG_STYLE)
      take_style_element (sheets, node);
    else if (tag == GUMBO_TAG_LINK)
      take_link_element (sheets, node, linked);
    else if (tag == GUMBO_TAG_LABEL && node_attribute (node, "for"))
      g_hash_table_add (sheets->labelled, (gpointer)node_attribute (node, "for"));
    node = node_next (node, root, !other);
  }
  sheets->collecting = TRUE;
  for (guint i = 0; i < sheets->sheets->len; i++)
    sheets->asks_for_variables |= content_is_variable (sheets->sheets->pdata[i]);
  for (guint i = 0; i < sheets->sheets->len; i++)
    if (strstr (sheets->sheets->pdata[i], "--"))
      take_sheet (sheets, sheets->sheets->pdata[i]);
  sheets->collecting = FALSE;
  for (guint i = 0; i < sheets->sheets->len; i++)
    take_sheet (sheets, sheets->sheets->pdata[i]);
  g_clear_pointer (&sheets->sheets, g_ptr_array_unref);
  return sheets;
}

/* What won a property so far: the greatest number wins. */
typedef struct {
  Style style;
  const StyleSheets *sheets;
  const char *variable; /* the name of the one that STYLE_VARIABLE is; NULL: of none */
  guint64 ranks[STYLE_PROPERTIES];
} Cascade;

/* In ranks: the order from bit 0, the specificity from 32, the layer from 52, the origin from 60, importance 62. */
#define LAYER_SHIFT 52

static gboolean
is_variable (const Cascade *cascade, const StyleDeclaration *declaration)
{
  const char *text = style_text (cascade->sheets, declaration->value);
  gsize length = cascade->variable ? strlen (cascade->variable) : 0;
  return length > 0 && !strncmp (text, cascade->variable, length) && text[length] == ASKED_MARK;
}

/* Later declarations of the same rank win; of important ones, those of the first layer. */
static void
cascade_declaration (Cascade *cascade, const StyleDeclaration *declaration, guint64 rank)
{
  if (declaration->property == STYLE_VARIABLE && !is_variable (cascade, declaration))
    return;
  if (declaration->important)
    rank = (rank | (guint64)1 << 62) ^ (guint64)255 << LAYER_SHIFT;
  if (cascade->style.said[declaration->property] && rank < cascade->ranks[declaration->property])
    return;
  cascade->ranks[declaration->property] = rank;
  cascade->style.values[declaration->property] = declaration->value;
  cascade->style.said[declaration->property] = TRUE;
}

/* The rules under KEY, one of NODE's. */
static void
cascade_key (Cascade *cascade, const char *key, const GumboNode *node, SelectorMode mode, PseudoElement pseudo)
{
  const StyleSheets *sheets = cascade->sheets;
  const GArray *of_key = g_hash_table_lookup (sheets->by_key, key);
  for (guint i = 0; of_key && i < of_key->len && !selectors_gave_up (sheets->selectors); i++) {
    const StyleSelector *selector = &g_array_index (of_key, StyleSelector, i);
    if (selector->selector.pseudo != pseudo || !selector_matches (sheets->selectors, &selector->selector, node, mode))
      continue;
    const StyleRule *rule = &g_array_index (sheets->rules, StyleRule, selector->rule);
    guint64 rank = (guint64)!rule->browser << 61 | (guint64)rule->layer << LAYER_SHIFT |
                   (guint64)MIN (selector->selector.specificity, SPECIFICITY_LIMIT) << 32 | selector->rule;
    for (guint j = 0; j < rule->count; j++)
      cascade_declaration (cascade, &g_array_index (sheets->declarations, StyleDeclaration, rule->first + j), rank);
  }
}

static void
cascade_attribute (StyleSheets *sheets, Cascade *cascade, const char *text)
{
  g_autoptr (GArray) declarations = g_array_new (FALSE, FALSE, sizeof (StyleDeclaration));
  add_declarations (sheets, declarations, text, text + strlen (text));
  for (guint i = 0; i < declarations->len; i++)
    cascade_declaration (cascade, &g_array_index (declarations, StyleDeclaration, i), (guint64)3 << 60);
}

/* VARIABLE: the name of the one that is asked for, or NULL. */
static Style
cascade_node (StyleSheets *sheets, const GumboNode *node, SelectorMode mode, PseudoElement pseudo, const char *variable)
{
  Cascade cascade = {.sheets = sheets, .variable = variable};
  const char *style = node_attribute (node, "style");
  g_auto (GStrv) keys = selector_keys_of_node (node);
  for (char **key = keys; *key; key++)
    cascade_key (&cascade, *key, node, mode, pseudo);
  if (style && pseudo == PSEUDO_NONE)
    cascade_attribute (sheets, &cascade, style);
  return cascade.style;
}

Style
style_of_node (StyleSheets *sheets, const GumboNode *node, SelectorMode mode)
{
  return cascade_node (sheets, node, mode, PSEUDO_NONE, NULL);
}

/* The value of the variable NAME for what is put into NODE, whose own styles are OWN: that of the nearest element that sets it.
 * The caller frees; NULL: none does. */
static char *
value_of_variable (StyleSheets *sheets, const GumboNode *node, PseudoElement pseudo, const char *name)
{
  for (const GumboNode *at = node; at && node_is_element (at); at = pseudo ? at : at->parent, pseudo = PSEUDO_NONE) {
    Style style = cascade_node (sheets, at, SELECTORS_AS_IS, pseudo, name);
    const char *text = style_text (sheets, style.values[STYLE_VARIABLE]);
    const char *value = text ? strchr (text, ASKED_MARK) + 1 : NULL;
    if (value)
      return content_text (value, value + strlen (value));
  }
  return NULL;
}

/* What ASKED, a letter of `content_functions` and what is in its brackets, is for NODE. The caller frees; NULL: nothing. */
static char *
asked_text (StyleSheets *sheets, const GumboNode *node, PseudoElement pseudo, const char *asked, Counters *counters)
{
  const char *end = asked + strlen (asked), *comma = css_find (asked + 1, end, ",");
  g_autofree char *name = css_plain_value (asked + 1, comma);
  char *text = NULL;
  if (*asked == 'a')
    return g_strdup (node_attribute (node, name));
  if (*asked == 'v') {
    text = value_of_variable (sheets, node, pseudo, name);
    return text || comma == end ? text : content_text (comma + 1, end);
  }
  const char *next = *asked == 's' && comma < end ? css_find (comma + 1, end, ",") : comma;
  g_autofree char *between = *asked == 's' && comma < end ? css_written_text (comma + 1, next) : NULL,
                  *style = next < end ? css_plain_value (next + 1, end) : NULL;
  return counters_text (counters, node, name, between, style);
}

/* TEXT with what it asks for put in. The caller frees. */
static char *
with_asked (StyleSheets *sheets, const GumboNode *node, PseudoElement pseudo, const char *text, Counters *counters)
{
  const char mark[] = {ASKED_MARK, '\0'};
  g_auto (GStrv) parts = g_strsplit (text, mark, -1);
  g_autoptr (GString) all = g_string_new (NULL);
  for (guint i = 0; parts[i]; i++) {
    g_autofree char *asked = i % 2 == 1 ? asked_text (sheets, node, pseudo, parts[i], counters) : g_strdup (parts[i]);
    g_string_append (all, asked ? asked : "");
  }
  return g_strdup (all->str);
}

void
style_count (StyleSheets *sheets, const GumboNode *node, const Style *style, Counters *counters)
{
  if (sheets->counting)
    counters_count (counters, node, style_text (sheets, style->values[STYLE_COUNTER_RESET]),
                    style_text (sheets, style->values[STYLE_COUNTER_INCREMENT]));
}

gboolean
style_sheets_count (const StyleSheets *sheets)
{
  return sheets->counting;
}

gboolean
style_generates (const StyleSheets *sheets)
{
  return sheets->generated;
}

Style
style_of_generated (StyleSheets *sheets, const GumboNode *node, PseudoElement pseudo)
{
  return cascade_node (sheets, node, SELECTORS_AS_IS, pseudo, NULL);
}

char *
style_generated_text (StyleSheets *sheets, const GumboNode *node, PseudoElement pseudo, const char **family,
                      Counters *counters)
{
  if (!sheets->generated)
    return NULL;
  Style style = style_of_generated (sheets, node, pseudo);
  const char *text = style_text (sheets, style.values[STYLE_CONTENT]);
  *family = style_text (sheets, style.values[STYLE_FONT_FAMILY]);
  if (!text || style.values[STYLE_DISPLAY] == DISPLAY_NONE)
    return NULL;
  return with_asked (sheets, node, pseudo, text, counters);
}
