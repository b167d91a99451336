/* yaml.c - see yaml.h */
#include "refresh/manifest/yaml.h"

#include <glib/gi18n.h>
#include <string.h>
#include <yaml.h>

/* Mistakes */

#define MISTAKES_SHOWN 100
#define CHARACTERS_SHOWN 60

typedef struct {
  YamlPlace place;
  guint order;
  char *text;
} Mistake;

static void
mistake_clear (gpointer mistake)
{
  g_free (((Mistake *)mistake)->text);
}

Mistakes *
mistakes_new (void)
{
  Mistakes *mistakes = g_new (Mistakes, 1);
  mistakes->list = g_array_new (FALSE, FALSE, sizeof (Mistake));
  g_array_set_clear_func (mistakes->list, mistake_clear);
  return mistakes;
}

void
mistakes_free (Mistakes *mistakes)
{
  g_array_unref (mistakes->list);
  g_free (mistakes);
}

void
mistakes_add (Mistakes *mistakes, YamlPlace place, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  Mistake mistake = {place, mistakes->list->len, g_strdup_vprintf (format, arguments)};
  va_end (arguments);
  g_array_append_val (mistakes->list, mistake);
}

static int
by_place (gconstpointer a, gconstpointer b)
{
  const Mistake *one = a, *other = b;
  if (one->place.line != other->place.line)
    return one->place.line < other->place.line ? -1 : 1;
  if (one->place.column != other->place.column)
    return one->place.column < other->place.column ? -1 : 1;
  return one->order < other->order ? -1 : 1;
}

char *
mistakes_text (const Mistakes *mistakes, const char *file)
{
  guint count = mistakes->list->len;
  if (count == 0)
    return NULL;
  g_array_sort (mistakes->list, by_place);
  GString *lines = g_string_new (NULL);
  for (guint i = 0; i < MIN (count, MISTAKES_SHOWN); i++) {
    const Mistake *mistake = &g_array_index (mistakes->list, Mistake, i);
    g_string_append_printf (lines, "%s%s:%d:%d: %s", i ? "\n" : "", file, mistake->place.line, mistake->place.column,
                            mistake->text);
  }
  guint more = count - MIN (count, MISTAKES_SHOWN);
  if (more > 0) {
    g_string_append_c (lines, '\n');
    g_string_append_printf (lines, ngettext ("%u more mistake", "%u more mistakes", more), more);
  }
  return g_string_free (lines, FALSE);
}

char *
text_for_message (const char *text)
{
  GString *shown = g_string_new (NULL);
  int count = 0;
  for (; *text && count < CHARACTERS_SHOWN; text = g_utf8_next_char (text), count++) {
    gunichar character = g_utf8_get_char (text);
    g_string_append_unichar (shown, g_unichar_isprint (character) ? character : '?');
  }
  if (*text)
    g_string_append (shown, "…");
  return g_string_free (shown, FALSE);
}

/* Characters */

/* Moves PLACE over the character at AT, of which LENGTH bytes are left; gives how many bytes it has. */
static gsize
step (YamlPlace *place, const char *at, gsize length)
{
  gsize bytes = MIN ((gsize)(g_utf8_next_char (at) - at), length);
  gboolean pair = *at == '\r' && length > 1 && at[1] == '\n';
  if (*at == '\n' || *at == '\r')
    *place = (YamlPlace){place->line + 1, 1};
  else
    place->column++;
  return pair ? 2 : bytes;
}

/* How many bytes the byte order mark has; it does not count as a character. */
static gsize
mark_length (const char *data, gsize size)
{
  return size >= 3 && !memcmp (data, "\xef\xbb\xbf", 3) ? 3 : 0;
}

static YamlPlace
place_of_byte (const char *data, gsize offset)
{
  YamlPlace place = {1, 1};
  for (gsize at = mark_length (data, offset); at < offset;)
    at += step (&place, data + at, offset - at);
  return place;
}

/* YAML 1.1, section 5.1. */
static gboolean
is_yaml_character (gunichar character)
{
  if (character < 0xA0)
    return (character >= 0x20 && character < 0x7F) || character == '\t' || character == '\n' || character == '\r' ||
           character == 0x85;
  return character <= 0xD7FF || (character >= 0xE000 && character <= 0xFFFD && character != 0xFEFF) ||
         character >= 0x10000;
}

static gboolean
is_utf16 (const char *data, gsize size)
{
  return size >= 2 && (!memcmp (data, "\xff\xfe", 2) || !memcmp (data, "\xfe\xff", 2));
}

static gboolean
characters_are_good (GBytes *bytes, Mistakes *mistakes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size), *end;
  if (size > 0 && !g_utf8_validate_len (data, size, &end) && *end != '\0') {
    mistakes_add (mistakes, is_utf16 (data, size) ? (YamlPlace){1, 1} : place_of_byte (data, end - data),
                  _ ("is not UTF-8; save the file as UTF-8"));
    return FALSE;
  }
  for (gsize at = mark_length (data, size); at < size;) {
    gunichar character = g_utf8_get_char (data + at);
    if (!is_yaml_character (character)) {
      mistakes_add (mistakes, place_of_byte (data, at), _ ("a control character (U+%04X); take it out"), character);
      return FALSE;
    }
    at += g_utf8_next_char (data + at) - (data + at);
  }
  return TRUE;
}

