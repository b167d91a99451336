/* answer_html.c - see answer_html.h */
#include "report/answer_html.h"

#include "report/html.h"
#include "report/status_html.h"
#include "sheet/check.h"
#include "text/squeezed.h"
#include "text/translated.h"

#include <glib/gi18n.h>

#define QUOTED_LINES_MOST 12

static const struct {
  const char *kind, *words;
} kind_words[] = {
    {"percentage", N_ ("percentage")},
    {"duration", N_ ("duration")},
    {"count", N_ ("count")},
    {"size", N_ ("size")},
    {"frequency", N_ ("frequency")},
    {"hours", N_ ("hours")},
    {"time", N_ ("time of day")},
    {"date", N_ ("date")},
    {"standard", N_ ("standard")},
    {"place", N_ ("place")},
    {"certificate", N_ ("certificate")},
    {"url", N_ ("address")},
    {"mail", N_ ("mail address")},
};

static const char *const bound_words[] = {
    [BOUND_EXACT] = NULL,
    [BOUND_AT_LEAST] = N_ ("at least"),
    [BOUND_AT_MOST] = N_ ("at most"),
    [BOUND_ABOUT] = N_ ("about"),
};

static const char *const how_words[] = {
    [MATCH_NONE] = NULL,
    [MATCH_NAME] = NULL,
    [MATCH_ALIAS] = N_ ("recognised by another known name"),
    [MATCH_DEFINITION] = N_ ("recognised by its definition"),
    [MATCH_SIMILAR] = N_ ("recognised by likeness"),
};

/* Whether PLACE, of a note, is within what the item takes up. */
static gboolean
place_is_of_item (const Place *place, const Item *item)
{
  for (guint i = 0; i < item->places->len; i++) {
    const Place *own = &g_array_index (item->places, Place, i);
    if (own->page != place->page || own->sheet != place->sheet)
      continue;
    if (place->page > 0 ? !box_is_empty (box_intersection (own->box, place->box)) && !box_is_empty (place->box)
                        : place->line > 0 && own->line == place->line)
      return TRUE;
  }
  return FALSE;
}

static gboolean
finding_names (const Sheet *sheet, const Finding *finding, const Item *item)
{
  for (guint i = 0; i < finding->items->len; i++)
    if (sheet_item (sheet, g_array_index (finding->items, int, i)) == item)
      return TRUE;
  return FALSE;
}

gboolean
item_is_doubtful (const Sheet *sheet, const Item *item)
{
  if (item->confidence < DOUBTFUL_BELOW)
    return TRUE;
  for (guint i = 0; i < sheet->findings->len; i++)
    if (finding_names (sheet, sheet->findings->pdata[i], item))
      return TRUE;
  for (guint i = 0; i < sheet->notes->len; i++) {
    const Note *note = sheet->notes->pdata[i];
    if (note->severity != NOTE_INFO && place_is_of_item (&note->place, item))
      return TRUE;
  }
  return FALSE;
}

/* "p. 3", "line 12", "Sheet1 E12"; NULL: not known. The caller frees. */
static char *
place_words (const Place *place)
{
  if (place->page > 0)
    return g_strdup_printf (_ ("p. %d"), place->page);
  if (place->sheet) {
    g_autofree char *cell = place_cell (*place);
    if (cell)
      return g_strdup_printf (_ ("%s, cell %s"), place->sheet, cell);
    return g_strdup_printf (_ ("%s, row %d"), place->sheet, place->line);
  }
  return place->line > 0 ? g_strdup_printf (_ ("line %d"), place->line) : NULL;
}

void
html_finding (GString *html, const Finding *finding)
{
  g_autofree char *sentence = *finding->words ? check_sentence (finding) : g_strdup (finding->text);
  html_open (html, "li", "class", note_severity_name (finding->severity), NULL);
  html_text (html, sentence);
  g_string_append_c (html, ' ');
  html_leaf (html, "code", finding->code, NULL);
  html_close (html, "li");
}

