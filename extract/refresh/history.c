/* history.c - see history.h */
#include "refresh/history.h"

#include <cjson/cJSON.h>
#include <glib/gi18n.h>

#include "write/json_text.h"

static const char select_documents[] = "select document, id, address, failure, failure_reason, failed_since, tries, "
                                       "retired from documents where ?1 is null or vendor = ?1 or id = ?1 order by id";

#define SELECT_REVISIONS                                                                                               \
  "select r.number, r.sha256, r.bytes, r.media_type, r.address, r.fetched, r.published, r.title, r.version, "          \
  "r.status, "                                                                                                         \
  "(select count (*) from items i where i.revision = r.revision), r.revision from revisions r where r.document = ? "   \
  "order by r.number"

/* The columns of SELECT_REVISIONS. */
enum { NUMBER, SHA256, BYTES, MEDIA_TYPE, ADDRESS, FETCHED, PUBLISHED, TITLE, VERSION_TEXT, STATUS, ITEMS, REVISION };

static const char select_changes[] =
    "select change, number, name, declared, json from changes where revision = ? order by position";

/* The columns of select_documents. */
enum { DOCUMENT, DOCUMENT_ID, DOCUMENT_ADDRESS, FAILURE, FAILURE_REASON, FAILED_SINCE, TRIES, RETIRED };

/* Appends one document to TEXT, from its row of select_documents. */
typedef void (*WriteDocument) (Database *database, GString *text, sqlite3_stmt *document);

static void
write_documents (Database *database, GString *text, const char *word, WriteDocument write_document)
{
  sqlite3_stmt *documents = database_ask (database, select_documents, "t", word);
  while (database_row (database, documents))
    write_document (database, text, documents);
}

static char *
history (Database *database, char *const *words, WriteDocument write_document)
{
  GString *text = g_string_new (NULL);
  if (!*words)
    write_documents (database, text, NULL, write_document);
  for (; *words; words++)
    write_documents (database, text, *words, write_document);
  return g_string_free (text, FALSE);
}

/* For people. */

static const char *
column (sqlite3_stmt *row, int index)
{
  return (const char *)sqlite3_column_text (row, index);
}

static const char *
word_for_change (const char *change)
{
  static const char *const words[][2] = {{"added", N_ ("added")},
                                         {"removed", N_ ("removed")},
                                         {"changed", N_ ("changed")},
                                         {"renumbered", N_ ("renumbered")}};
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (change, words[i][0]) == 0)
      return _ (words[i][1]);
  return change;
}

static void
append_change (GString *text, sqlite3_stmt *change)
{
  gboolean hidden = sqlite3_column_type (change, 3) == SQLITE_INTEGER && sqlite3_column_int (change, 3) == 0;
  const char *number = column (change, 1), *name = column (change, 2);
  g_string_append_printf (text, "     %-9s", word_for_change (column (change, 0)));
  if (number)
    g_string_append_printf (text, " %s", number);
  if (name)
    g_string_append_printf (text, " %s", name);
  g_string_append_printf (text, "%s%s\n", hidden ? "  " : "", hidden ? _ ("(not declared)") : "");
}

/* The texts are a vendor's, and may have lines. */
static void
make_plain (GString *text, gsize from)
{
  for (gsize i = from; i + 1 < text->len; i++)
    if (g_ascii_isspace (text->str[i]))
      text->str[i] = ' ';
}

static void
append_revision (Database *database, GString *text, sqlite3_stmt *row)
{
  gsize from = text->len;
  g_string_append_printf (text, "  %d  ", sqlite3_column_int (row, NUMBER));
  g_string_append_printf (text, _ ("fetched %.10s"), column (row, FETCHED));
  if (column (row, PUBLISHED))
    g_string_append_printf (text, _ ("  published %s"), column (row, PUBLISHED));
  if (column (row, VERSION_TEXT))
    g_string_append_printf (text, _ ("  version %s"), column (row, VERSION_TEXT));
  g_string_append_printf (text, _ ("  %d items"), sqlite3_column_int (row, ITEMS));
  g_string_append_c (text, '\n');
  make_plain (text, from);
  sqlite3_stmt *changes = database_ask (database, select_changes, "i", sqlite3_column_int64 (row, REVISION));
  while (database_row (database, changes)) {
    from = text->len;
    append_change (text, changes);
    make_plain (text, from);
  }
}

