/* requirement_expression.c - see requirement.h: what an expression asks for, read off it */
#include "patterns/requirement_node.h"
#include "text/character.h"

#include <string.h>

/* A class of more characters asks for nothing. */
#define CLASS_CHARACTERS_MOST 32
#define NODES_USUAL 1024

/* Each function adds the node of what it reads, or none where that asks for nothing */

typedef struct {
  const char *at;
  RequirementOptions options;
  gboolean unknown; /* something is not known here: the whole asks for nothing */
  Node *nodes;
  guint count, room;
} Reader;

static void read_alternatives (Reader *reader);

/* As strchr, whose call costs more than what is done here for most characters. */
static inline gboolean
is_any_of (char character, const char *characters)
{
  for (; *characters; characters++)
    if (character == *characters)
      return TRUE;
  return FALSE;
}

/* Gives its index. */
static guint
begin (Reader *reader, Kind kind)
{
  if (reader->count == reader->room) {
    reader->room = MAX (2 * reader->room, NODES_USUAL);
    reader->nodes = g_renew (Node, reader->nodes, reader->room);
  }
  reader->nodes[reader->count] = (Node){.kind = kind, .span = 1};
  return reader->count++;
}

/* What has one node below it is that node. */
static void
end (Reader *reader, guint index)
{
  Node *node = &reader->nodes[index];
  node->span = reader->count - index;
  if (node->span > 1 && node[1].span == node->span - 1)
    memmove (node, node + 1, (--reader->count - index) * sizeof (Node));
}

/* Takes back the nodes from INDEX on. */
static void
drop (Reader *reader, guint index)
{
  reader->count = index;
}

static gboolean
accept (Reader *reader, const char *text)
{
  gsize length = 0;
  for (; text[length]; length++)
    if (reader->at[length] != text[length])
      return FALSE;
  reader->at += length;
  return TRUE;
}

static void
skip_behind (Reader *reader, char last)
{
  const char *found = strchr (reader->at, last);
  reader->unknown |= !found;
  reader->at = found ? found + 1 : reader->at;
}

static void
add_digit (Reader *reader)
{
  begin (reader, DIGIT);
}

static gboolean
is_cased (gunichar character)
{
  return g_unichar_tolower (character) != character || g_unichar_toupper (character) != character;
}

/* Where case does not matter, ASCII letters stand for both of theirs; others, and k and s, which have a third (U+212A,
 * U+017F), ask for nothing. */
static void
add_character (Reader *reader, gunichar character)
{
  if (reader->options.caseless && (character >= 0x80 ? is_cased (character) : is_any_of ((char)character, "kKsS")))
    return;
  Node *node = &reader->nodes[begin (reader, CHARACTER)];
  node->character = character;
  node->bit = bit_of_character (character);
}

static gunichar
next_character (Reader *reader)
{
  gunichar character = character_at (reader->at);
  reader->at = g_utf8_next_char (reader->at);
  return character;
}

/* Behind "\x". */
static gunichar
read_code_point (Reader *reader)
{
  gboolean braces = accept (reader, "{");
  gunichar code = 0;
  for (int i = 0; g_ascii_isxdigit (*reader->at) && (braces || i < 2); i++)
    code = code * 16 + (gunichar)g_ascii_xdigit_value (*reader->at++);
  if (braces)
    skip_behind (reader, '}');
  return code;
}

/* The escapes that stand for one character. */
static const struct {
  char letter, character;
} controls[] = {{'n', '\n'}, {'t', '\t'}, {'r', '\r'}, {'f', '\f'}, {'e', 27}, {'a', 7}};

static gboolean
character_of_escape (Reader *reader, char letter, gunichar *character)
{
  *character = (guchar)letter;
  reader->unknown |= (guchar)letter >= 0x80;
  if (letter == 'x')
    *character = read_code_point (reader);
  for (gsize i = 0; i < G_N_ELEMENTS (controls); i++)
    if (controls[i].letter == letter)
      *character = (guchar)controls[i].character;
  return letter == 'x' || *character != (guchar)letter || !g_ascii_isalnum (letter);
}

/* Escapes that take more behind them, and ask for nothing: \p{L}, \g{-1}, \k<name>, \12. */
static void
skip_argument (Reader *reader, char letter)
{
  if (is_any_of (letter, "pPgk") && is_any_of (*reader->at, "{<'"))
    skip_behind (reader, *reader->at == '{' ? '}' : *reader->at == '<' ? '>' : '\'');
  else if (is_any_of (letter, "pP"))
    next_character (reader);
  else if (letter == 'g' || g_ascii_isdigit (letter))
    reader->at += strspn (reader->at, "+-0123456789");
}

/* Behind the "\"; the same in a class and outside of it. */
static void
read_escape (Reader *reader)
{
  gunichar character;
  char letter = *reader->at;
  if (!letter || is_any_of (letter, "QEcoNC0")) {
    reader->unknown = TRUE;
    return;
  }
  reader->at++;
  if (letter == 'd')
    add_digit (reader);
  else if (character_of_escape (reader, letter, &character))
    add_character (reader, character);
  else
    skip_argument (reader, letter);
}

/* The characters from FIRST, which is behind us, to the one read now. Nothing: they are too many. */
static void
read_range (Reader *reader, gunichar first)
{
  guint before = reader->count;
  gunichar last = next_character (reader);
  if (last == '\\' && !character_of_escape (reader, *reader->at++, &last))
    last = 0;
  if (last < first || last - first >= CLASS_CHARACTERS_MOST)
    return;
  if (first == '0' && last == '9') {
    add_digit (reader);
    return;
  }
  for (gunichar character = first; character <= last; character++) {
    guint here = reader->count;
    add_character (reader, character);
    if (reader->count == here) {
      drop (reader, before);
      return;
    }
  }
}

