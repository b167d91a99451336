/* verify.c - see verify.h */
#include "refresh/verify.h"

#include <cjson/cJSON.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>

#include "change/changes.h"
#include "change/comparison.h"
#include "library/document_task.h"
#include "model/error.h"
#include "read/sheet_json.h"
#include "refresh/manifest/manifest.h"
#include "refresh/store/database.h"
#include "refresh/store/store.h"
#include "refresh/store/sweep.h"
#include "run/output.h"
#include "run/pool.h"
#include "text/translated.h"

enum { SHA256_DIGITS = 64 };

/* A document that has a sheet in out/. */
typedef struct {
  char *id, *sha256, *made_with, *path;
  gint64 revision;
} KeptSheet;

typedef struct {
  Corpus *corpus;
  Database *database; /* NULL: it cannot be read, which is a fault */
  Manifest *manifest; /* NULL: it cannot be read, and nothing is known of passwords */
  GPtrArray *faults;
  Knowledge *knowledge;
  char *fingerprint;
  GArray *sheets;   /* KeptSheet */
  GArray *readings; /* VerifiedReading: what is read, in this order */
  guint turn;       /* of them */
  Sheet *before;    /* of the revision before the one that is read next; NULL: it was not read */
} Verification;

typedef struct {
  guint sheet;     /* index */
  gboolean before; /* it is the revision before the current one */
  gboolean first;  /* there is none before */
} VerifiedReading;

static void
verification_clear (Verification *verification)
{
  database_free (verification->database);
  manifest_free (verification->manifest);
  corpus_free (verification->corpus);
  knowledge_free (verification->knowledge);
  g_free (verification->fingerprint);
  g_clear_pointer (&verification->sheets, g_array_unref);
  g_clear_pointer (&verification->readings, g_array_unref);
  sheet_free (verification->before);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Verification, verification_clear)

static void
kept_sheet_clear (gpointer data)
{
  KeptSheet *sheet = data;
  char *texts[] = {sheet->id, sheet->sha256, sheet->made_with, sheet->path};
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
}

static void add_fault (Verification *verification, const char *place, const char *format, ...) G_GNUC_PRINTF (3, 4);

static void
add_fault (Verification *verification, const char *place, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (verification->faults, g_strdup_printf ("%s: %s", place, what));
}

/* The store. */

static gboolean
is_sha256 (const char *name)
{
  return strlen (name) == SHA256_DIGITS && strspn (name, "0123456789abcdef") == SHA256_DIGITS;
}

