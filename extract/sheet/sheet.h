/* sheet.h - a vendor's whole sheet: the facts of the document and its items in order. */
#pragma once

#include "note.h"
#include "read/source.h"
#include "sheet/certification.h"
#include "sheet/item.h"
#include "sheet/revision.h"

typedef struct {
  char *title, *vendor, *product, *version; /* NULL: the document does not say */
  char *issued, *revised;                   /* ISO 8601 dates */
  GPtrArray *revisions;                     /* Revision */
  GPtrArray *certifications;                /* Certification */
} DocumentFacts;

typedef struct {
  /* of the source */
  char *uri, *sha256;
  const char *media_type; /* static */
  gsize bytes;
  int pages;        /* 0: the input has no pages */
  const char *text; /* static: "born-digital", "ocr" or "mixed" */

  DocumentFacts document;
  GPtrArray *items; /* Item */
  GPtrArray *notes; /* Note */
} Sheet;

/* Recognises the sheet in BLOCKS (layout.h), joined to tables on the way. Takes NOTES. Errors: NO_SHEET, with a message
 * that says what was seen instead. */
Sheet *sheet_from_blocks (GPtrArray *blocks, const Source *source, int pages, GPtrArray *notes, GError **error);

/* The whole road: bytes to sheet. */
Sheet *sheet_from_source (const Source *source, GError **error);

/* One with nothing in it yet but empty lists. */
Sheet *sheet_new (void);

void sheet_free (Sheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sheet, sheet_free)

Item *sheet_item (const Sheet *sheet, int index); /* borrowed */

/* For eyes: one line an item, "number  METI  how score  name  answer". */
char *items_to_string (const Sheet *sheet);
