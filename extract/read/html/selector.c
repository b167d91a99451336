/* selector.c - see selector.h */
#include "read/html/selector.h"

#include "read/html/css_text.h"
#include "read/html/html_node.h"

#include <stdlib.h>
#include <string.h>

#define SELECTORS_LIMIT 50000
#define STEPS_LIMIT (10 * 1000 * 1000) /* of matching; some .2 s. A page of 5000 elements takes .3 million */
#define CLASS_LIMIT 4096               /* bytes; an element with more has no class */
#define COMPOUNDS_LIMIT 16             /* in a selector */
#define SIMPLE_LIMIT 16                /* in a compound */
#define NESTED_LENGTH 500              /* bytes of a selector of a rule within a rule */
#define TEXT_LIMIT 4096                /* bytes of selectors within selectors */
#define ALTERNATIVES_LIMIT 64          /* that one selector may become */

/* Parts of the classes that a page's script sets when something is opened, or scrolled to. */
static const char *const state_parts[] = {"open",   "active",  "show",   "visible", "expand", "select", "current",
                                          "inview", "view-in", "animat", "reveal",  "scroll", "loaded", "appear"};
static const char *const state_words[] = {"on", "in", "is-on"};

typedef enum {
  SIMPLE_TAG,
  SIMPLE_ID,
  SIMPLE_CLASS,
  SIMPLE_ATTRIBUTE,
  SIMPLE_OPENED, /* :checked, :target: holds once something is clicked */
  SIMPLE_CHECKED,
  SIMPLE_ROOT,
  SIMPLE_SCOPE, /* the element that :has() is asked of */
  SIMPLE_HAS,   /* some element below or after it matches the selector `within` */
  SIMPLE_NTH,   /* its index among its siblings is `step` times something from 0 on, plus `offset` */
  SIMPLE_NEVER, /* :focus, :hover: while somebody is at it */
} SimpleKind;

typedef struct {
  SimpleKind kind;
  gboolean negated;
  char sign; /* of an attribute: '=' or the sign before it, ~ | ^ $ *; 0: that it is there */
  char *name, *value;
  int step, offset;
  gboolean from_end;
  gboolean of_type; /* among siblings with its tag */
  guint within;     /* of Selectors.relatives: what :has() asks for, from :scope on */
} SimpleSelector;

typedef struct {
  guint first, count; /* of Selectors.simples */
  char combinator;    /* to the compound on its left: ' ', '>', '+', '~'; 0: there is none */
} CompoundSelector;

struct Selectors {
  GArray *simples, *compounds; /* SimpleSelector, CompoundSelector */
  GArray *relatives;           /* Selector: what :has() asks for */
  guint added;
  gint64 steps; /* of matching, so far */
  gboolean (*clickable) (const GumboNode *control, gpointer data);
  gpointer data;
};

static void
simple_clear (gpointer data)
{
  SimpleSelector *simple = data;
  g_free (simple->name);
  g_free (simple->value);
}

Selectors *
selectors_new (gboolean (*clickable) (const GumboNode *control, gpointer data), gpointer data)
{
  Selectors *selectors = g_new0 (Selectors, 1);
  selectors->simples = g_array_new (FALSE, FALSE, sizeof (SimpleSelector));
  g_array_set_clear_func (selectors->simples, simple_clear);
  selectors->compounds = g_array_new (FALSE, FALSE, sizeof (CompoundSelector));
  selectors->relatives = g_array_new (FALSE, FALSE, sizeof (Selector));
  selectors->clickable = clickable;
  selectors->data = data;
  return selectors;
}

void
selectors_free (Selectors *selectors)
{
  if (!selectors)
    return;
  g_array_unref (selectors->simples);
  g_array_unref (selectors->compounds);
  g_array_unref (selectors->relatives);
  g_free (selectors);
}

gboolean
selectors_gave_up (const Selectors *selectors)
{
  return selectors->steps > STEPS_LIMIT;
}