/* Syntax: libyaml's problems, in words for a person who writes a list of documents. */

static const struct {
  const char *problem;
  const char *plain;
  gboolean at_context; /* where it began, not where it was noticed */
} problems[] = {
    {"found unknown escape character", N_ ("'\\' has a meaning of its own in double quotes; use single quotes"), FALSE},
    {"did not find expected hexdecimal number",
     N_ ("'\\' has a meaning of its own in double quotes; use single quotes"), FALSE},
    {"found invalid Unicode character escape code",
     N_ ("'\\' has a meaning of its own in double quotes; use single quotes"), FALSE},
    {"found unexpected end of stream", N_ ("unterminated quote; add the closing one"), TRUE},
    {"found unexpected document indicator", N_ ("unterminated quote; add the closing one"), TRUE},
    {"mapping values are not allowed in this context",
     N_ ("unexpected ':'; check the indentation, or put the value in quotes"), FALSE},
    {"mapping keys are not allowed in this context", N_ ("unexpected '?'; put the value in quotes"), FALSE},
    {"could not find expected ':'", N_ ("expected ':' after the key; write it as 'key: value'"), TRUE},
    {"block sequence entries are not allowed in this context", N_ ("unexpected '-'; begin a list on a line of its own"),
     FALSE},
    {"did not find expected '-' indicator",
     N_ ("does not continue the list above; check the indentation, and the '-' of an entry"), FALSE},
    {"did not find expected key", N_ ("belongs to nothing above; check the indentation"), FALSE},
    {"did not find expected <document start>", N_ ("belongs to nothing above; check the indentation"), FALSE},
    {"did not find expected ',' or ']'", N_ ("unterminated '['; add ']', or quotes around the value"), TRUE},
    {"did not find expected ',' or '}'", N_ ("unterminated '{'; add '}', or quotes around the value"), TRUE},
    {"did not find expected node content", N_ ("expected a value"), FALSE},
    {"found a tab character", N_ ("a tab; use spaces"), FALSE},
    {"found undefined tag handle", N_ ("a tag ('!'); a manifest has none, put the value in quotes"), FALSE},
    {"found incompatible YAML document", N_ ("unsupported version of YAML; take the line out"), FALSE},
};

/* Of a character that no value begins with. */
static const char *
problem_of_character (char character)
{
  if (character == '\t')
    return _ ("a tab; use spaces");
  return _ ("a value cannot begin with this character; put it in quotes");
}

static YamlPlace
place_of_mark (const yaml_mark_t *mark)
{
  return (YamlPlace){(int)mark->line + 1, (int)mark->column + 1};
}

/* The character at MARK, 0 after the last. libyaml's index counts characters, not bytes, so lines are counted. */
static char
character_at (GBytes *bytes, const yaml_mark_t *mark)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  gsize at = mark_length (data, size);
  YamlPlace place = {1, 1}, wanted = place_of_mark (mark);
  while (at < size && (place.line < wanted.line || (place.line == wanted.line && place.column < wanted.column)))
    at += step (&place, data + at, size - at);
  return at < size ? data[at] : 0;
}

static void
add_syntax_mistake (const yaml_parser_t *parser, GBytes *bytes, Mistakes *mistakes)
{
  const char *problem = parser->problem ? parser->problem : "";
  char character = character_at (bytes, &parser->problem_mark);
  if (character == '\t' || g_str_has_prefix (problem, "found character that cannot start")) {
    mistakes_add (mistakes, place_of_mark (&parser->problem_mark), "%s", problem_of_character (character));
    return;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (problems); i++)
    if (g_str_has_prefix (problem, problems[i].problem)) {
      gboolean at_context = problems[i].at_context && parser->context;
      mistakes_add (mistakes, place_of_mark (at_context ? &parser->context_mark : &parser->problem_mark), "%s",
                    _ (problems[i].plain));
      return;
    }
  mistakes_add (mistakes, place_of_mark (&parser->problem_mark),
                _ ("is not YAML; check the indentation, or put the value in quotes"));
}

/* The tree: libyaml's events, put together. */

/* Far beyond what the schema has (the top, a list, a vendor, a list, a document), so that a wrong indentation is
 * reported as a wrong shape; and VALUES_LIMIT is beyond any manifest that people keep. */
#define DEPTH_LIMIT 16
#define VALUES_LIMIT 1000000

typedef struct {
  YamlTree *tree;
  Mistakes *mistakes;
  YamlValue *open[DEPTH_LIMIT]; /* lists and maps that are not yet at their end */
  int depth;
  gboolean whole;  /* read to its end */
  const char *key; /* read in the innermost map, its value is yet to come */
  YamlPlace key_place;
} YamlReading;

static YamlPlace
place_of (const yaml_event_t *event)
{
  return (YamlPlace){(int)event->start_mark.line + 1, (int)event->start_mark.column + 1};
}

