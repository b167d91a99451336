/* corpus.c - see corpus.h */
#include "refresh/corpus.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/error.h"
#include "run/output.h"

static gboolean
fail (GError **error, const char *path)
{
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, "%s: %s", path, g_strerror (errno));
  return FALSE;
}

/* A POSIX record lock: the processes that a refresh starts do not inherit it, and it is released with its owner. */
static gboolean
take_lock (Corpus *corpus, GError **error)
{
  g_autofree char *path = corpus_path (corpus, ".lock");
  corpus->lock = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (corpus->lock < 0)
    return fail (error, path);
  struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
  if (fcntl (corpus->lock, F_SETLK, &whole) == 0)
    return TRUE;
  int reason = errno;
  struct flock holder = whole;
  if ((reason != EACCES && reason != EAGAIN) || fcntl (corpus->lock, F_GETLK, &holder) != 0) {
    errno = reason;
    return fail (error, path);
  }
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_AGAIN,
               _ ("another refresh of this corpus is running (process %d); wait for its end"), (int)holder.l_pid);
  return FALSE;
}

static gboolean
make_folder (const char *path, GError **error)
{
  return g_mkdir (path, 0777) == 0 || errno == EEXIST || fail (error, path);
}

static void
clear_folder (const char *folder, int depth)
{
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  for (const char *name; entries && (name = g_dir_read_name (entries));) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    if (g_str_has_prefix (name, OUTPUT_PART_START) && g_str_has_suffix (name, OUTPUT_PART_END))
      g_unlink (path);
    else if (depth > 0 && name[0] != '.' && g_file_test (path, G_FILE_TEST_IS_DIR))
      clear_folder (path, depth - 1);
  }
}

static gboolean
make_folders (Corpus *corpus, GError **error)
{
  g_autofree char *out = corpus_path (corpus, "out"), *store = corpus_path (corpus, "store");
  if (!make_folder (out, error) || !make_folder (store, error))
    return FALSE;
  clear_folder (corpus->folder, 0);
  clear_folder (store, 0);
  clear_folder (out, 1);
  return TRUE;
}

Corpus *
corpus_open_to_read (const char *folder)
{
  Corpus *corpus = g_new (Corpus, 1);
  *corpus = (Corpus){.folder = g_strdup (folder), .lock = -1};
  return corpus;
}

Corpus *
corpus_open (const char *folder, GError **error)
{
  g_autoptr (Corpus) corpus = corpus_open_to_read (folder);
  if (!take_lock (corpus, error) || !make_folders (corpus, error))
    return NULL;
  return g_steal_pointer (&corpus);
}

char *
corpus_path (const Corpus *corpus, const char *name)
{
  return g_build_filename (corpus->folder, name, NULL);
}

char *
corpus_output (const Corpus *corpus, const char *id, const char *suffix)
{
  g_autofree char *path = g_build_filename (corpus->folder, "out", id, NULL);
  return g_strconcat (path, suffix, NULL);
}

gboolean
corpus_make_vendor (const Corpus *corpus, const char *vendor, GError **error)
{
  g_autofree char *path = g_build_filename (corpus->folder, "out", vendor, NULL);
  return make_folder (path, error);
}

void
corpus_free (Corpus *corpus)
{
  if (!corpus)
    return;
  if (corpus->lock >= 0)
    close (corpus->lock);
  g_free (corpus->folder);
  g_free (corpus);
}
