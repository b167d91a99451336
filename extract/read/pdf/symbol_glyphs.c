/* symbol_glyphs.c - see symbol_glyphs.h */
#include "read/pdf/symbol_glyphs.h"

#include <string.h>

/* A note names at most this many characters. */
#define NAMED_LIMIT 12

static gboolean
is_private (gunichar character)
{
  return (character >= 0xE000 && character <= 0xF8FF) || (character >= 0xF0000 && character <= 0x10FFFD);
}

/* A sign for private use, one that the font does not name, or a letter in place of the sign: þ for ☑. Letters
 * of a map to Unicode are those that were typed; else the code tells. */
static gunichar
character_from_sign (const PaintedGlyph *glyph, const PaintedFont *font, const SymbolFont *symbols)
{
  if (is_private (glyph->character))
    return symbol_from_code (symbols, glyph->character);
  if (font->unicode && glyph->character)
    return glyph->character < 0x100 ? symbol_from_code (symbols, glyph->character) : 0;
  return font->simple && glyph->character < 0x2190 ? symbol_from_code (symbols, glyph->code) : 0;
}

/* The characters of one font for private use that are known, or that are not; or its letters in place of signs. */
typedef struct {
  GString *codes; /* "U+F0FE ☑, U+F0A8 ☐"; NULL: there are none */
  Box box;
  guint count;
} PrivateUse;

static void
private_use_add (PrivateUse *list, gunichar code, gunichar sign, Box box)
{
  char sign_text[7] = "";
  if (sign)
    g_unichar_to_utf8 (sign, sign_text);
  g_autofree char *text = g_strdup_printf ("U+%04X%s%s", code, sign ? " " : "", sign_text);
  list->box = list->codes ? box_union (list->box, box) : box;
  list->codes = list->codes ? list->codes : g_string_new (NULL);
  if (strstr (list->codes->str, text))
    return;
  if (list->count++ < NAMED_LIMIT)
    g_string_append_printf (list->codes, "%s%s", list->codes->len ? ", " : "", text);
  else if (list->count == NAMED_LIMIT + 1)
    g_string_append (list->codes, ", …");
}

typedef enum { USE_KNOWN, USE_UNKNOWN, USE_LETTERS, USES } Use;

static void
private_use_note (PrivateUse *list, Use use, const char *font, int number, GPtrArray *notes)
{
  if (!list->codes)
    return;
  Place place = {.page = number, .box = list->box};
  font = font ? font : "without a name";
  if (use == USE_UNKNOWN)
    notes_add (notes, "private-use", NOTE_WARNING, place,
               "Characters for private use, whose shapes only the font %s tells, are kept as they are: %s.", font,
               list->codes->str);
  else
    notes_add (notes, "private-use", NOTE_INFO, place, "%s are read as signs of the font %s: %s.",
               use == USE_LETTERS ? "Letters" : "Characters for private use", font, list->codes->str);
  g_string_free (list->codes, TRUE);
}

/* A font whose glyphs are drawings, of which the page has no more than so many, each by itself, has marks and no letters:
 * the names of its glyphs (/a, /b) are no characters. */
#define DRAWN_CODES_MOST 4

/* The glyphs of one such font. */
typedef struct {
  GString *letters; /* "a, b" */
  Box box;
  guint count;       /* of different ones */
  gboolean together; /* two of them are one after the other: letters */
} DrawnGlyphs;

static void
drawn_glyphs_add (DrawnGlyphs *drawn, const PaintedGlyph *glyph)
{
  char letter[7] = "";
  g_unichar_to_utf8 (glyph->character, letter);
  drawn->box = drawn->letters ? drawn->box : glyph->box;
  drawn->letters = drawn->letters ? drawn->letters : g_string_new (NULL);
  if (strstr (drawn->letters->str, letter))
    return;
  if (drawn->count++ < DRAWN_CODES_MOST)
    g_string_append_printf (drawn->letters, "%s%s", drawn->letters->len > 0 ? ", " : "", letter);
}

/* Whether two glyphs that are painted one after the other are beside each other. */
static gboolean
is_beside (const PaintedGlyph *before, const PaintedGlyph *glyph)
{
  double em = MAX (before->size, 1), gap = glyph->box.x0 - before->box.x1;
  return glyph->font == before->font && glyph->box.y0 < before->box.y1 && before->box.y0 < glyph->box.y1 &&
         gap > -2 * em && gap < 2 * em;
}

static void
note_drawn_glyphs (const PaintedPage *page, int number, GPtrArray *notes)
{
  g_autofree DrawnGlyphs *fonts = g_new0 (DrawnGlyphs, page->fonts->len + 1);
  for (guint i = 0; i < page->glyphs->len; i++) {
    const PaintedGlyph *glyph = &g_array_index (page->glyphs, PaintedGlyph, i);
    const PaintedFont *font = glyph->font >= 0 ? &g_array_index (page->fonts, PaintedFont, glyph->font) : NULL;
    if (!font || !font->type3 || font->unicode || !glyph->character || glyph->character > 0xFF || glyph->space)
      continue;
    drawn_glyphs_add (&fonts[glyph->font], glyph);
    fonts[glyph->font].together |= i > 0 && is_beside (glyph - 1, glyph);
  }
  for (guint i = 0; i < page->fonts->len; i++) {
    if (fonts[i].letters && fonts[i].count <= DRAWN_CODES_MOST && !fonts[i].together)
      notes_add (notes, "mark-by-shape", NOTE_WARNING, (Place){.page = number, .box = fonts[i].box},
                 "Drawings of a font that does not say which characters they are stay as its names for them: %s.",
                 fonts[i].letters->str);
    if (fonts[i].letters)
      g_string_free (fonts[i].letters, TRUE);
  }
}

void
painted_page_read_symbols (PaintedPage *page, int number, const Knowledge *knowledge, GPtrArray *notes)
{
  guint count = page->fonts->len; /* one more place: for glyphs without a font */
  g_autofree const SymbolFont **symbols = g_new0 (const SymbolFont *, count + 1);
  g_autofree PrivateUse *uses = g_new0 (PrivateUse, (count + 1) * USES);
  for (guint i = 0; i < count; i++)
    symbols[i] = symbol_font_from_name (knowledge->symbols, g_array_index (page->fonts, PaintedFont, i).name);
  for (guint i = 0; i < page->glyphs->len; i++) {
    PaintedGlyph *glyph = &g_array_index (page->glyphs, PaintedGlyph, i);
    guint font = glyph->font >= 0 ? (guint)glyph->font : count;
    gunichar sign = 0, code = glyph->character;
    if (font < count && symbols[font] && !glyph->space)
      sign = character_from_sign (glyph, &g_array_index (page->fonts, PaintedFont, font), symbols[font]);
    glyph->character = sign ? sign : code;
    if (is_private (code))
      private_use_add (&uses[font * USES + (sign ? USE_KNOWN : USE_UNKNOWN)], code, sign, glyph->box);
    else if (sign && g_unichar_isalnum (code))
      private_use_add (&uses[font * USES + USE_LETTERS], code, sign, glyph->box);
  }
  for (guint i = 0; i <= count; i++) {
    const char *name = i < count ? g_array_index (page->fonts, PaintedFont, i).name : NULL;
    for (Use use = USE_KNOWN; use < USES; use++)
      private_use_note (&uses[i * USES + use], use, name, number, notes);
  }
  note_drawn_glyphs (page, number, notes);
}
