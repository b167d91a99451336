/* record.c - see record.h */
#include "refresh/store/record.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "patterns/catalogue.h"

#define COLUMNS_OF_RECORD                                                                                              \
  "d.document, d.address, d.sha256, d.fetched, d.charset, d.etag, d.last_modified, d.status, d.reason, d.read_with, "  \
  "d.page, d.link, d.page_etag, d.page_last_modified, d.made_with, d.made_bytes, d.run, d.checked, d.outcome, "        \
  "d.not_before, d.answered, d.failure, d.failure_reason, d.failed_since, d.told, d.tries, d.retired, d.same_sha256, " \
  "d.same_seen, "

#define COLUMNS_OF_REVISION(table)                                                                                     \
  table ".revision, " table ".number, " table ".sha256, " table ".address, " table ".charset"

static const char select_record[] = "select " COLUMNS_OF_RECORD COLUMNS_OF_REVISION ("c") ", " COLUMNS_OF_REVISION (
    "b") " from documents d left join revisions c on c.revision = d.revision"
         " left join revisions b on b.document = d.document and b.number = c.number - 1 where d.id = ?";

static const char save_record[] =
    "insert into documents (id, vendor, name, address, sha256, fetched, charset, etag, last_modified, status, reason, "
    "read_with, page, link, page_etag, page_last_modified, made_with, made_bytes, run, checked, outcome, not_before, "
    "revision, answered, failure, failure_reason, failed_since, told, tries, retired, same_sha256, same_seen) "
    "values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) "
    "on conflict (id) do update set address = excluded.address, sha256 = excluded.sha256, fetched = excluded.fetched, "
    "charset = excluded.charset, etag = excluded.etag, last_modified = excluded.last_modified, "
    "status = excluded.status, reason = excluded.reason, read_with = excluded.read_with, page = excluded.page, "
    "link = excluded.link, page_etag = excluded.page_etag, page_last_modified = excluded.page_last_modified, "
    "made_with = excluded.made_with, made_bytes = excluded.made_bytes, run = excluded.run, "
    "checked = excluded.checked, outcome = excluded.outcome, not_before = excluded.not_before, "
    "revision = excluded.revision, answered = excluded.answered, failure = excluded.failure, "
    "failure_reason = excluded.failure_reason, failed_since = excluded.failed_since, told = excluded.told, "
    "tries = excluded.tries, retired = excluded.retired, same_sha256 = excluded.same_sha256, "
    "same_seen = excluded.same_seen";

char *
time_from_seconds (gint64 seconds)
{
  g_autoptr (GDateTime) time = seconds ? g_date_time_new_from_unix_utc (seconds) : NULL;
  return time ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : NULL;
}

char *
time_now (void)
{
  return time_from_seconds (g_get_real_time () / G_USEC_PER_SEC);
}

static gint64
seconds_from_time (const char *text)
{
  g_autoptr (GDateTime) time = text ? g_date_time_new_from_iso8601 (text, NULL) : NULL;
  return time ? g_date_time_to_unix (time) : 0;
}

void
record_set (char **field, const char *text)
{
  char *copy = g_strdup (text); /* it may be the same */
  g_free (*field);
  *field = copy;
}

static void
revision_record_clear (RevisionRecord *revision)
{
  g_free (revision->sha256);
  g_free (revision->address);
  g_free (revision->charset);
}

static RevisionRecord
revision_from_row (sqlite3_stmt *row, int column)
{
  return (RevisionRecord){.row = sqlite3_column_int64 (row, column),
                          .number = sqlite3_column_int (row, column + 1),
                          .sha256 = database_text (row, column + 2),
                          .address = database_text (row, column + 3),
                          .charset = database_text (row, column + 4)};
}

static DocumentRecord
record_from_row (sqlite3_stmt *row)
{
  g_autofree char *not_before = database_text (row, 19);
  return (DocumentRecord){.row = sqlite3_column_int64 (row, 0),
                          .address = database_text (row, 1),
                          .sha256 = database_text (row, 2),
                          .fetched = database_text (row, 3),
                          .charset = database_text (row, 4),
                          .validators = {database_text (row, 5), database_text (row, 6)},
                          .status = database_text (row, 7),
                          .reason = database_text (row, 8),
                          .read_with = database_text (row, 9),
                          .page = database_text (row, 10),
                          .link = database_text (row, 11),
                          .page_validators = {database_text (row, 12), database_text (row, 13)},
                          .made_with = database_text (row, 14),
                          .made_bytes = sqlite3_column_int64 (row, 15),
                          .run = sqlite3_column_int64 (row, 16),
                          .checked = database_text (row, 17),
                          .outcome = database_text (row, 18),
                          .not_before = seconds_from_time (not_before),
                          .answered = database_text (row, 20),
                          .failure = database_text (row, 21),
                          .failure_reason = database_text (row, 22),
                          .failed_since = database_text (row, 23),
                          .told = database_text (row, 24),
                          .tries = sqlite3_column_int (row, 25),
                          .retired = database_text (row, 26),
                          .same_sha256 = database_text (row, 27),
                          .same_seen = database_text (row, 28),
                          .current = revision_from_row (row, 29),
                          .before = revision_from_row (row, 34)};
}

