/* document_fetch.h - what a caller's FetchRequest comes to: the request for the page that links to the document, where
 * there is one, then the request for the document, and the result that they make. */
#pragma once

#include "fetch/web_request.h"

/* A longer page is not read for links. */
#define PAGE_BYTES_LIMIT (8u * 1024 * 1024)

typedef struct {
  const FetchRequest *wanted;
  guint64 limit; /* bytes of the document */
  FetchResult result;
} DocumentFetch;

DocumentFetch *document_fetch_new (const FetchRequest *wanted, guint index, guint64 limit);

/* The request to begin with; NULL: there is none, and the result is made. The caller frees. */
WebRequest *document_fetch_first (DocumentFetch *document);

/* REQUEST, one of its own, has ended: the next one, or NULL: the result is made. */
WebRequest *document_fetch_next (DocumentFetch *document, WebRequest *request, const FetchOptions *options);

void document_fetch_free (DocumentFetch *document);
