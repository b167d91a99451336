/* ocr_fixes.c - see ocr_fixes.h */
#include "read/picture/ocr_fixes.h"

#include "read/picture/digit_shapes.h"

#include <string.h>

struct OcrFixes {
  const Patterns *patterns;
  GMutex lock;          /* a pattern is matched by one thread at a time */
  GArray *words;        /* CatalogueWords */
  GHashTable *contexts; /* CharacterContext → the character that it determines; 0: there are several */
};

/* Digit check */

#define NUMBER_ALPHABET "0123456789.,:%-/"

/* Numbers of fewer characters are counts or numbers of a list: a wrong one shows. Of two digits a second look made a right
 * 12 a wrong 27. */
#define NUMBER_LENGTH_LEAST 3

/* A number with more confidence than this is believed, where its ink does not contradict it. */
#define NUMBER_CONFIDENCE 0.92

/* What a number has at most that its ink contradicts: a person should look. */
#define CONTRADICTED 0.8

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

/* The columns of the line with the number, up to halfway to its neighbours. */
typedef struct {
  double from, to;
} NumberColumns;

static NumberColumns
columns_of_number (const Picture *line, GArray *symbols, const NumberSpan *number, const double *middles)
{
  return (NumberColumns){number->from > 0 ? (middles[number->from - 1] + middles[number->from]) / 2 : 0,
                         number->to < symbols->len ? (middles[number->to - 1] + middles[number->to]) / 2 : line->width};
}

/* The part of LINE with the number, with margins of a quarter of the height. */
static Picture *
picture_of_number (const Picture *line, NumberColumns columns)
{
  int left = CLAMP ((int)columns.from, 0, line->width - 1),
      width = CLAMP ((int)columns.to, left + 1, line->width) - left;
  Picture *picture = picture_new (width + line->height / 2, line->height, line->scale);
  for (int y = 0; y < line->height; y++)
    memcpy (picture->grey + (gsize)y * picture->width + line->height / 4, line->grey + (gsize)y * line->width + left,
            width);
  return picture;
}

