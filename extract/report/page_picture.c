/* page_picture.c - a page of a document as a picture, with a box for each item on it. */
#include "report/html.h"
#include "report/parts.h"

#include <glib/gi18n.h>

/* A rectangle for each place on the page; text and numbers of the document stay in the table. */
static void
append_boxes (GString *html, const Sheet *sheet, int index, int page)
{
  for (guint i = 0; i < sheet->items->len; i++) {
    const Item *item = sheet_item (sheet, (int)i);
    for (guint k = 0; k < item->places->len; k++) {
      const Place *place = &g_array_index (item->places, Place, k);
      if (place->page != page || box_is_empty (place->box))
        continue;
      g_string_append_printf (html, "<rect id=\"b%d-%u-%u\" data-box=\"%d-%u\" class=\"box\"", index, i, k, index, i);
      html_number_attribute (html, "x", place->box.x0);
      html_number_attribute (html, "y", place->box.y0);
      html_number_attribute (html, "width", place->box.x1 - place->box.x0);
      html_number_attribute (html, "height", place->box.y1 - place->box.y0);
      g_string_append (html, "/>");
    }
  }
}

void
html_page_picture (GString *html, const ReportSheet *of, int index, const PagePicture *picture)
{
  g_autofree char *label = g_strdup_printf (_ ("Page %d of the document"), picture->page);
  g_autofree char *id = g_strdup_printf ("p%d-%d", index, picture->page);
  html_open (html, "figure", "id", id, "class", "picture", NULL);
  g_string_append (html, "<svg role=\"img\" viewBox=\"0 0 ");
  html_number (html, picture->width);
  g_string_append_c (html, ' ');
  html_number (html, picture->height);
  g_string_append (html, "\" aria-label=\"");
  html_text (html, label);
  g_string_append (html, "\"><image");
  html_number_attribute (html, "width", picture->width);
  html_number_attribute (html, "height", picture->height);
  g_string_append_printf (html, " href=\"%s\"/>", picture->address);
  append_boxes (html, of->sheet, index, picture->page);
  html_close (html, "svg");
  html_leaf (html, "figcaption", label, NULL);
  html_close (html, "figure");
}
