/* style_value.c - see style_value.h */
#include "read/html/style_value.h"

#include "read/html/css_colour.h"

#include <string.h>

/* px. Screen readers' texts are put 999 px or more to the left; a menu 40 px above the page slides in. */
#define FAR_OFF 500

/* px. Letters below this size are specks. */
#define LEGIBLE 2

/* px. What is no higher than this is a line. */
#define PEN_WIDTH 4

typedef struct {
  const char *word;
  guint32 value;
} StyleKeyword;

static const StyleKeyword displays[] = {
    {"none", DISPLAY_NONE},
    {"inline", DISPLAY_INLINE},
    {"contents", DISPLAY_INLINE},
    {"ruby", DISPLAY_INLINE},
    {"ruby-text", DISPLAY_INLINE},
    {"initial", DISPLAY_INLINE},
    {"unset", DISPLAY_INLINE},
    {"revert", DISPLAY_INLINE},
    {"inherit", DISPLAY_INLINE},
    {"block", DISPLAY_BLOCK},
    {"flex", DISPLAY_BLOCK},
    {"grid", DISPLAY_BLOCK},
    {"flow-root", DISPLAY_BLOCK},
    {"list-item", DISPLAY_BLOCK},
    {"-webkit-box", DISPLAY_BLOCK},
    {"inline-block", DISPLAY_ATOMIC_INLINE},
    {"inline-flex", DISPLAY_ATOMIC_INLINE},
    {"inline-grid", DISPLAY_ATOMIC_INLINE},
    {"inline-table", DISPLAY_ATOMIC_INLINE},
    {"table", DISPLAY_TABLE_PART},
    {"table-row", DISPLAY_TABLE_PART},
    {"table-cell", DISPLAY_TABLE_PART},
    {"table-row-group", DISPLAY_TABLE_PART},
    {"table-header-group", DISPLAY_TABLE_PART},
    {"table-footer-group", DISPLAY_TABLE_PART},
    {"table-caption", DISPLAY_BLOCK},
    {"table-column", DISPLAY_NONE}, /* its content is not shown (CSS 2.2, 17.2) */
    {"table-column-group", DISPLAY_NONE},
    {NULL, 0},
};

static const StyleKeyword visibilities[] = {
    {"hidden", 1},
    {"collapse", 1},
    {"visible", 0},
    {"initial", 0},
    {"inherit", STYLE_INHERITED},
    {"unset", STYLE_INHERITED},
    {"revert", STYLE_INHERITED},
    {NULL, 0},
};

static const StyleKeyword positions[] = {
    {"absolute", POSITION_ABSOLUTE}, {"fixed", POSITION_ABSOLUTE}, {"relative", POSITION_RELATIVE},
    {"sticky", POSITION_STATIC},     {"static", POSITION_STATIC},  {"initial", POSITION_STATIC},
    {"unset", POSITION_STATIC},      {"revert", POSITION_STATIC},  {NULL, 0},
};

static const StyleKeyword overflows[] = {
    {"hidden", 1},  {"clip", 1},  {"scroll", 1}, {"auto", 1}, {"visible", 0},
    {"initial", 0}, {"unset", 0}, {"revert", 0}, {NULL, 0},
};

static const StyleKeyword floats[] = {
    {"left", 1}, {"right", 1},   {"inline-start", 1}, {"inline-end", 1},
    {"none", 0}, {"initial", 0}, {"unset", 0},        {NULL, 0},
};

static const StyleKeyword content_visibilities[] = {
    {"hidden", 1}, {"visible", 0}, {"auto", 0}, {"initial", 0}, {NULL, 0},
};

static const StyleKeyword inherited_sizes[] = {
    {"inherit", STYLE_INHERITED}, {"unset", STYLE_INHERITED},  {"revert", STYLE_INHERITED},
    {"smaller", STYLE_INHERITED}, {"larger", STYLE_INHERITED}, {NULL, 0},
};

/* KEYWORDS end with NULL. */
static gboolean
keyword_value (const StyleKeyword *keywords, const char *text, guint32 *value)
{
  gsize length = strcspn (text, " \t\r\n\f");
  for (; keywords->word; keywords++)
    if (!strncmp (text, keywords->word, length) && !keywords->word[length]) {
      *value = keywords->value;
      return TRUE;
    }
  return FALSE;
}