/* [name], [name=value], [name^="value" i] after the bracket; FALSE: it is wrong. */
static gboolean
take_attribute (SimpleSelector *simple, const char **at, const char *end)
{
  *at = css_skip_space (*at, end);
  g_autofree char *name = css_take_name (at, end);
  *at = css_skip_space (*at, end);
  simple->kind = SIMPLE_ATTRIBUTE;
  simple->name = name ? g_ascii_strdown (name, -1) : NULL;
  if (*at < end && strchr ("=~|^$*", **at)) {
    simple->sign = *(*at)++;
    if (simple->sign != '=' && (*at >= end || *(*at)++ != '='))
      return FALSE;
    *at = css_skip_space (*at, end);
    char quote = *at < end && strchr ("\"'", **at) ? *(*at)++ : 0;
    const char *start = *at;
    while (quote && *at < end && **at != quote)
      ++*at;
    simple->value = quote ? g_strndup (start, *at - start) : css_take_name (at, end);
    *at += quote && *at < end;
  }
  const char *close = *at < end ? memchr (*at, ']', end - *at) : NULL;
  *at = close ? close + 1 : end;
  return close && name && (!simple->sign || simple->value);
}

/* "odd", "2n+1", "-n+3", "4" up to the bracket. */
static gboolean
take_steps (SimpleSelector *simple, const char **at, const char *end)
{
  const char *close = memchr (*at, ')', end - *at);
  if (!close)
    return FALSE;
  g_autofree char *text = css_squeezed_value (*at, close);
  *at = close + 1;
  char *n = strchr (text, 'n');
  if (!strcmp (text, "odd") || !strcmp (text, "even")) {
    simple->step = 2;
    simple->offset = *text == 'o';
  } else if (n && strspn (text, "+-0123456789n") == strlen (text)) {
    simple->step = n == text || !strncmp (text, "+n", 2) ? 1 : !strncmp (text, "-n", 2) ? -1 : atoi (text);
    simple->offset = atoi (n + 1);
  } else if (*text && strspn (text, "0123456789") == strlen (text))
    simple->offset = atoi (text);
  else
    return FALSE;
  return TRUE;
}

static const struct {
  const char *name;
  SimpleSelector simple;
} pseudo_classes[] = {
    {"checked", {.kind = SIMPLE_CHECKED}},
    {"target", {.kind = SIMPLE_OPENED}},
    {"focus-within", {.kind = SIMPLE_OPENED}},
    {"focus", {.kind = SIMPLE_NEVER}},
    {"focus-visible", {.kind = SIMPLE_NEVER}},
    {"hover", {.kind = SIMPLE_NEVER}},
    {"active", {.kind = SIMPLE_NEVER}},
    {"root", {.kind = SIMPLE_ROOT}},
    {"scope", {.kind = SIMPLE_SCOPE}},
    {"has", {.kind = SIMPLE_HAS}},
    {"first-child", {.kind = SIMPLE_NTH, .offset = 1}},
    {"last-child", {.kind = SIMPLE_NTH, .offset = 1, .from_end = TRUE}},
    {"nth-child", {.kind = SIMPLE_NTH}},
    {"nth-last-child", {.kind = SIMPLE_NTH, .from_end = TRUE}},
    {"first-of-type", {.kind = SIMPLE_NTH, .offset = 1, .of_type = TRUE}},
    {"last-of-type", {.kind = SIMPLE_NTH, .offset = 1, .from_end = TRUE, .of_type = TRUE}},
    {"nth-of-type", {.kind = SIMPLE_NTH, .of_type = TRUE}},
    {"nth-last-of-type", {.kind = SIMPLE_NTH, .from_end = TRUE, .of_type = TRUE}},
};

static gboolean selector_from_text (Selectors *selectors, Selector *selector, const char *at, const char *end);

/* "> .a" behind ":has(" is ":scope > .a", and ".a" is ":scope .a" (Selectors 4): matched from its right end. */
static gboolean
take_relative (Selectors *selectors, SimpleSelector *simple, const char **at, const char *end)
{
  const char *close = css_find (*at, end, ")");
  g_autofree char *text = g_strdup_printf (":scope %.*s", (int)(close - *at), *at);
  Selector within = {0};
  if (close == end || strstr (text, ":has(") || !selector_from_text (selectors, &within, text, text + strlen (text)) ||
      within.count < 2)
    return FALSE;
  *at = close + 1;
  simple->within = selectors->relatives->len;
  g_array_append_val (selectors->relatives, within);
  return TRUE;
}