/* Takes the second result where it is as long as the first and has more confidence. */
static void
check_number (GArray *symbols, const NumberSpan *number, NumberColumns columns, const Picture *line,
              Tesseract *tesseract)
{
  g_autoptr (Picture) picture = picture_of_number (line, columns);
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

static gboolean
is_of_digits (gunichar character)
{
  return character < 128 && (g_unichar_isdigit (character) || character == '.' || character == ',');
}

/* Whether the ink of CHARACTER may be taken for digits: the columns of symbols are rough. */
static gboolean
is_latin (gunichar character)
{
  return character < 0x3000 && (g_unichar_isalnum (character) || (character < 128 && strchr ("%/-", (int)character)));
}

/* A number that its ink contradicts is a doubtful one, even where its holes tell what it is. */
static void
check_ink (GArray *symbols, const NumberSpan *number, const double *middles, const Picture *line)
{
  guint digits = number->from, last = number->to;
  while (digits < last && is_of_digits (g_array_index (symbols, Symbol, digits).character))
    digits++;
  gboolean per_cent = digits < symbols->len && g_array_index (symbols, Symbol, digits).character == '%';
  NumberSpan span = {number->from, digits + per_cent};
  NumberColumns columns = columns_of_number (line, symbols, &span, middles);
  if ((number->from > 0 && is_latin (g_array_index (symbols, Symbol, number->from - 1).character)) ||
      (span.to < symbols->len && is_latin (g_array_index (symbols, Symbol, span.to).character)) ||
      digits_agree_with_ink (line, columns.from, columns.to, per_cent, symbols, number->from, digits))
    return;
  for (guint i = number->from; i < number->to; i++) {
    Symbol *symbol = &g_array_index (symbols, Symbol, i);
    symbol->confidence = MIN (symbol->confidence, CONTRADICTED);
  }
}

static void
check_digits (GArray *symbols, const double *middles, const Picture *line, Tesseract *tesseract)
{
  NumberSpan number;
  for (guint start = 0; next_number (symbols, start, &number); start = number.to) {
    NumberColumns columns = columns_of_number (line, symbols, &number, middles);
    if (number.to - number.from >= NUMBER_LENGTH_LEAST && confidence_of_number (symbols, &number) < NUMBER_CONFIDENCE)
      check_number (symbols, &number, columns, line, tesseract);
    check_ink (symbols, &number, middles, line);
  }
  for (guint i = symbols->len; i-- > 0;)
    if (g_array_index (symbols, Symbol, i).character == 0)
      g_array_remove_index (symbols, i);
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

/* Catalogue mend */

/* The words of the catalogue that a line of a sheet may be, or a part of: a name may be wrapped. */
typedef struct {
  gunichar *characters; /* folded, without white space */
  int length;
} CatalogueWords;

/* What differs from the catalogue's words has less confidence, in the mean: one character than the first, several, or a
 * line of fewer than PART_LEAST characters, which may be a word of their own, than the second. Measured on scans of 150
 * to 300 dpi: what is misread has .35 in the mean at most, a vendor's own word beside METI's .86 and more. */
#define MEND_CONFIDENCE 0.9
#define MEND_CONFIDENCE_OF_WORD 0.75

/* Differences for each of so many characters; a shorter line may have one. */
#define MEND_EVERY 3

/* A shorter line is mended where it is the whole of something. */
#define PART_LEAST 5

static void
words_clear (gpointer data)
{
  g_free (((CatalogueWords *)data)->characters);
}

static void
add_words (GArray *words, GHashTable *known, const char *text)
{
  glong length;
  if (!text || !g_hash_table_add (known, (gpointer)text))
    return;
  CatalogueWords some = {g_utf8_to_ucs4_fast (text, -1, &length), 0};
  for (glong i = 0; i < length; i++)
    if (!g_unichar_isspace (some.characters[i]))
      some.characters[some.length++] = folded (some.characters[i]);
  g_array_append_val (words, some);
}

static GArray *
words_of_catalogue (const Catalogue *catalogue)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (CatalogueWords));
  g_array_set_clear_func (words, words_clear);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  for (int no = 0; no < catalogue->count; no++) {
    const CatalogueItem *item = &catalogue->items[no];
    const char *texts[] = {item->category, item->name, item->definition, item->unit};
    for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
      add_words (words, known, texts[i]);
    for (guint i = 0; i < item->aliases->len; i++)
      add_words (words, known, g_ptr_array_index (item->aliases, i));
  }
  return words;
}

/* The part of some words of the catalogue that a line is nearest to. */
typedef struct {
  const gunichar *characters;
  int length, distance;
  int rank;         /* by distance; of two as near the one of the line's length, then the one that is the whole */
  gboolean several; /* another part is as near */
} NearestWords;

/* The part of WORDS that is nearest to TEXT (approximate string matching: Sellers 1980); all of WORDS where TEXT is
 * short. */
static NearestWords
nearest_part (const gunichar *text, int length, const CatalogueWords *words)
{
  gboolean whole = length < PART_LEAST;
  int width = words->length + 1;
  g_autofree int *costs = g_new (int, 2 * width), *starts = g_new (int, 2 * width);
  for (int j = 0; j < width; j++) {
    costs[j] = whole ? j : 0;
    starts[j] = whole ? 0 : j;
  }
  for (int i = 1; i <= length; i++) {
    const int *above = costs + (i - 1) % 2 * width, *above_start = starts + (i - 1) % 2 * width;
    int *row = costs + i % 2 * width, *start = starts + i % 2 * width;
    row[0] = i;
    start[0] = 0;
    for (int j = 1; j < width; j++) {
      int same = above[j - 1] + (text[i - 1] != words->characters[j - 1]);
      row[j] = MIN (same, 1 + MIN (above[j], row[j - 1]));
      start[j] = row[j] == same ? above_start[j - 1] : row[j] == 1 + above[j] ? above_start[j] : start[j - 1];
    }
  }
  const int *last = costs + length % 2 * width, *start = starts + length % 2 * width;
  NearestWords nearest = {.rank = G_MAXINT};
  for (int j = words->length; j > 0; j--) {
    int part = j - start[j], rank = 4 * last[j] + 2 * (part != length) + (part != words->length);
    if (rank < nearest.rank)
      nearest = (NearestWords){words->characters + start[j], part, last[j], rank, FALSE};
    if (whole)
      break;
  }
  return nearest;
}

