/* media_query.c - see media_query.h */
#include "read/html/media_query.h"

#include "read/html/css_text.h"
#include "read/html/style_value.h"

#include <string.h>

#define SCREEN_WIDTH 1280 /* px */
#define SCREEN_HEIGHT 800

/* What a desktop screen has of the features that are words. */
static const char *const features[] = {
    "orientation:landscape",
    "prefers-color-scheme:light",
    "prefers-reduced-motion:no-preference",
    "hover:hover",
    "hover",
    "any-hover:hover",
    "pointer:fine",
    "any-pointer:fine",
    "color",
    "scripting:enabled",
    NULL,
};

static gboolean
compare_size (double size, const char *sign, double bound)
{
  gboolean equal = strchr (sign, '=') != NULL;
  if (*sign == '<')
    return size < bound || (equal && size == bound);
  if (*sign == '>')
    return size > bound || (equal && size == bound);
  return size == bound;
}

/* "min-width:768px", "width>=768px", "orientation:landscape", without spaces and brackets. */
static gboolean
feature_holds (const char *feature)
{
  if (g_strv_contains (features, feature))
    return TRUE;
  gboolean least = g_str_has_prefix (feature, "min-"), most = g_str_has_prefix (feature, "max-");
  const char *name = feature + (least || most ? 4 : 0);
  name += g_str_has_prefix (name, "device-") ? strlen ("device-") : 0;
  double size = g_str_has_prefix (name, "width") ? SCREEN_WIDTH : g_str_has_prefix (name, "height") ? SCREEN_HEIGHT : 0;
  const char *sign = name + strcspn (name, ":<>="), *end;
  double bound;
  if (size == 0 || !*sign || !style_length_from_text (sign + strspn (sign, ":<>="), &bound, &end))
    return FALSE;
  return least ? size >= bound : most ? size <= bound : compare_size (size, sign, bound);
}

/* "screen and (min-width: 768px)", "not print", "(a) or (b)": the last word before a bracket joins it. */
static gboolean
query_holds (const char *query)
{
  gboolean holds = TRUE, negated = FALSE, either = FALSE;
  for (const char *at = query; *at;) {
    at += strspn (at, " ");
    gsize length = *at == '(' ? (gsize)(css_find (at + 1, at + strlen (at), ")") - at) : strcspn (at, " (");
    if (length == 0)
      break;
    g_autofree char *word = css_squeezed_value (at + (*at == '('), at + length);
    if (*at == '(') {
      gboolean feature = feature_holds (word);
      holds = either ? holds || feature : holds && feature;
      at += at[length] == ')';
    } else if (!strcmp (word, "not"))
      negated = TRUE;
    else if (!strcmp (word, "or"))
      either = TRUE;
    else if (strcmp (word, "and") && strcmp (word, "only"))
      holds = holds && (!strcmp (word, "screen") || !strcmp (word, "all"));
    at += length;
  }
  return holds != negated;
}

gboolean
media_queries_hold (const char *text, const char *end)
{
  if (css_skip_space (text, end) == end)
    return TRUE;
  while (text < end) {
    const char *comma = css_find (text, end, ",");
    g_autofree char *query = css_plain_value (text, comma);
    if (query_holds (query))
      return TRUE;
    text = comma + 1;
  }
  return FALSE;
}