/* record.h - what corpus.db knows of a document: its own row, and those of its revisions, of their items and of what
 * they changed (corpus.sql says what each column is). */
#pragma once

#include "change/changes.h"
#include "fetch/fetch_request.h"
#include "refresh/manifest/manifest.h"
#include "refresh/store/database.h"

/* A revision's row, as far as it is needed to read it again. */
typedef struct {
  gint64 row; /* 0: there is none, and the rest is empty */
  int number;
  char *sha256, *address, *charset;
} RevisionRecord;

/* Texts are NULL where the column is. */
typedef struct {
  gint64 row;                     /* 0: not in the table yet */
  RevisionRecord current, before; /* the one before the current */
  char *address, *answered, *sha256, *fetched, *charset;
  Validators validators;
  char *status, *reason, *read_with;
  char *page, *link;
  Validators page_validators;
  char *made_with;
  gint64 made_bytes;
  gint64 run;
  char *checked, *outcome;
  gint64 not_before; /* seconds since 1970; 0: null */
  char *failure, *failure_reason, *failed_since, *told;
  int tries;
  char *retired;
  char *same_sha256, *same_seen;
} DocumentRecord;

/* The row of DOCUMENT; empty where there is none. DATABASE NULL: there is no table either. */
DocumentRecord record_of_document (Database *database, const ManifestDocument *document);

/* Writes the document's row. */
void record_save (Database *database, const ManifestDocument *document, DocumentRecord *record);

/* The bytes that RECORD names (address, sha256, …), which were read as SHEET, become the current revision of the
 * document, found by RUN. The document has a row. */
void record_add_revision (Database *database, DocumentRecord *record, const Sheet *sheet, const char *status,
                          gint64 run);

/* Writes anew what was read of the current revision. */
void record_write_sheet (Database *database, const DocumentRecord *record, const Sheet *sheet, const char *status);

/* Writes anew what the current revision changed. KEY: the catalogue's, under which LINES (ndjson_from_changes) have its
 * items. */
void record_write_changes (Database *database, const DocumentRecord *record, const char *key, const char *lines);

void record_clear (DocumentRecord *record);

/* FIELD becomes a copy of TEXT. */
void record_set (char **field, const char *text);

/* Now, in the format of the tables (UTC, ISO 8601). The caller frees. */
char *time_now (void);

/* Seconds since 1970 in the same format; NULL for 0. The caller frees. */
char *time_from_seconds (gint64 seconds);
