/* word_styles.c - see word_styles.h */
#include "read/document/word_styles.h"

#include "read/document/list_label.h"

#include <string.h>

#define BASE_LIMIT 20    /* of styles that are based on each other */
#define LEVELS 9         /* of a list (17.9.6) */
#define LABEL_LENGTH 200 /* bytes */
#define HEADING_NONE -1
#define UNSET -1

typedef struct {
  char *base, *name;
  int outline, numbering, level; /* UNSET */
  int strike, vanish;            /* UNSET, or a boolean */
  gboolean numbered;             /* has w:numPr */
} WordStyle;

typedef struct {
  char *format, *text;
  int start;
  gboolean tight; /* nothing follows the label */
} ListLevel;

/* An abstract numbering, which the counters belong to. */
typedef struct {
  ListLevel levels[LEVELS];
  int counters[LEVELS]; /* UNSET: not begun */
} WordList;

/* A numbering: a list, and the numbers with which its levels begin anew. */
typedef struct {
  int list;
  int starts[LEVELS]; /* UNSET: those of the list */
  gboolean begun;
} WordNumbering;

struct WordStyles {
  GHashTable *styles;     /* char * -> WordStyle */
  char *default_style;    /* of paragraphs; NULL: none */
  GHashTable *lists;      /* int -> WordList */
  GHashTable *numberings; /* int -> WordNumbering */
};

static void
style_free (WordStyle *style)
{
  g_free (style->base);
  g_free (style->name);
  g_free (style);
}

static void
list_free (WordList *list)
{
  for (int i = 0; i < LEVELS; i++) {
    g_free (list->levels[i].format);
    g_free (list->levels[i].text);
  }
  g_free (list);
}

gboolean
part_is_on (const PackagePart *part)
{
  return !part_attribute (part, "val") || part_flag (part, "val");
}

static void
replace (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

static void
read_style_property (WordStyle *style, const PackagePart *part)
{
  if (part_begins (part, "name"))
    replace (&style->name, part_attribute (part, "val"));
  else if (part_begins (part, "basedOn"))
    replace (&style->base, part_attribute (part, "val"));
  else if (part_begins (part, "outlineLvl"))
    style->outline = part_number (part, "val", UNSET);
  else if (part_begins (part, "numPr"))
    style->numbered = TRUE;
  else if (part_begins (part, "numId"))
    style->numbering = part_number (part, "val", 0);
  else if (part_begins (part, "ilvl"))
    style->level = part_number (part, "val", 0);
  else if (part_begins (part, "strike") || part_begins (part, "dstrike"))
    style->strike = part_is_on (part);
  else if (part_begins (part, "vanish"))
    style->vanish = part_is_on (part);
}

/* The style of a table has styles for its parts within it, which are those of no paragraph. */
static void
read_style (WordStyles *styles, PackagePart *part)
{
  WordStyle *style = g_new0 (WordStyle, 1);
  *style = (WordStyle){.outline = UNSET, .numbering = UNSET, .level = UNSET, .strike = UNSET, .vanish = UNSET};
  const char *id = part_attribute (part, "styleId");
  g_autofree char *name = g_strdup (id ? id : "");
  const char *type = part_attribute (part, "type");
  if (type && !strcmp (type, "paragraph") && part_flag (part, "default"))
    replace (&styles->default_style, name);
  while (part_next (part) && !part_ends (part, "style"))
    if (part_begins (part, "tblStylePr"))
      part_skip (part);
    else
      read_style_property (style, part);
  g_hash_table_replace (styles->styles, g_steal_pointer (&name), style);
}

static void
read_list_level (WordList *list, PackagePart *part)
{
  int index = CLAMP (part_number (part, "ilvl", 0), 0, LEVELS - 1);
  ListLevel *level = &list->levels[index];
  while (part_next (part) && !part_ends (part, "lvl"))
    if (part_begins (part, "start"))
      level->start = part_number (part, "val", 1);
    else if (part_begins (part, "numFmt"))
      replace (&level->format, part_attribute (part, "val"));
    else if (part_begins (part, "lvlText"))
      replace (&level->text, part_attribute (part, "val"));
    else if (part_begins (part, "suff"))
      level->tight = !g_strcmp0 (part_attribute (part, "val"), "nothing");
}

static void
read_list (WordStyles *styles, PackagePart *part)
{
  WordList *list = g_new0 (WordList, 1);
  int id = part_number (part, "abstractNumId", 0);
  for (int i = 0; i < LEVELS; i++) {
    list->levels[i].start = 1;
    list->counters[i] = UNSET;
  }
  while (part_next (part) && !part_ends (part, "abstractNum"))
    if (part_begins (part, "lvl"))
      read_list_level (list, part);
  g_hash_table_replace (styles->lists, GINT_TO_POINTER (id), list);
}

static void
read_numbering (WordStyles *styles, PackagePart *part)
{
  WordNumbering *numbering = g_new0 (WordNumbering, 1);
  int id = part_number (part, "numId", 0), level = 0;
  for (int i = 0; i < LEVELS; i++)
    numbering->starts[i] = UNSET;
  while (part_next (part) && !part_ends (part, "num"))
    if (part_begins (part, "abstractNumId"))
      numbering->list = part_number (part, "val", 0);
    else if (part_begins (part, "lvlOverride"))
      level = CLAMP (part_number (part, "ilvl", 0), 0, LEVELS - 1);
    else if (part_begins (part, "startOverride"))
      numbering->starts[level] = part_number (part, "val", 1);
  g_hash_table_replace (styles->numberings, GINT_TO_POINTER (id), numbering);
}

/* Calls READ at each element NAME below the root of the part of TYPE, if there is one. */
static gboolean
read_related (WordStyles *styles, Package *package, const char *document, const char *type, GError **error)
{
  GError *failure = NULL;
  g_autofree char *name = package_related (package, document, type, NULL, &failure);
  PackagePart *part = name && package_has (package, name) ? part_open (package, name, &failure) : NULL;
  while (part && part_next (part))
    if (part_begins (part, "style"))
      read_style (styles, part);
    else if (part_begins (part, "abstractNum"))
      read_list (styles, part);
    else if (part_begins (part, "num"))
      read_numbering (styles, part);
  if (part)
    part_close (part, &failure);
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

WordStyles *
word_styles_from_package (Package *package, const char *document, GError **error)
{
  g_autoptr (WordStyles) styles = g_new0 (WordStyles, 1);
  styles->styles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)style_free);
  styles->lists = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)list_free);
  styles->numberings = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  if (!read_related (styles, package, document, "/styles", error) ||
      !read_related (styles, package, document, "/numbering", error))
    return NULL;
  return g_steal_pointer (&styles);
}

