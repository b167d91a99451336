/* appearance.c - see appearance.h
 *
 * One walk down the tree: what an element inherits is known before it is reached.
 */
#include "read/html/appearance.h"

#include "read/html/css_colour.h"
#include "read/html/icon.h"
#include "text/squeezed.h"

#include <stdlib.h>
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
  LOOK_COLOURLESS = 1 << 6, /* or by its colour, which is that of its ground */
  LOOK_SILENT = LOOK_INVISIBLE | LOOK_SIZELESS | LOOK_INDENTED | LOOK_COLOURLESS,
  LOOK_FLAGS = (1 << 7) - 1, /* above them: the number of its TextPaint */
} Look;

#define LOOK_PAINT_SHIFT 7

/* Colours this near to each other are one, as on PDF pages. */
#define CONTRAST_LEAST 12

/* How text is painted: what an element inherits, and the ground that it is on. */
typedef struct {
  guint32 colour, ground; /* STYLE_COLOUR, STYLE_GROUND; the ground has no more to be seen through */
  const SymbolFont *symbols;
  gboolean drawn;
} TextPaint;

/* Text that is not seen when the page is opened. */
typedef struct {
  GString *words;   /* the first of them */
  gsize characters; /* white space aside */
  Place place;      /* of the first */
} UnseenText;

struct Appearance {
  Panels *panels;
  GHashTable *looks;                      /* const GumboNode * -> Look */
  GHashTable *grids;                      /* const GumboNode * -> how many columns it has */
  GHashTable *shown;                      /* const GumboNode * -> char *: node_shown_text */
  GArray *paints;                         /* TextPaint; 0: black on white */
  GPtrArray *icons, *controls, *pictures; /* const GumboNode *: marks read, form controls, pictures without words */
  GPtrArray *framed;                      /* const GumboNode *: words with a line around them, in cells */
  GHashTable *chosen;                     /* const GumboNode *: those of `framed` that are one choice of several */
  UnseenText hidden, closed;              /* left out; read, since a click opens it */
  gboolean gave_up;
};

typedef struct {
  Appearance *appearance;
  StyleSheets *sheets;
  const GumboNode *root;
  const Symbols *symbols;
  gboolean scripts;
  const GumboNode *cell; /* the last cell that was asked about, and how many characters it has */
  gsize cell_characters;
  gsize characters; /* of the page; 0: not counted yet */
  Counters *counters;
  int checks;
  GHashTable
      *generated;  /* const GumboNode * -> char *: what the styles put into elements that have text of their own */
  GHashTable *ids; /* char * -> const GumboNode *; NULL: not asked for yet */
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

static gsize
characters_below (const GumboNode *root)
{
  gsize count = 0;
  for (const GumboNode *node = root; node; node = node_next (node, root, !node_is_unseen (node)))
    count += node_is_text (node) ? text_letters (node->v.text.text) : 0;
  return count;
}

/* All of the text below ROOT, without white space at the ends; the caller frees. */
static char *
text_below (const GumboNode *root)
{
  GString *text = g_string_new (NULL);
  for (const GumboNode *node = root; node; node = node_next (node, root, !node_is_unseen (node)))
    if (node_is_text (node))
      g_string_append (text, node->v.text.text);
  return g_strstrip (g_string_free (text, FALSE));
}

static void
count_unseen_text (UnseenText *unseen, const GumboNode *text)
{
  gsize count = text_letters (text->v.text.text);
  if (count == 0)
    return;
  if (unseen->characters == 0)
    unseen->place = node_place (text);
  unseen->characters += count;
  if (unseen->words->len > 4 * NOTE_WORDS)
    return;
  g_autofree char *words = g_strstrip (g_strdup (text->v.text.text));
  g_string_append_printf (unseen->words, "%s%s", unseen->words->len > 0 ? " " : "", words);
}

static void
count_unseen_element (UnseenText *unseen, const GumboNode *element)
{
  for (const GumboNode *node = element; node; node = node_next (node, element, !node_is_unseen (node)))
    if (node_is_text (node))
      count_unseen_text (unseen, node);
}

/* What is in a <details> that is closed, but for its summary; those within it are counted with it. */
static void
count_closed_details (Appearance *appearance, const GumboNode *details)
{
  if (node_attribute (details, "open"))
    return;
  for (const GumboNode *node = details; node;) {
    gboolean into = !node_is_unseen (node) && node_tag (node) != GUMBO_TAG_SUMMARY;
    if (node_is_text (node))
      count_unseen_text (&appearance->closed, node);
    node = node_next (node, details, into);
  }
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
  const guint32 *values = style->values;
  if (values[STYLE_DISPLAY] == DISPLAY_NONE || values[STYLE_CONTENT_VISIBILITY] || values[STYLE_CLIP_PATH])
    return TRUE;
  if (!values[STYLE_ANIMATION] && (values[STYLE_OPACITY] || values[STYLE_TRANSFORM] || values[STYLE_FILTER]))
    return TRUE;
  for (StyleProperty side = STYLE_LEFT; side <= STYLE_MARGIN_TOP; side++)
    if (values[side] == OFFSET_FAR && (values[STYLE_POSITION] != POSITION_STATIC || side >= STYLE_MARGIN_LEFT))
      return TRUE;
  if (values[STYLE_POSITION] == POSITION_ABSOLUTE && values[STYLE_CLIP])
    return TRUE;
  gboolean tiny = FALSE;
  for (StyleProperty size = STYLE_WIDTH; size <= STYLE_MAX_HEIGHT; size++)
    tiny |= values[size] == SIZE_NONE;
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
    guint32 value = style->values[inherited[i].property];
    gboolean own = style->said[inherited[i].property] && value != STYLE_INHERITED;
    gboolean shown = inherited[i].property == STYLE_VISIBILITY
                         ? style->values[STYLE_ANIMATION]
                         : inherited[i].property == STYLE_TEXT_INDENT && !is_box (style, node);
    look |= !own ? parent & inherited[i].look : value && !shown ? inherited[i].look : 0;
  }
  return look;
}

