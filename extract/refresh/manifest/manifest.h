/* manifest.h - vendors.yaml: which documents a corpus keeps, and where each is published.
 *
 *     vendors:
 *       - id: example                      a folder of out/, so: 100 of A-Z a-z 0-9 - _ . at most; not first "." or "-"
 *         name: 株式会社サンプル           optional
 *         documents:
 *           - id: security-checksheet
 *             url: https://vendor.example/security/checksheet.pdf
 *           - id: sla                      the address changes with each revision: it is found on a page
 *             page: https://vendor.example/security/
 *             link: 'SLA.*\.pdf'           PCRE2, tried on each link's address and text
 *           - id: by-hand
 *             path: received/sheet.pdf     a file, from the corpus's folder
 *             password_file: secrets/pass  optional, of a vendor too: passwords of what is encrypted, one a line, in a
 *                                          file; a password itself has no place here
 *
 * A document has exactly one of `url`, `page` with `link`, and `path`. No two ids of vendors, or of documents of one
 * vendor, are the same or differ only in case, since they become names of files (VENDOR/DOCUMENT.json and
 * VENDOR/DOCUMENT.changes.json, so that no id ends with ".changes"). `vendors` and `documents` may be empty. The file
 * is UTF-8, 16 MiB at most. Aliases and anchors of YAML are errors: a small file could expand to gigabytes; tags and
 * merge keys are too. A message names line and column, from 1, columns in characters.
 */
#pragma once

#include <glib.h>

#define MANIFEST_FILE "vendors.yaml"

typedef struct {
  char *vendor, *vendor_name; /* the vendor's id; its name or NULL */
  char *id;                   /* "vendor/document", unique */
  char *name;                 /* the document's own id */
  char *url;                  /* these: NULL where the manifest does not have them */
  char *page, *link;          /* addresses are absolute and all ASCII: the rest is escaped (web_address.h) */
  char *password_file;        /* to be opened, as the path; its own, else its vendor's; NULL: none */
  char *path;                 /* to be opened: an absolute path as it is, others from the corpus's folder */
} ManifestDocument;

typedef struct {
  GPtrArray *documents; /* ManifestDocument, in the file's order */
} Manifest;

/* Reads CORPUS/vendors.yaml; no file that it names need be there. Errors: CHECKSHEET_ERROR_IO,
 * CHECKSHEET_ERROR_MANIFEST ("vendors.yaml:4:9: …", one line for each mistake, in the file's order, with "\n" between
 * them and none at the end; of more than 100 the rest are counted; a file that is not YAML ends the search). */
Manifest *manifest_open (const char *corpus, GError **error);

/* The same for BYTES at hand. */
Manifest *manifest_from_bytes (GBytes *bytes, const char *corpus, GError **error);

void manifest_free (Manifest *manifest);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Manifest, manifest_free)

/* Whether DOCUMENT is one that WORD names: "vendor" or "vendor/document". */
gboolean manifest_document_is (const ManifestDocument *document, const char *word);
