/* frame.c - see frame.h */
#include "read/html/frame.h"

#include "read/charset.h"
#include "read/html/html_tree.h"
#include "read/html/xhtml.h"

#include <string.h>

char *
html_text_from_source (const Source *source, GPtrArray *notes)
{
  g_autofree char *charset = html_charset_from_bytes (source->bytes);
  char *text = utf8_from_source (source, charset, notes);
  char *html = html_from_xhtml (text);
  if (!html)
    return text;
  g_free (text);
  return html;
}

static gboolean
open_document (HtmlFrame *frame, const GumboNode *node)
{
  const GumboAttribute *attribute = gumbo_get_attribute (&node->v.element.attributes, "srcdoc");
  if (!attribute)
    return FALSE;
  frame->text = g_strdup (attribute->value);
  frame->line = MAX ((int)attribute->value_start.line, 1) - 1;
  return TRUE;
}

gboolean
frame_open_address (HtmlFrame *frame, const Source *source, const Source *page, const char *address, Place place,
                    GPtrArray *notes)
{
  const Source *shown = source_related (source, page, address);
  if (shown && (g_str_equal (shown->media_type, "text/html") || g_str_equal (shown->media_type, "text/plain"))) {
    frame->text = html_text_from_source (shown, notes);
    frame->member = g_intern_string (shown->member);
    frame->page = shown;
    return TRUE;
  }
  if (*address && !g_str_has_prefix (address, "about:") && !g_str_has_prefix (address, "javascript:")) {
    g_autofree char *words = note_words (address);
    notes_add (notes, "frame-elsewhere", NOTE_INFO, place,
               "What the page shows in a frame is another document, which is not read: %s", words);
  }
  return FALSE;
}

gboolean
frame_open (HtmlFrame *frame, const Source *source, const Source *page, const GumboNode *node, GPtrArray *notes)
{
  frame->page = page;
  if (open_document (frame, node))
    return TRUE;
  const char *address = node_attribute (node, "src");
  return address && frame_open_address (frame, source, page, address, node_place (node), notes);
}

/* Adds the addresses of the worksheets that are shown, by the list in a comment, "<x:ExcelWorksheet>…". */
static void
add_worksheets (GPtrArray *addresses, const char *comment)
{
  static const char item[] = "<x:ExcelWorksheet>", source[] = "<x:WorksheetSource HRef=\"";
  for (const char *at = strstr (comment, item); at; at = strstr (at + 1, item)) {
    const char *next = strstr (at + 1, item), *address = strstr (at, source),
               *hidden = strstr (at, "<x:Visible>SheetHidden");
    if (!address || (next && address > next) || (hidden && (!next || hidden < next)))
      continue;
    address += strlen (source);
    g_ptr_array_add (addresses, g_strndup (address, strcspn (address, "\"")));
  }
}

GPtrArray *
frame_worksheets (const GumboNode *frameset)
{
  GPtrArray *addresses = g_ptr_array_new_with_free_func (g_free);
  const GumboNode *root = frameset;
  while (root->parent)
    root = root->parent;
  for (const GumboNode *node = root; node; node = node_next (node, root, TRUE))
    if (node->type == GUMBO_NODE_COMMENT)
      add_worksheets (addresses, node->v.text.text);
  return addresses;
}

void
frame_clear (HtmlFrame *frame)
{
  g_free (frame->text);
}

char *
frame_style_text (const char *href, gconstpointer data)
{
  const FrameStyles *styles = data;
  const Source *sheet = source_related (styles->source, styles->page, href);
  return sheet ? utf8_from_bytes (sheet->bytes, sheet->charset, NULL, NULL) : NULL;
}