static void
check_stored_file (Verification *verification, const char *name)
{
  g_autoptr (GError) error = NULL;
  guint64 bytes;
  g_autofree char *path = store_path (verification->corpus, name);
  g_autofree char *place = g_strdup_printf ("store/%s", name);
  if (g_str_has_suffix (name, ".damaged")) {
    add_fault (verification, place, _ ("was altered after it was stored; remove it once its revision is there again"));
    return;
  }
  if (!is_sha256 (name)) {
    add_fault (verification, place, _ ("does not belong into the store; move it away"));
    return;
  }
  g_autofree char *sha256 = store_add_file (NULL, path, G_MAXUINT64, &bytes, &error);
  if (!sha256)
    add_fault (verification, place, "%s", error->message);
  else if (!g_str_equal (sha256, name))
    add_fault (verification, place,
               _ ("was altered: its bytes have the SHA-256 %s; put back a copy, or remove it, and the next refresh "
                  "fetches it if it is still published"),
               sha256);
  else if (verification->database && !store_is_named (verification->database, name, 0))
    add_fault (verification, place,
               _ ("no row of corpus.db names it; remove it, or make the database anew: --rebuild"));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

/* In the order of their names, so that two runs say the same. */
static GPtrArray *
names_in (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  for (const char *name; entries && (name = g_dir_read_name (entries));)
    if (!g_str_has_prefix (name, OUTPUT_PART_START))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

static void
check_store (Verification *verification)
{
  g_autofree char *folder = corpus_path (verification->corpus, "store");
  g_autoptr (GPtrArray) names = names_in (folder);
  for (guint i = 0; i < names->len; i++)
    check_stored_file (verification, names->pdata[i]);
}

/* The database. */

static const char select_revisions[] = "select d.id, r.number, r.sha256, r.bytes from revisions r join documents d on "
                                       "d.document = r.document order by d.id, r.number";

static void
check_named_bytes (Verification *verification)
{
  sqlite3_stmt *rows = database_ask (verification->database, select_revisions, "");
  while (database_row (verification->database, rows)) {
    const char *id = (const char *)sqlite3_column_text (rows, 0), *sha256 = (const char *)sqlite3_column_text (rows, 2);
    g_autofree char *path = store_path (verification->corpus, sha256);
    struct stat status;
    if (stat (path, &status) != 0)
      add_fault (verification, id,
                 _ ("the bytes of revision %d are missing (store/%s); put back a copy, or let a refresh fetch them if "
                    "they are still published"),
                 sqlite3_column_int (rows, 1), sha256);
    else if (status.st_size != sqlite3_column_int64 (rows, 3))
      add_fault (verification, id, _ ("revision %d has %lld bytes, corpus.db says %lld; make it anew: --rebuild"),
                 sqlite3_column_int (rows, 1), (long long)status.st_size, (long long)sqlite3_column_int64 (rows, 3));
  }
}

/* SQL has a row for each fault: a place, and what it is about. FORMAT has "%s" for that. */
static void
check_rows (Verification *verification, const char *sql, const char *format)
{
  sqlite3_stmt *rows = database_ask (verification->database, sql, "");
  while (database_row (verification->database, rows)) {
    g_autofree char *place = database_text (rows, 0), *about = database_text (rows, 1);
    g_auto (GStrv) parts = g_strsplit (format, "%s", 2);
    g_autofree char *what = g_strjoinv (about ? about : "", parts);
    add_fault (verification, place, "%s", what);
  }
}

static void
check_database (Verification *verification)
{
  check_rows (verification,
              "select 'corpus.db', integrity_check from pragma_integrity_check where integrity_check <> 'ok'",
              _ ("is damaged: %s; make it anew: --rebuild"));
  check_rows (verification, "select 'corpus.db', \"table\" from pragma_foreign_key_check group by 2",
              _ ("rows of the table %s belong to rows that are missing; make it anew: --rebuild"));
  check_rows (verification,
              "select d.id, max (r.number) from documents d join revisions r on r.document = d.document group by d.id "
              "having count (*) <> max (r.number) or min (r.number) <> 1",
              _ ("its revisions are not numbered from 1 to %s; make the database anew: --rebuild"));
  check_rows (verification,
              "select d.id, max (r.number) from documents d join revisions r on r.document = d.document group by d.id "
              "having coalesce (d.revision, 0) <> (select revision from revisions l where l.document = d.document "
              "order by number desc limit 1)",
              _ ("its current revision is not the last, %s; make the database anew: --rebuild"));
  check_named_bytes (verification);
}

/* The sheets. */

static void
find_sheets (Verification *verification)
{
  sqlite3_stmt *rows =
      database_ask (verification->database,
                    "select d.id, r.sha256, d.made_with, r.revision from documents d join revisions r on r.revision = "
                    "d.revision where d.retired is null order by d.id",
                    "");
  while (database_row (verification->database, rows)) {
    g_autofree char *id = database_text (rows, 0);
    KeptSheet sheet = {.sha256 = database_text (rows, 1),
                       .made_with = database_text (rows, 2),
                       .path = corpus_output (verification->corpus, id, ".json"),
                       .revision = sqlite3_column_int64 (rows, 3)};
    sheet.id = g_steal_pointer (&id);
    g_array_append_val (verification->sheets, sheet);
  }
}

static gboolean
is_of_sheet (const Verification *verification, const char *vendor, const char *name)
{
  for (guint i = 0; i < verification->sheets->len; i++) {
    const char *id = g_array_index (verification->sheets, KeptSheet, i).id;
    g_autofree char *sheet = g_strconcat (id, ".json", NULL), *changes = g_strconcat (id, ".changes.json", NULL);
    g_autofree char *path = g_strconcat (vendor, "/", name, NULL);
    if (g_str_equal (path, sheet) || g_str_equal (path, changes))
      return TRUE;
  }
  return FALSE;
}

static void
check_strangers (Verification *verification)
{
  g_autofree char *out = corpus_path (verification->corpus, "out");
  g_autoptr (GPtrArray) vendors = names_in (out);
  for (guint i = 0; i < vendors->len; i++) {
    g_autofree char *folder = g_build_filename (out, vendors->pdata[i], NULL);
    g_autoptr (GPtrArray) names = names_in (folder);
    for (guint j = 0; j < names->len; j++) {
      g_autofree char *place = g_build_filename ("out", vendors->pdata[i], names->pdata[j], NULL);
      if (!is_of_sheet (verification, vendors->pdata[i], names->pdata[j]))
        add_fault (verification, place, _ ("belongs to no document that vendors.yaml lists; remove it"));
    }
  }
}

static gboolean
has_item (const cJSON *item, sqlite3_stmt *row)
{
  const cJSON *answer = cJSON_GetObjectItemCaseSensitive (cJSON_GetObjectItemCaseSensitive (item, "answer"), "text");
  const char *text = cJSON_GetStringValue (answer), *known = (const char *)sqlite3_column_text (row, 0);
  const char *name = cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (item, "name"));
  return g_strcmp0 (text, known) == 0 && g_strcmp0 (name, (const char *)sqlite3_column_text (row, 1)) == 0;
}

static gboolean
has_items_of_database (const Verification *verification, const KeptSheet *sheet, const cJSON *tree)
{
  const cJSON *items = cJSON_GetObjectItemCaseSensitive (tree, "items"), *item = items ? items->child : NULL;
  gboolean same = TRUE;
  sqlite3_stmt *rows =
      database_ask (verification->database, "select answer, name from items where revision = ? order by position", "i",
                    sheet->revision);
  while (database_row (verification->database, rows)) {
    same = same && item && has_item (item, rows);
    item = item ? item->next : NULL;
  }
  return same && !item;
}

/* FALSE: there is a fault, or nothing to compare with. */
static gboolean
check_sheet (Verification *verification, const KeptSheet *sheet)
{
  gsize length;
  g_autofree char *text = NULL, *place = g_strdup_printf ("out/%s.json", sheet->id);
  if (!g_file_get_contents (sheet->path, &text, &length, NULL)) {
    add_fault (verification, place, _ ("is missing; the next refresh makes it"));
    return FALSE;
  }
  cJSON *tree = cJSON_ParseWithLength (text, length), *source = cJSON_GetObjectItemCaseSensitive (tree, "source");
  const char *sha256 = cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (source, "sha256"));
  gboolean sound = FALSE;
  if (!sha256)
    add_fault (verification, place, _ ("is not a sheet; remove it, and the next refresh makes it"));
  else if (!g_str_equal (sha256, sheet->sha256))
    add_fault (verification, place, _ ("is of other bytes than the current revision; remove it, and refresh"));
  else if (!has_items_of_database (verification, sheet, tree))
    add_fault (verification, place, _ ("has other items than corpus.db; remove it, and refresh"));
  else
    sound = TRUE;
  cJSON_Delete (tree);
  return sound && store_has (verification->corpus, sheet->sha256);
}

