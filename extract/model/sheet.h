/* sheet.h - a vendor's whole sheet: the facts of the document and its items in their order. */
#pragma once

#include "model/document.h"
#include "model/item.h"
#include "model/note.h"

/* What became of a document's characters, white space left out: each is counted once (sheet/text_coverage.h). */
typedef struct {
  gsize total; /* counted where they enter, before tables are looked for; the others add up to it */
  gsize in_items, in_facts, headers_footers, hidden, other, unread;
} TextCoverage;

/* What a check of the sheet found (sheet/check.h). */
typedef struct {
  const char *code; /* static, e.g. "answer-beside" */
  NoteSeverity severity;
  double weight; /* 0 to 1: how much less sure the items that it names are */
  GArray *items; /* int, from 0: the items that it is about; empty: the sheet */
  guint count;   /* how many things it found */
  char *words;   /* the first of them, '"5 サービス稼働率", …' */
  char *text;    /* one English sentence with both */
} Finding;

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

  TextCoverage characters;
  GPtrArray
      *unread_items;   /* const CatalogueItem *, borrowed: the document names them, and no item of the sheet is one */
  GPtrArray *findings; /* Finding, what its check against what sheets are found */
  double confidence;   /* 0 to 1, that it is read rightly as a whole (sheet/confidence.h) */
} Sheet;

/* Takes WORDS and TEXT. The caller adds it to a sheet's findings, which free it. */
Finding *finding_new (const char *code, NoteSeverity severity, double weight, char *words, char *text);

/* A sheet with empty lists; the caller frees. */
Sheet *sheet_new (void);

void sheet_free (Sheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sheet, sheet_free)

/* The item INDEX, from 0; borrowed. */
Item *sheet_item (const Sheet *sheet, int index);

/* For people, one line an item: "number  no  how  score  name  answer", the fields that are `shown`. The caller frees.
 * */
char *items_to_string (const Sheet *sheet);
