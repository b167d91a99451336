/* style.c - see style.h
 *
 * Rules that set none of the properties of style_value.h are forgotten at once: of most sheets little is left. Selectors
 * are found by what they ask of the element itself, its id, else a class, else its tag, as browsers do it.
 */
#include "read/html/style.h"

#include <stdlib.h>
#include <string.h>

#define TEXT_LIMIT (2 * 1024 * 1024) /* bytes, of all sheets */
#define SELECTORS_LIMIT 50000
#define STEPS_LIMIT (10 * 1000 * 1000) /* of matching; some .2 s. A page of 5000 elements takes .3 million */
#define CLASS_LIMIT 4096               /* bytes; an element with more has no class */
#define COMPOUNDS_LIMIT 16             /* in a selector */
#define SIMPLE_LIMIT 16                /* in a compound */
#define NESTED_LENGTH 500              /* bytes of a selector of a rule within a rule */
#define NESTED_LIMIT 6                 /* of rules within rules */
#define DEPTH_LIMIT 32                 /* of blocks within blocks */
#define PUT_LIMIT 4096                 /* bytes of a value with its variables, and of selectors within selectors */
#define SELECTORS_WITHIN 64            /* that the alternatives of one selector may become */
#define LAYERS_LIMIT 254               /* cascade layers; those after them are one */
#define SPECIFICITY_LIMIT ((1 << 20) - 1)
#define SCREEN_WIDTH 1280 /* px */
#define SCREEN_HEIGHT 800

/* What browsers' own sheets have, and the classes that the sheets of other files usually define. */
static const char browser_sheet[] =
    "del, s, strike { text-decoration: line-through }"
    "[hidden], [popover], dialog:not([open]) { display: none }"
    ".sr-only, .sr_only, .visually-hidden, .visuallyhidden, .screen-reader-text, .screen-reader-only, .screen-reader,"
    ".u-visually-hidden, .is-visually-hidden, .a11y-hidden, .assistive-text, .element-invisible"
    " { position: absolute; clip: rect(0, 0, 0, 0); width: 1px; height: 1px; overflow: hidden }";

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
  guint within;     /* of StyleSheets.relatives: what :has() asks for, from :scope on */
} SimpleSelector;

typedef struct {
  guint first, count; /* of StyleSheets.simples */
  char combinator;    /* to the compound on its left: ' ', '>', '+', '~'; 0: there is none */
} CompoundSelector;

typedef struct {
  guint first, count; /* of StyleSheets.compounds, from the element itself leftwards */
  guint specificity;
  guint first_declaration, declarations;
  guint order;
  guint layer;      /* 1 for the first; LAYERS_LIMIT + 1: in none, which wins */
  char pseudo;      /* of a pseudo-element: 'b' ::before, 'a' ::after; 0: of the element */
  gboolean browser; /* of the browsers' own sheet */
} StyleSelector;

typedef struct {
  StyleProperty property;
  guint32 value;
  gboolean important;
} StyleDeclaration;

struct StyleSheets {
  GArray *simples, *compounds, *selectors, *declarations;
  GArray *relatives;  /* StyleSelector: what :has() asks for */
  GHashTable *by_key; /* "#id", ".class", "tag" or "*" -> GArray of guint: indexes of `selectors` */
  GPtrArray *sheets;  /* char *: their texts, while they are read */
  gsize text;         /* bytes, so far */
  guint rules;
  gint64 steps;          /* of matching, so far */
  GHashTable *variables; /* "--name" -> its value; NULL where it has several */
  GHashTable *labelled;  /* char *: the ids of form controls that have a label elsewhere; borrowed from the page */
  GPtrArray *texts;      /* char *: of content and font-family, as written */
  GPtrArray *layers;     /* char *: their names, in order (CSS Cascade 5) */
  guint layer;           /* of the rules that are read; 0: none */
  gboolean collecting;   /* variables, and no rules */
  gboolean generated;    /* there is a rule with `content` */
  gboolean counting;     /* there is one that counts */
  gboolean asks_for_variables; /* the content of one is that of a variable */
  gboolean browser, gave_up, missing;
};

static void
simple_clear (gpointer data)
{
  SimpleSelector *simple = data;
  g_free (simple->name);
  g_free (simple->value);
}

static void
free_indexes (gpointer data)
{
  g_array_unref (data);
}

void
style_sheets_free (StyleSheets *sheets)
{
  if (!sheets)
    return;
  g_array_unref (sheets->simples);
  g_array_unref (sheets->compounds);
  g_array_unref (sheets->selectors);
  g_array_unref (sheets->declarations);
  g_array_unref (sheets->relatives);
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
  return sheets->gave_up;
}

