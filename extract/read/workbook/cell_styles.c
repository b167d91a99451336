/* cell_styles.c - see cell_styles.h */
#include "read/workbook/cell_styles.h"

#include "read/workbook/number_format.h"

#include <stdlib.h>
#include <string.h>

/* Longer codes are ignored; Excel allows 255 characters. */
#define CODE_LENGTH 1024

typedef struct {
  int format, font, fill; /* the id of the first, the indexes of the others */
  gboolean centred;
} CellStyle;

/* Colours as the file says them; 0: not said, or by a tint. */
#define COLOUR_RGB (1u << 24)
#define COLOUR_THEME (1u << 25)

typedef struct {
  gboolean white; /* it leaves the cell white */
  guint32 colour; /* of a solid one */
} GroundFill;

typedef struct {
  gboolean struck, white;
  guint32 colour;
  const SymbolFont *symbols;
} CellFont;

struct CellStyles {
  const Symbols *symbols;
  GHashTable *codes;   /* int -> char *: the formats that the workbook defines, by their ids */
  GArray *fonts;       /* CellFont */
  GArray *fills;       /* GroundFill */
  GArray *styles;      /* CellStyle */
  GArray *differences; /* CellDifference */
};

static void
read_number_format (CellStyles *styles, const PackagePart *part)
{
  int id = part_number (part, "numFmtId", -1);
  const char *code = part_attribute (part, "formatCode");
  if (id >= 0 && code && strlen (code) <= CODE_LENGTH)
    g_hash_table_insert (styles->codes, GINT_TO_POINTER (id), g_strdup (code));
}

static guint32
part_colour (const PackagePart *part)
{
  const char *rgb = part_attribute (part, "rgb"), *tint = part_attribute (part, "tint");
  int theme = part_number (part, "theme", -1);
  if (tint && g_ascii_strtod (tint, NULL) != 0)
    return 0;
  if (rgb && strlen (rgb) >= 6)
    return COLOUR_RGB | (guint32)strtoul (rgb + strlen (rgb) - 6, NULL, 16);
  return theme >= 0 ? COLOUR_THEME | (guint32)theme : 0;
}

static void
read_fonts (CellStyles *styles, PackagePart *part)
{
  while (part_next (part) && !part_ends (part, "fonts")) {
    CellFont none = {0};
    if (part_begins (part, "font"))
      g_array_append_val (styles->fonts, none);
    CellFont *font = styles->fonts->len > 0 ? &g_array_index (styles->fonts, CellFont, styles->fonts->len - 1) : NULL;
    if (!font)
      continue;
    const char *name = part_begins (part, "name") ? part_attribute (part, "val") : NULL;
    font->struck = font->struck || part_strikes (part);
    font->white = font->white || (part_begins (part, "color") && part_is_white (part));
    if (part_begins (part, "color"))
      font->colour = part_colour (part);
    if (name && styles->symbols)
      font->symbols = symbol_font_from_name (styles->symbols, name);
  }
}

/* A pattern that is solid has its colour in fgColor; any other is seen. */
static void
read_fills (CellStyles *styles, PackagePart *part)
{
  GroundFill fill = {.white = TRUE};
  gboolean solid = FALSE;
  while (part_next (part) && !part_ends (part, "fills")) {
    const char *pattern = part_begins (part, "patternFill") ? part_attribute (part, "patternType") : NULL;
    if (part_begins (part, "fill")) {
      fill = (GroundFill){.white = TRUE};
      solid = FALSE;
    }
    if (pattern) {
      solid = !strcmp (pattern, "solid");
      fill.white = !strcmp (pattern, "none");
    }
    if (part_begins (part, "gradientFill"))
      fill.white = FALSE;
    if (solid && part_begins (part, "fgColor")) {
      fill.white = part_is_white (part);
      fill.colour = part_colour (part);
    }
    if (part_ends (part, "fill"))
      g_array_append_val (styles->fills, fill);
  }
}

static void
read_cell_formats (CellStyles *styles, PackagePart *part)
{
  while (part_next (part) && !part_ends (part, "cellXfs")) {
    CellStyle style = {part_number (part, "numFmtId", 0), part_number (part, "fontId", -1),
                       part_number (part, "fillId", -1), FALSE};
    const char *horizontal = part_begins (part, "alignment") ? part_attribute (part, "horizontal") : NULL;
    if (part_begins (part, "xf"))
      g_array_append_val (styles->styles, style);
    else if (horizontal && !strcmp (horizontal, "center") && styles->styles->len > 0)
      g_array_index (styles->styles, CellStyle, styles->styles->len - 1).centred = TRUE;
  }
}

