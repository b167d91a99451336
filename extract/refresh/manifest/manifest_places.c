/* manifest_places.c - see manifest_parts.h: libyaml's events, put together as a tree that knows its places. */
#include "refresh/manifest/manifest_parts.h"

#include <glib/gi18n.h>
#include <string.h>
#include <yaml.h>

/* Far beyond what the schema has (the top, a list, a vendor, a list, a document), so that a wrong indentation is told
 * by the schema; and VALUES_LIMIT is beyond any manifest that people keep. */
#define DEPTH_LIMIT 16
#define VALUES_LIMIT 1000000

typedef struct {
  ManifestTree *tree;
  Mistakes *mistakes;
  ManifestValue *open[DEPTH_LIMIT]; /* lists and maps that are not yet at their end */
  int depth;
  const char *key; /* read in the innermost map, its value is yet to come */
  ManifestPlace key_place;
} Reading;

static ManifestPlace
place_of (const yaml_event_t *event)
{
  return (ManifestPlace){(int)event->start_mark.line + 1, (int)event->start_mark.column + 1};
}

static gboolean
stop_at (Reading *reading, const yaml_event_t *event, const char *text)
{
  mistakes_add (reading->mistakes, place_of (event), "%s", text);
  return FALSE;
}

static ManifestValue *
value_new (Reading *reading, const yaml_event_t *event, ValueKind kind)
{
  ManifestValue *value = g_new0 (ManifestValue, 1);
  value->kind = kind;
  value->place = place_of (event);
  g_ptr_array_add (reading->tree->values, value);
  return value;
}

/* To the innermost open list or map; FALSE: reading ends here. */
static gboolean
add_value (Reading *reading, ManifestValue *value)
{
  ManifestValue *parent = reading->depth ? reading->open[reading->depth - 1] : NULL;
  value->key = reading->key;
  value->key_place = reading->key_place;
  reading->key = NULL;
  if (!parent)
    reading->tree->top = value;
  else if (parent->last)
    parent->last->next = value;
  else
    parent->first = value;
  if (parent)
    parent->last = value;
  return TRUE;
}

static gboolean
is_key (const Reading *reading)
{
  return reading->depth && reading->open[reading->depth - 1]->kind == VALUE_MAP && !reading->key;
}

static gboolean
read_text (Reading *reading, const yaml_event_t *event)
{
  const char *bytes = (const char *)event->data.scalar.value;
  gsize length = event->data.scalar.length;
  const char *text = g_string_chunk_insert_len (reading->tree->texts, bytes, length);
  if (is_key (reading)) {
    reading->key = text;
    reading->key_place = place_of (event);
    return TRUE;
  }
  ManifestValue *value = value_new (reading, event, VALUE_TEXT);
  value->text = text;
  value->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
  value->has_nul = strlen (text) < length;
  return add_value (reading, value);
}

static gboolean
open_value (Reading *reading, const yaml_event_t *event, ValueKind kind)
{
  if (is_key (reading))
    return stop_at (reading, event, _ ("a key is one word; put the value in quotes"));
  if (reading->depth == DEPTH_LIMIT)
    return stop_at (reading, event,
                    _ ("is nested too deeply; a manifest has vendors and documents, and nothing below"));
  ManifestValue *value = value_new (reading, event, kind);
  add_value (reading, value);
  reading->open[reading->depth++] = value;
  return TRUE;
}

static gboolean
close_value (Reading *reading)
{
  reading->depth--;
  return TRUE;
}

static gboolean
read_alias (Reading *reading, const yaml_event_t *event)
{
  mistakes_add (reading->mistakes, place_of (event),
                _ ("an alias ('*'); a manifest has none, write the value itself, or put it in quotes"));
  return is_key (reading) ? FALSE : add_value (reading, value_new (reading, event, VALUE_WRONG));
}

/* Anchors and tags stand before a value, which is read all the same. */
static void
check_properties (Reading *reading, const yaml_event_t *event, const yaml_char_t *anchor, const yaml_char_t *tag)
{
  if (anchor)
    mistakes_add (reading->mistakes, place_of (event),
                  _ ("an anchor ('&'); a manifest has none, take it out, or put the value in quotes"));
  else if (tag)
    mistakes_add (reading->mistakes, place_of (event),
                  _ ("a tag ('!'); a manifest has none, take it out, or put the value in quotes"));
}

/* FALSE: reading ends here. */
static gboolean
read_event (Reading *reading, const yaml_event_t *event)
{
  if (reading->tree->values->len >= VALUES_LIMIT) {
    mistakes_add (reading->mistakes, place_of (event), _ ("more than %d values; make two corpora of it"), VALUES_LIMIT);
    return FALSE;
  }
  switch (event->type) {
  case YAML_DOCUMENT_START_EVENT:
    return reading->tree->top ? stop_at (reading, event, _ ("a second document; a manifest is one, take the '---' out"))
                              : TRUE;
  case YAML_SCALAR_EVENT:
    check_properties (reading, event, event->data.scalar.anchor, event->data.scalar.tag);
    return read_text (reading, event);
  case YAML_SEQUENCE_START_EVENT:
    check_properties (reading, event, event->data.sequence_start.anchor, event->data.sequence_start.tag);
    return open_value (reading, event, VALUE_LIST);
  case YAML_MAPPING_START_EVENT:
    check_properties (reading, event, event->data.mapping_start.anchor, event->data.mapping_start.tag);
    return open_value (reading, event, VALUE_MAP);
  case YAML_SEQUENCE_END_EVENT:
  case YAML_MAPPING_END_EVENT:
    return close_value (reading);
  case YAML_ALIAS_EVENT:
    return read_alias (reading, event);
  case YAML_STREAM_END_EVENT:
    reading->tree->whole = TRUE;
    return FALSE;
  default:
    return TRUE;
  }
}

ManifestTree *
manifest_tree_from_bytes (GBytes *bytes, Mistakes *mistakes)
{
  ManifestTree *tree = g_new0 (ManifestTree, 1);
  tree->values = g_ptr_array_new_with_free_func (g_free);
  tree->texts = g_string_chunk_new (64 * 1024);
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  yaml_parser_t parser;
  yaml_parser_initialize (&parser);
  yaml_parser_set_input_string (&parser, data ? data : (const void *)"", size);
  Reading reading = {.tree = tree, .mistakes = mistakes};
  for (gboolean more = TRUE; more;) {
    yaml_event_t event;
    if (!yaml_parser_parse (&parser, &event)) {
      manifest_syntax_mistake (&parser, bytes, mistakes);
      break;
    }
    more = read_event (&reading, &event);
    yaml_event_delete (&event);
  }
  yaml_parser_delete (&parser);
  return tree;
}

void
manifest_tree_free (ManifestTree *tree)
{
  g_ptr_array_unref (tree->values);
  g_string_chunk_free (tree->texts);
  g_free (tree);
}

const ManifestValue *
manifest_value (const ManifestValue *map, const char *key)
{
  const ManifestValue *value = map && map->kind == VALUE_MAP ? map->first : NULL;
  while (value && (!value->key || strcmp (value->key, key)))
    value = value->next;
  return value;
}

gboolean
manifest_value_is_empty (const ManifestValue *value)
{
  static const char *const empty[] = {"", "~", "null", "Null", "NULL", NULL};
  return value->kind == VALUE_TEXT && !value->has_nul &&
         (value->plain ? g_strv_contains (empty, value->text) : *value->text == '\0');
}
