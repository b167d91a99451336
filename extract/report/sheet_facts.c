/* sheet_facts.c - what a report says of a sheet as a whole. */
#include "report/answer_html.h"
#include "report/html.h"
#include "report/parts.h"
#include "report/status_html.h"

#include <glib/gi18n.h>
#include <math.h>

static void
append_fact (GString *html, const char *head, const char *text, const char *language)
{
  if (!text || !*text)
    return;
  g_autofree char *target = html_link_target (text);
  html_leaf (html, "dt", head, NULL);
  html_open (html, "dd", "lang", html_language_of (text, language), NULL);
  if (target)
    html_leaf (html, "a", text, "href", target, "rel", "noopener noreferrer nofollow", NULL);
  else
    html_text (html, text);
  html_close (html, "dd");
}

/* How much of the document's text the items have. */
static char *
coverage_words (const TextCoverage *characters)
{
  if (characters->total == 0)
    return NULL;
  double share = 100.0 * characters->in_items / characters->total;
  return g_strdup_printf (_ ("%.0f%% of its %u characters are in the items, %u were not read"), floor (share),
                          (guint)characters->total, (guint)characters->unread);
}

static void
append_facts (GString *html, const Sheet *sheet, const char *language)
{
  const DocumentFacts *facts = &sheet->document;
  g_autofree char *confidence = g_strdup_printf ("%.2f", sheet->confidence);
  g_autofree char *pages = sheet->pages > 0 ? g_strdup_printf ("%d", sheet->pages) : NULL;
  g_autofree char *characters = coverage_words (&sheet->characters);
  html_open (html, "dl", "class", "facts", NULL);
  append_fact (html, _ ("Title"), facts->title, language);
  append_fact (html, _ ("Vendor"), facts->vendor, language);
  append_fact (html, _ ("Product"), facts->product, language);
  append_fact (html, _ ("Version"), facts->version, language);
  append_fact (html, _ ("Issued"), facts->issued, language);
  append_fact (html, _ ("Revised"), facts->revised, language);
  append_fact (html, _ ("Document"), sheet->uri, language);
  append_fact (html, _ ("Within it"), sheet->member, language);
  append_fact (html, _ ("Kind"), sheet->media_type, language);
  append_fact (html, _ ("Pages"), pages, language);
  append_fact (html, "SHA-256", sheet->sha256, language);
  append_fact (html, _ ("Confidence"), confidence, language);
  append_fact (html, _ ("Text"), characters, language);
  html_close (html, "dl");
}

static void
append_missing (GString *html, const Sheet *sheet, const char *level, const char *language)
{
  const Catalogue *catalogue = sheet->catalogue;
  g_autoptr (GString) list = g_string_new (NULL);
  int missing = 0;
  for (int i = 0; i < catalogue->count; i++) {
    const CatalogueItem *item = &catalogue->items[i];
    g_autoptr (GPtrArray) items = items_of_sheet (sheet, item);
    const char *name = catalogue_item_words (item, language);
    g_autofree char *words = g_strdup_printf ("%02d %s", item->no, name);
    if (items->len > 0)
      continue;
    missing++;
    html_leaf (list, "li", words, "lang", html_language_of (words, language), NULL);
  }
  g_autofree char *head = g_strdup_printf (_ ("Missing items: %d of %d"), missing, catalogue->count);
  html_leaf (html, level, head, NULL);
  if (missing > 0)
    g_string_append_printf (html, "<ul class=\"columns\">%s</ul>", list->str);
}

static void
append_extensions (GString *html, const ReportSheet *of, const char *level, const char *language)
{
  g_autoptr (GPtrArray) items = items_of_sheet (of->sheet, NULL);
  if (items->len == 0)
    return;
  g_autofree char *head = g_strdup_printf (_ ("Extra items, not in the catalogue: %u"), items->len);
  html_leaf (html, level, head, NULL);
  g_string_append (html, "<table class=\"items\"><thead><tr>");
  html_leaf (html, "th", _ ("Item"), "scope", "col", NULL);
  html_leaf (html, "th", _ ("Status"), "scope", "col", NULL);
  html_leaf (html, "th", _ ("Answer"), "scope", "col", NULL);
  g_string_append (html, "</tr></thead><tbody>");
  for (guint i = 0; i < items->len; i++) {
    const Item *item = items->pdata[i];
    html_open (html, "tr", NULL);
    html_open (html, "th", "scope", "row", NULL);
    html_leaf (html, "span", item->name ? item->name : item->number, "lang", html_language_of (item->name, language),
               NULL);
    html_leaf (html, "p", item->definition, "class", "definition t", "lang",
               html_language_of (item->definition, language), NULL);
    html_close (html, "th");
    html_open (html, "td", NULL);
    html_status (html, item->meaning->status);
    html_close (html, "td");
    html_open (html, "td", NULL);
    html_answer (html, of, item, language);
    g_string_append (html, "</td></tr>");
  }
  g_string_append (html, "</tbody></table>");
}

