/* note.c - see note.h */
#include "model/note.h"

static void
note_free (gpointer data)
{
  Note *note = data;
  g_free (note->text);
  g_free (note);
}

GPtrArray *
notes_new (void)
{
  return g_ptr_array_new_with_free_func (note_free);
}

void
notes_add (GPtrArray *notes, const char *code, NoteSeverity severity, Place place, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  Note *note = g_new0 (Note, 1);
  *note = (Note){.code = code, .severity = severity, .place = place, .text = g_strdup_vprintf (format, arguments)};
  va_end (arguments);
  g_ptr_array_add (notes, note);
}

void
notes_remove (GPtrArray *notes, const char *code, int page)
{
  for (guint i = notes->len; i > 0; i--) {
    const Note *note = notes->pdata[i - 1];
    if (note->place.page == page && g_str_equal (note->code, code))
      g_ptr_array_remove_index (notes, i - 1);
  }
}

void
notes_count_left_out (GPtrArray *notes, gsize characters)
{
  Note *last = g_ptr_array_index (notes, notes->len - 1);
  last->left_out = characters;
}

char *
note_words (const char *text)
{
  gboolean whole = g_utf8_strlen (text, -1) <= NOTE_WORDS;
  char *words = g_utf8_substring (text, 0, whole ? g_utf8_strlen (text, -1) : NOTE_WORDS);
  g_strdelimit (words, "\n\t", ' ');
  if (whole)
    return words;
  char *cut = g_strconcat (words, "…", NULL);
  g_free (words);
  return cut;
}

const char *
note_severity_name (NoteSeverity severity)
{
  static const char *const names[] = {"info", "warning", "error"};
  return names[severity];
}