void
word_styles_free (WordStyles *styles)
{
  if (!styles)
    return;
  g_hash_table_unref (styles->styles);
  g_hash_table_unref (styles->lists);
  g_hash_table_unref (styles->numberings);
  g_free (styles->default_style);
  g_free (styles);
}

static const WordStyle *
style_named (const WordStyles *styles, const char *name)
{
  const char *id = name ? name : styles->default_style;
  return id ? g_hash_table_lookup (styles->styles, id) : NULL;
}

static const WordStyle *
base_of (const WordStyles *styles, const WordStyle *style)
{
  return style->base ? g_hash_table_lookup (styles->styles, style->base) : NULL;
}

/* The names of built-in styles are English in every language of Word. */
static int
heading_from_name (const char *name)
{
  if (!name)
    return UNSET;
  if (!g_ascii_strcasecmp (name, "title"))
    return 0;
  if (!g_ascii_strncasecmp (name, "heading ", 8) && g_ascii_isdigit (name[8]) && name[8] != '0')
    return name[8] - '0';
  return UNSET;
}

int
word_styles_heading (const WordStyles *styles, const char *name)
{
  const WordStyle *style = style_named (styles, name);
  for (int i = 0; style && i < BASE_LIMIT; i++, style = base_of (styles, style)) {
    int heading = heading_from_name (style->name);
    if (heading != UNSET)
      return heading;
    if (style->outline != UNSET)
      return style->outline < LEVELS ? style->outline + 1 : HEADING_NONE;
  }
  return HEADING_NONE;
}

gboolean
word_styles_strike (const WordStyles *styles, const char *name)
{
  const WordStyle *style = style_named (styles, name);
  for (int i = 0; style && i < BASE_LIMIT; i++, style = base_of (styles, style))
    if (style->strike != UNSET)
      return style->strike;
  return FALSE;
}

gboolean
word_styles_vanish (const WordStyles *styles, const char *name)
{
  const WordStyle *style = style_named (styles, name);
  for (int i = 0; style && i < BASE_LIMIT; i++, style = base_of (styles, style))
    if (style->vanish != UNSET)
      return style->vanish;
  return FALSE;
}

void
word_styles_numbering (const WordStyles *styles, const char *name, int *numbering, int *level)
{
  const WordStyle *style = style_named (styles, name);
  *numbering = *level = 0;
  for (int i = 0; style && i < BASE_LIMIT; i++, style = base_of (styles, style))
    if (style->numbered) {
      *numbering = MAX (style->numbering, 0);
      *level = MAX (style->level, 0);
      return;
    }
}

/* "第%1条" with the counters of the list in it. */
static char *
label_of_level (const WordList *list, int level)
{
  g_autoptr (GString) label = g_string_new (NULL);
  const char *text = list->levels[level].text ? list->levels[level].text : "";
  for (; *text && label->len < LABEL_LENGTH; text++) {
    int other = text[0] == '%' && text[1] >= '1' && text[1] <= '9' ? text[1] - '1' : UNSET;
    if (other == UNSET) {
      g_string_append_c (label, *text);
      continue;
    }
    const ListLevel *counted = &list->levels[other];
    int number = list->counters[other] == UNSET ? counted->start : list->counters[other];
    g_autofree char *digits = list_number (counted->format ? counted->format : "decimal", number);
    g_string_append (label, digits ? digits : "");
    text++;
  }
  return g_string_free (g_steal_pointer (&label), FALSE);
}

static void
count (WordList *list, WordNumbering *numbering, int level)
{
  for (int i = 0; !numbering->begun && i < LEVELS; i++)
    if (numbering->starts[i] != UNSET) {
      list->levels[i].start = numbering->starts[i];
      list->counters[i] = UNSET;
    }
  numbering->begun = TRUE;
  list->counters[level] = list->counters[level] == UNSET ? list->levels[level].start : list->counters[level] + 1;
  for (int i = level + 1; i < LEVELS; i++)
    list->counters[i] = UNSET;
}

char *
word_styles_next_label (WordStyles *styles, int id, int level)
{
  WordNumbering *numbering = id > 0 ? g_hash_table_lookup (styles->numberings, GINT_TO_POINTER (id)) : NULL;
  WordList *list = numbering ? g_hash_table_lookup (styles->lists, GINT_TO_POINTER (numbering->list)) : NULL;
  if (!list)
    return g_strdup ("");
  level = CLAMP (level, 0, LEVELS - 1);
  count (list, numbering, level);
  const ListLevel *shown = &list->levels[level];
  if (shown->format && !strcmp (shown->format, "bullet"))
    return g_strdup (list_bullet (shown->text ? shown->text : ""));
  g_autofree char *label = label_of_level (list, level);
  return g_strconcat (label, *label && !shown->tight ? " " : "", NULL);
}
