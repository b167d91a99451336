/* pattern_runaway.c - looks for texts on which the expressions of a pattern file run away
 *
 * An expression that runs away does so on long texts of what it nearly matches: its own examples, and parts of them,
 * again and again, and then an end that does not fit. So these are tried:
 *
 *     10:00-12:00   10:00-12:0010:00-12:00…   -12:00-12:00…   10:00-12:0000000…   1111110:00-12:00
 *
 * each with a character behind it that no expression knows, and the same of digits, brackets, spaces and the like.
 */
#include "words/pattern_file.h"

#include <string.h>

#define LENGTH 20000 /* characters */
#define END "\x01"

static const char *const usual_pieces[] = {
    "1",  "12,", "1.", " ",  "\n", "(", ")", "a", "a ", "A-",  "一",
    "ア", "あ",  "、", "。", "・", "/", ":", "-", "有", "(1)", "「",
};

/* START, then PIECE until there are LENGTH characters, then END. */
static char *
repeated (const char *start, const char *piece)
{
  gsize before = strlen (start), bytes = strlen (piece);
  gsize times = LENGTH / (gsize)MAX (g_utf8_strlen (piece, -1), 1) + 1;
  char *text = g_malloc (before + bytes * times + sizeof END), *at = text + before;
  memcpy (text, start, before);
  for (gsize i = 0; i < times; i++, at += bytes)
    memcpy (at, piece, bytes);
  memcpy (at, END, sizeof END);
  return text;
}

static void
add_texts_of_example (GPtrArray *texts, const char *example)
{
  glong length = g_utf8_strlen (example, -1);
  if (length == 0)
    return;
  const char *middle = g_utf8_offset_to_pointer (example, length / 2);
  g_autofree char *one = g_strndup (example, g_utf8_next_char (example) - example);
  const char *last = g_utf8_prev_char (example + strlen (example));
  g_ptr_array_add (texts, repeated ("", example));
  g_ptr_array_add (texts, repeated ("", middle));
  g_ptr_array_add (texts, repeated (example, last));
  g_autofree char *ones = repeated ("", one);
  ones[strlen (ones) - strlen (END)] = 0;
  g_ptr_array_add (texts, g_strconcat (ones, example, END, NULL));
}

GPtrArray *
runaway_texts_new (const Rule *rule)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < rule->examples->len; i++)
    add_texts_of_example (texts, ((const Example *)g_ptr_array_index (rule->examples, i))->text);
  for (gsize i = 0; i < G_N_ELEMENTS (usual_pieces); i++)
    g_ptr_array_add (texts, repeated ("", usual_pieces[i]));
  return texts;
}
