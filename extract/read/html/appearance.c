/* appearance.c - see appearance.h
 *
 * One walk down the tree: what an element inherits is known before it is reached.
 */
#include "read/html/appearance.h"

#include <string.h>

/* An element with this part of the page's text is the page: where there are scripts, one of them shows it. */
#define WHOLE_PAGE 0.8

/* How often that is asked; each time costs a walk through the element. */
#define WHOLE_PAGE_CHECKS 20

/* What is known of an element; nothing is kept of most. */
typedef enum {
  LOOK_GONE = 1 << 0,       /* hidden with all below it */
  LOOK_INVISIBLE = 1 << 1,  /* its own text is: by visibility, */
  LOOK_SIZELESS = 1 << 2,   /* by the size of its letters, */
  LOOK_INDENTED = 1 << 3,   /* or by where they begin */
  LOOK_SEEN_BELOW = 1 << 4, /* of one of these: an element below it is seen */
  LOOK_STRUCK = 1 << 5,
  LOOK_SILENT = LOOK_INVISIBLE | LOOK_SIZELESS | LOOK_INDENTED,
} Look;

struct Appearance {
  Panels *panels;
  GHashTable *looks; /* const GumboNode * -> Look */
  GHashTable *grids; /* const GumboNode * -> how many columns it has */
  GString *words;    /* the first words that are hidden */
  gsize hidden;      /* characters, white space aside */
  Place place;       /* of the first */
  gboolean gave_up;
};

typedef struct {
  Appearance *appearance;
  StyleSheets *sheets;
  const GumboNode *root;
  gboolean scripts;
  gsize characters; /* of the page; 0: not counted yet */
  int checks;
} AppearanceWalk;

static Look
look_of (const Appearance *appearance, const GumboNode *node)
{
  return node ? GPOINTER_TO_UINT (g_hash_table_lookup (appearance->looks, node)) : 0;
}

static void
set_look (Appearance *appearance, const GumboNode *node, Look look)
{
  if (look)
    g_hash_table_insert (appearance->looks, (gpointer)node, GUINT_TO_POINTER (look));
}

/* The characters of TEXT, white space aside. */
static gsize
characters_in (const char *text)
{
  gsize count = 0;
  for (; *text; text = g_utf8_next_char (text))
    count += !g_unichar_isspace (g_utf8_get_char (text));
  return count;
}

static gsize
characters_below (const GumboNode *root)
{
  gsize count = 0;
  for (const GumboNode *node = root; node; node = node_next (node, root, !node_is_unseen (node)))
    count += node_is_text (node) ? characters_in (node->v.text.text) : 0;
  return count;
}

static void
count_hidden_text (Appearance *appearance, const GumboNode *text)
{
  gsize count = characters_in (text->v.text.text);
  if (count == 0)
    return;
  if (appearance->hidden == 0)
    appearance->place = node_place (text);
  appearance->hidden += count;
  if (appearance->words->len > 4 * NOTE_WORDS)
    return;
  g_autofree char *words = g_strstrip (g_strdup (text->v.text.text));
  g_string_append_printf (appearance->words, "%s%s", appearance->words->len > 0 ? " " : "", words);
}

static void
count_hidden_element (Appearance *appearance, const GumboNode *element)
{
  for (const GumboNode *node = element; node; node = node_next (node, element, !node_is_unseen (node)))
    if (node_is_text (node))
      count_hidden_text (appearance, node);
}

/* Rows and cells grow with what is in them, whatever their size is said to be. */
static gboolean
is_part_of_table (const Style *style, const GumboNode *node)
{
  static const GumboTag tags[] = {GUMBO_TAG_TABLE, GUMBO_TAG_THEAD, GUMBO_TAG_TBODY, GUMBO_TAG_TFOOT,
                                  GUMBO_TAG_TR,    GUMBO_TAG_TH,    GUMBO_TAG_TD};
  if (style->said[STYLE_DISPLAY])
    return style->values[STYLE_DISPLAY] == DISPLAY_TABLE_PART;
  for (gsize i = 0; i < G_N_ELEMENTS (tags); i++)
    if (node_tag (node) == tags[i])
      return TRUE;
  return FALSE;
}

