/* rebuild.c - see rebuild.h */
#include "refresh/rebuild.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "change/comparison.h"
#include "library/document_task.h"
#include "model/error.h"
#include "read/sheet_json.h"
#include "refresh/store/record.h"
#include "refresh/store/store.h"
#include "run/ledger.h"
#include "run/pool.h"
#include "text/translated.h"

typedef struct {
  char *sha256, *address, *fetched;
} FoundRevision;

typedef struct {
  ManifestDocument *document; /* of the manifest, or made of the id */
  gboolean listed;
  GArray *revisions; /* FoundRevision, the first first */
  DocumentRecord record;
  Sheet *last; /* of the last revision that was read */
} FoundDocument;

typedef struct {
  Corpus *corpus;   /* locked */
  Corpus *workshop; /* CORPUS/.rebuild, where the new database is made */
  Database *database;
  Manifest *manifest;
  Knowledge *knowledge;
  char *fingerprint;
  GPtrArray *documents; /* FoundDocument, by id */
  GHashTable *by_id;
  GPtrArray *lines;
  GPtrArray *order; /* FoundDocument of each input; borrowed */
  guint turn, revisions;
  gint64 run;
} Rebuilding;

static void
found_revision_clear (gpointer data)
{
  FoundRevision *revision = data;
  g_free (revision->sha256);
  g_free (revision->address);
  g_free (revision->fetched);
}

static void
found_document_free (gpointer data)
{
  FoundDocument *found = data;
  if (!found->listed) {
    g_free (found->document->id);
    g_free (found->document->vendor);
    g_free (found->document->name);
    g_free (found->document);
  }
  g_array_unref (found->revisions);
  record_clear (&found->record);
  sheet_free (found->last);
  g_free (found);
}

static void
rebuilding_clear (Rebuilding *rebuilding)
{
  g_clear_pointer (&rebuilding->order, g_ptr_array_unref);
  g_clear_pointer (&rebuilding->by_id, g_hash_table_unref);
  g_clear_pointer (&rebuilding->documents, g_ptr_array_unref);
  database_free (rebuilding->database);
  manifest_free (rebuilding->manifest);
  knowledge_free (rebuilding->knowledge);
  corpus_free (rebuilding->workshop);
  corpus_free (rebuilding->corpus);
  g_free (rebuilding->fingerprint);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rebuilding, rebuilding_clear)

/* What is found. */

static FoundDocument *
add_document (Rebuilding *rebuilding, ManifestDocument *document, gboolean listed)
{
  FoundDocument *found = g_new0 (FoundDocument, 1);
  found->document = document;
  found->listed = listed;
  found->revisions = g_array_new (FALSE, FALSE, sizeof (FoundRevision));
  g_array_set_clear_func (found->revisions, found_revision_clear);
  g_ptr_array_add (rebuilding->documents, found);
  g_hash_table_insert (rebuilding->by_id, document->id, found);
  return found;
}

/* NULL: ID is not "vendor/document". */
static FoundDocument *
document_for_id (Rebuilding *rebuilding, const char *id)
{
  FoundDocument *found = g_hash_table_lookup (rebuilding->by_id, id);
  g_auto (GStrv) parts = g_strsplit (id, "/", 3);
  if (found || g_strv_length (parts) != 2 || !*parts[0] || !*parts[1])
    return found;
  ManifestDocument *document = g_new0 (ManifestDocument, 1);
  document->id = g_strdup (id);
  document->vendor = g_strdup (parts[0]);
  document->name = g_strdup (parts[1]);
  return add_document (rebuilding, document, FALSE);
}

static char *
time_of_stored (const Rebuilding *rebuilding, const char *sha256)
{
  struct stat status;
  g_autofree char *path = store_path (rebuilding->corpus, sha256);
  return stat (path, &status) == 0 ? time_from_seconds (status.st_mtime) : time_now ();
}

