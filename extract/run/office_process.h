/* office_process.h - the process that starts LibreOffice for a reading that may start none itself.
 *
 *     reading ── the document ──► keeper of a temporary folder ── fork ──► SANDBOX_OFFICE ── LibreOffice
 *             ◄─ the saved one ──
 *
 * Both processes are made before the sandbox of the reading closes, and see its bytes only as what they hand on. What they
 * are asked is checked: the reading may have fallen to its document. The folder is removed when the reading ends, however
 * it does.
 */
#pragma once

#include <glib.h>

#include "run/sandbox.h"

/* Starts it; gives the descriptor over which it is asked, which the caller closes. -1 with errno set: it cannot be
 * started. */
int office_process_start (const Sandbox *sandbox);

/* Asks it over SOCKET for BYTES saved anew, as libreoffice_convert (read/office/libreoffice.h) does, with the same errors;
 * UNSUPPORTED: LibreOffice is not installed. The caller frees. */
GBytes *office_process_save (int socket, GBytes *bytes, const char *from, const char *filter, const char *to,
                             GError **error);
