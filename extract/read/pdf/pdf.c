/* pdf.c - PDF documents: what is painted on each page (painted_page.h), and what of it is seen (seen_page.h).
 *
 * Characters are normalised later, when words have boxes. A page without usable text (text_layer.h) is recognised from
 * its picture (read/picture/ocr.h), which Poppler-glib draws; a damaged document is rebuilt (rebuild.h).
 */
#include "model/error.h"
#include "read/pdf/damage.h"
#include "read/pdf/rebuild.h"
#include "read/pdf/seen_page.h"
#include "read/pdf/symbol_glyphs.h"
#include "read/pdf/tags.h"
#include "read/pdf/text_layer.h"
#include "read/picture/ocr.h"
#include "read/reader.h"

#include <glib/gi18n.h>
#include <poppler.h>

#define PAGES_LIMIT 5000

/* Threads that recognise pictures; each needs some 150 MiB. */
#define OCR_THREADS_LIMIT 3

typedef PopplerDocument PdfDocument;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdfDocument, g_object_unref)
typedef PopplerPage PdfPage;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdfPage, g_object_unref)

static PaintedDocument *
document_from_source (const Source *source, GError **error)
{
  PaintedOpening opening;
  PaintedDocument *document = painted_document_new (source->bytes, NULL, &opening);
  if (opening == PAINTED_ENCRYPTED)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_NEEDS_PASSWORD,
                 _ ("is encrypted with a password; save a copy without one and give that"));
  else if (!document)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_DAMAGED, _ ("is a damaged PDF; fetch or export it again"));
  return document;
}

static gboolean
count_is_within_limits (int count, GError **error)
{
  if (count > 0 && count <= PAGES_LIMIT)
    return TRUE;
  if (count > PAGES_LIMIT)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_PAGES,
                 _ ("%d pages, the limit is %d; split the document"), count, PAGES_LIMIT);
  else
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_DAMAGED,
                 _ ("is a PDF without pages; fetch or export it again"));
  return FALSE;
}

/* The pages that can be opened, with the text that they have. */
static GPtrArray *
pages_from_document (PaintedDocument *document, const ReadOptions *options, GPtrArray *notes)
{
  GPtrArray *pages = pages_new ();
  for (int i = 0; i < MIN (painted_document_pages (document), PAGES_LIMIT); i++) {
    g_autoptr (PaintedPage) painted = painted_page_new (document, i);
    if (!painted)
      continue;
    painted_page_read_symbols (painted, i + 1, options->knowledge, notes);
    g_ptr_array_add (pages, page_from_painted (painted, i + 1, options, notes));
  }
  return pages;
}

/* Pages that are pictures */

/* A page that is to be recognised from its picture. */
typedef struct {
  Page *page;
  TextLayer layer;     /* what its text is worth */
  gboolean unreadable; /* it cannot be drawn */
  Page *recognised;    /* what its picture shows; NULL: it is blank or unreadable */
} PictureTask;

static GArray *
tasks_from_pages (GPtrArray *pages, const ReadOptions *options)
{
  GArray *tasks = g_array_new (FALSE, TRUE, sizeof (PictureTask));
  for (guint i = 0; i < pages->len; i++) {
    Page *page = g_ptr_array_index (pages, i);
    PictureTask task = {.page = page, .layer = text_layer_from_glyphs (page->glyphs, options)};
    if (page->glyphs->len == 0 || text_layer_is_broken (&task.layer))
      g_array_append_val (tasks, task);
  }
  return tasks;
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
  const Source *source;
  const OcrModel *ocr_model; /* may be NULL */
  OcrFixes *fixes;
  GArray *tasks; /* PictureTask */
  int next;      /* of the tasks; atomic */
} PictureWork;

static void
do_task (PictureTask *task, PdfDocument *document, Tesseract *tesseract, OcrFixes *fixes)
{
  g_autoptr (PdfPage) pdf_page = document ? poppler_document_get_page (document, task->page->number - 1) : NULL;
  g_autoptr (Picture) picture = pdf_page ? picture_from_pdf_page (pdf_page) : NULL;
  task->unreadable = !picture;
  if (picture && !is_blank (picture))
    task->recognised = page_from_picture (picture, tesseract, fixes);
}

