/* rebuild.h - a damaged PDF rebuilt from what is left of it, with qpdf.
 *
 *   damaged             what is found             rebuilt
 *   /Pages [3 ? 5]      3: page, whole            /Pages [3 - 5]      a lost page becomes an empty one, so that the
 *     3 page            5: page, contents broken    3 page            others keep their numbers
 *     5 page            4: lost                     5 page
 *   (cut here)          the document says 4                           the fourth is missing
 *
 * qpdf opens the file and repairs a wrong cross-reference table and wrong lengths of streams. Where that does not reach
 * all pages, every object that the bytes still hold is indexed anew, and pages that the tree lost are put where their
 * parent was, else behind the rest in the order of the file. Each page's contents are decompressed once, to tell which
 * are broken.
 */
#pragma once

#include "model/note.h"
#include "read/pdf/damage.h"

typedef enum {
  PAGE_WHOLE,
  PAGE_BROKEN, /* some of its contents is missing */
  PAGE_LOST,   /* an empty page takes its place */
} PageState;

typedef struct {
  GBytes *bytes; /* a sound PDF */
  GArray *pages; /* PageState of each of its pages, at least one of which is not lost */
  int expected;  /* pages according to the document; 0: it does not say */
  Damage damage; /* what was wrong */
} Rebuilt;

/* SIGNS: those found in BYTES (damage.h). NULL: nothing can be saved, or nothing is wrong after all. The caller
 * frees. */
Rebuilt *rebuilt_from_bytes (GBytes *bytes, Damage signs);

void rebuilt_free (Rebuilt *rebuilt);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Rebuilt, rebuilt_free)

/* The number of pages that are not lost. */
int rebuilt_count (const Rebuilt *rebuilt);

/* Adds to NOTES what was repaired and what is lost. PAGES (Page): those read from it. */
void rebuilt_note (const Rebuilt *rebuilt, GPtrArray *pages, GPtrArray *notes);
