/* container.h - the names in the directory of a ZIP archive or of an old Office file (an OLE compound file).
 *
 * They tell the type of a document before its reader opens it within its limits: nothing is unpacked, and the bytes may
 * be damaged or hostile. The formats are those of PKWARE's APPNOTE.TXT, section 4.3, and of [MS-CFB], section 2.6.
 */
#pragma once

#include <glib.h>

/* Whether there is a directory. It is at the end: a truncated archive has none. */
gboolean zip_has_directory (GBytes *bytes);

/* Whether the name of an entry begins with PREFIX. Case does not count, and a backslash counts as a slash. */
gboolean zip_has_entry (GBytes *bytes, const char *prefix);

/* Whether the first entry is NAME, is not compressed, and begins with TEXT: formats are told so (OpenDocument 1.3 part 2,
 * 3.3). */
gboolean zip_begins_with (GBytes *bytes, const char *name, const char *text);

/* Whether a stream or a storage has the name NAME (ASCII, at most 31 characters). */
gboolean ole_has_entry (GBytes *bytes, const char *name);

/* Copies the first SIZE bytes of the stream NAME to HEAD; returns how many there are, 0 where there is no such stream. */
gsize ole_stream_head (GBytes *bytes, const char *name, guint8 *head, gsize size);
