/* needed_characters.c - see needed_characters.h */
#include "patterns/needed_characters.h"

#include "text/character.h"

#include <string.h>

#define CHOICE_CHARACTERS 96 /* one of more characters is not asked for */
#define CHOICES 3            /* as many are kept, those of the fewest characters */

/* Fewer alternatives are tried as quickly as their first characters are looked for; more characters take as long. Measured
 * on the patterns' own expressions. */
#define ALTERNATIVES_LEAST 6
#define BEGINNING_CHARACTERS 160

/* Texts */

#define BITS (G_N_ELEMENTS (((TextCharacters *)NULL)->bits) * 64)

/* ASCII has bits of its own. */
static guint
bit_of (gunichar character)
{
  return character < 128 ? character : 128 + character % (BITS - 128);
}

void
text_characters_read (TextCharacters *characters, const char *text, gsize length)
{
  memset (characters, 0, sizeof *characters);
  for (const char *at = text; at < text + length; at = g_utf8_next_char (at)) {
    guint bit = bit_of (character_at (at));
    characters->bits[bit / 64] |= G_GUINT64_CONSTANT (1) << bit % 64;
  }
}

gboolean
text_characters_have (const TextCharacters *characters, const NeededCharacters *needed)
{
  for (; needed && *needed; needed++) {
    gboolean found = FALSE;
    for (; *needed && !found; needed++) {
      guint bit = bit_of (*needed);
      found = characters->bits[bit / 64] >> bit % 64 & 1;
    }
    if (!found)
      return FALSE;
    while (*needed)
      needed++;
  }
  return TRUE;
}

#define FIRST_BITS (G_N_ELEMENTS (((FirstCharacters *)NULL)->bits) * 64)

static guint
first_bit_of (gunichar character)
{
  return character < 128 ? character : 128 + character % (FIRST_BITS - 128);
}

gboolean
first_characters_have (const FirstCharacters *first, const char *at)
{
  guint bit = first_bit_of (character_at (at));
  return first->bits[bit / 64] >> bit % 64 & 1;
}

/* Expressions */

/* One of these characters; none: not known, so not asked for. */
typedef struct {
  guint count;
  gunichar characters[CHOICE_CHARACTERS];
  gboolean spaces; /* or white space */
  gboolean others; /* or a character that is not listed */
  gboolean empty;  /* or none at all */
} CharacterChoice;

/* What a part of an expression begins with. */
typedef struct {
  FirstCharacters characters;
  gunichar list[BEGINNING_CHARACTERS]; /* the same ones */
  guint count;
  gboolean more;   /* the list lacks some */
  gboolean others; /* or a character that is not listed */
  gboolean empty;  /* or nothing: what comes next is the beginning */
} Beginning;

/* A group of many alternatives. */
typedef struct {
  const char *start, *end; /* what is between its brackets */
  Beginning beginning;
} AlternativesGroup;

/* One character of each choice. */
typedef struct {
  guint count;
  CharacterChoice choices[CHOICES];
  Beginning beginning;
} Needs;

typedef struct {
  const char *at;
  ExpressionOptions options;
  gboolean unknown;  /* the expression has something that is not known here */
  GArray *groups;    /* AlternativesGroup, those of many alternatives and known beginnings; NULL: not asked for */
  GHashTable *named; /* char * -> Needs, of the groups that were read so far, for (?&name) */
} ExpressionReading;

static guint read_alternatives (ExpressionReading *reading, Needs *needs);

static gboolean
choice_has (const CharacterChoice *choice, gunichar character)
{
  for (guint i = 0; i < choice->count; i++)
    if (choice->characters[i] == character)
      return TRUE;
  return FALSE;
}

/* Always FALSE. */
static gboolean
choice_is_unknown (CharacterChoice *choice)
{
  choice->others = TRUE;
  return FALSE;
}

/* FALSE: there are too many. */
static gboolean
choice_add (CharacterChoice *choice, gunichar character)
{
  if (choice_has (choice, character))
    return TRUE;
  if (choice->count == CHOICE_CHARACTERS)
    return choice_is_unknown (choice);
  choice->characters[choice->count++] = character;
  return TRUE;
}

