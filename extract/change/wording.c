/* wording.c - see wording.h */
#include "change/wording.h"

#include <string.h>

static char *
bullets_as_dots (const Knowledge *knowledge, const char *text)
{
  GString *folded = g_string_new (NULL);
  PatternMatch match;
  int start = 0;
  while (patterns_match_rule (knowledge->changes, "bullet", text, start, &match)) {
    g_string_append_len (folded, text + start, match.start - start);
    g_string_append (folded, "・");
    start = match.end;
    pattern_match_clear (&match);
  }
  g_string_append (folded, text + start);
  return g_string_free (folded, FALSE);
}

char *
wording_key (const Knowledge *knowledge, const char *text)
{
  g_autofree char *dotted = bullets_as_dots (knowledge, text ? text : "");
  char *key = text_folded (knowledge->changing, dotted);
  gsize length = strlen (key);
  while (length > 0 && key[length - 1] == '.')
    key[--length] = 0;
  return key;
}

gboolean
wording_is_same (const Knowledge *knowledge, const char *a, const char *b)
{
  g_autofree char *ours = wording_key (knowledge, a), *theirs = wording_key (knowledge, b);
  return g_str_equal (ours, theirs);
}

gboolean
wording_is_cut (const Knowledge *knowledge, const char *a_key, const char *b_key)
{
  const char *shorter = strlen (a_key) < strlen (b_key) ? a_key : b_key, *longer = shorter == a_key ? b_key : a_key;
  return *shorter && g_str_has_prefix (longer, shorter) &&
         patterns_has (knowledge->changes, "cut-rest", longer + strlen (shorter));
}
