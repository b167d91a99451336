/* json_text.c - see json_text.h
 *
 * Each value is printed once. A first pass over the tree makes the text of one line, and a token for each part of it;
 * the token of a bracket has the width of all that is in it. A second pass, over the tokens, copies what fits on its
 * line, and breaks the rest:
 *
 *     tree ──► {"place": [{"page": 1, "box": [36, 120]}]}         one line
 *              ^         ^^        ^         ^                    tokens
 */
#include "write/json_text.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LINE_WIDTH 100
#define INDENT 2

/* A string is printed in at most 6 bytes for each of its own, and two quotes; cJSON wants 5 more than it uses. A number
 * has at most 26. */
#define LEAF_BYTES(length) ((length)*6 + 64)

typedef enum { TOKEN_LEAF, TOKEN_OPEN, TOKEN_CLOSE } JsonTokenKind;

typedef struct {
  JsonTokenKind kind;
  gsize start, end; /* bytes of the line: of the leaf, or from the opening bracket to past the closing one */
  gsize name;       /* where the member's name begins; `start` if it has none */
  int width;        /* characters, without the name */
  int name_width;   /* characters, the colon and the space included */
} JsonToken;

typedef struct {
  GString *line;
  GArray *tokens; /* JsonToken */
  char *leaf;     /* buffer for the text of one */
  gsize room;     /* its size, bytes */
} JsonLine;

/* The bytes of TEXT up to one that is written otherwise in JSON, or to its end; *WIDTH becomes their characters. */
static gsize
bytes_as_they_are (const char *text, int *width)
{
  gsize bytes = 0;
  *width = 0;
  for (guchar byte; (byte = (guchar)text[bytes]) >= ' ' && byte != '"' && byte != '\\'; bytes++)
    *width += (byte & 0xC0) != 0x80;
  return bytes;
}

/* Appends NUMBER where it has one decimal at most, as those of places have, and returns its width; 0: it has more. */
static int
append_short_number (GString *line, double number)
{
  char text[16], *end = text + sizeof text, *at = end;
  double tenths = rint (number * 10);
  if (fabs (tenths) > 1e9 || tenths / 10 != number || (tenths == 0 && signbit (number)))
    return 0;
  int rest = abs ((int)tenths);
  if (rest % 10 > 0) {
    *--at = (char)('0' + rest % 10);
    *--at = '.';
  }
  rest /= 10;
  do
    *--at = (char)('0' + rest % 10);
  while (rest /= 10);
  if (tenths < 0)
    *--at = '-';
  g_string_append_len (line, at, end - at);
  return (int)(end - at);
}

/* Appends a text, number, true, false or null. cJSON writes numbers without the locale and with as few digits as give
 * the same number back. Returns its width. */
static int
append_leaf (JsonLine *json, cJSON *leaf)
{
  int width = 0;
  gsize whole = cJSON_IsString (leaf) ? bytes_as_they_are (leaf->valuestring, &width) : 0;
  if (cJSON_IsString (leaf) && !leaf->valuestring[whole]) { /* as most texts are, and quickly */
    g_string_append_c (json->line, '"');
    g_string_append_len (json->line, leaf->valuestring, (gssize)whole);
    g_string_append_c (json->line, '"');
    return width + 2;
  }
  if (cJSON_IsNumber (leaf) && (width = append_short_number (json->line, leaf->valuedouble)))
    return width;
  gsize bytes = LEAF_BYTES (cJSON_IsString (leaf) ? strlen (leaf->valuestring) : 0);
  if (bytes > json->room) {
    json->room = bytes * 2;
    json->leaf = g_realloc (json->leaf, json->room);
  }
  if (!cJSON_PrintPreallocated (leaf, json->leaf, (int)json->room, FALSE))
    g_error ("a JSON value does not fit into %" G_GSIZE_FORMAT " bytes", json->room);
  g_string_append (json->line, json->leaf);
  return (int)g_utf8_strlen (json->leaf, -1);
}

