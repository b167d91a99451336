/* catalogue_fill.c - see catalogue_fill.h */
#include "read/picture/catalogue_fill.h"

#include "patterns/catalogue.h"

/* What is read more surely than this is believed. Misread ideographs have 0.85 at most, mostly 0; what a vendor says
 * otherwise has 0.9 and more. */
#define SURE 0.88
#define SURE_AT_END 0.8

/* Which of the four characters of a context stand before the one that it tells. */
enum { AT_START = 0, INSIDE = 2, AT_END = 4, CONTEXT = 4 };

typedef struct {
  gunichar characters[CONTEXT];
  gunichar before; /* AT_START, INSIDE or AT_END */
} Context;

static guint
context_hash (gconstpointer key)
{
  const Context *context = key;
  guint hash = context->before;
  for (int i = 0; i < CONTEXT; i++)
    hash = hash * 31 + context->characters[i];
  return hash;
}

static gboolean
context_equal (gconstpointer a, gconstpointer b)
{
  const Context *one = a, *other = b;
  gboolean equal = one->before == other->before;
  for (int i = 0; i < CONTEXT; i++)
    equal = equal && one->characters[i] == other->characters[i];
  return equal;
}

/* Forms of the full width are those of ASCII. */
static gunichar
folded (gunichar character)
{
  return character >= 0xFF01 && character <= 0xFF5E ? character - 0xFEE0 : character;
}

/* The characters around place AT of TEXT, LENGTH characters long; FALSE: there are too few. */
static gboolean
context_at (const gunichar *text, int length, int at, int before, Context *context)
{
  int first = at - before;
  if (first < 0 || first + CONTEXT >= length)
    return FALSE;
  *context = (Context){.before = (gunichar)before};
  for (int i = 0; i < CONTEXT; i++)
    context->characters[i] = folded (text[first + i + (i >= before)]);
  return TRUE;
}

/* Context → the character it tells; 0: there are several. */
static void
learn_text (GHashTable *contexts, const char *words)
{
  static const int places[] = {AT_START, INSIDE, AT_END};
  glong length;
  g_autofree gunichar *text = g_utf8_to_ucs4_fast (words ? words : "", -1, &length);
  for (int at = 0; at < (int)length; at++)
    for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
      Context context;
      gpointer known;
      if (!context_at (text, (int)length, at, places[i], &context))
        continue;
      gboolean other = g_hash_table_lookup_extended (contexts, &context, NULL, &known) &&
                       GPOINTER_TO_UINT (known) != folded (text[at]);
      g_hash_table_insert (contexts, g_memdup2 (&context, sizeof context),
                           GUINT_TO_POINTER (other ? 0 : folded (text[at])));
    }
}

static gpointer
learn_catalogue (gpointer nothing)
{
  GHashTable *contexts = g_hash_table_new_full (context_hash, context_equal, g_free, NULL);
  for (int no = 1; no <= CATALOGUE_ITEMS; no++) {
    const CatalogueItem *item = catalogue_item (no);
    const char *words[] = {item->category, item->name, item->definition, item->unit};
    for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
      learn_text (contexts, words[i]);
    for (guint i = 0; i < item->aliases->len; i++)
      learn_text (contexts, g_ptr_array_index (item->aliases, i));
  }
  return contexts;
}

static GHashTable *
known_contexts (void)
{
  static GOnce once = G_ONCE_INIT;
  return g_once (&once, learn_catalogue, NULL);
}

/* Numbers and Latin words are the vendor's own. */
static gboolean
is_japanese (gunichar character)
{
  return character >= 0x3041 && g_unichar_isalpha (character);
}

static void
expect_at (GArray *symbols, const gunichar *text, int at)
{
  int length = (int)symbols->len, before = at < INSIDE ? AT_START : at >= length - INSIDE ? AT_END : INSIDE;
  Symbol *symbol = &g_array_index (symbols, Symbol, at);
  Context context;
  if (symbol->confidence > (before == INSIDE ? SURE : SURE_AT_END) || !context_at (text, length, at, before, &context))
    return;
  gunichar expected = GPOINTER_TO_UINT (g_hash_table_lookup (known_contexts (), &context));
  if (is_japanese (expected) && is_japanese (symbol->character))
    symbol->character = expected;
}

void
symbols_expect (GArray *symbols)
{
  g_autofree gunichar *text = g_new (gunichar, symbols->len + 1);
  for (guint i = 0; i < symbols->len; i++)
    text[i] = g_array_index (symbols, Symbol, i).character;
  for (guint i = 0; i < symbols->len; i++)
    expect_at (symbols, text, (int)i);
}
