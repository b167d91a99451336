/* ocr_fixes.c - see ocr_fixes.h */
#include "read/picture/ocr_fixes.h"

#include <string.h>

struct OcrFixes {
  const Patterns *patterns;
  GMutex lock;          /* a pattern is matched by one thread at a time */
  GHashTable *contexts; /* CharacterContext → the character that it determines; 0: there are several */
};

/* Digit check */

#define NUMBER_ALPHABET "0123456789.,:%-/"

/* Numbers of fewer characters are counts or numbers of a list: a wrong one shows. */
#define NUMBER_LENGTH_LEAST 3

/* A number with more confidence than this is believed. */
#define NUMBER_CONFIDENCE 0.92

/* The symbols from FROM up to TO are a number. */
typedef struct {
  guint from, to;
} NumberSpan;

static gboolean
is_of_number (gunichar character)
{
  return character < 128 && character > 0 && strchr (NUMBER_ALPHABET, (int)character);
}

static gboolean
next_number (GArray *symbols, guint start, NumberSpan *number)
{
  guint from = start;
  while (from < symbols->len && !g_unichar_isdigit (g_array_index (symbols, Symbol, from).character))
    from++;
  guint to = from;
  while (to < symbols->len && is_of_number (g_array_index (symbols, Symbol, to).character))
    to++;
  *number = (NumberSpan){from, to};
  return from < symbols->len;
}

static double
confidence_of_number (GArray *symbols, const NumberSpan *number)
{
  double least = 1;
  for (guint i = number->from; i < number->to; i++)
    least = MIN (least, g_array_index (symbols, Symbol, i).confidence);
  return least;
}

/* The part of LINE with the number, up to halfway to its neighbours, with margins of a quarter of the height. */
static Picture *
picture_of_number (const Picture *line, GArray *symbols, const NumberSpan *number, const double *middles)
{
  double from = number->from > 0 ? (middles[number->from - 1] + middles[number->from]) / 2 : 0;
  double to = number->to < symbols->len ? (middles[number->to - 1] + middles[number->to]) / 2 : line->width;
  int left = CLAMP ((int)from, 0, line->width - 1), width = CLAMP ((int)to, left + 1, line->width) - left;
  Picture *picture = picture_new (width + line->height / 2, line->height, line->scale);
  for (int y = 0; y < line->height; y++)
    memcpy (picture->grey + (gsize)y * picture->width + line->height / 4, line->grey + (gsize)y * line->width + left,
            width);
  return picture;
}

/* Takes the second result where it is as long as the first and has more confidence. */
static void
check_number (GArray *symbols, const NumberSpan *number, const double *middles, const Picture *line,
              Tesseract *tesseract)
{
  g_autoptr (Picture) picture = picture_of_number (line, symbols, number, middles);
  g_autoptr (GArray) digits = symbols_from_line (tesseract, picture, NUMBER_ALPHABET);
  NumberSpan all = {0, digits->len};
  if (digits->len != number->to - number->from ||
      confidence_of_number (digits, &all) <= confidence_of_number (symbols, number))
    return;
  for (guint i = 0; i < digits->len; i++) {
    Symbol *symbol = &g_array_index (symbols, Symbol, number->from + i);
    symbol->character = g_array_index (digits, Symbol, i).character;
    symbol->confidence = g_array_index (digits, Symbol, i).confidence;
  }
}

static void
check_digits (GArray *symbols, const double *middles, const Picture *line, Tesseract *tesseract)
{
  NumberSpan number;
  for (guint start = 0; next_number (symbols, start, &number); start = number.to)
    if (number.to - number.from >= NUMBER_LENGTH_LEAST && confidence_of_number (symbols, &number) < NUMBER_CONFIDENCE)
      check_number (symbols, &number, middles, line, tesseract);
}

/* Fixes */

/* Ends the search in a line that an expression matches again and again. */
#define FIXES_LIMIT 50

static const gunichar small_letters[][2] = {
    {0x30A4, 0x30A3}, /* イ ィ */
    {0x30E6, 0x30E5}, /* ユ ュ */
    {0x30E8, 0x30E7}, /* ヨ ョ */
};

