/* writer.h - sheets as bytes for other programs: one writer a format, in one table (writer.c). */
#pragma once

#include "model/sheet.h"

typedef struct {
  const char *name;      /* "json", as --format takes it */
  const char *extension; /* "json", of a file in an output folder */
  const char *about;     /* one line for --help */
  /* The sheet in this format, the last byte "\n". Cannot fail. The caller frees. */
  char *(*text_from_sheet) (const Sheet *sheet);
  /* What stands once before the sheets of several inputs (a head line), or NULL. */
  const char *head;
} Writer;

/* By name; NULL: there is none. */
const Writer *writer_named (const char *name);

/* All, ended by an entry whose name is NULL. */
const Writer *writers (void);

/* The writers, for writer.c; the last byte is "\n", the caller frees. */
char *json_from_sheet (const Sheet *sheet);
char *ndjson_from_sheet (const Sheet *sheet);
char *csv_from_sheet (const Sheet *sheet); /* without the head line */
extern const char csv_head[];
