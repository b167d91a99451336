/* rebuild.c - see rebuild.h */
#include "read/pdf/rebuild.h"

#include "model/page.h"
#include "modules/module.h"
#include "read/pdf/qpdf_document.h"

#include <stdlib.h>
#include <string.h>

/* Index: of every object that can be found in the bytes
 *
 *   %PDF-1.6                      the bytes as they are,
 *   7 0 obj << ... >> endobj
 *   8 0 obj << /Type /ObjStm      (objects inside of streams too)
 *   9 0 obj << /Ty                cut here
 *   10 0 obj << /Type /Catalog    a root that holds nothing,
 *   11 0 obj << /Type /XRef       and an index of all: 7 and 8 by their offsets, those in 8 by their index there
 *
 * qpdf finds the objects of a file without an index itself, but only where a trailer is left, and none inside of
 * streams. Where an object was written twice, the later one counts, as it does after an incremental update.
 */

/* What identifies an object stream is near its beginning. */
#define TYPE_BYTES 256

/* The header of a PDF is in its first kilobyte. */
#define HEADER_BYTES 1024

typedef struct {
  GBytes *bytes; /* with the index at the end */
  GArray *ids;   /* int: the objects, in the order of the file */
} Reindexed;

/* Where an object is: in the file, or in an object stream. */
typedef struct {
  int id, generation;
  guint32 offset; /* in bytes; for a member of a stream its index there */
  int stream;     /* the object it is a member of; 0: none */
} ObjectEntry;

/* The number that ends before *END, which is moved to its first digit; -1: none. */
static gint64
number_before (const char *from, const char **end)
{
  const char *last = *end;
  while (last > from && g_ascii_isspace (last[-1]))
    last--;
  const char *first = last;
  while (first > from && g_ascii_isdigit (first[-1]) && last - first < 10)
    first--;
  *end = first;
  return first < last ? g_ascii_strtoll (first, NULL, 10) : -1;
}

/* The objects of the file, by the numbers before each "obj" (an "endobj" has none). */
static GArray *
plain_entries (const char *data, gsize size)
{
  GArray *entries = g_array_new (FALSE, TRUE, sizeof (ObjectEntry));
  for (const char *next = data; (next = memmem (next, data + size - next, "obj", 3)); next += 3) {
    const char *from = next;
    gint64 generation = number_before (data, &from);
    gint64 id = generation >= 0 && from > data && g_ascii_isspace (from[-1]) ? number_before (data, &from) : -1;
    if (id <= 0 || id > OBJECT_NUMBER_LIMIT || generation > G_MAXUINT16)
      continue;
    ObjectEntry entry = {.id = (int)id, .generation = (int)generation, .offset = (guint32)(from - data)};
    g_array_append_val (entries, entry);
  }
  return entries;
}

/* Keeps only the last entry of each object. */
static void
keep_last (GArray *entries)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  for (guint i = entries->len; i > 0; i--) {
    ObjectEntry *entry = &g_array_index (entries, ObjectEntry, i - 1);
    if (!g_hash_table_add (seen, GINT_TO_POINTER (entry->id)))
      entry->id = 0;
  }
  guint kept = 0;
  for (guint i = 0; i < entries->len; i++)
    if (g_array_index (entries, ObjectEntry, i).id)
      g_array_index (entries, ObjectEntry, kept++) = g_array_index (entries, ObjectEntry, i);
  g_array_set_size (entries, kept);
}

/* Bytes */

static void
append_number (GByteArray *bytes, guint32 number, int width)
{
  for (int i = width - 1; i >= 0; i--)
    g_byte_array_append (bytes, &(guint8){(guint8)(number >> (8 * i))}, 1);
}

static void
append_text (GByteArray *bytes, const char *text)
{
  g_byte_array_append (bytes, (const guint8 *)text, strlen (text));
}

/* "7 1 8 1 ": each entry is a section of its own. */
static char *
sections_of (GArray *entries, int own)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < entries->len; i++)
    g_string_append_printf (text, "%d 1 ", g_array_index (entries, ObjectEntry, i).id);
  g_string_append_printf (text, "%d 2", own);
  return g_string_free (text, FALSE);
}

static void
append_entries (GByteArray *bytes, GArray *entries)
{
  for (guint i = 0; i < entries->len; i++) {
    const ObjectEntry *entry = &g_array_index (entries, ObjectEntry, i);
    append_number (bytes, entry->stream ? 2 : 1, 1);
    append_number (bytes, entry->stream ? (guint32)entry->stream : entry->offset, 4);
    append_number (bytes, entry->stream ? entry->offset : (guint32)entry->generation, 4);
  }
}

