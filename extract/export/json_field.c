/* json_field.c - see json_field.h */
#include "export/json_field.h"

#include <math.h>
#include <string.h>

const cJSON *
json_at (const cJSON *tree, const char *path)
{
  const cJSON *at = tree;
  while (at && *path) {
    gsize length = strcspn (path, ".");
    g_autofree char *key = g_strndup (path, length);
    at = cJSON_IsObject (at) ? cJSON_GetObjectItemCaseSensitive (at, key) : NULL;
    path += length + (path[length] == '.');
  }
  return cJSON_IsNull (at) ? NULL : at;
}

const char *
json_string_at (const cJSON *tree, const char *path)
{
  const cJSON *at = json_at (tree, path);
  return cJSON_IsString (at) ? at->valuestring : NULL;
}

double
json_number_at (const cJSON *tree, const char *path)
{
  const cJSON *at = json_at (tree, path);
  return cJSON_IsNumber (at) ? at->valuedouble : NAN;
}

gboolean
json_true_at (const cJSON *tree, const char *path)
{
  return cJSON_IsTrue (json_at (tree, path));
}

const cJSON *
json_first_at (const cJSON *tree, const char *path)
{
  const cJSON *at = json_at (tree, path);
  return cJSON_IsArray (at) || cJSON_IsObject (at) ? at->child : NULL;
}

char *
json_squeezed (const char *text, gsize length, gsize *squeezed_length)
{
  char *squeezed = g_malloc (length + 1), *to = squeezed;
  gboolean within = FALSE; /* a string */
  for (const char *at = text; at < text + length; at++) {
    if (!within && strchr (" \t\r\n", *at))
      continue;
    *to++ = *at;
    if (within && *at == '\\' && at + 1 < text + length)
      *to++ = *++at;
    else if (*at == '"')
      within = !within;
  }
  *to = 0;
  *squeezed_length = (gsize)(to - squeezed);
  return squeezed;
}
