/* recognised_pages.c - see recognised_pages.h */
#include "read/picture/recognised_pages.h"

#include "modules/module.h"
#include "read/picture/ocr.h"

#include <math.h>
#include <poppler.h>

#define DOTS_PER_INCH 300.0

/* A page of 600 by 420 mm at 300 dots. */
#define PIXELS_LIMIT 36e6

/* Threads that recognise pictures; each needs some 150 MiB. */
#define OCR_THREADS_LIMIT 3

typedef PopplerDocument PdfDocument;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdfDocument, g_object_unref)
typedef PopplerPage PdfPage;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdfPage, g_object_unref)

/* Luma (ITU-R BT.601). */
static void
grey_from_surface (Picture *picture, cairo_surface_t *surface)
{
  const guchar *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  guchar *to = picture->grey;
  for (int y = 0; y < picture->height; y++) {
    const guint32 *from = (const guint32 *)(data + (gsize)y * stride);
    for (int x = 0; x < picture->width; x++)
      *to++ = (299 * (from[x] >> 16 & 255) + 587 * (from[x] >> 8 & 255) + 114 * (from[x] & 255)) / 1000;
  }
}

/* PAGE as it is shown, with 300 dots to the inch; fewer where the page is so large that it would not fit into memory.
 * NULL: it cannot be drawn. The caller frees. */
static Picture *
picture_from_pdf_page (PopplerPage *page)
{
  double width, height;
  poppler_page_get_size (page, &width, &height);
  if (!(width >= 1 && height >= 1))
    return NULL;
  double scale = MIN (DOTS_PER_INCH / 72, sqrt (PIXELS_LIMIT / (width * height)));
  g_autoptr (Picture) picture = picture_new ((int)(width * scale), (int)(height * scale), scale);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, picture->width, picture->height);
  cairo_t *cairo = cairo_create (surface);
  cairo_set_source_rgb (cairo, 1, 1, 1);
  cairo_paint (cairo);
  cairo_scale (cairo, scale, scale);
  poppler_page_render (page, cairo);
  gboolean drawn = cairo_status (cairo) == CAIRO_STATUS_SUCCESS && cairo_image_surface_get_data (surface);
  cairo_destroy (cairo);
  cairo_surface_flush (surface);
  if (drawn)
    grey_from_surface (picture, surface);
  cairo_surface_destroy (surface);
  return drawn ? g_steal_pointer (&picture) : NULL;
}

static gboolean
is_blank (const Picture *picture)
{
  for (gsize i = 0; i < (gsize)picture->width * picture->height; i++)
    if (picture->grey[i] < 200)
      return FALSE;
  return TRUE;
}

/* What the threads share. */
typedef struct {
  GBytes *bytes;
  const OcrModel *model; /* may be NULL */
  OcrFixes *fixes;
  GPtrArray *pages; /* RecognisedPage */
  int next;         /* of the pages; atomic */
} PictureWork;

static void
recognise_page (RecognisedPage *page, PdfDocument *document, Tesseract *tesseract, OcrFixes *fixes)
{
  g_autoptr (PdfPage) pdf_page = document ? poppler_document_get_page (document, page->number - 1) : NULL;
  g_autoptr (Picture) picture = pdf_page ? picture_from_pdf_page (pdf_page) : NULL;
  page->unreadable = !picture;
  if (picture)
    picture_lighten_dark_page (picture);
  if (picture && !is_blank (picture))
    page->recognised = page_from_picture (picture, tesseract, fixes);
}

/* In a thread of its own, with a document and a Tesseract of its own. */
static gpointer
recognise_next_pages (gpointer data)
{
  PictureWork *work = data;
  g_autoptr (Tesseract) tesseract = tesseract_new (work->model);
  g_autoptr (PdfDocument) document = poppler_document_new_from_bytes (work->bytes, NULL, NULL);
  for (guint i; tesseract && (i = (guint)g_atomic_int_add (&work->next, 1)) < work->pages->len;)
    recognise_page (work->pages->pdata[i], document, tesseract, work->fixes);
  return NULL;
}

MODULE_ENTRY void
pages_recognise (GPtrArray *pages, GBytes *bytes, const OcrModel *model, const ReadOptions *options)
{
  g_autoptr (OcrFixes) fixes = ocr_fixes_new (options);
  PictureWork work = {.bytes = bytes, .model = model, .fixes = fixes, .pages = pages};
  guint count = MIN (MIN (g_get_num_processors (), OCR_THREADS_LIMIT), pages->len);
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();
  for (guint i = 1; i < count; i++) {
    GThread *thread = g_thread_try_new ("pictures", recognise_next_pages, &work, NULL);
    if (thread)
      g_ptr_array_add (threads, thread);
  }
  recognise_next_pages (&work);
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (g_ptr_array_index (threads, i));
}