/* The last occurrence of KEY of a trailer, up to LAST, the end of its value: "/Encrypt 5 0 R", "/ID [<12><34>]". */
static char *
trailer_key (const char *data, gsize size, const char *key, char last)
{
  const char *found = NULL;
  for (const char *next = data; (next = memmem (next, data + size - next, key, strlen (key))); next++)
    found = next;
  const char *end = found ? memchr (found, last, MIN ((gsize)(data + size - found), TYPE_BYTES)) : NULL;
  return end ? g_strndup (found, end + 1 - found) : g_strdup ("");
}

/* The keys of the trailer that an encrypted document is opened with. */
static char *
trailer_keys (const char *data, gsize size)
{
  g_autofree char *encrypt = trailer_key (data, size, "/Encrypt ", 'R');
  if (!*encrypt)
    return g_strdup ("");
  g_autofree char *id = trailer_key (data, size, "/ID", ']');
  return g_strdup_printf ("%s %s", encrypt, id);
}

static GBytes *
indexed_bytes (GBytes *bytes, GArray *entries)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  int own = 0;
  for (guint i = 0; i < entries->len; i++)
    own = MAX (own, g_array_index (entries, ObjectEntry, i).id + 1);
  g_autofree char *sections = sections_of (entries, own);
  g_autofree char *keys = trailer_keys (data, size);
  GByteArray *indexed = g_byte_array_sized_new (size + 32 * entries->len);
  g_byte_array_append (indexed, (const guint8 *)data, size);
  append_text (indexed, "\n");
  guint32 root = indexed->len;
  g_autofree char *catalogue = g_strdup_printf ("%d 0 obj\n<< /Type /Catalog >>\nendobj\n", own);
  append_text (indexed, catalogue);
  guint32 index = indexed->len;
  g_autofree char *head = g_strdup_printf ("%d 0 obj\n<< /Type /XRef /Size %d /W [1 4 4] /Index [%s] /Root %d 0 R %s"
                                           " /Length %u >>\nstream\n",
                                           own + 1, own + 2, sections, own, keys, 9 * (entries->len + 2));
  append_text (indexed, head);
  append_entries (indexed, entries);
  for (int i = 0; i < 2; i++) {
    append_number (indexed, 1, 1);
    append_number (indexed, i == 0 ? root : index, 4);
    append_number (indexed, 0, 4);
  }
  g_autofree char *tail = g_strdup_printf ("\nendstream\nendobj\nstartxref\n%u\n%%%%EOF\n", index);
  append_text (indexed, tail);
  return g_byte_array_free_to_bytes (indexed);
}

/* Object streams */

/* The pairs at the head of an object stream: "12 0 13 85 ..." (ISO 32000-1, 7.5.7). */
static void
append_members (GArray *entries, int stream, const char *text, gsize length, gint64 count)
{
  const char *next = text, *end = text + length;
  for (guint32 i = 0; i < count; i++) {
    gint64 pair[2] = {-1, -1};
    for (int half = 0; half < 2; half++) {
      while (next < end && g_ascii_isspace (*next))
        next++;
      for (; next < end && g_ascii_isdigit (*next) && pair[half] < OBJECT_NUMBER_LIMIT; next++)
        pair[half] = MAX (pair[half], 0) * 10 + (*next - '0');
    }
    if (pair[0] <= 0 || pair[0] > OBJECT_NUMBER_LIMIT || pair[1] < 0)
      return;
    ObjectEntry entry = {.id = (int)pair[0], .offset = i, .stream = stream};
    g_array_append_val (entries, entry);
  }
}

static void
append_stream_members (GArray *entries, const ObjectEntry *entry, QpdfDocument pdf)
{
  unsigned char *decompressed = NULL;
  gsize length = 0;
  qpdf_oh object = qpdf_get_object_by_id (pdf, entry->id, entry->generation);
  if (!qpdf_oh_is_stream (pdf, object))
    return;
  gint64 count = qpdf_oh_get_int_value (pdf, qpdf_oh_get_key (pdf, qpdf_oh_get_dict (pdf, object), "/N"));
  qpdf_oh_get_stream_data (pdf, object, qpdf_dl_generalized, NULL, &decompressed, &length);
  if (decompressed)
    append_members (entries, entry->id, (const char *)decompressed, length, count);
  free (decompressed);
}

static gboolean
is_object_stream (const ObjectEntry *entry, const char *data, gsize size)
{
  return memmem (data + entry->offset, MIN (size - entry->offset, TYPE_BYTES), "/ObjStm", 7) != NULL;
}

/* The plain entries, and behind each object stream its members. */
static GArray *
all_entries (GArray *plain, GBytes *bytes, GBytes *indexed)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_auto (QpdfDocument) pdf = qpdf_document_from_bytes (indexed);
  GArray *entries = g_array_new (FALSE, TRUE, sizeof (ObjectEntry));
  for (guint i = 0; i < plain->len; i++) {
    const ObjectEntry *entry = &g_array_index (plain, ObjectEntry, i);
    g_array_append_val (entries, *entry);
    if (pdf && is_object_stream (entry, data, size))
      append_stream_members (entries, entry, pdf);
  }
  keep_last (entries);
  return entries;
}

