/* web_page.c - see web_page.h */
#include "read/document/web_page.h"

GPtrArray *
pages_from_markup (Markup *markup, const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error)
{
  g_autoptr (GBytes) bytes = markup_take_page (markup, error);
  if (!bytes)
    return NULL;
  char charset[] = "utf-8";
  Source page = {
      .uri = source->uri, .bytes = bytes, .media_type = "text/html", .charset = charset, .sha256 = source->sha256};
  return pages_from_html (&page, options, notes, error);
}

void
note_form_field (GPtrArray *notes, const Markup *markup, const char *kind, const char *words)
{
  g_autofree char *quoted = note_words (words);
  notes_add (notes, "form-field", NOTE_INFO, (Place){.line = markup_line (markup)}, "%s: \"%s\".", kind, quoted);
}

void
note_prompt (GPtrArray *notes, const Markup *markup, const char *prompt)
{
  g_autofree char *quoted = note_words (prompt);
  notes_add (notes, "form-field", NOTE_INFO, (Place){.line = markup_line (markup)},
             "A field that is not filled in; its prompt is left out: \"%s\".", quoted);
}

void
note_pictures (GPtrArray *notes, int count)
{
  if (count > 0)
    notes_add (notes, "pictures-not-read", NOTE_INFO, (Place){0},
               "The document has %d pictures; text in them is not read.", count);
}
