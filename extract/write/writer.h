/* writer.h - sheets as text for other programs: one writer a format, in one table (writer.c). */
#pragma once

#include "model/sheet.h"
#include "patterns/knowledge.h"

typedef struct {
  const char *name;      /* "json", as --format takes it */
  const char *extension; /* "json", of a file in an output folder */
  const char *summary;   /* one line for --help, not yet translated */
  /* The sheet in this format, UTF-8, ended by "\n". Cannot fail. The caller frees. */
  char *(*text_from_sheet) (const Knowledge *knowledge, const Sheet *sheet);
  /* What comes once before all sheets (a head line); the caller frees. NULL: the format has none. */
  char *(*head) (const Knowledge *knowledge);
} Writer;

/* The writer called NAME, or NULL; static. */
const Writer *writer_named (const char *name);

/* All, ended by an entry whose name is NULL. */
const Writer *writers (void);

/* The writers of the table. */
char *json_from_sheet (const Knowledge *knowledge, const Sheet *sheet);
char *ndjson_from_sheet (const Knowledge *knowledge, const Sheet *sheet);
char *csv_from_sheet (const Knowledge *knowledge, const Sheet *sheet); /* without the head line */
char *csv_head (const Knowledge *knowledge);
