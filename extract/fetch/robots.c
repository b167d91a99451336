/* robots.c - see robots.h */
#include "fetch/robots.h"

#include <string.h>

typedef struct {
  gboolean allow;
  char *pattern; /* normalized */
  gsize length;
} RobotsRule;

/* The rules for one name: of this program, or of "*". */
typedef struct {
  gboolean exists;
  GArray *rules; /* RobotsRule */
  double delay;
} RobotsGroup;

struct Robots {
  RobotsGroup own, everyone;
};

/* Whom the lines are for, and whether the last line was a user-agent. */
typedef struct {
  Robots *robots;
  const char *product;
  gboolean own, everyone, naming;
} RobotsParser;

static void
rule_clear (gpointer rule)
{
  g_free (((RobotsRule *)rule)->pattern);
}

static RobotsGroup
group_new (void)
{
  RobotsGroup group = {.rules = g_array_new (FALSE, FALSE, sizeof (RobotsRule))};
  g_array_set_clear_func (group.rules, rule_clear);
  return group;
}

/* Unreserved characters are decoded, all others encoded, with digits in upper case (RFC 3986, section 6.2.2): then
 * equal paths are equal bytes. LITERAL characters are encoded too: "*" and "$" of a path are not wildcards. */
static char *
normalized (const char *text, const char *literal)
{
  GString *normal = g_string_sized_new (strlen (text));
  for (const char *at = text; *at; at++) {
    guchar character = *at;
    gboolean encoded = character == '%' && g_ascii_isxdigit (at[1]) && g_ascii_isxdigit (at[2]);
    if (encoded) {
      character = g_ascii_xdigit_value (at[1]) << 4 | g_ascii_xdigit_value (at[2]);
      at += 2;
    }
    gboolean unreserved = g_ascii_isalnum (character) || (character && strchr ("-._~", character));
    if (unreserved || (!encoded && character > ' ' && character < 0x7f && !strchr (literal, character)))
      g_string_append_c (normal, character);
    else
      g_string_append_printf (normal, "%%%02X", character);
  }
  return g_string_free (normal, FALSE);
}

/* Whether PATTERN matches the beginning of PATH. Only the last "*" is ever tried again, so the time is the product of
 * the lengths at most. */
static gboolean
matches (const char *pattern, const char *path)
{
  const char *star = NULL, *from = NULL;
  for (;;) {
    if (*pattern == 0 || (*pattern == '$' && pattern[1] == 0 && *path == 0))
      return TRUE;
    if (*pattern == '*') {
      star = ++pattern;
      from = path;
    } else if (*path && *pattern == *path) {
      pattern++;
      path++;
    } else if (star && *from) {
      pattern = star;
      path = ++from;
    } else
      return FALSE;
  }
}

/* "Checksheet/1.0 (…)" names the product "checksheet". */
static gboolean
names_product (const char *value, const char *product)
{
  gsize length = strspn (value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-");
  return length == strlen (product) && !g_ascii_strncasecmp (value, product, length);
}

static void
take_name (RobotsParser *parser, const char *value)
{
  if (!parser->naming)
    parser->own = parser->everyone = FALSE;
  parser->naming = TRUE;
  parser->own |= names_product (value, parser->product);
  parser->everyone |= value[0] == '*';
  parser->robots->own.exists |= parser->own;
  parser->robots->everyone.exists |= parser->everyone;
}

static void
add_rule (RobotsGroup *group, gboolean allow, const char *value)
{
  RobotsRule rule = {.allow = allow, .pattern = normalized (value, "")};
  rule.length = strlen (rule.pattern);
  g_array_append_val (group->rules, rule);
}

static void
take_rule (RobotsParser *parser, gboolean allow, const char *value)
{
  parser->naming = FALSE;
  if (!*value) /* "disallow:" disallows nothing */
    return;
  if (parser->own)
    add_rule (&parser->robots->own, allow, value);
  if (parser->everyone)
    add_rule (&parser->robots->everyone, allow, value);
}

static void
take_delay (RobotsParser *parser, const char *value)
{
  double delay = g_ascii_strtod (value, NULL);
  if (!(delay > 0))
    return;
  parser->naming = FALSE;
  if (parser->own)
    parser->robots->own.delay = delay;
  if (parser->everyone)
    parser->robots->everyone.delay = delay;
}

static void
take_line (RobotsParser *parser, char *line)
{
  line[strcspn (line, "#")] = 0;
  char *value = strchr (line, ':');
  if (!value)
    return;
  *value++ = 0;
  g_strstrip (line);
  g_strstrip (value);
  if (!g_ascii_strcasecmp (line, "user-agent"))
    take_name (parser, value);
  else if (!g_ascii_strcasecmp (line, "allow"))
    take_rule (parser, TRUE, value);
  else if (!g_ascii_strcasecmp (line, "disallow"))
    take_rule (parser, FALSE, value);
  else if (!g_ascii_strcasecmp (line, "crawl-delay"))
    take_delay (parser, value);
}

/* A line that the limit cuts is left out: of "/private" there may be just "/". */
static gsize
length_to_look_at (const char *bytes, gsize length)
{
  if (length <= ROBOTS_BYTES_LIMIT)
    return length;
  length = ROBOTS_BYTES_LIMIT;
  while (length > 0 && bytes[length - 1] != '\n' && bytes[length - 1] != '\r')
    length--;
  return length;
}

Robots *
robots_new (const char *bytes, gsize length, const char *product)
{
  Robots *robots = g_new0 (Robots, 1);
  robots->own = group_new ();
  robots->everyone = group_new ();
  RobotsParser parser = {.robots = robots, .product = product};
  const char *end = bytes + length_to_look_at (bytes, length);
  if (length >= 3 && !memcmp (bytes, "\xef\xbb\xbf", 3))
    bytes += 3;
  while (bytes < end) {
    const char *line_end = bytes;
    while (line_end < end && *line_end != '\n' && *line_end != '\r')
      line_end++;
    g_autofree char *line = g_strndup (bytes, line_end - bytes);
    take_line (&parser, line);
    bytes = line_end + 1;
  }
  return robots;
}

static const RobotsGroup *
group_that_counts (const Robots *robots)
{
  return robots->own.exists ? &robots->own : &robots->everyone;
}

gboolean
robots_allow (const Robots *robots, const char *target)
{
  if (!strcmp (target, "/robots.txt"))
    return TRUE;
  g_autofree char *path = normalized (target, "*$");
  const GArray *rules = group_that_counts (robots)->rules;
  const RobotsRule *longest = NULL;
  for (guint i = 0; i < rules->len; i++) {
    const RobotsRule *rule = &g_array_index (rules, RobotsRule, i);
    gboolean better = !longest || rule->length > longest->length || (rule->length == longest->length && rule->allow);
    if (better && matches (rule->pattern, path))
      longest = rule;
  }
  return !longest || longest->allow;
}

double
robots_delay (const Robots *robots)
{
  return group_that_counts (robots)->delay;
}

void
robots_free (Robots *robots)
{
  if (!robots)
    return;
  g_array_unref (robots->own.rules);
  g_array_unref (robots->everyone.rules);
  g_free (robots);
}
