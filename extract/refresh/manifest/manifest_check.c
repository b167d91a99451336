/* manifest_check.c - see manifest_parts.h */
#include "refresh/manifest/manifest_parts.h"

#include <glib/gi18n.h>
#include <string.h>

/* Shape: the tree against the schema */

static void check_shape (const ManifestValue *value, const cyaml_schema_value_t *schema, const char *name,
                         Mistakes *mistakes);

static const cyaml_schema_field_t *
field_named (const cyaml_schema_field_t *fields, const char *key)
{
  for (; fields->key; fields++)
    if (!strcmp (fields->key, key))
      return fields;
  return NULL;
}

static void
add_unknown_key (const ManifestValue *value, const cyaml_schema_field_t *fields, Mistakes *mistakes)
{
  if (!strcmp (value->key, "<<")) {
    mistakes_add (mistakes, value->key_place,
                  _ ("a merge key ('<<'); a manifest has none, write the lines themselves"));
    return;
  }
  g_autofree char *key = text_for_message (value->key);
  g_autoptr (GString) known = g_string_new (NULL);
  for (; fields->key; fields++)
    g_string_append_printf (known, "%s'%s'", known->len ? ", " : "", fields->key);
  mistakes_add (mistakes, value->key_place, _ ("there is no key '%s' here; there are %s"), key, known->str);
}

/* Whether VALUE's key was in MAP before it; then it is a mistake. */
static gboolean
is_repeated (const ManifestValue *map, const ManifestValue *value, Mistakes *mistakes)
{
  const ManifestValue *first = manifest_value (map, value->key);
  if (first == value)
    return FALSE;
  mistakes_add (mistakes, value->key_place, _ ("'%s' a second time, first in line %d; keep one"), value->key,
                first->key_place.line);
  return TRUE;
}

static void
check_map (const ManifestValue *map, const cyaml_schema_field_t *fields, Mistakes *mistakes)
{
  for (const ManifestValue *value = map->first; value; value = value->next) {
    const cyaml_schema_field_t *field = field_named (fields, value->key);
    if (!field)
      add_unknown_key (value, fields, mistakes);
    else if (!is_repeated (map, value, mistakes))
      check_shape (value, &field->value, value->key, mistakes);
  }
  for (; fields->key; fields++)
    if (!(fields->value.flags & CYAML_FLAG_OPTIONAL) && !manifest_value (map, fields->key))
      mistakes_add (mistakes, map->place, _ ("'%s' is missing; add a line '%s: …'"), fields->key, fields->key);
}

static gboolean
kind_is (const ManifestValue *value, ValueKind kind, const char *name, Mistakes *mistakes)
{
  static const char *const wanted[] = {
      [VALUE_TEXT] = N_ ("'%s' is a text; write it after the ':', on the same line"),
      [VALUE_LIST] = N_ ("'%s' is a list; begin each of its entries with '- '"),
      [VALUE_MAP] = N_ ("each entry of '%s' is made of lines 'key: value'; the first begins with '- '"),
  };
  if (value->kind == kind)
    return TRUE;
  if (value->kind != VALUE_WRONG && !name)
    mistakes_add (mistakes, value->place, _ ("the file begins with a line 'vendors:'; this does not"));
  else if (value->kind != VALUE_WRONG)
    mistakes_add (mistakes, value->place, _ (wanted[kind]), name);
  return FALSE;
}

static void
check_text (const ManifestValue *value, const char *name, Mistakes *mistakes)
{
  if (manifest_value_is_empty (value)) {
    mistakes_add (mistakes, value->place, _ ("'%s' has no value; write one, or take the line out"), name);
    return;
  }
  for (const char *at = value->text; *at || value->has_nul; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    if (!g_unichar_iscntrl (character) && character != 0x2028 && character != 0x2029)
      continue;
    mistakes_add (mistakes, value->place, _ ("'%s' has a control character in it (U+%04X); it is one line of text"),
                  name, character);
    return;
  }
  manifest_check_field (value, mistakes);
}

static void
check_list (const ManifestValue *list, const cyaml_schema_value_t *entry, const char *name, Mistakes *mistakes)
{
  for (const ManifestValue *value = list->first; value; value = value->next)
    check_shape (value, entry, name, mistakes);
}