/* Where case does not matter, an ASCII letter is both of its cases, k and s the Kelvin sign and the long s too. */
static gboolean
choice_add_cased (CharacterChoice *choice, gunichar character, gboolean caseless)
{
  gunichar lower = g_unichar_tolower (character), upper = g_unichar_toupper (character);
  if (!caseless || (lower == upper && !g_unichar_islower (character)))
    return choice_add (choice, character);
  if (character >= 0x80)
    return choice_is_unknown (choice);
  return choice_add (choice, lower) && choice_add (choice, upper) && (lower != 'k' || choice_add (choice, 0x212A)) &&
         (lower != 's' || choice_add (choice, 0x017F));
}

static gboolean
choice_add_digits (CharacterChoice *choice, const ExpressionReading *reading)
{
  gboolean good = reading->options.ascii || choice_is_unknown (choice);
  for (gunichar digit = '0'; digit <= '9' && good; digit++)
    good = choice_add (choice, digit);
  return good;
}

/* Of Unicode, as \s, with PCRE2_UCP. */
static const gunichar spaces[] = {9,      10,     11,     12,     13,     0x20,   0x85,   0xA0,   0x1680,
                                  0x180E, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007,
                                  0x2008, 0x2009, 0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000};

static void
beginning_add (Beginning *beginning, gunichar character)
{
  guint bit = first_bit_of (character);
  beginning->characters.bits[bit / 64] |= G_GUINT64_CONSTANT (1) << bit % 64;
  for (guint i = 0; i < beginning->count; i++)
    if (beginning->list[i] == character)
      return;
  if (beginning->count < BEGINNING_CHARACTERS)
    beginning->list[beginning->count++] = character;
  else
    beginning->more = TRUE;
}

static Beginning
beginning_of_choice (const CharacterChoice *choice)
{
  Beginning beginning = {.others = choice->others, .empty = choice->empty};
  for (guint i = 0; i < choice->count; i++)
    beginning_add (&beginning, choice->characters[i]);
  for (gsize i = 0; choice->spaces && i < G_N_ELEMENTS (spaces); i++)
    beginning_add (&beginning, spaces[i]);
  return beginning;
}

/* What begins as either. */
static Beginning
beginning_of_either (Beginning one, Beginning other)
{
  for (gsize i = 0; i < G_N_ELEMENTS (one.characters.bits); i++)
    one.characters.bits[i] |= other.characters.bits[i];
  for (guint i = 0; i < other.count; i++)
    beginning_add (&one, other.list[i]);
  one.more |= other.more;
  one.others |= other.others;
  one.empty |= other.empty;
  return one;
}

/* What begins as ONE, and where that is empty as NEXT. */
static Beginning
beginning_of_both (Beginning one, Beginning next)
{
  if (!one.empty)
    return one;
  one = beginning_of_either (one, next);
  one.empty = next.empty;
  return one;
}

static const Beginning no_beginning = {.empty = TRUE}, any_beginning = {.others = TRUE, .empty = TRUE};

static void
needs_add (Needs *needs, const CharacterChoice *choice)
{
  if (!choice->count)
    return;
  if (needs->count < CHOICES) {
    needs->choices[needs->count++] = *choice;
    return;
  }
  CharacterChoice *largest = &needs->choices[0];
  for (guint i = 1; i < CHOICES; i++)
    largest = needs->choices[i].count > largest->count ? &needs->choices[i] : largest;
  if (choice->count < largest->count)
    *largest = *choice;
}

static const CharacterChoice *
smallest_choice (const Needs *needs)
{
  const CharacterChoice *smallest = &needs->choices[0];
  for (guint i = 1; i < needs->count; i++)
    smallest = needs->choices[i].count < smallest->count ? &needs->choices[i] : smallest;
  return smallest;
}

static gboolean
accept (ExpressionReading *reading, const char *text)
{
  if (!g_str_has_prefix (reading->at, text))
    return FALSE;
  reading->at += strlen (text);
  return TRUE;
}

static void
skip_behind (ExpressionReading *reading, char last)
{
  const char *found = strchr (reading->at, last);
  reading->unknown |= !found;
  reading->at = found ? found + 1 : reading->at + strlen (reading->at);
}

static gunichar
take_character (ExpressionReading *reading)
{
  gunichar character = g_utf8_get_char (reading->at);
  reading->at += *reading->at ? g_utf8_next_char (reading->at) - reading->at : 0;
  return character;
}

/* Behind "\x". */
static gunichar
take_code_point (ExpressionReading *reading)
{
  gboolean braces = accept (reading, "{");
  gunichar code = 0;
  for (int i = 0; g_ascii_isxdigit (*reading->at) && (braces || i < 2); i++)
    code = code * 16 + (gunichar)g_ascii_xdigit_value (*reading->at++);
  if (braces)
    skip_behind (reading, '}');
  return code;
}