/* What follows a colon, but not :not(). */
static gboolean
take_pseudo_class (Selectors *selectors, SimpleSelector *simple, const char **at, const char *end)
{
  g_autofree char *name = css_take_name (at, end);
  for (gsize i = 0; name && i < G_N_ELEMENTS (pseudo_classes); i++)
    if (!g_ascii_strcasecmp (name, pseudo_classes[i].name)) {
      gboolean steps = g_str_has_prefix (pseudo_classes[i].name, "nth");
      *simple = pseudo_classes[i].simple;
      if (!steps && simple->kind != SIMPLE_HAS)
        return TRUE;
      if (*at >= end || *(*at)++ != '(')
        return FALSE;
      return steps ? take_steps (simple, at, end) : take_relative (selectors, simple, at, end);
    }
  return FALSE;
}

static gboolean
take_simple (Selectors *selectors, SimpleSelector *simple, const char **at, const char *end)
{
  if (g_str_has_prefix (*at, ":not(") && *at + 5 < end) {
    *at += 5;
    *at = css_skip_space (*at, end);
    if (g_str_has_prefix (*at, ":not(") || !take_simple (selectors, simple, at, end))
      return FALSE;
    *at = css_skip_space (*at, end);
    simple->negated = TRUE;
    return *at < end && *(*at)++ == ')'; /* one thing alone */
  }
  char sign = **at;
  *at += strchr ("#.[:", sign) != NULL;
  if (*at >= end)
    return FALSE;
  if (sign == '[')
    return take_attribute (simple, at, end);
  if (sign == ':')
    return take_pseudo_class (selectors, simple, at, end);
  simple->kind = sign == '#' ? SIMPLE_ID : sign == '.' ? SIMPLE_CLASS : SIMPLE_TAG;
  simple->name = css_take_name (at, end);
  if (simple->name && simple->kind == SIMPLE_TAG)
    for (char *letter = simple->name; *letter; letter++)
      *letter = g_ascii_tolower (*letter);
  return simple->name != NULL;
}

static guint
specificity_of (const Selectors *selectors, const SimpleSelector *simple)
{
  if (simple->kind == SIMPLE_HAS) /* that of what it asks for, without :scope */
    return g_array_index (selectors->relatives, Selector, simple->within).specificity - (1 << 8);
  return simple->kind == SIMPLE_ID ? 1 << 16 : simple->kind == SIMPLE_TAG ? 1 : 1 << 8;
}

/* Adds the compound at *AT to the selectors; FALSE: it is wrong, or not understood. */
static gboolean
take_compound (Selectors *selectors, CompoundSelector *compound, guint *specificity, const char **at, const char *end)
{
  gboolean any = *at < end && **at == '*';
  SimpleSelector simples[SIMPLE_LIMIT];
  guint count = 0;
  *at += any;
  while (*at < end && !g_ascii_isspace (**at) && !strchr (">+~", **at)) {
    SimpleSelector simple = {0};
    if (count == SIMPLE_LIMIT || !take_simple (selectors, &simple, at, end)) {
      simple_clear (&simple);
      while (count > 0)
        simple_clear (&simples[--count]);
      return FALSE;
    }
    *specificity += specificity_of (selectors, &simple);
    simples[count++] = simple;
  }
  compound->first = selectors->simples->len; /* behind those of :has() within it */
  compound->count = count;
  g_array_append_vals (selectors->simples, simples, count);
  return any || count > 0;
}

static gboolean
is_state (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (state_parts); i++)
    if (strcasestr (name, state_parts[i]))
      return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (state_words); i++)
    if (!g_ascii_strcasecmp (name, state_words[i]))
      return TRUE;
  return FALSE;
}

