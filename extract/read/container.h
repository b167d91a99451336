/* container.h - what a ZIP archive or an old Office file (OLE) holds, by the names in its directory alone.
 *
 * Nothing is unpacked: this is for telling types, before a document is read within its limits. The places are those of
 * PKWARE's APPNOTE.TXT, 4.3, and of [MS-CFB], 2.6.
 */
#pragma once

#include <glib.h>

/* Whether there is a directory: it stands at the end, and an archive cut short has lost it. */
gboolean zip_has_directory (GBytes *bytes);

/* Whether an entry's name begins with PREFIX. */
gboolean zip_has_entry (GBytes *bytes, const char *prefix);

/* Whether a stream or a storage is called NAME (ASCII). */
gboolean ole_has_entry (GBytes *bytes, const char *name);
