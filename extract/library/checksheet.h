/* checksheet.h - libchecksheet: the check sheet in a document, for other programs.
 *
 *     bytes, a name ──► checksheet_read ──► a reading: a status, and a sheet as JSON or as a tree of values, or why none
 *
 *     ChecksheetKnowledge *knowledge = checksheet_knowledge_open (NULL, NULL, NULL);
 *     ChecksheetReading *reading = checksheet_read (knowledge, NULL, bytes, length, "sheet.pdf", NULL);
 *     if (checksheet_reading_json (reading))
 *       puts (checksheet_reading_json (reading));
 *     else
 *       fprintf (stderr, "%s: %s\n", checksheet_reading_status (reading), checksheet_reading_message (reading));
 *     checksheet_reading_free (reading);
 *     checksheet_knowledge_free (knowledge);
 *
 * `cc example.c $(pkg-config --cflags --libs checksheet)`. examples/ has a whole one in C and one in Python.
 *
 * HOW IT READS. The program is this library's first user: its commands make their options by the calls below, and each
 * document goes through the one function that reads it here (extract/library/document_task.h). Only what `checksheet show`
 * prints of the steps before the sheet is no call: it is text for eyes and changes with the steps. Tables of any document
 * are `checksheet show rows --format json`, whose format is fixed. By default
 * checksheet_read starts the program, `checksheet convert --filter`, for the one document, and what a stranger's bytes
 * do they do there: in a process with limits and in a sandbox, never in the caller. So a document that crashes, hangs or
 * attacks its reader is a reading with that status. Who trusts all documents can have them read in the caller
 * (CHECKSHEET_IN_CALLER): no process, no limits, no sandbox, and a crash is the caller's. Both give the same bytes of
 * JSON, those of `checksheet convert --format ndjson`. checksheet_options_set_program says where the program is found.
 *
 * THE SHEET. Names, units and meaning of all that is in it are described in checksheet-1.schema.json (installed in
 * share/checksheet; out/ in the sources): places on pages are in points from the top left, pages count from 1. Fields
 * may be added in later versions, none is renamed: what is not known is to be ignored.
 *
 * STATUSES are the words of the program's ledger. A reading with a sheet has "ok", or "ok-with-warnings": something in
 * the sheet is doubtful, and `checks` and `notes` in it say what. One without has
 *
 *     no-sheet            the document was read, and there is no sheet in it
 *     needs-password      it is encrypted
 *     damaged             of a known type, but broken or cut off
 *     unsupported         of a type, or a variant of one, that is not read
 *     limit-cpu, limit-wall, limit-memory, limit-pages, limit-size      it was too much
 *     crash               what read it crashed (in a process of its own)
 *     sandbox-violation   what read it tried what reading does not need: the document may be an attack
 *     wrong-patterns      a file of patterns is wrong
 *     io-error            the program cannot be started, or the disk is full
 *
 * Later versions may have others. What is to be done follows from "is there a sheet".
 *
 * OWNERSHIP. What a function called ..._new, ..._open or checksheet_read returns is the caller's, who frees it with the
 * function ..._free of its type; NULL may be freed. All else is borrowed: a text or value lives as long as the reading
 * (options, knowledge) that it was asked of. What is passed in is copied, or used only while the function runs. Texts are
 * UTF-8, ended by NUL.
 *
 * THREADS. All functions may be called from any thread, and nothing is shared behind their back. Any number of threads may
 * use one knowledge, one set of options (once it is filled in) and one reading at once. Readings in processes run in
 * parallel; those in the caller wait for each other where they use the same knowledge, so that a program that wants them in
 * parallel opens one for each thread. A reading in the caller needs a stack of 8 MiB, as threads usually have.
 *
 * The library sets no signal handler, no locale, no working folder, no environment; it waits for its own process only
 * (one that a caller who waits for all processes took from it does no harm) and leaves no descriptor open. The process has
 * none of the caller's descriptors but standard ones of its own, and the caller's environment. It is not made for programs
 * that run with the rights of another user (set-user-ID).
 *
 * ERRORS. Functions that can fail say so below. Wrong arguments (a NULL where that is not allowed) are not checked
 * for. Where memory runs out, the program is ended, as GLib does.
 *
 * VERSIONS. The library is libchecksheet.so.0: what was built against it works with every later 0; an incompatible one
 * will be called otherwise. Needs Linux and glibc 2.34.
 */
