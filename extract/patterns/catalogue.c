/* catalogue.c - see catalogue.h */
#include "patterns/catalogue.h"

#include "model/error.h"
#include "text/character.h"

#include <cjson/cJSON.h>
#include <glib/gi18n.h>
#include <string.h>

/* Reading the file */

typedef struct {
  const char *name;
  GError **error;
} CatalogueReading;

/* Always FALSE. */
static gboolean G_GNUC_PRINTF (2, 3) catalogue_fault (const CatalogueReading *reading, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (reading->error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_PATTERNS,
               _ ("%s: %s; checksheet catalogue --format json shows the form"), reading->name, message);
  return FALSE;
}

/* The text of the member KEY; NULL if it is not a string. The caller frees. */
static char *
text_of (const cJSON *object, const char *key)
{
  const cJSON *member = cJSON_GetObjectItemCaseSensitive (object, key);
  return cJSON_IsString (member) ? g_strdup (member->valuestring) : NULL;
}

/* The texts of the list KEY in *TEXTS. */
static gboolean
read_texts (const CatalogueReading *reading, const char *id, const cJSON *object, const char *key, GPtrArray **texts)
{
  *texts = g_ptr_array_new_with_free_func (g_free);
  const cJSON *list = cJSON_GetObjectItemCaseSensitive (object, key);
  for (const cJSON *text = list ? list->child : NULL; text; text = text->next) {
    if (!cJSON_IsString (text))
      return catalogue_fault (reading, _ ("%s: one of its \"%s\" is not a string"), id, key);
    g_ptr_array_add (*texts, g_strdup (text->valuestring));
  }
  return TRUE;
}

static gboolean
read_item (const CatalogueReading *reading, Catalogue *catalogue, const cJSON *object)
{
  const cJSON *number = cJSON_GetObjectItemCaseSensitive (object, "no");
  int no = cJSON_IsNumber (number) ? number->valueint : 0;
  if (no < 1)
    return catalogue_fault (reading, _ ("item %d of the list has no number \"no\" of 1 or more"), catalogue->count + 1);
  if (catalogue_item (catalogue, no))
    return catalogue_fault (reading, _ ("two items have the number %d"), no);

  CatalogueItem *item = &catalogue->items[catalogue->count++];
  *item = (CatalogueItem){.no = no,
                          .id = text_of (object, "id"),
                          .name = text_of (object, "name"),
                          .section = text_of (object, "section"),
                          .category = text_of (object, "category"),
                          .name_en = text_of (object, "name_en"),
                          .definition = text_of (object, "definition"),
                          .unit = text_of (object, "unit"),
                          .companions = text_of (object, "companions")};
  if (!item->id || !item->name)
    return catalogue_fault (reading, _ ("item %d has no string \"%s\""), no, item->id ? "name" : "id");
  return read_texts (reading, item->id, object, "aliases", &item->aliases) &&
         read_texts (reading, item->id, object, "wordings", &item->wordings);
}

static gboolean
read_catalogue (const CatalogueReading *reading, Catalogue *catalogue, const cJSON *json)
{
  const struct {
    const char *key;
    char **text;
  } texts[] = {{"catalogue", &catalogue->id},
               {"key", &catalogue->key},
               {"owner", &catalogue->owner},
               {"title", &catalogue->title}};
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (!(*texts[i].text = text_of (json, texts[i].key)))
      return catalogue_fault (reading, _ ("the catalogue has no string \"%s\""), texts[i].key);
  if (!*catalogue->key || catalogue->key[strspn (catalogue->key, "abcdefghijklmnopqrstuvwxyz0123456789_")])
    return catalogue_fault (reading, _ ("\"key\" must consist of small letters, digits and '_', not \"%s\""),
                            catalogue->key);

  const cJSON *items = cJSON_GetObjectItemCaseSensitive (json, "items");
  int count = cJSON_GetArraySize (items);
  if (!cJSON_IsArray (items) || count == 0)
    return catalogue_fault (reading, _ ("the catalogue has no list \"items\""));
  catalogue->items = g_new0 (CatalogueItem, count);
  for (const cJSON *object = items->child; object; object = object->next)
    if (!read_item (reading, catalogue, object))
      return FALSE;
  return TRUE;
}

Catalogue *
catalogue_from_bytes (const char *name, GBytes *bytes, GError **error)
{
  CatalogueReading reading = {name, error};
  g_autoptr (Catalogue) catalogue = g_new0 (Catalogue, 1);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  cJSON *json = cJSON_ParseWithLength (data ? data : "", size);
  gboolean good = cJSON_IsObject (json) ? read_catalogue (&reading, catalogue, json)
                                        : catalogue_fault (&reading, _ ("not a JSON object"));
  cJSON_Delete (json);
  return good ? g_steal_pointer (&catalogue) : NULL;
}

/* The index */

char *
name_letters (const char *key)
{
  char *letters = g_malloc (strlen (key) + 1), *end = letters;
  for (const char *at = key, *next; *at; at = next) {
    next = g_utf8_next_char (at);
    if (g_unichar_isalnum (character_at (at)))
      end = mempcpy (end, at, next - at);
  }
  *end = '\0';
  return letters;
}

