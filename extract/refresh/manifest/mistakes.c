/* mistakes.c - see manifest_parts.h */
#include "refresh/manifest/manifest_parts.h"

#include "model/error.h"

#include <glib/gi18n.h>

#define MISTAKES_SHOWN 100
#define CHARACTERS_SHOWN 60

typedef struct {
  ManifestPlace place;
  guint order;
  char *text;
} Mistake;

static void
mistake_clear (gpointer mistake)
{
  g_free (((Mistake *)mistake)->text);
}

Mistakes *
mistakes_new (void)
{
  Mistakes *mistakes = g_new (Mistakes, 1);
  mistakes->list = g_array_new (FALSE, FALSE, sizeof (Mistake));
  g_array_set_clear_func (mistakes->list, mistake_clear);
  return mistakes;
}

void
mistakes_free (Mistakes *mistakes)
{
  g_array_unref (mistakes->list);
  g_free (mistakes);
}

void
mistakes_add (Mistakes *mistakes, ManifestPlace place, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  Mistake mistake = {place, mistakes->list->len, g_strdup_vprintf (format, arguments)};
  va_end (arguments);
  g_array_append_val (mistakes->list, mistake);
}

static int
by_place (gconstpointer a, gconstpointer b)
{
  const Mistake *one = a, *other = b;
  if (one->place.line != other->place.line)
    return one->place.line < other->place.line ? -1 : 1;
  if (one->place.column != other->place.column)
    return one->place.column < other->place.column ? -1 : 1;
  return one->order < other->order ? -1 : 1;
}

gboolean
mistakes_are_none (Mistakes *mistakes, GError **error)
{
  guint count = mistakes->list->len;
  if (count == 0)
    return TRUE;
  g_array_sort (mistakes->list, by_place);
  g_autoptr (GString) lines = g_string_new (NULL);
  for (guint i = 0; i < MIN (count, MISTAKES_SHOWN); i++) {
    const Mistake *mistake = &g_array_index (mistakes->list, Mistake, i);
    g_string_append_printf (lines, "%s" MANIFEST_FILE ":%d:%d: %s", i ? "\n" : "", mistake->place.line,
                            mistake->place.column, mistake->text);
  }
  guint more = count - MIN (count, MISTAKES_SHOWN);
  if (more > 0) {
    g_string_append_c (lines, '\n');
    g_string_append_printf (lines, ngettext ("%u more mistake", "%u more mistakes", more), more);
  }
  g_set_error_literal (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_MANIFEST, lines->str);
  return FALSE;
}

char *
text_for_message (const char *text)
{
  GString *shown = g_string_new (NULL);
  int count = 0;
  for (; *text && count < CHARACTERS_SHOWN; text = g_utf8_next_char (text), count++) {
    gunichar character = g_utf8_get_char (text);
    g_string_append_unichar (shown, g_unichar_isprint (character) ? character : '?');
  }
  if (*text)
    g_string_append (shown, "…");
  return g_string_free (shown, FALSE);
}
