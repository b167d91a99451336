/* document.h - what a document says of itself outside of its items: vendor, product, dates, version, revisions,
 * certifications.
 */
#pragma once

#include <glib.h>

typedef struct {
  char *number, *date, *note; /* the date in ISO 8601 if it could be read, else as written; NULL: the cell is empty */
  GPtrArray *items;           /* char *: the numbers of the items that the note names */
} Revision;

typedef struct {
  char *scheme, *holder, *number, *branch, *scope, *body; /* NULL: the document does not say */
  char *valid_until;                                      /* ISO 8601 */
} Certification;

typedef struct {
  char *title, *vendor, *product, *version; /* NULL: the document does not say */
  char *issued, *revised;                   /* ISO 8601 dates */
  GPtrArray *revisions;                     /* Revision */
  GPtrArray *certifications;                /* Certification */
} DocumentFacts;

/* A revision with an empty list of items, to be added to a list of revisions_new, which frees it. */
Revision *revision_new (void);
GPtrArray *revisions_new (void);

/* An empty list of Certification, which frees them. */
GPtrArray *certifications_new (void);

void certification_free (Certification *certification);

void document_facts_clear (DocumentFacts *facts);
