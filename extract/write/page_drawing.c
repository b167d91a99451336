/* page_drawing.c - see page_drawing.h */
#include "write/page_drawing.h"

#include "modules/module.h"

#include <cairo-ft.h>
#include <fontconfig/fontconfig.h>

/* Points between two pages. */
#define BETWEEN 12.0
#define BETWEEN_GREY 0.88 /* of a picture; a drawing as SVG is on its reader's ground */

/* Pixels a point, in a PNG; a picture has no more pixels up and down than cairo allows. */
#define SCALE 2.0
#define PIXELS_MOST 32000

/* An SVG names its letters, for the fonts of whoever looks at it; a PNG is painted with those that are here. */
typedef struct {
  GString *svg;   /* NULL: a PNG */
  cairo_t *cairo; /* NULL: an SVG */
  double top;     /* of the page */
  GPtrArray *blocks;
  const Sheet *sheet;
} Drawing;

typedef struct {
  double red, green, blue;
  double fill;   /* its opacity; 0: only the outline */
  double stroke; /* points: the width of the outline; 0: none */
  gboolean dotted;
} Pen;

static const Pen page_pen = {1, 1, 1, 1, 0, FALSE}, text_pen = {0, 0.6, 0.2, 0, 0.7, FALSE},
                 margin_pen = {0, 0.6, 0.2, 0, 0.7, TRUE}, cell_pen = {0, 0.3, 0.9, 0.06, 0.7, FALSE},
                 table_pen = {0, 0.3, 0.9, 0, 2, FALSE}, item_pen = {0.95, 0.5, 0, 0, 1, FALSE};

static char *
colour_name (const Pen *pen)
{
  return g_strdup_printf ("#%02x%02x%02x", (int)(pen->red * 255), (int)(pen->green * 255), (int)(pen->blue * 255));
}

static void
svg_box (GString *svg, Box box, const Pen *pen)
{
  g_autofree char *colour = colour_name (pen);
  g_string_append_printf (svg, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"", box.x0, box.y0,
                          box.x1 - box.x0, box.y1 - box.y0, colour);
  g_string_append_printf (svg, " fill-opacity=\"%.2f\" stroke=\"%s\" stroke-width=\"%.1f\"%s/>\n", pen->fill,
                          pen->stroke > 0 ? colour : "none", pen->stroke,
                          pen->dotted ? " stroke-dasharray=\"1.5\"" : "");
}

static void
cairo_box (cairo_t *cairo, Box box, const Pen *pen)
{
  const double dots[] = {1.5};
  cairo_rectangle (cairo, box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0);
  cairo_set_source_rgba (cairo, pen->red, pen->green, pen->blue, pen->fill);
  cairo_fill_preserve (cairo);
  cairo_set_source_rgba (cairo, pen->red, pen->green, pen->blue, pen->stroke > 0 ? 1 : 0);
  cairo_set_line_width (cairo, pen->stroke);
  cairo_set_dash (cairo, dots, pen->dotted, 0);
  cairo_stroke (cairo);
}

static void
draw_box (const Drawing *drawing, Box box, const Pen *pen)
{
  box.y0 += drawing->top;
  box.y1 += drawing->top;
  if (drawing->svg)
    svg_box (drawing->svg, box, pen);
  else
    cairo_box (drawing->cairo, box, pen);
}

/* TEXT with its baseline from X, Y. */
static void
draw_text (const Drawing *drawing, double x, double y, double size, const Pen *pen, const char *text)
{
  y += drawing->top;
  if (drawing->svg) {
    g_autofree char *colour = colour_name (pen), *escaped = g_markup_escape_text (text, -1);
    g_string_append_printf (drawing->svg, "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%.1f\" fill=\"%s\">%s</text>\n", x,
                            y, size, colour, escaped);
    return;
  }
  cairo_set_source_rgb (drawing->cairo, pen->red, pen->green, pen->blue);
  cairo_set_font_size (drawing->cairo, size);
  cairo_move_to (drawing->cairo, x, y);
  cairo_show_text (drawing->cairo, text);
}

static void
draw_ruling_lines (const Drawing *drawing, const Page *page)
{
  for (guint i = 0; i < page->ruling_lines->len; i++) {
    const RulingLine *ruling = &g_array_index (page->ruling_lines, RulingLine, i);
    gboolean fill = ruling->kind == RULING_FILL || ruling->kind == RULING_DOT;
    Pen pen = {0.5, 0.5, 0.5, fill ? 0.15 : 0, fill ? 0 : MAX (ruling->thickness, 0.3), FALSE};
    draw_box (drawing, ruling->box, &pen);
  }
}

static gboolean
is_in_block (const Drawing *drawing, const Page *page, double x, double y)
{
  for (guint i = 0; i < drawing->blocks->len; i++) {
    const Block *block = drawing->blocks->pdata[i];
    if (block->place.page == page->number && box_has (block->place.box, x, y))
      return TRUE;
  }
  return FALSE;
}

static void
draw_letters (const Drawing *drawing, const Page *page)
{
  for (guint i = 0; i < page->glyphs->len; i++) {
    const Glyph *glyph = &g_array_index (page->glyphs, Glyph, i);
    const Box *box = &glyph->box;
    gboolean found = is_in_block (drawing, page, (box->x0 + box->x1) / 2, (box->y0 + box->y1) / 2);
    Pen pen = {found ? 0 : 0.9, 0, 0, 0, 0, FALSE};
    gboolean shown = g_unichar_validate (glyph->character) && !g_unichar_iscntrl (glyph->character);
    char text[7] = {0};
    g_unichar_to_utf8 (shown ? glyph->character : 0xfffd, text);
    double height = box->y1 - box->y0;
    draw_text (drawing, box->x0, box->y1 - height * 0.2, MAX (1, height * 0.85), &pen, text);
  }
}

