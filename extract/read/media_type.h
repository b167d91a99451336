/* media_type.h - what kind of document some bytes are, told from the bytes alone. */
#pragma once

#include <glib.h>

/* "application/pdf", "text/html", "text/plain", "image/png", ...; "application/octet-stream" where nothing fits.
 * Archives and old Office files are told by the names of what is in them (container.h). Static. The bytes that tell are
 * those of WHATWG's MIME Sniffing Standard, section 7, and of the formats' own specifications; a PDF may have up to
 * 1024 bytes before its head (ISO 32000-1, annex H, note 13). */
const char *media_type_of_bytes (GBytes *bytes);

/* What people call a type: "a PNG picture"; in the user's language. */
const char *media_type_for_people (const char *media_type);
