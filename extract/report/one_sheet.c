/* one_sheet.c - the items of one sheet, those of a page beside its picture with a box for each. */
#include "report/answer_html.h"
#include "report/html.h"
#include "report/parts.h"
#include "report/status_html.h"

#include <glib/gi18n.h>

/* The page that ITEM begins on; 0: the document has none. */
static int
page_of_item (const Item *item)
{
  return item->places->len > 0 ? g_array_index (item->places, Place, 0).page : 0;
}

/* Of page 0 too, which is none. */
static const PagePicture *
picture_of_page (const ReportSheet *of, int page)
{
  for (guint i = 0; i < of->pictures->len; i++) {
    const PagePicture *picture = of->pictures->pdata[i];
    if (picture->page == page && picture->address)
      return picture;
  }
  return NULL;
}

static const char *
category_of_item (const Item *item)
{
  if (item->match.item && item->match.item->category)
    return item->match.item->category;
  return item->category ? item->category : "";
}

static void
append_item_head (GString *html, const Item *item, int index, gboolean boxed, const char *language)
{
  g_autofree char *box = g_strdup_printf ("#b0-%d-0", index);
  const char *known = item->match.item ? catalogue_item_words (item->match.item, language) : NULL;
  const char *name = item->name ? item->name : known ? known : item->number;
  g_autofree char *number = item->match.item ? g_strdup_printf ("%02d", item->match.item->no) : g_strdup ("＋");
  html_open (html, "th", "scope", "row", NULL);
  html_open (html, boxed ? "a" : "span", "href", boxed ? box : NULL, "class", "name", NULL);
  html_leaf (html, "b", number, NULL);
  g_string_append_c (html, ' ');
  html_leaf (html, "span", name, "lang", html_language_of (name, language), NULL);
  html_close (html, boxed ? "a" : "span");
  if (known && g_strcmp0 (known, name))
    html_leaf (html, "small", known, "lang", html_language_of (known, language), NULL);
  if (!item->match.item)
    html_leaf (html, "small", _ ("extra: not in the catalogue"), "class", "extra", NULL);
  if (item->definition)
    html_leaf (html, "p", item->definition, "class", "definition t", "lang",
               html_language_of (item->definition, language), NULL);
  if (item->unit)
    html_leaf (html, "small", item->unit, "lang", html_language_of (item->unit, language), NULL);
  html_close (html, "th");
}

static void
append_item (GString *html, const ReportSheet *of, int index, gboolean boxed, const char *language)
{
  const Item *item = sheet_item (of->sheet, index);
  gboolean doubtful = item_is_doubtful (of->sheet, item);
  g_autofree char *id = g_strdup_printf ("n%d", index), *box = g_strdup_printf ("0-%d", index);
  g_autofree char *order = g_strdup_printf ("%d", item->match.item ? item->match.item->no : G_MAXINT);
  html_open (html, "tr", "id", id, "class", doubtful ? "item doubtful" : "item", "data-box", box, "data-no", order,
             "data-category", category_of_item (item), "data-status", status_class (item->meaning->status), NULL);
  append_item_head (html, item, index, boxed, language);
  html_open (html, "td", NULL);
  html_status (html, item->meaning->status);
  if (doubtful)
    html_leaf (html, "span", _ ("? doubtful"), "class", "doubt", NULL);
  html_close (html, "td");
  html_open (html, "td", NULL);
  html_answer (html, of, item, language);
  html_close (html, "td");
  html_close (html, "tr");
  g_string_append_c (html, '\n');
}

/* The items from FIRST to before END, which begin on one page. SHOWN: the pictures that are in the report already, where
 * items go back to a page. */
static void
append_page (GString *html, const ReportSheet *of, int first, int end, GHashTable *shown, const char *language)
{
  const PagePicture *own = picture_of_page (of, page_of_item (sheet_item (of->sheet, first)));
  const PagePicture *picture = own && g_hash_table_add (shown, (gpointer)own) ? own : NULL;
  html_open (html, "div", "class", picture ? "page pictured" : "page", NULL);
  g_string_append (html, "<table class=\"items\"><thead><tr>");
  html_leaf (html, "th", _ ("Item"), "scope", "col", NULL);
  html_leaf (html, "th", _ ("Status"), "scope", "col", NULL);
  html_leaf (html, "th", _ ("Answer"), "scope", "col", NULL);
  g_string_append (html, "</tr></thead><tbody>\n");
  for (int i = first; i < end; i++)
    append_item (html, of, i, own != NULL, language);
  g_string_append (html, "</tbody></table>");
  if (picture)
    html_page_picture (html, of, 0, picture);
  g_string_append (html, "</div>\n");
}

void
html_one_sheet (GString *html, const Report *report, const char *language)
{
  const ReportSheet *of = report->sheets->pdata[0];
  int count = (int)of->sheet->items->len;
  g_autoptr (GHashTable) shown = g_hash_table_new (NULL, NULL);
  html_open (html, "section", "id", "items", NULL);
  html_leaf (html, "h2", _ ("Items"), NULL);
  if (of->no_document)
    html_leaf (html, "p", of->no_document, "class", "aside", NULL);
  for (int first = 0, end; first < count; first = end) {
    int page = page_of_item (sheet_item (of->sheet, first));
    gboolean pictured = picture_of_page (of, page) != NULL;
    for (end = first + 1; end < count; end++) {
      int next = page_of_item (sheet_item (of->sheet, end));
      if (next != page && (pictured || picture_of_page (of, next)))
        break;
    }
    append_page (html, of, first, end, shown, language);
  }
  if (count == 0)
    html_leaf (html, "p", _ ("The sheet has no items."), NULL);
  html_close (html, "section");
}