/* BYTES from their header on, as offsets count from there. */
static GBytes *
bytes_from_header (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  const char *head = memmem (data, MIN (size, HEADER_BYTES), "%PDF-", 5);
  gsize before = head ? head - data : 0;
  return g_bytes_new_from_bytes (bytes, before, size - before);
}

static void
reindexed_free (Reindexed *reindexed)
{
  if (!reindexed)
    return;
  g_bytes_unref (reindexed->bytes);
  g_array_unref (reindexed->ids);
  g_free (reindexed);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reindexed, reindexed_free)

/* NULL: there is no object in WHOLE. */
static Reindexed *
reindexed_from_bytes (GBytes *whole)
{
  gsize size;
  g_autoptr (GBytes) bytes = bytes_from_header (whole);
  const char *data = g_bytes_get_data (bytes, &size);
  g_autoptr (GArray) plain = plain_entries (data, size);
  keep_last (plain);
  if (plain->len == 0)
    return NULL;
  g_autoptr (GBytes) indexed = indexed_bytes (bytes, plain);
  g_autoptr (GArray) all = all_entries (plain, bytes, indexed);
  Reindexed *reindexed = g_new0 (Reindexed, 1);
  reindexed->bytes = indexed_bytes (bytes, all);
  reindexed->ids = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint i = 0; i < all->len; i++)
    g_array_append_val (reindexed->ids, g_array_index (all, ObjectEntry, i).id);
  return reindexed;
}

/* Contents */

/* Form XObjects within form XObjects are checked to this depth; producers nest one or two. */
#define FORM_DEPTH_LIMIT 4

/* The contents of the pages of one document, as they are checked. */
typedef struct {
  QpdfDocument pdf;
  GHashTable *checked; /* ids of the forms that were checked → whether they are whole */

  /* qpdf found an object where the index does not say, or a stream's end where its length does not. */
  gboolean repaired;
} PageContents;

/* qpdf ignores a wrong checksum, the only sign of changed bytes in the middle. */
static gboolean
checksum_is_right (QpdfDocument pdf, qpdf_oh stream)
{
  unsigned char *compressed = NULL;
  gsize length = 0;
  qpdf_oh filter = qpdf_oh_get_key (pdf, qpdf_oh_get_dict (pdf, stream), "/Filter");
  if (qpdf_oh_is_array (pdf, filter) && qpdf_oh_get_array_n_items (pdf, filter) > 0)
    filter = qpdf_oh_get_array_item (pdf, filter, 0);
  if (!qpdf_oh_is_name_and_equals (pdf, filter, "/FlateDecode"))
    return TRUE;
  qpdf_oh_get_stream_data (pdf, stream, qpdf_dl_none, NULL, &compressed, &length);
  gboolean right = compressed && damage_decompresses ((const char *)compressed, length);
  free (compressed);
  return right;
}

/* Whether the stream decompresses to its end; earlier complaints of qpdf's are about where it is. */
static gboolean
stream_is_whole (PageContents *contents, qpdf_oh stream)
{
  unsigned char *decompressed = NULL;
  gsize length = 0;
  contents->repaired |= qpdf_document_complained (contents->pdf);
  qpdf_oh_get_stream_data (contents->pdf, stream, qpdf_dl_generalized, NULL, &decompressed, &length);
  free (decompressed);
  return !qpdf_document_complained (contents->pdf) && checksum_is_right (contents->pdf, stream);
}

static gboolean
page_stream_is_whole (PageContents *contents, qpdf_oh page)
{
  QpdfDocument pdf = contents->pdf;
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
keys_of (QpdfDocument pdf, qpdf_oh dictionary)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);
  if (qpdf_oh_is_dictionary (pdf, dictionary))
    for (qpdf_oh_begin_dict_key_iter (pdf, dictionary); qpdf_oh_dict_more_keys (pdf);)
      g_ptr_array_add (keys, g_strdup (qpdf_oh_dict_next_key (pdf)));
  return keys;
}

static gboolean forms_are_whole (PageContents *contents, qpdf_oh holder, int depth);