/* In a thread of its own, with a document and a Tesseract of its own. */
static gpointer
do_tasks (gpointer data)
{
  PictureWork *work = data;
  g_autoptr (Tesseract) tesseract = tesseract_new (work->ocr_model);
  g_autoptr (PdfDocument) document = poppler_document_new_from_bytes (work->source->bytes, NULL, NULL);
  for (guint i; tesseract && (i = (guint)g_atomic_int_add (&work->next, 1)) < work->tasks->len;)
    do_task (&g_array_index (work->tasks, PictureTask, i), document, tesseract, work->fixes);
  return NULL;
}

static void
do_all_tasks (PictureWork *work)
{
  guint count = MIN (MIN (g_get_num_processors (), OCR_THREADS_LIMIT), work->tasks->len);
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();
  for (guint i = 1; i < count; i++) {
    GThread *thread = g_thread_try_new ("pictures", do_tasks, work, NULL);
    if (thread)
      g_ptr_array_add (threads, thread);
  }
  do_tasks (work);
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (g_ptr_array_index (threads, i));
}

static void
note_recognised (const PictureTask *task, GPtrArray *notes)
{
  Place place = {.page = task->page->number, .box = {0, 0, task->page->width, task->page->height}};
  if (task->layer.all == 0)
    notes_add (notes, "page-is-picture", NOTE_INFO, place,
               "This page has no text; it is read from what it looks like, with a confidence of %.2f.",
               task->recognised->confidence);
  else
    notes_add (notes, "text-layer-broken", NOTE_WARNING, place,
               "The text of this page cannot be what it shows (its %d letters make no words, %d characters are none); "
               "it is read from what it looks like, with a confidence of %.2f.",
               task->layer.letters, task->layer.wrong, task->recognised->confidence);
}

/* What was recognised takes the place of the text, unless it makes no more sense. */
static void
take_result (PictureTask *task, const ReadOptions *options, GPtrArray *notes)
{
  Page *page = task->page;
  Place place = {.page = page->number, .box = {0, 0, page->width, page->height}};
  if (task->unreadable)
    notes_add (notes, "page-unreadable", NOTE_ERROR, place, "Page %d cannot be drawn.", page->number);
  if (!task->recognised || task->recognised->glyphs->len == 0)
    return;
  TextLayer recognised = text_layer_from_glyphs (task->recognised->glyphs, options);
  if (task->layer.all > 0 && text_layer_is_broken (&recognised)) {
    notes_add (notes, "text-layer-odd", NOTE_WARNING, place,
               "The letters of this page make no words, and no better ones are seen on it; its text is kept.");
    return;
  }
  note_recognised (task, notes);
  page_take_recognised (page, g_steal_pointer (&task->recognised));
}

static void
note_unread (GArray *tasks, GPtrArray *notes, const char *why)
{
  for (guint i = 0; i < tasks->len; i++) {
    const Page *page = g_array_index (tasks, PictureTask, i).page;
    notes_add (notes, "page-not-read", NOTE_ERROR,
               (Place){.page = page->number, .box = {0, 0, page->width, page->height}},
               "This page has no text that can be used, and pictures are not read here: %s.", why);
  }
}

/* Replaces glyphs and ruling lines of those of PAGES that need it, and says so in notes. FALSE, with ERROR set: no page
 * has usable text, and pictures cannot be recognised. */
static gboolean
recognise_pages (GPtrArray *pages, const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error)
{
  g_autoptr (GArray) tasks = tasks_from_pages (pages, options);
  if (tasks->len == 0)
    return TRUE;
  g_autoptr (OcrModel) found = options->ocr_model ? NULL : ocr_model_open ();
  const OcrModel *ocr_model = options->ocr_model ? options->ocr_model : found;
  const char *missing = tesseract_missing (ocr_model);
  if (missing && tasks->len == pages->len) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_UNSUPPORTED, _ ("has no usable text, only pictures; %s"),
                 _ (missing));
    return FALSE;
  }
  if (missing) {
    note_unread (tasks, notes, missing);
    return TRUE;
  }
  if (options->pictures_ahead)
    options->pictures_ahead ((int)tasks->len, options->data);
  g_autoptr (OcrFixes) fixes = ocr_fixes_new (options);
  PictureWork work = {.source = source, .ocr_model = ocr_model, .fixes = fixes, .tasks = tasks};
  do_all_tasks (&work);
  for (guint i = 0; i < tasks->len; i++) {
    PictureTask *task = &g_array_index (tasks, PictureTask, i);
    take_result (task, options, notes);
    g_clear_pointer (&task->recognised, page_free);
  }
  return TRUE;
}

/* Whole documents */