static void
read_differences (CellStyles *styles, PackagePart *part)
{
  gboolean font = FALSE, fill = FALSE;
  while (part_next (part) && !part_ends (part, "dxfs")) {
    CellDifference none = {-1, FALSE, FALSE};
    if (part_begins (part, "dxf"))
      g_array_append_val (styles->differences, none);
    if (part_begins (part, "font") || part_ends (part, "font"))
      font = part_begins (part, "font");
    if (part_begins (part, "fill") || part_ends (part, "fill"))
      fill = part_begins (part, "fill");
    if (styles->differences->len == 0)
      continue;
    CellDifference *last = &g_array_index (styles->differences, CellDifference, styles->differences->len - 1);
    if (font && part_begins (part, "strike"))
      last->strike = part_strikes (part);
    if (font && part_begins (part, "color"))
      last->white = part_is_white (part);
    if (fill && (part_begins (part, "bgColor") || part_begins (part, "fgColor")))
      last->fills = last->fills || !part_is_white (part);
  }
}

/* Only these lists count: others (cellStyleXfs) have the same elements. */
static void
read_styles (CellStyles *styles, PackagePart *part)
{
  while (part_next (part))
    if (part_begins (part, "numFmts"))
      while (part_next (part) && !part_ends (part, "numFmts"))
        read_number_format (styles, part);
    else if (part_begins (part, "fonts"))
      read_fonts (styles, part);
    else if (part_begins (part, "fills"))
      read_fills (styles, part);
    else if (part_begins (part, "cellXfs"))
      read_cell_formats (styles, part);
    else if (part_begins (part, "dxfs"))
      read_differences (styles, part);
}

CellStyles *
cell_styles_from_package (Package *package, const char *workbook, const Symbols *symbols, GError **error)
{
  g_autoptr (CellStyles) styles = g_new0 (CellStyles, 1);
  styles->symbols = symbols;
  styles->codes = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  styles->fonts = g_array_new (FALSE, FALSE, sizeof (CellFont));
  styles->fills = g_array_new (FALSE, FALSE, sizeof (GroundFill));
  styles->differences = g_array_new (FALSE, FALSE, sizeof (CellDifference));
  styles->styles = g_array_new (FALSE, FALSE, sizeof (CellStyle));
  GError *failure = NULL;
  g_autofree char *name = package_related (package, workbook, "/styles", NULL, &failure);
  PackagePart *part = name ? part_open (package, name, &failure) : NULL;
  if (part) {
    read_styles (styles, part);
    part_close (part, &failure);
  }
  if (!failure)
    return g_steal_pointer (&styles);
  g_propagate_error (error, failure);
  return NULL;
}

void
cell_styles_free (CellStyles *styles)
{
  if (!styles)
    return;
  g_hash_table_unref (styles->codes);
  g_array_unref (styles->fonts);
  g_array_unref (styles->fills);
  g_array_unref (styles->differences);
  g_array_unref (styles->styles);
  g_free (styles);
}

const char *
cell_styles_format (const CellStyles *styles, int style)
{
  if (style < 0 || style >= (int)styles->styles->len)
    return number_format_built_in (0);
  int id = g_array_index (styles->styles, CellStyle, style).format;
  const char *code = g_hash_table_lookup (styles->codes, GINT_TO_POINTER (id));
  return code ? code : number_format_built_in (id);
}

static const CellStyle *
style_at (const CellStyles *styles, int style)
{
  return style >= 0 && style < (int)styles->styles->len ? &g_array_index (styles->styles, CellStyle, style) : NULL;
}

static const CellFont *
font_of (const CellStyles *styles, int style)
{
  const CellStyle *known = style_at (styles, style);
  return known && known->font >= 0 && known->font < (int)styles->fonts->len
             ? &g_array_index (styles->fonts, CellFont, known->font)
             : NULL;
}

gboolean
cell_styles_strike (const CellStyles *styles, int style)
{
  const CellFont *font = font_of (styles, style);
  return font && font->struck;
}

const SymbolFont *
cell_styles_symbols (const CellStyles *styles, int style)
{
  const CellFont *font = font_of (styles, style);
  return font ? font->symbols : NULL;
}

static const GroundFill *
fill_of (const CellStyles *styles, int style)
{
  const CellStyle *known = style_at (styles, style);
  return known && known->fill >= 0 && known->fill < (int)styles->fills->len
             ? &g_array_index (styles->fills, GroundFill, known->fill)
             : NULL;
}

gboolean
cell_styles_white_ground (const CellStyles *styles, int style)
{
  const GroundFill *fill = fill_of (styles, style);
  return !fill || fill->white;
}

gboolean
cell_styles_colourless (const CellStyles *styles, int style)
{
  const CellFont *font = font_of (styles, style);
  const GroundFill *fill = fill_of (styles, style);
  if (!font)
    return FALSE;
  return font->white ? cell_styles_white_ground (styles, style) : font->colour && fill && fill->colour == font->colour;
}

gboolean
cell_styles_centred (const CellStyles *styles, int style)
{
  const CellStyle *known = style_at (styles, style);
  return known && known->centred;
}

CellDifference
cell_styles_difference (const CellStyles *styles, int difference)
{
  if (difference < 0 || difference >= (int)styles->differences->len)
    return (CellDifference){.strike = -1};
  return g_array_index (styles->differences, CellDifference, difference);
}
