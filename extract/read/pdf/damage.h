/* damage.h - signs that a PDF is damaged, seen in its bytes alone, before anyone looks closer (rebuild.h).
 *
 *   %PDF-1.6
 *   7 0 obj << /Length 300 /Filter /FlateDecode >>
 *   stream ...300 bytes... endstream endobj       the length is right, and the bytes unpack
 *   xref 0 9 ... 0000000015 00000 n               each entry leads to its object
 *   startxref 4711 %%EOF                          there is an end, and it leads to the index
 *
 * A sound document gets through this for a hundredth of what reading it costs: streams are stepped over by their
 * length, and of them only what may be text or structure is unpacked, no fonts and no pictures. A sign is no proof:
 * what only looks odd here, the rebuild finds sound. (ISO 32000-1, 7.3.8 and 7.5.)
 */
#pragma once

#include <glib.h>

typedef enum {
  DAMAGE_NONE = 0,
  DAMAGE_END = 1 << 0,    /* the end is missing */
  DAMAGE_INDEX = 1 << 1,  /* the cross-reference table is not where the end says, or does not lead to the objects */
  DAMAGE_STREAM = 1 << 2, /* a stream has another length than it says, or does not unpack */
  DAMAGE_PAGES = 1 << 3,  /* the tree of pages lacks some, or counts wrongly */
} Damage;

typedef struct {
  Damage damage;
  int pages; /* page objects that are written plainly: more than the document has pages only where the tree lost some,
                or an editor left old ones behind */
  gboolean tagged; /* there is a structure tree */
} DamageSigns;

DamageSigns damage_signs (GBytes *bytes);

/* Whether DATA, packed as FlateDecode has it, unpacks to its end and to what it was made from. */
gboolean damage_unpacks (const char *data, gsize size);
