/* filters.c - the fields by which the script filters and sorts; without script they are not shown. */
#include "report/html.h"
#include "report/parts.h"
#include "report/status_html.h"

#include <glib/gi18n.h>

static void
append_search (GString *html, const char *id, const char *label)
{
  html_open (html, "label", NULL);
  html_text (html, label);
  html_open (html, "input", "type", "search", "id", id, "autocomplete", "off", "spellcheck", "false", NULL);
  html_close (html, "label");
}

static void
append_check (GString *html, const char *name, const char *value, const char *label, const char *class)
{
  html_open (html, "label", "class", class, NULL);
  html_open (html, "input", "type", "checkbox", "name", name, "value", value, NULL);
  html_text (html, label);
  html_close (html, "label");
}

typedef struct {
  const char *value, *words;
} SortWay;

static void
append_select (GString *html, const char *id, const char *label, const SortWay *ways, gsize count)
{
  html_open (html, "label", NULL);
  html_text (html, label);
  html_open (html, "select", "id", id, NULL);
  for (gsize i = 0; i < count; i++)
    html_leaf (html, "option", _ (ways[i].words), "value", ways[i].value, NULL);
  html_close (html, "select");
  html_close (html, "label");
}

static void
append_category (GString *html, GHashTable *seen, const char *category, const char *words)
{
  if (category && g_hash_table_add (seen, (gpointer)category))
    html_leaf (html, "option", words, "value", category, NULL);
}

/* The catalogue's categories, and those of one sheet's items that it does not have. */
static void
append_categories (GString *html, const Report *report, gboolean several, const char *language)
{
  const Catalogue *catalogue = report->knowledge->catalogue;
  const Sheet *sheet = ((const ReportSheet *)report->sheets->pdata[0])->sheet;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  html_open (html, "label", NULL);
  html_text (html, _ ("Category"));
  html_open (html, "select", "id", "category", NULL);
  html_leaf (html, "option", _ ("all"), "value", "", NULL);
  for (int i = 0; i < catalogue->count; i++)
    append_category (html, seen, catalogue->items[i].category, category_words (&catalogue->items[i], language));
  for (guint i = 0; !several && i < sheet->items->len; i++)
    if (!sheet_item (sheet, (int)i)->match.item)
      append_category (html, seen, sheet_item (sheet, (int)i)->category, sheet_item (sheet, (int)i)->category);
  html_close (html, "select");
  html_close (html, "label");
}

static void
append_statuses (GString *html, gboolean several)
{
  static const int order[] = {STATUS_YES,         STATUS_PARTIAL,    STATUS_NO,     STATUS_PLANNED,
                              STATUS_UNDISCLOSED, STATUS_UNANSWERED, STATUS_STATED, STATUS_MISSING};
  html_open (html, "fieldset", "class", "statuses", NULL);
  html_leaf (html, "legend", _ ("Status"), NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    if (several || order[i] != STATUS_MISSING) {
      g_autofree char *class = g_strdup_printf ("s %s", status_class (order[i]));
      append_check (html, "status", status_class (order[i]), words_of_status (order[i]), class);
    }
  html_close (html, "fieldset");
}

void
html_filters (GString *html, const Report *report, gboolean several, const char *language)
{
  static const SortWay item_ways[] = {{"list", N_ ("as in the list")},
                                      {"name", N_ ("by name")},
                                      {"differ", N_ ("most different first")},
                                      {"doubtful", N_ ("doubtful first")}},
                       own_ways[] = {{"sheet", N_ ("as in the sheet")},
                                     {"list", N_ ("as in the list")},
                                     {"name", N_ ("by name")},
                                     {"doubtful", N_ ("doubtful first")}},
                       vendor_ways[] = {{"given", N_ ("as given")},
                                        {"name", N_ ("by name")},
                                        {"yes", N_ ("most yes first")},
                                        {"have", N_ ("fullest first")}};
  html_open (html, "form", "id", "filters", "role", "search", "aria-label", _ ("Filters"), "hidden", "", NULL);
  append_search (html, "text", _ ("Search"));
  if (several)
    append_search (html, "vendor", _ ("Vendors"));
  append_categories (html, report, several, language);
  append_statuses (html, several);
  html_open (html, "fieldset", NULL);
  html_leaf (html, "legend", _ ("Only"), NULL);
  if (several)
    append_check (html, "differ", "1", _ ("where vendors differ"), NULL);
  append_check (html, "doubtful", "1", _ ("doubtful"), NULL);
  html_close (html, "fieldset");
  append_select (html, "sort", _ ("Sort items"), several ? item_ways : own_ways,
                 several ? G_N_ELEMENTS (item_ways) : G_N_ELEMENTS (own_ways));
  if (several)
    append_select (html, "vendor-sort", _ ("Sort vendors"), vendor_ways, G_N_ELEMENTS (vendor_ways));
  if (several && report->sheets->len <= FEW_VENDORS)
    append_check (html, "whole", "1", _ ("whole answers"), "whole");
  html_leaf (html, "button", _ ("Clear"), "type", "reset", NULL);
  html_leaf (html, "output", NULL, "id", "count", "aria-live", "polite", "for", "text", NULL);
  html_close (html, "form");
  g_string_append_c (html, '\n');
}