static int
count_with_text (GPtrArray *pages)
{
  int count = 0;
  for (guint i = 0; i < pages->len; i++)
    count += ((const Page *)pages->pdata[i])->glyphs->len > 0;
  return count;
}

/* PAGES, which are taken, with those recognised that are pictures. NULL where there is no text after all. */
static GPtrArray *
pages_with_pictures (GPtrArray *pages, const Source *source, const ReadOptions *options, GPtrArray *notes,
                     GError **error)
{
  g_autoptr (GPtrArray) taken = pages;
  if (!recognise_pages (pages, source, options, notes, error))
    return NULL;
  if (count_with_text (pages) > 0)
    return g_steal_pointer (&taken);
  g_set_error (
      error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_UNSUPPORTED,
      _ ("has no text, and none was recognised in its pictures; give the document it was scanned or printed from"));
  return NULL;
}

/* A damaged document without text is not one of pictures. */
static GPtrArray *
pages_from_rebuilt (const Rebuilt *rebuilt, const Source *source, const ReadOptions *options, GPtrArray *notes,
                    GError **error)
{
  Source repaired = *source;
  repaired.bytes = rebuilt->bytes;
  g_autoptr (PaintedDocument) document = document_from_source (&repaired, error);
  if (!document || !count_is_within_limits (painted_document_pages (document), error))
    return NULL;
  GPtrArray *pages = pages_with_pictures (pages_from_document (document, options, notes), &repaired, options, notes, NULL);
  if (pages)
    rebuilt_note (rebuilt, pages, notes);
  else
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_DAMAGED,
                 _ ("is a damaged PDF, and what is left of it has no text; fetch or export it again"));
  return pages;
}

/* Notes the faults of a document that could not be rebuilt into a better one. */
static void
note_missing (PaintedDocument *document, GPtrArray *pages, DamageSigns signs, GPtrArray *notes)
{
  guint next = 0;
  if (signs.damage & DAMAGE_END)
    notes_add (notes, "pdf-rebuilt", NOTE_WARNING, (Place){0},
               "The end of the file is missing; what is left is read as far as it goes.");
  for (int i = 1; i <= painted_document_pages (document); i++)
    if (next < pages->len && ((const Page *)pages->pdata[next])->number == i)
      next++;
    else
      notes_add (notes, "page-unreadable", NOTE_ERROR, (Place){.page = i}, "Page %d cannot be read.", i);
}

/* A page without text may be a picture, or lost. */
static gboolean
looks_sound (GPtrArray *pages, DamageSigns signs, PaintedDocument *document)
{
  int count = painted_document_pages (document);
  return !signs.damage && count == count_with_text (pages) && count >= signs.pages;
}

/* Reads DOCUMENT, as Poppler opened SOURCE, or what it can be rebuilt into. DOCUMENT NULL: Poppler cannot open it, for
 * which the caller has the error. */
static GPtrArray *
pages_from_either (PaintedDocument *document, const Source *source, const ReadOptions *options, GPtrArray *notes,
                   GError **error)
{
  DamageSigns signs = damage_signs (source->bytes);
  g_autoptr (GPtrArray) pages = document ? pages_from_document (document, options, notes) : pages_new ();
  gboolean sound = document && looks_sound (pages, signs, document);
  g_autoptr (Rebuilt) rebuilt = sound ? NULL : rebuilt_from_bytes (source->bytes, signs.damage);
  if (rebuilt && rebuilt_count (rebuilt) >= count_with_text (pages))
    return pages_from_rebuilt (rebuilt, source, options, notes, error);
  if (!document || !count_is_within_limits (painted_document_pages (document), error))
    return NULL;
  note_missing (document, pages, signs, notes);
  if (signs.tagged)
    pages_read_tags (pages, source->bytes);
  return pages_with_pictures (g_steal_pointer (&pages), source, options, notes, error);
}

GPtrArray *
pages_from_pdf (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (PaintedDocument) document = document_from_source (source, &failure);
  int count = document ? painted_document_pages (document) : 0;
  GPtrArray *pages = NULL;
  if (count > PAGES_LIMIT)
    count_is_within_limits (count, error);
  else if (document || g_error_matches (failure, CHECKSHEET_ERROR, CHECKSHEET_ERROR_DAMAGED))
    pages = pages_from_either (document, source, options, notes, document ? error : NULL);
  if (!pages && failure)
    g_propagate_error (error, g_steal_pointer (&failure));
  return pages;
}