static void append_value (JsonLine *json, const cJSON *value);

/* Appends the members of TREE, with commas between them; returns their width. */
static int
append_members (JsonLine *json, const cJSON *tree)
{
  int width = 0;
  for (const cJSON *child = tree->child; child; child = child->next) {
    guint index = json->tokens->len;
    append_value (json, child);
    const JsonToken *token = &g_array_index (json->tokens, JsonToken, index);
    width += token->name_width + token->width;
    if (!child->next)
      continue;
    g_string_append (json->line, ", ");
    width += 2;
  }
  return width;
}

/* Appends VALUE after its name, if it has one, and its tokens. */
static void
append_value (JsonLine *json, const cJSON *value)
{
  JsonToken token = {.kind = TOKEN_LEAF, .name = json->line->len};
  guint index = json->tokens->len;
  if (value->string) {
    cJSON name = {.type = cJSON_String, .valuestring = value->string};
    token.name_width = append_leaf (json, &name) + 2;
    g_string_append (json->line, ": ");
  }
  token.start = json->line->len;
  if (!cJSON_IsArray (value) && !cJSON_IsObject (value)) {
    token.width = append_leaf (json, (cJSON *)value);
    token.end = json->line->len;
    g_array_append_val (json->tokens, token);
    return;
  }
  token.kind = TOKEN_OPEN;
  g_array_append_val (json->tokens, token);
  g_string_append_c (json->line, cJSON_IsArray (value) ? '[' : '{');
  int width = append_members (json, value);
  g_string_append_c (json->line, cJSON_IsArray (value) ? ']' : '}');

  JsonToken *open = &g_array_index (json->tokens, JsonToken, index);
  open->width = width + 2;
  open->end = json->line->len;
  JsonToken close = {.kind = TOKEN_CLOSE, .start = json->line->len - 1, .end = json->line->len};
  g_array_append_val (json->tokens, close);
}

static void
append_new_line (GString *out, int level)
{
  gsize start = out->len + 1;
  g_string_append_c (out, '\n');
  g_string_set_size (out, start + (gsize)level * INDENT);
  memset (out->str + start, ' ', (gsize)level * INDENT);
}

/* Appends the value at token INDEX, on a line that has USED characters already; returns the index past it. */
static guint
append_broken (GString *out, const JsonLine *json, guint index, int level, int used)
{
  const JsonToken *token = &g_array_index (json->tokens, JsonToken, index);
  gboolean empty = token->width == 2;
  if (token->kind == TOKEN_LEAF || empty || used + token->width <= LINE_WIDTH) {
    g_string_append_len (out, json->line->str + token->start, (gssize)(token->end - token->start));
    for (gsize end = token->end; index < json->tokens->len; index++)
      if (g_array_index (json->tokens, JsonToken, index).start >= end)
        break;
    return index;
  }
  g_string_append_c (out, json->line->str[token->start]);
  for (index++;;) {
    const JsonToken *member = &g_array_index (json->tokens, JsonToken, index);
    append_new_line (out, level + 1);
    g_string_append_len (out, json->line->str + member->name, (gssize)(member->start - member->name));
    index = append_broken (out, json, index, level + 1, (level + 1) * INDENT + member->name_width);
    if (g_array_index (json->tokens, JsonToken, index).kind == TOKEN_CLOSE)
      break;
    g_string_append_c (out, ',');
  }
  append_new_line (out, level);
  g_string_append_c (out, json->line->str[token->end - 1]);
  return index + 1;
}

char *
json_text_for_eyes (const cJSON *tree)
{
  JsonLine json = {.line = g_string_new (NULL), .tokens = g_array_new (FALSE, FALSE, sizeof (JsonToken))};
  append_value (&json, tree);
  GString *out = g_string_sized_new (json.line->len * 2);
  append_broken (out, &json, 0, 0, 0);
  g_string_append_c (out, '\n');
  g_string_free (json.line, TRUE);
  g_array_unref (json.tokens);
  g_free (json.leaf);
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
