/* ocr_fixes.c - see ocr_fixes.h */
#include "read/picture/ocr_fixes.h"

#include "patterns/pattern.h"

/* More than this in one line is no mistake of the reader. */
#define MENDS_LIMIT 50

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
  const char *rule;
  void (*mend) (GArray *symbols, guint index);
  gunichar character; /* what is meant, where `mend` is NULL */
} Mend;

static const Mend mends[] = {
    {"drop", drop_symbol, 0},    {"small", make_small, 0}, {"capital-i", NULL, 'I'},
    {"full-stop", NULL, 0x3002}, {"comma", NULL, ','},     {"one", NULL, 0x4E00},
    {"dash", NULL, 0xFF0D},      {"times", NULL, 0x00D7},  {"division", NULL, 0x00F7},
};

static void
mend_symbol (const Mend *mend, GArray *symbols, guint index)
{
  if (mend->mend)
    mend->mend (symbols, index);
  else
    g_array_index (symbols, Symbol, index).character = mend->character;
}

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
find_wrong (GArray *symbols, const char *rule)
{
  g_autofree char *text = text_of_symbols (symbols);
  PatternMatch match;
  if (!patterns_match_rule (patterns_named ("seen.pattern"), rule, text, 0, &match))
    return -1;
  const char *wrong = pattern_field (&match, "this");
  const char *at = wrong ? g_strstr_len (text + match.start, match.end - match.start, wrong) : NULL;
  int index = at ? (int)g_utf8_pointer_to_offset (text, at) : -1;
  pattern_match_clear (&match);
  return index;
}

/* Lines are read in several threads, patterns are for one. */
static GMutex mending;

void
symbols_mend (GArray *symbols)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&mending);
  for (gsize i = 0; i < G_N_ELEMENTS (mends); i++)
    for (int count = 0, index; count < MENDS_LIMIT && (index = find_wrong (symbols, mends[i].rule)) >= 0; count++)
      mend_symbol (&mends[i], symbols, (guint)index);
}
