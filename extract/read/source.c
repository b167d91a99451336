/* source.c - see source.h */
#include "read/source.h"

#include "model/error.h"
#include "read/media_type.h"
#include "text/translated.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Read at once. Each page of a buffer on the stack is touched (-fstack-clash-protection), and a child that was just
 * forked has to copy it. */
#define READ_BYTES 16384

static const ReadLimits usual_read_limits = USUAL_READ_LIMITS;

guint
mib_of_bytes (gsize bytes)
{
  return (guint)((bytes + (1 << 20) - 1) >> 20);
}

/* The size of a file is known; that of a pipe is only known to be more than the limit. */
static void
refuse_size (int descriptor, gsize limit, GError **error)
{
  struct stat status;
  gsize size = !fstat (descriptor, &status) && S_ISREG (status.st_mode) ? (gsize)MAX (status.st_size, 0) : 0;
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_SIZE,
               size > limit
                   ? _ ("%u MiB, the limit is %u MiB; split the document, leave its pictures out, or raise the "
                        "limit with --max-input")
                   : _ ("more than %u MiB, the limit is %u MiB; split the document, leave its pictures out, or "
                        "raise the limit with --max-input"),
               mib_of_bytes (MAX (size, limit)), mib_of_bytes (limit));
}

/* The limit is checked while reading: the size of a pipe is not known beforehand. */
static GBytes *
bytes_from_descriptor (int descriptor, gsize limit, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 buffer[READ_BYTES];
  for (;;) {
    gssize count = read (descriptor, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR)
      continue;
    if (count < 0) {
      g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, _ ("cannot be read: %s"), g_strerror (errno));
      return NULL;
    }
    if (count == 0)
      return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
    g_byte_array_append (bytes, buffer, count);
    if (bytes->len > limit) {
      refuse_size (descriptor, limit, error);
      return NULL;
    }
  }
}

int
source_descriptor (const char *path, GError **error)
{
  int descriptor = open (path, O_RDONLY | O_CLOEXEC);
  struct stat status;
  if (descriptor < 0)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, N_ ("cannot be opened: %s"), error_words (errno));
  else if (!fstat (descriptor, &status) && S_ISDIR (status.st_mode)) {
    close (descriptor);
    descriptor = -1;
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, N_ ("is a folder; name a document in it"));
  }
  return descriptor;
}

Source *
source_open (const char *path, GError **error)
{
  int descriptor = strcmp (path, "-") ? source_descriptor (path, error) : dup (STDIN_FILENO);
  if (descriptor < 0) {
    if (error && !*error)
      g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, N_ ("standard input is closed"));
    return NULL;
  }
  GBytes *bytes = bytes_from_descriptor (descriptor, usual_read_limits.input, error);
  close (descriptor);
  return bytes ? source_new (path, bytes, error) : NULL;
}

/* Of all that DESCRIPTOR gives; NULL: it cannot be read again, a pipe. */
static char *
sum_from_start (int descriptor)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 buffer[READ_BYTES];
  if (lseek (descriptor, 0, SEEK_SET) != 0)
    return NULL;
  for (gssize count; (count = read (descriptor, buffer, sizeof buffer)) != 0;) {
    if (count < 0 && errno != EINTR)
      return NULL;
    if (count > 0)
      g_checksum_update (sum, buffer, count);
  }
  return g_strdup (g_checksum_get_string (sum));
}

Source *
source_from_descriptor (int descriptor, const char *uri, const ReadLimits *limits, char **sha256, GError **error)
{
  GBytes *bytes = bytes_from_descriptor (descriptor, limits->input, error);
  Source *source = bytes ? source_new (uri, bytes, error) : NULL;
  if (source)
    source->limits = *limits;
  else if (sha256)
    *sha256 = sum_from_start (descriptor);
  return source;
}

Source *
source_new (const char *uri, GBytes *bytes, GError **error)
{
  g_autoptr (Source) source = g_new0 (Source, 1);
  source->uri = g_strdup (uri);
  source->bytes = bytes;
  source->limits = usual_read_limits;
  source->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  if (g_bytes_get_size (bytes) == 0) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_DAMAGED, _ ("is empty; fetch or export it again"));
    return NULL;
  }
  source->media_type = media_type_of_bytes (bytes);
  return g_steal_pointer (&source);
}

Source *
source_new_member (const Source *source, const char *name, GBytes *bytes)
{
  Source *member = g_new0 (Source, 1);
  member->uri = g_strdup (source->uri);
  member->bytes = bytes;
  member->limits = source->limits;
  member->media_type = media_type_of_bytes (bytes);
  member->member = source->member ? g_strconcat (source->member, "/", name, NULL) : g_strdup (name);
  member->depth = source->depth + 1;
  return member;
}

GHashTable *
related_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)source_free);
}

void
related_take (GHashTable *related, const char *address, Source *source)
{
  if (g_bytes_get_size (source->bytes) == 0)
    source_free (source);
  else
    g_hash_table_replace (related, g_strndup (address, strcspn (address, "#")), source);
}

const Source *
source_related (const Source *source, const Source *page, const char *address)
{
  if (!source->related)
    return NULL;
  g_autofree char *plain = g_strndup (address, strcspn (address, "#"));
  const Source *found = g_hash_table_lookup (source->related, g_strstrip (plain));
  if (found || !page->address)
    return found;
  g_autofree char *whole =
      g_uri_resolve_relative (page->address, plain, G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED, NULL);
  return whole ? g_hash_table_lookup (source->related, whole) : NULL;
}

static void
replace_text (char **field, const char *text)
{
  if (!text)
    return;
  g_free (*field);
  *field = g_strdup (text);
}

void
source_declare (Source *source, const char *uri, const char *charset)
{
  replace_text (&source->uri, uri);
  replace_text (&source->charset, charset);
}

void
source_free (Source *source)
{
  if (!source)
    return;
  g_free (source->uri);
  g_bytes_unref (source->bytes);
  g_free (source->charset);
  g_free (source->sha256);
  g_free (source->member);
  g_free (source->address);
  g_strfreev (source->passwords);
  g_clear_pointer (&source->related, g_hash_table_unref);
  g_free (source);
}
