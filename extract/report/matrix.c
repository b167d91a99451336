/* matrix.c - several sheets side by side: items down, vendors across, the status in the cell; and all answers, item by
 * item, to which the cells lead. */
#include "report/answer_html.h"
#include "report/html.h"
#include "report/parts.h"
#include "report/status_words.h"

#include <glib/gi18n.h>
#include <string.h>

/* So many vendors have room for the words of their answers, on screen and on paper. */
#define FEW_VENDORS 6

/* What a cell shows of an answer that is no yes or no, characters. */
#define EXCERPT_MOST 14

/* What the row of an item is filtered and sorted by. */
typedef struct {
  int counts[STATUS_WORDS]; /* vendors */
  gboolean differs;         /* statuses, or figures where those are the same */
  gboolean doubtful;        /* one of them is */
  int minority;             /* vendors whose status is not the most frequent one */
} RowFacts;

static const Item *
first_item_of (const ReportSheet *of, const CatalogueItem *item)
{
  g_autoptr (GPtrArray) items = items_of_sheet (of->sheet, item);
  return items->len > 0 ? items->pdata[0] : NULL;
}

static int
status_of (const Item *item)
{
  return item ? (int)item->meaning->status : STATUS_MISSING;
}

/* The figure by which answers with the same status are compared; NULL: none. Borrowed. */
static GVariant *
figure_of (const Item *item)
{
  for (guint i = 0; item && i < item->meaning->values->len; i++) {
    const Value *value = item->meaning->values->pdata[i];
    if (g_str_equal (value->kind, "percentage") || g_str_equal (value->kind, "duration") ||
        g_str_equal (value->kind, "count") || g_str_equal (value->kind, "size"))
      return value->value;
  }
  return NULL;
}

static gboolean
figures_differ (GVariant *a, GVariant *b)
{
  return a && b && !g_variant_equal (a, b);
}

static RowFacts
facts_of_row (const Report *report, const CatalogueItem *item)
{
  RowFacts facts = {0};
  GVariant *figure = NULL;
  int most = 0, kinds = 0;
  for (guint i = 0; i < report->sheets->len; i++) {
    const ReportSheet *of = report->sheets->pdata[i];
    const Item *answered = first_item_of (of, item);
    GVariant *own = figure_of (answered);
    facts.counts[status_of (answered)]++;
    facts.doubtful = facts.doubtful || (answered && item_is_doubtful (of->sheet, answered));
    facts.differs = facts.differs || figures_differ (figure, own);
    figure = figure ? figure : own;
  }
  for (int status = 0; status < STATUS_WORDS; status++) {
    most = MAX (most, facts.counts[status]);
    kinds += facts.counts[status] > 0;
  }
  facts.differs = facts.differs || kinds > 1;
  facts.minority = (int)report->sheets->len - most;
  return facts;
}

static void
append_vendor_head (GString *html, const Report *report, int index, const char *language)
{
  const ReportSheet *of = report->sheets->pdata[index];
  g_autofree char *place = g_strdup_printf ("#v%d", index);
  int yes = 0, have = 0;
  for (int i = 0; i < of->sheet->catalogue->count; i++) {
    const Item *item = first_item_of (of, &of->sheet->catalogue->items[i]);
    yes += item && item->meaning->status == STATUS_YES;
    have += item != NULL;
  }
  g_autofree char *yes_text = g_strdup_printf ("%d", yes), *have_text = g_strdup_printf ("%d", have);
  html_open (html, "th", "scope", "col", "data-yes", yes_text, "data-have", have_text, NULL);
  html_leaf (html, "a", of->name, "href", place, "lang", html_language_of (of->name, language), NULL);
  html_close (html, "th");
}

