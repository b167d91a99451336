/* rebuild.h - a damaged PDF put together again from what is left of it, with qpdf.
 *
 *   damaged             what is found             rebuilt
 *   /Pages [3 ? 5]      3: page, whole            /Pages [3 - 5]      the page that is lost is an empty one,
 *     3 page            5: page, contents broken    3 page            so that the others keep their numbers
 *     5 page            4: lost                     5 page
 *   (cut here)          the document says 4                           the fourth is missing
 *
 * qpdf opens the file and mends a wrong index and wrong lengths of streams. Where that does not reach all pages, every
 * object that the bytes still hold is indexed anew (reindex.h), and pages that the tree lost are put where their parent
 * was, else behind the rest in the order of the file. Each page's contents are unpacked once, to tell which are broken.
 */
#pragma once

#include "model/note.h"
#include "read/pdf/damage.h"

typedef enum {
  PAGE_WHOLE,
  PAGE_BROKEN, /* some of its contents is missing */
  PAGE_LOST,   /* there is an empty page in its place */
} PageState;

typedef struct {
  GBytes *bytes; /* a sound PDF */
  GArray *pages; /* PageState of each of its pages, at least one of which is not lost */
  int expected;  /* pages that the document says it has; 0: it does not say */
  Damage damage; /* what was wrong */
} Rebuilt;

/* SIGNS: what was seen to be wrong (damage.h). NULL: nothing can be saved, or nothing is wrong after all. */
Rebuilt *rebuilt_from_bytes (GBytes *bytes, Damage signs);

void rebuilt_free (Rebuilt *rebuilt);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Rebuilt, rebuilt_free)

/* The pages that are not lost. */
int rebuilt_count (const Rebuilt *rebuilt);

/* Says in NOTES what was mended, and what is lost. PAGES (Page): as they were read from it. */
void rebuilt_note (const Rebuilt *rebuilt, GPtrArray *pages, GPtrArray *notes);
