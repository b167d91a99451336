/* pdf.c - PDF documents through Poppler-glib: glyphs with boxes from its text layout, rules from a cairo script
 * (rules.h).
 *
 * Poppler's text honours ActualText, glyph-level calls do not; its reading order is a hint only, which layout/ does not
 * trust. Characters are not normalised here: that comes when words have boxes.
 */
#include "error.h"
#include "read/pdf/pdf_pictures.h"
#include "read/pdf/rules.h"
#include "read/reader.h"

#include <cairo-script.h>
#include <glib/gi18n.h>
#include <poppler.h>
#include <string.h>

#define PAGES_LIMIT 5000

/* At scale 1 cairo's stroke adjustment shifts lines by half a point; at 2 by a quarter, which no divider minds, at half
 * the cost of 8. */
#define SCRIPT_SCALE 2.0

typedef PopplerDocument PdfDocument;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdfDocument, g_object_unref)
typedef PopplerPage PdfPage;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdfPage, g_object_unref)

/* One script device for the whole document: it writes each font once. */
typedef struct {
  cairo_device_t *device;
  GByteArray *written; /* since the last page */
} Recorder;

static cairo_status_t
recorder_write (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static Recorder
recorder_new (void)
{
  Recorder recorder = {.written = g_byte_array_new ()};
  recorder.device = cairo_script_create_for_stream (recorder_write, recorder.written);
  cairo_script_set_mode (recorder.device, CAIRO_SCRIPT_MODE_ASCII);
  return recorder;
}

static void
recorder_clear (Recorder *recorder)
{
  cairo_device_destroy (recorder->device);
  g_byte_array_unref (recorder->written);
}

static GArray *
rules_from_pdf_page (PdfPage *pdf_page, const Page *page, Recorder *recorder)
{
  cairo_surface_t *surface = cairo_script_surface_create (recorder->device, CAIRO_CONTENT_COLOR_ALPHA,
                                                          page->width * SCRIPT_SCALE, page->height * SCRIPT_SCALE);
  cairo_t *cairo = cairo_create (surface);
  cairo_scale (cairo, SCRIPT_SCALE, SCRIPT_SCALE);
  poppler_page_render_for_printing (pdf_page, cairo);
  cairo_show_page (cairo);
  cairo_destroy (cairo);
  cairo_surface_destroy (surface);
  cairo_device_flush (recorder->device);
  GArray *rules = rules_from_script ((const char *)recorder->written->data, recorder->written->len, SCRIPT_SCALE);
  g_byte_array_set_size (recorder->written, 0);
  return rules;
}

static Box
box_from_rectangle (const PopplerRectangle *rectangle)
{
  return (Box){MIN (rectangle->x1, rectangle->x2), MIN (rectangle->y1, rectangle->y2),
               MAX (rectangle->x1, rectangle->x2), MAX (rectangle->y1, rectangle->y2)};
}

/* A combining mark has no width of its own: it stands where the character before it stands. */
static Box
glyph_box (GArray *glyphs, gunichar character, const PopplerRectangle *rectangle)
{
  if (g_unichar_combining_class (character) != 0 && glyphs->len > 0)
    return g_array_index (glyphs, Glyph, glyphs->len - 1).box;
  return box_from_rectangle (rectangle);
}

static GArray *
glyphs_from_pdf_page (PdfPage *pdf_page)
{
  g_autofree char *text = poppler_page_get_text (pdf_page);
  g_autofree PopplerRectangle *rectangles = NULL;
  guint count = 0;
  GArray *glyphs = g_array_new (FALSE, TRUE, sizeof (Glyph));
  if (!text || !poppler_page_get_text_layout (pdf_page, &rectangles, &count))
    return glyphs;
  gboolean space = FALSE;
  const char *next = text;
  for (guint i = 0; i < count && *next; i++, next = g_utf8_next_char (next)) {
    gunichar character = g_utf8_get_char (next);
    if (g_unichar_isspace (character)) {
      space = TRUE;
      continue;
    }
    Glyph glyph = {.character = character, .box = glyph_box (glyphs, character, &rectangles[i]), .space_before = space};
    g_array_append_val (glyphs, glyph);
    space = FALSE;
  }
  return glyphs;
}

/* Text and drawing cost about the same, so that the drawing is read in a thread of its own, from a document of its own:
 * Poppler's documents share nothing. */
typedef struct {
  PdfDocument *document;
  Recorder recorder;
  GThreadPool *pool; /* of one thread */
} Drawing;

static void
draw_page (gpointer data, gpointer user_data)
{
  Page *page = data;
  Drawing *drawing = user_data;
  g_autoptr (PdfPage) pdf_page = poppler_document_get_page (drawing->document, page->number - 1);
  if (!pdf_page)
    return;
  g_array_unref (page->rules);
  page->rules = rules_from_pdf_page (pdf_page, page, &drawing->recorder);
}

static void
drawing_begin (Drawing *drawing, const Source *source)
{
  drawing->document = poppler_document_new_from_bytes (source->bytes, NULL, NULL);
  drawing->recorder = recorder_new ();
  drawing->pool = g_thread_pool_new (draw_page, drawing, 1, TRUE, NULL);
}

/* Waits for the last page. Poppler may keep a pattern of the last drawing, which writes to the recorder when it goes.
 */
static void
drawing_end (Drawing *drawing)
{
  g_thread_pool_free (drawing->pool, FALSE, TRUE);
  g_object_unref (drawing->document);
  recorder_clear (&drawing->recorder);
}

/* A page without text, a picture, has no rules that could part text. */
static Page *
page_from_pdf (PopplerDocument *document, int index, Drawing *drawing)
{
  g_autoptr (PdfPage) pdf_page = poppler_document_get_page (document, index);
  if (!pdf_page)
    return NULL;
  double width, height;
  poppler_page_get_size (pdf_page, &width, &height);
  Page *page = page_new (index + 1, width, height);
  page->glyphs = glyphs_from_pdf_page (pdf_page);
  page->rules = g_array_new (FALSE, TRUE, sizeof (Rule));
  if (page->glyphs->len > 0)
    g_thread_pool_push (drawing->pool, page, NULL);
  return page;
}

/* A file whose end is missing is no shorter document but a broken one: rows would be lost in silence. */
static gboolean
has_end (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  gsize tail = MIN (size, 2048);
  return memmem (data + size - tail, tail, "%%EOF", 5) != NULL;
}

static PopplerDocument *
document_from_source (const Source *source, GError **error)
{
  g_autoptr (GError) poppler_error = NULL;
  PopplerDocument *document = poppler_document_new_from_bytes (source->bytes, NULL, &poppler_error);
  if (g_error_matches (poppler_error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_NEEDS_PASSWORD,
                 _ ("is encrypted with a password; save a copy without one and give that"));
  else if (!document || !has_end (source->bytes)) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_DAMAGED,
                 has_end (source->bytes) ? _ ("is a damaged PDF; fetch or export it again")
                                         : _ ("is a PDF whose end is missing; fetch it again"));
    g_clear_object (&document);
  }
  return document;
}

