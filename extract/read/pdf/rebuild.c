/* rebuild.c - see rebuild.h */
#include "read/pdf/rebuild.h"

#include "model/page.h"
#include "read/pdf/page_tree.h"
#include "read/pdf/quiet.h"
#include "read/pdf/reindex.h"

#include <stdlib.h>

/* Forms within forms are looked into this deep; producers nest one or two. */
#define FORMS_DEEP 4

/* What is asked of one document's contents. */
typedef struct {
  qpdf_data pdf;
  GHashTable *seen; /* ids of the forms that were looked at, and whether they are whole */
  gboolean mended;  /* qpdf found an object where the index did not say, or a stream's end where the length did not */
} Contents;

/* qpdf minds no wrong checksum, which is all that tells when bytes in the middle are others. */
static gboolean
checksum_is_right (qpdf_data pdf, qpdf_oh stream)
{
  unsigned char *packed = NULL;
  gsize length = 0;
  qpdf_oh filter = qpdf_oh_get_key (pdf, qpdf_oh_get_dict (pdf, stream), "/Filter");
  if (qpdf_oh_is_array (pdf, filter) && qpdf_oh_get_array_n_items (pdf, filter) > 0)
    filter = qpdf_oh_get_array_item (pdf, filter, 0);
  if (!qpdf_oh_is_name_and_equals (pdf, filter, "/FlateDecode"))
    return TRUE;
  qpdf_oh_get_stream_data (pdf, stream, qpdf_dl_none, NULL, &packed, &length);
  gboolean right = packed && damage_unpacks ((const char *)packed, length);
  free (packed);
  return right;
}

/* Whether the stream unpacks to its end; what qpdf has said before is about where it stands. */
static gboolean
stream_is_whole (Contents *contents, qpdf_oh stream)
{
  unsigned char *unpacked = NULL;
  gsize length = 0;
  contents->mended |= quiet_pdf_complained (contents->pdf);
  qpdf_oh_get_stream_data (contents->pdf, stream, qpdf_dl_generalized, NULL, &unpacked, &length);
  free (unpacked);
  return !quiet_pdf_complained (contents->pdf) && checksum_is_right (contents->pdf, stream);
}

static gboolean
page_stream_is_whole (Contents *contents, qpdf_oh page)
{
  qpdf_data pdf = contents->pdf;
  qpdf_oh streams = qpdf_oh_get_key (pdf, page, "/Contents");
  if (!qpdf_oh_is_array (pdf, streams))
    return qpdf_oh_is_stream (pdf, streams) ? stream_is_whole (contents, streams)
                                            : !qpdf_oh_has_key (pdf, page, "/Contents");
  int count = qpdf_oh_get_array_n_items (pdf, streams);
  for (int i = 0; i < count; i++) {
    qpdf_oh part = qpdf_oh_get_array_item (pdf, streams, i);
    if (!qpdf_oh_is_stream (pdf, part) || !stream_is_whole (contents, part))
      return FALSE;
  }
  return TRUE;
}

static GPtrArray *
keys_of (qpdf_data pdf, qpdf_oh dictionary)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);
  if (qpdf_oh_is_dictionary (pdf, dictionary))
    for (qpdf_oh_begin_dict_key_iter (pdf, dictionary); qpdf_oh_dict_more_keys (pdf);)
      g_ptr_array_add (keys, g_strdup (qpdf_oh_dict_next_key (pdf)));
  return keys;
}

static gboolean forms_are_whole (Contents *contents, qpdf_oh holder, int deep);

static gboolean
form_is_whole (Contents *contents, qpdf_oh object, int deep)
{
  qpdf_data pdf = contents->pdf;
  gpointer id = GINT_TO_POINTER (qpdf_oh_get_object_id (pdf, object)), whole;
  qpdf_oh form = qpdf_oh_is_stream (pdf, object) ? qpdf_oh_get_dict (pdf, object) : 0;
  if (!form || !qpdf_oh_is_name_and_equals (pdf, qpdf_oh_get_key (pdf, form, "/Subtype"), "/Form"))
    return TRUE;
  if (g_hash_table_lookup_extended (contents->seen, id, NULL, &whole))
    return GPOINTER_TO_INT (whole);
  g_hash_table_insert (contents->seen, id, GINT_TO_POINTER (TRUE));
  gboolean is_whole = stream_is_whole (contents, object) && forms_are_whole (contents, form, deep - 1);
  g_hash_table_insert (contents->seen, id, GINT_TO_POINTER (is_whole));
  return is_whole;
}

