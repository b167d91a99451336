/* retirement.c - see retirement.h */
#include "refresh/retirement.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "refresh/event.h"
#include "refresh/log.h"

typedef struct {
  char *id, *vendor, *address, *sha256; /* of the current revision */
} UnlistedDocument;

static void
unlisted_document_clear (gpointer data)
{
  UnlistedDocument *document = data;
  g_free (document->id);
  g_free (document->vendor);
  g_free (document->address);
  g_free (document->sha256);
}

static GArray *
unlisted_documents (Refresh *refresh)
{
  g_autoptr (GHashTable) listed = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < refresh->manifest->documents->len; i++)
    g_hash_table_add (listed, ((ManifestDocument *)refresh->manifest->documents->pdata[i])->id);
  GArray *documents = g_array_new (FALSE, FALSE, sizeof (UnlistedDocument));
  g_array_set_clear_func (documents, unlisted_document_clear);
  sqlite3_stmt *rows =
      database_ask (refresh->database,
                    "select d.id, d.vendor, d.address, r.sha256 from documents d left join revisions r on r.revision = "
                    "d.revision where d.retired is null order by d.id",
                    "");
  while (database_row (refresh->database, rows)) {
    UnlistedDocument document = {database_text (rows, 0), database_text (rows, 1), database_text (rows, 2),
                                 database_text (rows, 3)};
    if (g_hash_table_contains (listed, document.id))
      unlisted_document_clear (&document);
    else
      g_array_append_val (documents, document);
  }
  return documents;
}

static void
remove_outputs (const Corpus *corpus, const UnlistedDocument *document)
{
  static const char *const suffixes[] = {".json", ".changes.json"};
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    g_autofree char *path = corpus_output (corpus, document->id, suffixes[i]);
    g_unlink (path);
  }
  g_autofree char *folder = g_build_filename (corpus->folder, "out", document->vendor, NULL);
  g_rmdir (folder); /* where it is empty */
}

/* The files go first: a run that dies between the two does both again. */
static void
retire (Refresh *refresh, const UnlistedDocument *document)
{
  g_autofree char *now = time_now ();
  const Event event = {.kind = EVENT_RETIRED,
                       .document = document->id,
                       .vendor = document->vendor,
                       .reason = "vendors.yaml lists it no longer",
                       .since = now,
                       .address = document->address,
                       .old_sha256 = document->sha256};
  remove_outputs (refresh->corpus, document);
  refresh_begin (refresh);
  database_do (refresh->database,
               "update documents set retired = ?, made_with = null, made_bytes = null, checked = ?, "
               "outcome = 'retired' where id = ?",
               "ttt", now, now, document->id);
  event_add (refresh, &event);
  refresh_commit (refresh);
}

int
refresh_retire (Refresh *refresh)
{
  if (!refresh->database)
    return 0;
  g_autoptr (GArray) documents = unlisted_documents (refresh);
  for (guint i = 0; i < documents->len && !refresh->broken; i++) {
    const UnlistedDocument *document = &g_array_index (documents, UnlistedDocument, i);
    if (!refresh->dry)
      retire (refresh, document);
    if (!refresh->broken && !refresh->quiet)
      log_line ("%s  %s: %s", _ ("retired"), document->id,
                _ ("vendors.yaml lists it no longer; its revisions are kept"));
  }
  return documents->len;
}