/* A class of a state is the last choice: the element may get it. */
char *
selector_key (const Selectors *selectors, const Selector *selector)
{
  const CompoundSelector *compound = &g_array_index (selectors->compounds, CompoundSelector, selector->first);
  const SimpleSelector *best = NULL;
  int rank = 0;
  for (guint i = compound->first; i < compound->first + compound->count; i++) {
    const SimpleSelector *simple = &g_array_index (selectors->simples, SimpleSelector, i);
    int own = simple->negated || simple->kind > SIMPLE_CLASS ? 0
              : simple->kind == SIMPLE_ID                    ? 4
              : simple->kind == SIMPLE_TAG                   ? 2
              : is_state (simple->name)                      ? 1
                                                             : 3;
    best = own > rank ? simple : best;
    rank = MAX (rank, own);
  }
  return !best                      ? g_strdup ("*")
         : best->kind == SIMPLE_TAG ? g_strdup (best->name)
                                    : g_strconcat (best->kind == SIMPLE_ID ? "#" : ".", best->name, NULL);
}

/* The compounds of one selector, put in the selectors from its right end leftwards; FALSE: it is wrong, or not understood. */
static gboolean
selector_from_text (Selectors *selectors, Selector *selector, const char *at, const char *end)
{
  CompoundSelector compounds[COMPOUNDS_LIMIT];
  guint simples = selectors->simples->len;
  char combinator = 0;
  for (at = css_skip_space (at, end); at < end; selector->count++) {
    CompoundSelector compound = {.combinator = combinator};
    if (selector->count == COMPOUNDS_LIMIT || !take_compound (selectors, &compound, &selector->specificity, &at, end)) {
      g_array_set_size (selectors->simples, simples);
      return FALSE;
    }
    compounds[selector->count] = compound;
    const char *next = css_skip_space (at, end);
    combinator = next < end && strchr (">+~", *next) ? *next++ : ' ';
    at = css_skip_space (next, end);
  }
  selector->first = selectors->compounds->len;
  for (guint i = selector->count; i-- > 0;)
    g_array_append_val (selectors->compounds, compounds[i]);
  return selector->count > 0;
}

/* Takes "::before" or "::after" off the end of SELECTOR. */
static PseudoElement
take_pseudo_element (char *selector)
{
  static const struct {
    const char *name;
    PseudoElement pseudo;
  } elements[] = {
      {"::before", PSEUDO_BEFORE}, {":before", PSEUDO_BEFORE}, {"::after", PSEUDO_AFTER}, {":after", PSEUDO_AFTER}};
  g_strchomp (selector);
  for (gsize i = 0; i < G_N_ELEMENTS (elements); i++)
    if (g_str_has_suffix (selector, elements[i].name)) {
      selector[strlen (selector) - strlen (elements[i].name)] = '\0';
      return elements[i].pseudo;
    }
  return PSEUDO_NONE;
}

/* The first of :is( and :where( in TEXT, or of :not( and :has( with several things in it; *OPEN: behind its bracket. NULL: none. */
static const char *
find_alternatives (const char *text, const char **open)
{
  static const char *const names[] = {":is(", ":where(", ":not(", ":has("};
  const char *end = text + strlen (text);
  for (const char *at = strchr (text, ':'); at; at = strchr (at + 1, ':'))
    for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
      if (!g_str_has_prefix (at, names[i]))
        continue;
      *open = at + strlen (names[i]);
      const char *close = css_find (*open, end, ")");
      if (i < 2 || css_find (*open, close, ",") < close)
        return at;
    }
  return NULL;
}

/* The selectors that TEXT is, its alternatives written out: ".a:is(.b, .c)" is ".a.b" and ".a.c", ":not(.a, .b)" is
 * ":not(.a):not(.b)", ":has(.a, .b)" is ":has(.a)" and ":has(.b)". Adds them to LIST (char *); takes TEXT. */