static void
append_state (GString *text, sqlite3_stmt *document)
{
  gsize from = text->len;
  int tries = sqlite3_column_int (document, TRIES);
  if (column (document, RETIRED))
    g_string_append_printf (text, _ ("  retired %.10s"), column (document, RETIRED));
  if (column (document, RETIRED))
    g_string_append_c (text, '\n');
  make_plain (text, from);
  from = text->len;
  if (!column (document, FAILURE))
    return;
  g_string_append_printf (
      text, ngettext ("  failing since %.10s (%d try): %s: %s", "  failing since %.10s (%d tries): %s: %s", tries),
      column (document, FAILED_SINCE), tries, column (document, FAILURE),
      column (document, FAILURE_REASON) ? column (document, FAILURE_REASON) : "?");
  g_string_append_c (text, '\n');
  make_plain (text, from);
}

static void
append_document (Database *database, GString *text, sqlite3_stmt *document)
{
  const char *address = column (document, 2);
  g_string_append_printf (text, "%s%s%s\n", column (document, 1), address ? "  " : "", address ? address : "");
  append_state (text, document);
  sqlite3_stmt *revisions = database_ask (database, SELECT_REVISIONS " desc", "i", sqlite3_column_int64 (document, 0));
  while (database_row (database, revisions))
    append_revision (database, text, revisions);
}

char *
history_text (Database *database, char *const *words)
{
  return history (database, words, append_document);
}

/* For programs. */

static void
add_column (cJSON *object, const char *name, sqlite3_stmt *row, int index)
{
  if (sqlite3_column_type (row, index) == SQLITE_INTEGER)
    cJSON_AddNumberToObject (object, name, sqlite3_column_int64 (row, index));
  else if (column (row, index))
    cJSON_AddStringToObject (object, name, column (row, index));
  else
    cJSON_AddNullToObject (object, name);
}

static cJSON *
json_of_revision (Database *database, sqlite3_stmt *row)
{
  static const struct {
    const char *name;
    int index;
  } columns[] = {{"number", NUMBER},        {"sha256", SHA256},   {"bytes", BYTES},         {"media_type", MEDIA_TYPE},
                 {"address", ADDRESS},      {"fetched", FETCHED}, {"published", PUBLISHED}, {"title", TITLE},
                 {"version", VERSION_TEXT}, {"status", STATUS},   {"items", ITEMS}};
  cJSON *object = cJSON_CreateObject ();
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    add_column (object, columns[i].name, row, columns[i].index);
  cJSON *list = cJSON_AddArrayToObject (object, "changes");
  sqlite3_stmt *changes = database_ask (database, select_changes, "i", sqlite3_column_int64 (row, REVISION));
  while (database_row (database, changes)) {
    cJSON *change = cJSON_Parse (column (changes, 4));
    cJSON_AddItemToArray (list, change ? change : cJSON_CreateNull ());
  }
  return object;
}

static void
append_json (Database *database, GString *text, sqlite3_stmt *document)
{
  cJSON *object = cJSON_CreateObject ();
  add_column (object, "document", document, 1);
  add_column (object, "address", document, 2);
  add_column (object, "retired", document, RETIRED);
  cJSON *failure = column (document, FAILURE) ? cJSON_AddObjectToObject (object, "failure") : NULL;
  if (!failure)
    cJSON_AddNullToObject (object, "failure");
  else {
    add_column (failure, "status", document, FAILURE);
    add_column (failure, "reason", document, FAILURE_REASON);
    add_column (failure, "since", document, FAILED_SINCE);
    add_column (failure, "tries", document, TRIES);
  }
  cJSON *list = cJSON_AddArrayToObject (object, "revisions");
  sqlite3_stmt *revisions = database_ask (database, SELECT_REVISIONS, "i", sqlite3_column_int64 (document, 0));
  while (database_row (database, revisions))
    cJSON_AddItemToArray (list, json_of_revision (database, revisions));
  char *line = json_text_of_one_line (object);
  g_string_append (text, line);
  g_free (line);
  cJSON_Delete (object);
}

char *
history_json (Database *database, char *const *words)
{
  return history (database, words, append_json);
}
