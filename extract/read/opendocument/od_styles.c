/* od_styles.c - see od_styles.h */
#include "read/opendocument/od_styles.h"

#include <string.h>

#define PARENT_LIMIT 20 /* of styles within each other */
#define UNSET -1

typedef struct {
  char *parent;
  int strike, hidden; /* UNSET, or a boolean */
  int white, filled;  /* the same: of its letters, and of its ground */
  int outline;
} OdStyle;

typedef struct {
  OdListLevel levels[OD_LIST_LEVELS];
} OdListStyle;

struct OdStyles {
  GHashTable *styles; /* char *, "text/T1" -> OdStyle */
  GHashTable *lists;  /* char * -> OdListStyle */
};

static void
style_free (OdStyle *style)
{
  g_free (style->parent);
  g_free (style);
}

static void
list_free (OdListStyle *list)
{
  for (int i = 0; i < OD_LIST_LEVELS; i++) {
    g_free (list->levels[i].format);
    g_free (list->levels[i].prefix);
    g_free (list->levels[i].suffix);
    g_free (list->levels[i].bullet);
  }
  g_free (list);
}

OdStyles *
od_styles_new (void)
{
  OdStyles *styles = g_new0 (OdStyles, 1);
  styles->styles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)style_free);
  styles->lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)list_free);
  return styles;
}

void
od_styles_free (OdStyles *styles)
{
  if (!styles)
    return;
  g_hash_table_unref (styles->styles);
  g_hash_table_unref (styles->lists);
  g_free (styles);
}

static gboolean
attribute_is (const PackagePart *part, const char *name, const char *value)
{
  return !g_strcmp0 (part_attribute (part, name), value);
}

/* Any line but "none" strikes out; it is said by its style, its type or both. */
static void
read_text_properties (OdStyle *style, const PackagePart *part)
{
  const char *const attributes[] = {"text-line-through-style", "text-line-through-type"};
  for (gsize i = 0; i < G_N_ELEMENTS (attributes); i++) {
    const char *value = part_attribute (part, attributes[i]);
    if (value)
      style->strike = MAX (strcmp (value, "none") != 0, i > 0 && style->strike == 1);
  }
  const char *display = part_attribute (part, "display"), *colour = part_attribute (part, "color");
  if (display)
    style->hidden = !strcmp (display, "none");
  if (colour)
    style->white = !g_ascii_strcasecmp (colour, "#ffffff");
}

/* The ground of letters, a paragraph or a cell. */
static void
read_ground (OdStyle *style, const PackagePart *part)
{
  const char *ground = part_attribute (part, "background-color");
  if (ground)
    style->filled =
        MAX (style->filled, strcmp (ground, "transparent") != 0 && g_ascii_strcasecmp (ground, "#ffffff") != 0);
}

static void
read_style (OdStyles *styles, PackagePart *part)
{
  OdStyle *style = g_new0 (OdStyle, 1);
  const char *name = part_attribute (part, "name");
  g_autofree char *own_name = g_strdup (name ? name : "");
  const char *family = part_attribute (part, "family");
  g_autofree char *key = g_strdup_printf ("%s/%s", family ? family : "", own_name);
  const char *parent = part_attribute (part, "parent-style-name");
  int outline = part_number (part, "default-outline-level", UNSET);
  *style = (OdStyle){.parent = g_strdup (parent),
                     .strike = UNSET,
                     .hidden = UNSET,
                     .white = UNSET,
                     .filled = UNSET,
                     .outline = outline};
  if (!strcmp (own_name, "Title"))
    style->outline = 0;
  while (part_next (part) && !part_ends (part, "style")) {
    if (part_begins (part, "text-properties"))
      read_text_properties (style, part);
    else if (part_begins (part, "table-properties") && part_attribute (part, "display"))
      style->hidden = attribute_is (part, "display", "false");
    if (part_begins (part, "text-properties") || part_begins (part, "paragraph-properties") ||
        part_begins (part, "table-cell-properties"))
      read_ground (style, part);
  }
  g_hash_table_replace (styles->styles, g_steal_pointer (&key), style);
}