static gboolean
stop_at (YamlReading *reading, const yaml_event_t *event, const char *text)
{
  mistakes_add (reading->mistakes, place_of (event), "%s", text);
  return FALSE;
}

static YamlValue *
value_new (YamlReading *reading, const yaml_event_t *event, YamlKind kind)
{
  YamlValue *value = g_new0 (YamlValue, 1);
  value->kind = kind;
  value->place = place_of (event);
  g_ptr_array_add (reading->tree->values, value);
  return value;
}

/* To the innermost open list or map; FALSE: reading ends here. */
static gboolean
add_value (YamlReading *reading, YamlValue *value)
{
  YamlValue *parent = reading->depth ? reading->open[reading->depth - 1] : NULL;
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
is_key (const YamlReading *reading)
{
  return reading->depth && reading->open[reading->depth - 1]->kind == YAML_MAP && !reading->key;
}

static gboolean
read_text (YamlReading *reading, const yaml_event_t *event)
{
  const char *bytes = (const char *)event->data.scalar.value;
  gsize length = event->data.scalar.length;
  const char *text = g_string_chunk_insert_len (reading->tree->texts, bytes, length);
  if (is_key (reading)) {
    reading->key = text;
    reading->key_place = place_of (event);
    return TRUE;
  }
  YamlValue *value = value_new (reading, event, YAML_TEXT);
  value->text = text;
  value->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
  value->has_nul = strlen (text) < length;
  return add_value (reading, value);
}

static gboolean
open_value (YamlReading *reading, const yaml_event_t *event, YamlKind kind)
{
  if (is_key (reading))
    return stop_at (reading, event, _ ("a key is one word; put the value in quotes"));
  if (reading->depth == DEPTH_LIMIT)
    return stop_at (reading, event,
                    _ ("is nested too deeply; a manifest has vendors and documents, and nothing below"));
  YamlValue *value = value_new (reading, event, kind);
  add_value (reading, value);
  reading->open[reading->depth++] = value;
  return TRUE;
}

static gboolean
read_alias (YamlReading *reading, const yaml_event_t *event)
{
  mistakes_add (reading->mistakes, place_of (event),
                _ ("an alias ('*'); a manifest has none, write the value itself, or put it in quotes"));
  return is_key (reading) ? FALSE : add_value (reading, value_new (reading, event, YAML_WRONG));
}

/* Anchors and tags come before a value, which is read all the same. */
static void
check_properties (YamlReading *reading, const yaml_event_t *event, const yaml_char_t *anchor, const yaml_char_t *tag)
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
read_event (YamlReading *reading, const yaml_event_t *event)
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
    return open_value (reading, event, YAML_LIST);
  case YAML_MAPPING_START_EVENT:
    check_properties (reading, event, event->data.mapping_start.anchor, event->data.mapping_start.tag);
    return open_value (reading, event, YAML_MAP);
  case YAML_SEQUENCE_END_EVENT:
  case YAML_MAPPING_END_EVENT:
    reading->depth--;
    return TRUE;
  case YAML_ALIAS_EVENT:
    return read_alias (reading, event);
  case YAML_STREAM_END_EVENT:
    reading->whole = TRUE;
    return FALSE;
  default:
    return TRUE;
  }
}

YamlTree *
yaml_tree_from_bytes (GBytes *bytes, Mistakes *mistakes)
{
  if (!characters_are_good (bytes, mistakes))
    return NULL;
  g_autoptr (YamlTree) tree = g_new0 (YamlTree, 1);
  tree->values = g_ptr_array_new_with_free_func (g_free);
  tree->texts = g_string_chunk_new (64 * 1024);
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  yaml_parser_t parser;
  yaml_parser_initialize (&parser);
  yaml_parser_set_input_string (&parser, data ? data : (const void *)"", size);
  YamlReading reading = {.tree = tree, .mistakes = mistakes};
  for (gboolean more = TRUE; more;) {
    yaml_event_t event;
    if (!yaml_parser_parse (&parser, &event)) {
      add_syntax_mistake (&parser, bytes, mistakes);
      break;
    }
    more = read_event (&reading, &event);
    yaml_event_delete (&event);
  }
  yaml_parser_delete (&parser);
  return reading.whole ? g_steal_pointer (&tree) : NULL;
}

void
yaml_tree_free (YamlTree *tree)
{
  g_ptr_array_unref (tree->values);
  g_string_chunk_free (tree->texts);
  g_free (tree);
}

const YamlValue *
yaml_value (const YamlValue *map, const char *key)
{
  const YamlValue *value = map && map->kind == YAML_MAP ? map->first : NULL;
  while (value && (!value->key || strcmp (value->key, key)))
    value = value->next;
  return value;
}

gboolean
yaml_value_is_empty (const YamlValue *value)
{
  static const char *const empty[] = {"", "~", "null", "Null", "NULL", NULL};
  return value->kind == YAML_TEXT && !value->has_nul &&
         (value->plain ? g_strv_contains (empty, value->text) : *value->text == '\0');
}