#ifndef CHECKSHEET_H
#define CHECKSHEET_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef CHECKSHEET_API
#define CHECKSHEET_API
#endif

/* The version of the library, "0.1.0". Static. */
CHECKSHEET_API const char *checksheet_version (void);

/* What is known before a document is read: the catalogue of questions and the patterns. */
typedef struct ChecksheetKnowledge ChecksheetKnowledge;

/* That of PATTERNS, a folder of pattern files, and CATALOGUE, the file of another list of questions; NULL: those built in.
 * Takes some 10 ms. Both files are opened anew by readings in processes: whoever changes them opens them again, or has
 * readings of both kinds; `made_by.fingerprint` of each sheet says which it was. NULL: a file is wrong or cannot be read,
 * and *MESSAGE (where MESSAGE is not NULL) is all that is wrong with it, in English, to be freed with
 * checksheet_message_free. */
CHECKSHEET_API ChecksheetKnowledge *checksheet_knowledge_open (const char *patterns, const char *catalogue,
                                                               char **message);
CHECKSHEET_API void checksheet_knowledge_free (ChecksheetKnowledge *knowledge);
CHECKSHEET_API void checksheet_message_free (char *message);

/* "sha256:…" of the version and of all patterns in use, as in `made_by.fingerprint` of a sheet. */
CHECKSHEET_API const char *checksheet_knowledge_fingerprint (const ChecksheetKnowledge *knowledge);

/* Where a document is read. */
typedef enum {
  CHECKSHEET_IN_SANDBOX = 0, /* a process with limits, in a sandbox; where it cannot be closed, the reading fails */
  CHECKSHEET_IN_PROCESS = 1, /* a process with limits */
  CHECKSHEET_IN_CALLER = 2   /* the calling thread; old formats of Office (.xls, .doc, .rtf) are then "unsupported" */
} ChecksheetWhere;

/* How a document is read. */
typedef struct ChecksheetOptions ChecksheetOptions;

/* In a sandbox, with 60 s of time, 30 s of CPU time and 1024 MiB of memory (address space), which is enough for nearly
 * all. Limits of time and memory do not hold in the caller, nor does that of the sheet; the others do. Pages that are recognised from their pictures get 10 s more of both times each,
 * unless a limit of time was set. */
CHECKSHEET_API ChecksheetOptions *checksheet_options_new (void);
CHECKSHEET_API void checksheet_options_free (ChecksheetOptions *options);

CHECKSHEET_API void checksheet_options_set_where (ChecksheetOptions *options, ChecksheetWhere where);

/* Seconds until the reading has to be done; CPU time is half of it, unless it is set too. Greater than 0. */
CHECKSHEET_API void checksheet_options_set_seconds (ChecksheetOptions *options, double seconds);
CHECKSHEET_API void checksheet_options_set_cpu_seconds (ChecksheetOptions *options, int seconds);

/* MiB of address space; greater than 0. */
CHECKSHEET_API void checksheet_options_set_memory (ChecksheetOptions *options, int mebibytes);

/* MiB of the document (64), at most 384; of what is unpacked of it (128), at most 1024: files of an archive or a mail, parts
 * of a document of Office; of its sheet (256). Pages of a PDF (2000). All greater than 0. What is more is the status
 * limit-size or limit-pages. */
CHECKSHEET_API void checksheet_options_set_max_input (ChecksheetOptions *options, int mebibytes);
CHECKSHEET_API void checksheet_options_set_max_unpacked (ChecksheetOptions *options, int mebibytes);
CHECKSHEET_API void checksheet_options_set_max_sheet (ChecksheetOptions *options, int mebibytes);
CHECKSHEET_API void checksheet_options_set_max_pages (ChecksheetOptions *options, int pages);

/* A password to try on what is encrypted, a PDF or an archive, after those that were added before; 1000 at most. It goes to
 * the process that reads through a pipe or file without a name, and is in no message and no sheet. */
