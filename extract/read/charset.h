/* charset.h - bytes in any encoding to UTF-8, by ICU.
 *
 * The encoding is taken from, in this order: a byte order mark; what the transport or the page declares; whether the
 * bytes are valid UTF-8; detection. A declaration that the bytes contradict is passed over. Shift_JIS means CP932 and
 * EUC-JP means CP51932's repertoire, as browsers do (WHATWG Encoding Standard, section 4.2), so that ① ㈱ 髙 survive.
 */
#pragma once

#include "read/source.h"

/* Gives NUL-terminated, valid UTF-8 without a byte order mark, line ends as they were; the caller frees. NUL characters
 * become U+FFFD. DECLARED: a label ("Shift_JIS", "utf-8", ...) or NULL. Sets *USED, when given, to the encoding's
 * static name ("UTF-8", "UTF-16LE", "Shift_JIS", "EUC-JP", "ISO-2022-JP"). Undecodable bytes become U+FFFD, counted in
 * *REPLACED when given. Never fails. */
char *utf8_from_bytes (GBytes *bytes, const char *declared, const char **used, int *replaced);

/* The same for a reader: undecodable bytes become a note "undecodable-bytes" in NOTES (of Note). */
char *utf8_from_source (const Source *source, const char *declared, GPtrArray *notes);