/* The forms that HOLDER, a page or a form's dictionary, may draw. */
static gboolean
forms_are_whole (Contents *contents, qpdf_oh holder, int deep)
{
  if (deep == 0)
    return TRUE;
  qpdf_oh resources = qpdf_oh_get_key (contents->pdf, holder, "/Resources");
  qpdf_oh objects = qpdf_oh_get_key_if_dict (contents->pdf, resources, "/XObject");
  g_autoptr (GPtrArray) names = keys_of (contents->pdf, objects);
  for (guint i = 0; i < names->len; i++)
    if (!form_is_whole (contents, qpdf_oh_get_key (contents->pdf, objects, names->pdata[i]), deep))
      return FALSE;
  return TRUE;
}

static PageState
state_of_slot (Contents *contents, const PageSlot *slot)
{
  if (!slot->page)
    return PAGE_LOST;
  if (page_stream_is_whole (contents, slot->page) && forms_are_whole (contents, slot->page, FORMS_DEEP))
    return PAGE_WHOLE;
  return PAGE_BROKEN;
}

/* PageState of each page; *MENDED where qpdf had to look for what they hold. */
static GArray *
states_of_pages (qpdf_data pdf, const PageTree *tree, gboolean *mended)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  Contents contents = {.pdf = pdf, .seen = seen};
  GArray *states = g_array_new (FALSE, FALSE, sizeof (PageState));
  for (guint i = 0; i < tree->slots->len; i++) {
    PageState state = state_of_slot (&contents, &g_array_index (tree->slots, PageSlot, i));
    g_array_append_val (states, state);
  }
  *mended = contents.mended;
  return states;
}

static int
count_pages (GArray *states, PageState state)
{
  int count = 0;
  for (guint i = 0; i < states->len; i++)
    count += g_array_index (states, PageState, i) == state;
  return count;
}

/* Writing */

static GBytes *
written_bytes (qpdf_data pdf)
{
  if (qpdf_init_write_memory (pdf) & QPDF_ERRORS)
    return NULL;
  qpdf_set_preserve_encryption (pdf, QPDF_FALSE);
  qpdf_set_deterministic_ID (pdf, QPDF_TRUE);
  qpdf_set_stream_data_mode (pdf, qpdf_s_preserve);
  qpdf_set_object_stream_mode (pdf, qpdf_o_disable);
  if (qpdf_write (pdf) & QPDF_ERRORS)
    return NULL;
  return g_bytes_new (qpdf_get_buffer (pdf), qpdf_get_buffer_length (pdf));
}

/* NULL: nothing is wrong with it, or it cannot be written. */
static Rebuilt *
rebuilt_from_tree (qpdf_data pdf, const PageTree *tree, Damage damage)
{
  g_autoptr (Rebuilt) rebuilt = g_new0 (Rebuilt, 1);
  gboolean mended;
  rebuilt->pages = states_of_pages (pdf, tree, &mended);
  rebuilt->expected = tree->expected;
  if (!page_tree_is_whole (tree))
    damage |= DAMAGE_PAGES;
  if (mended || count_pages (rebuilt->pages, PAGE_BROKEN) > 0)
    damage |= DAMAGE_STREAM;
  rebuilt->damage = damage;
  if (!damage)
    return NULL;
  page_tree_replace (pdf, tree);
  rebuilt->bytes = written_bytes (pdf);
  return rebuilt->bytes ? g_steal_pointer (&rebuilt) : NULL;
}

static Rebuilt *
rebuilt_from_objects (GBytes *bytes, Damage damage)
{
  g_autoptr (Reindexed) reindexed = reindexed_from_bytes (bytes);
  g_auto (QuietPdf) pdf = reindexed ? quiet_pdf_from_bytes (reindexed->bytes) : NULL;
  g_autoptr (PageTree) tree = pdf ? page_tree_from_objects (pdf, reindexed->ids) : NULL;
  return tree && tree->found > 0 ? rebuilt_from_tree (pdf, tree, damage) : NULL;
}