static void
add_alternatives (GPtrArray *list, char *text)
{
  gboolean many = list->len >= ALTERNATIVES_LIMIT || strlen (text) > TEXT_LIMIT;
  const char *open, *found = many ? NULL : find_alternatives (text, &open);
  if (!found) {
    g_ptr_array_add (list, text);
    return;
  }
  const char *end = text + strlen (text), *close = css_find (open, end, ")"), *after = close < end ? close + 1 : end;
  gboolean negated = g_str_has_prefix (found, ":not("), within = g_str_has_prefix (found, ":has(");
  g_autoptr (GString) all = g_string_new_len (text, found - text);
  while (open < close) {
    const char *comma = css_find (open, close, ",");
    g_autofree char *one = g_strstrip (g_strndup (open, comma - open));
    gboolean joins = found > text && !strchr (" >+~", found[-1]);
    if (negated)
      g_string_append_printf (all, ":not(%s)", one);
    else if (within)
      add_alternatives (list, g_strdup_printf ("%.*s:has(%s)%s", (int)(found - text), text, one, after));
    else if (!joins || !g_ascii_isalpha (*one))
      add_alternatives (list, g_strdup_printf ("%.*s%s%s", (int)(found - text), text, one, after));
    open = comma + 1;
  }
  if (negated)
    add_alternatives (list, g_strconcat (all->str, after, NULL));
  g_free (text);
}

gboolean
selectors_add (Selectors *selectors, const char *text, GArray *list)
{
  const char *end = text + strlen (text);
  g_autoptr (GPtrArray) alternatives = g_ptr_array_new_with_free_func (g_free);
  while (text < end) {
    const char *comma = css_find (text, end, ",");
    add_alternatives (alternatives, g_strndup (text, comma - text));
    text = comma + 1;
  }
  for (guint i = 0; i < alternatives->len; i++) {
    char *one = alternatives->pdata[i];
    Selector selector = {.pseudo = take_pseudo_element (one)};
    if (selectors->added >= SELECTORS_LIMIT)
      return FALSE;
    if (!selector_from_text (selectors, &selector, one, one + strlen (one)))
      continue;
    g_array_append_val (list, selector);
    selectors->added++;
  }
  return TRUE;
}

char *
selectors_nested (const char *outer, const char *inner)
{
  GString *all = g_string_new (NULL);
  const char *outer_end = outer + strlen (outer), *inner_end = inner + strlen (inner);
  for (const char *o = outer; o < outer_end && all->len < TEXT_LIMIT;) {
    const char *o_stop = css_find (o, outer_end, ",");
    g_autofree char *around = g_strstrip (g_strndup (o, o_stop - o));
    for (const char *i = inner; i < inner_end && all->len < TEXT_LIMIT;) {
      const char *i_stop = css_find (i, inner_end, ",");
      g_autofree char *one = g_strstrip (g_strndup (i, i_stop - i));
      GString *put = g_string_new (one);
      if (!strchr (one, '&'))
        g_string_prepend (put, "& ");
      g_string_truncate (put, MIN (put->len, NESTED_LENGTH));
      g_string_replace (put, "&", strlen (around) <= NESTED_LENGTH ? around : "", 0);
      g_string_append_printf (all, "%s%s", all->len > 0 ? "," : "", put->str);
      g_string_free (put, TRUE);
      i = i_stop + 1;
    }
    o = o_stop + 1;
  }
  return g_string_free (all, FALSE);
}

/* Whether VALUE, words parted by white space, has WORD. */
static gboolean
has_word (const char *value, const char *word)
{
  gsize length = strlen (word);
  for (const char *at = value + strspn (value, " \t\r\n\f"); *at; at += strspn (at, " \t\r\n\f")) {
    gsize own = strcspn (at, " \t\r\n\f");
    if (own == length && !memcmp (at, word, length))
      return TRUE;
    at += own;
  }
  return FALSE;
}

static gboolean
attribute_matches (const SimpleSelector *simple, const GumboNode *node)
{
  const char *value = node_attribute (node, simple->name), *wanted = simple->value;
  if (!value || !simple->sign)
    return value != NULL;
  gsize length = strlen (wanted);
  switch (simple->sign) {
  case '=':
    return !strcmp (value, wanted);
  case '~':
    return has_word (value, wanted);
  case '|':
    return g_str_has_prefix (value, wanted) && (!value[length] || value[length] == '-');
  case '^':
    return length > 0 && g_str_has_prefix (value, wanted);
  case '$':
    return length > 0 && g_str_has_suffix (value, wanted);
  default:
    return length > 0 && strstr (value, wanted);
  }
}

