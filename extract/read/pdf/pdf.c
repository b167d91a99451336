/* pdf.c - PDF documents: what is painted on each page (painted_page.h), and what of it is seen (seen_page.h).
 *
 * Characters are normalised later, when words have boxes. A page without usable text (text_layer.h) is recognised from
 * its picture (read/picture/ocr.h), which Poppler-glib draws; a damaged document is rebuilt (rebuild.h).
 */
#include "model/error.h"
#include "modules/module.h"
#include "read/pdf/damage.h"
#include "read/pdf/decryption.h"
#include "read/pdf/rebuild.h"
#include "read/pdf/seen_page.h"
#include "read/pdf/shape_votes.h"
#include "read/pdf/symbol_glyphs.h"
#include "read/pdf/tags.h"
#include "read/pdf/text_layer.h"
#include "read/picture/recognised_pages.h"
#include "read/picture/tesseract.h"
#include "read/reader.h"

#include <glib/gi18n.h>

static PaintedDocument *
document_from_source (const Source *source, const ReadOptions *options, GError **error)
{
  PaintedOpening opening;
  PaintedDocument *document = painted_document_new (source->bytes, NULL, &opening);
  if (opening == PAINTED_ENCRYPTED)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_NEEDS_PASSWORD,
                 options->passwords
                     ? _ ("is encrypted, and not with a password that was given; ask for the right one")
                     : _ ("is encrypted with a password; give it with --password-file, or save a copy without one and "
                          "give that"));
  else if (!document)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_DAMAGED, _ ("is a damaged PDF; fetch or export it again"));
  return document;
}

static gboolean
count_is_within_limits (int count, int limit, GError **error)
{
  if (count > 0 && count <= limit)
    return TRUE;
  if (count > limit)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_PAGES,
                 _ ("%d pages, the limit is %d; split the document, or raise the limit with --max-pages"), count,
                 limit);
  else
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_DAMAGED,
                 _ ("is a PDF without pages; fetch or export it again"));
  return FALSE;
}

/* Notes which of the COUNT pages are left out since others are wanted. FALSE, with ERROR: there is none of these. */
static gboolean
pages_are_there (int count, const ReadOptions *options, GPtrArray *notes, GError **error)
{
  g_autofree char *left_out = page_ranges_left_out (options->pages, count);
  if (page_ranges_count (options->pages, count) == 0) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_UNSUPPORTED,
                 ngettext ("has %d page, none of those in --pages", "has %d pages, none of those in --pages", count),
                 count);
    return FALSE;
  }
  if (*left_out)
    notes_add (notes, "pages-left-out", NOTE_WARNING, (Place){0},
               "Of the %d pages these were not read, as the call asked (--pages): %s.", count, left_out);
  return TRUE;
}

/* With this many lines either way a table is drawn, and not in doubt: tags have nothing to add. */
#define LINES_ENOUGH 4

static gboolean
is_in_doubt (const Page *page)
{
  int lines[RULING_FILL + 1] = {0};
  for (guint i = 0; i < page->ruling_lines->len; i++)
    lines[g_array_index (page->ruling_lines, RulingLine, i).kind]++;
  return page->glyphs->len > 0 && (lines[RULING_HORIZONTAL] < LINES_ENOUGH || lines[RULING_VERTICAL] < LINES_ENOUGH);
}

/* The pages that can be opened, with the text that they have; in LAYERS what that is worth, page by page. What the first
 * page of a kind takes beyond that is opened as soon as it is met: where it cannot be opened in this process, another one
 * reads the document again. NULL, with ERROR: it cannot be opened at all. */
