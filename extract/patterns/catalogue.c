/* catalogue.c - see catalogue.h */
#include "patterns/catalogue.h"

#include "model/error.h"
#include "text/character.h"
#include "text/compiled.h"

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
                          .category_en = text_of (object, "category_en"),
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
  if (data && !g_utf8_validate_len (data, size, NULL)) { /* cJSON does not look, and its texts would go into sheets */
    catalogue_fault (&reading, _ ("is not UTF-8; save the file as UTF-8"));
    return NULL;
  }
  cJSON *json = cJSON_ParseWithLength (data ? data : "", size);
  gboolean good = cJSON_IsObject (json) ? read_catalogue (&reading, catalogue, json)
                                        : catalogue_fault (&reading, _ ("not a JSON object"));
  cJSON_Delete (json);
  return good ? g_steal_pointer (&catalogue) : NULL;
}

/* The compiled catalogue */

/* Texts, each ended by 0: those of the catalogue, then of each item those in `item_texts`, its aliases and its wordings; and
 * the rows of items. */
#define COMPILED_CATALOGUE "(@ay@a(iuu))"

/* A row of the compiled catalogue: (iuu). */
typedef struct {
  gint32 no;
  guint32 aliases, wordings; /* how many */
} CompiledItem;

/* In place of a text that an item does not have. */
#define ABSENT "\x01"

static const gsize item_texts[] = {
    G_STRUCT_OFFSET (CatalogueItem, id),         G_STRUCT_OFFSET (CatalogueItem, name),
    G_STRUCT_OFFSET (CatalogueItem, section),    G_STRUCT_OFFSET (CatalogueItem, category),
    G_STRUCT_OFFSET (CatalogueItem, name_en),    G_STRUCT_OFFSET (CatalogueItem, category_en),
    G_STRUCT_OFFSET (CatalogueItem, definition), G_STRUCT_OFFSET (CatalogueItem, unit),
    G_STRUCT_OFFSET (CatalogueItem, companions),
};

static void
append_text (GString *texts, const char *text)
{
  text = text ? text : ABSENT;
  g_string_append_len (texts, text, (gssize)strlen (text) + 1);
}

static void
append_texts (GString *texts, const GPtrArray *list)
{
  for (guint i = 0; i < list->len; i++)
    append_text (texts, list->pdata[i]);
}

GVariant *
catalogue_compiled (const Catalogue *catalogue)
{
  g_autoptr (GString) texts = g_string_new (NULL);
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (CompiledItem));
  append_text (texts, catalogue->id);
  append_text (texts, catalogue->key);
  append_text (texts, catalogue->owner);
  append_text (texts, catalogue->title);
  for (int i = 0; i < catalogue->count; i++) {
    const CatalogueItem *item = &catalogue->items[i];
    const CompiledItem row = {item->no, item->aliases->len, item->wordings->len};
    for (gsize j = 0; j < G_N_ELEMENTS (item_texts); j++)
      append_text (texts, G_STRUCT_MEMBER (char *, item, item_texts[j]));
    append_texts (texts, item->aliases);
    append_texts (texts, item->wordings);
    g_array_append_val (items, row);
  }
  return g_variant_ref_sink (g_variant_new (COMPILED_CATALOGUE, compiled_text (texts), compiled_rows ("(iuu)", items)));
}

/* The text at *AT, which goes on to the next one. */
static char *
take_text (const char **at)
{
  const char *text = *at;
  *at += strlen (text) + 1;
  return g_str_equal (text, ABSENT) ? NULL : g_strdup (text);
}

static GPtrArray *
take_texts (const char **at, guint count)
{
  GPtrArray *texts = g_ptr_array_new_full (count, g_free);
  for (guint i = 0; i < count; i++)
    g_ptr_array_add (texts, take_text (at));
  return texts;
}