/* The character of the escape of LETTER, which is behind us; 0: it is not one character. */
static gunichar
character_of_escape (ExpressionReading *reading, char letter)
{
  static const char letters[] = "ntrfea", characters[] = "\n\t\r\f\x1B\a";
  const char *control = strchr (letters, letter);
  if (letter == 'x')
    return take_code_point (reading);
  if (control)
    return (guchar)characters[control - letters];
  return g_ascii_isalnum (letter) ? 0 : (guchar)letter;
}

/* Behind the "\" of an escape, in a class or outside of it. FALSE: it asks for nothing. */
static gboolean
read_escape (ExpressionReading *reading, CharacterChoice *choice)
{
  char letter = *reading->at;
  if (!letter || (guchar)letter >= 0x80 || strchr ("QEcoNCRX", letter) || g_ascii_isdigit (letter)) {
    reading->unknown = TRUE;
    return FALSE;
  }
  reading->at++;
  if (letter == 'd')
    return choice_add_digits (choice, reading);
  gunichar character = character_of_escape (reading, letter);
  if (character)
    return choice_add_cased (choice, character, reading->options.caseless);
  if (strchr ("pPgk", letter) && *reading->at == '{')
    skip_behind (reading, '}');
  else if (strchr ("pP", letter))
    take_character (reading);
  else
    reading->unknown |= !strchr ("sSwWDhHvVbBAzZGK", letter);
  choice->spaces |= letter == 's';
  choice->empty |= strchr ("bBAzZGKgk", letter) != NULL;
  choice->others |= !strchr ("sbBAzZGK", letter);
  return FALSE;
}

/* The characters after FIRST up to the one that comes next. FALSE: they are too many. */
static gboolean
read_range (ExpressionReading *reading, gunichar first, CharacterChoice *choice)
{
  gunichar last = take_character (reading);
  if (last == '\\')
    last = character_of_escape (reading, *reading->at ? *reading->at++ : '\\');
  if (last < first || last - first >= CHOICE_CHARACTERS)
    return choice_is_unknown (choice);
  for (gunichar character = first + 1; character <= last; character++)
    if (!choice_add_cased (choice, character, reading->options.caseless))
      return FALSE;
  return TRUE;
}

/* One element of a class. FALSE: it asks for nothing. */
static gboolean
read_element (ExpressionReading *reading, CharacterChoice *choice)
{
  if (*reading->at == '[' && reading->at[1] && strchr (":.=", reading->at[1])) {
    reading->unknown = TRUE;
    return FALSE;
  }
  const char *start = reading->at;
  gunichar first = take_character (reading);
  gboolean known;
  if (first == '\\') {
    known = read_escape (reading, choice);
    ExpressionReading again = {.at = start + 2};
    first = reading->unknown ? 0 : character_of_escape (&again, start[1]);
  } else
    known = choice_add_cased (choice, first, reading->options.caseless);
  if (*reading->at != '-' || reading->at[1] == ']' || !first)
    return known;
  reading->at++;
  return read_range (reading, first, choice) && known;
}

/* Behind the "[". FALSE: it asks for nothing. */
static gboolean
read_class (ExpressionReading *reading, CharacterChoice *choice)
{
  gboolean known = !accept (reading, "^") || choice_is_unknown (choice);
  for (gboolean first = TRUE; *reading->at && (first || *reading->at != ']') && !reading->unknown; first = FALSE)
    known = read_element (reading, choice) && known;
  reading->unknown |= !accept (reading, "]");
  choice->others |= choice->empty; /* \b is a character here */
  choice->empty = FALSE;
  return known;
}

static void
read_group (ExpressionReading *reading, Needs *needs)
{
  const char *start = reading->at;
  guint alternatives = read_alternatives (reading, needs);
  const Beginning *beginning = &needs->beginning;
  if (reading->groups && alternatives >= ALTERNATIVES_LEAST && !beginning->others && !beginning->empty &&
      !beginning->more) {
    const AlternativesGroup group = {start, reading->at, *beginning};
    g_array_append_val (reading->groups, group);
  }
  reading->unknown |= !accept (reading, ")");
}

