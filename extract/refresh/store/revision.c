/* revision.c - see revision.h */
#include "refresh/store/revision.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "patterns/catalogue.h"

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
    const CatalogueItem *meti = item->match.no ? catalogue_item (item->match.no) : NULL;
    database_do (database,
                 "insert into items (revision, position, meti, number, section, category, name, answer, status) "
                 "values (?,?,?,?,?,?,?,?,?)",
                 "iittttttt", revision, (gint64)i + 1, meti ? meti->id : NULL, item->number, item->section,
                 item->category, item->name, item->answer, answer_status_name (item->meaning->status));
  }
}

void
revision_write_sheet (Database *database, const Known *known, const Sheet *sheet, const char *status)
{
  const DocumentFacts *facts = &sheet->document;
  database_do (database,
               "update revisions set media_type = ?, title = ?, vendor = ?, product = ?, version = ?, published = ?, "
               "status = ? where revision = ?",
               "ttttttti", sheet->media_type, facts->title, facts->vendor, facts->product, facts->version,
               day_published (facts), status, known->current.row);
  write_items (database, known->current.row, sheet);
}

void
revision_add (Database *database, Known *known, const Sheet *sheet, const char *status, gint64 run)
{
  int number = known->current.number + 1;
  database_do (database,
               "insert into revisions (document, number, sha256, bytes, charset, address, etag, last_modified, "
               "fetched, status, run) values (?,?,?,?,?,?,?,?,?,?,?)",
               "iititttttti", known->row, (gint64)number, known->sha256, (gint64)sheet->bytes, known->charset,
               known->address, known->validators.etag, known->validators.last_modified, known->fetched, status, run);
  known_revision_clear (&known->before);
  known->before = known->current;
  known->current = (KnownRevision){.row = database_new_row (database),
                                   .number = number,
                                   .sha256 = g_strdup (known->sha256),
                                   .address = g_strdup (known->address),
                                   .charset = g_strdup (known->charset)};
  revision_write_sheet (database, known, sheet, status);
}

static void
write_change (Database *database, gint64 revision, gint64 position, const char *line)
{
  cJSON *change = cJSON_Parse (line);
  const cJSON *meti = cJSON_GetObjectItem (change, "meti");
  const cJSON *id = cJSON_IsObject (meti) ? cJSON_GetObjectItem (meti, "id") : meti;
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
revision_write_changes (Database *database, const Known *known, const char *lines)
{
  g_auto (GStrv) list = g_strsplit (lines, "\n", -1);
  gint64 position = 0;
  database_do (database, "delete from changes where revision = ?", "i", known->current.row);
  for (char **line = list; *line; line++)
    if (**line)
      write_change (database, known->current.row, ++position, *line);
}