static void
read_list_level (OdListStyle *list, const PackagePart *part)
{
  int index = CLAMP (part_number (part, "level", 1), 1, OD_LIST_LEVELS) - 1;
  OdListLevel *level = &list->levels[index];
  g_free (level->format);
  g_free (level->prefix);
  g_free (level->suffix);
  g_free (level->bullet);
  level->format = g_strdup (part_attribute (part, "num-format"));
  level->prefix = g_strdup (part_attribute (part, "num-prefix"));
  level->suffix = g_strdup (part_attribute (part, "num-suffix"));
  level->bullet = g_strdup (part_attribute (part, "bullet-char"));
  level->start = part_number (part, "start-value", 1);
  level->shown = CLAMP (part_number (part, "display-levels", 1), 1, index + 1);
}

static void
read_list_style (OdStyles *styles, PackagePart *part)
{
  OdListStyle *list = g_new0 (OdListStyle, 1);
  const char *name = part_attribute (part, "name");
  g_hash_table_replace (styles->lists, g_strdup (name ? name : ""), list);
  while (part_next (part) && !part_ends (part, "list-style"))
    if (part_begins (part, "list-level-style-number") || part_begins (part, "list-level-style-bullet"))
      read_list_level (list, part);
}

gboolean
od_styles_read (OdStyles *styles, PackagePart *part)
{
  if (part_begins (part, "style") && part_attribute (part, "family"))
    read_style (styles, part);
  else if (part_begins (part, "list-style"))
    read_list_style (styles, part);
  else
    return FALSE;
  return TRUE;
}

gboolean
od_styles_read_common (OdStyles *styles, Package *package, GError **error)
{
  if (!package_has (package, "styles.xml"))
    return TRUE;
  PackagePart *part = part_open (package, "styles.xml", error);
  if (!part)
    return FALSE;
  while (part_next (part))
    od_styles_read (styles, part);
  return part_close (part, error);
}

static const OdStyle *
style_named (const OdStyles *styles, const char *family, const char *name)
{
  g_autofree char *key = name ? g_strdup_printf ("%s/%s", family, name) : NULL;
  return key ? g_hash_table_lookup (styles->styles, key) : NULL;
}

gboolean
od_styles_strike (const OdStyles *styles, const char *family, const char *name)
{
  const OdStyle *style = style_named (styles, family, name);
  for (int i = 0; style && i < PARENT_LIMIT; i++, style = style_named (styles, family, style->parent))
    if (style->strike != UNSET)
      return style->strike;
  return FALSE;
}

gboolean
od_styles_hides (const OdStyles *styles, const char *family, const char *name)
{
  const OdStyle *style = style_named (styles, family, name);
  for (int i = 0; style && i < PARENT_LIMIT; i++, style = style_named (styles, family, style->parent))
    if (style->hidden != UNSET)
      return style->hidden;
  return FALSE;
}

gboolean
od_styles_white (const OdStyles *styles, const char *family, const char *name)
{
  const OdStyle *style = style_named (styles, family, name);
  int white = UNSET;
  for (int i = 0; style && i < PARENT_LIMIT; i++, style = style_named (styles, family, style->parent)) {
    white = white == UNSET ? style->white : white;
    if (style->filled == TRUE)
      return FALSE;
  }
  return white == TRUE;
}

gboolean
od_styles_filled (const OdStyles *styles, const char *family, const char *name)
{
  const OdStyle *style = style_named (styles, family, name);
  for (int i = 0; style && i < PARENT_LIMIT; i++, style = style_named (styles, family, style->parent))
    if (style->filled != UNSET)
      return style->filled;
  return FALSE;
}

int
od_styles_heading (const OdStyles *styles, const char *name)
{
  const OdStyle *style = style_named (styles, "paragraph", name);
  for (int i = 0; style && i < PARENT_LIMIT; i++, style = style_named (styles, "paragraph", style->parent))
    if (style->outline != UNSET)
      return style->outline;
  return UNSET;
}

const OdListLevel *
od_styles_list_level (const OdStyles *styles, const char *name, int level)
{
  const OdListStyle *list = name ? g_hash_table_lookup (styles->lists, name) : NULL;
  return list && level >= 0 && level < OD_LIST_LEVELS ? &list->levels[level] : NULL;
}