static gboolean
are_same_words (const NearestWords *one, const NearestWords *other)
{
  return one->length == other->length &&
         memcmp (one->characters, other->characters, sizeof (gunichar) * (gsize)one->length) == 0;
}

static NearestWords
nearest_words (const gunichar *text, int length, const OcrFixes *fixes)
{
  NearestWords nearest = {.rank = G_MAXINT};
  for (guint i = 0; i < fixes->words->len; i++) {
    const CatalogueWords *words = &g_array_index (fixes->words, CatalogueWords, i);
    if (words->length == 0 || (length < PART_LEAST && words->length != length) || words->length + 1 < length)
      continue;
    NearestWords part = nearest_part (text, length, words);
    if (nearest.characters && part.rank == nearest.rank && !are_same_words (&part, &nearest))
      nearest.several = TRUE;
    if (part.rank < nearest.rank)
      nearest = part;
  }
  return nearest;
}

/* Whether what differs from NEAREST, beyond what both have at their ends, has little confidence, all in all: one weak
 * character among sound ones (公的認証が取得 beside METI's プライバシーマーク等）が取得) makes no other word of them. In *FROM
 * and *TO the symbols that differ. */
static gboolean
is_doubtful (GArray *symbols, const gunichar *text, const NearestWords *nearest, int *from, int *to)
{
  int length = (int)symbols->len, shorter = MIN (length, nearest->length), first = 0, last = 0;
  while (first < shorter && text[first] == nearest->characters[first])
    first++;
  while (last < shorter - first && text[length - 1 - last] == nearest->characters[nearest->length - 1 - last])
    last++;
  *from = first;
  *to = length - last;
  int start = MAX (first - (first == length - last), 0), end = MAX (length - last, 1);
  gboolean word = length < PART_LEAST || length - last - first > 1;
  double most = word ? MEND_CONFIDENCE_OF_WORD : MEND_CONFIDENCE, sum = 0;
  for (int i = start; i < end; i++)
    sum += g_array_index (symbols, Symbol, i).confidence;
  return sum < most * (end - start);
}

/* Whether LINE, with nothing but the characters of NEAREST to choose from, is NEAREST. */
static gboolean
is_recognised_as (const NearestWords *nearest, const Picture *line, Tesseract *tesseract)
{
  g_autofree char *alphabet = g_ucs4_to_utf8 (nearest->characters, nearest->length, NULL, NULL, NULL);
  g_autoptr (GArray) symbols = symbols_from_line (tesseract, line, alphabet);
  g_autofree char *text = text_of_symbols (symbols);
  return strcmp (text, alphabet) == 0;
}

/* The symbols that differ become the catalogue's, which share their place. */
static void
take_words (GArray *symbols, const NearestWords *nearest, int from, int to)
{
  int length = (int)symbols->len, count = nearest->length - (length - (to - from));
  const Symbol *first = &g_array_index (symbols, Symbol, MIN (from, length - 1)),
               *last = &g_array_index (symbols, Symbol, CLAMP (to - 1, 0, length - 1));
  double left = first->left, right = MAX (last->right, left + 1),
         confidence = MIN (first->confidence, last->confidence);
  if (from == to) /* something is missing between two symbols */
    left = right = from > 0 ? last->right : first->left;
  g_autoptr (GArray) mended = g_array_new (FALSE, TRUE, sizeof (Symbol));
  g_array_append_vals (mended, symbols->data, (guint)from);
  for (int i = 0; i < count; i++) {
    double width = (right - left) / count;
    Symbol symbol = {nearest->characters[from + i], left + i * width, left + (i + 1) * width, confidence};
    g_array_append_val (mended, symbol);
  }
  g_array_append_vals (mended, &g_array_index (symbols, Symbol, to), (guint)(length - to));
  g_array_set_size (symbols, 0);
  g_array_append_vals (symbols, mended->data, mended->len);
}