static gboolean
form_is_whole (PageContents *contents, qpdf_oh object, int depth)
{
  QpdfDocument pdf = contents->pdf;
  gpointer id = GINT_TO_POINTER (qpdf_oh_get_object_id (pdf, object)), whole;
  qpdf_oh form = qpdf_oh_is_stream (pdf, object) ? qpdf_oh_get_dict (pdf, object) : 0;
  if (!form || !qpdf_oh_is_name_and_equals (pdf, qpdf_oh_get_key (pdf, form, "/Subtype"), "/Form"))
    return TRUE;
  if (g_hash_table_lookup_extended (contents->checked, id, NULL, &whole))
    return GPOINTER_TO_INT (whole);
  g_hash_table_insert (contents->checked, id, GINT_TO_POINTER (TRUE));
  gboolean is_whole = stream_is_whole (contents, object) && forms_are_whole (contents, form, depth - 1);
  g_hash_table_insert (contents->checked, id, GINT_TO_POINTER (is_whole));
  return is_whole;
}

/* The forms that HOLDER, a page or the dictionary of a form, may draw. */
static gboolean
forms_are_whole (PageContents *contents, qpdf_oh holder, int depth)
{
  if (depth == 0)
    return TRUE;
  qpdf_oh resources = qpdf_oh_get_key (contents->pdf, holder, "/Resources");
  qpdf_oh objects = qpdf_oh_get_key_if_dict (contents->pdf, resources, "/XObject");
  g_autoptr (GPtrArray) names = keys_of (contents->pdf, objects);
  for (guint i = 0; i < names->len; i++)
    if (!form_is_whole (contents, qpdf_oh_get_key (contents->pdf, objects, names->pdata[i]), depth))
      return FALSE;
  return TRUE;
}

static PageState
state_of_slot (PageContents *contents, const PageSlot *slot)
{
  if (!slot->page)
    return PAGE_LOST;
  if (page_stream_is_whole (contents, slot->page) && forms_are_whole (contents, slot->page, FORM_DEPTH_LIMIT))
    return PAGE_WHOLE;
  return PAGE_BROKEN;
}

/* PageState of each page; *REPAIRED: qpdf had to search for what they hold. */
static GArray *
states_of_pages (QpdfDocument pdf, const PageTree *tree, gboolean *repaired)
{
  g_autoptr (GHashTable) checked = g_hash_table_new (NULL, NULL);
  PageContents contents = {.pdf = pdf, .checked = checked};
  GArray *states = g_array_new (FALSE, FALSE, sizeof (PageState));
  for (guint i = 0; i < tree->slots->len; i++) {
    PageState state = state_of_slot (&contents, &g_array_index (tree->slots, PageSlot, i));
    g_array_append_val (states, state);
  }
  *repaired = contents.repaired;
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
written_bytes (QpdfDocument pdf)
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

/* NULL: nothing is wrong with the document, or it cannot be written. */
static Rebuilt *
rebuilt_from_tree (QpdfDocument pdf, const PageTree *tree, Damage damage)
{
  g_autoptr (Rebuilt) rebuilt = g_new0 (Rebuilt, 1);
  gboolean repaired;
  rebuilt->pages = states_of_pages (pdf, tree, &repaired);
  rebuilt->expected = tree->expected;
  if (!page_tree_is_whole (tree))
    damage |= DAMAGE_PAGES;
  if (repaired || count_pages (rebuilt->pages, PAGE_BROKEN) > 0)
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
  g_auto (QpdfDocument) pdf = reindexed ? qpdf_document_from_bytes (reindexed->bytes) : NULL;
  g_autoptr (PageTree) tree = pdf ? page_tree_from_objects (pdf, reindexed->ids) : NULL;
  return tree && tree->found > 0 ? rebuilt_from_tree (pdf, tree, damage) : NULL;
}

/* Of the signs only a missing end and a tree without pages count by themselves: about the others qpdf complains where
 * they are real. */
MODULE_ENTRY Rebuilt *
rebuilt_from_bytes (GBytes *bytes, Damage signs)
{
  g_auto (QpdfDocument) pdf = qpdf_document_from_bytes (bytes);
  g_autoptr (PageTree) tree = pdf ? page_tree_from_root (pdf) : NULL;
  Damage damage = (signs & (DAMAGE_END | DAMAGE_PAGES)) | (!pdf || qpdf_document_complained (pdf) ? DAMAGE_INDEX : 0);
  gboolean reached = tree && tree->found > 0;
  if (reached && page_tree_is_whole (tree))
    return rebuilt_from_tree (pdf, tree, damage);
  Rebuilt *rebuilt = rebuilt_from_objects (bytes, damage | (pdf ? DAMAGE_PAGES : 0));
  return rebuilt || !reached ? rebuilt : rebuilt_from_tree (pdf, tree, damage);
}

MODULE_ENTRY void
rebuilt_free (Rebuilt *rebuilt)
{
  if (!rebuilt)
    return;
  g_clear_pointer (&rebuilt->bytes, g_bytes_unref);
  g_clear_pointer (&rebuilt->pages, g_array_unref);
  g_free (rebuilt);
}

MODULE_ENTRY int
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

MODULE_ENTRY void
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