static void
add_revision (Rebuilding *rebuilding, FoundDocument *found, const char *sha256, const char *address, const char *time)
{
  const GArray *known = found->revisions;
  const FoundRevision *last = known->len > 0 ? &g_array_index (known, FoundRevision, known->len - 1) : NULL;
  if (!sha256 || (last && g_str_equal (last->sha256, sha256)))
    return;
  if (!store_has (rebuilding->corpus, sha256)) {
    g_ptr_array_add (rebuilding->lines, g_strdup_printf (_ ("%s: the bytes of a revision are lost (store/%s)"),
                                                         found->document->id, sha256));
    return;
  }
  FoundRevision revision = {g_strdup (sha256), g_strdup (address), NULL};
  revision.fetched = time ? g_strdup (time) : time_of_stored (rebuilding, sha256);
  g_array_append_val (found->revisions, revision);
}

static const char *
text_of (const cJSON *object, const char *name)
{
  return cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (object, name));
}

/* "x/a" of "out/x/a.json", which records of older programs have alone. The caller frees. */
static char *
id_of_record (const cJSON *record)
{
  const char *id = text_of (record, "document"), *output = text_of (record, "output");
  if (id || !output || !g_str_has_prefix (output, "out/") || !g_str_has_suffix (output, ".json"))
    return g_strdup (id);
  return g_strndup (output + strlen ("out/"), strlen (output) - strlen ("out/.json"));
}

/* Bytes that failed to be a sheet are no revision. */
static void
take_record (Rebuilding *rebuilding, const cJSON *record)
{
  static const char *const good[] = {"ok", "ok-with-warnings", "not-modified", NULL};
  g_autofree char *id = id_of_record (record);
  const char *status = text_of (record, "status");
  FoundDocument *found = id && status && g_strv_contains (good, status) ? document_for_id (rebuilding, id) : NULL;
  if (found)
    add_revision (rebuilding, found, text_of (record, "sha256"), text_of (record, "uri"), text_of (record, "checked"));
}

static void
take_ledger (Rebuilding *rebuilding)
{
  g_autofree char *path = corpus_path (rebuilding->corpus, LEDGER_NAME), *text = NULL;
  if (!g_file_get_contents (path, &text, NULL, NULL)) {
    g_ptr_array_add (rebuilding->lines,
                     g_strdup (_ ("ledger.jsonl: is missing; only the current revisions are known")));
    return;
  }
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line; line++) {
    cJSON *record = cJSON_Parse (*line);
    take_record (rebuilding, record);
    cJSON_Delete (record);
  }
}

/* The current sheets: their bytes are the last revision. */
static void
take_output (Rebuilding *rebuilding, const char *id)
{
  g_autofree char *path = corpus_output (rebuilding->corpus, id, ".json"), *text = NULL;
  FoundDocument *found = document_for_id (rebuilding, id);
  cJSON *tree = found && g_file_get_contents (path, &text, NULL, NULL) ? cJSON_Parse (text) : NULL;
  const cJSON *source = cJSON_GetObjectItemCaseSensitive (tree, "source");
  if (source)
    add_revision (rebuilding, found, text_of (source, "sha256"), text_of (source, "uri"), NULL);
  cJSON_Delete (tree);
}

static void
take_outputs (Rebuilding *rebuilding)
{
  g_autofree char *out = corpus_path (rebuilding->corpus, "out");
  g_autoptr (GDir) vendors = g_dir_open (out, 0, NULL);
  for (const char *vendor; vendors && (vendor = g_dir_read_name (vendors));) {
    g_autofree char *folder = g_build_filename (out, vendor, NULL);
    g_autoptr (GDir) names = g_dir_open (folder, 0, NULL);
    for (const char *name; names && (name = g_dir_read_name (names));) {
      if (!g_str_has_suffix (name, ".json") || g_str_has_suffix (name, ".changes.json"))
        continue;
      g_autofree char *id = g_strdup_printf ("%s/%.*s", vendor, (int)(strlen (name) - strlen (".json")), name);
      take_output (rebuilding, id);
    }
  }
}

/* What is read. */

/* The first revision that is read makes the row. */
static void
add_row (Rebuilding *rebuilding, FoundDocument *found, const FoundRevision *revision)
{
  DocumentRecord *record = &found->record;
  g_autofree char *now = time_now ();
  record_set (&record->sha256, revision->sha256);
  record_set (&record->address, revision->address);
  record_set (&record->fetched, revision->fetched);
  record_set (&record->status, "ok");
  record_set (&record->read_with, rebuilding->fingerprint);
  record_set (&record->checked, now);
  record_set (&record->outcome, found->listed ? "unchanged" : "retired");
  if (!found->listed)
    record_set (&record->retired, now);
  record_save (rebuilding->database, found->document, record);
}

