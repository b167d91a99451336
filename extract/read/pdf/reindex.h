/* reindex.h - the index of a PDF that lost its own: every object that can be found in its bytes.
 *
 *   %PDF-1.6                      the bytes as they are,
 *   7 0 obj << ... >> endobj
 *   8 0 obj << /Type /ObjStm      (objects inside of streams too)
 *   9 0 obj << /Ty                cut here
 *   10 0 obj << /Type /Catalog    a root that holds nothing,
 *   11 0 obj << /Type /XRef       and an index of all: 7 and 8 at their places, those in 8 by their number
 *
 * qpdf finds the objects of a file without an index itself, but only where a trailer is left, and none inside of
 * streams. Where an object was written twice, the later one counts, as it does after a change that was appended.
 */
#pragma once

#include <glib.h>

/* ISO 32000-1, annex C. */
#define OBJECT_MOST 8388607

typedef struct {
  GBytes *bytes; /* with the index at the end */
  GArray *ids;   /* int: the objects, in the order of the file */
} Reindexed;

/* NULL: there is no object in BYTES. */
Reindexed *reindexed_from_bytes (GBytes *bytes);

void reindexed_free (Reindexed *reindexed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reindexed, reindexed_free)
