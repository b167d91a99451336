/* media_type.h - the media type of a document, from its bytes alone. */
#pragma once

#include <glib.h>

/* "application/pdf", "text/html", "text/plain", "image/png", ...; "application/octet-stream" where nothing matches.
 * Static. Archives and old Office files go by the names of their entries (container.h). The signatures are those of the
 * WHATWG MIME Sniffing Standard, section 7, and of the formats' own specifications; a PDF may have up to 1024 bytes
 * before its header (ISO 32000-1, annex H, note 13). */
const char *media_type_of_bytes (GBytes *bytes);

/* The type in words, in the user's language: "a PNG picture". Static. */
const char *media_type_for_people (const char *media_type);