static GPtrArray *
pages_from_document (PaintedDocument *document, gboolean tagged, const ReadOptions *options, GPtrArray *notes,
                     GArray *layers, GError **error)
{
  g_autoptr (GPtrArray) pages = pages_new ();
  for (int i = 0; i < painted_document_pages (document); i++) {
    g_autoptr (PaintedPage) painted = page_ranges_have (options->pages, i + 1) ? painted_page_new (document, i) : NULL;
    TextLayer layer;
    if (!painted)
      continue;
    if (painted->cut)
      notes_add (notes, "page-cut-short", NOTE_WARNING, (Place){.page = i + 1},
                 "So much is painted on the page that it was not read to its end: what comes after is missing.");
    painted_page_read_symbols (painted, i + 1, options->knowledge, notes);
    Page *page = page_from_painted (painted, i + 1, options, notes, &layer);
    g_ptr_array_add (pages, page);
    g_array_append_val (layers, layer);
    gboolean needs_qpdf = page->glyphs->len == 0 || (tagged && is_in_doubt (page));
    if (needs_qpdf && !reader_open_module (options, MODULE_QPDF, error))
      return NULL;
  }
  return g_steal_pointer (&pages);
}

/* Pages that are pictures */

static int
count_with_text (GPtrArray *pages)
{
  int count = 0;
  for (guint i = 0; i < pages->len; i++)
    count += ((const Page *)pages->pdata[i])->glyphs->len > 0;
  return count;
}

/* A page that is to be recognised from its picture. */
typedef struct {
  Page *page;
  TextLayer layer; /* what its text is worth */
  RecognisedPage picture;
} PictureTask;

static GArray *
tasks_from_pages (GPtrArray *pages, GArray *layers)
{
  GArray *tasks = g_array_new (FALSE, TRUE, sizeof (PictureTask));
  text_layers_judge_together (layers);
  for (guint i = 0; i < pages->len; i++) {
    Page *page = g_ptr_array_index (pages, i);
    PictureTask task = {page, g_array_index (layers, TextLayer, i), {.number = page->number}};
    if (page->glyphs->len == 0 || task.layer.partial || text_layer_is_broken (&task.layer) ||
        text_layer_is_poor (&task.layer))
      g_array_append_val (tasks, task);
  }
  return tasks;
}

static Place
all_of_page (const Page *page)
{
  return (Place){.page = page->number, .box = {0, 0, page->width, page->height}};
}

static void
note_recognised (const PictureTask *task, GPtrArray *notes)
{
  const TextLayer *layer = &task->layer;
  Place place = all_of_page (task->page);
  /* The glyphs that these are about are used no more. */
  notes_remove (notes, "mark-by-shape", place.page);
  notes_remove (notes, "private-use", place.page);
  double confidence = task->picture.recognised->confidence;
  if (layer->all == 0)
    notes_add (notes, "page-is-picture", NOTE_INFO, place,
               "This page has no text; it is read from what it looks like, with a confidence of %.2f.", confidence);
  else if (!text_layer_is_broken (layer) && !text_layer_is_poor (layer))
    notes_add (
        notes, "page-is-picture", NOTE_INFO, place,
        "This page is a picture with %d letters over it; it is read from what it looks like, with a confidence of "
        "%.2f.",
        layer->all, confidence);
  else if (!text_layer_is_broken (layer))
    notes_add (notes, "text-layer-broken", NOTE_WARNING, place,
               "The text under the picture of this page was recognised poorly (%.0f of a hundred letters are of common "
               "words); it is read again from what it looks like, with a confidence of %.2f.",
               layer->words * 100, confidence);
  else
    notes_add (notes, "text-layer-broken", NOTE_WARNING, place,
               "The text of this page cannot be what it shows (%.0f or more of its %d letters are others than they "
               "seem, %d characters are none); it is read from what it looks like, with a confidence of %.2f.",
               MIN (layer->doubt, layer->letters), layer->letters, layer->wrong, confidence);
}