static const struct {
  const char *name;
  double px;
} units[] = {
    {"px", 1},     {"pt", 96 / 72.0}, {"rem", 16}, {"em", 16},   {"ex", 8},    {"ch", 8},  {"vw", 12.8}, {"vh", 7.2},
    {"vmin", 7.2}, {"vmax", 12.8},    {"in", 96},  {"cm", 37.8}, {"mm", 3.78}, {"pc", 16}, {"q", 0.945}, {"%", 12.8},
};

gboolean
style_length_from_text (const char *text, double *length, const char **end)
{
  char *after;
  if (!*text || !strchr ("+-.0123456789", *text))
    return FALSE;
  double number = g_ascii_strtod (text, &after);
  if (after == text)
    return FALSE;
  gsize unit = 0, known = 0;
  while (g_ascii_isalpha (after[unit]) || after[unit] == '%')
    unit++;
  while (known < G_N_ELEMENTS (units) &&
         (strncmp (after, units[known].name, unit) || units[known].name[unit] || unit == 0))
    known++;
  if (unit > 0 && known == G_N_ELEMENTS (units))
    return FALSE;
  *length = unit > 0 ? number * units[known].px : number;
  *end = after + unit;
  return TRUE;
}

/* calc(50% - 1px) is judged by its first term. */
static const char *
first_term (const char *text)
{
  return g_str_has_prefix (text, "calc(") ? text + strlen ("calc(") : text;
}

/* Sizes in em and % are a part of the parent's, unless they are 0. */
static gboolean
read_font_size (const char *text, guint32 *value)
{
  double length;
  const char *end;
  *value = 0;
  if (!style_length_from_text (text, &length, &end))
    return keyword_value (inherited_sizes, text, value) || g_ascii_isalpha (*text);
  gboolean em = end - text > 2 && g_str_has_prefix (end - 2, "em") && end[-3] != 'r';
  gboolean relative = em || end[-1] == '%';
  *value = length == 0 || (length < LEGIBLE && !relative) ? 1 : relative ? STYLE_INHERITED : 0;
  return length >= 0;
}

/* font: italic 0/0 sans-serif: the first length is the size. */
static gboolean
read_font (const char *text, guint32 *value)
{
  double length;
  const char *end;
  *value = 0;
  for (const char *at = text; *at; at += strspn (at, " ")) {
    gboolean weight = style_length_from_text (at, &length, &end) && g_ascii_isdigit (end[-1]) && length >= 100;
    if (!weight && style_length_from_text (at, &length, &end))
      return read_font_size (at, value);
    at += strcspn (at, " ");
  }
  return g_ascii_isalpha (*text);
}

static gboolean
read_indent (const char *text, guint32 *value)
{
  double length;
  const char *end;
  *value = 0;
  if (!style_length_from_text (text, &length, &end))
    return keyword_value (inherited_sizes, text, value);
  *value = length <= -FAR_OFF || (end[-1] == '%' && (length >= 1280 || length <= -1280));
  return TRUE;
}

static gboolean
read_opacity (const char *text, guint32 *value)
{
  char *end;
  double opacity = g_ascii_strtod (text, &end);
  *value = end > text && opacity / (*end == '%' ? 100 : 1) < OPACITY_LEAST;
  return end > text || g_ascii_isalpha (*text);
}

/* Line, thickness and colour in any order: 2px red line-through. */
static gboolean
read_decoration (const char *text, guint32 *value)
{
  *value = strstr (text, "line-through") != NULL;
  return g_ascii_isalnum (*text) || *text == '.' || *text == '#';
}

/* What is far to the right or below can be scrolled to; nobody scrolls that far. */
static gboolean
read_offset (const char *text, guint32 *value)
{
  double length;
  const char *end;
  *value = 0;
  if (!style_length_from_text (first_term (text), &length, &end))
    return g_ascii_isalpha (*text);
  *value = length <= -FAR_OFF || length >= 10 * FAR_OFF ? OFFSET_FAR : OFFSET_NEAR;
  return TRUE;
}

/* A line of letters is some 1.5 em high. */
#define LINE_HEIGHT 1.5

