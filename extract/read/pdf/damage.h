/* damage.h - signs that a PDF is damaged, found in its bytes alone, before it is parsed.
 *
 *   %PDF-1.6
 *   7 0 obj << /Length 300 /Filter /FlateDecode >>
 *   stream ...300 bytes... endstream endobj       the length is right, and the bytes decompress
 *   xref 0 9 ... 0000000015 00000 n               each entry leads to its object
 *   startxref 4711 %%EOF                          there is an end, and it leads to the cross-reference table
 *
 * For a sound document this costs a hundredth of reading it: streams are skipped by their length, and only those that
 * may be text or structure are decompressed, no fonts and no images. A sign is not a proof: what only looks odd here,
 * the rebuild (rebuild.h) finds sound. (ISO 32000-1, 7.3.8 and 7.5.)
 */
#pragma once

#include <glib.h>

typedef enum {
  DAMAGE_NONE = 0,
  DAMAGE_END = 1 << 0,    /* the end is missing */
  DAMAGE_INDEX = 1 << 1,  /* the cross-reference table is not where the end says, or does not lead to the objects */
  DAMAGE_STREAM = 1 << 2, /* a stream has another length than it says, or does not decompress */
  DAMAGE_PAGES = 1 << 3,  /* the page tree lacks pages, or its count is wrong */
} Damage;                 /* flags */

typedef struct {
  Damage damage;   /* never DAMAGE_PAGES: that takes parsing */
  int pages;       /* page objects outside of object streams: more than the document has pages only where the tree lost
                      some, or where an editor left old ones behind */
  gboolean tagged; /* there is a structure tree */
} DamageSigns;

DamageSigns damage_signs (GBytes *bytes);

/* Whether DATA, compressed as FlateDecode has it, decompresses to its end and its checksum is right. */
gboolean damage_decompresses (const char *data, gsize size);
