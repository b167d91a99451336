/* pdf.c - PDF documents through Poppler-glib: glyphs with boxes from its text layout, rules from a cairo script
 * (rules.h).
 *
 * Poppler's text honours ActualText, glyph-level calls do not; its reading order is a hint only, which layout/ does not
 * trust. Characters are not normalised here: that comes when words have boxes.
 */
#include "model/error.h"
#include "read/pdf/damage.h"
#include "read/pdf/pdf_pictures.h"
#include "read/pdf/rebuild.h"
#include "read/pdf/rules.h"
#include "read/pdf/tags/tags.h"
#include "read/reader.h"

#include <cairo-script.h>
#include <glib/gi18n.h>
#include <poppler.h>

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
  g_array_unref (page->ruling_lines);
  page->ruling_lines = rules_from_pdf_page (pdf_page, page, &drawing->recorder);
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
  page->ruling_lines = g_array_new (FALSE, TRUE, sizeof (RulingLine));
  if (page->glyphs->len > 0)
    g_thread_pool_push (drawing->pool, page, NULL);
  return page;
}

static PopplerDocument *
document_from_source (const Source *source, GError **error)
{
  g_autoptr (GError) poppler_error = NULL;
  PopplerDocument *document = poppler_document_new_from_bytes (source->bytes, NULL, &poppler_error);
  if (g_error_matches (poppler_error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_NEEDS_PASSWORD,
                 _ ("is encrypted with a password; save a copy without one and give that"));
  else if (!document)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_DAMAGED, _ ("is a damaged PDF; fetch or export it again"));
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

/* The pages that can be opened, with the text that they have. */
static GPtrArray *
pages_from_document (PdfDocument *document, const Source *source)
{
  GPtrArray *pages = pages_new ();
  Drawing drawing;
  drawing_begin (&drawing, source);
  for (int i = 0; i < MIN (poppler_document_get_n_pages (document), PAGES_LIMIT); i++) {
    Page *page = page_from_pdf (document, i, &drawing);
    if (page)
      g_ptr_array_add (pages, page);
  }
  drawing_end (&drawing);
  return pages;
}

static int
count_with_text (GPtrArray *pages)
{
  int count = 0;
  for (guint i = 0; i < pages->len; i++)
    count += ((const Page *)pages->pdata[i])->glyphs->len > 0;
  return count;
}

/* Reads what stands in pictures of PAGES, which it takes. NULL where there is no text after all. */
static GPtrArray *
pages_with_pictures (GPtrArray *pages, const Source *source, GPtrArray *notes, GError **error)
{
  g_autoptr (GPtrArray) taken = pages;
  if (!pages_read_pictures (pages, source, notes, error))
    return NULL;
  if (count_with_text (pages) > 0)
    return g_steal_pointer (&taken);
  g_set_error (
      error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_UNSUPPORTED,
      _ ("has no text, and none can be seen in its pictures; give the document it was scanned or printed from"));
  return NULL;
}

/* A damaged document without text is not one of pictures. */
static GPtrArray *
pages_from_rebuilt (const Rebuilt *rebuilt, const Source *source, GPtrArray *notes, GError **error)
{
  Source mended = *source;
  mended.bytes = rebuilt->bytes;
  g_autoptr (PdfDocument) document = document_from_source (&mended, error);
  if (!document || !count_is_fine (poppler_document_get_n_pages (document), error))
    return NULL;
  GPtrArray *pages = pages_with_pictures (pages_from_document (document, &mended), &mended, notes, NULL);
  if (pages)
    rebuilt_note (rebuilt, pages, notes);
  else
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_DAMAGED,
                 _ ("is a damaged PDF, and what is left of it has no text; fetch or export it again"));
  return pages;
}

/* What nothing better could be made of. */
static void
note_missing (PdfDocument *document, GPtrArray *pages, DamageSigns signs, GPtrArray *notes)
{
  guint next = 0;
  if (signs.damage & DAMAGE_END)
    notes_add (notes, "pdf-rebuilt", NOTE_WARNING, (Place){0},
               "The end of the file is missing; what is left is read as far as it goes.");
  for (int i = 1; i <= poppler_document_get_n_pages (document); i++)
    if (next < pages->len && ((const Page *)pages->pdata[next])->number == i)
      next++;
    else
      notes_add (notes, "page-unreadable", NOTE_ERROR, (Place){.page = i}, "Page %d cannot be read.", i);
}

/* A page without text may be a picture, or lost. */
static gboolean
looks_sound (GPtrArray *pages, DamageSigns signs, PdfDocument *document)
{
  int count = poppler_document_get_n_pages (document);
  return !signs.damage && count == count_with_text (pages) && count >= signs.pages;
}

/* DOCUMENT is what Poppler makes of SOURCE; NULL: it makes nothing of it, and the caller says so. */
static GPtrArray *
pages_from_either (PdfDocument *document, const Source *source, GPtrArray *notes, GError **error)
{
  DamageSigns signs = damage_signs (source->bytes);
  g_autoptr (GPtrArray) pages = document ? pages_from_document (document, source) : pages_new ();
  gboolean sound = document && looks_sound (pages, signs, document);
  g_autoptr (Rebuilt) rebuilt = sound ? NULL : rebuilt_from_bytes (source->bytes, signs.damage);
  if (rebuilt && rebuilt_count (rebuilt) >= count_with_text (pages))
    return pages_from_rebuilt (rebuilt, source, notes, error);
  if (!document || !count_is_fine (poppler_document_get_n_pages (document), error))
    return NULL;
  note_missing (document, pages, signs, notes);
  if (signs.tagged)
    pages_read_tags (pages, source->bytes);
  return pages_with_pictures (g_steal_pointer (&pages), source, notes, error);
}

GPtrArray *
pages_from_pdf (const Source *source, GPtrArray *notes, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (PdfDocument) document = document_from_source (source, &failure);
  int count = document ? poppler_document_get_n_pages (document) : 0;
  GPtrArray *pages = NULL;
  if (count > PAGES_LIMIT)
    count_is_fine (count, error);
  else if (document || g_error_matches (failure, CHECKSHEET_ERROR, CHECKSHEET_ERROR_DAMAGED))
    pages = pages_from_either (document, source, notes, document ? error : NULL);
  if (!pages && failure)
    g_propagate_error (error, g_steal_pointer (&failure));
  return pages;
}