/* Behind the comment that begins at TEXT, or the end of TEXT. (The sanitizers' strstr measures the whole rest each time.) */
static const char *
behind_comment (const char *text)
{
  const char *star = strchr (text + 2, '*');
  while (star && star[1] != '/')
    star = strchr (star + 1, '*');
  return star ? star + 2 : text + strlen (text);
}

/* TEXT without comments, and without the marks that hide a sheet from old browsers. */
static char *
without_comments (const char *text)
{
  char *copy = g_malloc (strlen (text) + 1), *end = copy, quote = 0;
  while (*text) {
    if (quote && *text == '\\' && text[1])
      *end++ = *text++;
    else if (quote && (*text == quote || *text == '\n'))
      quote = 0;
    else if (!quote && (*text == '"' || *text == '\''))
      quote = *text;
    gsize mark = quote ? 0 : g_str_has_prefix (text, "<!--") ? 4 : g_str_has_prefix (text, "-->") ? 3 : 0;
    if (!quote && g_str_has_prefix (text, "/*"))
      text = behind_comment (text);
    else if (mark > 0)
      text += mark;
    else {
      *end++ = *text++;
      continue;
    }
    *end++ = ' ';
  }
  *end = '\0';
  return copy;
}

/* The first of the characters STOPS in TEXT that is in no string and in no brackets, or the end. */
static const char *
find_outside (const char *text, const char *end, const char *stops)
{
  int depth = 0;
  char quote = 0;
  for (; text < end; text++) {
    if (*text == '\\' && text + 1 < end)
      text++;
    else if (quote)
      quote = *text == quote || *text == '\n' ? 0 : quote;
    else if (*text == '"' || *text == '\'')
      quote = *text;
    else if (depth == 0 && strchr (stops, *text))
      return text;
    else if (strchr ("([{", *text))
      depth++;
    else if (strchr (")]}", *text))
      depth -= depth > 0;
  }
  return end;
}

/* Lower case, white space as single spaces, none at the ends; the caller frees. */
static char *
plain_value (const char *text, const char *end)
{
  GString *plain = g_string_new (NULL);
  for (; text < end; text++)
    if (!g_ascii_isspace (*text))
      g_string_append_c (plain, g_ascii_tolower (*text));
    else if (plain->len > 0 && plain->str[plain->len - 1] != ' ')
      g_string_append_c (plain, ' ');
  if (plain->len > 0 && plain->str[plain->len - 1] == ' ')
    g_string_truncate (plain, plain->len - 1);
  return g_string_free (plain, FALSE);
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
    const char *end = at + strlen (at), *close = find_outside (at + 4, end, ")"),
               *comma = find_outside (at + 4, close, ",");
    g_autofree char *name = plain_value (at + 4, comma),
                    *fallback = comma < close ? plain_value (comma + 1, close) : NULL;
    const char *known = g_hash_table_lookup (sheets->variables, name);
    const char *text = known ? known : fallback;
    if (!text || strstr (text, "var(") || put->len > PUT_LIMIT) {
      g_string_free (put, TRUE);
      return NULL;
    }
    g_string_append (put, text);
    at = close < end ? close + 1 : end;
  }
  return g_string_free (put, FALSE);
}

