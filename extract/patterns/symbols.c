/* symbols.c - see symbols.h */
#include "patterns/symbols.h"

#include "model/error.h"
#include "text/compiled.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

/* A row of the compiled symbols: (uu). */
typedef struct {
  guint32 code, character;
} SymbolCode;

/* A row of the compiled symbols: (uu). */
typedef struct {
  guint32 name;   /* where its short name (short_name) begins among the names */
  guint32 symbol; /* its first one */
} CompiledFont;

/* The names, each ended by 0; CompiledFont, the last one has the number of symbols; SymbolCode, by font and code. */
#define COMPILED_SYMBOLS "(@ay@a(uu)@a(uu))"

struct SymbolFont {
  const char *name;
  const SymbolCode *symbols;
  gsize count;
};

struct Symbols {
  GVariant *compiled; /* has the names and symbols */
  SymbolFont *fonts;
  gsize count;
};

/* What is said of a font behind its name, as often as it is said. */
static const char *const styles[] = {"regular", "bold", "italic", "oblique", "medium", "solid", "free", "mt", "std"};

/* What may stand in front of it. */
static const char *const makers[] = {"itc", "monotype", "ms"};

static gboolean
cut_style (char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
    if (g_str_has_suffix (name, styles[i]) && strlen (name) > strlen (styles[i])) {
      name[strlen (name) - strlen (styles[i])] = '\0';
      return TRUE;
    }
  return FALSE;
}

/* "ABCDEF+Wingdings2-Regular" → "wingdings2": letters and digits only, without the tag of a subset, maker and style.
 * The caller frees. */
static char *
short_name (const char *name)
{
  const char *tag = strchr (name, '+');
  GString *kept = g_string_new (NULL);
  for (const char *at = tag == name + 6 ? tag + 1 : name; *at; at++)
    if (g_ascii_isalnum (*at))
      g_string_append_c (kept, g_ascii_tolower (*at));
  for (gsize i = 0; i < G_N_ELEMENTS (makers); i++)
    if (g_str_has_prefix (kept->str, makers[i]))
      g_string_erase (kept, 0, (gssize)strlen (makers[i]));
  while (cut_style (kept->str))
    ;
  /* Its versions have one table. */
  if (g_str_has_prefix (kept->str, "fontawesome"))
    kept->str[strlen ("fontawesome")] = '\0';
  return g_string_free (kept, FALSE);
}

/* The codes and characters of a font. */
static GHashTable *
codes_of_font (GHashTable *fonts, const char *name)
{
  char *key = short_name (name);
  GHashTable *codes = g_hash_table_lookup (fonts, key);
  if (codes) {
    g_free (key);
    return codes;
  }
  codes = g_hash_table_new (NULL, NULL);
  g_hash_table_insert (fonts, key, codes);
  return codes;
}

static gboolean
add_line (GHashTable *fonts, const char *line)
{
  g_auto (GStrv) fields = g_strsplit (line, "\t", 4);
  guint64 code;
  if (g_strv_length (fields) < 3 || !*fields[0] || g_utf8_strlen (fields[2], -1) != 1 ||
      !g_ascii_string_to_unsigned (fields[1], 16, 1, 0xFFFF, &code, NULL))
    return FALSE;
  g_hash_table_insert (codes_of_font (fonts, fields[0]), GUINT_TO_POINTER ((guint)code),
                       GUINT_TO_POINTER (g_utf8_get_char (fields[2])));
  return TRUE;
}

static int
compare_symbols (gconstpointer a, gconstpointer b)
{
  const SymbolCode *one = a, *other = b;
  return one->code < other->code ? -1 : one->code > other->code;
}

/* Those of one font, by their codes. */
static GArray *
symbols_of_codes (GHashTable *codes)
{
  GArray *symbols = g_array_new (FALSE, FALSE, sizeof (SymbolCode));
  GHashTableIter every;
  gpointer code, character;
  g_hash_table_iter_init (&every, codes);
  while (g_hash_table_iter_next (&every, &code, &character)) {
    const SymbolCode symbol = {GPOINTER_TO_UINT (code), GPOINTER_TO_UINT (character)};
    g_array_append_val (symbols, symbol);
  }
  g_array_sort (symbols, compare_symbols);
  return symbols;
}

