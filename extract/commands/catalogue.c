/* catalogue.c - `checksheet catalogue`: lists the items of the catalogue, for people or as JSON. */
#include <cjson/cJSON.h>
#include <glib/gi18n.h>
#include <string.h>

#include "commands/command.h"
#include "commands/parse.h"
#include "text/line_break.h"
#include "text/translated.h"
#include "text/width.h"
#include "write/json.h"

/* 80 cells of a terminal in all, one of them between columns. */
static const int widths[] = {2, 11, 12, 31, 20};

/* Appends one row of columns, with as many lines as the longest text needs. */
static void
append_row (GString *text, LineBreaks *breaks, const char *const *columns)
{
  const char *rest[G_N_ELEMENTS (widths)];
  memcpy (rest, columns, sizeof rest);
  for (gboolean more = TRUE; more;) {
    more = FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS (widths); i++) {
      gsize bytes = line_breaks_bytes (breaks, rest[i], widths[i]);
      g_autofree char *part = g_strchomp (g_strndup (rest[i], bytes));
      text_append_padded (text, part, strlen (part), widths[i] + 1);
      rest[i] += bytes;
      more |= *rest[i] != 0;
    }
    while (text->len && text->str[text->len - 1] == ' ')
      g_string_truncate (text, text->len - 1);
    g_string_append_c (text, '\n');
  }
}

static char *
catalogue_text (const Catalogue *catalogue)
{
  g_autoptr (LineBreaks) breaks = line_breaks_new ();
  const char *language = message_language ();
  GString *text = g_string_new (NULL);
  for (int i = 0; i < catalogue->count; i++) {
    const CatalogueItem *item = &catalogue->items[i];
    g_autofree char *number = g_strdup_printf ("%2d", item->no);
    const char *category = category_words (item, language);
    const char *const columns[G_N_ELEMENTS (widths)] = {number, item->id, category ? category : "",
                                                        catalogue_item_words (item, language),
                                                        item->unit ? item->unit : ""};
    append_row (text, breaks, columns);
  }
  return g_string_free (text, FALSE);
}

static void
add_text (cJSON *object, const char *name, const char *text)
{
  cJSON_AddItemToObject (object, name, json_from_text (text));
}

static void
add_texts (cJSON *object, const char *name, const GPtrArray *texts)
{
  cJSON *list = cJSON_AddArrayToObject (object, name);
  for (guint i = 0; i < texts->len; i++)
    cJSON_AddItemToArray (list, cJSON_CreateString (texts->pdata[i]));
}

static cJSON *
json_from_catalogue_item (const CatalogueItem *item)
{
  cJSON *object = cJSON_CreateObject ();
  add_text (object, "id", item->id);
  cJSON_AddNumberToObject (object, "no", item->no);
  add_text (object, "section", item->section);
  add_text (object, "category", item->category);
  add_text (object, "name", item->name);
  add_text (object, "name_en", item->name_en);
  add_text (object, "category_en", item->category_en);
  add_text (object, "definition", item->definition);
  add_text (object, "unit", item->unit);
  add_text (object, "companions", item->companions);
  add_texts (object, "aliases", item->aliases);
  add_texts (object, "wordings", item->wordings);
  return object;
}

/* The form of a catalogue's file: it can be given as --catalogue. */
static char *
catalogue_json (const Catalogue *catalogue)
{
  cJSON *object = cJSON_CreateObject ();
  add_text (object, "catalogue", catalogue->id);
  add_text (object, "key", catalogue->key);
  add_text (object, "owner", catalogue->owner);
  add_text (object, "title", catalogue->title);
  cJSON *items = cJSON_AddArrayToObject (object, "items");
  for (int i = 0; i < catalogue->count; i++)
    cJSON_AddItemToArray (items, json_from_catalogue_item (&catalogue->items[i]));
  char *printed = cJSON_Print (object);
  char *text = g_strconcat (printed, "\n", NULL);
  cJSON_free (printed);
  cJSON_Delete (object);
  return text;
}

int
command_catalogue (int argc, char **argv)
{
  g_autofree char *format = NULL;
  const GOptionEntry entries[] = {
      {"format", 'f', 0, G_OPTION_ARG_STRING, &format, N_ ("Format (text); json: with definitions and aliases"),
       "text|json"},
      {NULL},
  };
  int status;
  g_auto (KnowledgeFiles) files = {0};
  if (!command_parse (&argc, &argv, entries, NULL, &files, &status))
    return status;
  if (argc > 1)
    return command_wrong_call ("catalogue", _ ("%s: catalogue does not take an INPUT"), argv[1]);
  gboolean json = format && g_str_equal (format, "json");
  if (format && !json && !g_str_equal (format, "text"))
    return command_wrong_call ("catalogue", _ ("unknown format %s; expected text or json"), format);
  g_autoptr (Knowledge) knowledge = command_knowledge (&files);
  if (!knowledge)
    return EXIT_WRONG_CALL;
  g_autofree char *text = json ? catalogue_json (knowledge->catalogue) : catalogue_text (knowledge->catalogue);
  return json ? print_text (text) : print_for_people (text);
}
