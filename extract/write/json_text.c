/* json_text.c - see json_text.h */
#include "write/json_text.h"

#include <glib.h>

#define LINE_WIDTH 100
#define INDENT 2

/* A text, number, true, false or null. cJSON writes numbers without the locale and with as few digits as give the same
 * number back. */
static void
append_leaf (GString *out, const cJSON *leaf)
{
  char *text = cJSON_PrintUnformatted (leaf);
  g_string_append (out, text);
  cJSON_free (text);
}

static void
append_name (GString *out, const cJSON *member)
{
  cJSON name = {.type = cJSON_String, .valuestring = member->string};
  append_leaf (out, &name);
  g_string_append (out, ": ");
}

static gboolean
is_leaf (const cJSON *tree)
{
  return !cJSON_IsArray (tree) && !cJSON_IsObject (tree);
}

static void
append_on_one_line (GString *out, const cJSON *tree)
{
  if (is_leaf (tree)) {
    append_leaf (out, tree);
    return;
  }
  g_string_append_c (out, cJSON_IsArray (tree) ? '[' : '{');
  for (const cJSON *child = tree->child; child; child = child->next) {
    if (cJSON_IsObject (tree))
      append_name (out, child);
    append_on_one_line (out, child);
    if (child->next)
      g_string_append (out, ", ");
  }
  g_string_append_c (out, cJSON_IsArray (tree) ? ']' : '}');
}

static void
append_new_line (GString *out, int level)
{
  g_string_append_printf (out, "\n%*s", level * INDENT, "");
}

static void append_tree (GString *out, const cJSON *tree, int level, int used);

static void
append_on_many_lines (GString *out, const cJSON *tree, int level)
{
  g_string_append_c (out, cJSON_IsArray (tree) ? '[' : '{');
  for (const cJSON *child = tree->child; child; child = child->next) {
    append_new_line (out, level + 1);
    gsize start = out->len;
    if (cJSON_IsObject (tree))
      append_name (out, child);
    append_tree (out, child, level + 1, (level + 1) * INDENT + g_utf8_strlen (out->str + start, -1));
    if (child->next)
      g_string_append_c (out, ',');
  }
  append_new_line (out, level);
  g_string_append_c (out, cJSON_IsArray (tree) ? ']' : '}');
}

/* USED: how many characters the line holds already. */
static void
append_tree (GString *out, const cJSON *tree, int level, int used)
{
  gsize start = out->len;
  append_on_one_line (out, tree);
  if (is_leaf (tree) || !tree->child || used + g_utf8_strlen (out->str + start, -1) <= LINE_WIDTH)
    return;
  g_string_truncate (out, start);
  append_on_many_lines (out, tree, level);
}

char *
json_text_for_eyes (const cJSON *tree)
{
  GString *out = g_string_new (NULL);
  append_tree (out, tree, 0, 0);
  g_string_append_c (out, '\n');
  return g_string_free (out, FALSE);
}

char *
json_text_of_one_line (const cJSON *tree)
{
  char *text = cJSON_PrintUnformatted (tree);
  char *line = g_strconcat (text, "\n", NULL);
  cJSON_free (text);
  return line;
}