/* From the top or the bottom. */
static gboolean
read_height_offset (const char *text, guint32 *value)
{
  double length;
  const char *end, *first = first_term (text);
  if (!read_offset (text, value) || !style_length_from_text (first, &length, &end))
    return g_ascii_isalpha (*text);
  gboolean percent = end > first && end[-1] == '%', em = end - first > 2 && g_str_has_prefix (end - 2, "em");
  double share = percent ? length / 1280 : em ? length / 16 / LINE_HEIGHT : 0;
  if (share >= 0.35 && share <= 0.65)
    *value = OFFSET_HALFWAY;
  return TRUE;
}

/* Of several lengths, any. */
static gboolean
read_offsets (const char *text, guint32 *value)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  guint32 far = 0;
  for (char **word = words; *word; word++) {
    guint32 own;
    if (!read_offset (*word, &own))
      return FALSE;
    far |= own == OFFSET_FAR ? OFFSET_FAR : OFFSET_NEAR;
  }
  *value = far;
  return TRUE;
}

static gboolean
read_size (const char *text, guint32 *value)
{
  double length;
  const char *end;
  gboolean known = style_length_from_text (text, &length, &end);
  *value = known && length <= 1 ? SIZE_NONE : known && length <= PEN_WIDTH ? SIZE_LINE : SIZE_OTHER;
  return TRUE;
}

/* rect(top, right, bottom, left), with commas or, as browsers read it too, without. */
static gboolean
read_clip (const char *text, guint32 *value)
{
  double edges[4];
  *value = 0;
  if (!g_str_has_prefix (text, "rect("))
    return g_ascii_isalpha (*text);
  const char *at = text + strlen ("rect(");
  for (int i = 0; i < 4; i++) {
    at += strspn (at, " ,");
    if (!style_length_from_text (at, &edges[i], &at))
      return TRUE; /* auto: that edge is the box's */
  }
  *value = edges[1] - edges[3] <= 1 || edges[2] - edges[0] <= 1;
  return TRUE;
}

/* Each edge of inset() cuts a part away; a circle or an ellipse may have no size; the points of a polygon may be one. */
static gboolean
read_clip_path (const char *text, guint32 *value)
{
  double edges[4];
  const char *at;
  int count = 0;
  *value = 0;
  if (g_str_has_prefix (text, "inset(")) {
    for (at = text + strlen ("inset("); count < 4 && style_length_from_text (at, &edges[count], &at); count++)
      at += strspn (at, " ");
    double top = count > 0 ? edges[0] : 0, right = count > 1 ? edges[1] : top;
    double bottom = count > 2 ? edges[2] : top, left = count > 3 ? edges[3] : right;
    *value = top + bottom >= 1280 || left + right >= 1280;
  } else if (g_str_has_prefix (text, "circle(") || g_str_has_prefix (text, "ellipse(")) {
    double radius;
    *value = style_length_from_text (strchr (text, '(') + 1, &radius, &at) && radius == 0;
  } else if (g_str_has_prefix (text, "polygon(")) {
    at = text + strlen ("polygon(");
    *value = *at != ')' && strspn (at, " 0px%,") == strcspn (at, ")");
  }
  return TRUE;
}

static gboolean
read_transform (const char *text, guint32 *value)
{
  static const struct {
    const char *name;
    gboolean scale;
  } functions[] = {{"scale(", TRUE},      {"scalex(", TRUE},      {"scaley(", TRUE},
                   {"translate(", FALSE}, {"translatex(", FALSE}, {"translatey(", FALSE}};
  *value = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (functions); i++) {
    const char *at = strstr (text, functions[i].name), *end;
    double length;
    if (!at || !style_length_from_text (at + strlen (functions[i].name), &length, &end))
      continue;
    /* A percentage is of the element's own size. */
    gboolean far = end[-1] != '%' && (length <= -FAR_OFF || length >= 10 * FAR_OFF);
    *value |= functions[i].scale ? length == 0 : far;
  }
  return TRUE;
}

static gboolean
read_unless_none (const char *text, guint32 *value)
{
  *value = !g_str_has_prefix (text, "none") && !g_str_has_prefix (text, "initial");
  return TRUE;
}

/* More columns than this are none of a table that people read. */
#define GRID_COLUMNS_MOST 30