CHECKSHEET_API void checksheet_options_add_password (ChecksheetOptions *options, const char *password);

/* Which pages of a PDF are read, as "1-3" or "2,5-"; NULL: all. A note of the sheet says which were left out. 1: it is
 * understood; 0: it is not, and nothing changes. */
CHECKSHEET_API int checksheet_options_set_pages (ChecksheetOptions *options, const char *pages);

/* The program that reads, with its path; NULL: `checksheet` in the folder of the library (as in the folder of a build),
 * else the one that was installed with it. It has to be of the library's version. */
CHECKSHEET_API void checksheet_options_set_program (ChecksheetOptions *options, const char *path);

/* The program that readings with OPTIONS start. */
CHECKSHEET_API const char *checksheet_options_program (const ChecksheetOptions *options);

/* What became of a document. */
typedef struct ChecksheetReading ChecksheetReading;

/* Reads LENGTH BYTES (NULL where that is 0), a document of any kind that the program reads. The kind is told by the bytes. NAME is what the sheet calls its source (`source.uri`), a file name or an address, and opens
 * nothing; NULL: "-". CHARSET is an encoding that was declared outside of the bytes (of an HTTP header), or NULL. OPTIONS
 * NULL: as new ones are. Returns when it is done, and never NULL. */
CHECKSHEET_API ChecksheetReading *checksheet_read (ChecksheetKnowledge *knowledge, const ChecksheetOptions *options,
                                                   const void *bytes, size_t length, const char *name,
                                                   const char *charset);
CHECKSHEET_API void checksheet_reading_free (ChecksheetReading *reading);

/* A word from the list above. */
CHECKSHEET_API const char *checksheet_reading_status (const ChecksheetReading *reading);

/* One line in English: why there is no sheet and what to do, or the first of the warnings; NULL: "ok". */
CHECKSHEET_API const char *checksheet_reading_message (const ChecksheetReading *reading);

/* The sheet as one line of JSON with its line end; NULL: there is none. */
CHECKSHEET_API const char *checksheet_reading_json (const ChecksheetReading *reading);

/* The sheet as a tree: a value of JSON each. */
typedef struct ChecksheetValue ChecksheetValue;

typedef enum {
  CHECKSHEET_NULL = 0, /* null, and what is not there */
  CHECKSHEET_BOOLEAN = 1,
  CHECKSHEET_NUMBER = 2,
  CHECKSHEET_TEXT = 3,
  CHECKSHEET_ARRAY = 4,
  CHECKSHEET_OBJECT = 5
} ChecksheetKind;

/* The whole sheet, an object; NULL: there is none. */
CHECKSHEET_API const ChecksheetValue *checksheet_reading_sheet (const ChecksheetReading *reading);

/* In all of these VALUE may be NULL, what is not there. */

CHECKSHEET_API ChecksheetKind checksheet_value_kind (const ChecksheetValue *value);

/* What POINTER (RFC 6901) leads to from VALUE: "/items/0/answer/status", or "" for itself; NULL: it is not there. In a
 * name "/" is written "~1" and "~" is "~0". */
CHECKSHEET_API const ChecksheetValue *checksheet_value_at (const ChecksheetValue *value, const char *pointer);

/* The first member of an object or element of an array, and the one after VALUE; NULL: there is none. */
CHECKSHEET_API const ChecksheetValue *checksheet_value_first (const ChecksheetValue *value);
CHECKSHEET_API const ChecksheetValue *checksheet_value_next (const ChecksheetValue *value);

/* How many members or elements there are; 0 of other kinds. */
CHECKSHEET_API size_t checksheet_value_count (const ChecksheetValue *value);

/* The name of a member in its object; NULL: it is not one. */
CHECKSHEET_API const char *checksheet_value_name (const ChecksheetValue *value);

/* The text; NULL: it is not one. */
CHECKSHEET_API const char *checksheet_value_text (const ChecksheetValue *value);

/* The number; 0 of other kinds. */
CHECKSHEET_API double checksheet_value_number (const ChecksheetValue *value);

/* 1: true; 0: false, and all of other kinds. */
CHECKSHEET_API int checksheet_value_is_true (const ChecksheetValue *value);

#ifdef __cplusplus
}
#endif

#endif
