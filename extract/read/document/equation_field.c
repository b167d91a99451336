/* equation_field.c - see equation_field.h */
#include "read/document/equation_field.h"

#include <string.h>

/* Behind the bracket that closes the one at OPEN, or the end. */
static const char *
behind_bracket (const char *open)
{
  int depth = 0;
  for (const char *at = open; *at; at++) {
    depth += *at == '(' ? 1 : *at == ')' ? -1 : 0;
    if (depth == 0)
      return at + 1;
  }
  return open + strlen (open);
}

/* The arguments in the brackets at OPEN, which commas part: an array of char *; the caller frees. */
static GPtrArray *
arguments_at (const char *open)
{
  GPtrArray *arguments = g_ptr_array_new_with_free_func (g_free);
  const char *end = behind_bracket (open) - 1, *from = open + 1;
  for (const char *at = from; at <= end; at++) {
    if (at < end && *at == '(')
      at = MIN (behind_bracket (at), end);
    if (at == end || *at == ',') {
      g_ptr_array_add (arguments, g_strndup (from, at - from));
      from = at + 1;
    }
  }
  return arguments;
}

/* What is shown of an argument: of one with switches of its own, what is in its brackets. The caller frees. */
static char *
plain_argument (const char *argument)
{
  const char *open = *argument == '\\' ? strchr (argument, '(') : NULL;
  if (!open)
    return g_strstrip (g_strdup (argument));
  const char *end = behind_bracket (open) - 1;
  return g_strstrip (g_strndup (open + 1, end - open - 1));
}

static gboolean
is_ring (const char *text)
{
  static const char *const rings[] = {"○", "◯", "〇", "□", "◇", "◎", NULL};
  return g_strv_contains (rings, text);
}

/* Words put over each other: the last are those that count. */
static char *
text_of_overstrike (const GPtrArray *arguments, gboolean *ringed)
{
  g_autofree char *first = plain_argument (arguments->pdata[0]);
  g_autofree char *last = plain_argument (arguments->pdata[arguments->len - 1]);
  gboolean number = *last && strspn (last, "0123456789") == strlen (last);
  *ringed = arguments->len == 2 && is_ring (first) && !number;
  return *ringed ? g_strconcat ("○", last, NULL) : g_steal_pointer (&last);
}

char *
equation_text (const char *code, gboolean *ringed)
{
  *ringed = FALSE;
  code += strspn (code, " \t");
  if (g_ascii_strncasecmp (code, "eq", 2) || !strchr (" \t\\", code[2]))
    return NULL;
  g_autofree char *lower = g_ascii_strdown (code, -1);
  const char *over = strstr (lower, "\\o"), *fraction = strstr (lower, "\\f(");
  const char *from = over ? over : fraction ? fraction : lower, *open = strchr (from, '(');
  if (!open)
    return g_strdup ("");
  g_autoptr (GPtrArray) arguments = arguments_at (code + (open - lower));
  if (over)
    return text_of_overstrike (arguments, ringed);
  g_ptr_array_add (arguments, NULL);
  return g_strjoinv (fraction ? "/" : "", (char **)arguments->pdata);
}
