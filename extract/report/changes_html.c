/* changes_html.c - what the newest revision of a document changed: old and new side by side, changed words marked, and
 * whether the document declares it. */
#include "change/word_change.h"
#include "report/html.h"
#include "report/parts.h"

#include <glib/gi18n.h>

/* The call's. */
typedef struct {
  GString *html;
  const char *language;
  WordSegmenter *segmenter;
  const cJSON *undeclared; /* an array; NULL: the document declares nothing */
} ChangesPart;

static const char *
string_of (const cJSON *object, const char *key)
{
  const cJSON *found = cJSON_GetObjectItemCaseSensitive (object, key);
  return cJSON_IsString (found) ? found->valuestring : NULL;
}

static gboolean
has_string (const cJSON *list, const char *text)
{
  for (const cJSON *each = list ? list->child : NULL; each && text; each = each->next)
    if (cJSON_IsString (each) && g_str_equal (each->valuestring, text))
      return TRUE;
  return FALSE;
}

/* "declared" or not, as a sentence; NULL: the document has no table of revisions. */
static const char *
declaration_words (const ChangesPart *part, const cJSON *change)
{
  if (!part->undeclared)
    return NULL;
  const char *number = string_of (change, "number"), *name = string_of (change, "name");
  return has_string (part->undeclared, number ? number : name) ? _ ("not declared in the document") : _ ("declared");
}

/* One side: its text, with what changed marked. */
static void
append_side (const ChangesPart *part, const char *text, const GArray *stretches, gboolean old)
{
  html_open (part->html, "td", "class", "t", "lang", html_language_of (text, part->language), NULL);
  for (guint i = 0; text && i < stretches->len; i++) {
    const Stretch *stretch = &g_array_index (stretches, Stretch, i);
    int start = old ? stretch->old_start : stretch->new_start, end = old ? stretch->old_end : stretch->new_end;
    g_autofree char *words = g_strndup (text + start, end - start);
    if (stretch->changed && *words)
      html_leaf (part->html, old ? "del" : "ins", words, NULL);
    else
      html_text (part->html, words);
  }
  html_close (part->html, "td");
}

static void
append_field (const ChangesPart *part, const char *head, const cJSON *texts)
{
  g_autofree char *old = g_utf8_make_valid (string_of (texts, "old") ? string_of (texts, "old") : "", -1);
  g_autofree char *new = g_utf8_make_valid (string_of (texts, "new") ? string_of (texts, "new") : "", -1);
  g_autoptr (GArray) stretches = stretches_from_texts (part->segmenter, old, new);
  html_open (part->html, "tr", NULL);
  html_leaf (part->html, "th", head, "scope", "row", NULL);
  append_side (part, old, stretches, TRUE);
  append_side (part, new, stretches, FALSE);
  html_close (part->html, "tr");
}

static const char *
words_of_field (const char *key)
{
  static const struct {
    const char *key, *words;
  } fields[] = {{"number", N_ ("number")}, {"category", N_ ("category")},     {"name", N_ ("name")},
                {"unit", N_ ("unit")},     {"definition", N_ ("definition")}, {"answer", N_ ("answer")},
                {"status", N_ ("status")}};
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (fields[i].key, key))
      return _ (fields[i].words);
  return key;
}

/* The item's heading, and whether it is declared. */
static void
append_change_head (const ChangesPart *part, const cJSON *change, const char *what)
{
  const char *number = string_of (change, "number"), *name = string_of (change, "name");
  const char *declared = declaration_words (part, change);
  html_open (part->html, "p", "class", "change", NULL);
  html_leaf (part->html, "b", what, NULL);
  html_text (part->html, " ");
  html_text (part->html, number);
  html_text (part->html, " ");
  html_leaf (part->html, "span", name, "lang", html_language_of (name, part->language), NULL);
  if (declared) {
    html_text (part->html, " ");
    html_leaf (part->html, "small", declared, NULL);
  }
  html_close (part->html, "p");
}

static void
append_change (const ChangesPart *part, const cJSON *change)
{
  const cJSON *fields = cJSON_GetObjectItemCaseSensitive (change, "fields");
  append_change_head (part, change, _ ("Changed:"));
  g_string_append (part->html, "<table class=\"plain changes\"><thead><tr>");
  html_leaf (part->html, "th", _ ("Field"), "scope", "col", NULL);
  html_leaf (part->html, "th", _ ("Old"), "scope", "col", NULL);
  html_leaf (part->html, "th", _ ("New"), "scope", "col", NULL);
  g_string_append (part->html, "</tr></thead><tbody>");
  for (const cJSON *field = cJSON_IsObject (fields) ? fields->child : NULL; field; field = field->next) {
    if (!g_str_equal (field->string, "other")) {
      append_field (part, words_of_field (field->string), field);
      continue;
    }
    for (const cJSON *cell = cJSON_IsObject (field) ? field->child : NULL; cell; cell = cell->next)
      append_field (part, cell->string, cell);
  }
  g_string_append (part->html, "</tbody></table>");
}

/* An item that only one of the two has. */
static void
append_items (const ChangesPart *part, const cJSON *list, const char *what)
{
  for (const cJSON *item = cJSON_IsArray (list) ? list->child : NULL; item; item = item->next) {
    const char *answer = string_of (cJSON_GetObjectItemCaseSensitive (item, "answer"), "text");
    append_change_head (part, item, what);
    html_leaf (part->html, "p", answer, "class", "t", "lang", html_language_of (answer, part->language), NULL);
  }
}

static void
append_unfounded (const ChangesPart *part, const cJSON *declared)
{
  const cJSON *list = cJSON_GetObjectItemCaseSensitive (declared, "unfounded");
  g_autoptr (GString) names = g_string_new (NULL);
  for (const cJSON *each = cJSON_IsArray (list) ? list->child : NULL; each; each = each->next)
    if (cJSON_IsString (each))
      g_string_append_printf (names, "%s%s", names->len > 0 ? _ (", ") : "", each->valuestring);
  if (names->len == 0)
    return;
  g_autofree char *words = g_strdup_printf (_ ("Declared, and nothing changed: %s"), names->str);
  html_leaf (part->html, "p", words, "class", "warning", NULL);
}

void
html_changes (GString *html, const Report *report, const cJSON *changes, const char *level, const char *language)
{
  const cJSON *declared = cJSON_GetObjectItemCaseSensitive (changes, "declared");
  const cJSON *undeclared = cJSON_GetObjectItemCaseSensitive (declared, "undeclared");
  g_autoptr (WordSegmenter) segmenter = word_segmenter_new (report->knowledge);
  ChangesPart part = {html, language, segmenter, cJSON_IsArray (undeclared) ? undeclared : NULL};
  const cJSON *changed = cJSON_GetObjectItemCaseSensitive (changes, "changed");
  const cJSON *added = cJSON_GetObjectItemCaseSensitive (changes, "added");
  const cJSON *removed = cJSON_GetObjectItemCaseSensitive (changes, "removed");
  html_leaf (html, level, _ ("What the newest revision changed"), NULL);
  if (cJSON_GetArraySize (changed) + cJSON_GetArraySize (added) + cJSON_GetArraySize (removed) == 0)
    html_leaf (html, "p", _ ("Nothing that counts."), NULL);
  for (const cJSON *change = cJSON_IsArray (changed) ? changed->child : NULL; change; change = change->next)
    append_change (&part, change);
  append_items (&part, added, _ ("Added:"));
  append_items (&part, removed, _ ("Removed:"));
  append_unfounded (&part, declared);
}
