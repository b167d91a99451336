/* private_use.c - see private_use.h */
#include "sheet/private_use.h"

#include <string.h>

/* A note names at most this many characters. */
#define NAMED_LIMIT 12

/* The characters of TEXT for private use, "U+F0FE, U+F0A8", each once; NULL: none. The caller frees. */
static char *
private_codes (const char *text)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func (g_free);
  for (; *text && codes->len < NAMED_LIMIT; text = g_utf8_next_char (text)) {
    if (g_unichar_type (g_utf8_get_char (text)) != G_UNICODE_PRIVATE_USE)
      continue;
    g_autofree char *code = g_strdup_printf ("U+%04X", g_utf8_get_char (text));
    if (!g_ptr_array_find_with_equal_func (codes, code, g_str_equal, NULL))
      g_ptr_array_add (codes, g_steal_pointer (&code));
  }
  if (codes->len == 0)
    return NULL;
  g_ptr_array_add (codes, NULL);
  return g_strjoinv (", ", (char **)codes->pdata);
}

static gboolean
page_has_note (const GPtrArray *notes, int page)
{
  for (guint i = 0; page && i < notes->len; i++) {
    const Note *note = notes->pdata[i];
    if (note->place.page == page && !strcmp (note->code, "private-use") && note->severity == NOTE_WARNING)
      return TRUE;
  }
  return FALSE;
}

void
sheet_note_private_use (Sheet *sheet)
{
  for (guint i = 0; i < sheet->items->len; i++) {
    const Item *item = sheet->items->pdata[i];
    g_autofree char *codes = item->answer ? private_codes (item->answer) : NULL;
    Place place = item->places->len ? g_array_index (item->places, Place, 0) : (Place){0};
    if (codes && !page_has_note (sheet->notes, place.page))
      notes_add (sheet->notes, "private-use", NOTE_WARNING, place,
                 "The answer has characters for private use, whose shapes only their font tells: %s.", codes);
  }
}
