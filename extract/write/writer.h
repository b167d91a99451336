/* writer.h - sheets as bytes for other programs: one writer a format, in one table (writer.c). */
#pragma once

#include "model/sheet.h"
#include "patterns/knowledge.h"

typedef struct {
  const char *name;      /* "json", as --format takes it */
  const char *extension; /* "json", of a file in an output folder */
  const char *about;     /* one line for --help */
  /* The sheet in this format, the last byte "\n". Cannot fail. The caller frees. */
  char *(*text_from_sheet) (const Knowledge *knowledge, const Sheet *sheet);
  /* What comes once before all sheets (a head line); the caller frees. NULL: nothing. */
  char *(*head) (const Knowledge *knowledge);
} Writer;

/* By name; NULL: there is none. */
const Writer *writer_named (const char *name);

/* All, ended by an entry whose name is NULL. */
const Writer *writers (void);

/* The writers, for writer.c; the last byte is "\n", the caller frees. */
char *json_from_sheet (const Knowledge *knowledge, const Sheet *sheet);
char *ndjson_from_sheet (const Knowledge *knowledge, const Sheet *sheet);
char *csv_from_sheet (const Knowledge *knowledge, const Sheet *sheet); /* without the head line */
char *csv_head (const Knowledge *knowledge);
