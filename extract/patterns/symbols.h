/* symbols.h - the signs of symbol fonts: Wingdings, Webdings, Symbol, Zapf Dingbats.
 *
 *     patterns/symbols.tsv     Wingdings <tab> FE <tab> ☑ <tab> …     "#": a comment
 *
 * In such a font the code of a letter is a sign, and a document's text has either that letter (þ), or U+F000
 * and the code (U+F0FE), a character for private use, or none.
 */
#pragma once

#include <glib.h>

typedef struct Symbols Symbols;
typedef struct SymbolFont SymbolFont;

/* The table in BYTES, as symbols_new takes it: built into the program. Errors: CHECKSHEET_ERROR_PATTERNS, a line is wrong;
 * the message has NAME and its number. The caller frees. */
GVariant *symbols_compiled (const char *name, GBytes *bytes, GError **error);
Symbols *symbols_new (GVariant *compiled);
void symbols_free (Symbols *symbols);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Symbols, symbols_free)

/* The symbol font that a document calls NAME ("ABCDEF+Wingdings-Regular"); NULL: it is none. Borrowed. */
const SymbolFont *symbol_font_from_name (const Symbols *symbols, const char *name);

/* The character for CODE in FONT: a byte, or a character for private use. 0: it is not known. */
gunichar symbol_from_code (const SymbolFont *font, guint code);

/* TEXT in the signs of FONT: characters that it has none for stay. The caller frees. */
char *text_in_symbols (const SymbolFont *font, const char *text);
