/* module.h - the parts of the program that need large libraries, each a shared object, opened when it is needed first.
 *
 * The dynamic linker would else spend more time on Poppler, Tesseract, curl, … at every start than reading a text takes.
 *
 *     reader.c ── pages_from_pdf ──► read/pdf/pdf_stubs.c ── module_function ──► checksheet-pdf.so: read/pdf/pdf.c
 *
 * A function that is called from outside its module has two definitions, and callers know of neither: the stub, in the
 * program, opens the module and calls the other one, which is marked MODULE_ENTRY. A module has its own copy of what it
 * calls in the rest of the program, and nothing of its other functions can be seen: it fits into a program, a library
 * and a test alike. meson.build says which files are in which module.
 *
 * A module is looked for beside the file that has this code in it (the build folder; another module), then in
 * MODULE_FOLDER from there (where they are installed, as libdir/checksheet); by no variable of the environment, and
 * never in the working folder. It is never closed. Code of a file cannot be mapped in a sandbox, so a process that reads
 * a document has its modules opened before (run/worker.h).
 */
#pragma once

#include <glib.h>

typedef enum {
  MODULE_PDF,      /* Poppler: what a sound PDF with text needs */
  MODULE_QPDF,     /* qpdf: damaged and encrypted PDFs, files in them */
  MODULE_PICTURES, /* Poppler-glib, cairo, leptonica: pages as pictures */
  MODULE_OCR,      /* Tesseract; what needs it needs MODULE_PICTURES too */
  MODULE_OFFICE,   /* libzip, libxml2: workbooks, text documents, archives */
  MODULE_MAIL,     /* gmime */
  MODULE_FETCH,    /* libcurl */
  MODULE_XLSX,     /* libxlsxwriter */
  MODULE_KINDS,
  MODULE_NONE = MODULE_KINDS /* the program itself does it */
} ModuleKind;

/* What is called from outside a module. */
#define MODULE_ENTRY __attribute__ ((visibility ("default")))

/* Opens it if it is not open. Error: CHECKSHEET_ERROR_IO, it is not there, or is not of this build of the program. */
gboolean module_open (ModuleKind kind, GError **error);

/* Where it is, else where it would be installed. The caller frees. */
char *module_path (ModuleKind kind);

/* Makes no system call. */
gboolean module_is_open (ModuleKind kind);

/* The folder of the file that this code was loaded from: the program, the library, a module; NULL: unknown. The caller
 * frees. */
char *module_own_folder (void);

/* The function NAME of a module, which is opened if it is not open; NULL with ERROR set: it cannot be. Where ERROR is
 * NULL, it must be possible: the process ends with a message if it is not. */
gpointer module_function (ModuleKind kind, const char *name, GError **error);

/* Of the type that NAME is declared with, for stubs. */
#define MODULE_FUNCTION(kind, name, error) ((__typeof__ (&name))module_function (kind, #name, error))
