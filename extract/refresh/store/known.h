/* known.h - a document's row of corpus.db (corpus.sql says what each column is). */
#pragma once

#include "fetch/fetcher.h"
#include "refresh/manifest/manifest.h"
#include "refresh/store/database.h"

/* A revision's row, as far as it is needed to read it again. */
typedef struct {
  gint64 row; /* 0: there is none, and the rest is empty */
  int number;
  char *sha256, *address, *charset;
} KnownRevision;

/* Texts are NULL where the column is. */
typedef struct {
  gint64 row;                    /* 0: not in the table yet */
  KnownRevision current, before; /* the one before the current */
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
} Known;

/* The row of DOCUMENT; empty where there is none. DATABASE NULL: there is no table either. */
Known known_of_document (Database *database, const ManifestDocument *document);

/* Writes the row, all of it but what revision.h does. */
void known_save (Database *database, const ManifestDocument *document, Known *known);

void known_clear (Known *known);
void known_revision_clear (KnownRevision *revision);

/* FIELD becomes a copy of TEXT. */
void known_keep (char **field, const char *text);

/* Now, as the tables have it. The caller frees. */
char *time_now (void);

/* Seconds since 1970 as the tables have it, NULL for 0, and back. The caller frees. */
char *time_from_seconds (gint64 seconds);
gint64 seconds_from_time (const char *time);
