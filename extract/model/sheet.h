/* sheet.h - a vendor's whole sheet: the facts of the document and its items in order. */
#pragma once

#include "model/document.h"
#include "model/item.h"
#include "model/note.h"

typedef struct {
  const Catalogue *catalogue; /* whose items the sheet answers; borrowed, must outlive it */

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

/* One with nothing in it yet but empty lists. */
Sheet *sheet_new (void);

void sheet_free (Sheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sheet, sheet_free)

Item *sheet_item (const Sheet *sheet, int index); /* borrowed */

/* For eyes: one line an item, "number  no  how  score  name  answer", the fields that the table says are shown. */
char *items_to_string (const Sheet *sheet);
