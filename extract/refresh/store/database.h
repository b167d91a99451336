/* database.h - corpus.db: SQLite, opened so that what was committed survives a crash of the machine (write-ahead log,
 * synchronous=FULL: https://www.sqlite.org/pragma.html#pragma_synchronous).
 *
 * The rows are in corpus.sql, which is read by people too. The first failure of SQLite (a full disk) is kept in
 * `fault`: what follows does nothing, and database_commit fails. So callers need not check each row.
 */
#pragma once

#include <sqlite3.h>

#include "refresh/corpus.h"

typedef struct {
  sqlite3 *connection;
  GHashTable *statements; /* char * (SQL) -> sqlite3_stmt *, made once */
  char *fault;            /* the first failure, or NULL */
} Database;

/* Creates the file and its tables where they are missing. Errors: IO (also: written by a newer program). */
Database *database_open (const Corpus *corpus, GError **error);

/* For reading; a corpus that was never refreshed is an error; nothing is created. */
Database *database_open_to_read (const Corpus *corpus, GError **error);

/* One statement. TYPES has a letter for each "?": "t" const char * (NULL: null), "i" gint64, "n" gint64 where 0 is
 * null. The statement is borrowed and is to be stepped by database_row until that says FALSE. */
sqlite3_stmt *database_ask (Database *database, const char *sql, const char *types, ...);

/* The next row; FALSE: there is none (or a failure), and the statement is ready for its next use. */
gboolean database_row (Database *database, sqlite3_stmt *statement);

/* A statement without rows. */
void database_do (Database *database, const char *sql, const char *types, ...);

/* A column as text that the caller frees; NULL: null. */
char *database_text (sqlite3_stmt *statement, int column);

/* The row that the last insert made. */
gint64 database_new_row (Database *database);

void database_begin (Database *database);

/* FALSE: nothing of the transaction was done. */
gboolean database_commit (Database *database, GError **error);

void database_free (Database *database);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Database, database_free)
