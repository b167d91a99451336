/* document.h - what a document says of itself outside of its items: vendor, product, dates, version, revisions,
 * certifications.
 */
#pragma once

#include <glib.h>

/* The texts of each, by their keys in the JSON: whatever reads, writes or shows them walks these lists, in this order.
 * NULL: the document does not say.
 */
#define DOCUMENT_TEXTS(TEXT)                                                                                           \
  TEXT (title)                                                                                                         \
  TEXT (vendor)                                                                                                        \
  TEXT (product)                                                                                                       \
  TEXT (version)                                                                                                       \
  TEXT (issued)  /* ISO 8601 */                                                                                        \
  TEXT (revised) /* the same */

#define REVISION_TEXTS(TEXT)                                                                                           \
  TEXT (number)                                                                                                        \
  TEXT (date) /* ISO 8601 if it could be read, else as written */                                                      \
  TEXT (note)

#define CERTIFICATION_TEXTS(TEXT)                                                                                      \
  TEXT (scheme)                                                                                                        \
  TEXT (holder)                                                                                                        \
  TEXT (number)                                                                                                        \
  TEXT (branch)                                                                                                        \
  TEXT (scope)                                                                                                         \
  TEXT (valid_until) /* ISO 8601 */                                                                                    \
  TEXT (body)

#define DOCUMENT_TEXT_MEMBER(text) char *text;

typedef struct {
  REVISION_TEXTS (DOCUMENT_TEXT_MEMBER)
  GPtrArray *items; /* char *: the numbers of the items that the note names */
} Revision;

typedef struct {
  CERTIFICATION_TEXTS (DOCUMENT_TEXT_MEMBER)
} Certification;

typedef struct {
  DOCUMENT_TEXTS (DOCUMENT_TEXT_MEMBER)
  GPtrArray *revisions;      /* Revision */
  GPtrArray *certifications; /* Certification */
} DocumentFacts;

/* A revision with an empty list of items, to be added to a list of revisions_new, which frees it. */
Revision *revision_new (void);
GPtrArray *revisions_new (void);

/* An empty list of Certification, which frees them. */
GPtrArray *certifications_new (void);

void certification_free (Certification *certification);

void document_facts_clear (DocumentFacts *facts);
