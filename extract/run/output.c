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

static gboolean
fail_with_errno (GError **error, const char *what)
{
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, "%s: %s", what, g_strerror (errno));
  return FALSE;
}

static Output *
output_new (const char *path, char *beside, int descriptor)
{
  Output *output = g_new (Output, 1);
  *output = (Output){.path = g_strdup (path), .beside = beside, .descriptor = descriptor};
  return output;
}

/* The name says nothing of the file's own, which may be as long as a name can be. */
static char *
name_beside (const char *path)
{
  static int count = 0;
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_strdup_printf (OUTPUT_PART_START "%d-%d" OUTPUT_PART_END, (int)getpid (), count++);
  return g_build_filename (folder, name, NULL);
}

/* Without a name where the file system can do that: a program that is killed then leaves nothing behind. */
static int
open_beside (const char *beside, gboolean *nameless)
{
  g_autofree char *folder = g_path_get_dirname (beside);
  int descriptor = open (folder, O_WRONLY | O_TMPFILE | O_CLOEXEC, 0666);
  *nameless = descriptor >= 0;
  return *nameless ? descriptor : open (beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
}

Output *
output_open (const char *path, GError **error)
{
  struct stat status;
  gboolean exists = stat (path, &status) == 0;
  if (exists && !S_ISREG (status.st_mode)) {
    int in_place = open (path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (in_place < 0)
      return fail_with_errno (error, _ ("cannot be written")), NULL;
    return output_new (path, NULL, in_place);
  }
  /* A link stays a link: the file that it names is the one to replace. */
  g_autofree char *place = exists ? realpath (path, NULL) : NULL;
  g_autofree char *beside = name_beside (place ? place : path);
  gboolean nameless;
  int descriptor = open_beside (beside, &nameless);
  if (descriptor < 0)
    return fail_with_errno (error, _ ("cannot be written")), NULL;
  Output *output = output_new (place ? place : path, g_steal_pointer (&beside), descriptor);
  output->nameless = nameless;
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
      return fail_with_errno (error, _ ("cannot be written"));
    bytes += written;
    length -= written;
  }
  return TRUE;
}

gboolean
output_copy (Output *output, int descriptor, gint64 start, GError **error)
{
  char part[65536];
  for (;;) {
    ssize_t length = pread (descriptor, part, sizeof part, start);
    if (length < 0 && errno == EINTR)
      continue;
    if (length < 0)
      return fail_with_errno (error, _ ("the result cannot be read back"));
    if (length == 0)
      return TRUE;
    if (!output_write (output, part, length, error))
      return FALSE;
    start += length;
  }
}

/* A rename is only on the disk when its folder is. Some file systems cannot do that; then there is nothing to be had.
 */
static void
sync_folder_of (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int descriptor = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0)
    return;
  fsync (descriptor);
  close (descriptor);
}

/* Gives a file without a name the name PATH, which nothing may have yet. */
static gboolean
name_file (Output *output, const char *path)
{
  g_autofree char *self = g_strdup_printf ("/proc/self/fd/%d", output->descriptor);
  output->nameless = linkat (AT_FDCWD, self, AT_FDCWD, path, AT_SYMLINK_FOLLOW) != 0;
  return !output->nameless;
}

/* A whole file takes its place in one step where that is free; else it first gets a name beside it. */
static gboolean
put_in_place (Output *output)
{
  if (output->nameless && name_file (output, output->path))
    return TRUE;
  if (output->nameless && (errno != EEXIST || !name_file (output, output->beside)))
    return FALSE;
  return rename (output->beside, output->path) == 0;
}

gboolean
output_commit (Output *output, GError **error)
{
  if (!output->beside)
    return TRUE;
  if (fsync (output->descriptor) != 0 || !put_in_place (output))
    return fail_with_errno (error, _ ("cannot be written"));
  g_clear_pointer (&output->beside, g_free);
  sync_folder_of (output->path);
  return TRUE;
}

void
output_close (Output *output)
{
  if (!output)
    return;
  if (output->beside && !output->nameless)
    unlink (output->beside);
  if (output->descriptor > STDERR_FILENO)
    close (output->descriptor);
  g_free (output->beside);
  g_free (output->path);
  g_free (output);
}

Output *
output_standard (void)
{
  return output_new ("-", NULL, STDOUT_FILENO);
}
