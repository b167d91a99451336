/* matrix.c - several sheets side by side: items down, vendors across, the status in the cell; and all answers, item by
 * item, to which the cells lead. */
#include "report/answer_html.h"
#include "report/html.h"
#include "report/parts.h"
#include "report/status_html.h"
#include "text/width.h"

#include <glib/gi18n.h>
#include <string.h>

/* What a narrow cell shows of an answer that is no yes or no, in cells of text/width.h. */
#define EXCERPT_CELLS 14

/* What the row of an item is filtered and sorted by. */
typedef struct {
  int counts[STATUSES]; /* vendors */
  gboolean differs;     /* the statuses or the values, or some vendors lack it */
  gboolean doubtful;    /* one of them is */
  int minority;         /* vendors whose status is not the most frequent one */
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

static RowFacts
facts_of_row (const Report *report, const CatalogueItem *item)
{
  int row = catalogue_index (report->knowledge->catalogue, item);
  const MatrixRow *side_by_side = report->matrix->all_rows->pdata[row];
  RowFacts facts = {.differs = side_by_side->differs};
  int most = 0, sheets = (int)report->sheets->len;
  for (int i = 0; i < sheets; i++) {
    const ReportSheet *of = report->sheets->pdata[i];
    const Item *answered = first_item_of (of, item);
    facts.counts[status_of (answered)]++;
    facts.doubtful = facts.doubtful || (answered && item_is_doubtful (of->sheet, answered));
  }
  for (int status = 0; status < STATUSES; status++)
    most = MAX (most, facts.counts[status]);
  facts.differs = facts.differs || (facts.counts[STATUS_MISSING] > 0 && facts.counts[STATUS_MISSING] < sheets);
  facts.minority = sheets - most;
  return facts;
}

static gboolean
vendors_are_few (const Report *report)
{
  return report->sheets->len <= FEW_VENDORS;
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

/* One answer in words: its text without the status, or the answers by plan. The caller frees. */
static char *
words_of_answer (const Item *item)
{
  if (!item->meaning->by)
    return g_strdup (item->meaning->detail ? item->meaning->detail : item->answer ? item->answer : "");
  g_autoptr (GString) words = g_string_new (NULL);
  for (guint i = 0; i < item->meaning->by->len; i++) {
    const AnswerBy *by = item->meaning->by->pdata[i];
    g_string_append_printf (words, "%s%s: %s", i > 0 ? "\n" : "", by->head, by->text ? by->text : "–");
  }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* All answers that ITEMS are, with the status of each after the first, which the cell has. */
static char *
words_of_items (const GPtrArray *items)
{
  g_autoptr (GString) words = g_string_new (NULL);
  for (guint i = 0; i < items->len; i++) {
    const Item *item = items->pdata[i];
    g_autofree char *own = words_of_answer (item);
    if (i > 0)
      g_string_append_printf (words, "\n%s %s\n", words_of_status (item->meaning->status),
                              item->section ? item->section : "");
    g_string_append (words, own);
  }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* Where there is room: a link to the answer, and its words. */
static void
append_wide_cell (GString *html, const GPtrArray *items, const char *place, gboolean doubtful, const char *language)
{
  html_open (html, "a", "href", place, NULL);
  html_text (html, words_of_status (status_of (items->len > 0 ? items->pdata[0] : NULL)));
  html_close (html, "a");
  if (doubtful)
    html_leaf (html, "b", _ ("? doubtful"), NULL);
  g_autofree char *words = words_of_items (items);
  if (*words)
    html_leaf (html, "span", words, "class", "e", "lang", html_language_of (words, language), NULL);
}

/* Else nothing but text, since ten thousand cells of more take a browser a second: the status, and on a second line the
 * first figure of an answer that is no yes or no. The row's head leads to the answers. */
static void
append_narrow_cell (GString *html, const Item *item, gboolean doubtful)
{
  html_text (html, words_of_status (status_of (item)));
  if (doubtful)
    html_text (html, " ?");
  if (!item || item->meaning->status != STATUS_STATED || item->meaning->values->len == 0)
    return;
  const Value *value = item->meaning->values->pdata[0];
  g_autofree char *valid = g_utf8_make_valid (value->text, -1);
  g_strdelimit (valid, "\n\t", ' ');
  gboolean cut = text_cells (valid) > EXCERPT_CELLS;
  g_autofree char *start = g_strndup (valid, text_bytes_in_cells (valid, EXCERPT_CELLS - cut));
  html_text (html, "\n");
  html_text (html, start);
  html_text (html, cut ? "…" : "");
}

static void
append_cell (GString *html, const ReportSheet *of, int index, const CatalogueItem *item, gboolean few,
             const char *language)
{
  g_autoptr (GPtrArray) items = items_of_sheet (of->sheet, item);
  const Item *answered = items->len > 0 ? items->pdata[0] : NULL;
  gboolean doubtful = answered && item_is_doubtful (of->sheet, answered);
  g_autofree char *place = g_strdup_printf ("#a%d-%d", item->no, index);
  g_string_append_printf (html, "<td class=\"s %s%s\">", status_class (status_of (answered)), doubtful ? " d" : "");
  if (few)
    append_wide_cell (html, items, place, doubtful, language);
  else
    append_narrow_cell (html, answered, doubtful);
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
    append_cell (html, report->sheets->pdata[i], (int)i, item, vendors_are_few (report), language);
  g_string_append (html, "</tr>\n");
}

void
html_matrix (GString *html, const Report *report, const char *language)
{
  const Catalogue *catalogue = report->knowledge->catalogue;
  const char *category = NULL;
  g_autofree char *columns = g_strdup_printf ("%u", report->sheets->len + 1);
  html_open (html, "section", "id", "items", NULL);
  html_leaf (html, "h2", _ ("Items by vendor"), NULL);
  html_open (html, "div", "class", "scroll", "role", "region", "aria-label", _ ("Items by vendor"), "tabindex", "0",
             NULL);
  html_open (html, "table", "class", vendors_are_few (report) ? "matrix few" : "matrix many", "aria-label",
             _ ("Items by vendor"), NULL);
  g_string_append (html, "<thead><tr>");
  html_leaf (html, "th", _ ("Item"), "scope", "col", NULL);
  for (guint i = 0; i < report->sheets->len; i++)
    append_vendor_head (html, report, (int)i, language);
  g_string_append (html, "</tr></thead>\n<tbody>\n");
  for (int i = 0; i < catalogue->count; i++) {
    const CatalogueItem *item = &catalogue->items[i];
    if (item->category && g_strcmp0 (category, item->category)) {
      html_open (html, "tr", "class", "group", NULL);
      const char *words = category_words (item, language);
      html_leaf (html, "th", words, "scope", "rowgroup", "colspan", columns, "lang", html_language_of (words, language),
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
