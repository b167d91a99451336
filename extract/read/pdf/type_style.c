/* type_style.c - see type_style.h */
#include "read/pdf/type_style.h"

#include "model/page.h"

#include <string.h>

/* What the names of bold fonts have, and of fonts with serifs; lower case. */
static const char *const bold_names[] = {"bold", "black", "heavy", "demi", "-w6", "-w7", "-w8", "-w9", "-eb", "ultra"};
static const char *const serif_names[] = {"mincho",  "ming",     "song",    "serif",    "times",  "roman",
                                          "minpro",  "minpr6n",  "minstd",  "ryumin",   "yumin",  "heiseimin",
                                          "century", "garamond", "georgia", "palatino", "cambria"};
static const char *const serifless_names[] = {"sansserif", "sans-serif", "sans serif"};

/* Sizes (points) and components of colours (of 255) that differ by less look the same. */
#define SIZE_STEP 0.5
#define COLOUR_STEP 32

static gboolean
has_any (const char *name, const char *const *words, gsize count)
{
  for (gsize i = 0; i < count; i++)
    if (strstr (name, words[i]))
      return TRUE;
  return FALSE;
}

enum { FACE_BOLD = 1, FACE_SERIFS = 2 };

static guint8
face_of_name (const char *written)
{
  g_autofree char *name = g_ascii_strdown (written, -1);
  guint8 face = has_any (name, bold_names, G_N_ELEMENTS (bold_names)) ? FACE_BOLD : 0;
  if (has_any (name, serif_names, G_N_ELEMENTS (serif_names)) &&
      !has_any (name, serifless_names, G_N_ELEMENTS (serifless_names)))
    face |= FACE_SERIFS;
  return face;
}

guint8 *
type_faces (const PaintedPage *page)
{
  guint8 *faces = g_new0 (guint8, page->fonts->len + 1);
  for (guint i = 0; i < page->fonts->len; i++) {
    const char *name = g_array_index (page->fonts, PaintedFont, i).name;
    faces[i] = name ? face_of_name (name) : 0;
  }
  return faces;
}

guint
type_style (const PaintedPage *page, const guint8 *faces, const PaintedGlyph *glyph)
{
  gboolean known = glyph->font >= 0 && (guint)glyph->font < page->fonts->len;
  guint face = (known ? faces[glyph->font] : 0) | (glyph->render_mode == 2 ? FACE_BOLD : 0);
  guint size = (guint)CLAMP (glyph->size / SIZE_STEP + 0.5, 0, 255);
  PaintedColour colour = glyph->colour;
  guint tone = (guint)(colour.red / COLOUR_STEP) << 6 | (guint)(colour.green / COLOUR_STEP) << 3 |
               (guint)(colour.blue / COLOUR_STEP);
  return 1u << 31 | (face & FACE_SERIFS ? STYLE_SERIFS : 0) | (face & FACE_BOLD ? 1u << 20 : 0) |
         (size << 10 & STYLE_SIZE) | tone;
}