/* The page has its own glyphs with the characters that VOTES give them, where these make sense. */
static gboolean
take_votes (PictureTask *task, ShapeVotes *votes, const ReadOptions *options, GPtrArray *notes)
{
  g_autoptr (GArray) glyphs = task->layer.shapes ? shape_votes_glyphs (votes, task->page, task->layer.shapes) : NULL;
  if (!glyphs)
    return FALSE;
  TextLayer voted = text_layer_from_glyphs (glyphs, options);
  if (!text_layer_is_better (&voted, &task->layer))
    return FALSE;
  note_recognised (task, notes);
  g_array_unref (task->page->glyphs);
  task->page->glyphs = g_steal_pointer (&glyphs);
  task->page->recognised = TRUE;
  task->page->confidence = task->picture.recognised->confidence;
  return TRUE;
}

/* Whether the text of a page cannot be what the page shows. */
static gboolean
is_odd (const TextLayer *layer)
{
  return layer->all > 0 && (text_layer_is_broken (layer) || text_layer_is_poor (layer));
}

/* What was recognised takes the place of the text, unless it makes no more sense. */
static void
take_result (PictureTask *task, ShapeVotes *votes, const ReadOptions *options, GPtrArray *notes)
{
  Page *page = task->page;
  Place place = all_of_page (page);
  if (task->picture.unreadable)
    notes_add (notes, "page-unreadable", NOTE_ERROR, place, "Page %d cannot be drawn.", page->number);
  if (!task->picture.recognised || task->picture.recognised->glyphs->len == 0) {
    if (is_odd (&task->layer))
      notes_add (notes, "text-layer-odd", NOTE_WARNING, place,
                 "The letters of this page make no words, and none are seen in its picture; its text is kept.");
    return;
  }
  if (take_votes (task, votes, options, notes))
    return;
  TextLayer recognised = text_layer_from_glyphs (task->picture.recognised->glyphs, options);
  if (text_layer_is_better (&recognised, &task->layer)) {
    note_recognised (task, notes);
    page_take_recognised (page, g_steal_pointer (&task->picture.recognised));
  } else if (is_odd (&task->layer))
    notes_add (notes, "text-layer-odd", NOTE_WARNING, place,
               "The letters of this page make no words, and no better ones are seen on it; its text is kept.");
}

/* WHY pictures are not read. Text that is not what the page shows is better than none. */
static void
note_unread (GArray *tasks, GPtrArray *notes, const char *why)
{
  for (guint i = 0; i < tasks->len; i++) {
    const PictureTask *task = &g_array_index (tasks, PictureTask, i);
    Place place = all_of_page (task->page);
    if (is_odd (&task->layer))
      notes_add (notes, "text-layer-odd", NOTE_WARNING, place,
                 "The text of this page cannot be what it shows, and is kept, since pictures are not read here: %s.",
                 why);
    else if (task->layer.all > 0)
      notes_add (notes, "page-not-read", NOTE_ERROR, place,
                 "This page is a picture with %d letters over it, and pictures are not read here: %s.", task->layer.all,
                 why);
    else
      notes_add (notes, "page-not-read", NOTE_ERROR, place,
                 "This page has no text that can be used, and pictures are not read here: %s.", why);
  }
}

/* EARLIER: the votes of the same tasks before; NULL: none. */
static ShapeVotes *
votes_of_tasks (GArray *tasks, ShapeVotes *earlier)
{
  ShapeVotes *votes = shape_votes_new ();
  for (guint i = 0; i < tasks->len; i++) {
    const PictureTask *task = &g_array_index (tasks, PictureTask, i);
    if (task->layer.shapes && task->picture.recognised)
      shape_votes_add (votes, task->page, task->layer.shapes, task->picture.recognised, earlier);
  }
  return votes;
}

/* Replaces glyphs and ruling lines of those of PAGES that need it, and says so in notes. LAYERS: what their text is worth. FALSE,
 * with ERROR set: no page has text, and pictures cannot be recognised. */