Catalogue *
catalogue_from_compiled (GVariant *compiled)
{
  gsize count;
  const char *at = rows_of_compiled (compiled, 0, 1, NULL);
  const CompiledItem *rows = rows_of_compiled (compiled, 1, sizeof *rows, &count);
  Catalogue *catalogue = g_new0 (Catalogue, 1);
  catalogue->id = take_text (&at);
  catalogue->key = take_text (&at);
  catalogue->owner = take_text (&at);
  catalogue->title = take_text (&at);
  catalogue->items = g_new0 (CatalogueItem, count);
  for (catalogue->count = 0; catalogue->count < (int)count; catalogue->count++) {
    CatalogueItem *item = &catalogue->items[catalogue->count];
    item->no = rows[catalogue->count].no;
    for (gsize i = 0; i < G_N_ELEMENTS (item_texts); i++)
      G_STRUCT_MEMBER (char *, item, item_texts[i]) = take_text (&at);
    item->aliases = take_texts (&at, rows[catalogue->count].aliases);
    item->wordings = take_texts (&at, rows[catalogue->count].wordings);
  }
  return catalogue;
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

/* A row of the compiled index: (uuu). */
typedef struct {
  guint32 key; /* where it begins among the texts */
  guint32 item, how;
} CompiledName;

/* A row of the compiled index: (uu). */
typedef struct {
  guint32 key, name;
} CompiledLetters;

/* The texts; CompiledName, an equal name replaces one before it; CompiledLetters; the keys of units; those of the items'
 * definitions; the likeness of definitions, of names; the item of each of these names; their terms, those of
 * definitions. */
#define COMPILED_INDEX "(@ay@a(uuu)@a(uu)@au@au@*@*@au@*@*)"

typedef struct {
  const Catalogue *catalogue;
  const Folding *comparing;
  const Thesaurus *thesaurus;
  GString *texts;
  GArray *names, *letters, *units, *definitions, *name_items;
  LikenessIndex *definition_likeness, *name_likeness;
  GPtrArray *name_terms, *definition_terms;
} IndexCompiling;

static IndexCompiling
index_compiling_new (const Catalogue *catalogue, const Folding *comparing, const Thesaurus *thesaurus)
{
  return (IndexCompiling){.catalogue = catalogue,
                          .comparing = comparing,
                          .thesaurus = thesaurus,
                          .texts = g_string_new (NULL),
                          .names = g_array_new (FALSE, FALSE, sizeof (CompiledName)),
                          .letters = g_array_new (FALSE, FALSE, sizeof (CompiledLetters)),
                          .units = g_array_new (FALSE, FALSE, sizeof (guint32)),
                          .definitions = g_array_new (FALSE, FALSE, sizeof (guint32)),
                          .name_items = g_array_new (FALSE, FALSE, sizeof (guint32)),
                          .definition_likeness = likeness_index_new (),
                          .name_likeness = likeness_index_new (),
                          .name_terms = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref),
                          .definition_terms = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref)};
}

static void
index_compiling_clear (IndexCompiling *compiling)
{
  g_string_free (compiling->texts, TRUE);
  g_array_unref (compiling->names);
  g_array_unref (compiling->letters);
  g_array_unref (compiling->units);
  g_array_unref (compiling->definitions);
  g_array_unref (compiling->name_items);
  likeness_index_free (compiling->definition_likeness);
  likeness_index_free (compiling->name_likeness);
  g_ptr_array_unref (compiling->name_terms);
  g_ptr_array_unref (compiling->definition_terms);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (IndexCompiling, index_compiling_clear)

/* Where TEXT begins among the texts. */
static guint32
add_text (IndexCompiling *compiling, const char *text)
{
  gsize place = compiling->texts->len;
  g_string_append_len (compiling->texts, text, (gssize)strlen (text) + 1);
  return (guint32)place;
}

static guint32
add_folded (IndexCompiling *compiling, const char *text)
{
  g_autofree char *key = text_folded (compiling->comparing, text ? text : "");
  return add_text (compiling, key);
}

static void
add_name (IndexCompiling *compiling, const char *name, int item, MatchHow how)
{
  if (!name)
    return;
  const CompiledName row = {add_folded (compiling, name), (guint32)item, how};
  g_array_append_val (compiling->names, row);
}

/* A name takes precedence over an alias. Of two items with the same alias the first is taken, of two with the same name
 * the last. */
static void
add_names (IndexCompiling *compiling)
{
  for (int i = compiling->catalogue->count; i-- > 0;) {
    const CatalogueItem *item = &compiling->catalogue->items[i];
    for (guint j = 0; j < item->aliases->len; j++)
      add_name (compiling, g_ptr_array_index (item->aliases, j), i, MATCH_ALIAS);
    add_name (compiling, item->name_en, i, MATCH_ALIAS);
  }
  for (int i = 0; i < compiling->catalogue->count; i++)
    add_name (compiling, compiling->catalogue->items[i].name, i, MATCH_NAME);
}

/* Of the names that are left when equal ones are replaced. */
static void
add_letters (IndexCompiling *compiling)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter every;
  gpointer key, name;
  for (guint i = 0; i < compiling->names->len; i++) {
    const char *own = compiling->texts->str + g_array_index (compiling->names, CompiledName, i).key;
    g_hash_table_replace (names, g_strdup (own), GUINT_TO_POINTER (i));
  }
  g_hash_table_iter_init (&every, names);
  while (g_hash_table_iter_next (&every, &key, &name)) {
    g_autofree char *letters = name_letters (key);
    const CompiledLetters row = {add_text (compiling, letters), GPOINTER_TO_UINT (name)};
    g_array_append_val (compiling->letters, row);
  }
}

static void
add_name_likeness (IndexCompiling *compiling, const char *name, int item)
{
  if (!name)
    return;
  g_autofree char *key = text_folded (compiling->comparing, name);
  likeness_index_add (compiling->name_likeness, key);
  g_array_append_val (compiling->name_items, item);
  g_ptr_array_add (compiling->name_terms, terms_from_known (compiling->thesaurus, name));
}

