/* pdf_pictures.c - see pdf_pictures.h */
#include "read/pdf/pdf_pictures.h"

#include "model/error.h"
#include "read/pdf/text_layer.h"
#include "read/picture/ocr.h"

#include <glib/gi18n.h>
#include <poppler.h>

/* Side by side; each needs some 150 MiB. */
#define READERS_LIMIT 3

typedef PopplerDocument PdfDocument;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdfDocument, g_object_unref)
typedef PopplerPage PdfPage;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdfPage, g_object_unref)

static PicturesAhead tell_ahead;
static gpointer tell_data;

void
pictures_ahead_tell (PicturesAhead tell, gpointer data)
{
  tell_ahead = tell;
  tell_data = data;
}

/* A page that is to be read from its picture. */
typedef struct {
  Page *page;
  TextLayer layer;     /* what its text is worth */
  gboolean blank;      /* nothing is drawn on it */
  gboolean unreadable; /* it cannot be drawn */
  Page *seen;          /* what its picture shows; NULL: not read */
} Task;

static GArray *
tasks_from_pages (GPtrArray *pages)
{
  GArray *tasks = g_array_new (FALSE, TRUE, sizeof (Task));
  for (guint i = 0; i < pages->len; i++) {
    Page *page = g_ptr_array_index (pages, i);
    Task task = {.page = page, .layer = text_layer_of (page->glyphs)};
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

/* What the readers share. */
typedef struct {
  const Source *source;
  GArray *tasks;
  int next; /* of the tasks; atomic */
} Work;

static void
do_task (Task *task, PopplerDocument *document, Recogniser *recogniser)
{
  g_autoptr (PdfPage) pdf_page = document ? poppler_document_get_page (document, task->page->number - 1) : NULL;
  g_autoptr (Picture) picture = pdf_page ? picture_from_pdf_page (pdf_page) : NULL;
  task->unreadable = !picture;
  task->blank = picture && is_blank (picture);
  if (task->unreadable || task->blank)
    return;
  task->seen = page_from_picture (picture, recogniser);
}

/* In a thread of its own, with a document and a recogniser of its own. */
static gpointer
do_tasks (gpointer data)
{
  Work *work = data;
  g_autoptr (Recogniser) recogniser = recogniser_new ();
  g_autoptr (PdfDocument) document = poppler_document_new_from_bytes (work->source->bytes, NULL, NULL);
  for (guint i; recogniser && (i = (guint)g_atomic_int_add (&work->next, 1)) < work->tasks->len;)
    do_task (&g_array_index (work->tasks, Task, i), document, recogniser);
  return NULL;
}

static void
do_all (Work *work)
{
  guint readers = MIN (MIN (g_get_num_processors (), READERS_LIMIT), work->tasks->len);
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();
  for (guint i = 1; i < readers; i++) {
    GThread *thread = g_thread_try_new ("pictures", do_tasks, work, NULL);
    if (thread)
      g_ptr_array_add (threads, thread);
  }
  do_tasks (work);
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (g_ptr_array_index (threads, i));
}

static void
note_read (const Task *task, GPtrArray *notes)
{
  Place place = {.page = task->page->number, .box = {0, 0, task->page->width, task->page->height}};
  if (task->layer.all == 0)
    notes_add (notes, "page-is-picture", NOTE_INFO, place,
               "This page has no text; it is read from what it looks like, with a confidence of %.2f.",
               task->seen->confidence);
  else
    notes_add (notes, "text-layer-broken", NOTE_WARNING, place,
               "The text of this page cannot be what it shows (its %d letters make no words, %d characters are none); "
               "it is read "
               "from what it looks like, with a confidence of %.2f.",
               task->layer.letters, task->layer.wrong, task->seen->confidence);
}

/* What was seen stands for the text, unless it makes no more sense. */
static void
take_result (Task *task, GPtrArray *notes)
{
  Page *page = task->page;
  Place place = {.page = page->number, .box = {0, 0, page->width, page->height}};
  if (task->unreadable)
    notes_add (notes, "page-unreadable", NOTE_ERROR, place, "Page %d cannot be drawn.", page->number);
  if (!task->seen || task->seen->glyphs->len == 0)
    return;
  TextLayer seen = text_layer_of (task->seen->glyphs);
  if (task->layer.all > 0 && text_layer_is_broken (&seen)) {
    notes_add (notes, "text-layer-odd", NOTE_WARNING, place,
               "The letters of this page make no words, and no better ones are seen on it; its text is kept.");
    return;
  }
  note_read (task, notes);
  page_take_recognised (page, g_steal_pointer (&task->seen));
}

static void
take_results (GArray *tasks, GPtrArray *notes)
{
  for (guint i = 0; i < tasks->len; i++) {
    Task *task = &g_array_index (tasks, Task, i);
    take_result (task, notes);
    g_clear_pointer (&task->seen, page_free);
  }
}

static void
note_unread (GArray *tasks, GPtrArray *notes, const char *why)
{
  for (guint i = 0; i < tasks->len; i++) {
    const Page *page = g_array_index (tasks, Task, i).page;
    notes_add (notes, "page-not-read", NOTE_ERROR,
               (Place){.page = page->number, .box = {0, 0, page->width, page->height}},
               "This page has no text that can be used, and pictures are not read here: %s.", why);
  }
}

gboolean
pages_read_pictures (GPtrArray *pages, const Source *source, GPtrArray *notes, GError **error)
{
  g_autoptr (GArray) tasks = tasks_from_pages (pages);
  if (tasks->len == 0)
    return TRUE;
  const char *missing = recogniser_missing ();
  if (missing && tasks->len == pages->len) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_UNSUPPORTED,
                 _ ("has no text that can be used, only pictures; %s"), _ (missing));
    return FALSE;
  }
  if (missing) {
    note_unread (tasks, notes, missing);
    return TRUE;
  }
  if (tell_ahead)
    tell_ahead ((int)tasks->len, tell_data);
  Work work = {.source = source, .tasks = tasks};
  do_all (&work);
  take_results (tasks, notes);
  return TRUE;
}