/* What is shown below the status: the answer's words where there is room, else its first figure. */
static void
append_excerpt (GString *html, const Item *item, gboolean few, const char *language)
{
  if (few && item->answer)
    html_leaf (html, "span", item->answer, "class", "e", "lang", html_language_of (item->answer, language), NULL);
  if (few || item->meaning->status != STATUS_STATED || item->meaning->values->len == 0)
    return;
  const Value *value = item->meaning->values->pdata[0];
  g_autofree char *valid = g_utf8_make_valid (value->text, -1);
  g_autofree char *start = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), EXCERPT_MOST));
  html_leaf (html, "span", start, "class", "e", NULL);
}

static void
append_cell (GString *html, const ReportSheet *of, int index, const CatalogueItem *item, gboolean few,
             const char *language)
{
  const Item *answered = first_item_of (of, item);
  int status = status_of (answered);
  gboolean doubtful = answered && item_is_doubtful (of->sheet, answered);
  g_string_append_printf (html, "<td class=\"s %s%s\"><a href=\"#a%d-%d\">", status_class (status),
                          doubtful ? " d" : "", item->no, index);
  html_text (html, status_words (status));
  if (doubtful)
    html_leaf (html, "abbr", "?", "title", _ ("doubtful"), NULL);
  html_close (html, "a");
  if (answered)
    append_excerpt (html, answered, few, language);
  html_close (html, "td");
}

static void
append_row (GString *html, const Report *report, const CatalogueItem *item, const char *language)
{
  const char *name = catalogue_item_words (item, language);
  RowFacts facts = facts_of_row (report, item);
  g_autofree char *number = g_strdup_printf ("%02d", item->no), *minority = g_strdup_printf ("%d", facts.minority);
  g_autofree char *classes =
      g_strconcat ("item", facts.differs ? " differs" : "", facts.doubtful ? " doubtful" : "", NULL);
  g_string_append_printf (html, "<tr id=\"i%d\" data-no=\"%d\"", item->no, item->no);
  g_string_append_printf (html, " class=\"%s\" data-minority=\"%s\" data-category=\"", classes, minority);
  html_text (html, item->category ? item->category : "");
  g_string_append (html, "\">");
  html_open (html, "th", "scope", "row", NULL);
  g_autofree char *place = g_strdup_printf ("#a%d", item->no);
  html_open (html, "a", "href", place, "lang", html_language_of (name, language), NULL);
  html_leaf (html, "b", number, NULL);
  g_string_append_c (html, ' ');
  html_text (html, name);
  html_close (html, "a");
  html_close (html, "th");
  for (guint i = 0; i < report->sheets->len; i++)
    append_cell (html, report->sheets->pdata[i], (int)i, item, report->sheets->len <= FEW_VENDORS, language);
  g_string_append (html, "</tr>\n");
}

void
html_matrix (GString *html, const Report *report, const char *language)
{
  const Catalogue *catalogue = report->knowledge->catalogue;
  const char *category = NULL;
  html_open (html, "section", "id", "items", NULL);
  html_leaf (html, "h2", _ ("Items by vendor"), NULL);
  html_open (html, "div", "class", "scroll", "role", "region", "aria-label", _ ("Items by vendor"), "tabindex", "0",
             NULL);
  html_open (html, "table", "class", report->sheets->len <= FEW_VENDORS ? "matrix few" : "matrix many", NULL);
  g_string_append (html, "<thead><tr>");
  html_leaf (html, "th", _ ("Item"), "scope", "col", NULL);
  for (guint i = 0; i < report->sheets->len; i++)
    append_vendor_head (html, report, (int)i, language);
  g_string_append (html, "</tr></thead>\n<tbody>\n");
  for (int i = 0; i < catalogue->count; i++) {
    const CatalogueItem *item = &catalogue->items[i];
    if (item->category && g_strcmp0 (category, item->category)) {
      html_open (html, "tr", "class", "group", NULL);
      html_leaf (html, "th", item->category, "scope", "colgroup", "lang", html_language_of (item->category, language),
                 NULL);
      g_string_append (html, "</tr>\n");
    }
    category = item->category;
    append_row (html, report, item, language);
  }
  g_string_append (html, "</tbody></table></div>");
  html_close (html, "section");
  g_string_append_c (html, '\n');
}