/* How many tracks the list at TEXT has up to END or its closing bracket; -1: as many as there is room for. */
static int
count_tracks (const char *text, const char *end)
{
  int tracks = 0;
  for (text += strspn (text, " "); text < end && tracks >= 0 && tracks <= GRID_COLUMNS_MOST;
       text += strspn (text, " ")) {
    const char *open = text + strcspn (text, " (["), *close = end;
    gboolean repeat = g_str_has_prefix (text, "repeat(");
    if (open < end && *open != ' ') {
      int depth = 0;
      for (close = open; close < end; close++) {
        depth += strchr ("([", *close) ? 1 : strchr (")]", *close) ? -1 : 0;
        if (depth == 0)
          break;
      }
    }
    const char *comma = repeat ? memchr (open, ',', close - open) : NULL;
    int times = comma ? (int)CLAMP (g_ascii_strtoll (open + 1, NULL, 10), 0, GRID_COLUMNS_MOST) : 0;
    if (comma)
      tracks = times > 0 ? tracks + times * MAX (0, count_tracks (comma + 1, close)) : -1;
    else
      tracks += *text != '[';
    text = open < end && *open != ' ' ? MIN (close + 1, end) : MIN (open, end);
  }
  return MIN (tracks, GRID_COLUMNS_MOST + 1);
}

/* grid-template-columns: 3em 1fr repeat(2, 1fr); after the "/" of the shorthands. */
static gboolean
read_grid_columns (const char *text, guint32 *value)
{
  const char *slash = strrchr (text, '/');
  text = slash ? slash + 1 : text;
  int tracks = count_tracks (text, text + strlen (text));
  *value = tracks > 1 && tracks <= GRID_COLUMNS_MOST ? tracks : 0;
  return TRUE;
}

static gboolean
read_colour (const char *text, guint32 *value)
{
  static const StyleKeyword kept[] = {
      {"inherit", STYLE_INHERITED},
      {"unset", STYLE_INHERITED},
      {"currentcolor", STYLE_INHERITED},
      {"revert", STYLE_INHERITED},
      {"initial", COLOUR_KNOWN},
      {"canvastext", COLOUR_KNOWN},
      {NULL, 0},
  };
  if (!keyword_value (kept, text, value))
    *value = css_colour_from_text (text);
  return *text != '\0';
}

/* Words of `background` that are no colours. */
static const char *const ground_words[] = {
    "none",   "repeat", "no-repeat",   "repeat-x",   "repeat-y",    "center",  "left",  "right",   "top",
    "bottom", "fixed",  "scroll",      "local",      "cover",       "contain", "auto",  "inherit", "initial",
    "unset",  "revert", "padding-box", "border-box", "content-box", "round",   "space", "text",    NULL};

/* linear-gradient(transparent 48%, red 48%, red 54%, transparent 54%): a line across the middle, by its percentages. */
static gboolean
is_line_of_gradient (const char *text)
{
  static const char head[] = "linear-gradient(";
  const char *at = g_str_has_prefix (text, head) ? text + strlen (head) : "";
  double least = 100, most = 0;
  if (g_str_has_prefix (at, "to bottom,") || g_str_has_prefix (at, "to top,") || g_str_has_prefix (at, "180deg,"))
    at = strchr (at, ',') + 1;
  at += strspn (at, " ");
  if (!g_str_has_prefix (at, "transparent") || !strstr (at + 1, "transparent"))
    return FALSE;
  for (const char *sign = strchr (at, '%'); sign; sign = strchr (sign + 1, '%')) {
    const char *digit = sign;
    while (digit > at && (g_ascii_isdigit (digit[-1]) || digit[-1] == '.'))
      digit--;
    double share = g_ascii_strtod (digit, NULL);
    if (share > 0 && share < 100) {
      least = MIN (least, share);
      most = MAX (most, share);
    }
  }
  return least >= 35 && most <= 65 && most - least <= 20 && least <= most;
}

/* background-size: 100% 1px. The second length is the height. */
static gboolean
read_ground_size (const char *text, guint32 *value)
{
  double length;
  const char *end, *height = strchr (text, ' ');
  *value = height && style_length_from_text (height + 1, &length, &end) && length <= PEN_WIDTH;
  return TRUE;
}