/* FONTS: their short names, and the codes of each. */
static GVariant *
compiled_fonts (GHashTable *fonts)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (CompiledFont)),
                     symbols = g_array_new (FALSE, FALSE, sizeof (SymbolCode));
  GHashTableIter every;
  gpointer name, codes;
  g_hash_table_iter_init (&every, fonts);
  while (g_hash_table_iter_next (&every, &name, &codes)) {
    g_autoptr (GArray) own = symbols_of_codes (codes);
    const CompiledFont font = {(guint32)names->len, symbols->len};
    g_array_append_val (rows, font);
    g_array_append_vals (symbols, own->data, own->len);
    g_string_append_len (names, name, (gssize)strlen (name) + 1);
  }
  const CompiledFont last = {0, symbols->len};
  g_array_append_val (rows, last);
  return g_variant_ref_sink (g_variant_new (COMPILED_SYMBOLS, compiled_text (names), compiled_rows ("(uu)", rows),
                                            compiled_rows ("(uu)", symbols)));
}

GVariant *
symbols_compiled (const char *name, GBytes *bytes, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (data, size);
  g_autoptr (GHashTable) fonts =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
  if (!g_utf8_validate (text, -1, NULL)) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_PATTERNS, _ ("%s: is not UTF-8"), name);
    return NULL;
  }
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i]; i++) {
    g_strchomp (lines[i]);
    if (!*lines[i] || *lines[i] == '#' || add_line (fonts, lines[i]))
      continue;
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_PATTERNS,
                 _ ("%s:%u: expected a font, a code of hexadecimal digits and a character, with tabs between them"),
                 name, i + 1);
    return NULL;
  }
  return compiled_fonts (fonts);
}

Symbols *
symbols_new (GVariant *compiled)
{
  gsize rows_count;
  const char *names = rows_of_compiled (compiled, 0, 1, NULL);
  const CompiledFont *rows = rows_of_compiled (compiled, 1, sizeof *rows, &rows_count);
  const SymbolCode *all = rows_of_compiled (compiled, 2, sizeof *all, NULL);
  Symbols *symbols = g_new0 (Symbols, 1);
  *symbols = (Symbols){g_variant_ref (compiled), g_new0 (SymbolFont, rows_count), rows_count - 1};
  for (gsize i = 0; i < symbols->count; i++)
    symbols->fonts[i] = (SymbolFont){names + rows[i].name, all + rows[i].symbol, rows[i + 1].symbol - rows[i].symbol};
  return symbols;
}

void
symbols_free (Symbols *symbols)
{
  if (!symbols)
    return;
  g_variant_unref (symbols->compiled);
  g_free (symbols->fonts);
  g_free (symbols);
}

const SymbolFont *
symbol_font_from_name (const Symbols *symbols, const char *name)
{
  g_autofree char *key = name ? short_name (name) : NULL;
  for (gsize i = 0; key && i < symbols->count; i++)
    if (g_str_equal (symbols->fonts[i].name, key))
      return &symbols->fonts[i];
  return NULL;
}

/* 0: FONT has no such code. */
static gunichar
character_of_code (const SymbolFont *font, guint code)
{
  const SymbolCode wanted = {.code = code};
  const SymbolCode *found = bsearch (&wanted, font->symbols, font->count, sizeof wanted, compare_symbols);
  return found ? found->character : 0;
}

gunichar
symbol_from_code (const SymbolFont *font, guint code)
{
  gunichar character = character_of_code (font, code);
  return character || code < 0xF000 || code > 0xF0FF ? character : character_of_code (font, code & 0xFF);
}

char *
text_in_symbols (const SymbolFont *font, const char *text)
{
  GString *signs = g_string_new (NULL);
  for (; *text; text = g_utf8_next_char (text)) {
    gunichar character = g_utf8_get_char (text), sign = character > ' ' ? symbol_from_code (font, character) : 0;
    g_string_append_unichar (signs, sign ? sign : character);
  }
  return g_string_free (signs, FALSE);
}