/* What the current revision changed, by both as this program reads them; NOW is the sheet of the current one. */
static void
check_changes (Verification *verification, const VerifiedReading *reading, const char *now, gsize length)
{
  const KeptSheet *sheet = &g_array_index (verification->sheets, KeptSheet, reading->sheet);
  if (!verification->before && !reading->first)
    return; /* what it changed is unknown */
  g_autoptr (Sheet) current = sheet_from_json (verification->knowledge, now, length, NULL);
  g_autoptr (Changes) changes = current && verification->before
                                    ? changes_from_sheets (verification->knowledge, verification->before, current)
                                    : NULL;
  g_autofree char *expected = changes ? json_from_changes (changes) : NULL, *kept = NULL;
  g_autofree char *path = corpus_output (verification->corpus, sheet->id, ".changes.json");
  g_autofree char *place = g_strdup_printf ("out/%s.changes.json", sheet->id);
  g_file_get_contents (path, &kept, NULL, NULL);
  if (current && g_strcmp0 (expected, kept) != 0)
    add_fault (verification, place,
               _ ("is not what both revisions give; remove out/%s.json, and the next refresh makes both"), sheet->id);
}

/* Only what this program made can be compared byte for byte; the next refresh makes the others anew. */
static void
check_made (Verification *verification, const VerifiedReading *reading, const Outcome *outcome)
{
  const KeptSheet *sheet = &g_array_index (verification->sheets, KeptSheet, reading->sheet);
  gsize length, made_length;
  g_autofree char *place = g_strdup_printf ("out/%s.json", sheet->id);
  g_autofree char *made = outcome->failed ? NULL : outcome_text (outcome, &made_length, NULL), *text = NULL;
  g_autofree char *reason = text_translated (outcome->reason ? outcome->reason : "?");
  if (!made)
    add_fault (verification, place, _ ("cannot be made anew: %s"), reason);
  if (!made || g_strcmp0 (sheet->made_with, verification->fingerprint) != 0)
    return;
  if (g_file_get_contents (sheet->path, &text, &length, NULL) &&
      (length != made_length || memcmp (text, made, length) != 0))
    add_fault (verification, place, _ ("is not what its bytes give; remove it, and the next refresh makes it"));
  check_changes (verification, reading, made, made_length);
}

