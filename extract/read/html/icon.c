/* icon.c - see icon.h */
#include "read/html/icon.h"

#include <stdlib.h>
#include <string.h>

/* The names of icons, whole or after the prefix of their library, and the marks that they are. Font Awesome 4 to 6, Bootstrap
 * Icons, Glyphicons, Material Icons and Symbols, Ionicons, Feather. */
static const struct {
  const char *name, *mark;
} names[] = {
    {"check", "✓"},
    {"check-lg", "✓"},
    {"check2", "✓"},
    {"checkmark", "✓"},
    {"ok", "✓"},
    {"done", "✓"},
    {"tick", "✓"},
    {"check-circle", "✓"},
    {"circle-check", "✓"},
    {"ok-sign", "✓"},
    {"ok-circle", "✓"},
    {"check-circle-fill", "✓"},
    {"check_circle", "✓"},
    {"check_small", "✓"},
    {"done_all", "✓"},
    {"check-square", "☑"},
    {"square-check", "☑"},
    {"check_box", "☑"},
    {"check-square-fill", "☑"},
    {"times", "×"},
    {"xmark", "×"},
    {"x", "×"},
    {"x-lg", "×"},
    {"close", "×"},
    {"clear", "×"},
    {"cancel", "×"},
    {"remove", "×"},
    {"cross", "×"},
    {"times-circle", "×"},
    {"circle-xmark", "×"},
    {"x-circle", "×"},
    {"x-circle-fill", "×"},
    {"remove-sign", "×"},
    {"remove-circle", "×"},
    {"circle-o", "○"},
    {"circle", "○"},
    {"radio_button_unchecked", "○"},
    {"panorama_fish_eye", "○"},
    {"dot-circle", "◎"},
    {"dot-circle-o", "◎"},
    {"circle-dot", "◎"},
    {"radio_button_checked", "◎"},
    {"change_history", "△"},
    {"triangle", "△"},
    {"square-o", "☐"},
    {"check_box_outline_blank", "☐"},
    {"minus", "−"},
    {"dash", "−"},
};

static const char *const prefixes[] = {"fa-",  "bi-",      "glyphicon-", "icon-", "ion-", "ti-",
                                       "mdi-", "feather-", "ico-",       "las-",  "#"};

static const char *
mark_of_name (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (!g_ascii_strcasecmp (name, names[i].name))
      return names[i].mark;
  return NULL;
}

static const char *
mark_of_prefixed (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (name, prefixes[i]) && mark_of_name (name + strlen (prefixes[i])))
      return mark_of_name (name + strlen (prefixes[i]));
  return NULL;
}

static const char *
mark_of_classes (const GumboNode *node)
{
  const char *classes = node_attribute (node, "class"), *mark = NULL;
  g_auto (GStrv) words = g_strsplit_set (classes ? classes : "", " \t\r\n\f", -1);
  for (char **word = words; *word && !mark; word++)
    mark = mark_of_prefixed (*word);
  return mark;
}

/* Fonts of icons that are spelled by their names. */
static const char *
mark_of_text (const GumboNode *node)
{
  const char *classes = node_attribute (node, "class");
  if (!classes || !strstr (classes, "material-") || node_children (node) != 1 || !node_is_text (node_child (node, 0)))
    return NULL;
  g_autofree char *name = g_strstrip (g_strdup (node_child (node, 0)->v.text.text));
  return mark_of_name (name);
}

/* Drawings */

#define DRAWING_LIMIT 20000 /* bytes, of one in the page's address of it: a mark has some hundred */

typedef struct {
  int rings, discs, lines, others;
  int points;      /* of the one line through several points */
  gboolean closed; /* it ends where it begins */
  double x[4], y[4];
} DrawingParts;

static gboolean
is_named (const GumboNode *node, const char *name)
{
  GumboStringPiece tag = node->v.element.original_tag;
  gumbo_tag_from_original_text (&tag);
  return tag.data && tag.length == strlen (name) && !g_ascii_strncasecmp (tag.data, name, tag.length);
}

/* Whether nothing but the outline of NODE, or of what it is in, is drawn. */
static gboolean
is_outline (const GumboNode *node)
{
  for (; node; node = node->parent) {
    const char *fill = node_attribute (node, "fill"), *style = node_attribute (node, "style");
    if (fill)
      return !g_ascii_strcasecmp (fill, "none") || !g_ascii_strcasecmp (fill, "transparent");
    if (style && strstr (style, "fill"))
      return strstr (style, "fill:none") || strstr (style, "fill: none");
    if (node_tag (node) == GUMBO_TAG_SVG)
      return FALSE;
  }
  return FALSE;
}

/* The points of a path of straight lines or of a polygon; a part of it after another is a line of its own. */
static void
take_points (DrawingParts *parts, const char *text, gboolean path)
{
  double x = 0, y = 0;
  int points = 0, moves = 0;
  char command = path ? 0 : 'L';
  parts->closed = !path;
  for (const char *at = text; *at;) {
    at += strspn (at, " ,\t\r\n");
    if (g_ascii_isalpha (*at)) {
      command = *at++;
      moves += command == 'M' || command == 'm';
      parts->closed |= command == 'Z' || command == 'z';
      parts->others += strchr ("MmLlHhVvZz", command) == NULL;
      continue;
    }
    char *end;
    double first = g_ascii_strtod (at, &end), second = 0;
    if (end == at)
      break;
    gboolean level = command == 'H' || command == 'h', upright = command == 'V' || command == 'v';
    if (!level && !upright) {
      at = end + strspn (end, " ,\t\r\n");
      second = g_ascii_strtod (at, &end);
      if (end == at)
        break;
    }
    gboolean relative = g_ascii_islower (command) && points > 0;
    x = upright ? x : relative ? x + first : first;
    y = upright ? (relative ? y + first : first) : level ? y : relative ? y + second : second;
    if (points < 4) {
      parts->x[points] = x;
      parts->y[points] = y;
    }
    points++;
    at = end;
  }
  if (path && moves == 2 && points == 4 && !parts->closed)
    parts->lines += 2;
  else
    parts->points = points;
}

