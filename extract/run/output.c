/* output.c - see output.h */
#include "run/output.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/error.h"
#include "text/translated.h"

/* Read at once. Each page of a buffer on the stack is touched (-fstack-clash-protection), and after a fork it has to be
 * copied. */
#define READ_BYTES 16384

static gboolean
fail_with_errno (GError **error, const char *what)
{
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, "%s: %s", what, error_words (errno));
  return FALSE;
}

static Output *
output_new (const char *path, char *part, int descriptor)
{
  Output *output = g_new (Output, 1);
  *output = (Output){.path = g_strdup (path), .part = part, .descriptor = descriptor};
  return output;
}

/* A name at random, as mkstemp makes; whoever finds it taken (EEXIST) asks for another. It does not contain the file's
 * own name, which may have the greatest length that a name can have. */
static char *
part_name (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name =
      g_strdup_printf (OUTPUT_PART_START "%d-%08x" OUTPUT_PART_END, (int)getpid (), g_random_int ());
  return g_build_filename (folder, name, NULL);
}

/* NULL: errno says why not. */
static Output *
open_named_part (const char *path)
{
  do {
    g_autofree char *part = part_name (path);
    int descriptor = open (part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor >= 0)
      return output_new (path, g_steal_pointer (&part), descriptor);
  } while (errno == EEXIST);
  return NULL;
}

/* Opens the part of a file at PATH: without a name where the file system supports that, so that a program that is
 * killed leaves nothing behind. NULL: errno says why not. */
static Output *
open_part (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int descriptor = open (folder, O_WRONLY | O_TMPFILE | O_CLOEXEC, 0666);
  if (descriptor >= 0) {
    Output *output = output_new (path, NULL, descriptor);
    output->nameless = TRUE;
    return output;
  }
  return open_named_part (path);
}

Output *
output_open (const char *path, GError **error)
{
  struct stat status;
  gboolean exists = stat (path, &status) == 0;
  if (exists && !S_ISREG (status.st_mode)) {
    int in_place = open (path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (in_place < 0)
      return fail_with_errno (error, N_ ("cannot be written")), NULL;
    return output_new (path, NULL, in_place);
  }
  /* A link stays a link: the file that it leads to is replaced. */
  g_autofree char *target = exists ? realpath (path, NULL) : NULL;
  Output *output = open_part (target ? target : path);
  if (!output)
    fail_with_errno (error, N_ ("cannot be written"));
  return output;
}

Output *
output_open_named (const char *path, GError **error)
{
  gboolean exists = g_file_test (path, G_FILE_TEST_EXISTS);
  if (exists && !g_file_test (path, G_FILE_TEST_IS_REGULAR)) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, N_ ("is not a regular file; name one"));
    return NULL;
  }
  g_autofree char *target = exists ? realpath (path, NULL) : NULL;
  Output *output = open_named_part (target ? target : path);
  if (!output)
    fail_with_errno (error, N_ ("cannot be written"));
  return output;
}

gboolean
output_write (Output *output, const char *bytes, gsize length, GError **error)
{
  while (length > 0) {
    ssize_t written = write (output->descriptor, bytes, length);
    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return fail_with_errno (error, N_ ("cannot be written"));
    bytes += written;
    length -= written;
  }
  return TRUE;
}

gboolean
output_copy (Output *output, int descriptor, gint64 start, GError **error)
{
  char buffer[READ_BYTES];
  for (;;) {
    ssize_t length = pread (descriptor, buffer, sizeof buffer, start);
    if (length < 0 && errno == EINTR)
      continue;
    if (length < 0)
      return fail_with_errno (error, N_ ("cannot read back the result"));
    if (length == 0)
      return TRUE;
    if (!output_write (output, buffer, length, error))
      return FALSE;
    start += length;
  }
}

/* Gives a nameless file the name PATH; FALSE: errno says why not, EEXIST that there is a file. */
static gboolean
name_file (Output *output, const char *path)
{
  g_autofree char *self = g_strdup_printf ("/proc/self/fd/%d", output->descriptor);
  output->nameless = linkat (AT_FDCWD, self, AT_FDCWD, path, AT_SYMLINK_FOLLOW) != 0;
  return !output->nameless;
}

/* A nameless file gets its path in one step where nothing is there; else it gets the name of a part first, since only a
 * rename replaces a file. */
static gboolean
put_in_place (Output *output)
{
  if (output->nameless && name_file (output, output->path))
    return TRUE;
  while (output->nameless) {
    if (errno != EEXIST)
      return FALSE;
    g_autofree char *part = part_name (output->path);
    if (name_file (output, part))
      output->part = g_steal_pointer (&part);
  }
  return rename (output->part, output->path) == 0;
}

void
output_sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int descriptor = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0)
    return;
  fsync (descriptor);
  close (descriptor);
}

gboolean
output_is_placed (const Output *output)
{
  return !output->part && !output->nameless;
}

gboolean
output_sync (Output *output, GError **error)
{
  return output_is_placed (output) || fsync (output->descriptor) == 0 ||
         fail_with_errno (error, N_ ("cannot be written"));
}

gboolean
output_place (Output *output, GError **error)
{
  if (output_is_placed (output))
    return TRUE;
  if (!put_in_place (output))
    return fail_with_errno (error, N_ ("cannot be written"));
  g_clear_pointer (&output->part, g_free);
  return TRUE;
}

gboolean
output_commit (Output *output, GError **error)
{
  gboolean in_place = output_is_placed (output);
  if (!output_sync (output, error) || !output_place (output, error))
    return FALSE;
  if (!in_place)
    output_sync_folder (output->path);
  return TRUE;
}

void
output_close (Output *output)
{
  if (!output)
    return;
  if (output->part)
    unlink (output->part);
  if (output->descriptor > STDERR_FILENO)
    close (output->descriptor);
  g_free (output->part);
  g_free (output->path);
  g_free (output);
}

gboolean
output_folder (const char *path, GError **error)
{
  if (mkdir (path, 0777) == 0 || errno == EEXIST)
    return TRUE;
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, _ ("cannot make the folder: %s"), error_words (errno));
  return FALSE;
}

Output *
output_standard (void)
{
  return output_new ("-", NULL, STDOUT_FILENO);
}
