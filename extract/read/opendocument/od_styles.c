/* od_styles.c - see od_styles.h */
#include "read/opendocument/od_styles.h"

#include <string.h>

#define PARENT_LIMIT 20 /* of styles within each other */

typedef struct {
  char *parent;
  int said[OD_STYLE_OUTLINE + 1]; /* by OdStyleSaid: OD_STYLE_UNSAID, or what it says */
  char *font;                     /* the name of its declaration, or its own; NULL: none */
} OdStyle;

typedef struct {
  OdListLevel levels[OD_LIST_LEVELS];
} OdListStyle;

struct OdStyles {
  GHashTable *styles; /* char *, "text/T1" -> OdStyle */
  GHashTable *lists;  /* char * -> OdListStyle */
  GHashTable *fonts;  /* char * -> char *: the family of a declared font */
};

static void
style_free (OdStyle *style)
{
  g_free (style->parent);
  g_free (style->font);
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
  styles->fonts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return styles;
}

void
od_styles_free (OdStyles *styles)
{
  if (!styles)
    return;
  g_hash_table_unref (styles->styles);
  g_hash_table_unref (styles->lists);
  g_hash_table_unref (styles->fonts);
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
  const char *const lines[] = {"text-line-through-style", "text-line-through-type"}, *const fonts[] = {
                                                                                         "font-name", "font-family",
                                                                                         "font-name-asian"};
  int *said = style->said;
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++) {
    const char *value = part_attribute (part, lines[i]);
    if (value)
      said[OD_STYLE_STRUCK] = MAX (strcmp (value, "none") != 0, i > 0 && said[OD_STYLE_STRUCK] == 1);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (fonts) && !style->font; i++)
    style->font = g_strdup (part_attribute (part, fonts[i]));
  const char *display = part_attribute (part, "display"), *colour = part_attribute (part, "color");
  if (display)
    said[OD_STYLE_HIDDEN] = !strcmp (display, "none");
  if (attribute_is (part, "opacity", "0%")) /* LibreOffice's own, for letters */
    said[OD_STYLE_HIDDEN] = TRUE;
  if (colour)
    said[OD_STYLE_WHITE] = !g_ascii_strcasecmp (colour, "#ffffff");
}

/* The ground of letters, a paragraph, a cell or a table. */
static void
read_ground (OdStyle *style, const PackagePart *part)
{
  const char *ground = part_attribute (part, "background-color");
  if (ground)
    style->said[OD_STYLE_FILLED] = MAX (style->said[OD_STYLE_FILLED], strcmp (ground, "transparent") != 0 &&
                                                                          g_ascii_strcasecmp (ground, "#ffffff") != 0);
}

static void
read_style (OdStyles *styles, PackagePart *part)
{
  static const char *const grounds[] = {"text-properties", "paragraph-properties", "table-cell-properties",
                                        "table-row-properties", "table-properties"};
  OdStyle *style = g_new0 (OdStyle, 1);
  const char *name = part_attribute (part, "name");
  g_autofree char *own_name = g_strdup (name ? name : "");
  const char *family = part_attribute (part, "family");
  g_autofree char *key = g_strdup_printf ("%s/%s", family ? family : "", own_name);
  style->parent = g_strdup (part_attribute (part, "parent-style-name"));
  for (int i = 0; i < OD_STYLE_OUTLINE; i++)
    style->said[i] = OD_STYLE_UNSAID;
  style->said[OD_STYLE_OUTLINE] =
      !strcmp (own_name, "Title") ? 0 : part_number (part, "default-outline-level", OD_STYLE_UNSAID);
  while (part_next (part) && !part_ends (part, "style")) {
    if (part_begins (part, "text-properties"))
      read_text_properties (style, part);
    else if (part_begins (part, "table-properties") && part_attribute (part, "display"))
      style->said[OD_STYLE_HIDDEN] = attribute_is (part, "display", "false");
    for (gsize i = 0; i < G_N_ELEMENTS (grounds); i++)
      if (part_begins (part, grounds[i]))
        read_ground (style, part);
  }
  g_hash_table_replace (styles->styles, g_steal_pointer (&key), style);
}

static void
read_font (OdStyles *styles, const PackagePart *part)
{
  g_autofree char *name = g_strdup (part_attribute (part, "name"));
  const char *family = part_attribute (part, "font-family");
  if (name && family)
    g_hash_table_replace (styles->fonts, g_steal_pointer (&name), g_strdup (family));
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
  else if (part_begins (part, "font-face"))
    read_font (styles, part);
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

int
od_styles_say (const OdStyles *styles, const char *family, const char *name, OdStyleSaid what)
{
  const OdStyle *style = style_named (styles, family, name);
  for (int i = 0; style && i < PARENT_LIMIT; i++, style = style_named (styles, family, style->parent))
    if (style->said[what] != OD_STYLE_UNSAID)
      return style->said[what];
  return OD_STYLE_UNSAID;
}

const char *
od_styles_font (const OdStyles *styles, const char *family, const char *name)
{
  const OdStyle *style = style_named (styles, family, name);
  for (int i = 0; style && i < PARENT_LIMIT; i++, style = style_named (styles, family, style->parent))
    if (style->font) {
      const char *declared = g_hash_table_lookup (styles->fonts, style->font);
      return declared ? declared : style->font;
    }
  return NULL;
}

const OdListLevel *
od_styles_list_level (const OdStyles *styles, const char *name, int level)
{
  const OdListStyle *list = name ? g_hash_table_lookup (styles->lists, name) : NULL;
  return list && level >= 0 && level < OD_LIST_LEVELS ? &list->levels[level] : NULL;
}