/* What must stand, or must not, before the place: its alternatives may have no group of their own around them. */
static void
read_group_behind (ExpressionReading *reading, Needs *needs)
{
  GArray *groups = reading->groups;
  reading->groups = NULL;
  read_group (reading, needs);
  reading->groups = groups;
}

/* Behind "(?<". */
static void
read_named_group (ExpressionReading *reading, Needs *needs)
{
  const char *name = reading->at;
  skip_behind (reading, '>');
  g_autofree char *key = g_strndup (name, reading->at - name - (reading->at > name));
  read_group (reading, needs);
  if (!g_hash_table_contains (reading->named, key)) /* of several with one name, the first is called */
    g_hash_table_insert (reading->named, g_steal_pointer (&key), g_memdup2 (needs, sizeof *needs));
}

/* Behind "(?&". */
static void
read_call (ExpressionReading *reading, Needs *needs)
{
  const char *name = reading->at;
  skip_behind (reading, ')');
  g_autofree char *key = g_strndup (name, reading->at - name - (reading->at > name));
  const Needs *called = g_hash_table_lookup (reading->named, key);
  if (called)
    *needs = *called;
  else
    needs->beginning = any_beginning;
}

/* Behind "(?". What must stand before or behind is in the text too. */
static void
read_special_group (ExpressionReading *reading, Needs *needs)
{
  if (accept (reading, ":") || accept (reading, ">"))
    read_group (reading, needs);
  else if (accept (reading, "=")) {
    read_group (reading, needs);
    needs->beginning = no_beginning;
  } else if (accept (reading, "<=")) {
    read_group_behind (reading, needs);
    needs->beginning = no_beginning;
  } else if (accept (reading, "!") || accept (reading, "(DEFINE)")) {
    read_group (reading, needs);
    needs->count = 0;
    needs->beginning = no_beginning;
  } else if (accept (reading, "<!")) {
    read_group_behind (reading, needs);
    needs->count = 0;
    needs->beginning = no_beginning;
  } else if (accept (reading, "<"))
    read_named_group (reading, needs);
  else if (accept (reading, "&"))
    read_call (reading, needs);
  else
    reading->unknown = TRUE;
}

static void
read_atom (ExpressionReading *reading, Needs *needs)
{
  CharacterChoice choice = {0};
  needs->count = 0;
  if (accept (reading, "(?")) {
    read_special_group (reading, needs);
  } else if (accept (reading, "(*")) {
    reading->unknown = TRUE;
  } else if (accept (reading, "(")) {
    read_group (reading, needs);
  } else {
    gboolean known = FALSE;
    if (accept (reading, "["))
      known = read_class (reading, &choice);
    else if (accept (reading, "\\"))
      known = read_escape (reading, &choice);
    else if (accept (reading, "^") || accept (reading, "$"))
      choice.empty = TRUE;
    else if (accept (reading, "."))
      choice.others = TRUE;
    else
      known = choice_add_cased (&choice, take_character (reading), reading->options.caseless);
    needs->beginning = beginning_of_choice (&choice);
    if (known)
      needs_add (needs, &choice);
  }
}

/* Whether what comes before may be left out. */
static gboolean
read_quantifier (ExpressionReading *reading)
{
  gsize counts = *reading->at == '{' ? 1 + strspn (reading->at + 1, "0123456789,") : 0;
  gboolean optional;
  if (counts > 1 && reading->at[counts] == '}') {
    optional = g_ascii_strtoull (reading->at + 1, NULL, 10) == 0;
    reading->at += counts + 1;
  } else if (*reading->at && strchr ("?*+", *reading->at))
    optional = *reading->at++ != '+';
  else
    return FALSE;
  if (*reading->at && strchr ("?+", *reading->at))
    reading->at++;
  return optional;
}

static void
skip_what_is_for_reading (ExpressionReading *reading)
{
  while (reading->options.extended && (g_ascii_isspace (*reading->at) || *reading->at == '#'))
    reading->at += *reading->at == '#' ? strcspn (reading->at, "\n") : 1;
}

static void
read_sequence (ExpressionReading *reading, Needs *needs)
{
  needs->count = 0;
  needs->beginning = no_beginning;
  for (;;) {
    Needs atom;
    skip_what_is_for_reading (reading);
    if (!*reading->at || strchr ("|)", *reading->at) || reading->unknown)
      return;
    read_atom (reading, &atom);
    skip_what_is_for_reading (reading);
    gboolean optional = read_quantifier (reading);
    atom.beginning.empty |= optional;
    needs->beginning = beginning_of_both (needs->beginning, atom.beginning);
    for (guint i = 0; i < atom.count && !optional; i++)
      needs_add (needs, &atom.choices[i]);
  }
}