/* Whether width, height, overflow and text-indent apply to the element: not to what is within a line. */
static gboolean
is_box (const Style *style, const GumboNode *node)
{
  if (style->values[STYLE_POSITION] == POSITION_ABSOLUTE || style->values[STYLE_FLOAT])
    return TRUE;
  if (style->said[STYLE_DISPLAY])
    return style->values[STYLE_DISPLAY] != DISPLAY_INLINE;
  return node_is_block (node);
}

static gboolean
is_gone (const Style *style, const GumboNode *node)
{
  const guint8 *values = style->values;
  if (values[STYLE_DISPLAY] == DISPLAY_NONE || values[STYLE_CONTENT_VISIBILITY] || values[STYLE_CLIP_PATH])
    return TRUE;
  if (!values[STYLE_ANIMATION] && (values[STYLE_OPACITY] || values[STYLE_TRANSFORM]))
    return TRUE;
  if (values[STYLE_POSITION] != POSITION_STATIC &&
      (values[STYLE_LEFT] || values[STYLE_TOP] || values[STYLE_RIGHT] || values[STYLE_BOTTOM]))
    return TRUE;
  if (values[STYLE_MARGIN_LEFT] || values[STYLE_MARGIN_TOP])
    return TRUE;
  if (values[STYLE_POSITION] == POSITION_ABSOLUTE && values[STYLE_CLIP])
    return TRUE;
  gboolean tiny = values[STYLE_WIDTH] || values[STYLE_HEIGHT] || values[STYLE_MAX_WIDTH] || values[STYLE_MAX_HEIGHT];
  return tiny && values[STYLE_OVERFLOW] && is_box (style, node) && !is_part_of_table (style, node);
}

/* What the element's own text is, given the same of its parent. */
static Look
silence_of (const Style *style, const GumboNode *node, Look parent)
{
  static const struct {
    StyleProperty property;
    Look look;
  } inherited[] = {
      {STYLE_VISIBILITY, LOOK_INVISIBLE}, {STYLE_FONT_SIZE, LOOK_SIZELESS}, {STYLE_TEXT_INDENT, LOOK_INDENTED}};
  Look look = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (inherited); i++) {
    guint8 value = style->values[inherited[i].property];
    gboolean own = style->said[inherited[i].property] && value != STYLE_INHERITED;
    gboolean shown = inherited[i].property == STYLE_VISIBILITY
                         ? style->values[STYLE_ANIMATION]
                         : inherited[i].property == STYLE_TEXT_INDENT && !is_box (style, node);
    look |= !own ? parent & inherited[i].look : value && !shown ? inherited[i].look : 0;
  }
  return look;
}

static gboolean
is_whole_page (AppearanceWalk *walk, const GumboNode *node)
{
  if (!walk->scripts || walk->checks >= WHOLE_PAGE_CHECKS)
    return FALSE;
  if (walk->characters == 0)
    walk->characters = characters_below (walk->root) + 1;
  if (characters_below (node) < WHOLE_PAGE * walk->characters)
    return FALSE;
  walk->checks++;
  return TRUE;
}

/* Whether ELEMENT, which its style hides, is shown all the same: by a click, by a script. */
static gboolean
is_opened (AppearanceWalk *walk, const GumboNode *element, Look parent)
{
  if (node_is_panel (element, walk->appearance->panels))
    return TRUE;
  Style opened = style_of_node (walk->sheets, element, SELECTORS_OPENED);
  if (!is_gone (&opened, element) && !(silence_of (&opened, element, parent) & ~parent & LOOK_SILENT))
    return TRUE;
  return is_whole_page (walk, element);
}

/* Lines through text go on through what is within the line, and not through boxes of their own (CSS Text Decoration). */
static gboolean
is_struck (const Style *style, Look parent)
{
  gboolean apart = style->values[STYLE_DISPLAY] == DISPLAY_ATOMIC_INLINE || style->values[STYLE_FLOAT] ||
                   style->values[STYLE_POSITION] == POSITION_ABSOLUTE;
  return style->values[STYLE_DECORATION] || ((parent & LOOK_STRUCK) && !apart);
}

/* ELEMENT is seen: those around it are not hidden with all below them. */
static void
note_seen_below (Appearance *appearance, const GumboNode *element)
{
  for (const GumboNode *node = element->parent; node; node = node->parent) {
    Look look = look_of (appearance, node);
    if (!(look & LOOK_SILENT) || (look & LOOK_SEEN_BELOW))
      return;
    set_look (appearance, node, look | LOOK_SEEN_BELOW);
  }
}

