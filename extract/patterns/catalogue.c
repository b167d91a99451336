/* catalogue.c - see catalogue.h */
#include "patterns/catalogue.h"

#include "patterns/pattern.h"
#include "text/folding.h"

#include <cjson/cJSON.h>
#include <glib/gi18n.h>
#include <stdlib.h>

#define FILE_NAME "meti.json"

typedef struct {
  const char *name;
  CatalogueItem items[CATALOGUE_ITEMS + 1]; /* by number; 0 is not used */
} Catalogue;

G_GNUC_NORETURN static void
stop (const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_printerr ("%s: %s\n", FILE_NAME, message);
  exit (2);
}

static const char *
text_of (const cJSON *object, const char *name)
{
  const cJSON *member = cJSON_GetObjectItemCaseSensitive (object, name);
  if (!cJSON_IsString (member))
    stop (_ ("an item has no text \"%s\""), name);
  return g_strdup (member->valuestring);
}

static void
read_aliases (CatalogueItem *item, const cJSON *object)
{
  item->aliases = g_ptr_array_new ();
  item->alias_keys = g_ptr_array_new ();
  const cJSON *aliases = cJSON_GetObjectItemCaseSensitive (object, "aliases");
  for (const cJSON *alias = aliases ? aliases->child : NULL; alias; alias = alias->next) {
    if (!cJSON_IsString (alias))
      stop (_ ("%s: an alias is not a text"), item->id);
    g_ptr_array_add (item->aliases, g_strdup (alias->valuestring));
    g_ptr_array_add (item->alias_keys, text_for_comparing (alias->valuestring));
  }
}

static void
read_item (Catalogue *catalogue, const cJSON *object)
{
  const cJSON *number = cJSON_GetObjectItemCaseSensitive (object, "no");
  int no = cJSON_IsNumber (number) ? number->valueint : 0;
  if (no < 1 || no > CATALOGUE_ITEMS)
    stop (_ ("an item has no number from 1 to %d"), CATALOGUE_ITEMS);

  CatalogueItem *item = &catalogue->items[no];
  if (item->id)
    stop (_ ("two items have the number %d"), no);
  *item = (CatalogueItem){.id = text_of (object, "id"),
                          .no = no,
                          .section = text_of (object, "section"),
                          .category = text_of (object, "category"),
                          .name = text_of (object, "name"),
                          .name_en = text_of (object, "name_en"),
                          .definition = text_of (object, "definition"),
                          .unit = text_of (object, "unit")};
  item->name_key = text_for_comparing (item->name);
  item->name_en_key = text_for_comparing (item->name_en);
  item->definition_key = text_for_comparing (item->definition);
  item->unit_key = text_for_comparing (item->unit);
  read_aliases (item, object);
}

static Catalogue *
catalogue_from_json (const cJSON *json)
{
  Catalogue *catalogue = g_new0 (Catalogue, 1);
  catalogue->name = text_of (json, "catalogue");
  const cJSON *items = cJSON_GetObjectItemCaseSensitive (json, "items");
  for (const cJSON *object = items ? items->child : NULL; object; object = object->next)
    read_item (catalogue, object);
  for (int no = 1; no <= CATALOGUE_ITEMS; no++)
    if (!catalogue->items[no].id)
      stop (_ ("item %d is missing"), no);
  return catalogue;
}

static const Catalogue *
the_catalogue (void)
{
  static Catalogue *catalogue;
  if (catalogue)
    return catalogue;

  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = pattern_file_bytes (FILE_NAME, &error);
  if (!bytes)
    stop ("%s", error->message);
  cJSON *json = cJSON_ParseWithLength (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (!json)
    stop (_ ("this is not JSON"));
  catalogue = catalogue_from_json (json);
  cJSON_Delete (json);
  return catalogue;
}

const char *
catalogue_name (void)
{
  return the_catalogue ()->name;
}

const CatalogueItem *
catalogue_item (int no)
{
  g_return_val_if_fail (no >= 1 && no <= CATALOGUE_ITEMS, NULL);
  return &the_catalogue ()->items[no];
}
