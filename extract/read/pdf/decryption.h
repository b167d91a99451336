/* decryption.h - an encrypted PDF as the same PDF without encryption, by one of several passwords.
 *
 * A password may be the user's or the owner's. It is tried as it is (UTF-8, as PDF 2.0 has it), then in the encodings
 * that older programs made the key from: Latin-1 and Shift-JIS (PDF 1.7, 7.6.3.3: "the characters of PDFDocEncoding").
 */
#pragma once

#include <glib.h>

/* NULL: no password opens it, or it cannot be read. PASSWORDS is ended by NULL. The caller frees. */
GBytes *pdf_decrypted (GBytes *bytes, char *const *passwords);