/* Adds a name of ITEM; an equal one that was added before is replaced. */
static void
add_name (CatalogueIndex *index, const char *name, const CatalogueItem *item, MatchHow how, const Folding *comparing)
{
  if (!name)
    return;
  Match *match = g_new (Match, 1);
  *match = (Match){item, how, 1};
  g_ptr_array_add (index->matches, match);
  g_hash_table_replace (index->names, text_folded (comparing, name), match);
}

/* A name takes precedence over an alias. Of two items with the same alias the first is taken, of two with the same name
 * the last. */
static void
add_names (CatalogueIndex *index, const Catalogue *catalogue, const Folding *comparing)
{
  for (int i = catalogue->count; i-- > 0;) {
    const CatalogueItem *item = &catalogue->items[i];
    for (guint j = 0; j < item->aliases->len; j++)
      add_name (index, g_ptr_array_index (item->aliases, j), item, MATCH_ALIAS, comparing);
    add_name (index, item->name_en, item, MATCH_ALIAS, comparing);
  }
  for (int i = 0; i < catalogue->count; i++)
    add_name (index, catalogue->items[i].name, &catalogue->items[i], MATCH_NAME, comparing);
}

static void
add_letters (CatalogueIndex *index)
{
  GHashTableIter every;
  gpointer name, match;
  g_hash_table_iter_init (&every, index->names);
  while (g_hash_table_iter_next (&every, &name, &match))
    g_hash_table_insert (index->letters, name_letters (name), match);
}

static void
add_name_likeness (CatalogueIndex *index, const char *name, int item, const Folding *comparing,
                   const Thesaurus *thesaurus)
{
  if (!name)
    return;
  g_autofree char *key = text_folded (comparing, name);
  likeness_index_add (index->name_likeness, key);
  g_array_append_val (index->name_items, item);
  g_ptr_array_add (index->name_terms, terms_from_known (thesaurus, name));
}

static void
add_likeness (CatalogueIndex *index, const Catalogue *catalogue, const Folding *comparing, const Thesaurus *thesaurus)
{
  for (int i = 0; i < catalogue->count; i++) {
    const CatalogueItem *item = &catalogue->items[i];
    add_name_likeness (index, item->name, i, comparing, thesaurus);
    add_name_likeness (index, item->name_en, i, comparing, thesaurus);
    for (guint j = 0; j < item->aliases->len; j++)
      add_name_likeness (index, g_ptr_array_index (item->aliases, j), i, comparing, thesaurus);
    for (guint j = 0; j < item->wordings->len; j++)
      add_name_likeness (index, g_ptr_array_index (item->wordings, j), i, comparing, thesaurus);
    likeness_index_add (index->definition_likeness, index->definition_keys[i]);
    g_autofree char *beside = g_strconcat (item->definition ? item->definition : "", "、", item->companions, NULL);
    g_ptr_array_add (index->definition_terms, terms_from_known (thesaurus, beside));
  }
}

CatalogueIndex *
catalogue_index_new (const Catalogue *catalogue, const Folding *comparing, const Thesaurus *thesaurus)
{
  CatalogueIndex *index = g_new0 (CatalogueIndex, 1);
  *index = (CatalogueIndex){.names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                            .letters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                            .definitions = g_hash_table_new (g_str_hash, g_str_equal),
                            .units = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                            .definition_likeness = likeness_index_new (),
                            .name_likeness = likeness_index_new (),
                            .name_items = g_array_new (FALSE, FALSE, sizeof (int)),
                            .name_terms = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref),
                            .definition_terms = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref),
                            .definition_keys = g_new0 (char *, catalogue->count + 1),
                            .matches = g_ptr_array_new_with_free_func (g_free)};
  for (int i = catalogue->count; i-- > 0;) {
    CatalogueItem *item = &catalogue->items[i];
    index->definition_keys[i] = text_folded (comparing, item->definition ? item->definition : "");
    if (item->definition)
      g_hash_table_insert (index->definitions, index->definition_keys[i], item);
    if (item->unit)
      g_hash_table_add (index->units, text_folded (comparing, item->unit));
  }
  add_names (index, catalogue, comparing);
  add_letters (index);
  add_likeness (index, catalogue, comparing, thesaurus);
  terms_weigh (thesaurus, index->name_terms, index->name_items);
  return index;
}

void
catalogue_index_free (CatalogueIndex *index)
{
  if (!index)
    return;
  g_hash_table_unref (index->names);
  g_hash_table_unref (index->letters);
  g_hash_table_unref (index->definitions);
  g_hash_table_unref (index->units);
  likeness_index_free (index->definition_likeness);
  likeness_index_free (index->name_likeness);
  g_array_unref (index->name_items);
  g_ptr_array_unref (index->name_terms);
  g_ptr_array_unref (index->definition_terms);
  g_strfreev (index->definition_keys);
  g_ptr_array_unref (index->matches);
  g_free (index);
}