/* Of several alternatives, one character of the smallest choice of each. The number of alternatives. */
static guint
read_alternatives (ExpressionReading *reading, Needs *needs)
{
  guint count = 1;
  read_sequence (reading, needs);
  if (*reading->at != '|')
    return count;
  CharacterChoice any = {0};
  Beginning beginning = needs->beginning;
  gboolean known = needs->count > 0;
  if (known)
    any = *smallest_choice (needs);
  for (; accept (reading, "|"); count++) {
    read_sequence (reading, needs);
    beginning = beginning_of_either (beginning, needs->beginning);
    known = known && needs->count > 0;
    const CharacterChoice *choice = smallest_choice (needs);
    for (guint i = 0; known && i < choice->count; i++)
      known = choice_add (&any, choice->characters[i]);
  }
  needs->count = 0;
  needs->beginning = beginning;
  if (known)
    needs_add (needs, &any);
  return count;
}

/* FALSE: nothing is known of it. It is read twice: a group may be called before it is defined. GROUPS: those of many
 * alternatives are added to it; NULL: not asked for. */
static gboolean
needs_from_expression (const char *expression, ExpressionOptions options, Needs *needs, GArray *groups)
{
  g_autoptr (GHashTable) named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (int i = 0; i < 2; i++) {
    ExpressionReading reading = {.at = expression, .options = options, .named = named, .groups = i ? groups : NULL};
    read_alternatives (&reading, needs);
    if (reading.unknown || *reading.at)
      return FALSE;
  }
  return TRUE;
}

gboolean
first_characters_from_expression (const char *expression, ExpressionOptions options, FirstCharacters *first)
{
  Needs needs;
  if (!needs_from_expression (expression, options, &needs, NULL) || needs.beginning.others || needs.beginning.empty)
    return FALSE;
  *first = needs.beginning.characters;
  return TRUE;
}

NeededCharacters *
needed_characters_from_expression (const char *expression, ExpressionOptions options)
{
  Needs needs;
  if (!needs_from_expression (expression, options, &needs, NULL) || !needs.count)
    return NULL;
  gsize length = 1;
  for (guint i = 0; i < needs.count; i++)
    length += needs.choices[i].count + 1;
  NeededCharacters *needed = g_new0 (NeededCharacters, length), *end = needed;
  for (guint i = 0; i < needs.count; i++, end++)
    for (guint j = 0; j < needs.choices[i].count; j++)
      *end++ = needs.choices[i].characters[j];
  return needed;
}

/* What is put into an expression at a place: what opens or closes a group. */
typedef struct {
  const char *at;
  const Beginning *opened; /* NULL: it closes */
} InsertedBracket;

static int
compare_inserted (gconstpointer a, gconstpointer b)
{
  const InsertedBracket *one = a, *other = b;
  return one->at < other->at ? -1 : one->at > other->at;
}

static void
append_look_ahead (GString *text, const Beginning *beginning)
{
  g_string_append (text, "(?=[");
  for (guint i = 0; i < beginning->count; i++)
    g_string_append_printf (text, "\\x{%X}", beginning->list[i]);
  g_string_append (text, "])(?:");
}

char *
expression_with_look_aheads (const char *expression, ExpressionOptions options)
{
  Needs needs;
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (AlternativesGroup));
  if (!needs_from_expression (expression, options, &needs, groups) || groups->len == 0)
    return NULL;
  g_autoptr (GArray) brackets = g_array_new (FALSE, FALSE, sizeof (InsertedBracket));
  for (guint i = 0; i < groups->len; i++) {
    const AlternativesGroup *group = &g_array_index (groups, AlternativesGroup, i);
    const InsertedBracket both[] = {{group->start, &group->beginning}, {group->end, NULL}};
    g_array_append_vals (brackets, both, 2);
  }
  g_array_sort (brackets, compare_inserted);
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < brackets->len; i++) {
    const InsertedBracket *bracket = &g_array_index (brackets, InsertedBracket, i);
    g_string_append_len (text, expression, bracket->at - expression);
    expression = bracket->at;
    if (bracket->opened)
      append_look_ahead (text, bracket->opened);
    else
      g_string_append_c (text, ')');
  }
  return g_string_free (g_string_append (text, expression), FALSE);
}
