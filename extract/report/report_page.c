/* report_page.c - see report_page.h */
#include "report/report_page.h"

#include "export/sheet_label.h"
#include "report/html.h"
#include "report/parts.h"
#include "text/translated.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

GPtrArray *
items_of_sheet (const Sheet *sheet, const CatalogueItem *item)
{
  GPtrArray *items = g_ptr_array_new ();
  for (guint i = 0; i < sheet->items->len; i++)
    if (sheet_item (sheet, (int)i)->match.item == item)
      g_ptr_array_add (items, sheet_item (sheet, (int)i));
  return items;
}

/* The page */

static GBytes *
built_in (const char *name)
{
  g_autofree char *path = g_strconcat ("/report/", name, NULL);
  return g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

/* "'sha256-…'", as a Content-Security-Policy names an element's text. */
static char *
source_of_policy (GBytes *text)
{
  gsize length, digest_length = 32;
  const guchar *data = g_bytes_get_data (text, &length);
  guint8 digest[32];
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (checksum, data, (gssize)length);
  g_checksum_get_digest (checksum, digest, &digest_length);
  g_autofree char *base64 = g_base64_encode (digest, digest_length);
  return g_strdup_printf ("'sha256-%s'", base64);
}

static void
append_bytes (GString *html, const char *tag, GBytes *bytes)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  g_string_append_printf (html, "<%s>", tag);
  g_string_append_len (html, text, (gssize)length);
  g_string_append_printf (html, "</%s>\n", tag);
}

static void
append_head (GString *html, const char *title, const char *language, GBytes *style, GBytes *script)
{
  g_autofree char *style_source = source_of_policy (style), *script_source = source_of_policy (script);
  g_autofree char *policy = g_strdup_printf (
      "default-src 'none'; img-src data:; style-src %s; script-src %s; base-uri 'none'; form-action 'none'",
      style_source, script_source);
  g_string_append (html, "<!DOCTYPE html>\n");
  html_open (html, "html", "lang", language, NULL);
  g_string_append (html, "<head>\n<meta charset=\"utf-8\">\n");
  html_open (html, "meta", "http-equiv", "Content-Security-Policy", "content", policy, NULL);
  g_string_append (html, "\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                         "<meta name=\"color-scheme\" content=\"light dark\">\n"
                         "<meta name=\"referrer\" content=\"no-referrer\">\n");
  html_leaf (html, "title", title, NULL);
  append_bytes (html, "style", style);
  g_string_append (html, "</head>\n");
}

/* What the script says, in the page's language. */
static void
open_body (GString *html, gboolean several)
{
  html_open (html, "body", "class", several ? "several" : "one", "data-shown", _ ("{1} of {2} items shown"),
             "data-vendors", _ ("{1} of {2} vendors"), "data-nothing", _ ("Nothing matches; clear the filters."), NULL);
}

static int
mapped_items (const Sheet *sheet)
{
  int mapped = 0;
  for (int i = 0; i < sheet->catalogue->count; i++) {
    g_autoptr (GPtrArray) items = items_of_sheet (sheet, &sheet->catalogue->items[i]);
    mapped += items->len > 0;
  }
  return mapped;
}

/* A vendor may have several sheets: of other products, or older ones. */
static guint
vendors_of (const Report *report)
{
  g_autoptr (GHashTable) vendors = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < report->matrix->names->len; i++)
    g_hash_table_add (vendors, ((const SheetName *)report->matrix->names->pdata[i])->vendor);
  return g_hash_table_size (vendors);
}

static char *
title_of (const Report *report)
{
  const ReportSheet *first = report->sheets->pdata[0];
  guint sheets = report->sheets->len, vendors = vendors_of (report);
  if (sheets > 1 && vendors == sheets)
    return g_strdup_printf (_ ("%u vendors compared"), vendors);
  if (sheets > 1)
    return g_strdup_printf (ngettext ("%u sheets of %u vendor compared", "%u sheets of %u vendors compared", vendors),
                            sheets, vendors);
  return g_strdup (first->sheet->document.title ? first->sheet->document.title : first->name);
}