static void
drop_symbol (GArray *symbols, guint index)
{
  g_array_remove_index (symbols, index);
}

static void
make_small (GArray *symbols, guint index)
{
  Symbol *symbol = &g_array_index (symbols, Symbol, index);
  for (gsize i = 0; i < G_N_ELEMENTS (small_letters); i++)
    if (symbol->character == small_letters[i][0]) {
      symbol->character = small_letters[i][1];
      return;
    }
}

typedef struct {
  const char *rule; /* of ocr_fixes.pattern */
  void (*apply) (GArray *symbols, guint index);
  gunichar character; /* the right one, where `apply` is NULL */
} OcrFix;

static const OcrFix ocr_fixes[] = {
    {"drop", drop_symbol, 0},    {"small", make_small, 0}, {"capital-i", NULL, 'I'},
    {"full-stop", NULL, 0x3002}, {"comma", NULL, ','},     {"one", NULL, 0x4E00},
    {"dash", NULL, 0xFF0D},      {"times", NULL, 0x00D7},  {"division", NULL, 0x00F7},
};

static char *
text_of_symbols (GArray *symbols)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < symbols->len; i++)
    g_string_append_unichar (text, g_array_index (symbols, Symbol, i).character);
  return g_string_free (text, FALSE);
}

/* The index of the symbol that field `this` of the first match of RULE is, or -1. */
static int
find_wrong (GArray *symbols, const char *rule, const OcrFixes *fixes)
{
  g_autofree char *text = text_of_symbols (symbols);
  PatternMatch match;
  if (!patterns_match_rule (fixes->patterns, rule, text, 0, &match))
    return -1;
  const char *wrong = pattern_field (&match, "this");
  const char *at = wrong ? g_strstr_len (text + match.start, match.end - match.start, wrong) : NULL;
  int index = at ? (int)g_utf8_pointer_to_offset (text, at) : -1;
  pattern_match_clear (&match);
  return index;
}

static void
fix_by_patterns (GArray *symbols, OcrFixes *fixes)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&fixes->lock);
  for (gsize i = 0; i < G_N_ELEMENTS (ocr_fixes); i++) {
    const OcrFix *fix = &ocr_fixes[i];
    for (int count = 0, index; count < FIXES_LIMIT && (index = find_wrong (symbols, fix->rule, fixes)) >= 0; count++)
      if (fix->apply)
        fix->apply (symbols, (guint)index);
      else
        g_array_index (symbols, Symbol, index).character = fix->character;
  }
}

/* Catalogue fill */

/* A character with more confidence than this is believed: misread ideographs have 0.85 at most, mostly 0; where a
 * vendor words it differently from METI it has 0.9 and more. */
#define FILL_CONFIDENCE 0.88
#define FILL_CONFIDENCE_AT_END 0.8

/* How many of the four characters of a context precede the one that it determines. */
enum { AT_START = 0, INSIDE = 2, AT_END = 4, CONTEXT = 4 };

typedef struct {
  gunichar characters[CONTEXT];
  gunichar before; /* AT_START, INSIDE or AT_END */
} CharacterContext;

static guint
context_hash (gconstpointer key)
{
  const CharacterContext *context = key;
  guint hash = context->before;
  for (int i = 0; i < CONTEXT; i++)
    hash = hash * 31 + context->characters[i];
  return hash;
}

static gboolean
context_equal (gconstpointer a, gconstpointer b)
{
  const CharacterContext *one = a, *other = b;
  gboolean equal = one->before == other->before;
  for (int i = 0; i < CONTEXT; i++)
    equal = equal && one->characters[i] == other->characters[i];
  return equal;
}

/* Fullwidth forms as the ASCII that they are forms of. */
static gunichar
folded (gunichar character)
{
  return character >= 0xFF01 && character <= 0xFF5E ? character - 0xFEE0 : character;
}