/* Every answer */

/* Where the page's picture is, if it is there, for the script: the figure, and the boxes in it. */
static char *
box_of_item (const ReportSheet *of, int index, const Item *item)
{
  int page = item->places->len > 0 ? g_array_index (item->places, Place, 0).page : 0;
  guint number;
  for (guint i = 0; i < of->pictures->len; i++)
    if (((const PagePicture *)of->pictures->pdata[i])->page == page &&
        g_ptr_array_find (of->sheet->items, item, &number))
      return g_strdup_printf (" data-picture=\"p%d-%d\" data-item=\"%d-%u\"", index, page, index, number);
  return NULL;
}

static void
append_answer_row (GString *html, const ReportSheet *of, int index, const CatalogueItem *item, const char *language)
{
  g_autoptr (GPtrArray) items = items_of_sheet (of->sheet, item);
  g_autofree char *place = g_strdup_printf ("#v%d", index);
  g_autofree char *box = items->len > 0 ? box_of_item (of, index, items->pdata[0]) : NULL;
  g_string_append_printf (html, "<tr id=\"a%d-%d\"%s>", item->no, index, box ? box : "");
  html_open (html, "th", "scope", "row", NULL);
  html_leaf (html, "a", of->name, "href", place, "lang", html_language_of (of->name, language), NULL);
  html_close (html, "th");
  html_open (html, "td", NULL);
  html_status (html, status_of (items->len > 0 ? items->pdata[0] : NULL));
  html_close (html, "td");
  html_open (html, "td", NULL);
  for (guint i = 0; i < items->len; i++) {
    const Item *each = items->pdata[i];
    if (i > 0) {
      html_open (html, "div", "class", "again", NULL);
      html_status (html, status_of (each));
      html_close (html, "div");
    }
    html_answer (html, of, each, language);
  }
  g_string_append (html, "</td></tr>\n");
}

static void
append_answers_to (GString *html, const Report *report, const CatalogueItem *item, const char *language)
{
  const char *name = catalogue_item_words (item, language);
  g_autofree char *id = g_strdup_printf ("a%d", item->no), *head = g_strdup_printf ("%02d %s", item->no, name);
  html_open (html, "section", "id", id, "class", "answers", NULL);
  html_leaf (html, "h3", head, "lang", html_language_of (head, language), NULL);
  html_open (html, "p", "class", "definition", "lang", html_language_of (item->definition, language), NULL);
  if (name != item->name) {
    html_leaf (html, "b", item->name, NULL);
    html_text (html, " ");
  }
  html_text (html, item->definition);
  if (item->unit) {
    html_text (html, " ");
    html_leaf (html, "small", item->unit, NULL);
  }
  html_close (html, "p");
  g_string_append (html, "<table><thead><tr>");
  html_leaf (html, "th", _ ("Vendor"), "scope", "col", NULL);
  html_leaf (html, "th", _ ("Status"), "scope", "col", NULL);
  html_leaf (html, "th", _ ("Answer"), "scope", "col", NULL);
  g_string_append (html, "</tr></thead><tbody>\n");
  for (guint i = 0; i < report->sheets->len; i++)
    append_answer_row (html, report->sheets->pdata[i], (int)i, item, language);
  g_string_append (html, "</tbody></table></section>\n");
}

void
html_answers (GString *html, const Report *report, const char *language)
{
  const Catalogue *catalogue = report->knowledge->catalogue;
  html_open (html, "section", "id", "answers", NULL);
  html_leaf (html, "h2", _ ("Every answer"), NULL);
  for (int i = 0; i < catalogue->count; i++)
    append_answers_to (html, report, &catalogue->items[i], language);
  html_close (html, "section");
  g_string_append_c (html, '\n');
}