/* Paint */

static const TextPaint *
paint_of (const Appearance *appearance, const GumboNode *node)
{
  return &g_array_index (appearance->paints, TextPaint, look_of (appearance, node) >> LOOK_PAINT_SHIFT);
}

/* What an attribute of old pages says of a colour, where no style does. */
static guint32
colour_of_attribute (const GumboNode *node, const char *name)
{
  const char *value = node_attribute (node, name);
  g_autofree char *lower = value ? g_ascii_strdown (value, -1) : NULL;
  return lower ? css_colour_from_text (g_strstrip (lower)) : 0;
}

static guint32
ground_of (const Style *style, const GumboNode *node)
{
  if (style->said[STYLE_GROUND])
    return style->values[STYLE_GROUND];
  if (node_attribute (node, "background"))
    return COLOUR_UNKNOWN;
  return colour_of_attribute (node, "bgcolor");
}

static guint32
colour_of (const Style *style, const GumboNode *node)
{
  if (style->said[STYLE_COLOUR])
    return style->values[STYLE_COLOUR] == STYLE_INHERITED ? 0 : style->values[STYLE_COLOUR];
  return colour_of_attribute (node, node_tag (node) == GUMBO_TAG_BODY ? "text" : "color");
}

static const SymbolFont *
symbols_of (const AppearanceWalk *walk, const Style *style, const GumboNode *node, const SymbolFont *parent)
{
  const char *family = style_text (walk->sheets, style->values[STYLE_FONT_FAMILY]);
  family = family ? family : node_tag (node) == GUMBO_TAG_FONT ? node_attribute (node, "face") : NULL;
  return !family ? parent : walk->symbols ? symbol_font_from_name (walk->symbols, family) : NULL;
}

/* The number of the paint of the element NODE. */
static guint
paint_number (AppearanceWalk *walk, const Style *style, const GumboNode *node)
{
  GArray *paints = walk->appearance->paints;
  guint number = look_of (walk->appearance, node->parent) >> LOOK_PAINT_SHIFT;
  TextPaint before = g_array_index (paints, TextPaint, number), paint = before;
  guint32 ground = ground_of (style, node), colour = colour_of (style, node);
  gboolean moved = style->values[STYLE_POSITION] == POSITION_ABSOLUTE;
  paint.ground = ground ? ground : moved ? COLOUR_UNKNOWN : before.ground;
  paint.colour = colour ? colour : before.colour;
  paint.symbols = symbols_of (walk, style, node, before.symbols);
  paint.drawn = before.drawn || style->values[STYLE_TEXT_DRAWN];
  if (paint.ground == before.ground && paint.colour == before.colour && paint.symbols == before.symbols &&
      paint.drawn == before.drawn)
    return number;
  g_array_append_val (paints, paint);
  return paints->len - 1;
}

