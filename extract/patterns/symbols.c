/* symbols.c - see symbols.h */
#include "patterns/symbols.h"

#include "model/error.h"

#include <glib/gi18n.h>
#include <string.h>

struct SymbolFont {
  GHashTable *characters; /* code → character */
};

struct Symbols {
  GHashTable *fonts; /* its name made short (short_name) → SymbolFont */
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

static void
symbol_font_free (gpointer data)
{
  g_hash_table_unref (((SymbolFont *)data)->characters);
  g_free (data);
}

static SymbolFont *
symbol_font_add (Symbols *symbols, const char *name)
{
  g_autofree char *key = short_name (name);
  SymbolFont *font = g_hash_table_lookup (symbols->fonts, key);
  if (font)
    return font;
  font = g_new0 (SymbolFont, 1);
  font->characters = g_hash_table_new (NULL, NULL);
  g_hash_table_insert (symbols->fonts, g_steal_pointer (&key), font);
  return font;
}

static gboolean
add_line (Symbols *symbols, const char *line)
{
  g_auto (GStrv) fields = g_strsplit (line, "\t", 4);
  guint64 code;
  if (g_strv_length (fields) < 3 || !*fields[0] || g_utf8_strlen (fields[2], -1) != 1 ||
      !g_ascii_string_to_unsigned (fields[1], 16, 1, 0xFFFF, &code, NULL))
    return FALSE;
  SymbolFont *font = symbol_font_add (symbols, fields[0]);
  g_hash_table_insert (font->characters, GUINT_TO_POINTER ((guint)code),
                       GUINT_TO_POINTER (g_utf8_get_char (fields[2])));
  return TRUE;
}

Symbols *
symbols_from_bytes (const char *name, GBytes *bytes, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (data, size);
  g_autoptr (Symbols) symbols = g_new0 (Symbols, 1);
  symbols->fonts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, symbol_font_free);
  gboolean valid = g_utf8_validate (text, -1, NULL);
  g_auto (GStrv) lines = g_strsplit (valid ? text : "", "\n", -1);
  for (guint i = 0; lines[i]; i++) {
    g_strchomp (lines[i]);
    if (!*lines[i] || *lines[i] == '#' || add_line (symbols, lines[i]))
      continue;
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_PATTERNS,
                 _ ("%s:%u: expected a font, a code of hexadecimal digits and a character, with tabs between them"),
                 name, i + 1);
    return NULL;
  }
  if (!valid) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_PATTERNS, _ ("%s: is not UTF-8"), name);
    return NULL;
  }
  return g_steal_pointer (&symbols);
}

void
symbols_free (Symbols *symbols)
{
  if (!symbols)
    return;
  g_hash_table_unref (symbols->fonts);
  g_free (symbols);
}

const SymbolFont *
symbol_font_from_name (const Symbols *symbols, const char *name)
{
  g_autofree char *key = name ? short_name (name) : NULL;
  return key ? g_hash_table_lookup (symbols->fonts, key) : NULL;
}

gunichar
symbol_from_code (const SymbolFont *font, guint code)
{
  gpointer character = g_hash_table_lookup (font->characters, GUINT_TO_POINTER (code));
  if (!character && code >= 0xF000 && code <= 0xF0FF)
    character = g_hash_table_lookup (font->characters, GUINT_TO_POINTER (code & 0xFF));
  return GPOINTER_TO_UINT (character);
}
