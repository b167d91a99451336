/* archive.c - the files of a ZIP archive, by libzip, and of a gzip file, by GIO (wrapping.h).
 *
 * A name without the mark of UTF-8 is in the encoding of the machine that made the archive: of a Japanese one CP932.
 */
#include "model/error.h"
#include "modules/module.h"
#include "read/charset.h"
#include "read/container.h"
#include "read/wrapping/wrapping.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>
#include <zip.h>

/* A file that unpacks to so many times its size was made to fill a disk: text is packed to a twentieth, the emptiest
 * workbooks of the corpus to a hundredth; deflate reaches 1032. */
#define RATIO_LIMIT 250
#define RATIO_BYTES (4 * 1024 * 1024) /* smaller ones do no harm */

typedef zip_t ZipArchive;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZipArchive, zip_discard)

typedef struct {
  const Source *source;
  ZipArchive *archive;
  GPtrArray *members;
  gsize unpacked; /* bytes of all members so far */
} ArchiveWalk;

static ZipArchive *
archive_open (GBytes *bytes, GError **error)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  zip_error_t reason;
  zip_error_init (&reason);
  zip_source_t *source = zip_source_buffer_create (data, size, 0, &reason);
  ZipArchive *archive = source ? zip_open_from_source (source, ZIP_RDONLY, &reason) : NULL;
  zip_error_fini (&reason);
  if (archive)
    return archive;
  zip_source_free (source);
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_DAMAGED,
               zip_has_directory (bytes) ? _ ("is a damaged archive; fetch it again")
                                         : _ ("is a truncated workbook or other archive; fetch it again"));
  return NULL;
}

static char *
entry_name (ZipArchive *archive, zip_uint64_t index)
{
  const char *raw = zip_get_name (archive, index, ZIP_FL_ENC_RAW);
  g_autoptr (GBytes) bytes = g_bytes_new (raw ? raw : "", raw ? strlen (raw) : 0);
  return utf8_from_bytes (bytes, g_utf8_validate (raw ? raw : "", -1, NULL) ? NULL : "Shift_JIS", NULL, NULL);
}

/* What a file manager or an archiver adds. */
static gboolean
is_litter (const char *name)
{
  g_autofree char *base = g_path_get_basename (name);
  return g_str_has_suffix (name, "/") || g_str_has_prefix (name, "__MACOSX/") || *base == '.' ||
         !g_ascii_strcasecmp (base, "Thumbs.db") || !g_ascii_strcasecmp (base, "desktop.ini");
}

static void
add_fault (ArchiveWalk *walk, const char *name, ChecksheetError code, const char *message)
{
  members_add_fault (walk->members, name, g_error_new_literal (CHECKSHEET_ERROR, code, message));
}

