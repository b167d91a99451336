/* sheet.h - a vendor's whole sheet: the facts of the document and its items in their order. */
#pragma once

#include "model/document.h"
#include "model/item.h"
#include "model/note.h"

typedef struct {
  const Catalogue *catalogue; /* whose items the sheet answers; borrowed, must outlive it */

  /* of the source */
  char *uri, *sha256;
  char *member;           /* the document in it that the sheet was read from (an attachment); NULL: the input itself */
  const char *media_type; /* static */
  gsize bytes;
  int pages;        /* 0: the input has no pages */
  const char *text; /* "born-digital", "ocr" or "mixed": where its text comes from; static */

  DocumentFacts document;
  GPtrArray *items; /* Item */
  GPtrArray *notes; /* Note */
} Sheet;

/* A sheet with empty lists; the caller frees. */
Sheet *sheet_new (void);

void sheet_free (Sheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sheet, sheet_free)

/* The item INDEX, from 0; borrowed. */
Item *sheet_item (const Sheet *sheet, int index);

/* For people, one line an item: "number  no  how  score  name  answer", the fields that are `shown`. The caller frees.
 * */
char *items_to_string (const Sheet *sheet);
