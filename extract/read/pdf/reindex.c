/* reindex.c - see reindex.h */
#include "read/pdf/reindex.h"

#include "read/pdf/quiet.h"

#include <stdlib.h>
#include <string.h>

/* What tells an object stream stands near its beginning. */
#define TYPE_BYTES 256

/* The head of a PDF stands in its first kilobyte. */
#define HEAD 1024

/* Where an object is: in the file, or in an object stream. */
typedef struct {
  int id, generation;
  guint32 place; /* byte; for a member of a stream its number there */
  int stream;    /* the object it is a member of; 0: none */
} Entry;

/* The number that ends before END, which is moved to its beginning; -1: none. */
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

/* The numbers before each "obj" that is no "endobj". */
static GArray *
plain_entries (const char *data, gsize size)
{
  GArray *entries = g_array_new (FALSE, TRUE, sizeof (Entry));
  for (const char *next = data; (next = memmem (next, data + size - next, "obj", 3)); next += 3) {
    const char *from = next;
    gint64 generation = number_before (data, &from);
    gint64 id = generation >= 0 && from > data && g_ascii_isspace (from[-1]) ? number_before (data, &from) : -1;
    if (id <= 0 || id > OBJECT_MOST || generation > G_MAXUINT16)
      continue;
    Entry entry = {.id = (int)id, .generation = (int)generation, .place = (guint32)(from - data)};
    g_array_append_val (entries, entry);
  }
  return entries;
}

/* Only the last entry of each object is kept. */
static void
keep_last (GArray *entries)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  for (guint i = entries->len; i > 0; i--) {
    Entry *entry = &g_array_index (entries, Entry, i - 1);
    if (!g_hash_table_add (seen, GINT_TO_POINTER (entry->id)))
      entry->id = 0;
  }
  guint kept = 0;
  for (guint i = 0; i < entries->len; i++)
    if (g_array_index (entries, Entry, i).id)
      g_array_index (entries, Entry, kept++) = g_array_index (entries, Entry, i);
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
    g_string_append_printf (text, "%d 1 ", g_array_index (entries, Entry, i).id);
  g_string_append_printf (text, "%d 2", own);
  return g_string_free (text, FALSE);
}

static void
append_entries (GByteArray *bytes, GArray *entries)
{
  for (guint i = 0; i < entries->len; i++) {
    const Entry *entry = &g_array_index (entries, Entry, i);
    append_number (bytes, entry->stream ? 2 : 1, 1);
    append_number (bytes, entry->stream ? (guint32)entry->stream : entry->place, 4);
    append_number (bytes, entry->stream ? entry->place : (guint32)entry->generation, 4);
  }
}

/* The key of the trailer, wherever it stands, up to the end of its value: "/Encrypt 5 0 R", "/ID [<12><34>]". */
static char *
trailer_key (const char *data, gsize size, const char *key, char last)
{
  const char *found = NULL;
  for (const char *next = data; (next = memmem (next, data + size - next, key, strlen (key))); next++)
    found = next;
  const char *end = found ? memchr (found, last, MIN ((gsize)(data + size - found), TYPE_BYTES)) : NULL;
  return end ? g_strndup (found, end + 1 - found) : g_strdup ("");
}

/* What an encrypted document is opened with. */
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
    own = MAX (own, g_array_index (entries, Entry, i).id + 1);
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
      for (; next < end && g_ascii_isdigit (*next) && pair[half] < OBJECT_MOST; next++)
        pair[half] = MAX (pair[half], 0) * 10 + (*next - '0');
    }
    if (pair[0] <= 0 || pair[0] > OBJECT_MOST || pair[1] < 0)
      return;
    Entry entry = {.id = (int)pair[0], .place = i, .stream = stream};
    g_array_append_val (entries, entry);
  }
}

static void
append_stream_members (GArray *entries, const Entry *entry, qpdf_data pdf)
{
  unsigned char *unpacked = NULL;
  gsize length = 0;
  qpdf_oh object = qpdf_get_object_by_id (pdf, entry->id, entry->generation);
  if (!qpdf_oh_is_stream (pdf, object))
    return;
  gint64 count = qpdf_oh_get_int_value (pdf, qpdf_oh_get_key (pdf, qpdf_oh_get_dict (pdf, object), "/N"));
  qpdf_oh_get_stream_data (pdf, object, qpdf_dl_generalized, NULL, &unpacked, &length);
  if (unpacked)
    append_members (entries, entry->id, (const char *)unpacked, length, count);
  free (unpacked);
}

static gboolean
is_object_stream (const Entry *entry, const char *data, gsize size)
{
  return memmem (data + entry->place, MIN (size - entry->place, TYPE_BYTES), "/ObjStm", 7) != NULL;
}

/* The plain entries, and behind each object stream its members. */
static GArray *
all_entries (GArray *plain, GBytes *bytes, GBytes *indexed)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_auto (QuietPdf) pdf = quiet_pdf_from_bytes (indexed);
  GArray *entries = g_array_new (FALSE, TRUE, sizeof (Entry));
  for (guint i = 0; i < plain->len; i++) {
    const Entry *entry = &g_array_index (plain, Entry, i);
    g_array_append_val (entries, *entry);
    if (pdf && is_object_stream (entry, data, size))
      append_stream_members (entries, entry, pdf);
  }
  keep_last (entries);
  return entries;
}

/* BYTES from their head on, as places count from there. */
static GBytes *
bytes_from_head (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  const char *head = memmem (data, MIN (size, HEAD), "%PDF-", 5);
  gsize before = head ? head - data : 0;
  return g_bytes_new_from_bytes (bytes, before, size - before);
}

Reindexed *
reindexed_from_bytes (GBytes *whole)
{
  gsize size;
  g_autoptr (GBytes) bytes = bytes_from_head (whole);
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
    g_array_append_val (reindexed->ids, g_array_index (all, Entry, i).id);
  return reindexed;
}

void
reindexed_free (Reindexed *reindexed)
{
  if (!reindexed)
    return;
  g_bytes_unref (reindexed->bytes);
  g_array_unref (reindexed->ids);
  g_free (reindexed);
}