/* Of the signs only a missing end counts by itself: what else is wrong, qpdf complains about. */
Rebuilt *
rebuilt_from_bytes (GBytes *bytes, Damage signs)
{
  g_auto (QuietPdf) pdf = quiet_pdf_from_bytes (bytes);
  g_autoptr (PageTree) tree = pdf ? page_tree_from_root (pdf) : NULL;
  Damage damage = (signs & DAMAGE_END) | (!pdf || quiet_pdf_complained (pdf) ? DAMAGE_INDEX : 0);
  gboolean reached = tree && tree->found > 0;
  if (reached && page_tree_is_whole (tree))
    return rebuilt_from_tree (pdf, tree, damage);
  Rebuilt *rebuilt = rebuilt_from_objects (bytes, damage | (pdf ? DAMAGE_PAGES : 0));
  return rebuilt || !reached ? rebuilt : rebuilt_from_tree (pdf, tree, damage);
}

void
rebuilt_free (Rebuilt *rebuilt)
{
  if (!rebuilt)
    return;
  g_clear_pointer (&rebuilt->bytes, g_bytes_unref);
  g_clear_pointer (&rebuilt->pages, g_array_unref);
  g_free (rebuilt);
}

int
rebuilt_count (const Rebuilt *rebuilt)
{
  return (int)rebuilt->pages->len - count_pages (rebuilt->pages, PAGE_LOST);
}

/* Notes */

/* "its end is missing, its index is wrong". */
static char *
words_for (Damage damage)
{
  static const struct {
    Damage damage;
    const char *words;
  } wrongs[] = {
      {DAMAGE_END, "its end is missing"},
      {DAMAGE_INDEX, "its index is wrong or missing"},
      {DAMAGE_PAGES, "its tree of pages is broken"},
      {DAMAGE_STREAM, "streams in it are broken or have other lengths than they say"},
  };
  GString *text = g_string_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (wrongs); i++)
    if (damage & wrongs[i].damage)
      g_string_append_printf (text, "%s%s", text->len ? ", " : "", wrongs[i].words);
  return g_string_free (text, FALSE);
}

static char *
words_for_pages (const Rebuilt *rebuilt)
{
  int found = rebuilt_count (rebuilt);
  int expected = MAX (rebuilt->expected, (int)rebuilt->pages->len);
  if (rebuilt->expected == 0 && rebuilt->damage & DAMAGE_END)
    return g_strdup_printf ("%d pages are left, and how many there were is not known", found);
  return found < expected ? g_strdup_printf ("%d of %d pages are left", found, expected)
                          : g_strdup_printf ("all of its %d pages are there", found);
}

static void
note_page (const Page *page, PageState state, GPtrArray *notes)
{
  Place place = {.page = page->number, .box = {0, 0, page->width, page->height}};
  if (state == PAGE_LOST || (state == PAGE_BROKEN && page->glyphs->len == 0))
    notes_add (notes, "page-unreadable", NOTE_ERROR, place, "Page %d cannot be read.", page->number);
  else if (state == PAGE_BROKEN)
    notes_add (notes, "page-broken", NOTE_WARNING, place,
               "What page %d is drawn with is broken; some of what stands on it may be missing.", page->number);
}

void
rebuilt_note (const Rebuilt *rebuilt, GPtrArray *pages, GPtrArray *notes)
{
  g_autofree char *wrong = words_for (rebuilt->damage);
  g_autofree char *left = words_for_pages (rebuilt);
  gboolean lost = rebuilt_count (rebuilt) < MAX (rebuilt->expected, (int)rebuilt->pages->len);
  notes_add (notes, "pdf-rebuilt", lost ? NOTE_ERROR : NOTE_WARNING, (Place){0},
             "The file is damaged (%s) and is put together again from what is left; %s.", wrong, left);
  for (guint i = 0; i < MIN (pages->len, rebuilt->pages->len); i++)
    note_page (pages->pdata[i], g_array_index (rebuilt->pages, PageState, i), notes);
}
