/* needed_characters.c - see needed_characters.h */
#include "patterns/needed_characters.h"

#include "text/character.h"

#include <string.h>

#define CHOICE_CHARACTERS 96 /* one of more characters is not asked for */
#define CHOICE_PAIRS 24      /* or pairs, of two choices that follow each other */
#define CHOICES 3            /* as many are kept, those that fewest texts have */

/* Texts */

#define BITS (G_N_ELEMENTS (((TextCharacters *)NULL)->bits) * 64)
#define PAIR_BITS 4096 /* a power of two; they come behind those of single characters */
#define CHARACTER_BITS (BITS - PAIR_BITS)

static NeededCharacters
pair_of (gunichar before, gunichar character)
{
  return (NeededCharacters)before << 32 | character;
}

/* ASCII has bits of its own. */
static guint
bit_of_character (gunichar character)
{
  return character < 128 ? character : 128 + character % (CHARACTER_BITS - 128);
}

static guint
bit_of_pair (NeededCharacters pair)
{
  return CHARACTER_BITS + (guint)(pair * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15) >> 52);
}

static guint
bit_of (NeededCharacters needed)
{
  return needed >> 32 ? bit_of_pair (needed) : bit_of_character ((gunichar)needed);
}

static void
add_bit (TextCharacters *characters, guint bit)
{
  characters->bits[bit / 64] |= G_GUINT64_CONSTANT (1) << bit % 64;
}

void
text_characters_read (TextCharacters *characters, const char *text, gsize length)
{
  gunichar before = 0;
  memset (characters, 0, sizeof *characters);
  for (const char *at = text; at < text + length; at = g_utf8_next_char (at)) {
    gunichar character = character_at (at);
    add_bit (characters, bit_of_character (character));
    if (before)
      add_bit (characters, bit_of_pair (pair_of (before, character)));
    before = character;
  }
}

NeededBits *
needed_bits_from_characters (const NeededCharacters *needed)
{
  if (!needed)
    return NULL;
  const NeededBits end = 0;
  GArray *bits = g_array_new (TRUE, FALSE, sizeof (NeededBits));
  for (; *needed; needed++) {
    for (; *needed; needed++) {
      NeededBits bit = (NeededBits)bit_of (*needed);
      g_array_append_val (bits, bit);
    }
    g_array_append_val (bits, end);
  }
  return (NeededBits *)(gpointer)g_array_free (bits, FALSE);
}