static Look
look_of_element (AppearanceWalk *walk, const GumboNode *element)
{
  Look parent = look_of (walk->appearance, element->parent);
  Style style = style_of_node (walk->sheets, element, SELECTORS_AS_IS);
  if (style.values[STYLE_GRID_COLUMNS])
    g_hash_table_insert (walk->appearance->grids, (gpointer)element,
                         GINT_TO_POINTER (style.values[STYLE_GRID_COLUMNS]));
  Look look = silence_of (&style, element, parent) | (is_gone (&style, element) ? LOOK_GONE : 0);
  if ((look & ~parent) && is_opened (walk, element, parent))
    look = parent & LOOK_SILENT;
  return look | (is_struck (&style, parent) ? LOOK_STRUCK : 0);
}

/* Whether what is below ELEMENT is still to be looked at. */
static gboolean
walk_element (AppearanceWalk *walk, const GumboNode *element)
{
  if (node_is_unseen (element))
    return FALSE;
  Look look = look_of_element (walk, element);
  set_look (walk->appearance, element, look);
  if (look & LOOK_GONE)
    count_hidden_element (walk->appearance, element);
  else if (!(look & LOOK_SILENT))
    note_seen_below (walk->appearance, element);
  return !(look & LOOK_GONE) && !node_is_frame (element);
}

static gboolean
has_scripts (const GumboNode *root)
{
  for (const GumboNode *node = root; node; node = node_next (node, root, TRUE))
    if (node_tag (node) == GUMBO_TAG_SCRIPT)
      return TRUE;
  return FALSE;
}

Appearance *
appearance_from_tree (const GumboNode *root, const LinkedStyles *linked)
{
  Appearance *appearance = g_new0 (Appearance, 1);
  appearance->panels = panels_from_tree (root);
  appearance->looks = g_hash_table_new (NULL, NULL);
  appearance->grids = g_hash_table_new (NULL, NULL);
  appearance->words = g_string_new (NULL);
  g_autoptr (StyleSheets) sheets = style_sheets_from_tree (root, linked);
  AppearanceWalk walk = {appearance, sheets, root, has_scripts (root), 0, 0};
  for (const GumboNode *node = root; node;) {
    gboolean into = !node_is_element (node) || walk_element (&walk, node);
    if (node_is_text (node) && look_of (appearance, node->parent) & LOOK_SILENT)
      count_hidden_text (appearance, node);
    node = node_next (node, root, into);
  }
  appearance->gave_up = style_sheets_gave_up (sheets);
  return appearance;
}

void
appearance_free (Appearance *appearance)
{
  if (!appearance)
    return;
  g_hash_table_unref (appearance->panels);
  g_hash_table_unref (appearance->looks);
  g_hash_table_unref (appearance->grids);
  g_string_free (appearance->words, TRUE);
  g_free (appearance);
}

gboolean
node_is_hidden (const GumboNode *node, const Appearance *appearance)
{
  if (!node_is_element (node))
    return node->type == GUMBO_NODE_COMMENT || (look_of (appearance, node->parent) & LOOK_SILENT) != 0;
  if (node_is_unseen (node))
    return TRUE;
  Look look = look_of (appearance, node);
  return (look & LOOK_GONE) || ((look & LOOK_SILENT) && !(look & LOOK_SEEN_BELOW));
}

gboolean
node_is_struck (const GumboNode *node, const Appearance *appearance)
{
  return (look_of (appearance, node_is_element (node) ? node : node->parent) & LOOK_STRUCK) != 0;
}

int
node_grid_columns (const GumboNode *node, const Appearance *appearance)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (appearance->grids, node));
}

void
appearance_note_hidden (const Appearance *appearance, GPtrArray *notes)
{
  g_autofree char *words = note_words (appearance->words->str);
  if (appearance->hidden > 0) {
    notes_add (notes, "hidden-text", NOTE_INFO, appearance->place,
               "The page's styles hide %" G_GSIZE_FORMAT " characters, which are left out; the first are \"%s\".",
               appearance->hidden, words);
    notes_count_left_out (notes, appearance->hidden);
  }
  if (appearance->gave_up)
    notes_add (notes, "hidden-text", NOTE_WARNING, (Place){0},
               "The page's style sheets take too many steps; what they hide or strike out may be in the text.");
}
