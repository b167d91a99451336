/* value.c - ChecksheetValue of checksheet.h: a value of a tree that cJSON made, seen through the library's own names. */
#include "library/checksheet.h"

#include <cjson/cJSON.h>
#include <glib.h>
#include <string.h>

static const cJSON *
tree_of (const ChecksheetValue *value)
{
  return (const cJSON *)value;
}

static const ChecksheetValue *
value_of (const cJSON *tree)
{
  return (const ChecksheetValue *)tree;
}

ChecksheetKind
checksheet_value_kind (const ChecksheetValue *value)
{
  const cJSON *tree = tree_of (value);
  if (cJSON_IsObject (tree))
    return CHECKSHEET_OBJECT;
  if (cJSON_IsArray (tree))
    return CHECKSHEET_ARRAY;
  if (cJSON_IsString (tree))
    return CHECKSHEET_TEXT;
  if (cJSON_IsNumber (tree))
    return CHECKSHEET_NUMBER;
  return cJSON_IsBool (tree) ? CHECKSHEET_BOOLEAN : CHECKSHEET_NULL;
}

/* The name at *POINTER, up to the next "/", its escapes undone; moves *POINTER behind it. NULL: an escape is wrong. The
 * caller frees. */
static char *
take_name (const char **pointer)
{
  g_autoptr (GString) name = g_string_new (NULL);
  const char *at = *pointer;
  for (; *at && *at != '/'; at++) {
    if (*at != '~')
      g_string_append_c (name, *at);
    else if (at[1] == '0' || at[1] == '1')
      g_string_append_c (name, *++at == '0' ? '~' : '/');
    else
      return NULL;
  }
  *pointer = at;
  return g_string_free (g_steal_pointer (&name), FALSE);
}

/* As RFC 6901 writes an index: digits, and no 0 before others. */
static const cJSON *
element_named (const cJSON *array, const char *name)
{
  guint64 index;
  if ((name[0] == '0' && name[1]) || !g_ascii_string_to_unsigned (name, 10, 0, G_MAXINT, &index, NULL))
    return NULL;
  return cJSON_GetArrayItem (array, (int)index);
}

const ChecksheetValue *
checksheet_value_at (const ChecksheetValue *value, const char *pointer)
{
  const cJSON *tree = tree_of (value);
  while (tree && *pointer) {
    g_autofree char *name = *pointer++ == '/' ? take_name (&pointer) : NULL;
    if (!name)
      return NULL;
    tree = cJSON_IsArray (tree) ? element_named (tree, name) : cJSON_GetObjectItemCaseSensitive (tree, name);
  }
  return value_of (tree);
}

const ChecksheetValue *
checksheet_value_first (const ChecksheetValue *value)
{
  return value ? value_of (tree_of (value)->child) : NULL;
}

const ChecksheetValue *
checksheet_value_next (const ChecksheetValue *value)
{
  return value ? value_of (tree_of (value)->next) : NULL;
}

size_t
checksheet_value_count (const ChecksheetValue *value)
{
  return value ? (size_t)cJSON_GetArraySize (tree_of (value)) : 0;
}

const char *
checksheet_value_name (const ChecksheetValue *value)
{
  return value ? tree_of (value)->string : NULL;
}

const char *
checksheet_value_text (const ChecksheetValue *value)
{
  return cJSON_GetStringValue (tree_of (value));
}

double
checksheet_value_number (const ChecksheetValue *value)
{
  return cJSON_IsNumber (tree_of (value)) ? tree_of (value)->valuedouble : 0;
}

int
checksheet_value_is_true (const ChecksheetValue *value)
{
  return cJSON_IsTrue (tree_of (value));
}
