/* counters.c - see counters.h */
#include "read/html/counters.h"

#include <stdlib.h>
#include <string.h>

#define COUNTERS_LIMIT 1000 /* at one time; a page has a few */
#define NUMBER_LIMIT 1000000

typedef struct {
  char *name;
  const GumboNode *scope; /* it counts what is below it */
  int value;
} Counter;

struct Counters {
  GArray *counters; /* Counter, the innermost last */
};

static void
counter_clear (gpointer data)
{
  g_free (((Counter *)data)->name);
}

Counters *
counters_new (void)
{
  Counters *counters = g_new0 (Counters, 1);
  counters->counters = g_array_new (FALSE, FALSE, sizeof (Counter));
  g_array_set_clear_func (counters->counters, counter_clear);
  return counters;
}

void
counters_free (Counters *counters)
{
  if (!counters)
    return;
  g_array_unref (counters->counters);
  g_free (counters);
}

static gboolean
is_below (const GumboNode *node, const GumboNode *scope)
{
  for (; node; node = node->parent)
    if (node == scope)
      return TRUE;
  return scope == NULL;
}

/* Forgets the counters of elements that ended before NODE. */
static void
leave_scopes (Counters *counters, const GumboNode *node)
{
  GArray *all = counters->counters;
  while (all->len > 0 && !is_below (node, g_array_index (all, Counter, all->len - 1).scope))
    g_array_set_size (all, all->len - 1);
}

static Counter *
find_counter (const Counters *counters, const char *name, const GumboNode *scope)
{
  for (guint i = counters->counters->len; i-- > 0;) {
    Counter *counter = &g_array_index (counters->counters, Counter, i);
    if (!strcmp (counter->name, name) && (!scope || counter->scope == scope))
      return counter;
  }
  return NULL;
}

static void
reset_counter (Counters *counters, const GumboNode *node, const char *name, int value)
{
  Counter *known = find_counter (counters, name, node->parent);
  if (known) {
    known->value = value;
    return;
  }
  Counter counter = {g_strdup (name), node->parent, value};
  if (counters->counters->len < COUNTERS_LIMIT)
    g_array_append_val (counters->counters, counter);
  else
    counter_clear (&counter);
}

/* "a 1 b c 5": names, and where they are not ONCE, the number after each. */
static void
count_names (Counters *counters, const GumboNode *node, const char *text, int once, gboolean reset)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  for (char **word = words; *word; word++) {
    gboolean numbered = word[1] && *word[1] && strspn (word[1], "+-0123456789") == strlen (word[1]);
    int number = numbered ? CLAMP (atoi (word[1]), -NUMBER_LIMIT, NUMBER_LIMIT) : once;
    if (!strcmp (*word, "none"))
      return;
    Counter *counter = find_counter (counters, *word, NULL);
    if (reset || !counter)
      reset_counter (counters, node, *word, number);
    else
      counter->value = CLAMP (counter->value + number, -NUMBER_LIMIT, NUMBER_LIMIT);
    word += numbered;
  }
}

void
counters_count (Counters *counters, const GumboNode *node, const char *reset, const char *increment)
{
  if (!reset && !increment)
    return;
  leave_scopes (counters, node);
  if (reset)
    count_names (counters, node, reset, 0, TRUE);
  if (increment)
    count_names (counters, node, increment, 1, FALSE);
}

static void
append_roman (GString *text, int value)
{
  static const struct {
    int value;
    const char *letters;
  } parts[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"},
               {40, "xl"},  {10, "x"},   {9, "ix"},  {5, "v"},    {4, "iv"},  {1, "i"}};
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    for (; value >= parts[i].value; value -= parts[i].value)
      g_string_append (text, parts[i].letters);
}

static void
append_letters (GString *text, int value)
{
  if (value > 26)
    append_letters (text, (value - 1) / 26);
  g_string_append_c (text, 'a' + (value - 1) % 26);
}

/* A style that is not known is decimal. */
static void
append_number (GString *text, int value, const char *style)
{
  gboolean upper = style && g_str_has_prefix (style, "upper-");
  g_autoptr (GString) number = g_string_new (NULL);
  if (style && g_str_has_suffix (style, "-roman") && value > 0 && value < 4000)
    append_roman (number, value);
  else if (style && (g_str_has_suffix (style, "-alpha") || g_str_has_suffix (style, "-latin")) && value > 0)
    append_letters (number, value);
  else
    g_string_append_printf (number, style && !strcmp (style, "decimal-leading-zero") ? "%02d" : "%d", value);
  g_string_append (text, upper ? g_string_ascii_up (number)->str : number->str);
}

char *
counters_text (Counters *counters, const GumboNode *node, const char *name, const char *between, const char *style)
{
  GString *text = g_string_new (NULL);
  leave_scopes (counters, node);
  const Counter *own = find_counter (counters, name, NULL);
  for (guint i = 0; between && own && i < counters->counters->len; i++) {
    const Counter *around = &g_array_index (counters->counters, Counter, i);
    if (around == own || strcmp (around->name, name))
      continue;
    append_number (text, around->value, style);
    g_string_append (text, between);
  }
  append_number (text, own ? own->value : 0, style);
  return g_string_free (text, FALSE);
}