static void
mend_from_catalogue (GArray *symbols, const Picture *line, Tesseract *tesseract, const OcrFixes *fixes)
{
  int length = (int)symbols->len, from, to;
  g_autofree gunichar *text = g_new (gunichar, length + 1);
  double least = 1;
  for (int i = 0; i < length; i++) {
    text[i] = folded (g_array_index (symbols, Symbol, i).character);
    least = MIN (least, g_array_index (symbols, Symbol, i).confidence);
  }
  if (length < 2 || least > MEND_CONFIDENCE)
    return;
  NearestWords nearest = nearest_words (text, length, fixes);
  if (nearest.rank == G_MAXINT || nearest.distance == 0 || nearest.several ||
      nearest.distance > MAX (length / MEND_EVERY, 1) || !is_doubtful (symbols, text, &nearest, &from, &to))
    return;
  if (length == 2 && !is_recognised_as (&nearest, line, tesseract))
    return;
  take_words (symbols, &nearest, from, to);
}

/* Marks */

/* 有 and 無 are told from each other with more confidence than this. */
#define MARK_CONFIDENCE 0.3

static gboolean
is_colon (gunichar character)
{
  return character == ':' || character == 0xFF1A;
}

/* 有 or 無, alone in its line or before a colon, is not part of a word, by which Tesseract knows most ideographs: it is
 * recognised again with nothing but these two to choose from. */
static void
check_mark (GArray *symbols, const double *middles, const Picture *line, Tesseract *tesseract)
{
  Symbol *first = symbols->len > 0 ? &g_array_index (symbols, Symbol, 0) : NULL;
  if (!first || first->confidence > MEND_CONFIDENCE || !is_japanese (first->character) ||
      (symbols->len > 1 && !is_colon (first[1].character)))
    return;
  NumberSpan mark = {0, 1};
  g_autoptr (Picture) picture = picture_of_number (line, columns_of_number (line, symbols, &mark, middles));
  g_autoptr (GArray) again = symbols_from_line (tesseract, picture, "有無");
  if (again->len == 1 && g_array_index (again, Symbol, 0).confidence > MARK_CONFIDENCE)
    first->character = g_array_index (again, Symbol, 0).character;
}

/* All of them */

OcrFixes *
ocr_fixes_new (const ReadOptions *options)
{
  OcrFixes *fixes = g_new0 (OcrFixes, 1);
  fixes->patterns = options->knowledge->ocr_fixes;
  fixes->contexts = contexts_of_catalogue (options->knowledge->catalogue);
  fixes->words = words_of_catalogue (options->knowledge->catalogue);
  g_mutex_init (&fixes->lock);
  return fixes;
}

void
ocr_fixes_free (OcrFixes *fixes)
{
  if (!fixes)
    return;
  g_hash_table_unref (fixes->contexts);
  g_array_unref (fixes->words);
  g_mutex_clear (&fixes->lock);
  g_free (fixes);
}

void
symbols_correct (GArray *symbols, const double *middles, const Picture *line, Tesseract *tesseract, OcrFixes *fixes)
{
  check_mark (symbols, middles, line, tesseract);
  check_digits (symbols, middles, line, tesseract);
  fix_by_patterns (symbols, fixes);
  fill_from_catalogue (symbols, fixes);
  mend_from_catalogue (symbols, line, tesseract, fixes);
}
