/* page_pictures.c - see page_pictures.h */
#include "read/picture/page_pictures.h"

#include "modules/module.h"

#include <leptonica/allheaders.h>
#include <math.h>
#include <poppler.h>
#include <string.h>

/* Pixels: 11 pixels for the height of a line of 8 points, of an A4 page on its side. */
#define WIDTH_USUAL 1200.0
#define PIXELS_MOST 3e6

/* Colours: text, its grey edges, and the few tints of a table. */
#define COLOURS 16

/* A PNG larger than this is tried as a JPEG, bytes; and its quality. */
#define PNG_MOST 150000
#define JPEG_QUALITY 50

static PIX *
pix_from_surface (cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  const guchar *data = cairo_image_surface_get_data (surface);
  PIX *pix = data ? pixCreate (width, height, 32) : NULL;
  for (int y = 0; pix && y < height; y++) {
    const guint32 *from = (const guint32 *)(gconstpointer)(data + (gsize)y * stride);
    l_uint32 *to = pixGetData (pix) + (gsize)y * pixGetWpl (pix);
    for (int x = 0; x < width; x++)
      to[x] = from[x] << 8;
  }
  return pix;
}

static PIX *
pix_from_page (PopplerPage *page, double width, double height)
{
  double scale = MIN (WIDTH_USUAL / MAX (width, height * 0.7), sqrt (PIXELS_MOST / (width * height)));
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, MAX ((int)(width * scale), 1), MAX ((int)(height * scale), 1));
  cairo_t *cairo = cairo_create (surface);
  cairo_set_source_rgb (cairo, 1, 1, 1);
  cairo_paint (cairo);
  cairo_scale (cairo, scale, scale);
  poppler_page_render (page, cairo);
  gboolean drawn = cairo_status (cairo) == CAIRO_STATUS_SUCCESS;
  cairo_destroy (cairo);
  cairo_surface_flush (surface);
  PIX *pix = drawn ? pix_from_surface (surface) : NULL;
  cairo_surface_destroy (surface);
  return pix;
}

/* Takes DATA, of leptonica; NULL for NULL. */
static char *
address_from_data (l_uint8 *data, size_t size, const char *start)
{
  if (!data)
    return NULL;
  g_autofree char *base64 = g_base64_encode (data, size);
  lept_free (data);
  return g_strconcat (start, base64, NULL);
}

static char *
png_address (PIX *pix)
{
  l_uint8 *data = NULL;
  size_t size = 0;
  PIX *few = pixOctreeQuantNumColors (pix, COLOURS, 0);
  if (few)
    pixWriteMem (&data, &size, few, IFF_PNG);
  pixDestroy (&few);
  return address_from_data (data, size, "data:image/png;base64,");
}

static char *
jpeg_address (PIX *pix)
{
  l_uint8 *data = NULL;
  size_t size = 0;
  pixWriteMemJpeg (&data, &size, pix, JPEG_QUALITY, 0);
  return address_from_data (data, size, "data:image/jpeg;base64,");
}

static char *
address_from_page (PopplerPage *page, double width, double height)
{
  PIX *pix = pix_from_page (page, width, height);
  if (!pix)
    return NULL;
  g_autofree char *png = png_address (pix);
  gboolean large = !png || strlen (png) > PNG_MOST / 3 * 4;
  g_autofree char *jpeg = large ? jpeg_address (pix) : NULL;
  gboolean smaller = jpeg && (!png || strlen (jpeg) < strlen (png));
  pixDestroy (&pix);
  return smaller ? g_steal_pointer (&jpeg) : g_steal_pointer (&png);
}

static void
append_page (GString *lines, PopplerDocument *document, int index)
{
  double width, height;
  char number[2][G_ASCII_DTOSTR_BUF_SIZE];
  PopplerPage *page = poppler_document_get_page (document, index);
  if (!page)
    return;
  poppler_page_get_size (page, &width, &height);
  g_autofree char *address = width >= 1 && height >= 1 ? address_from_page (page, width, height) : NULL;
  if (address)
    g_string_append_printf (lines, "%d %s %s %s\n", index + 1,
                            g_ascii_formatd (number[0], sizeof number[0], "%.2f", width),
                            g_ascii_formatd (number[1], sizeof number[1], "%.2f", height), address);
  g_object_unref (page);
}

MODULE_ENTRY char *
page_pictures_from_pdf (GBytes *bytes, const gboolean *wanted, int count)
{
  PopplerDocument *document = poppler_document_new_from_bytes (bytes, NULL, NULL);
  if (!document)
    return NULL;
  g_autoptr (GString) lines = g_string_new (NULL);
  int pages = MIN (count, poppler_document_get_n_pages (document));
  for (int i = 0, drawn = 0; i < pages && drawn < PAGE_PICTURES_MOST; i++)
    if (wanted[i]) {
      append_page (lines, document, i);
      drawn++;
    }
  g_object_unref (document);
  return g_string_free (g_steal_pointer (&lines), FALSE);
}