/* The text of a string, or of the first name of a list, with its escapes decoded. The caller frees. */
static char *
written_text (const char *text, const char *end)
{
  GString *plain = g_string_new (NULL);
  while (text < end && g_ascii_isspace (*text))
    text++;
  char quote = text < end && strchr ("\"'", *text) ? *text++ : 0;
  while (text < end && *text != (quote ? quote : ',') && *text != '!') {
    char *after;
    gunichar character = *text == '\\' && g_ascii_isxdigit (text[1]) ? strtoul (text + 1, &after, 16) : 0;
    if (character && character < 0x110000 && g_unichar_validate (character)) {
      g_string_append_unichar (plain, character);
      text = after + (after < end && *after == ' ');
      continue;
    }
    text += *text == '\\' && text + 1 < end;
    g_string_append_c (plain, *text++);
  }
  return g_strchomp (g_string_free (plain, FALSE));
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
      g_autofree char *string = written_text (text, stop);
      g_string_append (all, string);
      stop += stop < end;
    } else if (!g_ascii_isspace (*text)) {
      stop = MIN (find_outside (text, end, " \t\r\n"), end);
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
    const char *stop = find_outside (text, end, ";"), *colon = find_outside (text, stop, ":");
    g_autofree char *name = plain_value (text, colon), *value = colon < stop ? plain_value (colon + 1, stop) : NULL;
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
      declaration.value = keep_text (sheets, written_text (colon + 1, stop));
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
    const char *stop = find_outside (text, end, ";"), *colon = find_outside (text, stop, ":");
    char *name = plain_value (text, colon), *value = colon < stop ? plain_value (colon + 1, stop) : NULL;
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

/* The identifier at *AT, escapes decoded; NULL: there is none. */
static char *
take_name (const char **at, const char *end)
{
  GString *name = g_string_new (NULL);
  while (*at < end) {
    char byte = **at;
    if (byte == '\\' && *at + 1 < end) {
      char *after;
      gunichar character = g_ascii_isxdigit ((*at)[1]) ? strtoul (*at + 1, &after, 16) : 0;
      if (character && character < 0x110000 && g_unichar_validate (character)) {
        g_string_append_unichar (name, character);
        *at = after + (after < end && *after == ' ');
        continue;
      }
      byte = *++*at;
    } else if (!g_ascii_isalnum (byte) && byte != '-' && byte != '_' && (byte & 0x80) == 0)
      break;
    g_string_append_c (name, byte);
    ++*at;
  }
  gboolean none = name->len == 0;
  char *text = g_string_free (name, none);
  return none ? NULL : text;
}

static const char *
skip_space (const char *at, const char *end)
{
  while (at < end && g_ascii_isspace (*at))
    at++;
  return at;
}

/* [name], [name=value], [name^="value" i] after the bracket; FALSE: it is wrong. */
static gboolean
take_attribute (SimpleSelector *simple, const char **at, const char *end)
{
  *at = skip_space (*at, end);
  g_autofree char *name = take_name (at, end);
  *at = skip_space (*at, end);
  simple->kind = SIMPLE_ATTRIBUTE;
  simple->name = name ? g_ascii_strdown (name, -1) : NULL;
  if (*at < end && strchr ("=~|^$*", **at)) {
    simple->sign = *(*at)++;
    if (simple->sign != '=' && (*at >= end || *(*at)++ != '='))
      return FALSE;
    *at = skip_space (*at, end);
    char quote = *at < end && strchr ("\"'", **at) ? *(*at)++ : 0;
    const char *start = *at;
    while (quote && *at < end && **at != quote)
      ++*at;
    simple->value = quote ? g_strndup (start, *at - start) : take_name (at, end);
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
  g_autofree char *text = plain_value (*at, close);
  GString *squeezed = g_string_new (text);
  g_string_replace (squeezed, " ", "", 0);
  g_free (text);
  text = g_string_free (squeezed, FALSE);
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

static gboolean selector_from_text (StyleSheets *sheets, StyleSelector *selector, const char *at, const char *end);

/* "> .a" behind ":has(" is ":scope > .a", and ".a" is ":scope .a" (Selectors 4): matched from its right end. */
static gboolean
take_relative (StyleSheets *sheets, SimpleSelector *simple, const char **at, const char *end)
{
  const char *close = find_outside (*at, end, ")");
  g_autofree char *text = g_strdup_printf (":scope %.*s", (int)(close - *at), *at);
  StyleSelector within = {0};
  if (close == end || strstr (text, ":has(") || !selector_from_text (sheets, &within, text, text + strlen (text)) ||
      within.count < 2)
    return FALSE;
  *at = close + 1;
  simple->within = sheets->relatives->len;
  g_array_append_val (sheets->relatives, within);
  return TRUE;
}

/* What follows a colon, but not :not(). */
static gboolean
take_pseudo_class (StyleSheets *sheets, SimpleSelector *simple, const char **at, const char *end)
{
  g_autofree char *name = take_name (at, end);
  for (gsize i = 0; name && i < G_N_ELEMENTS (pseudo_classes); i++)
    if (!g_ascii_strcasecmp (name, pseudo_classes[i].name)) {
      gboolean steps = g_str_has_prefix (pseudo_classes[i].name, "nth");
      *simple = pseudo_classes[i].simple;
      if (!steps && simple->kind != SIMPLE_HAS)
        return TRUE;
      if (*at >= end || *(*at)++ != '(')
        return FALSE;
      return steps ? take_steps (simple, at, end) : take_relative (sheets, simple, at, end);
    }
  return FALSE;
}

static gboolean
take_simple (StyleSheets *sheets, SimpleSelector *simple, const char **at, const char *end)
{
  if (g_str_has_prefix (*at, ":not(") && *at + 5 < end) {
    *at += 5;
    *at = skip_space (*at, end);
    if (g_str_has_prefix (*at, ":not(") || !take_simple (sheets, simple, at, end))
      return FALSE;
    *at = skip_space (*at, end);
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
    return take_pseudo_class (sheets, simple, at, end);
  simple->kind = sign == '#' ? SIMPLE_ID : sign == '.' ? SIMPLE_CLASS : SIMPLE_TAG;
  simple->name = take_name (at, end);
  if (simple->name && simple->kind == SIMPLE_TAG)
    for (char *letter = simple->name; *letter; letter++)
      *letter = g_ascii_tolower (*letter);
  return simple->name != NULL;
}

static guint
specificity_of (const StyleSheets *sheets, const SimpleSelector *simple)
{
  if (simple->kind == SIMPLE_HAS) /* that of what it asks for, without :scope */
    return g_array_index (sheets->relatives, StyleSelector, simple->within).specificity - (1 << 8);
  return simple->kind == SIMPLE_ID ? 1 << 16 : simple->kind == SIMPLE_TAG ? 1 : 1 << 8;
}

/* Adds the compound at *AT to the sheets; FALSE: it is wrong, or not understood. */
static gboolean
take_compound (StyleSheets *sheets, CompoundSelector *compound, guint *specificity, const char **at, const char *end)
{
  gboolean any = *at < end && **at == '*';
  SimpleSelector simples[SIMPLE_LIMIT];
  guint count = 0;
  *at += any;
  while (*at < end && !g_ascii_isspace (**at) && !strchr (">+~", **at)) {
    SimpleSelector simple = {0};
    if (count == SIMPLE_LIMIT || !take_simple (sheets, &simple, at, end)) {
      simple_clear (&simple);
      while (count > 0)
        simple_clear (&simples[--count]);
      return FALSE;
    }
    *specificity += specificity_of (sheets, &simple);
    simples[count++] = simple;
  }
  compound->first = sheets->simples->len; /* behind those of :has() within it */
  compound->count = count;
  g_array_append_vals (sheets->simples, simples, count);
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

/* What an element must have for COMPOUND: an id, else a class, else a tag, else anything. A class of a state is the
 * last choice: the element may get it. The caller frees. */
static char *
key_of_compound (const StyleSheets *sheets, const CompoundSelector *compound)
{
  const SimpleSelector *best = NULL;
  int rank = 0;
  for (guint i = compound->first; i < compound->first + compound->count; i++) {
    const SimpleSelector *simple = &g_array_index (sheets->simples, SimpleSelector, i);
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

static void
add_selector (StyleSheets *sheets, const StyleSelector *selector)
{
  char *key = key_of_compound (sheets, &g_array_index (sheets->compounds, CompoundSelector, selector->first));
  GArray *indexes = g_hash_table_lookup (sheets->by_key, key);
  guint index = sheets->selectors->len;
  if (!indexes)
    g_hash_table_insert (sheets->by_key, g_strdup (key), indexes = g_array_new (FALSE, FALSE, sizeof (guint)));
  g_free (key);
  g_array_append_val (indexes, index);
  g_array_append_val (sheets->selectors, *selector);
}

/* The compounds of one selector, put in the sheets from its right end leftwards; FALSE: it is wrong, or not understood. */
static gboolean
selector_from_text (StyleSheets *sheets, StyleSelector *selector, const char *at, const char *end)
{
  CompoundSelector compounds[COMPOUNDS_LIMIT];
  guint simples = sheets->simples->len;
  char combinator = 0;
  for (at = skip_space (at, end); at < end; selector->count++) {
    CompoundSelector compound = {.combinator = combinator};
    if (selector->count == COMPOUNDS_LIMIT || !take_compound (sheets, &compound, &selector->specificity, &at, end)) {
      g_array_set_size (sheets->simples, simples);
      return FALSE;
    }
    compounds[selector->count] = compound;
    const char *next = skip_space (at, end);
    combinator = next < end && strchr (">+~", *next) ? *next++ : ' ';
    at = skip_space (next, end);
  }
  selector->first = sheets->compounds->len;
  for (guint i = selector->count; i-- > 0;)
    g_array_append_val (sheets->compounds, compounds[i]);
  return selector->count > 0;
}

static void
take_selector (StyleSheets *sheets, StyleSelector selector, const char *text)
{
  if (selector_from_text (sheets, &selector, text, text + strlen (text)))
    add_selector (sheets, &selector);
}

/* Takes "::before" or "::after" off the end of SELECTOR. */
static char
take_pseudo_element (char *selector)
{
  static const struct {
    const char *name;
    char pseudo;
  } elements[] = {{"::before", 'b'}, {":before", 'b'}, {"::after", 'a'}, {":after", 'a'}};
  g_strchomp (selector);
  for (gsize i = 0; i < G_N_ELEMENTS (elements); i++)
    if (g_str_has_suffix (selector, elements[i].name)) {
      selector[strlen (selector) - strlen (elements[i].name)] = '\0';
      return elements[i].pseudo;
    }
  return 0;
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
      const char *close = find_outside (*open, end, ")");
      if (i < 2 || find_outside (*open, close, ",") < close)
        return at;
    }
  return NULL;
}

/* The selectors that TEXT is, its alternatives written out: ".a:is(.b, .c)" is ".a.b" and ".a.c", ":not(.a, .b)" is
 * ":not(.a):not(.b)", ":has(.a, .b)" is ":has(.a)" and ":has(.b)". Adds them to LIST (char *); takes TEXT. */
static void
add_alternatives (GPtrArray *list, char *text)
{
  gboolean many = list->len >= SELECTORS_WITHIN || strlen (text) > PUT_LIMIT;
  const char *open, *found = many ? NULL : find_alternatives (text, &open);
  if (!found) {
    g_ptr_array_add (list, text);
    return;
  }
  const char *end = text + strlen (text), *close = find_outside (open, end, ")"),
             *after = close < end ? close + 1 : end;
  gboolean negated = g_str_has_prefix (found, ":not("), within = g_str_has_prefix (found, ":has(");
  g_autoptr (GString) all = g_string_new_len (text, found - text);
  while (open < close) {
    const char *comma = find_outside (open, close, ",");
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

/* The rule with DECLARATIONS in SELECTORS. */
static void
add_rule (StyleSheets *sheets, const char *selectors, const char *declarations, const char *end)
{
  const char *selectors_end = selectors + strlen (selectors);
  StyleSelector selector = {.first_declaration = sheets->declarations->len, .browser = sheets->browser};
  if (sheets->collecting) {
    collect_variables (sheets, selectors, declarations, end);
    return;
  }
  add_declarations (sheets, sheets->declarations, declarations, end);
  selector.declarations = sheets->declarations->len - selector.first_declaration;
  selector.order = sheets->rules++;
  selector.layer = sheets->layer > 0 ? sheets->layer : LAYERS_LIMIT + 1;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  while (selector.declarations > 0 && selectors < selectors_end) {
    const char *comma = find_outside (selectors, selectors_end, ",");
    add_alternatives (list, g_strndup (selectors, comma - selectors));
    selectors = comma + 1;
  }
  for (guint i = 0; i < list->len; i++) {
    char *one = list->pdata[i];
    selector.pseudo = take_pseudo_element (one);
    if (sheets->selectors->len < SELECTORS_LIMIT)
      take_selector (sheets, selector, one);
    else
      sheets->gave_up = TRUE;
  }
}

/* The selectors INNER of a rule within one of OUTER (CSS Nesting): "&" is the outer one. The caller frees. */
static char *
nested_selectors (const char *outer, const char *inner)
{
  GString *all = g_string_new (NULL);
  const char *outer_end = outer + strlen (outer), *inner_end = inner + strlen (inner);
  for (const char *o = outer; o < outer_end && all->len < PUT_LIMIT;) {
    const char *o_stop = find_outside (o, outer_end, ",");
    g_autofree char *around = g_strstrip (g_strndup (o, o_stop - o));
    for (const char *i = inner; i < inner_end && all->len < PUT_LIMIT;) {
      const char *i_stop = find_outside (i, inner_end, ",");
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
    const char *stop = find_outside (text, end, ";{");
    if (stop == end || *stop == ';') {
      g_string_append_len (own, text, stop - text);
      g_string_append_c (own, ';');
      text = stop + 1;
      continue;
    }
    g_ptr_array_add (within, (gpointer)skip_space (text, stop));
    text = find_outside (stop + 1, end, "}") + 1;
  }
  add_rule (sheets, selectors, own->str, own->str + own->len);
  for (guint i = 0; i < within->len && depth < NESTED_LIMIT; i++) {
    const char *start = within->pdata[i], *block = find_outside (start, end, "{"),
               *close = find_outside (block + 1, end, "}");
    g_autofree char *prelude = g_strndup (start, block - start);
    g_autofree char *inner = *start == '@' ? g_strdup (selectors) : nested_selectors (selectors, prelude);
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

/* What a desktop screen has of the features of media that are words. */
static const struct {
  const char *feature;
  gboolean holds;
} media_features[] = {
    {"orientation:landscape", TRUE},
    {"prefers-color-scheme:light", TRUE},
    {"prefers-reduced-motion:no-preference", TRUE},
    {"hover:hover", TRUE},
    {"hover", TRUE},
    {"any-hover:hover", TRUE},
    {"pointer:fine", TRUE},
    {"any-pointer:fine", TRUE},
    {"color", TRUE},
    {"scripting:enabled", TRUE},
};

static gboolean
compare_size (double size, const char *sign, double bound)
{
  gboolean equal = strchr (sign, '=') != NULL;
  if (*sign == '<')
    return size < bound || (equal && size == bound);
  if (*sign == '>')
    return size > bound || (equal && size == bound);
  return size == bound;
}

/* "min-width:768px", "width>=768px", "orientation:landscape", without spaces and brackets. */
static gboolean
media_feature_holds (const char *feature)
{
  for (gsize i = 0; i < G_N_ELEMENTS (media_features); i++)
    if (!strcmp (feature, media_features[i].feature))
      return media_features[i].holds;
  gboolean least = g_str_has_prefix (feature, "min-"), most = g_str_has_prefix (feature, "max-");
  const char *name = feature + (least || most ? 4 : 0);
  name += g_str_has_prefix (name, "device-") ? strlen ("device-") : 0;
  double size = g_str_has_prefix (name, "width") ? SCREEN_WIDTH : g_str_has_prefix (name, "height") ? SCREEN_HEIGHT : 0;
  const char *sign = name + strcspn (name, ":<>="), *end;
  double bound;
  if (size == 0 || !*sign || !style_length_from_text (sign + strspn (sign, ":<>="), &bound, &end))
    return FALSE;
  return least ? size >= bound : most ? size <= bound : compare_size (size, sign, bound);
}

/* "screen and (min-width: 768px)", "not print", "(a) or (b)": the last word before a bracket joins it. */
static gboolean
media_query_holds (const char *query)
{
  gboolean holds = TRUE, negated = FALSE, either = FALSE;
  for (const char *at = query; *at;) {
    at += strspn (at, " ");
    gsize length = *at == '(' ? (gsize)(find_outside (at + 1, at + strlen (at), ")") - at) : strcspn (at, " (");
    if (length == 0)
      break;
    g_autofree char *word = g_strndup (*at == '(' ? at + 1 : at, *at == '(' ? length - 1 : length);
    if (*at == '(') {
      GString *squeezed = g_string_new (word);
      g_string_replace (squeezed, " ", "", 0);
      gboolean feature = media_feature_holds (squeezed->str);
      holds = either ? holds || feature : holds && feature;
      g_string_free (squeezed, TRUE);
      at += at[length] == ')';
    } else if (!strcmp (word, "not"))
      negated = TRUE;
    else if (!strcmp (word, "or"))
      either = TRUE;
    else if (strcmp (word, "and") && strcmp (word, "only"))
      holds = holds && (!strcmp (word, "screen") || !strcmp (word, "all"));
    at += length;
  }
  return holds != negated;
}

/* Whether one of the queries in TEXT, parted by commas, holds; there may be none. */
static gboolean
media_hold (const char *text, const char *end)
{
  if (skip_space (text, end) == end)
    return TRUE;
  while (text < end) {
    const char *comma = find_outside (text, end, ",");
    g_autofree char *query = plain_value (text, comma);
    if (media_query_holds (query))
      return TRUE;
    text = comma + 1;
  }
  return FALSE;
}

/* Whether the rules in the block of an at-rule count; PRELUDE is the text before the block. */
static gboolean
at_rule_holds (const char *prelude, const char *end)
{
  const char *at = prelude + 1;
  g_autofree char *name = take_name (&at, end);
  if (!name || !g_ascii_strcasecmp (name, "layer"))
    return name != NULL;
  if (!g_ascii_strcasecmp (name, "media"))
    return media_hold (at, end);
  g_autofree char *condition = plain_value (at, end);
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
    const char *comma = find_outside (at, end, ",");
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
  while ((text = skip_space (text, end)) < end) {
    if (*text == '}' || *text == ';') { /* the end of a block whose rules count, or a stray mark */
      if (*text++ == '}' && depth > 0)
        sheets->layer = around[--depth];
      continue;
    }
    const char *block = find_outside (text, end, *text == '@' ? "{;}" : "{}");
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
    const char *close = find_outside (block + 1, end, "}");
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
  return media_hold (query, query + strlen (query));
}

static void
take_sheet_within_limit (StyleSheets *sheets, const char *written)
{
  sheets->text += strlen (written);
  sheets->gave_up |= sheets->text > TEXT_LIMIT;
  if (sheets->text > TEXT_LIMIT)
    return;
  g_ptr_array_add (sheets->sheets, without_comments (written));
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

StyleSheets *
style_sheets_from_tree (const GumboNode *root, const LinkedStyles *linked)
{
  StyleSheets *sheets = g_new0 (StyleSheets, 1);
  sheets->simples = g_array_new (FALSE, FALSE, sizeof (SimpleSelector));
  g_array_set_clear_func (sheets->simples, simple_clear);
  sheets->compounds = g_array_new (FALSE, FALSE, sizeof (CompoundSelector));
  sheets->selectors = g_array_new (FALSE, FALSE, sizeof (StyleSelector));
  sheets->declarations = g_array_new (FALSE, FALSE, sizeof (StyleDeclaration));
  sheets->relatives = g_array_new (FALSE, FALSE, sizeof (StyleSelector));
  sheets->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_indexes);
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
index_matches (StyleSheets *sheets, const SimpleSelector *simple, const GumboNode *node)
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
  sheets->steps += index + after;
  int rest = (simple->from_end ? after + 1 : index) - simple->offset;
  return simple->step == 0 ? rest == 0 : rest % simple->step == 0 && rest / simple->step >= 0;
}

typedef struct {
  StyleSheets *sheets;
  const StyleSelector *selector;
  SelectorMode mode;
  char pseudo;            /* of StyleSelector */
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
      &g_array_index (within->sheets->compounds, CompoundSelector, within->selector->first);
  for (const GumboNode *node = root; node && within->sheets->steps <= STEPS_LIMIT; node = node_next (node, root, TRUE))
    if (node != within->scope && compound_matches (within, compound, node, FALSE) && left_matches (within, 0, node))
      return TRUE;
  return FALSE;
}

static gboolean
has_matches (const SelectorMatching *matching, const SimpleSelector *simple, const GumboNode *node)
{
  SelectorMatching within = *matching;
  within.selector = &g_array_index (matching->sheets->relatives, StyleSelector, simple->within);
  within.scope = node;
  const CompoundSelector *last = &g_array_index (matching->sheets->compounds, CompoundSelector,
                                                 within.selector->first + within.selector->count - 2);
  if (strchr (" >", last->combinator))
    return any_matches_below (&within, node);
  for (const GumboNode *after = node_after (node); after; after = node_after (after))
    if (any_matches_below (&within, after))
      return TRUE;
  return FALSE;
}

/* Whether a click changes the form control NODE: it is shown, or there is a label for it. */
static gboolean
is_clickable (SelectorMatching *matching, const GumboNode *node)
{
  const char *id = node_attribute (node, "id");
  if (id && g_hash_table_contains (matching->sheets->labelled, id))
    return TRUE;
  for (const GumboNode *around = node->parent; around; around = around->parent)
    if (node_tag (around) == GUMBO_TAG_LABEL)
      return TRUE;
  return style_of_node (matching->sheets, node, SELECTORS_AS_IS).values[STYLE_DISPLAY] != DISPLAY_NONE;
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
    matching->sheets->steps += value ? strlen (value) / 32 : 0;
    return (value && has_word (value, simple->name)) || (opened && own && is_state (simple->name));
  case SIMPLE_ATTRIBUTE:
    return attribute_matches (simple, node);
  case SIMPLE_OPENED:
    return opened;
  case SIMPLE_CHECKED:
    return node_attribute (node, "checked") || node_attribute (node, "selected") ||
           (opened && is_clickable (matching, node));
  case SIMPLE_ROOT:
    return node_tag (node) == GUMBO_TAG_HTML;
  case SIMPLE_SCOPE:
    return node == matching->scope;
  case SIMPLE_HAS:
    return has_matches (matching, simple, node);
  case SIMPLE_NEVER:
    return FALSE;
  case SIMPLE_NTH:
    return index_matches (matching->sheets, simple, node);
  }
  return FALSE;
}

/* Whether COMPOUND asks for more than states. */
static gboolean
asks_for_more (const StyleSheets *sheets, const CompoundSelector *compound)
{
  for (guint i = compound->first; i < compound->first + compound->count; i++) {
    const SimpleSelector *simple = &g_array_index (sheets->simples, SimpleSelector, i);
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
  StyleSheets *sheets = matching->sheets;
  if (!node_is_element (node) || sheets->steps++ > STEPS_LIMIT)
    return FALSE;
  gboolean own = matching->mode == SELECTORS_OPENED && (!subject || asks_for_more (sheets, compound));
  for (guint i = compound->first; i < compound->first + compound->count; i++) {
    const SimpleSelector *simple = &g_array_index (sheets->simples, SimpleSelector, i);
    if (simple_matches (matching, simple, node, own || simple->negated) == simple->negated)
      return FALSE;
  }
  return TRUE;
}

/* Whether what is left of the compound INDEX, which NODE matches, matches too. One level deep for each compound. */
static gboolean
left_matches (SelectorMatching *matching, guint index, const GumboNode *node)
{
  const GArray *compounds = matching->sheets->compounds;
  const CompoundSelector *compound = &g_array_index (compounds, CompoundSelector, matching->selector->first + index);
  char combinator = compound->combinator;
  if (!combinator)
    return TRUE;
  gboolean up = combinator == ' ' || combinator == '>', once = combinator == '>' || combinator == '+';
  for (node = up ? node->parent : node_element_before (node); node;
       node = up ? node->parent : node_element_before (node)) {
    if (compound_matches (matching, compound + 1, node, FALSE) && left_matches (matching, index + 1, node))
      return TRUE;
    if (once || matching->sheets->steps > STEPS_LIMIT)
      return FALSE;
  }
  return FALSE;
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

static void
cascade_key (Cascade *cascade, SelectorMatching *matching, const char *key, const GumboNode *node)
{
  const StyleSheets *sheets = matching->sheets;
  const GArray *indexes = g_hash_table_lookup (sheets->by_key, key);
  for (guint i = 0; indexes && i < indexes->len && sheets->steps <= STEPS_LIMIT; i++) {
    const StyleSelector *selector =
        &g_array_index (sheets->selectors, StyleSelector, g_array_index (indexes, guint, i));
    matching->selector = selector;
    if (selector->pseudo != matching->pseudo)
      continue;
    if (!compound_matches (matching, &g_array_index (sheets->compounds, CompoundSelector, selector->first), node,
                           TRUE) ||
        !left_matches (matching, 0, node))
      continue;
    guint64 rank = (guint64)!selector->browser << 61 | (guint64)selector->layer << LAYER_SHIFT |
                   (guint64)MIN (selector->specificity, SPECIFICITY_LIMIT) << 32 | selector->order;
    for (guint j = 0; j < selector->declarations; j++)
      cascade_declaration (
          cascade, &g_array_index (sheets->declarations, StyleDeclaration, selector->first_declaration + j), rank);
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
cascade_node (StyleSheets *sheets, const GumboNode *node, SelectorMode mode, char pseudo, const char *variable)
{
  Cascade cascade = {.sheets = sheets, .variable = variable};
  SelectorMatching matching = {.sheets = sheets, .mode = mode, .pseudo = pseudo};
  const char *id = node_attribute (node, "id"), *classes = classes_of (node);
  const char *style = node_attribute (node, "style");
  g_autofree char *tag = name_of_element (node);
  cascade_key (&cascade, &matching, "*", node);
  cascade_key (&cascade, &matching, tag, node);
  g_autofree char *id_key = id ? g_strconcat ("#", id, NULL) : NULL;
  if (id)
    cascade_key (&cascade, &matching, id_key, node);
  g_auto (GStrv) words = g_strsplit_set (classes ? classes : "", " \t\r\n\f", -1);
  for (char **word = words; *word; word++) {
    g_autofree char *key = g_strconcat (".", *word, NULL);
    cascade_key (&cascade, &matching, key, node);
  }
  if (style && !pseudo)
    cascade_attribute (sheets, &cascade, style);
  sheets->gave_up |= sheets->steps > STEPS_LIMIT;
  return cascade.style;
}

Style
style_of_node (StyleSheets *sheets, const GumboNode *node, SelectorMode mode)
{
  return cascade_node (sheets, node, mode, 0, NULL);
}

/* The value of the variable NAME for what is put into NODE, whose own styles are OWN: that of the nearest element that sets it.
 * The caller frees; NULL: none does. */
static char *
value_of_variable (StyleSheets *sheets, const GumboNode *node, char pseudo, const char *name)
{
  for (const GumboNode *at = node; at && node_is_element (at); at = pseudo ? at : at->parent, pseudo = 0) {
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
asked_text (StyleSheets *sheets, const GumboNode *node, char pseudo, const char *asked, Counters *counters)
{
  const char *end = asked + strlen (asked), *comma = find_outside (asked + 1, end, ",");
  g_autofree char *name = plain_value (asked + 1, comma);
  char *text = NULL;
  if (*asked == 'a')
    return g_strdup (node_attribute (node, name));
  if (*asked == 'v') {
    text = value_of_variable (sheets, node, pseudo, name);
    return text || comma == end ? text : content_text (comma + 1, end);
  }
  const char *next = *asked == 's' && comma < end ? find_outside (comma + 1, end, ",") : comma;
  g_autofree char *between = *asked == 's' && comma < end ? written_text (comma + 1, next) : NULL,
                  *style = next < end ? plain_value (next + 1, end) : NULL;
  return counters_text (counters, node, name, between, style);
}

/* TEXT with what it asks for put in. The caller frees. */
static char *
with_asked (StyleSheets *sheets, const GumboNode *node, char pseudo, const char *text, Counters *counters)
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
style_of_generated (StyleSheets *sheets, const GumboNode *node, gboolean after)
{
  return cascade_node (sheets, node, SELECTORS_AS_IS, after ? 'a' : 'b', NULL);
}

char *
style_generated_text (StyleSheets *sheets, const GumboNode *node, gboolean after, const char **family,
                      Counters *counters)
{
  if (!sheets->generated)
    return NULL;
  Style style = style_of_generated (sheets, node, after);
  const char *text = style_text (sheets, style.values[STYLE_CONTENT]);
  *family = style_text (sheets, style.values[STYLE_FONT_FAMILY]);
  if (!text || style.values[STYLE_DISPLAY] == DISPLAY_NONE)
    return NULL;
  return with_asked (sheets, node, after ? 'a' : 'b', text, counters);
}
