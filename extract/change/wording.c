/* wording.c - see wording.h */
#include "change/wording.h"

#include "patterns/pattern.h"
#include "text/folding.h"

#include <string.h>

static char *
bullets_as_dots (const char *text)
{
  GString *folded = g_string_new (NULL);
  PatternMatch match;
  int start = 0;
  while (patterns_match_rule (patterns_named ("changes.pattern"), "bullet", text, start, &match)) {
    g_string_append_len (folded, text + start, match.start - start);
    g_string_append (folded, "・");
    start = match.end;
    pattern_match_clear (&match);
  }
  g_string_append (folded, text + start);
  return g_string_free (folded, FALSE);
}

char *
wording_key (const char *text)
{
  g_autofree char *dotted = bullets_as_dots (text ? text : "");
  char *key = text_for_changes (dotted);
  gsize length = strlen (key);
  while (length > 0 && key[length - 1] == '.')
    key[--length] = 0;
  return key;
}

gboolean
wording_is_same (const char *a, const char *b)
{
  g_autofree char *ours = wording_key (a), *theirs = wording_key (b);
  return g_str_equal (ours, theirs);
}

gboolean
wording_is_cut (const char *a_key, const char *b_key)
{
  const char *shorter = strlen (a_key) < strlen (b_key) ? a_key : b_key, *longer = shorter == a_key ? b_key : a_key;
  return *shorter && g_str_has_prefix (longer, shorter) &&
         patterns_has (patterns_named ("changes.pattern"), "cut-rest", longer + strlen (shorter));
}