static void
append_header (GString *html, const Report *report, const char *title, const char *language)
{
  const ReportSheet *first = report->sheets->pdata[0];
  const Catalogue *catalogue = report->knowledge->catalogue;
  html_open (html, "header", NULL);
  html_leaf (html, "h1", title, "lang", html_language_of (title, language), NULL);
  html_open (html, "p", "class", "lead", NULL);
  if (report->sheets->len == 1) {
    g_autofree char *count = g_strdup_printf (_ ("%d of %d items"), mapped_items (first->sheet), catalogue->count);
    html_leaf (html, "b", first->name, "lang", html_language_of (first->name, language), NULL);
    html_text (html, " · ");
    html_text (html, count);
    html_text (html, " · ");
  }
  html_leaf (html, "span", catalogue->title, "lang", html_language_of (catalogue->title, language), NULL);
  g_autofree char *all = g_strdup_printf (_ (" (%s, %d items)"), catalogue->id, catalogue->count);
  html_text (html, all);
  html_close (html, "p");
  if (report->unread > 0) {
    g_autofree char *unread =
        g_strdup_printf (ngettext ("%u input could not be read and is not in this report.",
                                   "%u inputs could not be read and are not in this report.", report->unread),
                         report->unread);
    html_leaf (html, "p", unread, "class", "warning", "role", "note", NULL);
  }
  html_close (html, "header");
  g_string_append_c (html, '\n');
}

static void
append_sheets (GString *html, const Report *report, const char *language)
{
  html_open (html, "section", "id", "sheets", NULL);
  html_leaf (html, "h2", _ ("The sheets, one by one"), NULL);
  for (guint i = 0; i < report->sheets->len; i++) {
    const ReportSheet *of = report->sheets->pdata[i];
    g_autofree char *id = g_strdup_printf ("v%u", i);
    html_open (html, "section", "id", id, "class", "sheet", NULL);
    html_leaf (html, "h3", of->name, "lang", html_language_of (of->name, language), NULL);
    html_sheet_facts (html, report, (int)i, "h4", TRUE, language);
    html_close (html, "section");
    g_string_append_c (html, '\n');
  }
  html_close (html, "section");
}

static void
append_one (GString *html, const Report *report, const char *language)
{
  html_one_sheet (html, report, language);
  html_open (html, "section", "id", "v0", "class", "sheet", NULL);
  html_leaf (html, "h2", _ ("The sheet as a whole"), NULL);
  html_sheet_facts (html, report, 0, "h3", FALSE, language);
  html_close (html, "section");
  html_charts (html, report, language);
}

static void
append_several (GString *html, const Report *report, const char *language)
{
  html_matrix (html, report, language);
  html_charts (html, report, language);
  html_answers (html, report, language);
  append_sheets (html, report, language);
}

char *
html_from_report (const Report *report)
{
  const char *language = message_language ();
  gboolean several = report->sheets->len > 1;
  g_autoptr (GBytes) style = built_in ("page.css"), script = built_in ("page.js");
  g_autofree char *title = title_of (report);
  GString *html = g_string_new (NULL);
  append_head (html, title, language, style, script);
  open_body (html, several);
  html_leaf (html, "a", _ ("Skip to the items"), "class", "skip", "href", "#items", NULL);
  append_header (html, report, title, language);
  html_open (html, "main", NULL);
  html_filters (html, report, several, language);
  (several ? append_several : append_one) (html, report, language);
  html_close (html, "main");
  g_string_append_c (html, '\n');
  html_open (html, "aside", "id", "panel", "aria-label", _ ("Answer"), "hidden", "", NULL);
  html_leaf (html, "button", _ ("Close"), "type", "button", "class", "close", NULL);
  html_leaf (html, "div", NULL, "class", "content", NULL);
  html_close (html, "aside");
  append_bytes (html, "script", script);
  g_string_append (html, "</body>\n</html>\n");
  return g_string_free (html, FALSE);
}
