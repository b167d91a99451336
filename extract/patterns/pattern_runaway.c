/* pattern_runaway.c - looks for texts on which the expressions of a pattern file run away
 *
 * An expression that runs away does so on long texts of what it nearly matches: its own examples, and parts of them,
 * again and again, and then an end that does not fit. So these are tried:
 *
 *     10:00-12:00   10:00-12:0010:00-12:00…   -12:00-12:00…   10:00-12:0000000…   1111110:00-12:00
 *
 * each with a character behind it that no expression knows, and the same of digits, brackets, spaces and the like. At
 * the very end stand the characters of the examples, kept apart: PCRE2 gives up at once where one that must come is
 * nowhere in the text.
 */
#include "patterns/pattern_file.h"

#include <string.h>

#define LENGTH 20000 /* characters */
#define END "\x01"

static const char *const usual_pieces[] = {
    "1",  "12,", "1.", " ",  "\n", "(", ")", "a", "a ", "A-",  "一",
    "ア", "あ",  "、", "。", "・", "/", ":", "-", "有", "(1)", "「",
};

/* END, then the characters of the rule's examples with END between them. */
static char *
end_of_texts (const Rule *rule)
{
  GString *end = g_string_new (END);
  for (guint i = 0; i < rule->examples->len; i++)
    for (const char *at = ((const Example *)g_ptr_array_index (rule->examples, i))->text; *at;
         at = g_utf8_next_char (at)) {
      g_autofree char *one = g_strndup (at, g_utf8_next_char (at) - at);
      if (!strstr (end->str, one))
        g_string_append_printf (end, "%s" END, one);
    }
  return g_string_free (end, FALSE);
}

/* START, then PIECE until there are LENGTH characters. */
static char *
repeated (const char *start, const char *piece)
{
  gsize before = strlen (start), bytes = strlen (piece);
  gsize times = LENGTH / (gsize)MAX (g_utf8_strlen (piece, -1), 1) + 1;
  char *text = g_malloc (before + bytes * times + 1), *at = text + before;
  memcpy (text, start, before);
  for (gsize i = 0; i < times; i++, at += bytes)
    memcpy (at, piece, bytes);
  *at = 0;
  return text;
}

static void
add_text (GPtrArray *texts, char *text, const char *end)
{
  g_ptr_array_add (texts, g_strconcat (text, end, NULL));
  g_free (text);
}

static void
add_texts_of_example (GPtrArray *texts, const char *example, const char *end)
{
  glong length = g_utf8_strlen (example, -1);
  if (length == 0)
    return;
  const char *middle = g_utf8_offset_to_pointer (example, length / 2);
  const char *last = g_utf8_prev_char (example + strlen (example));
  g_autofree char *first = g_strndup (example, g_utf8_next_char (example) - example);
  g_autofree char *firsts = repeated ("", first);
  add_text (texts, repeated ("", example), end);
  add_text (texts, repeated ("", middle), end);
  add_text (texts, repeated (example, last), end);
  add_text (texts, g_strconcat (firsts, example, NULL), end);
}

GPtrArray *
runaway_texts_new (const Rule *rule)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *end = end_of_texts (rule);
  for (guint i = 0; i < rule->examples->len; i++)
    add_texts_of_example (texts, ((const Example *)g_ptr_array_index (rule->examples, i))->text, end);
  for (gsize i = 0; i < G_N_ELEMENTS (usual_pieces); i++)
    add_text (texts, repeated ("", usual_pieces[i]), end);
  return texts;
}