static int
far_apart (guint32 a, guint32 b)
{
  int most = 0;
  for (int shift = 0; shift <= 16; shift += 8)
    most = MAX (most, abs ((int)(a >> shift & 255) - (int)(b >> shift & 255)));
  return most;
}

/* Of text outside of tables the ground may be a picture that is moved under it. */
static gboolean
is_in_table (const GumboNode *node)
{
  for (; node; node = node->parent)
    if (node_tag (node) == GUMBO_TAG_TABLE || node_tag (node) == GUMBO_TAG_DL)
      return TRUE;
  return FALSE;
}

static gboolean
is_colourless (const TextPaint *paint, const GumboNode *node)
{
  if (paint->drawn || paint->symbols)
    return FALSE;
  if (paint->colour == COLOUR_CLEAR)
    return TRUE;
  return (paint->colour & COLOUR_KNOWN) && (paint->ground & COLOUR_KNOWN) &&
         far_apart (paint->colour, paint->ground) <= CONTRAST_LEAST && is_in_table (node);
}

static Look
paint_look (AppearanceWalk *walk, const Style *style, const GumboNode *node)
{
  guint number = paint_number (walk, style, node);
  const TextPaint *paint = &g_array_index (walk->appearance->paints, TextPaint, number);
  return number << LOOK_PAINT_SHIFT | (is_colourless (paint, node) ? LOOK_COLOURLESS : 0);
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

static gboolean
is_cell (const GumboNode *node)
{
  GumboTag tag = node_tag (node);
  return tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH || tag == GUMBO_TAG_DD;
}

/* The cell that NODE is in; NULL: it is in none. */
static const GumboNode *
cell_around (const GumboNode *node)
{
  for (; node; node = node->parent)
    if (is_cell (node))
      return node;
  return NULL;
}

static gboolean
is_gone_as_opened (AppearanceWalk *walk, const GumboNode *element)
{
  Style style = style_of_node (walk->sheets, element, SELECTORS_AS_IS);
  return is_gone (&style, element);
}

/* Whether ELEMENT, which is hidden, is in a cell beside one of its kind that is shown: <p class="plan"> where <p
 * class="plan current"> is. What the cell says is then the other. */
static gboolean
has_shown_twin (AppearanceWalk *walk, const GumboNode *element)
{
  const char *classes = node_attribute (element, "class");
  if (!classes || !cell_around (element->parent))
    return FALSE;
  g_auto (GStrv) own = g_strsplit_set (classes, " \t\r\n\f", -1);
  for (const GumboNode *other = node_child (element->parent, 0); other; other = node_after (other)) {
    const char *others = node_is_element (other) && other != element ? node_attribute (other, "class") : NULL;
    g_auto (GStrv) words = g_strsplit_set (others ? others : "", " \t\r\n\f", -1);
    for (char **word = words; others && node_tag (other) == node_tag (element) && *word; word++)
      if (**word && g_strv_contains ((const char *const *)own, *word) && !is_gone_as_opened (walk, other))
        return TRUE;
  }
  return FALSE;
}

/* Whether a click, or scrolling, shows ELEMENT, which its style hides. */
static gboolean
is_opened_by_click (AppearanceWalk *walk, const GumboNode *element, Look parent)
{
  if (node_is_panel (element, walk->appearance->panels))
    return TRUE;
  if (has_shown_twin (walk, element))
    return FALSE;
  Style opened = style_of_node (walk->sheets, element, SELECTORS_OPENED);
  Look silence = silence_of (&opened, element, parent) | paint_look (walk, &opened, element);
  return !is_gone (&opened, element) && !(silence & ~parent & LOOK_SILENT);
}

/* Whether ELEMENT, which its style hides, is shown all the same: by a script, or by a click, which is noted. */
static gboolean
is_opened (AppearanceWalk *walk, const GumboNode *element, Look parent)
{
  if (is_whole_page (walk, element))
    return TRUE;
  if (!is_opened_by_click (walk, element, parent))
    return FALSE;
  count_unseen_element (&walk->appearance->closed, element);
  return TRUE;
}

/* Lines through text go on through what is within the line, and not through boxes of their own (CSS Text Decoration). */
static gboolean
is_struck (const Style *style, Look parent)
{
  const guint32 *values = style->values;
  if ((values[STYLE_GROUND] & COLOUR_LINE) ||
      (values[STYLE_GROUND] == COLOUR_UNKNOWN && values[STYLE_GROUND_FLAT] && values[STYLE_GROUND_HALFWAY]))
    return TRUE;
  gboolean apart = style->values[STYLE_DISPLAY] == DISPLAY_ATOMIC_INLINE || style->values[STYLE_FLOAT] ||
                   style->values[STYLE_POSITION] == POSITION_ABSOLUTE;
  return style->values[STYLE_DECORATION] || ((parent & LOOK_STRUCK) && !apart);
}

/* Whether what the sheets put before or after ELEMENT is a line through its words: a flat box with an edge or a ground, halfway
 * down. */
static gboolean
is_crossed (AppearanceWalk *walk, const GumboNode *element)
{
  if (!style_generates (walk->sheets) || node_is_block (element) || node_children (element) == 0 ||
      !cell_around (element->parent))
    return FALSE;
  for (PseudoElement pseudo = PSEUDO_BEFORE; pseudo <= PSEUDO_AFTER; pseudo++) {
    Style style = style_of_generated (walk->sheets, element, pseudo);
    const guint32 *values = style.values;
    const char *text = style_text (walk->sheets, values[STYLE_CONTENT]);
    gboolean halfway = values[STYLE_TOP] == OFFSET_HALFWAY || values[STYLE_BOTTOM] == OFFSET_HALFWAY;
    gboolean flat = values[STYLE_HEIGHT] == SIZE_NONE || values[STYLE_HEIGHT] == SIZE_LINE;
    gboolean drawn = values[STYLE_EDGE] || (flat && (values[STYLE_BORDER] || values[STYLE_GROUND]));
    if (text && !*text && values[STYLE_POSITION] == POSITION_ABSOLUTE && halfway && drawn)
      return TRUE;
  }
  return FALSE;
}

/* A word with a line around it may be a choice: what is beside it in its cell is not known yet. */
static void
keep_framed (AppearanceWalk *walk, const GumboNode *element)
{
  if (!node_is_block (element) && !is_cell (element) && cell_around (element))
    g_ptr_array_add (walk->appearance->framed, (gpointer)element);
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
  Look paint = paint_look (walk, &style, element);
  Look look =
      silence_of (&style, element, parent) | (paint & LOOK_COLOURLESS) | (is_gone (&style, element) ? LOOK_GONE : 0);
  if ((look & ~parent & LOOK_FLAGS) && is_opened (walk, element, parent))
    look = parent & LOOK_SILENT;
  if (!(look & LOOK_GONE))
    style_count (walk->sheets, element, &style, walk->counters);
  if (style.values[STYLE_BORDER] || style.values[STYLE_OUTLINE])
    keep_framed (walk, element);
  gboolean struck = is_struck (&style, parent) || is_crossed (walk, element);
  return look | (paint & ~LOOK_FLAGS) | (struck ? LOOK_STRUCK : 0);
}

/* What is shown of elements without text */

/* What the styles put into ELEMENT, in the signs of its font. The caller frees. */
static char *
generated_text (AppearanceWalk *walk, const GumboNode *element)
{
  const SymbolFont *around = paint_of (walk->appearance, node_is_unseen (element) ? element->parent : element)->symbols;
  GString *text = g_string_new (NULL);
  for (PseudoElement pseudo = PSEUDO_BEFORE; pseudo <= PSEUDO_AFTER; pseudo++) {
    const char *family = NULL;
    g_autofree char *put_text = style_generated_text (walk->sheets, element, pseudo, &family, walk->counters);
    const SymbolFont *symbols = family && walk->symbols ? symbol_font_from_name (walk->symbols, family) : around;
    for (const char *put = put_text; put && *put; put = g_utf8_next_char (put)) {
      gunichar character = g_utf8_get_char (put), sign = symbols ? symbol_from_code (symbols, character) : 0;
      if (sign || g_unichar_type (character) != G_UNICODE_PRIVATE_USE)
        g_string_append_unichar (text, sign ? sign : character);
    }
  }
  return g_string_free (text, FALSE);
}

/* A drawing or picture that says in words what it shows. */
static gboolean
has_words (const GumboNode *element)
{
  if (node_attribute (element, "aria-label") || (node_attribute (element, "alt") && *node_attribute (element, "alt")))
    return TRUE;
  for (const GumboNode *node = element; node; node = node_next (node, element, TRUE))
    if (node_tag (node) == GUMBO_TAG_TITLE)
      return TRUE;
  return FALSE;
}

/* A cell of a row with others: a page may be laid out by tables too. */
static gboolean
is_cell_of_data (const GumboNode *cell)
{
  return node_tag (cell) == GUMBO_TAG_TD && cell->parent && node_children (cell->parent) >= 3;
}

/* What an icon that its style paints says of itself: its label, or what is shown when it is pointed at. The caller frees. */
static char *
words_of_icon (const GumboNode *element)
{
  const char *label = node_attribute (element, "aria-label");
  const char *words = label && *label ? label : node_attribute (element, "title");
  return words && *words ? g_strdup (words) : NULL;
}

/* Elements by their ids: a drawing may be used from elsewhere on the page. */
static GHashTable *
ids_of_page (AppearanceWalk *walk)
{
  if (walk->ids)
    return walk->ids;
  walk->ids = g_hash_table_new (g_str_hash, g_str_equal);
  for (const GumboNode *node = walk->root; node; node = node_next (node, walk->root, TRUE)) {
    const char *id = node_is_element (node) ? node_attribute (node, "id") : NULL;
    if (id)
      g_hash_table_insert (walk->ids, (gpointer)id, (gpointer)node);
  }
  return walk->ids;
}

/* A mark for ELEMENT, an icon or picture that is all that CELL has. */
static void
look_for_mark (AppearanceWalk *walk, const GumboNode *element, const GumboNode *cell)
{
  gboolean drawn = node_tag (element) == GUMBO_TAG_SVG || node_tag (element) == GUMBO_TAG_IMG;
  gboolean empty = !drawn && node_children (element) == 0;
  gboolean picture = drawn || (empty && node_attribute (element, "class"));
  char *mark = drawn && has_words (element) ? NULL : icon_mark (element, ids_of_page (walk));
  if (!mark && empty)
    mark = words_of_icon (element);
  if (mark) {
    g_hash_table_insert (walk->appearance->shown, (gpointer)element, mark);
    g_ptr_array_add (walk->appearance->icons, (gpointer)element);
  } else if (picture && !(drawn && has_words (element)) && is_cell_of_data (cell))
    g_ptr_array_add (walk->appearance->pictures, (gpointer)element);
}

/* Those that are not hidden, as words for screen readers beside an icon are. Asked for each icon in a cell: counted once. */
static gsize
characters_in_cell (AppearanceWalk *walk, const GumboNode *cell)
{
  if (walk->cell == cell)
    return walk->cell_characters;
  walk->cell = cell;
  walk->cell_characters = characters_below (cell);
  for (const GumboNode *node = node_next (cell, cell, TRUE); node;) {
    gboolean gone = node_is_element (node) && !node_is_unseen (node) && is_gone_as_opened (walk, node);
    walk->cell_characters -= gone ? characters_below (node) : 0;
    node = node_next (node, cell, !gone && !node_is_unseen (node));
  }
  return walk->cell_characters;
}

/* Words that are put by styles are as good as the page's own; of icons only those are read that are all that a cell has. */
static void
look_for_shown_text (AppearanceWalk *walk, const GumboNode *element)
{
  const GumboNode *cell = cell_around (element);
  gsize own = cell ? characters_below (element) : 0;
  gboolean labelled = node_children (element) == 0 && (node_attribute (element, "title") || has_words (element)) &&
                      !node_control_mark (element) && !is_cell (element);
  gboolean icon = node_is_icon (element) || node_tag (element) == GUMBO_TAG_IMG || labelled;
  if (!cell)
    return;
  if (own > 0 && !icon) {
    char *put = generated_text (walk, element);
    if (*put)
      g_hash_table_insert (walk->generated, (gpointer)element, put);
    else
      g_free (put);
    return;
  }
  gboolean alone = icon && characters_in_cell (walk, cell) == (node_is_unseen (element) ? 0 : own);
  g_autofree char *text = own == 0 && (!icon || alone) ? generated_text (walk, element) : NULL;
  if (text && *text)
    g_hash_table_insert (walk->appearance->shown, (gpointer)element, g_steal_pointer (&text));
  else if (icon && alone)
    look_for_mark (walk, element, cell);
}

static gboolean
has_seen_text (const Appearance *appearance, const GumboNode *element)
{
  for (const GumboNode *node = element; node; node = node_next (node, element, !node_is_hidden (node, appearance)))
    if (node_is_text (node) && !node_is_hidden (node, appearance) && text_letters (node->v.text.text) > 0)
      return TRUE;
  return FALSE;
}

/* Where all text of an element is hidden, what the styles put there is what is seen of it: the idiom of words replaced by
 * others. */
static void
show_generated (AppearanceWalk *walk)
{
  GHashTableIter iterator;
  gpointer element, text;
  g_hash_table_iter_init (&iterator, walk->generated);
  while (g_hash_table_iter_next (&iterator, &element, &text))
    if (!has_seen_text (walk->appearance, element))
      g_hash_table_insert (walk->appearance->shown, element, g_strdup (text));
}

static void
look_for_control (AppearanceWalk *walk, const GumboNode *element)
{
  static const char *const silent[] = {"hidden", "submit", "button",   "reset", "image",
                                       "search", "file",   "password", NULL};
  GumboTag tag = node_tag (element);
  if ((tag == GUMBO_TAG_INPUT || tag == GUMBO_TAG_SELECT || tag == GUMBO_TAG_TEXTAREA || node_control_mark (element)) &&
      !node_attribute_is (element, "type", silent) && cell_around (element))
    g_ptr_array_add (walk->appearance->controls, (gpointer)element);
}

/* Choices are short words, a few of them in a cell. */
#define CHOICE_CHARACTERS 8
#define CHOICES_CHARACTERS 32

/* Whether NODE, beside an element, parts it from another choice: a sign, or the element of one. */
static gboolean
parts_choices (const GumboNode *node, const GumboNode *element, gboolean before)
{
  if (!node || !node_is_text (node))
    return node && node_tag (node) == node_tag (element);
  g_autofree char *text = g_strstrip (g_strdup (node->v.text.text));
  const char *end = text + strlen (text);
  gunichar sign = !*text ? 0 : before ? g_utf8_get_char (g_utf8_prev_char (end)) : g_utf8_get_char (text);
  if (sign == 0) /* white space alone: what is behind it */
    return parts_choices (before ? node_element_before (node) : node_after (node), element, before);
  return g_utf8_strchr ("・･／/|｜、,，", -1, sign) != NULL;
}

static const GumboNode *
node_before (const GumboNode *node)
{
  const GumboNode *before = NULL;
  for (const GumboNode *sibling = node_child (node->parent, 0); sibling != node; sibling = node_after (sibling))
    before = sibling;
  return before;
}

/* Those of the framed words that are the one with a line around it among the choices of a cell: 有・[無]. */
static void
choose_framed (AppearanceWalk *walk)
{
  Appearance *appearance = walk->appearance;
  g_autoptr (GHashTable) cells = g_hash_table_new (NULL, NULL); /* how many are in each */
  for (guint i = 0; i < appearance->framed->len; i++) {
    const GumboNode *cell = cell_around (appearance->framed->pdata[i]);
    gsize count = GPOINTER_TO_SIZE (g_hash_table_lookup (cells, cell));
    g_hash_table_insert (cells, (gpointer)cell, GSIZE_TO_POINTER (count + 1));
  }
  for (guint i = 0; i < appearance->framed->len; i++) {
    const GumboNode *element = appearance->framed->pdata[i], *cell = cell_around (element);
    if (GPOINTER_TO_SIZE (g_hash_table_lookup (cells, cell)) != 1)
      continue;
    gsize own = characters_below (element), all = characters_in_cell (walk, cell);
    if (own > 0 && own <= CHOICE_CHARACTERS && all > own && all <= CHOICES_CHARACTERS &&
        (parts_choices (node_before (element), element, TRUE) || parts_choices (node_after (element), element, FALSE)))
      g_hash_table_add (appearance->chosen, (gpointer)element);
  }
}

/* Whether the styles put something before or after what is in ELEMENT that is seen, though its own text is not. */
static gboolean
shows_generated (AppearanceWalk *walk, const GumboNode *element, Look look)
{
  if (!style_generates (walk->sheets) || !cell_around (element))
    return FALSE;
  for (PseudoElement pseudo = PSEUDO_BEFORE; pseudo <= PSEUDO_AFTER; pseudo++) {
    Style style = style_of_generated (walk->sheets, element, pseudo);
    const char *text = style_text (walk->sheets, style.values[STYLE_CONTENT]);
    gboolean coloured =
        !(look & LOOK_COLOURLESS) || (style.said[STYLE_COLOUR] && style.values[STYLE_COLOUR] != COLOUR_CLEAR);
    if (text && *text && coloured && !silence_of (&style, element, look))
      return TRUE;
  }
  return FALSE;
}

/* Whether what is below ELEMENT is still to be looked at. */
static gboolean
walk_element (AppearanceWalk *walk, const GumboNode *element)
{
  look_for_control (walk, element);
  if (node_is_unseen (element)) {
    if (node_is_icon (element))
      look_for_shown_text (walk, element);
    return FALSE;
  }
  if (node_tag (element) == GUMBO_TAG_DETAILS)
    count_closed_details (walk->appearance, element);
  Look look = look_of_element (walk, element);
  if (style_sheets_count (walk->sheets) && !(look & LOOK_GONE)) {
    Style before = style_of_generated (walk->sheets, element, PSEUDO_BEFORE);
    style_count (walk->sheets, element, &before, walk->counters);
  }
  gboolean silent = (look & LOOK_SILENT) && !shows_generated (walk, element, look);
  look |= (look & LOOK_SILENT) && !silent ? LOOK_SEEN_BELOW : 0;
  set_look (walk->appearance, element, look);
  if (!(look & LOOK_GONE) && !silent)
    look_for_shown_text (walk, element);
  if (look & LOOK_GONE)
    count_unseen_element (&walk->appearance->hidden, element);
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
appearance_from_tree (const GumboNode *root, const LinkedStyles *linked, const Symbols *symbols)
{
  Appearance *appearance = g_new0 (Appearance, 1);
  appearance->panels = panels_from_tree (root);
  appearance->looks = g_hash_table_new (NULL, NULL);
  appearance->grids = g_hash_table_new (NULL, NULL);
  appearance->shown = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  appearance->paints = g_array_new (FALSE, FALSE, sizeof (TextPaint));
  appearance->icons = g_ptr_array_new ();
  appearance->controls = g_ptr_array_new ();
  appearance->pictures = g_ptr_array_new ();
  appearance->framed = g_ptr_array_new ();
  appearance->chosen = g_hash_table_new (NULL, NULL);
  appearance->hidden.words = g_string_new (NULL);
  appearance->closed.words = g_string_new (NULL);
  g_autoptr (StyleSheets) sheets = style_sheets_from_tree (root, linked);
  gboolean missing = style_sheets_are_missing (sheets);
  TextPaint paint = {COLOUR_KNOWN, missing ? COLOUR_UNKNOWN : COLOUR_KNOWN | 0xffffff, NULL, FALSE};
  g_array_append_val (appearance->paints, paint);
  AppearanceWalk walk = {.appearance = appearance, .sheets = sheets, .root = root, .symbols = symbols};
  walk.scripts = has_scripts (root);
  g_autoptr (Counters) counters = counters_new ();
  walk.counters = counters;
  g_autoptr (GHashTable) generated = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  walk.generated = generated;
  for (const GumboNode *node = root; node;) {
    gboolean into = !node_is_element (node) || walk_element (&walk, node);
    if (node_is_text (node) && look_of (appearance, node->parent) & LOOK_SILENT)
      count_unseen_text (&appearance->hidden, node);
    node = node_next (node, root, into);
  }
  choose_framed (&walk);
  show_generated (&walk);
  g_clear_pointer (&walk.ids, g_hash_table_unref);
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
  g_hash_table_unref (appearance->shown);
  g_array_unref (appearance->paints);
  g_ptr_array_unref (appearance->icons);
  g_ptr_array_unref (appearance->controls);
  g_ptr_array_unref (appearance->pictures);
  g_ptr_array_unref (appearance->framed);
  g_hash_table_unref (appearance->chosen);
  g_string_free (appearance->hidden.words, TRUE);
  g_string_free (appearance->closed.words, TRUE);
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

const SymbolFont *
node_symbol_font (const GumboNode *node, const Appearance *appearance)
{
  return paint_of (appearance, node_is_element (node) ? node : node->parent)->symbols;
}

const char *
node_shown_text (const GumboNode *node, const Appearance *appearance)
{
  return g_hash_table_lookup (appearance->shown, node);
}

gboolean
node_is_chosen (const GumboNode *node, const Appearance *appearance)
{
  return g_hash_table_contains (appearance->chosen, node);
}

int
node_grid_columns (const GumboNode *node, const Appearance *appearance)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (appearance->grids, node));
}

/* One note for each mark is enough for the first of them. */
#define MARK_NOTES_LIMIT 60

static void
note_icons (const Appearance *appearance, GPtrArray *notes)
{
  for (guint i = 0; i < MIN (appearance->icons->len, MARK_NOTES_LIMIT); i++) {
    const GumboNode *node = appearance->icons->pdata[i];
    notes_add (notes, "mark-by-shape", NOTE_INFO, node_place (node), "%s is read as %s.",
               node_tag (node) == GUMBO_TAG_SVG ? "A drawn shape" : "An icon", node_shown_text (node, appearance));
  }
}

static void
note_chosen (const Appearance *appearance, GPtrArray *notes)
{
  for (guint i = 0, noted = 0; i < appearance->framed->len && noted < MARK_NOTES_LIMIT; i++) {
    const GumboNode *node = appearance->framed->pdata[i];
    if (!node_is_chosen (node, appearance))
      continue;
    noted++;
    g_autofree char *words = text_below (node);
    notes_add (notes, "mark-by-shape", NOTE_INFO, node_place (node),
               "The line around \"%s\", one of several choices, is read as ○.", words);
  }
}

static void
note_elements (const GPtrArray *nodes, const char *code, NoteSeverity severity, const char *what, GPtrArray *notes)
{
  if (nodes->len > 0)
    notes_add (notes, code, severity, node_place (nodes->pdata[0]), "%u %s", nodes->len, what);
}

static void
note_unseen (const Appearance *appearance, GPtrArray *notes)
{
  const UnseenText *hidden = &appearance->hidden, *closed = &appearance->closed;
  g_autofree char *hidden_words = note_words (hidden->words->str), *closed_words = note_words (closed->words->str);
  if (hidden->characters > 0) {
    notes_add (notes, "hidden-text", NOTE_INFO, hidden->place,
               "The page's styles hide %" G_GSIZE_FORMAT " characters, which are left out; the first are \"%s\".",
               hidden->characters, hidden_words);
    notes_count_left_out (notes, hidden->characters);
  }
  if (closed->characters > 0)
    notes_add (notes, "closed-panel", NOTE_INFO, closed->place,
               "%" G_GSIZE_FORMAT " characters are shown only once a click opens them, and are read; the first are "
               "\"%s\".",
               closed->characters, closed_words);
}

void
appearance_add_notes (const Appearance *appearance, GPtrArray *notes)
{
  note_icons (appearance, notes);
  note_chosen (appearance, notes);
  note_elements (appearance->controls, "form-field", NOTE_INFO,
                 "form controls in the page's tables are read as what they show when the page is opened.", notes);
  note_elements (appearance->pictures, "pictures-not-read", NOTE_WARNING,
                 "cells of tables have nothing but a picture without words; what it shows is not read.", notes);
  note_unseen (appearance, notes);
  if (appearance->gave_up)
    notes_add (notes, "hidden-text", NOTE_WARNING, (Place){0},
               "The page's style sheets take too many steps; what they hide or strike out may be in the text.");
}