static void
keep_revision (Rebuilding *rebuilding, FoundDocument *found, const FoundRevision *revision, Sheet *sheet,
               const char *status)
{
  DocumentRecord *record = &found->record;
  add_row (rebuilding, found, revision);
  record_add_revision (rebuilding->database, record, sheet, status, rebuilding->run);
  if (found->last) {
    g_autoptr (Changes) changes = changes_from_sheets (rebuilding->knowledge, found->last, sheet);
    g_autofree char *lines =
        ndjson_from_changes (changes, found->document->id, record->before.sha256, record->current.sha256);
    record_write_changes (rebuilding->database, record, changes->catalogue->key, lines);
  }
  sheet_free (found->last);
  found->last = sheet;
  rebuilding->revisions++;
}

/* The sheet in out/ need not be made anew where it is what was read now. */
static void
note_output (Rebuilding *rebuilding, FoundDocument *found, const char *made, gsize length)
{
  gsize there;
  g_autofree char *path = corpus_output (rebuilding->corpus, found->document->id, ".json"), *text = NULL;
  DocumentRecord *record = &found->record;
  gboolean same =
      g_file_get_contents (path, &text, &there, NULL) && there == length && memcmp (text, made, length) == 0;
  record_set (&record->made_with, same ? rebuilding->fingerprint : NULL);
  record->made_bytes = same ? length : 0;
  record_save (rebuilding->database, found->document, record);
}

static gboolean
take_turn (const Input *input, Outcome *outcome, gpointer data)
{
  Rebuilding *rebuilding = data;
  FoundDocument *found = rebuilding->order->pdata[rebuilding->turn];
  guint number = 0;
  for (guint i = rebuilding->turn++; i > 0 && rebuilding->order->pdata[i - 1] == found; i--)
    number++;
  const FoundRevision *revision = &g_array_index (found->revisions, FoundRevision, number);
  gsize length;
  gboolean altered = outcome->sha256 && !g_str_equal (outcome->sha256, revision->sha256);
  g_autofree char *text = outcome->failed || altered ? NULL : outcome_text (outcome, &length, NULL);
  Sheet *sheet = text ? sheet_from_json (rebuilding->knowledge, text, length, NULL) : NULL;
  if (!sheet) {
    g_autofree char *reason = text_translated (outcome->reason ? outcome->reason : N_ ("it was altered"));
    g_ptr_array_add (rebuilding->lines, g_strdup_printf (_ ("%s: a revision cannot be read again (store/%s): %s"),
                                                         found->document->id, revision->sha256, reason));
    return TRUE;
  }
  keep_revision (rebuilding, found, revision, sheet, outcome->status);
  note_output (rebuilding, found, text, length);
  return !rebuilding->database->fault;
}

static int
read_all (Rebuilding *rebuilding, const VerifyOptions *options)
{
  g_autoptr (GPtrArray) inputs = g_ptr_array_new_with_free_func (input_free);
  rebuilding->order = g_ptr_array_new ();
  for (guint i = 0; i < rebuilding->documents->len; i++) {
    FoundDocument *found = rebuilding->documents->pdata[i];
    for (guint j = 0; j < found->revisions->len; j++) {
      const FoundRevision *revision = &g_array_index (found->revisions, FoundRevision, j);
      g_autofree char *path = store_path (rebuilding->corpus, revision->sha256);
      Input *input = input_new (path, revision->address, NULL);
      input_read_passwords (input, found->document->password_file);
      g_ptr_array_add (inputs, input);
      g_ptr_array_add (rebuilding->order, found);
    }
  }
  g_autoptr (OcrModel) ocr_model = ocr_model_open ();
  DocumentTask task = {.knowledge = rebuilding->knowledge, .ocr_model = ocr_model, .writer = writer_named ("json")};
  Work work = {.limits = &options->limits, .task = document_task, .data = &task, .sandbox = options->sandbox};
  return inputs->len > 0 ? pool_run (inputs, &work, options->jobs, take_turn, rebuilding) : 0;
}