/* One element of a class; FALSE: it asks for nothing. */
static gboolean
read_element (Reader *reader)
{
  guint before = reader->count;
  gboolean escaped = accept (reader, "\\");
  if (escaped)
    read_escape (reader);
  else if (*reader->at == '[' && is_any_of (reader->at[1], ":.="))
    reader->unknown = TRUE;
  else
    add_character (reader, next_character (reader));
  if (reader->unknown || reader->count == before)
    return FALSE;
  const Node read = reader->nodes[before];
  if (*reader->at != '-' || reader->at[1] == ']' || read.kind != CHARACTER)
    return TRUE;
  reader->at++;
  drop (reader, before);
  read_range (reader, read.character);
  return reader->count > before;
}

/* Behind the "[". */
static void
read_class (Reader *reader)
{
  guint index = begin (reader, ANY);
  gboolean asks = !accept (reader, "^"), first = TRUE;
  for (; *reader->at && (first || *reader->at != ']') && !reader->unknown; first = FALSE)
    asks = read_element (reader) && asks;
  reader->unknown |= !accept (reader, "]");
  if (asks && reader->count - index <= CLASS_CHARACTERS_MOST)
    end (reader, index);
  else
    drop (reader, index);
}

static void
read_group_to_its_end (Reader *reader)
{
  read_alternatives (reader);
  reader->unknown |= !accept (reader, ")");
}

static void
skip_group (Reader *reader)
{
  guint before = reader->count;
  read_group_to_its_end (reader);
  drop (reader, before);
}

/* Behind "(?<" or "(?'", where a name begins that LAST ends. */
static void
read_named_group (Reader *reader, char last)
{
  skip_behind (reader, last);
  read_group_to_its_end (reader);
}

/* Behind "(?". A group that is looked at ahead or behind must be in the text too. Of a condition nothing is asked, nor
 * of a group that is called by its name or number. */
static void
read_special_group (Reader *reader)
{
  if (accept (reader, ":") || accept (reader, ">") || accept (reader, "|") || accept (reader, "=") ||
      accept (reader, "<="))
    read_group_to_its_end (reader);
  else if (accept (reader, "!") || accept (reader, "<!") || *reader->at == '(')
    skip_group (reader);
  else if (accept (reader, "<") || accept (reader, "P<"))
    read_named_group (reader, '>');
  else if (accept (reader, "'"))
    read_named_group (reader, '\'');
  else if (is_any_of (*reader->at, "&R0123456789#"))
    skip_behind (reader, ')');
  else
    reader->unknown = TRUE;
}

static void
read_atom (Reader *reader)
{
  if (accept (reader, "(?"))
    read_special_group (reader);
  else if (accept (reader, "(*"))
    reader->unknown = TRUE;
  else if (accept (reader, "("))
    read_group_to_its_end (reader);
  else if (accept (reader, "["))
    read_class (reader);
  else if (accept (reader, "\\"))
    read_escape (reader);
  else if (is_any_of (*reader->at, ".^$"))
    reader->at++;
  else
    add_character (reader, next_character (reader));
}

/* Whether what is repeated may be there no times at all. */
static gboolean
read_quantifier (Reader *reader)
{
  gboolean optional = FALSE;
  gsize counts = *reader->at == '{' ? 1 + strspn (reader->at + 1, "0123456789, ") : 0;
  if (counts > 1 && reader->at[counts] == '}') {
    optional = g_ascii_strtoull (reader->at + 1, NULL, 10) == 0;
    reader->at += counts + 1;
  } else if (is_any_of (*reader->at, "?*+"))
    optional = *reader->at++ != '+';
  else
    return FALSE;
  if (is_any_of (*reader->at, "?+"))
    reader->at++;
  return optional;
}

static gboolean
skip_what_is_for_reading (Reader *reader)
{
  const char *before = reader->at;
  if (reader->options.extended && g_ascii_isspace (*reader->at))
    reader->at++;
  else if (reader->options.extended && *reader->at == '#')
    reader->at += strcspn (reader->at, "\n");
  return reader->at > before;
}

static void
read_sequence (Reader *reader)
{
  guint index = begin (reader, ALL);
  while (*reader->at && !is_any_of (*reader->at, "|)") && !reader->unknown) {
    if (skip_what_is_for_reading (reader))
      continue;
    guint before = reader->count;
    read_atom (reader);
    while (skip_what_is_for_reading (reader))
      ;
    if (read_quantifier (reader))
      drop (reader, before);
  }
  end (reader, index);
}

static gboolean
asks_for_nothing (const Reader *reader, guint index)
{
  const Node *node = &reader->nodes[index];
  return node->kind == ALL && node->span == 1;
}

/* Where one of the alternatives asks for nothing, all of them together do. */
static void
read_alternatives (Reader *reader)
{
  guint index = begin (reader, ANY);
  gboolean asks = TRUE;
  do {
    guint alternative = reader->count;
    read_sequence (reader);
    asks = asks && !asks_for_nothing (reader, alternative);
  } while (accept (reader, "|"));
  if (asks)
    end (reader, index);
  else
    drop (reader, index);
}

Requirement *
requirement_from_expression (const char *expression, RequirementOptions options)
{
  static Node *nodes; /* room for any, kept: there are hundreds of expressions */
  static guint room;
  Reader reader = {.at = expression, .options = options, .nodes = nodes, .room = room};
  read_alternatives (&reader);
  nodes = reader.nodes;
  room = reader.room;
  guint count = reader.unknown || *reader.at ? 0 : reader.count;
  Requirement *requirement = g_malloc (sizeof (Requirement) + count * sizeof (Node));
  requirement->count = count;
  if (count)
    memcpy (requirement->nodes, nodes, count * sizeof (Node));
  return requirement;
}