/* Looks at all siblings, which is counted. */
static gboolean
index_matches (Selectors *selectors, const SimpleSelector *simple, const GumboNode *node)
{
  int index = 1, after = 0;
  gboolean passed = FALSE;
  for (int i = 0; node->parent && i < node_children (node->parent); i++) {
    const GumboNode *sibling = node_child (node->parent, i);
    gboolean counts = node_is_element (sibling) && (!simple->of_type || node_tag (sibling) == node_tag (node));
    passed = passed || sibling == node;
    index += !passed && counts;
    after += passed && sibling != node && counts;
  }
  selectors->steps += index + after;
  int rest = (simple->from_end ? after + 1 : index) - simple->offset;
  return simple->step == 0 ? rest == 0 : rest % simple->step == 0 && rest / simple->step >= 0;
}

/* One selector asked of one element and those around it. */
typedef struct {
  Selectors *selectors;
  const Selector *selector;
  SelectorMode mode;
  const GumboNode *scope; /* what :scope is; NULL: nothing */
} SelectorMatching;

/* In lower case; that of an unknown element too. The caller frees. */
static char *
name_of_element (const GumboNode *node)
{
  const char *known = gumbo_normalized_tagname (node_tag (node));
  GumboStringPiece original = node->v.element.original_tag;
  if (*known || !original.data)
    return g_strdup (known);
  gumbo_tag_from_original_text (&original);
  return g_ascii_strdown (original.data, original.length);
}

static gboolean
tag_matches (const char *name, const GumboNode *node)
{
  const char *known = gumbo_normalized_tagname (node_tag (node));
  if (*known)
    return !strcmp (name, known);
  g_autofree char *own = name_of_element (node);
  return !strcmp (name, own);
}

static const char *
classes_of (const GumboNode *node)
{
  const char *classes = node_attribute (node, "class");
  return classes && strnlen (classes, CLASS_LIMIT + 1) <= CLASS_LIMIT ? classes : NULL;
}

static gboolean compound_matches (SelectorMatching *matching, const CompoundSelector *compound, const GumboNode *node,
                                  gboolean subject);
static gboolean left_matches (SelectorMatching *matching, guint index, const GumboNode *node);

/* Whether ROOT, unless it is the scope itself, or an element below it matches what :has() asks for. */
static gboolean
any_matches_below (SelectorMatching *within, const GumboNode *root)
{
  const CompoundSelector *compound =
      &g_array_index (within->selectors->compounds, CompoundSelector, within->selector->first);
  for (const GumboNode *node = root; node && within->selectors->steps <= STEPS_LIMIT;
       node = node_next (node, root, TRUE))
    if (node != within->scope && compound_matches (within, compound, node, FALSE) && left_matches (within, 0, node))
      return TRUE;
  return FALSE;
}

static gboolean
has_matches (const SelectorMatching *matching, const SimpleSelector *simple, const GumboNode *node)
{
  SelectorMatching within = *matching;
  within.selector = &g_array_index (matching->selectors->relatives, Selector, simple->within);
  within.scope = node;
  const CompoundSelector *last = &g_array_index (matching->selectors->compounds, CompoundSelector,
                                                 within.selector->first + within.selector->count - 2);
  if (strchr (" >", last->combinator))
    return any_matches_below (&within, node);
  for (const GumboNode *after = node_after (node); after; after = node_after (after))
    if (any_matches_below (&within, after))
      return TRUE;
  return FALSE;
}