/* NULL with ERROR: a limit. NULL without: it cannot be unpacked. */
static GBytes *
unpacked_entry (ArchiveWalk *walk, zip_uint64_t index, GError **error)
{
  zip_file_t *file = zip_fopen_index (walk->archive, index, 0);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 buffer[65536];
  zip_int64_t count = file ? 0 : -1;
  while (file && (count = zip_fread (file, buffer, sizeof buffer)) > 0 &&
         walk->unpacked <= walk->source->limits.unpacked) {
    g_byte_array_append (bytes, buffer, (guint)count);
    walk->unpacked += count;
  }
  if (file)
    zip_fclose (file);
  if (walk->unpacked > walk->source->limits.unpacked)
    fail_unpacked (walk->source, error);
  return count < 0 || walk->unpacked > walk->source->limits.unpacked
             ? NULL
             : g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static gboolean
is_within_ratio (const zip_stat_t *entry, GError **error)
{
  if (entry->size <= RATIO_BYTES || entry->size / RATIO_LIMIT <= entry->comp_size)
    return TRUE;
  g_set_error (
      error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_SIZE,
      _ ("a file in it unpacks to more than %d times its size, the limit is %d; unpack it and give the sheet alone"),
      RATIO_LIMIT, RATIO_LIMIT);
  return FALSE;
}

/* FALSE: a limit, with ERROR. */
static gboolean
add_entry (ArchiveWalk *walk, zip_uint64_t index, GError **error)
{
  zip_stat_t entry;
  g_autofree char *name = entry_name (walk->archive, index);
  if (is_litter (name) || zip_stat_index (walk->archive, index, 0, &entry))
    return TRUE;
  if (entry.valid & ZIP_STAT_ENCRYPTION_METHOD && entry.encryption_method != ZIP_EM_NONE) {
    add_fault (walk, name, CHECKSHEET_ERROR_NEEDS_PASSWORD,
               _ ("is encrypted with a password; unpack it and give the sheet alone"));
    return TRUE;
  }
  if (!is_within_ratio (&entry, error))
    return FALSE;
  GError *failure = NULL;
  GBytes *bytes = unpacked_entry (walk, index, &failure);
  if (bytes)
    members_add (walk->members, walk->source, name, bytes);
  else if (failure)
    g_propagate_error (error, failure);
  else if (zip_error_code_zip (zip_get_error (walk->archive)) == ZIP_ER_COMPNOTSUPP)
    add_fault (walk, name, CHECKSHEET_ERROR_UNSUPPORTED,
               _ ("is packed in a way that is not supported; unpack it first"));
  else
    add_fault (walk, name, CHECKSHEET_ERROR_DAMAGED, _ ("cannot be unpacked; fetch the archive again"));
  return !failure;
}

static gboolean
is_style_or_page (const Source *source, const char *name)
{
  return g_str_equal (source->media_type, "text/html") || g_str_has_suffix (name, ".css");
}

/* A saved page has its style sheets and frames in files beside it. */
static void
relate_pages (GPtrArray *members)
{
  for (guint i = 0; i < members->len; i++) {
    Member *page = members->pdata[i];
    if (!page->source || page->minor || !g_str_equal (page->source->media_type, "text/html") || i >= 50)
      continue;
    page->source->address = g_strconcat ("file:///", page->name, NULL);
    page->source->related = related_new ();
    for (guint j = 0; j < members->len; j++) {
      const Member *other = members->pdata[j];
      if (j == i || !other->source || !is_style_or_page (other->source, other->name))
        continue;
      Source *copy = source_new_member (page->source, other->name, g_bytes_ref (other->source->bytes));
      copy->address = g_strconcat ("file:///", other->name, NULL);
      related_take (page->source->related, copy->address, copy);
    }
  }
}

MODULE_ENTRY GPtrArray *
members_from_zip (const Source *source, GError **error)
{
  g_autoptr (ZipArchive) archive = archive_open (source->bytes, error);
  if (!archive)
    return NULL;
  zip_int64_t count = zip_get_num_entries (archive, 0);
  if (count > WRAPPING_MEMBERS_LIMIT) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_SIZE,
                 _ ("an archive of %d files, the limit is %d; unpack it and give the sheet alone"),
                 (int)MIN (count, G_MAXINT), WRAPPING_MEMBERS_LIMIT);
    return NULL;
  }
  g_autoptr (GPtrArray) members = members_new ();
  ArchiveWalk walk = {source, archive, members, 0};
  for (zip_int64_t i = 0; i < count; i++)
    if (!add_entry (&walk, i, error))
      return NULL;
  relate_pages (members);
  return g_steal_pointer (&members);
}

/* "reports/sheet.csv.gz" has "sheet.csv" in it. */
static char *
name_without_gz (const char *uri)
{
  g_autofree char *base = g_path_get_basename (uri);
  gsize length = strcspn (base, "?#");
  if (length > 3 && !g_ascii_strncasecmp (base + length - 3, ".gz", 3))
    length -= 3;
  return g_strndup (base, length);
}

/* NULL: a limit or damage, with ERROR. */
static GBytes *
ungzipped (const Source *source, GError **error)
{
  g_autoptr (GInputStream) packed = g_memory_input_stream_new_from_bytes (source->bytes);
  g_autoptr (GZlibDecompressor) decompressor = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GInputStream) stream = g_converter_input_stream_new (packed, G_CONVERTER (decompressor));
  g_autoptr (GByteArray) unpacked = g_byte_array_new ();
  guint8 buffer[65536];
  gssize count;
  while ((count = g_input_stream_read (stream, buffer, sizeof buffer, NULL, NULL)) > 0 &&
         unpacked->len <= source->limits.unpacked)
    g_byte_array_append (unpacked, buffer, (guint)count);
  if (unpacked->len > source->limits.unpacked)
    fail_unpacked (source, error);
  else if (count < 0)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_DAMAGED, _ ("is a damaged archive; fetch it again"));
  else
    return g_byte_array_free_to_bytes (g_steal_pointer (&unpacked));
  return NULL;
}

MODULE_ENTRY GPtrArray *
members_from_gzip (const Source *source, GError **error)
{
  GBytes *bytes = ungzipped (source, error);
  if (!bytes)
    return NULL;
  g_autofree char *name = name_without_gz (source->member ? source->member : source->uri);
  GPtrArray *members = members_new ();
  members_add (members, source, name, bytes);
  return members;
}