/* Notes are English in the JSON, whatever the user's language is. */
void
html_note (GString *html, const Note *note, gboolean with_place)
{
  g_autofree char *where = with_place ? place_words (&note->place) : NULL, *words = text_translated (note->text);
  html_open (html, "li", "class", note_severity_name (note->severity), "lang",
             g_str_equal (words, note->text) ? "en" : NULL, NULL);
  html_text (html, words);
  g_string_append_c (html, ' ');
  html_leaf (html, "code", note->code, NULL);
  if (where) {
    g_string_append_c (html, ' ');
    html_leaf (html, "small", where, NULL);
  }
  html_close (html, "li");
}

static void
append_choices (GString *html, const GPtrArray *choices)
{
  html_open (html, "ul", "class", "choices", NULL);
  for (guint i = 0; i < choices->len; i++) {
    const Choice *choice = choices->pdata[i];
    html_open (html, "li", "class", choice->chosen ? "chosen" : NULL, NULL);
    html_text (html, choice->chosen ? "☑ " : "☐ ");
    html_text (html, choice->text);
    html_close (html, "li");
  }
  html_close (html, "ul");
}

static void
append_answers_by (GString *html, const GPtrArray *by, const char *language)
{
  html_open (html, "dl", "class", "by", NULL);
  for (guint i = 0; i < by->len; i++) {
    const AnswerBy *answer = by->pdata[i];
    html_leaf (html, "dt", answer->head, "lang", html_language_of (answer->head, language), NULL);
    html_open (html, "dd", NULL);
    html_status (html, answer->status);
    g_string_append_c (html, ' ');
    html_leaf (html, "span", answer->text, "class", "t", "lang", html_language_of (answer->text, language), NULL);
    html_close (html, "dd");
  }
  html_close (html, "dl");
}

static const char *
words_of_kind (const char *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kind_words); i++)
    if (g_str_equal (kind_words[i].kind, kind))
      return _ (kind_words[i].words);
  return kind;
}

/* "P1DT12H" as "1 day 12 hours"; as it is, where it is none. The caller frees. */
static char *
words_of_duration (const char *duration)
{
  static const struct {
    char letter;
    gboolean of_time; /* behind the T */
    const char *one, *several;
  } units[] = {
      {'Y', FALSE, N_ ("%s year"), N_ ("%s years")},    {'M', FALSE, N_ ("%s month"), N_ ("%s months")},
      {'W', FALSE, N_ ("%s week"), N_ ("%s weeks")},    {'D', FALSE, N_ ("%s day"), N_ ("%s days")},
      {'H', TRUE, N_ ("%s hour"), N_ ("%s hours")},     {'M', TRUE, N_ ("%s minute"), N_ ("%s minutes")},
      {'S', TRUE, N_ ("%s second"), N_ ("%s seconds")},
  };
  g_autoptr (GString) words = g_string_new (NULL);
  gboolean of_time = FALSE;
  for (const char *at = *duration == 'P' ? duration + 1 : ""; *at; at++) {
    gsize digits = strspn (at, "0123456789."), unit = 0;
    g_autofree char *number = g_strndup (at, digits);
    at += digits;
    of_time = of_time || (digits == 0 && *at == 'T');
    if (digits == 0 && *at == 'T')
      continue;
    while (unit < G_N_ELEMENTS (units) && (units[unit].letter != *at || units[unit].of_time != of_time))
      unit++;
    if (digits == 0 || unit == G_N_ELEMENTS (units))
      return g_strdup (duration);
    const char *format = g_str_equal (number, "1") ? _ (units[unit].one) : _ (units[unit].several);
    g_auto (GStrv) around = g_strsplit (format, "%s", 2);
    g_string_append_printf (words, "%s%s%s%s", words->len ? " " : "", around[0], number, around[1]);
  }
  return g_strdup (words->len ? words->str : duration);
}

/* "duration, at least, 9 months". The caller frees. */
static char *
words_of_value (const Value *value)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (words, g_strdup (words_of_kind (value->kind)));
  if (bound_words[value->bound])
    g_ptr_array_add (words, g_strdup (_ (bound_words[value->bound])));
  if (value->target)
    g_ptr_array_add (words, g_strdup (_ ("a target")));
  if (g_str_equal (value->kind, "duration"))
    g_ptr_array_add (words, words_of_duration (g_variant_get_string (value->value, NULL)));
  g_ptr_array_add (words, NULL);
  return g_strjoinv (_ (", "), (char **)words->pdata);
}

