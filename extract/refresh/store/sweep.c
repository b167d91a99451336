/* sweep.c - see sweep.h */
#include "refresh/store/sweep.h"

#include <string.h>
#include <sys/stat.h>

#include "refresh/store/store.h"

enum { SHA256_DIGITS = 64 };

gboolean
store_is_named (Database *database, const char *sha256, gint64 except)
{
  gboolean named = FALSE;
  sqlite3_stmt *rows = database_ask (database,
                                     "select 1 from revisions where sha256 = ?1 union "
                                     "select 1 from documents where sha256 = ?1 and document <> ?2",
                                     "ti", sha256, except);
  while (database_row (database, rows))
    named = TRUE;
  return named || database->fault;
}

void
store_sweep (const Corpus *corpus, Database *database, const char *since)
{
  g_autoptr (GDateTime) start = g_date_time_new_from_iso8601 (since, NULL);
  g_autofree char *folder = corpus_path (corpus, "store");
  g_autoptr (GDir) entries = start ? g_dir_open (folder, 0, NULL) : NULL;
  for (const char *name; entries && (name = g_dir_read_name (entries));) {
    struct stat status;
    g_autofree char *path = g_build_filename (folder, name, NULL);
    if (strlen (name) == SHA256_DIGITS && stat (path, &status) == 0 && status.st_mtime >= g_date_time_to_unix (start) &&
        !store_is_named (database, name, 0))
      store_remove (corpus, name);
  }
}