static gboolean
recognise_pages (GPtrArray *pages, GArray *layers, const Source *source, const ReadOptions *options, GPtrArray *notes,
                 GError **error)
{
  g_autoptr (GArray) tasks = tasks_from_pages (pages, layers);
  if (tasks->len == 0)
    return TRUE;
  g_autoptr (OcrModel) found = options->ocr_model ? NULL : ocr_model_open ();
  const OcrModel *ocr_model = options->ocr_model ? options->ocr_model : found;
  gboolean open = reader_open_module (options, MODULE_OCR, NULL) && reader_open_module (options, MODULE_PICTURES, NULL);
  const char *missing = open ? tesseract_missing (ocr_model) : OCR_CLOSED;
  if (missing && count_with_text (pages) == 0) {
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
  g_autoptr (GPtrArray) pictures = g_ptr_array_new ();
  for (guint i = 0; i < tasks->len; i++)
    g_ptr_array_add (pictures, &g_array_index (tasks, PictureTask, i).picture);
  pages_recognise (pictures, source->bytes, ocr_model, options);
  g_autoptr (ShapeVotes) first_votes = votes_of_tasks (tasks, NULL), votes = votes_of_tasks (tasks, first_votes);
  for (guint i = 0; i < tasks->len; i++) {
    PictureTask *task = &g_array_index (tasks, PictureTask, i);
    take_result (task, votes, options, notes);
    g_clear_pointer (&task->picture.recognised, page_free);
  }
  return TRUE;
}

/* Whole documents */

/* PAGES, which are taken, with those recognised that are pictures. NULL where there is no text after all. */
static GPtrArray *
pages_with_pictures (GPtrArray *pages, GArray *layers, const Source *source, const ReadOptions *options,
                     GPtrArray *notes, GError **error)
{
  g_autoptr (GPtrArray) taken = pages;
  if (pages->len == 0) { /* it has pages, and Poppler opens none: nobody knows whether they are pictures */
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_DAMAGED,
                 _ ("is a damaged PDF, none of whose pages can be read; fetch or export it again"));
    return NULL;
  }
  if (!recognise_pages (pages, layers, source, options, notes, error))
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
  g_autoptr (PaintedDocument) document = document_from_source (&repaired, options, error);
  if (!document || !count_is_within_limits (painted_document_pages (document), source->limits.pages, error) ||
      !pages_are_there (painted_document_pages (document), options, notes, error))
    return NULL;
  g_autoptr (GArray) layers = g_array_new (FALSE, TRUE, sizeof (TextLayer));
  g_array_set_clear_func (layers, text_layer_clear);
  GPtrArray *pages = pages_from_document (document, FALSE, options, notes, layers, error);
  if (!pages)
    return NULL;
  pages = pages_with_pictures (pages, layers, &repaired, options, notes, NULL);
  if (pages)
    rebuilt_note (rebuilt, pages, notes);
  else
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_DAMAGED,
                 _ ("is a damaged PDF, and what is left of it has no text; fetch or export it again"));
  return pages;
}

/* Notes the faults of a document that could not be rebuilt into a better one. */
static void
note_missing (PaintedDocument *document, const ReadOptions *options, GPtrArray *pages, DamageSigns signs,
              GPtrArray *notes)
{
  guint next = 0;
  if (signs.damage & DAMAGE_END)
    notes_add (notes, "pdf-rebuilt", NOTE_WARNING, (Place){0},
               "The end of the file is missing; what is left is read as far as it goes.");
  for (int i = 1; i <= painted_document_pages (document); i++)
    if (next < pages->len && ((const Page *)pages->pdata[next])->number == i)
      next++;
    else if (page_ranges_have (options->pages, i))
      notes_add (notes, "page-unreadable", NOTE_ERROR, (Place){.page = i}, "Page %d cannot be read.", i);
}

/* A page without text may be a picture, or lost. */
static gboolean
looks_sound (GPtrArray *pages, const ReadOptions *options, DamageSigns signs, PaintedDocument *document)
{
  int count = painted_document_pages (document);
  return !signs.damage && count > 0 && page_ranges_count (options->pages, count) == count_with_text (pages) &&
         count >= signs.pages;
}

