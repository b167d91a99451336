/* known.c - see known.h */
#include "refresh/store/known.h"

#define COLUMNS_OF_KNOWN                                                                                               \
  "d.document, d.address, d.sha256, d.fetched, d.charset, d.etag, d.last_modified, d.status, d.reason, d.read_with, "  \
  "d.page, d.link, d.page_etag, d.page_last_modified, d.made_with, d.made_bytes, d.run, d.checked, d.outcome, "        \
  "d.not_before, d.answered, "

#define COLUMNS_OF_REVISION(table)                                                                                     \
  table ".revision, " table ".number, " table ".sha256, " table ".address, " table ".charset"

static const char select_known[] = "select " COLUMNS_OF_KNOWN COLUMNS_OF_REVISION ("c") ", " COLUMNS_OF_REVISION (
    "b") " from documents d left join revisions c on c.revision = d.revision"
         " left join revisions b on b.document = d.document and b.number = c.number - 1 where d.id = ?";

static const char save_known[] =
    "insert into documents (id, vendor, name, address, sha256, fetched, charset, etag, last_modified, status, reason, "
    "read_with, page, link, page_etag, page_last_modified, made_with, made_bytes, run, checked, outcome, not_before, "
    "revision, answered) values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) "
    "on conflict (id) do update set address = excluded.address, sha256 = excluded.sha256, fetched = excluded.fetched, "
    "charset = excluded.charset, etag = excluded.etag, last_modified = excluded.last_modified, "
    "status = excluded.status, reason = excluded.reason, read_with = excluded.read_with, page = excluded.page, "
    "link = excluded.link, page_etag = excluded.page_etag, page_last_modified = excluded.page_last_modified, "
    "made_with = excluded.made_with, made_bytes = excluded.made_bytes, run = excluded.run, "
    "checked = excluded.checked, outcome = excluded.outcome, not_before = excluded.not_before, "
    "revision = excluded.revision, answered = excluded.answered";

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

gint64
seconds_from_time (const char *text)
{
  g_autoptr (GDateTime) time = text ? g_date_time_new_from_iso8601 (text, NULL) : NULL;
  return time ? g_date_time_to_unix (time) : 0;
}

void
known_keep (char **field, const char *text)
{
  char *copy = g_strdup (text); /* it may be the same */
  g_free (*field);
  *field = copy;
}

static KnownRevision
revision_from_row (sqlite3_stmt *row, int column)
{
  return (KnownRevision){.row = sqlite3_column_int64 (row, column),
                         .number = sqlite3_column_int (row, column + 1),
                         .sha256 = database_text (row, column + 2),
                         .address = database_text (row, column + 3),
                         .charset = database_text (row, column + 4)};
}

static Known
known_from_row (sqlite3_stmt *row)
{
  g_autofree char *not_before = database_text (row, 19);
  return (Known){.row = sqlite3_column_int64 (row, 0),
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
                 .current = revision_from_row (row, 21),
                 .before = revision_from_row (row, 26)};
}

Known
known_of_document (Database *database, const ManifestDocument *document)
{
  Known known = {0};
  sqlite3_stmt *statement = database ? database_ask (database, select_known, "t", document->id) : NULL;
  while (database && database_row (database, statement)) {
    known_clear (&known);
    known = known_from_row (statement);
  }
  return known;
}

void
known_save (Database *database, const ManifestDocument *document, Known *known)
{
  g_autofree char *not_before = time_from_seconds (known->not_before);
  database_do (database, save_known, "tttttttttttttttttnntttnt", document->id, document->vendor, document->name,
               known->address, known->sha256, known->fetched, known->charset, known->validators.etag,
               known->validators.last_modified, known->status, known->reason, known->read_with, known->page,
               known->link, known->page_validators.etag, known->page_validators.last_modified, known->made_with,
               known->made_bytes, known->run, known->checked, known->outcome, not_before, known->current.row,
               known->answered);
  if (!known->row)
    known->row = database_new_row (database);
}

void
known_revision_clear (KnownRevision *revision)
{
  g_free (revision->sha256);
  g_free (revision->address);
  g_free (revision->charset);
}

void
known_clear (Known *known)
{
  char *texts[] = {known->address,   known->answered, known->sha256,    known->fetched, known->charset,
                   known->status,    known->reason,   known->read_with, known->page,    known->link,
                   known->made_with, known->checked,  known->outcome};
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  validators_clear (&known->validators);
  validators_clear (&known->page_validators);
  known_revision_clear (&known->current);
  known_revision_clear (&known->before);
  *known = (Known){0};
}