static void
take_part (DrawingParts *parts, const GumboNode *node)
{
  static const char *const frames[] = {"g", "title", "desc", "defs", "use", "style"};
  gboolean closed = is_named (node, "polygon");
  const char *text = node_attribute (node, is_named (node, "path") ? "d" : "points");
  for (gsize i = 0; i < G_N_ELEMENTS (frames); i++)
    if (is_named (node, frames[i]))
      return;
  if (is_named (node, "circle") || is_named (node, "ellipse"))
    *(is_outline (node) ? &parts->rings : &parts->discs) += 1;
  else if (is_named (node, "line"))
    parts->lines++;
  else if (text && (closed || is_named (node, "polyline") || is_named (node, "path")) && parts->points == 0) {
    take_points (parts, text, is_named (node, "path"));
    parts->closed = parts->closed && !is_named (node, "polyline");
  } else
    parts->others++;
}

static const char *
mark_of_points (const DrawingParts *parts)
{
  const double *x = parts->x, *y = parts->y;
  if (parts->points == 3 && !parts->closed && y[1] > y[0] && y[1] > y[2] && x[0] < x[1] && x[1] < x[2])
    return "✓";
  int top = 0;
  for (int i = 1; i < 3; i++)
    top = y[i] < y[top] ? i : top;
  int left = (top + 1) % 3, right = (top + 2) % 3;
  gboolean level = abs ((int)(y[left] - y[right])) * 4 < y[left] - y[top];
  return parts->points == 3 && parts->closed && level ? "△" : NULL;
}

/* The address, "#check", of the drawing that the element NODE uses; NULL: it uses none. */
static const char *
used_address (const GumboNode *node)
{
  if (!node_is_element (node) || !is_named (node, "use"))
    return NULL;
  const char *used = node_attribute (node, "href");
  used = used ? used : node_attribute (node, "xlink:href");
  return used ? strrchr (used, '#') : NULL;
}

/* IDS: NULL: nothing is used from elsewhere. */
static const char *
mark_of_drawing (const GumboNode *drawing, GHashTable *ids)
{
  DrawingParts parts = {0};
  for (const GumboNode *node = node_next (drawing, drawing, TRUE); node; node = node_next (node, drawing, TRUE)) {
    const char *sign = used_address (node);
    if (sign && (mark_of_prefixed (sign + 1) || mark_of_prefixed (sign)))
      return mark_of_prefixed (sign + 1) ? mark_of_prefixed (sign + 1) : mark_of_prefixed (sign);
    const GumboNode *used = sign && ids ? g_hash_table_lookup (ids, sign + 1) : NULL;
    if (used)
      return mark_of_drawing (used, NULL);
    if (node_is_element (node))
      take_part (&parts, node);
  }
  int curves = parts.rings + parts.discs;
  if (parts.others > 0 || (curves > 0) + (parts.lines > 0) + (parts.points > 0) != 1)
    return NULL;
  if (curves > 0)
    return parts.rings == 2 && curves == 2 ? "◎" : curves > 1 ? NULL : parts.rings ? "○" : "●";
  return parts.lines > 0 ? (parts.lines == 2 ? "×" : NULL) : mark_of_points (&parts);
}

/* The drawing that is the address of a picture, data:image/svg+xml,… (what is in base64 is no longer there: html_tree.c). The
 * caller frees; NULL: it is none. */
static char *
drawing_in_address (const char *address)
{
  static const char head[] = "data:image/svg+xml";
  const char *comma = address && !g_ascii_strncasecmp (address, head, strlen (head)) ? strchr (address, ',') : NULL;
  if (!comma || strlen (comma) > DRAWING_LIMIT)
    return NULL;
  g_autofree char *plain = g_uri_unescape_string (comma + 1, NULL);
  return plain && g_utf8_validate (plain, -1, NULL) ? g_steal_pointer (&plain) : NULL;
}

static const char *
mark_of_picture (const GumboNode *picture)
{
  g_autofree char *drawing = drawing_in_address (node_attribute (picture, "src"));
  if (!drawing)
    return NULL;
  GumboOutput *output = gumbo_parse (drawing);
  const char *mark = NULL;
  for (const GumboNode *node = output->root; node && !mark; node = node_next (node, output->root, TRUE))
    if (node_tag (node) == GUMBO_TAG_SVG)
      mark = mark_of_drawing (node, NULL);
  gumbo_destroy_output (&kGumboDefaultOptions, output);
  return mark;
}

char *
icon_mark (const GumboNode *node, GHashTable *ids)
{
  const char *mark = mark_of_classes (node);
  if (!mark)
    mark = mark_of_text (node);
  if (!mark && node_tag (node) == GUMBO_TAG_SVG)
    mark = mark_of_drawing (node, ids);
  if (!mark && node_tag (node) == GUMBO_TAG_IMG)
    mark = mark_of_picture (node);
  return g_strdup (mark);
}