static void
read_tags (GPtrArray *pages, GBytes *bytes)
{
  g_autoptr (GPtrArray) in_doubt = g_ptr_array_new ();
  for (guint i = 0; i < pages->len; i++)
    if (is_in_doubt (pages->pdata[i]))
      g_ptr_array_add (in_doubt, pages->pdata[i]);
  if (in_doubt->len > 0)
    pages_read_tags (in_doubt, bytes);
}

/* Reads DOCUMENT, as Poppler opened SOURCE, or what it can be rebuilt into. DOCUMENT NULL: Poppler cannot open it, for
 * which the caller has the error. */
static GPtrArray *
pages_from_either (PaintedDocument *document, const Source *source, const ReadOptions *options, GPtrArray *notes,
                   GError **error)
{
  DamageSigns signs = damage_signs (source->bytes);
  g_autoptr (GArray) layers = g_array_new (FALSE, TRUE, sizeof (TextLayer));
  g_array_set_clear_func (layers, text_layer_clear);
  if (signs.damage && !reader_open_module (options, MODULE_QPDF, error))
    return NULL;
  g_autoptr (GPtrArray) pages =
      document ? pages_from_document (document, signs.tagged, options, notes, layers, error) : pages_new ();
  if (!pages)
    return NULL;
  gboolean sound = document && looks_sound (pages, options, signs, document);
  if (document && painted_document_pages (document) <= 0) /* a wrong /Count is enough for Poppler to see none */
    signs.damage |= DAMAGE_PAGES;
  if (!sound && !reader_open_module (options, MODULE_QPDF, error))
    return NULL;
  g_autoptr (Rebuilt) rebuilt = sound ? NULL : rebuilt_from_bytes (source->bytes, signs.damage);
  if (rebuilt && rebuilt_count (rebuilt) >= count_with_text (pages))
    return pages_from_rebuilt (rebuilt, source, options, notes, error);
  if (!document || !count_is_within_limits (painted_document_pages (document), source->limits.pages, error) ||
      !pages_are_there (painted_document_pages (document), options, notes, error))
    return NULL;
  note_missing (document, options, pages, signs, notes);
  if (signs.tagged)
    read_tags (pages, source->bytes);
  return pages_with_pictures (g_steal_pointer (&pages), layers, source, options, notes, error);
}

/* SOURCE, or COPY of it with bytes that are not encrypted, in *DECRYPTED, where that takes a password. NULL, with ERROR:
 * what decrypts cannot be opened. */
static const Source *
source_without_password (const Source *source, Source *copy, const ReadOptions *options, GBytes **decrypted,
                         GError **error)
{
  PaintedOpening opening;
  g_autoptr (PaintedDocument) document G_GNUC_UNUSED =
      options->passwords ? painted_document_new (source->bytes, NULL, &opening) : NULL;
  if (!options->passwords || opening != PAINTED_ENCRYPTED)
    return source;
  if (!reader_open_module (options, MODULE_QPDF, error))
    return NULL;
  *decrypted = pdf_decrypted (source->bytes, options->passwords);
  if (!*decrypted)
    return source;
  *copy = *source;
  copy->bytes = *decrypted;
  return copy;
}

MODULE_ENTRY GPtrArray *
pages_from_pdf (const Source *given, const ReadOptions *options, GPtrArray *notes, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) decrypted = NULL;
  Source copy;
  const Source *source = source_without_password (given, &copy, options, &decrypted, error);
  if (!source)
    return NULL;
  g_autoptr (PaintedDocument) document = document_from_source (source, options, &failure);
  int count = document ? painted_document_pages (document) : 0;
  GPtrArray *pages = NULL;
  if (count > source->limits.pages)
    count_is_within_limits (count, source->limits.pages, error);
  else if (document || g_error_matches (failure, CHECKSHEET_ERROR, CHECKSHEET_ERROR_DAMAGED))
    pages = pages_from_either (document, source, options, notes, document ? error : NULL);
  if (!pages && failure)
    g_propagate_error (error, g_steal_pointer (&failure));
  return pages;
}