DocumentRecord
record_of_document (Database *database, const ManifestDocument *document)
{
  DocumentRecord record = {0};
  sqlite3_stmt *statement = database ? database_ask (database, select_record, "t", document->id) : NULL;
  while (database && database_row (database, statement)) {
    record_clear (&record);
    record = record_from_row (statement);
  }
  return record;
}

void
record_save (Database *database, const ManifestDocument *document, DocumentRecord *record)
{
  g_autofree char *not_before = time_from_seconds (record->not_before);
  database_do (database, save_record, "tttttttttttttttttnntttntttttnttt", document->id, document->vendor,
               document->name, record->address, record->sha256, record->fetched, record->charset,
               record->validators.etag, record->validators.last_modified, record->status, record->reason,
               record->read_with, record->page, record->link, record->page_validators.etag,
               record->page_validators.last_modified, record->made_with, record->made_bytes, record->run,
               record->checked, record->outcome, not_before, record->current.row, record->answered, record->failure,
               record->failure_reason, record->failed_since, record->told, (gint64)record->tries, record->retired,
               record->same_sha256, record->same_seen);
  if (!record->row)
    record->row = database_new_row (database);
}

/* The rows of a revision. */

/* The day from which it holds: of its newest revision, else of its issue. */
static const char *
day_published (const DocumentFacts *facts)
{
  return facts->revised ? facts->revised : facts->issued;
}

static void
write_items (Database *database, gint64 revision, const Sheet *sheet)
{
  database_do (database, "delete from items where revision = ?", "i", revision);
  for (guint i = 0; i < sheet->items->len; i++) {
    const Item *item = sheet_item (sheet, i);
    const CatalogueItem *known = item->match.item;
    database_do (database,
                 "insert into items (revision, position, meti, number, section, category, name, answer, status) "
                 "values (?,?,?,?,?,?,?,?,?)",
                 "iittttttt", revision, (gint64)i + 1, known ? known->id : NULL, item->number, item->section,
                 item->category, item->name, item->answer, answer_status_name (item->meaning->status));
  }
}

void
record_write_sheet (Database *database, const DocumentRecord *record, const Sheet *sheet, const char *status)
{
  const DocumentFacts *facts = &sheet->document;
  database_do (database,
               "update revisions set media_type = ?, title = ?, vendor = ?, product = ?, version = ?, published = ?, "
               "status = ? where revision = ?",
               "ttttttti", sheet->media_type, facts->title, facts->vendor, facts->product, facts->version,
               day_published (facts), status, record->current.row);
  write_items (database, record->current.row, sheet);
}

void
record_add_revision (Database *database, DocumentRecord *record, const Sheet *sheet, const char *status, gint64 run)
{
  int number = record->current.number + 1;
  database_do (database,
               "insert into revisions (document, number, sha256, bytes, charset, address, etag, last_modified, "
               "fetched, status, run) values (?,?,?,?,?,?,?,?,?,?,?)",
               "iititttttti", record->row, (gint64)number, record->sha256, (gint64)sheet->bytes, record->charset,
               record->address, record->validators.etag, record->validators.last_modified, record->fetched, status,
               run);
  revision_record_clear (&record->before);
  record->before = record->current;
  record->current = (RevisionRecord){.row = database_new_row (database),
                                     .number = number,
                                     .sha256 = g_strdup (record->sha256),
                                     .address = g_strdup (record->address),
                                     .charset = g_strdup (record->charset)};
  record_write_sheet (database, record, sheet, status);
}

static void
write_change (Database *database, gint64 revision, gint64 position, const char *key, const char *line)
{
  cJSON *change = cJSON_Parse (line);
  const cJSON *id = cJSON_GetObjectItem (cJSON_GetObjectItem (change, key), "id");
  const cJSON *declared = cJSON_GetObjectItem (change, "declared");
  database_do (database,
               "insert into changes (revision, position, change, meti, number, name, declared, json) "
               "values (?,?,?,?,?,?,nullif (?, -1),?)",
               "iittttit", revision, position, cJSON_GetStringValue (cJSON_GetObjectItem (change, "change")),
               cJSON_GetStringValue (id), cJSON_GetStringValue (cJSON_GetObjectItem (change, "number")),
               cJSON_GetStringValue (cJSON_GetObjectItem (change, "name")),
               cJSON_IsBool (declared) ? (gint64)cJSON_IsTrue (declared) : (gint64)-1, line);
  cJSON_Delete (change);
}

void
record_write_changes (Database *database, const DocumentRecord *record, const char *key, const char *lines)
{
  g_auto (GStrv) list = g_strsplit (lines, "\n", -1);
  gint64 position = 0;
  database_do (database, "delete from changes where revision = ?", "i", record->current.row);
  for (char **line = list; *line; line++)
    if (**line)
      write_change (database, record->current.row, ++position, key, *line);
}

void
record_clear (DocumentRecord *record)
{
  char *texts[] = {record->address, record->answered, record->sha256,         record->fetched,
                   record->charset, record->status,   record->reason,         record->read_with,
                   record->page,    record->link,     record->made_with,      record->checked,
                   record->outcome, record->failure,  record->failure_reason, record->failed_since,
                   record->told,    record->retired,  record->same_sha256,    record->same_seen};
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  validators_clear (&record->validators);
  validators_clear (&record->page_validators);
  revision_record_clear (&record->current);
  revision_record_clear (&record->before);
  *record = (DocumentRecord){0};
}
