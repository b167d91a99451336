/* charset.h - bytes in any encoding to UTF-8, by ICU.
 *
 * The encoding comes from the first of these: a byte order mark; the declaration of the transport or the page, unless
 * the bytes contradict it; UTF-8, where the bytes are valid UTF-8; detection. Shift_JIS means CP932, and EUC-JP has the
 * repertoire of CP51932, as in browsers (WHATWG Encoding Standard, section 4.2), so that ① ㈱ 髙 survive.
 */
#pragma once

#include "read/source.h"

/* NUL-terminated, valid UTF-8 without a byte order mark, line ends as they were; the caller frees. Never fails: NUL
 * characters and undecodable bytes become U+FFFD; *REPLACED (or NULL): how many. DECLARED: a label ("Shift_JIS",
 * "utf-8", ...) or NULL. *USED (or NULL): the static name of the encoding ("UTF-8", "UTF-16LE", "Shift_JIS", "EUC-JP",
 * "ISO-2022-JP", ...). */
char *utf8_from_bytes (GBytes *bytes, const char *declared, const char **used, int *replaced);

/* The same for a reader: what the source declares comes before DECLARED, and undecodable bytes add a note
 * "undecodable-bytes" to NOTES (of Note). */
char *utf8_from_source (const Source *source, const char *declared, GPtrArray *notes);