gboolean
text_characters_have (const TextCharacters *characters, const NeededBits *needed)
{
  for (; needed && *needed; needed++) {
    gboolean found = FALSE;
    for (; *needed && !found; needed++)
      found = characters->bits[*needed / 64] >> *needed % 64 & 1;
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

/* One of these characters or pairs; none: not known, so not asked for. */
typedef struct {
  guint count;
  NeededCharacters characters[CHOICE_CHARACTERS];
  gboolean spaces; /* or white space */
  gboolean others; /* or a character that is not listed */
  gboolean empty;  /* or none at all */
} CharacterChoice;

/* What a part of an expression begins with. */
typedef struct {
  FirstCharacters characters;
  gboolean others; /* or a character that is not listed */
  gboolean empty;  /* or nothing: what comes next is the beginning */
} Beginning;

/* One character of each choice. */
typedef struct {
  guint count;
  CharacterChoice choices[CHOICES];
  Beginning beginning;
  gboolean is_character; /* it is one character of the only choice */
} Needs;

typedef struct {
  const char *at;
  ExpressionOptions options;
  gboolean unknown;  /* the expression has something that is not known here */
  GHashTable *named; /* char * -> Needs, of the groups that were read so far, for (?&name) */
} ExpressionReading;

static void read_alternatives (ExpressionReading *reading, Needs *needs);

static gboolean
choice_has (const CharacterChoice *choice, NeededCharacters character)
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
choice_add (CharacterChoice *choice, NeededCharacters character)
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
}

static Beginning
beginning_of_choice (const CharacterChoice *choice)
{
  Beginning beginning = {.others = choice->others, .empty = choice->empty};
  for (guint i = 0; i < choice->count; i++)
    beginning_add (&beginning, (gunichar)choice->characters[i]);
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

static gboolean
is_hiragana (gunichar character)
{
  return character >= 0x3041 && character <= 0x3096;
}

/* How many of a thousand texts have what is needed, on the mean: of the characters and pairs in patterns/, in 447 names
 * and answers of tests/cases. */
static guint
texts_with (NeededCharacters needed)
{
  gunichar character = (gunichar)needed, before = (gunichar)(needed >> 32);
  if (before)
    return is_hiragana (before) && is_hiragana (character) ? 50 : 8;
  if (is_hiragana (character))
    return 200;
  if (character < 0x80)
    return g_ascii_isdigit (character) ? 170 : g_ascii_isalpha (character) ? 15 : 50;
  return character >= 0x30A1 && character <= 0x30FF ? 80 : 35;
}

static guint
texts_with_choice (const CharacterChoice *choice)
{
  guint sum = 0;
  for (guint i = 0; i < choice->count; i++)
    sum += texts_with (choice->characters[i]);
  return sum;
}

static void
needs_add (Needs *needs, const CharacterChoice *choice)
{
  if (!choice->count)
    return;
  if (needs->count < CHOICES) {
    needs->choices[needs->count++] = *choice;
    return;
  }
  CharacterChoice *commonest = &needs->choices[0];
  for (guint i = 1; i < CHOICES; i++)
    commonest = texts_with_choice (&needs->choices[i]) > texts_with_choice (commonest) ? &needs->choices[i] : commonest;
  if (texts_with_choice (choice) < texts_with_choice (commonest))
    *commonest = *choice;
}

/* Adds that one of BEFORE is in front of one of CHOICE. */
static void
needs_add_pairs (Needs *needs, const CharacterChoice *before, const CharacterChoice *choice)
{
  CharacterChoice pairs = {0};
  if (before->count * choice->count > CHOICE_PAIRS)
    return;
  for (guint i = 0; i < before->count; i++)
    for (guint j = 0; j < choice->count; j++)
      choice_add (&pairs, pair_of ((gunichar)before->characters[i], (gunichar)choice->characters[j]));
  needs_add (needs, &pairs);
}

static const CharacterChoice *
rarest_choice (const Needs *needs)
{
  const CharacterChoice *rarest = &needs->choices[0];
  for (guint i = 1; i < needs->count; i++)
    rarest = texts_with_choice (&needs->choices[i]) < texts_with_choice (rarest) ? &needs->choices[i] : rarest;
  return rarest;
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
  read_alternatives (reading, needs);
  reading->unknown |= !accept (reading, ")");
}

/* Behind "(?i:". */
static void
read_caseless_group (ExpressionReading *reading, Needs *needs)
{
  gboolean caseless = reading->options.caseless;
  reading->options.caseless = TRUE;
  read_group (reading, needs);
  reading->options.caseless = caseless;
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
  else if (accept (reading, "i:"))
    read_caseless_group (reading, needs);
  else if (accept (reading, "=") || accept (reading, "<=")) {
    read_group (reading, needs);
    needs->beginning = no_beginning;
  } else if (accept (reading, "!") || accept (reading, "<!") || accept (reading, "(DEFINE)")) {
    read_group (reading, needs);
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
  needs->is_character = FALSE;
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
    needs->is_character = known && choice.count && !choice.empty;
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
  CharacterChoice before = {0}; /* the character in front of the next atom is one of it; none: any */
  needs->count = 0;
  needs->is_character = FALSE;
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
    atom.is_character &= !optional;
    if (atom.is_character)
      needs_add_pairs (needs, &before, &atom.choices[0]);
    before.count = 0;
    if (atom.is_character)
      before = atom.choices[0];
  }
}

/* Of several alternatives, one of the rarest choice of each. */
static void
read_alternatives (ExpressionReading *reading, Needs *needs)
{
  read_sequence (reading, needs);
  if (*reading->at != '|')
    return;
  CharacterChoice any = {0};
  Beginning beginning = needs->beginning;
  gboolean known = needs->count > 0;
  if (known)
    any = *rarest_choice (needs);
  while (accept (reading, "|")) {
    read_sequence (reading, needs);
    beginning = beginning_of_either (beginning, needs->beginning);
    known = known && needs->count > 0;
    const CharacterChoice *choice = rarest_choice (needs);
    for (guint i = 0; known && i < choice->count; i++)
      known = choice_add (&any, choice->characters[i]);
  }
  needs->count = 0;
  needs->beginning = beginning;
  if (known)
    needs_add (needs, &any);
}

/* FALSE: nothing is known of it. It is read twice: a group may be called before it is defined. */
static gboolean
needs_from_expression (const char *expression, ExpressionOptions options, Needs *needs)
{
  g_autoptr (GHashTable) named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (int i = 0; i < 2; i++) {
    ExpressionReading reading = {.at = expression, .options = options, .named = named};
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
  if (!needs_from_expression (expression, options, &needs) || needs.beginning.others || needs.beginning.empty)
    return FALSE;
  *first = needs.beginning.characters;
  return TRUE;
}

NeededCharacters *
needed_characters_from_expression (const char *expression, ExpressionOptions options)
{
  Needs needs;
  if (!needs_from_expression (expression, options, &needs) || !needs.count)
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