/* The database. */

static const char *const endings[] = {"", "-wal", "-shm"};

static void
remove_workshop (const Corpus *workshop)
{
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++) {
    g_autofree char *path = g_strdup_printf ("%s/corpus.db%s", workshop->folder, endings[i]);
    g_unlink (path);
  }
  g_rmdir (workshop->folder);
}

static gboolean
open_workshop (Rebuilding *rebuilding, GError **error)
{
  g_autofree char *folder = corpus_path (rebuilding->corpus, ".rebuild"), *now = time_now ();
  rebuilding->workshop = corpus_open_to_read (folder);
  remove_workshop (rebuilding->workshop);
  if (g_mkdir (folder, 0777) != 0) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, _ ("cannot make the folder: %s"), g_strerror (errno));
    return FALSE;
  }
  rebuilding->database = database_open (rebuilding->workshop, error);
  if (!rebuilding->database)
    return FALSE;
  database_begin (rebuilding->database);
  database_do (rebuilding->database, "insert into runs (started, finished) values (?1, ?1)", "t", now);
  rebuilding->run = database_new_row (rebuilding->database);
  return TRUE;
}

/* The old one is kept as corpus.db.old; a second time as corpus.db.old2, … */
static gboolean
put_in_place (Rebuilding *rebuilding, GError **error)
{
  g_autofree char *path = corpus_path (rebuilding->corpus, "corpus.db"), *old = g_strconcat (path, ".old", NULL);
  for (int number = 2; g_file_test (old, G_FILE_TEST_EXISTS); number++) {
    g_free (old);
    old = g_strdup_printf ("%s.old%d", path, number);
  }
  g_clear_pointer (&rebuilding->database, database_free); /* its log goes into the file */
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++) {
    g_autofree char *from = g_strconcat (path, endings[i], NULL), *to = g_strconcat (old, endings[i], NULL);
    g_rename (from, to);
  }
  g_autofree char *made = corpus_path (rebuilding->workshop, "corpus.db");
  if (g_rename (made, path) == 0)
    return TRUE;
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, "corpus.db: %s", g_strerror (errno));
  return FALSE;
}

static gboolean
open_rebuilding (Rebuilding *rebuilding, const char *folder, const VerifyOptions *options, GError **error)
{
  rebuilding->corpus = corpus_open (folder, error);
  rebuilding->manifest = rebuilding->corpus ? manifest_open (folder, error) : NULL;
  rebuilding->knowledge = rebuilding->manifest ? corpus_knowledge (folder, &options->files, error) : NULL;
  if (!rebuilding->knowledge)
    return FALSE;
  rebuilding->fingerprint = program_fingerprint (rebuilding->knowledge);
  rebuilding->documents = g_ptr_array_new_with_free_func (found_document_free);
  rebuilding->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < rebuilding->manifest->documents->len; i++)
    add_document (rebuilding, rebuilding->manifest->documents->pdata[i], TRUE);
  return open_workshop (rebuilding, error);
}

int
rebuild_database (const char *folder, const VerifyOptions *options, GPtrArray *lines, GError **error)
{
  g_auto (Rebuilding) rebuilding = {.lines = lines};
  if (!open_rebuilding (&rebuilding, folder, options, error))
    return 0;
  take_ledger (&rebuilding);
  take_outputs (&rebuilding);
  int number = read_all (&rebuilding, options);
  gboolean made = !number && database_commit (rebuilding.database, error) && put_in_place (&rebuilding, error);
  g_clear_pointer (&rebuilding.database, database_free);
  remove_workshop (rebuilding.workshop);
  if (made) {
    g_ptr_array_add (lines,
                     g_strdup_printf (_ ("corpus.db: made anew, %u revisions of %u documents; the old one, if there "
                                         "was one, is beside it (corpus.db.old)"),
                                      rebuilding.revisions, rebuilding.documents->len));
    g_ptr_array_add (lines, g_strdup (_ ("not known any more: what servers said of changes (the next refresh asks "
                                         "without), failures, what was told; when bytes were fetched is the time of "
                                         "their record in the ledger, else of their file")));
  }
  return number;
}