static gboolean
take_turn (const Input *input, Outcome *outcome, gpointer data)
{
  Verification *verification = data;
  const VerifiedReading *reading = &g_array_index (verification->readings, VerifiedReading, verification->turn++);
  if (!reading->before) {
    check_made (verification, reading, outcome);
    g_clear_pointer (&verification->before, sheet_free);
    return TRUE;
  }
  gsize length;
  g_autofree char *text = outcome->failed ? NULL : outcome_text (outcome, &length, NULL);
  verification->before = text ? sheet_from_json (verification->knowledge, text, length, NULL) : NULL;
  return TRUE;
}

/* NULL: there is none. */
static const char *
password_file (const Manifest *manifest, const char *id)
{
  for (guint i = 0; manifest && i < manifest->documents->len; i++) {
    const ManifestDocument *document = manifest->documents->pdata[i];
    if (g_str_equal (document->id, id))
      return document->password_file;
  }
  return NULL;
}

/* The revision before the current one, where there is one, and the current one. */
static void
add_readings (Verification *verification, guint index, GPtrArray *inputs)
{
  const KeptSheet *sheet = &g_array_index (verification->sheets, KeptSheet, index);
  gboolean first = TRUE;
  sqlite3_stmt *rows = database_ask (
      verification->database,
      "select r.address, r.charset, r.sha256, r.revision from revisions r join revisions c on c.document = r.document "
      "and r.number between c.number - 1 and c.number where c.revision = ? order by r.number",
      "i", sheet->revision);
  while (database_row (verification->database, rows)) {
    g_autofree char *sha256 = database_text (rows, 2), *path = store_path (verification->corpus, sha256);
    VerifiedReading reading = {index, sqlite3_column_int64 (rows, 3) != sheet->revision, first};
    first = FALSE;
    if (reading.before && !store_has (verification->corpus, sha256))
      continue;
    Input *input =
        input_new (path, (const char *)sqlite3_column_text (rows, 0), (const char *)sqlite3_column_text (rows, 1));
    input_read_passwords (input, password_file (verification->manifest, sheet->id));
    g_ptr_array_add (inputs, input);
    g_array_append_val (verification->readings, reading);
  }
}

/* The sound ones stay in the list, and are read. */
static int
check_sheets (Verification *verification, const VerifyOptions *options)
{
  g_autoptr (GPtrArray) inputs = g_ptr_array_new_with_free_func (input_free);
  find_sheets (verification);
  check_strangers (verification);
  for (guint i = 0; i < verification->sheets->len;) {
    if (check_sheet (verification, &g_array_index (verification->sheets, KeptSheet, i)))
      add_readings (verification, i++, inputs);
    else
      g_array_remove_index (verification->sheets, i);
  }
  g_autoptr (OcrModel) ocr_model = ocr_model_open ();
  DocumentTask task = {.knowledge = verification->knowledge, .ocr_model = ocr_model, .writer = writer_named ("json")};
  Work work = {.limits = &options->limits, .task = document_task, .data = &task, .sandbox = options->sandbox};
  return inputs->len > 0 ? pool_run (inputs, &work, options->jobs, take_turn, verification) : 0;
}

int
verify_corpus (const char *folder, const VerifyOptions *options, GPtrArray *lines, GError **error)
{
  g_auto (Verification) verification = {.corpus = corpus_open_to_read (folder), .faults = lines};
  g_autoptr (GError) unreadable = NULL;
  int number = 0;
  if (!corpus_is_free (verification.corpus, error))
    return 0;
  verification.knowledge = corpus_knowledge (folder, &options->files, error);
  if (!verification.knowledge)
    return 0;
  verification.manifest = manifest_open (folder, NULL);
  verification.fingerprint = program_fingerprint (verification.knowledge);
  verification.sheets = g_array_new (FALSE, FALSE, sizeof (KeptSheet));
  g_array_set_clear_func (verification.sheets, kept_sheet_clear);
  verification.readings = g_array_new (FALSE, FALSE, sizeof (VerifiedReading));
  verification.database = database_open_to_read (verification.corpus, &unreadable);
  if (!verification.database)
    g_ptr_array_add (lines, g_strdup_printf (_ ("%s; make it anew: --rebuild"), unreadable->message));
  check_store (&verification);
  if (!verification.database)
    return 0;
  check_database (&verification);
  if (!verification.database->fault)
    number = check_sheets (&verification, options);
  if (verification.database->fault)
    g_ptr_array_add (lines, g_strdup_printf (_ ("%s; make it anew: --rebuild"), verification.database->fault));
  return number;
}
