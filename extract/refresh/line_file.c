/* line_file.c - see line_file.h */
#include "refresh/line_file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/error.h"

enum { LONGEST_LINE = 1 << 20 }; /* bytes: a longer last line is not searched for its start */

static gboolean
fail (GError **error)
{
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, _ ("cannot be written: %s"), g_strerror (errno));
  return FALSE;
}

LineFile *
line_file_open (const char *path, GError **error)
{
  struct stat status;
  gboolean standard = g_str_equal (path, "-");
  int descriptor =
      standard ? STDOUT_FILENO : open (path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0666);
  if (descriptor < 0) /* a pipe, or a device that cannot be read */
    descriptor = open (path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0 || fstat (descriptor, &status) != 0)
    return fail (error), NULL;
  LineFile *file = g_new (LineFile, 1);
  *file = (LineFile){g_strdup (path), descriptor, !standard && S_ISREG (status.st_mode)};
  return file;
}

static gboolean
write_all (int descriptor, const char *bytes, gsize length)
{
  while (length > 0) {
    gssize written = write (descriptor, bytes, length);
    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return FALSE;
    bytes += written;
    length -= written;
  }
  return TRUE;
}

/* The length of the file up to the end of its last whole line. */
static gint64
length_of_lines (int descriptor, gint64 length)
{
  gint64 size = MIN (length, LONGEST_LINE);
  g_autofree char *tail = g_malloc (size + 1);
  gssize got = pread (descriptor, tail, size, length - size);
  if (got != size || size == 0 || tail[size - 1] == '\n')
    return length;
  const char *end = g_strrstr_len (tail, size, "\n");
  return end ? length - size + (end - tail) + 1 : size == length ? 0 : length;
}

static gboolean
append (LineFile *file, const char *lines)
{
  struct stat status;
  if (!file->regular)
    return write_all (file->descriptor, lines, strlen (lines));
  if (fstat (file->descriptor, &status) != 0)
    return FALSE;
  gint64 length = length_of_lines (file->descriptor, status.st_size);
  if (length < status.st_size && ftruncate (file->descriptor, length) != 0)
    return FALSE;
  if (write_all (file->descriptor, lines, strlen (lines)) && fdatasync (file->descriptor) == 0)
    return TRUE;
  int reason = errno;
  if (ftruncate (file->descriptor, length) != 0)
    reason = reason ? reason : errno;
  errno = reason;
  return FALSE;
}

gboolean
line_file_append (LineFile *file, const char *lines, GError **error)
{
  if (file->regular)
    flock (file->descriptor, LOCK_EX);
  gboolean done = append (file, lines) || fail (error);
  if (file->regular)
    flock (file->descriptor, LOCK_UN);
  return done;
}

gboolean
line_file_ends_with (const LineFile *file, const char *lines)
{
  struct stat status;
  gsize length = strlen (lines);
  if (!file->regular || fstat (file->descriptor, &status) != 0 || (gsize)status.st_size < length)
    return FALSE;
  g_autofree char *tail = g_malloc (length + 1);
  gssize got = pread (file->descriptor, tail, length, status.st_size - length);
  return got == (gssize)length && memcmp (tail, lines, length) == 0;
}

void
line_file_close (LineFile *file)
{
  if (!file)
    return;
  if (file->descriptor != STDOUT_FILENO)
    close (file->descriptor);
  g_free (file->path);
  g_free (file);
}