static void
draw_blocks (const Drawing *drawing, const Page *page)
{
  for (guint i = 0; i < drawing->blocks->len; i++) {
    const Block *block = drawing->blocks->pdata[i];
    if (block->place.page != page->number)
      continue;
    for (guint j = 0; block->kind == BLOCK_GRID && j < block->grid->cells->len; j++)
      draw_box (drawing, ((const Cell *)block->grid->cells->pdata[j])->place.box, &cell_pen);
    draw_box (drawing, block->place.box,
              block->kind == BLOCK_GRID            ? &table_pen
              : block->kind == BLOCK_HEADER_FOOTER ? &margin_pen
                                                   : &text_pen);
  }
}

static void
draw_items (const Drawing *drawing, const Page *page)
{
  for (guint i = 0; drawing->sheet && i < drawing->sheet->items->len; i++) {
    const Item *item = drawing->sheet->items->pdata[i];
    for (guint j = 0; j < item->places->len; j++) {
      const Place *place = &g_array_index (item->places, Place, j);
      if (place->page != page->number)
        continue;
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      draw_box (drawing, place->box, &item_pen);
      draw_text (drawing, place->box.x1 + 2, place->box.y0 + 7, 7, &item_pen, number);
    }
  }
}

static void
draw_pages (Drawing *drawing, GPtrArray *pages)
{
  for (guint i = 0; i < pages->len; i++) {
    const Page *page = pages->pdata[i];
    if (!page->glyphs)
      continue;
    draw_box (drawing, (Box){0, 0, page->width, page->height}, &page_pen);
    draw_ruling_lines (drawing, page);
    draw_blocks (drawing, page);
    draw_letters (drawing, page);
    draw_items (drawing, page);
    drawing->top += page->height + BETWEEN;
  }
}

/* A face with as many of the letters of PAGES as one font here has; cairo by itself takes one that may have no ideographs. */
static cairo_font_face_t *
face_for_pages (GPtrArray *pages)
{
  FcCharSet *letters = FcCharSetCreate ();
  for (guint i = 0; i < pages->len; i++) {
    const Page *page = pages->pdata[i];
    for (guint j = 0; page->glyphs && j < page->glyphs->len; j++)
      FcCharSetAddChar (letters, g_array_index (page->glyphs, Glyph, j).character);
  }
  FcPattern *wanted = FcPatternCreate ();
  FcPatternAddString (wanted, FC_FAMILY, (const FcChar8 *)"sans-serif");
  FcPatternAddCharSet (wanted, FC_CHARSET, letters);
  FcConfigSubstitute (NULL, wanted, FcMatchPattern);
  FcDefaultSubstitute (wanted);
  FcResult result;
  FcPattern *found = FcFontMatch (NULL, wanted, &result);
  cairo_font_face_t *face = found ? cairo_ft_font_face_create_for_pattern (found) : NULL;
  if (found)
    FcPatternDestroy (found);
  FcPatternDestroy (wanted);
  FcCharSetDestroy (letters);
  return face;
}

static cairo_status_t
take_bytes (void *data, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
png_from_pages (Drawing *drawing, GPtrArray *pages, double width, double height)
{
  double scale = MIN (SCALE, PIXELS_MOST / MAX (width, height));
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)(width * scale), (int)(height * scale));
  drawing->cairo = cairo_create (surface);
  cairo_set_source_rgb (drawing->cairo, BETWEEN_GREY, BETWEEN_GREY, BETWEEN_GREY);
  cairo_paint (drawing->cairo);
  cairo_scale (drawing->cairo, scale, scale);
  cairo_font_face_t *face = face_for_pages (pages);
  if (face)
    cairo_set_font_face (drawing->cairo, face);
  draw_pages (drawing, pages);
  cairo_font_face_destroy (face);
  cairo_destroy (drawing->cairo);
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_write_to_png_stream (surface, take_bytes, bytes);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}

static GBytes *
svg_from_pages (Drawing *drawing, GPtrArray *pages, double width, double height)
{
  drawing->svg = g_string_new (NULL);
  g_string_append_printf (drawing->svg,
                          "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\""
                          " font-family=\"sans-serif\">\n",
                          width, height);
  draw_pages (drawing, pages);
  g_string_append (drawing->svg, "</svg>\n");
  return g_string_free_to_bytes (drawing->svg);
}

MODULE_ENTRY GBytes *
drawing_from_pages (GPtrArray *pages, GPtrArray *blocks, const Sheet *sheet, DrawingFormat format)
{
  double width = 0, height = 0;
  for (guint i = 0; i < pages->len; i++) {
    const Page *page = pages->pdata[i];
    width = page->glyphs ? MAX (width, page->width) : width;
    height += page->glyphs ? page->height + BETWEEN : 0;
  }
  Drawing drawing = {.blocks = blocks, .sheet = sheet};
  if (width <= 0)
    return NULL;
  return format == DRAWING_SVG ? svg_from_pages (&drawing, pages, width, height)
                               : png_from_pages (&drawing, pages, width, height);
}
