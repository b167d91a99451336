/* manifest_syntax.c - see manifest_parts.h: what keeps a file from being YAML, in plain words. */
#include "refresh/manifest/manifest_parts.h"

#include <glib/gi18n.h>
#include <string.h>
#include <yaml.h>

/* Characters */

/* Moves PLACE over the character at AT, of which LENGTH bytes are left; gives how many bytes it has. */
static gsize
step (ManifestPlace *place, const char *at, gsize length)
{
  gsize bytes = MIN ((gsize)(g_utf8_next_char (at) - at), length);
  gboolean pair = *at == '\r' && length > 1 && at[1] == '\n';
  if (*at == '\n' || *at == '\r')
    *place = (ManifestPlace){place->line + 1, 1};
  else
    place->column++;
  return pair ? 2 : bytes;
}

/* How many bytes the byte order mark has, which counts as no character. */
static gsize
mark_length (const char *data, gsize size)
{
  return size >= 3 && !memcmp (data, "\xef\xbb\xbf", 3) ? 3 : 0;
}

static ManifestPlace
place_of_byte (const char *data, gsize offset)
{
  ManifestPlace place = {1, 1};
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

gboolean
manifest_characters_are_good (GBytes *bytes, Mistakes *mistakes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size), *end;
  if (size > 0 && !g_utf8_validate_len (data, size, &end) && *end != '\0') {
    mistakes_add (mistakes, is_utf16 (data, size) ? (ManifestPlace){1, 1} : place_of_byte (data, end - data),
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

/* Problems: libyaml's texts, and what they come to for a person who writes a list of documents. */

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
    {"found unexpected end of stream", N_ ("the quote that opens here is not closed; add the other one"), TRUE},
    {"found unexpected document indicator", N_ ("the quote that opens here is not closed; add the other one"), TRUE},
    {"mapping values are not allowed in this context",
     N_ ("a ':' where none can be; check the indentation, or put the value in quotes"), FALSE},
    {"mapping keys are not allowed in this context", N_ ("a '?' where none can be; put the value in quotes"), FALSE},
    {"could not find expected ':'", N_ ("a key without ':'; write it as 'key: value'"), TRUE},
    {"block sequence entries are not allowed in this context",
     N_ ("a '-' where no list can begin; begin it on a line of its own"), FALSE},
    {"did not find expected '-' indicator",
     N_ ("does not go on with the list above; check the indentation, and the '-' of an entry"), FALSE},
    {"did not find expected key", N_ ("belongs to nothing above; check the indentation"), FALSE},
    {"did not find expected <document start>", N_ ("belongs to nothing above; check the indentation"), FALSE},
    {"did not find expected ',' or ']'",
     N_ ("the '[' that opens here is not closed; add ']', or quotes around the value"), TRUE},
    {"did not find expected ',' or '}'",
     N_ ("the '{' that opens here is not closed; add '}', or quotes around the value"), TRUE},
    {"did not find expected node content", N_ ("a value is missing here"), FALSE},
    {"found a tab character", N_ ("a tab; use spaces"), FALSE},
    {"found undefined tag handle", N_ ("a tag ('!'); a manifest has none, put the value in quotes"), FALSE},
    {"found incompatible YAML document", N_ ("a version of YAML that is not read here; take the line out"), FALSE},
};

/* What a line cannot begin with. */
static const char *
problem_of_character (char character)
{
  if (character == '\t')
    return _ ("a tab; use spaces");
  return _ ("a value cannot begin with this character; put it in quotes");
}

static ManifestPlace
place_of_mark (const yaml_mark_t *mark)
{
  return (ManifestPlace){(int)mark->line + 1, (int)mark->column + 1};
}

/* The character at MARK, 0 after the last. libyaml's index counts characters, so the line is looked for. */
static char
character_at (GBytes *bytes, const yaml_mark_t *mark)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  gsize at = mark_length (data, size);
  ManifestPlace place = {1, 1}, wanted = place_of_mark (mark);
  while (at < size && (place.line < wanted.line || (place.line == wanted.line && place.column < wanted.column)))
    at += step (&place, data + at, size - at);
  return at < size ? data[at] : 0;
}

void
manifest_syntax_mistake (const struct yaml_parser_s *parser, GBytes *bytes, Mistakes *mistakes)
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