/* background-position: 0 50%; left center. */
static gboolean
read_ground_position (const char *text, guint32 *value)
{
  const char *height = strrchr (text, ' ');
  guint32 offset = OFFSET_HALFWAY; /* where only one is said, and for words but top and bottom */
  if (height && !g_ascii_isalpha (height[1]))
    read_height_offset (height + 1, &offset);
  *value = offset == OFFSET_HALFWAY && !strstr (text, "top") && !strstr (text, "bottom");
  return TRUE;
}

/* The first word that is a colour; a picture or a gradient makes the ground one that is not known. */
static gboolean
read_ground (const char *text, guint32 *value)
{
  *value = strstr (text, "url(") || strstr (text, "gradient(") || strstr (text, "image") ? COLOUR_UNKNOWN : 0;
  *value |= is_line_of_gradient (text) ? COLOUR_LINE : 0;
  g_auto (GStrv) words = g_strsplit (*value ? "" : text, " ", -1);
  for (char **word = words; *word && *value == 0; word++) {
    guint32 colour = css_colour_from_text (*word);
    if (g_str_has_prefix (*word, "rgb") || g_str_has_prefix (*word, "hsl"))
      colour = css_colour_from_text (strstr (text, *word));
    if (colour == COLOUR_CLEAR)
      return TRUE;
    if (colour != COLOUR_UNKNOWN ||
        (g_ascii_isalpha (**word) && !g_strv_contains (ground_words, *word) && !strchr (*word, ')')))
      *value = colour;
  }
  return TRUE;
}

/* A stroke of no width is none. */
static gboolean
read_stroke (const char *text, guint32 *value)
{
  double width;
  const char *end;
  *value = !style_length_from_text (text, &width, &end) || width > 0;
  return TRUE;
}

static gboolean
read_ground_clip (const char *text, guint32 *value)
{
  *value = strstr (text, "text") != NULL;
  return TRUE;
}

static gboolean
read_filter (const char *text, guint32 *value)
{
  const char *opacity = strstr (text, "opacity(");
  *value = 0;
  return !opacity || read_opacity (opacity + strlen ("opacity("), value);
}

/* "1px solid red": a line that is seen. A width alone draws nothing, a style alone does. */
static gboolean
read_border (const char *text, guint32 *value)
{
  static const char *const lines[] = {"solid", "dashed", "dotted", "double", "groove",
                                      "ridge", "inset",  "outset", NULL};
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  gboolean drawn = FALSE, clear = FALSE;
  for (char **word = words; *word; word++) {
    double width;
    const char *end;
    drawn |= g_strv_contains (lines, *word);
    clear |= !strcmp (*word, "transparent") || (style_length_from_text (*word, &width, &end) && width == 0);
  }
  *value = drawn && !clear;
  return TRUE;
}

/* "0 0 0 2px red", "inset 0 0 0 1px": a shadow that is neither moved nor blurred is a line around the element. */
static gboolean
read_shadow (const char *text, guint32 *value)
{
  double lengths[4] = {0};
  int count = 0;
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  for (char **word = words; *word && count < 4; word++) {
    const char *end;
    count += style_length_from_text (*word, &lengths[count], &end);
  }
  *value = count == 4 && lengths[0] == 0 && lengths[1] == 0 && lengths[2] == 0 && lengths[3] > 0;
  return TRUE;
}

/* The text itself is kept by the sheets. */
static gboolean
read_text (const char *text, guint32 *value)
{
  *value = 0;
  return TRUE;
}