static void
append_checks (GString *html, const Sheet *sheet, const char *level)
{
  if (sheet->findings->len > 0) {
    html_leaf (html, level, _ ("What to look at"), NULL);
    html_open (html, "ul", "class", "notes", NULL);
    for (guint i = 0; i < sheet->findings->len; i++)
      html_finding (html, sheet->findings->pdata[i]);
    html_close (html, "ul");
  }
  if (sheet->notes->len == 0)
    return;
  g_autofree char *head = g_strdup_printf (_ ("Notes from reading it: %u"), sheet->notes->len);
  html_leaf (html, level, head, NULL);
  html_open (html, "ul", "class", "notes", NULL);
  for (guint i = 0; i < sheet->notes->len; i++)
    html_note (html, sheet->notes->pdata[i], TRUE);
  html_close (html, "ul");
}

static void
open_table (GString *html, const char *const *heads)
{
  g_string_append (html, "<table class=\"plain\"><thead><tr>");
  for (; *heads; heads++)
    html_leaf (html, "th", _ (*heads), "scope", "col", NULL);
  g_string_append (html, "</tr></thead><tbody>");
}

static void
append_table_cell (GString *html, const char *text, const char *language)
{
  html_leaf (html, "td", text, "class", "t", "lang", html_language_of (text, language), NULL);
}

#define APPEND_CELL(text) append_table_cell (html, each->text, language);

static void
append_certifications (GString *html, const Sheet *sheet, const char *level, const char *language)
{
  static const char *const heads[] = {N_ ("Scheme"), N_ ("Holder"),      N_ ("Number"), N_ ("Branch"),
                                      N_ ("Scope"),  N_ ("Valid until"), N_ ("Body"),   NULL};
  const GPtrArray *list = sheet->document.certifications;
  if (!list || list->len == 0)
    return;
  html_leaf (html, level, _ ("Certifications"), NULL);
  open_table (html, heads);
  for (guint i = 0; i < list->len; i++) {
    const Certification *each = list->pdata[i];
    html_open (html, "tr", NULL);
    CERTIFICATION_TEXTS (APPEND_CELL);
    html_close (html, "tr");
  }
  g_string_append (html, "</tbody></table>");
}

static void
append_revisions (GString *html, const Sheet *sheet, const char *level, const char *language)
{
  static const char *const heads[] = {N_ ("Revision"), N_ ("Date"), N_ ("What it says"), NULL};
  const GPtrArray *list = sheet->document.revisions;
  if (!list || list->len == 0)
    return;
  html_leaf (html, level, _ ("Revisions"), NULL);
  open_table (html, heads);
  for (guint i = 0; i < list->len; i++) {
    const Revision *each = list->pdata[i];
    html_open (html, "tr", NULL);
    REVISION_TEXTS (APPEND_CELL);
    html_close (html, "tr");
  }
  g_string_append (html, "</tbody></table>");
}

void
html_sheet_facts (GString *html, const Report *report, int index, const char *level, gboolean extensions,
                  const char *language)
{
  const ReportSheet *of = report->sheets->pdata[index];
  append_facts (html, of->sheet, language);
  append_missing (html, of->sheet, level, language);
  if (extensions)
    append_extensions (html, of, level, language);
  append_checks (html, of->sheet, level);
  append_certifications (html, of->sheet, level, language);
  append_revisions (html, of->sheet, level, language);
  if (of->changes)
    html_changes (html, report, of->changes, level, language);
  if (extensions && of->no_document)
    html_leaf (html, "p", of->no_document, "class", "aside", NULL);
  for (guint i = 0; extensions && i < of->pictures->len; i++)
    html_page_picture (html, of, index, of->pictures->pdata[i]);
}