/* What it is the value of, the words, and what kind of value they are. */
static void
append_value (GString *html, const Value *value, const char *language)
{
  g_autofree char *target = html_link_target (value->text), *what = words_of_value (value);
  html_open (html, "li", NULL);
  if (value->subject) {
    html_leaf (html, "small", value->subject, "lang", html_language_of (value->subject, language), NULL);
    html_text (html, _ (": "));
  }
  html_leaf (html, target ? "a" : "b", value->text, "href", target, "rel",
             target ? "noopener noreferrer nofollow" : NULL, "lang", html_language_of (value->text, language), NULL);
  g_string_append_c (html, ' ');
  html_leaf (html, "small", what, NULL);
  html_close (html, "li");
}

static void
append_values (GString *html, const GPtrArray *values, const char *language)
{
  if (values->len == 0)
    return;
  html_open (html, "ul", "class", "values", NULL);
  for (guint i = 0; i < values->len; i++)
    append_value (html, values->pdata[i], language);
  html_close (html, "ul");
}

static void
append_others (GString *html, const Item *item, const char *language)
{
  if (item->others->len == 0)
    return;
  html_open (html, "dl", "class", "others", NULL);
  for (guint i = 0; i < item->others->len; i++) {
    const OtherField *other = item->others->pdata[i];
    html_leaf (html, "dt", other->name, "lang", html_language_of (other->name, language), NULL);
    html_leaf (html, "dd", other->text, "class", "t", "lang", html_language_of (other->text, language), NULL);
  }
  html_close (html, "dl");
}

static void
append_struck_words (GString *html, const char *head, const char *words, const char *language)
{
  html_open (html, "p", "class", "struck", NULL);
  html_leaf (html, "small", head, NULL);
  g_string_append_c (html, ' ');
  html_leaf (html, "del", words, "lang", html_language_of (words, language), NULL);
  html_close (html, "p");
}

static void
append_struck (GString *html, const Item *item, const char *language)
{
  for (int i = 0; i < ITEM_FIELD_COUNT; i++)
    if (item->struck[i])
      append_struck_words (html, _ ("struck out:"), item->struck[i], language);
  for (guint i = 0; item->struck_others && i < item->struck_others->len; i++) {
    const OtherField *other = item->struck_others->pdata[i];
    g_autofree char *head = g_strdup_printf (_ ("%s, struck out:"), other->name);
    append_struck_words (html, head, other->text, language);
  }
}

static void
append_remarks (GString *html, const Sheet *sheet, const Item *item)
{
  gsize before = html->len;
  html_open (html, "ul", "class", "notes", NULL);
  gsize empty = html->len;
  for (guint i = 0; i < sheet->findings->len; i++)
    if (finding_names (sheet, sheet->findings->pdata[i], item))
      html_finding (html, sheet->findings->pdata[i]);
  for (guint i = 0; i < sheet->notes->len; i++) {
    const Note *note = sheet->notes->pdata[i];
    if (place_is_of_item (&note->place, item))
      html_note (html, note, FALSE);
  }
  if (html->len == empty)
    g_string_truncate (html, before);
  else
    html_close (html, "ul");
}

/* "No. 5 · p. 3 · confidence 0.62 · recognised by likeness (0.81)" */
static void
append_origin (GString *html, const Item *item)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  if (item->number)
    g_ptr_array_add (parts, g_strdup_printf (_ ("in the sheet: %s"), item->number));
  if (item->section)
    g_ptr_array_add (parts, g_strdup (item->section));
  for (guint i = 0; i < item->places->len; i++) {
    char *words = place_words (&g_array_index (item->places, Place, i));
    if (words)
      g_ptr_array_add (parts, words);
  }
  if (item->confidence < 1)
    g_ptr_array_add (parts, g_strdup_printf (_ ("confidence %.2f"), item->confidence));
  if (how_words[item->match.how])
    g_ptr_array_add (parts, g_strdup (_ (how_words[item->match.how])));
  if (parts->len == 0)
    return;
  g_ptr_array_add (parts, NULL);
  g_autofree char *line = g_strjoinv (" · ", (char **)parts->pdata);
  html_leaf (html, "p", line, "class", "origin", NULL);
}