/* The characters around index AT of TEXT, LENGTH characters long; FALSE: there are too few. */
static gboolean
context_at (const gunichar *text, int length, int at, int before, CharacterContext *context)
{
  int first = at - before;
  if (first < 0 || first + CONTEXT >= length)
    return FALSE;
  *context = (CharacterContext){.before = (gunichar)before};
  for (int i = 0; i < CONTEXT; i++)
    context->characters[i] = folded (text[first + i + (i >= before)]);
  return TRUE;
}

static void
learn_text (GHashTable *contexts, const char *words)
{
  static const int places[] = {AT_START, INSIDE, AT_END};
  glong length;
  g_autofree gunichar *text = g_utf8_to_ucs4_fast (words ? words : "", -1, &length);
  for (int at = 0; at < (int)length; at++)
    for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
      CharacterContext context;
      gpointer known;
      if (!context_at (text, (int)length, at, places[i], &context))
        continue;
      gboolean other = g_hash_table_lookup_extended (contexts, &context, NULL, &known) &&
                       GPOINTER_TO_UINT (known) != folded (text[at]);
      g_hash_table_insert (contexts, g_memdup2 (&context, sizeof context),
                           GUINT_TO_POINTER (other ? 0 : folded (text[at])));
    }
}

static GHashTable *
contexts_of_catalogue (const Catalogue *catalogue)
{
  GHashTable *contexts = g_hash_table_new_full (context_hash, context_equal, g_free, NULL);
  for (int no = 0; no < catalogue->count; no++) {
    const CatalogueItem *item = &catalogue->items[no];
    const char *words[] = {item->category, item->name, item->definition, item->unit};
    for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
      learn_text (contexts, words[i]);
    for (guint i = 0; i < item->aliases->len; i++)
      learn_text (contexts, g_ptr_array_index (item->aliases, i));
  }
  return contexts;
}

/* Numbers and Latin words are the vendor's own. */
static gboolean
is_japanese (gunichar character)
{
  return character >= 0x3041 && g_unichar_isalpha (character);
}

static void
fill_symbol (GArray *symbols, const gunichar *text, int at, const OcrFixes *fixes)
{
  int length = (int)symbols->len, before = at < INSIDE ? AT_START : at >= length - INSIDE ? AT_END : INSIDE;
  Symbol *symbol = &g_array_index (symbols, Symbol, at);
  CharacterContext context;
  if (symbol->confidence > (before == INSIDE ? FILL_CONFIDENCE : FILL_CONFIDENCE_AT_END) ||
      !context_at (text, length, at, before, &context))
    return;
  gunichar filled = GPOINTER_TO_UINT (g_hash_table_lookup (fixes->contexts, &context));
  if (is_japanese (filled) && is_japanese (symbol->character))
    symbol->character = filled;
}

static void
fill_from_catalogue (GArray *symbols, const OcrFixes *fixes)
{
  g_autofree gunichar *text = g_new (gunichar, symbols->len + 1);
  for (guint i = 0; i < symbols->len; i++)
    text[i] = g_array_index (symbols, Symbol, i).character;
  for (guint i = 0; i < symbols->len; i++)
    fill_symbol (symbols, text, (int)i, fixes);
}

/* All of them */

OcrFixes *
ocr_fixes_new (const ReadOptions *options)
{
  OcrFixes *fixes = g_new0 (OcrFixes, 1);
  fixes->patterns = options->knowledge->ocr_fixes;
  fixes->contexts = contexts_of_catalogue (options->knowledge->catalogue);
  g_mutex_init (&fixes->lock);
  return fixes;
}

void
ocr_fixes_free (OcrFixes *fixes)
{
  if (!fixes)
    return;
  g_hash_table_unref (fixes->contexts);
  g_mutex_clear (&fixes->lock);
  g_free (fixes);
}

void
symbols_correct (GArray *symbols, const double *middles, const Picture *line, Tesseract *tesseract, OcrFixes *fixes)
{
  check_digits (symbols, middles, line, tesseract);
  fix_by_patterns (symbols, fixes);
  fill_from_catalogue (symbols, fixes);
}
