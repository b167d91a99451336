/* document.h - one request: its trips, one after the other, and the result that they make. */
#pragma once

#include "fetch/trip.h"

/* A page of links that is longer is none. */
#define PAGE_BYTES_LIMIT (8u * 1024 * 1024)

typedef struct {
  const FetchRequest *request;
  FetchResult result;
} Document;

Document *document_new (const FetchRequest *request, guint index);

/* The trip to begin with; NULL: there is none, and the result is made. The caller frees. */
Trip *document_first_trip (Document *document);

/* TRIP, one of its own, has ended: the next one, or NULL: the result is made. */
Trip *document_next_trip (Document *document, Trip *trip);

void document_free (Document *document);