/* OWN: the compound asks for something else that the element has by itself. */
static gboolean
simple_matches (SelectorMatching *matching, const SimpleSelector *simple, const GumboNode *node, gboolean own)
{
  gboolean opened = matching->mode == SELECTORS_OPENED;
  const char *value;
  switch (simple->kind) {
  case SIMPLE_TAG:
    return tag_matches (simple->name, node);
  case SIMPLE_ID:
    value = node_attribute (node, "id");
    return value && !strcmp (value, simple->name);
  case SIMPLE_CLASS:
    value = classes_of (node);
    matching->selectors->steps += value ? strlen (value) / 32 : 0;
    return (value && has_word (value, simple->name)) || (opened && own && is_state (simple->name));
  case SIMPLE_ATTRIBUTE:
    return attribute_matches (simple, node);
  case SIMPLE_OPENED:
    return opened;
  case SIMPLE_CHECKED:
    return node_attribute (node, "checked") || node_attribute (node, "selected") ||
           (opened && matching->selectors->clickable (node, matching->selectors->data));
  case SIMPLE_ROOT:
    return node_tag (node) == GUMBO_TAG_HTML;
  case SIMPLE_SCOPE:
    return node == matching->scope;
  case SIMPLE_HAS:
    return has_matches (matching, simple, node);
  case SIMPLE_NEVER:
    return FALSE;
  case SIMPLE_NTH:
    return index_matches (matching->selectors, simple, node);
  }
  return FALSE;
}

/* Whether COMPOUND asks for more than states. */
static gboolean
asks_for_more (const Selectors *selectors, const CompoundSelector *compound)
{
  for (guint i = compound->first; i < compound->first + compound->count; i++) {
    const SimpleSelector *simple = &g_array_index (selectors->simples, SimpleSelector, i);
    if (!simple->negated && simple->kind <= SIMPLE_ATTRIBUTE &&
        (simple->kind != SIMPLE_CLASS || !is_state (simple->name)))
      return TRUE;
  }
  return FALSE;
}

/* SUBJECT: NODE is the element that is asked about, and not one around it or beside it. */
static gboolean
compound_matches (SelectorMatching *matching, const CompoundSelector *compound, const GumboNode *node, gboolean subject)
{
  Selectors *selectors = matching->selectors;
  if (!node_is_element (node) || selectors->steps++ > STEPS_LIMIT)
    return FALSE;
  gboolean own = matching->mode == SELECTORS_OPENED && (!subject || asks_for_more (selectors, compound));
  for (guint i = compound->first; i < compound->first + compound->count; i++) {
    const SimpleSelector *simple = &g_array_index (selectors->simples, SimpleSelector, i);
    if (simple_matches (matching, simple, node, own || simple->negated) == simple->negated)
      return FALSE;
  }
  return TRUE;
}

/* Whether what is left of the compound INDEX, which NODE matches, matches too. One level deep for each compound. */
static gboolean
left_matches (SelectorMatching *matching, guint index, const GumboNode *node)
{
  const GArray *compounds = matching->selectors->compounds;
  const CompoundSelector *compound = &g_array_index (compounds, CompoundSelector, matching->selector->first + index);
  char combinator = compound->combinator;
  if (!combinator)
    return TRUE;
  gboolean up = combinator == ' ' || combinator == '>', once = combinator == '>' || combinator == '+';
  for (node = up ? node->parent : node_element_before (node); node;
       node = up ? node->parent : node_element_before (node)) {
    if (compound_matches (matching, compound + 1, node, FALSE) && left_matches (matching, index + 1, node))
      return TRUE;
    if (once || matching->selectors->steps > STEPS_LIMIT)
      return FALSE;
  }
  return FALSE;
}

gboolean
selector_matches (Selectors *selectors, const Selector *selector, const GumboNode *node, SelectorMode mode)
{
  SelectorMatching matching = {.selectors = selectors, .selector = selector, .mode = mode};
  const CompoundSelector *compound = &g_array_index (selectors->compounds, CompoundSelector, selector->first);
  return compound_matches (&matching, compound, node, TRUE) && left_matches (&matching, 0, node);
}

char **
selector_keys_of_node (const GumboNode *node)
{
  const char *id = node_attribute (node, "id"), *classes = classes_of (node);
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  g_ptr_array_add (keys, g_strdup ("*"));
  g_ptr_array_add (keys, name_of_element (node));
  if (id)
    g_ptr_array_add (keys, g_strconcat ("#", id, NULL));
  g_auto (GStrv) words = g_strsplit_set (classes ? classes : "", " \t\r\n\f", -1);
  for (char **word = words; *word; word++)
    g_ptr_array_add (keys, g_strconcat (".", *word, NULL));
  g_ptr_array_add (keys, NULL);
  return (char **)g_ptr_array_steal (keys, NULL);
}