static const struct {
  const char *name;
  StyleProperty property;
  gboolean (*read) (const char *text, guint32 *value); /* NULL: it is one of */
  const StyleKeyword *keywords;
} properties[] = {
    {"display", STYLE_DISPLAY, NULL, displays},
    {"visibility", STYLE_VISIBILITY, NULL, visibilities},
    {"font-size", STYLE_FONT_SIZE, read_font_size, NULL},
    {"font", STYLE_FONT_SIZE, read_font, NULL},
    {"text-indent", STYLE_TEXT_INDENT, read_indent, NULL},
    {"opacity", STYLE_OPACITY, read_opacity, NULL},
    {"text-decoration", STYLE_DECORATION, read_decoration, NULL},
    {"text-decoration-line", STYLE_DECORATION, read_decoration, NULL},
    {"position", STYLE_POSITION, NULL, positions},
    {"left", STYLE_LEFT, read_offset, NULL},
    {"top", STYLE_TOP, read_height_offset, NULL},
    {"right", STYLE_RIGHT, read_offset, NULL},
    {"bottom", STYLE_BOTTOM, read_height_offset, NULL},
    {"inset", STYLE_LEFT, read_offsets, NULL},
    {"margin-left", STYLE_MARGIN_LEFT, read_offset, NULL},
    {"margin-top", STYLE_MARGIN_TOP, read_offset, NULL},
    {"clip", STYLE_CLIP, read_clip, NULL},
    {"clip-path", STYLE_CLIP_PATH, read_clip_path, NULL},
    {"-webkit-clip-path", STYLE_CLIP_PATH, read_clip_path, NULL},
    {"width", STYLE_WIDTH, read_size, NULL},
    {"height", STYLE_HEIGHT, read_size, NULL},
    {"max-width", STYLE_MAX_WIDTH, read_size, NULL},
    {"max-height", STYLE_MAX_HEIGHT, read_size, NULL},
    {"overflow", STYLE_OVERFLOW, NULL, overflows},
    {"overflow-x", STYLE_OVERFLOW, NULL, overflows},
    {"overflow-y", STYLE_OVERFLOW, NULL, overflows},
    {"float", STYLE_FLOAT, NULL, floats},
    {"transform", STYLE_TRANSFORM, read_transform, NULL},
    {"animation", STYLE_ANIMATION, read_unless_none, NULL},
    {"animation-name", STYLE_ANIMATION, read_unless_none, NULL},
    {"content-visibility", STYLE_CONTENT_VISIBILITY, NULL, content_visibilities},
    {"grid-template-columns", STYLE_GRID_COLUMNS, read_grid_columns, NULL},
    {"grid-template", STYLE_GRID_COLUMNS, read_grid_columns, NULL},
    {"grid", STYLE_GRID_COLUMNS, read_grid_columns, NULL},
    {"filter", STYLE_FILTER, read_filter, NULL},
    {"border", STYLE_BORDER, read_border, NULL},
    {"border-style", STYLE_BORDER, read_border, NULL},
    {"border-top", STYLE_EDGE, read_border, NULL},
    {"border-bottom", STYLE_EDGE, read_border, NULL},
    {"outline", STYLE_OUTLINE, read_border, NULL},
    {"box-shadow", STYLE_OUTLINE, read_shadow, NULL},
    {"color", STYLE_COLOUR, read_colour, NULL},
    {"-webkit-text-fill-color", STYLE_COLOUR, read_colour, NULL},
    {"background", STYLE_GROUND, read_ground, NULL},
    {"background-color", STYLE_GROUND, read_ground, NULL},
    {"background-image", STYLE_GROUND, read_ground, NULL},
    {"background-size", STYLE_GROUND_FLAT, read_ground_size, NULL},
    {"background-position", STYLE_GROUND_HALFWAY, read_ground_position, NULL},
    {"background-clip", STYLE_TEXT_DRAWN, read_ground_clip, NULL},
    {"-webkit-background-clip", STYLE_TEXT_DRAWN, read_ground_clip, NULL},
    {"text-shadow", STYLE_TEXT_DRAWN, read_unless_none, NULL},
    {"-webkit-text-stroke", STYLE_TEXT_DRAWN, read_stroke, NULL},
    {"content", STYLE_CONTENT, read_text, NULL},
    {"font-family", STYLE_FONT_FAMILY, read_text, NULL},
    {"counter-reset", STYLE_COUNTER_RESET, read_text, NULL},
    {"counter-increment", STYLE_COUNTER_INCREMENT, read_text, NULL},
};

StyleProperty
style_value_from_text (const char *name, const char *text, guint32 *value)
{
  for (gsize i = 0; i < G_N_ELEMENTS (properties); i++) {
    if (strcmp (properties[i].name, name))
      continue;
    const StyleKeyword *keywords = properties[i].keywords;
    gboolean known =
        !strstr (text, "var(") && (keywords ? keyword_value (keywords, text, value) : properties[i].read (text, value));
    return known ? properties[i].property : STYLE_PROPERTIES;
  }
  return STYLE_PROPERTIES;
}