static gboolean
count_is_fine (int count, GError **error)
{
  if (count > 0 && count <= PAGES_LIMIT)
    return TRUE;
  if (count > PAGES_LIMIT)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_PAGES,
                 _ ("%d pages, the limit is %d; split the document"), count, PAGES_LIMIT);
  else
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_DAMAGED,
                 _ ("is a PDF without a page; fetch or export it again"));
  return FALSE;
}

static gboolean
has_glyphs (GPtrArray *pages)
{
  for (guint i = 0; i < pages->len; i++)
    if (((Page *)g_ptr_array_index (pages, i))->glyphs->len > 0)
      return TRUE;
  return FALSE;
}

GPtrArray *
pages_from_pdf (const Source *source, GPtrArray *notes, GError **error)
{
  g_autoptr (PdfDocument) document = document_from_source (source, error);
  if (!document || !count_is_fine (poppler_document_get_n_pages (document), error))
    return NULL;
  g_autoptr (GPtrArray) pages = pages_new ();
  Drawing drawing;
  drawing_begin (&drawing, source);
  for (int i = 0; i < poppler_document_get_n_pages (document); i++) {
    Page *page = page_from_pdf (document, i, &drawing);
    if (page)
      g_ptr_array_add (pages, page);
    else
      notes_add (notes, "page-unreadable", NOTE_ERROR, (Place){.page = i + 1}, "Page %d cannot be read.", i + 1);
  }
  drawing_end (&drawing);
  if (!pages_read_pictures (pages, source, notes, error))
    return NULL;
  if (has_glyphs (pages))
    return g_steal_pointer (&pages);
  g_set_error (
      error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_UNSUPPORTED,
      _ ("has no text, and none can be seen in its pictures; give the document it was scanned or printed from"));
  return NULL;
}