/* A line of a document; of a web page its tags are set apart from its words. */
static void
append_quoted_line (GString *html, const char *line, gboolean has_tags)
{
  const char *open;
  while (has_tags && (open = strchr (line, '<')) && strchr (open, '>')) {
    const char *end = strchr (open, '>') + 1;
    g_autofree char *words = g_strndup (line, (gsize)(open - line)), *tag = g_strndup (open, (gsize)(end - open));
    html_text (html, words);
    html_leaf (html, "i", tag, NULL);
    line = end;
  }
  html_text (html, line);
}

/* All that was read of the item, without white space. The caller frees. */
static char *
squeezed_item (const Item *item)
{
  const char *const texts[] = {item->number, item->name, item->definition, item->unit, item->answer};
  g_autoptr (GString) all = g_string_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_string_append_printf (all, "%s\n", texts[i] ? texts[i] : "");
  for (int i = 0; i < ITEM_FIELD_COUNT; i++)
    g_string_append_printf (all, "%s\n", item->struck[i] ? item->struck[i] : "");
  for (guint i = 0; i < item->others->len; i++)
    g_string_append_printf (all, "%s\n", ((const OtherField *)item->others->pdata[i])->text);
  return text_squeezed (all->str);
}

/* Whether LINE has words of the item, or what may be some: a character that is written as "&amp;". */
static gboolean
line_is_of_item (const char *line, gboolean has_tags, const char *item)
{
  g_autofree char *pieces = g_strdup (line);
  gboolean inside = FALSE;
  for (char *at = pieces; has_tags && *at; at++) {
    inside = inside || *at == '<';
    gboolean ends = inside && *at == '>';
    *at = inside ? '\t' : *at;
    inside = inside && !ends;
  }
  g_auto (GStrv) parts = g_strsplit (pieces, "\t", -1);
  for (char **part = parts; *part; part++) {
    g_autofree char *words = text_squeezed (*part);
    if (*words && (strstr (item, words) || strchr (words, '&')))
      return TRUE;
  }
  return FALSE;
}

/* The lines of a text from where the item begins, to where the next one does; what follows the last item of a table, such as
 * the foot of a page, is none of it. */
static void
append_quotation (GString *html, const ReportSheet *of, const Item *item)
{
  int line = item->places->len > 0 ? g_array_index (item->places, Place, 0).line : 0;
  if (line < 1 || line > (int)of->lines->len)
    return;
  int end = MIN (line + QUOTED_LINES_MOST, (int)of->lines->len + 1);
  for (guint i = 0; i < of->sheet->items->len; i++) {
    const Item *other = sheet_item (of->sheet, (int)i);
    int start = other->places->len > 0 ? g_array_index (other->places, Place, 0).line : 0;
    if (start > line && start < end)
      end = start;
  }
  gboolean has_tags = !g_strcmp0 (of->sheet->media_type, "text/html");
  g_autofree char *words = squeezed_item (item);
  while (has_tags && end > line + 1 && !line_is_of_item (of->lines->pdata[end - 2], has_tags, words))
    end--;
  html_open (html, "pre", "class", "quote", "tabindex", "0", "aria-label", _ ("in the document"), NULL);
  for (int i = line; i < end; i++) {
    g_string_append_printf (html, "<b>%d</b> ", i);
    append_quoted_line (html, of->lines->pdata[i - 1], has_tags);
    g_string_append_c (html, '\n');
  }
  html_close (html, "pre");
}

void
html_answer (GString *html, const ReportSheet *of, const Item *item, const char *language)
{
  const Answer *answer = item->meaning;
  if (item->answer)
    html_leaf (html, "p", item->answer, "class", "t", "lang", html_language_of (item->answer, language), NULL);
  if (answer->choices)
    append_choices (html, answer->choices);
  if (answer->detail && item->answer && answer->choices && !strstr (item->answer, answer->detail))
    html_leaf (html, "p", answer->detail, "class", "t", "lang", html_language_of (answer->detail, language), NULL);
  if (answer->by)
    append_answers_by (html, answer->by, language);
  append_values (html, answer->values, language);
  append_others (html, item, language);
  append_struck (html, item, language);
  append_remarks (html, of->sheet, item);
  append_quotation (html, of, item);
  append_origin (html, item);
}
