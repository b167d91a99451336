/* page.c - see page.h */
#include "model/page.h"

Page *
page_new (int number, double width, double height)
{
  Page *page = g_new0 (Page, 1);
  *page = (Page){.number = number, .width = width, .height = height};
  return page;
}

void
page_free (Page *page)
{
  if (!page)
    return;
  g_clear_pointer (&page->glyphs, g_array_unref);
  g_clear_pointer (&page->ruling_lines, g_array_unref);
  g_clear_pointer (&page->blocks, g_ptr_array_unref);
  g_clear_pointer (&page->tagged, g_ptr_array_unref);
  g_free (page);
}

void
page_take_recognised (Page *page, Page *seen)
{
  seen->number = page->number;
  Page old = *page;
  *page = *seen;
  *seen = old;
  page_free (seen);
}

GPtrArray *
pages_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)page_free);
}

GPtrArray *
page_glyphs (const Page *page, const gboolean *taken, const Box *box)
{
  GPtrArray *glyphs = g_ptr_array_sized_new (box ? 0 : page->glyphs->len);
  for (guint i = 0; i < page->glyphs->len; i++) {
    const Glyph *glyph = &g_array_index (page->glyphs, Glyph, i);
    if (!(taken && taken[i]) && (!box || box_has_middle (*box, glyph->box)))
      g_ptr_array_add (glyphs, (gpointer)glyph);
  }
  return glyphs;
}

char *
ruling_lines_to_string (const Page *page)
{
  static const char *const names[] = {"horizontal", "vertical", "dot", "fill"};
  GString *text = g_string_new (NULL);
  for (guint i = 0; page->ruling_lines && i < page->ruling_lines->len; i++) {
    const RulingLine *line = &g_array_index (page->ruling_lines, RulingLine, i);
    g_string_append_printf (text, "%s %.2f %.2f %.2f %.2f %.2f\n", names[line->kind], line->box.x0, line->box.y0,
                            line->box.x1, line->box.y1, line->thickness);
  }
  return g_string_free (text, FALSE);
}
