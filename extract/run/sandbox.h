/* sandbox.h - what a process that looks at a stranger's bytes may still do: the system calls on a list (seccomp), and to
 * open for reading what is on another (Landlock). Both lists are tables in sandbox.c, each line with what needs it.
 *
 *     parent   sandbox_new         builds both once, loads what libraries would load later, and is dumped by nobody
 *       │ fork
 *     child    opens, lets go of files and rights
 *              sandbox_enter       DOCUMENT, before the first byte of the input is read
 *              sandbox_enter       TEXT, once the bytes turn out to be a web page, text or JSON: no file at all
 *
 * A call that is not on the list ends the process with SIGSYS, which is the status sandbox-violation; a file that is not
 * on the list cannot be opened (EACCES). A sandbox can only become narrower. A reading that needs a wider one (PICTURES,
 * or LibreOffice) ends, and is started again in that (worker.h).
 *
 * Sources: seccomp(2), landlock(7), Documentation/userspace-api/landlock.rst of Linux. Landlock is there from Linux 5.13
 * on; without it the sandbox consists of the list of calls, which allows files to be opened for reading only, and
 * sandbox_warning says so.
 */
#pragma once

#include <glib.h>

typedef enum {
  SANDBOX_TEXT,     /* a web page, text, JSON: memory, and the answer */
  SANDBOX_DOCUMENT, /* anything, before its kind is known; PDF, archives, mails: also the character maps of Poppler */
  SANDBOX_PICTURES, /* pages that are recognised from their pictures: also fonts, and the model of Tesseract */
  SANDBOX_OFFICE,   /* LibreOffice: starts processes and writes into one folder; no network */
  SANDBOX_FETCH,    /* the network; starts no process and makes no file */
  SANDBOX_KINDS
} SandboxKind;

typedef struct Sandbox Sandbox;

/* Error: CHECKSHEET_ERROR_IO, the system has no seccomp. The caller frees. Afterwards no other process may look into the
 * memory of this one (PR_SET_DUMPABLE). */
Sandbox *sandbox_new (GError **error);

/* One that does nothing, for --no-sandbox, and for programs built with a sanitizer, which cannot be confined: it opens
 * files of its own and traces its process at exit. */
Sandbox *sandbox_none (void);

/* What the system lacks, in the user's language; NULL: nothing. Static. */
const char *sandbox_warning (const Sandbox *sandbox);

/* The descriptors that a sandbox leaves open: the standard ones, and of a reading its answer and the socket over which
 * LibreOffice is asked; of the others their socket. */
enum { SANDBOX_ANSWER = 3, SANDBOX_OFFICE_SOCKET = 4, SANDBOX_SOCKET = 3 };

/* In a child: closes it. FOLDER is the one folder that SANDBOX_OFFICE may write into, else NULL. FALSE with errno set:
 * it could not be closed. */
gboolean sandbox_enter (const Sandbox *sandbox, SandboxKind kind, const char *folder);

void sandbox_free (Sandbox *sandbox);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sandbox, sandbox_free)