static void
add_item (IndexCompiling *compiling, int place)
{
  const CatalogueItem *item = &compiling->catalogue->items[place];
  guint32 definition = add_folded (compiling, item->definition);
  g_array_append_val (compiling->definitions, definition);
  if (item->unit) {
    guint32 unit = add_folded (compiling, item->unit);
    g_array_append_val (compiling->units, unit);
  }
  add_name_likeness (compiling, item->name, place);
  add_name_likeness (compiling, item->name_en, place);
  for (guint j = 0; j < item->aliases->len; j++)
    add_name_likeness (compiling, g_ptr_array_index (item->aliases, j), place);
  for (guint j = 0; j < item->wordings->len; j++)
    add_name_likeness (compiling, g_ptr_array_index (item->wordings, j), place);
  likeness_index_add (compiling->definition_likeness, compiling->texts->str + definition);
  g_autofree char *beside = g_strconcat (item->definition ? item->definition : "", "、", item->companions, NULL);
  g_ptr_array_add (compiling->definition_terms, terms_from_known (compiling->thesaurus, beside));
}

GVariant *
catalogue_index_compiled (const Catalogue *catalogue, const Folding *comparing, const Thesaurus *thesaurus)
{
  g_auto (IndexCompiling) compiling = index_compiling_new (catalogue, comparing, thesaurus);
  add_names (&compiling);
  add_letters (&compiling);
  for (int i = 0; i < catalogue->count; i++)
    add_item (&compiling, i);
  terms_weigh (thesaurus, compiling.name_terms, compiling.name_items);
  return g_variant_ref_sink (g_variant_new (
      COMPILED_INDEX, compiled_text (compiling.texts), compiled_rows ("(uuu)", compiling.names),
      compiled_rows ("(uu)", compiling.letters), compiled_rows ("u", compiling.units),
      compiled_rows ("u", compiling.definitions), likeness_index_compiled (compiling.definition_likeness),
      likeness_index_compiled (compiling.name_likeness), compiled_rows ("u", compiling.name_items),
      terms_compiled (thesaurus, compiling.name_terms), terms_compiled (thesaurus, compiling.definition_terms)));
}

/* The texts of the compiled index are borrowed. */
static void
index_names (CatalogueIndex *index, const Catalogue *catalogue)
{
  const char *texts = rows_of_compiled (index->compiled, 0, 1, NULL);
  gsize names_count, letters_count, units_count;
  const CompiledName *names = rows_of_compiled (index->compiled, 1, sizeof *names, &names_count);
  const CompiledLetters *letters = rows_of_compiled (index->compiled, 2, sizeof *letters, &letters_count);
  const guint32 *units = rows_of_compiled (index->compiled, 3, sizeof *units, &units_count),
                *definitions = rows_of_compiled (index->compiled, 4, sizeof *definitions, NULL);
  index->matches = g_new (Match, names_count + 1);
  for (gsize i = 0; i < names_count; i++) {
    index->matches[i] = (Match){&catalogue->items[names[i].item], (MatchHow)names[i].how, 1};
    g_hash_table_replace (index->names, (gpointer)(texts + names[i].key), &index->matches[i]);
  }
  for (gsize i = 0; i < letters_count; i++)
    g_hash_table_insert (index->letters, (gpointer)(texts + letters[i].key), &index->matches[letters[i].name]);
  for (gsize i = 0; i < units_count; i++)
    g_hash_table_add (index->units, (gpointer)(texts + units[i]));
  for (int i = catalogue->count; i-- > 0;) {
    index->definition_keys[i] = texts + definitions[i];
    if (catalogue->items[i].definition)
      g_hash_table_insert (index->definitions, (gpointer)index->definition_keys[i], &catalogue->items[i]);
  }
}

CatalogueIndex *
catalogue_index_new (GVariant *compiled, const Catalogue *catalogue, const Thesaurus *thesaurus)
{
  CatalogueIndex *index = g_new0 (CatalogueIndex, 1);
  g_autoptr (GVariant) definition_likeness = g_variant_get_child_value (compiled, 5),
                       name_likeness = g_variant_get_child_value (compiled, 6),
                       name_terms = g_variant_get_child_value (compiled, 8),
                       definition_terms = g_variant_get_child_value (compiled, 9);
  *index = (CatalogueIndex){.compiled = g_variant_ref (compiled),
                            .names = g_hash_table_new (g_str_hash, g_str_equal),
                            .letters = g_hash_table_new (g_str_hash, g_str_equal),
                            .definitions = g_hash_table_new (g_str_hash, g_str_equal),
                            .units = g_hash_table_new (g_str_hash, g_str_equal),
                            .definition_likeness = likeness_index_from_compiled (definition_likeness),
                            .name_likeness = likeness_index_from_compiled (name_likeness),
                            .name_items = array_of_compiled (compiled, 7, sizeof (int)),
                            .name_terms = terms_from_compiled (thesaurus, name_terms),
                            .definition_terms = terms_from_compiled (thesaurus, definition_terms),
                            .definition_keys = g_new0 (const char *, catalogue->count + 1)};
  index_names (index, catalogue);
  index->name_bits = g_new (guint64, index->name_terms->len);
  for (guint i = 0; i < index->name_terms->len; i++)
    index->name_bits[i] = terms_bits (index->name_terms->pdata[i]);
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
  g_free (index->name_bits);
  g_ptr_array_unref (index->definition_terms);
  g_free (index->definition_keys);
  g_free (index->matches);
  g_variant_unref (index->compiled);
  g_free (index);
}