/* NAME: the key that VALUE, or the list that it is in, belongs to; NULL: the file itself. */
static void
check_shape (const ManifestValue *value, const cyaml_schema_value_t *schema, const char *name, Mistakes *mistakes)
{
  gboolean may_be_empty = (schema->flags & CYAML_FLAG_POINTER_NULL) == CYAML_FLAG_POINTER_NULL;
  if (may_be_empty && manifest_value_is_empty (value))
    return;
  if (schema->type == CYAML_MAPPING && kind_is (value, VALUE_MAP, name, mistakes))
    check_map (value, schema->mapping.fields, mistakes);
  else if (schema->type == CYAML_SEQUENCE && kind_is (value, VALUE_LIST, name, mistakes))
    check_list (value, schema->sequence.entry, name, mistakes);
  else if (schema->type == CYAML_STRING && kind_is (value, VALUE_TEXT, name, mistakes))
    check_text (value, name, mistakes);
}

/* Meaning: what holds between values */

/* SEEN: the ids so far, in small letters -> the value. Two that differ by case only are one file on some disks. */
static void
check_id_is_new (const ManifestValue *map, GHashTable *seen, Mistakes *mistakes)
{
  const ManifestValue *id = manifest_value (map, "id");
  if (!id || id->kind != VALUE_TEXT)
    return;
  g_autofree char *folded = g_ascii_strdown (id->text, -1), *shown = text_for_message (id->text);
  const ManifestValue *first = g_hash_table_lookup (seen, folded);
  if (!first)
    g_hash_table_insert (seen, g_steal_pointer (&folded), (gpointer)id);
  else if (!strcmp (first->text, id->text))
    mistakes_add (mistakes, id->place, _ ("the id '%s' a second time, first in line %d; give it another"), shown,
                  first->place.line);
  else
    mistakes_add (mistakes, id->place,
                  _ ("the id '%s' is that of line %d but for large and small letters; give it another"), shown,
                  first->place.line);
}

/* Exactly one of url, page with link, path. */
static void
check_origin (const ManifestValue *document, Mistakes *mistakes)
{
  static const char *const origins[] = {"url", "page", "path"};
  const ManifestValue *first = NULL, *page = manifest_value (document, "page"),
                      *link = manifest_value (document, "link");
  for (const ManifestValue *value = document->first; value; value = value->next)
    for (gsize i = 0; i < G_N_ELEMENTS (origins); i++) {
      if (strcmp (value->key, origins[i]) || manifest_value (document, origins[i]) != value)
        continue;
      if (first)
        mistakes_add (mistakes, value->key_place,
                      _ ("'%s' beside '%s'; a document has one of 'url', 'page' and 'path'"), value->key, first->key);
      first = first ? first : value;
    }
  if (!first && !link)
    mistakes_add (mistakes, document->place,
                  _ ("says not where the document is; add 'url', 'page' with 'link', or 'path'"));
  if (page && !link)
    mistakes_add (mistakes, page->key_place, _ ("'page' without 'link'; add the pattern of the link on that page"));
  if (link && !page)
    mistakes_add (mistakes, link->key_place, _ ("'link' without 'page'; add the page that the link is on"));
}

static const ManifestValue *
first_in_list (const ManifestValue *map, const char *key)
{
  const ManifestValue *list = manifest_value (map, key);
  return list && list->kind == VALUE_LIST ? list->first : NULL;
}

static void
check_documents (const ManifestValue *vendor, Mistakes *mistakes)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (const ManifestValue *document = first_in_list (vendor, "documents"); document; document = document->next) {
    if (document->kind != VALUE_MAP)
      continue;
    check_id_is_new (document, seen, mistakes);
    check_origin (document, mistakes);
  }
}

void
manifest_check (const ManifestTree *tree, const cyaml_schema_value_t *schema, Mistakes *mistakes)
{
  if (!tree->whole)
    return;
  if (!tree->top || manifest_value_is_empty (tree->top)) {
    mistakes_add (mistakes, (ManifestPlace){1, 1}, _ ("the file is empty; begin it with a line 'vendors:'"));
    return;
  }
  check_shape (tree->top, schema, NULL, mistakes);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (const ManifestValue *vendor = first_in_list (tree->top, "vendors"); vendor; vendor = vendor->next) {
    check_id_is_new (vendor, seen, mistakes);
    check_documents (vendor, mistakes);
  }
}
