/* store.c - see store.h */
#include "refresh/store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "model/error.h"
#include "read/source.h"
#include "run/output.h"
#include "text/translated.h"

char *
store_path (const Corpus *corpus, const char *sha256)
{
  return g_build_filename (corpus->folder, "store", sha256, NULL);
}

gboolean
store_has (const Corpus *corpus, const char *sha256)
{
  g_autofree char *path = store_path (corpus, sha256);
  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

void
store_set_aside (const Corpus *corpus, const char *sha256)
{
  g_autofree char *path = store_path (corpus, sha256);
  g_autofree char *aside = g_strconcat (path, ".damaged", NULL);
  g_rename (path, aside);
}

void
store_remove (const Corpus *corpus, const char *sha256)
{
  g_autofree char *path = store_path (corpus, sha256);
  g_unlink (path);
}

static char *
sum_of_file (int descriptor, guint64 limit, guint64 *bytes, GError **error)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guchar part[65536];
  ssize_t length;
  for (*bytes = 0; (length = pread (descriptor, part, sizeof part, *bytes)) > 0; *bytes += length)
    g_checksum_update (sum, part, length);
  if (length < 0) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, N_ ("cannot be read: %s"), error_words (errno));
    return NULL;
  }
  if (*bytes <= limit)
    return g_strdup (g_checksum_get_string (sum));
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_SIZE,
               N_ ("%u MiB, the limit is %u MiB; raise the limit with --max-input"), mib_of_bytes (*bytes),
               mib_of_bytes (limit));
  return NULL;
}

char *
store_add (const Corpus *corpus, int descriptor, guint64 limit, guint64 *bytes, GError **error)
{
  g_autofree char *sha256 = sum_of_file (descriptor, limit, bytes, error);
  if (!sha256 || !corpus || store_has (corpus, sha256))
    return g_steal_pointer (&sha256);
  g_autofree char *path = store_path (corpus, sha256);
  g_autoptr (Output) output = output_open (path, error);
  if (!output || !output_copy (output, descriptor, 0, error) || !output_commit (output, error)) {
    g_prefix_error (error, "store/%s: ", sha256);
    return NULL;
  }
  return g_steal_pointer (&sha256);
}

char *
store_add_file (const Corpus *corpus, const char *path, guint64 limit, guint64 *bytes, GError **error)
{
  /* O_NONBLOCK: opening a pipe that nobody writes to would wait for ever. */
  int descriptor = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, N_ ("cannot be opened: %s"), error_words (errno));
    return NULL;
  }
  char *sha256 = store_add (corpus, descriptor, limit, bytes, error);
  close (descriptor);
  return sha256;
}
