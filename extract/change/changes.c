/* changes.c - see changes.h */
#include "change/changes.h"

#include "write/json.h"
#include "write/json_text.h"

void
item_change_free (ItemChange *change)
{
  g_array_unref (change->fields);
  g_free (change);
}

ItemChange *
item_change_new (const Item *old, const Item *new)
{
  ItemChange *change = g_new0 (ItemChange, 1);
  *change = (ItemChange){old, new, g_array_new (FALSE, FALSE, sizeof (FieldChange)), FALSE};
  return change;
}

Changes *
changes_new (const Catalogue *catalogue)
{
  Changes *changes = g_new0 (Changes, 1);
  GPtrArray **const lists[] = {&changes->added, &changes->removed, &changes->changed, &changes->renumbered,
                               &changes->reworded};
  GPtrArray **const numbers[] = {&changes->declared, &changes->undeclared, &changes->unfounded};
  changes->catalogue = catalogue;
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    *lists[i] = g_ptr_array_new_with_free_func ((GDestroyNotify)item_change_free);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    *numbers[i] = g_ptr_array_new_with_free_func (g_free);
  return changes;
}

gboolean
changes_are_none (const Changes *changes)
{
  return changes->added->len + changes->removed->len + changes->changed->len == 0;
}

void
changes_free (Changes *changes)
{
  if (!changes)
    return;
  GPtrArray *const lists[] = {changes->added,    changes->removed,  changes->changed,    changes->renumbered,
                              changes->reworded, changes->declared, changes->undeclared, changes->unfounded};
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    g_ptr_array_unref (lists[i]);
  g_free (changes);
}

/* JSON */

static void
add_text (cJSON *object, const char *key, const char *text)
{
  cJSON_AddItemToObject (object, key, json_from_text (text));
}

static cJSON *
json_from_old_and_new (const char *old, const char *new)
{
  cJSON *object = cJSON_CreateObject ();
  add_text (object, "old", old);
  add_text (object, "new", new);
  return object;
}

/* The cells of other columns are in an object of their own, by the column's head. */
static cJSON *
json_from_fields (const GArray *fields)
{
  cJSON *object = cJSON_CreateObject (), *others = NULL;
  for (guint i = 0; i < fields->len; i++) {
    const FieldChange *change = &g_array_index (fields, FieldChange, i);
    if (change->column && !others)
      others = cJSON_AddObjectToObject (object, change->field);
    cJSON *both = json_from_old_and_new (change->old, change->new);
    if (change->column && cJSON_GetObjectItemCaseSensitive (others, change->column))
      cJSON_Delete (both); /* heads that only look different: the first is kept */
    else
      cJSON_AddItemToObject (change->column ? others : object, change->column ? change->column : change->field, both);
  }
  return object;
}

/* Which item it is: as NEW has it, or OLD where it is gone. */
static void
add_item (cJSON *object, const Catalogue *catalogue, const ItemChange *change)
{
  const Item *item = change->new ? change->new : change->old;
  cJSON_AddItemToObject (object, catalogue->key, json_from_match (&item->match));
  add_text (object, "number", item->number);
  add_text (object, "name", item->name);
}

static cJSON *
json_from_change (const Catalogue *catalogue, const ItemChange *change)
{
  cJSON *object = cJSON_CreateObject ();
  add_item (object, catalogue, change);
  cJSON_AddItemToObject (object, "fields", json_from_fields (change->fields));
  return object;
}

static cJSON *
json_from_whole_item (const Catalogue *catalogue, const ItemChange *change)
{
  return json_from_item (catalogue, change->new ? change->new : change->old);
}

static void
add_changes (cJSON *object, const char *key, const Catalogue *catalogue, const GPtrArray *changes,
             cJSON *(*json) (const Catalogue *catalogue, const ItemChange *change))
{
  cJSON *list = cJSON_AddArrayToObject (object, key);
  for (guint i = 0; i < changes->len; i++)
    cJSON_AddItemToArray (list, json (catalogue, g_ptr_array_index (changes, i)));
}

static void
add_texts (cJSON *object, const char *key, const GPtrArray *texts)
{
  cJSON *list = cJSON_AddArrayToObject (object, key);
  for (guint i = 0; i < texts->len; i++)
    cJSON_AddItemToArray (list, json_from_text (g_ptr_array_index (texts, i)));
}

char *
json_from_changes (const Changes *changes)
{
  cJSON *tree = cJSON_CreateObject ();
  add_changes (tree, "added", changes->catalogue, changes->added, json_from_whole_item);
  add_changes (tree, "removed", changes->catalogue, changes->removed, json_from_whole_item);
  add_changes (tree, "changed", changes->catalogue, changes->changed, json_from_change);
  add_changes (tree, "renumbered", changes->catalogue, changes->renumbered, json_from_change);
  add_changes (tree, "reworded", changes->catalogue, changes->reworded, json_from_change);
  cJSON *declared = cJSON_AddObjectToObject (tree, "declared");
  add_texts (declared, "items", changes->declared);
  if (changes->declares)
    add_texts (declared, "undeclared", changes->undeclared);
  else
    cJSON_AddNullToObject (declared, "undeclared");
  add_texts (declared, "unfounded", changes->unfounded);
  char *text = json_text_for_eyes (tree);
  cJSON_Delete (tree);
  return text;
}

/* What all lines of one document have in common. */
typedef struct {
  const Changes *changes;
  const char *document, *old_sha256, *new_sha256;
} ChangeLines;

/* An added or removed item has its answer in the line, which is then enough for whoever reads only that. */
static cJSON *
json_of_line_fields (const ItemChange *change)
{
  if (change->old && change->new)
    return json_from_fields (change->fields);
  cJSON *object = cJSON_CreateObject ();
  cJSON_AddItemToObject (
      object, "answer",
      json_from_old_and_new (change->old ? change->old->answer : NULL, change->new ? change->new->answer : NULL));
  return object;
}

static void
append_lines (GString *text, const ChangeLines *lines, const char *kind, const GPtrArray *list)
{
  gboolean may_be_declared = lines->changes->declares && list != lines->changes->renumbered;
  for (guint i = 0; i < list->len; i++) {
    const ItemChange *change = g_ptr_array_index (list, i);
    cJSON *object = cJSON_CreateObject ();
    add_text (object, "document", lines->document);
    add_text (object, "change", kind);
    add_item (object, lines->changes->catalogue, change);
    cJSON_AddItemToObject (object, "fields", json_of_line_fields (change));
    cJSON_AddItemToObject (object, "declared",
                           may_be_declared ? cJSON_CreateBool (change->declared) : cJSON_CreateNull ());
    add_text (object, "old_sha256", lines->old_sha256);
    add_text (object, "new_sha256", lines->new_sha256);
    g_autofree char *line = json_text_of_one_line (object);
    g_string_append (text, line);
    cJSON_Delete (object);
  }
}

char *
ndjson_from_changes (const Changes *changes, const char *document, const char *old_sha256, const char *new_sha256)
{
  ChangeLines lines = {changes, document, old_sha256, new_sha256};
  GString *text = g_string_new (NULL);
  append_lines (text, &lines, "added", changes->added);
  append_lines (text, &lines, "removed", changes->removed);
  append_lines (text, &lines, "changed", changes->changed);
  append_lines (text, &lines, "renumbered", changes->renumbered);
  return g_string_free (text, FALSE);
}
