/* manifest.h - vendors.yaml: which documents a corpus keeps, and where each is published.
 *
 *     vendors:
 *       - id: example                      a folder of out/, so: letters, digits, "-", "_", "."; not first "."
 *         name: 株式会社サンプル           may be left out
 *         documents:
 *           - id: security-checksheet
 *             url: https://vendor.example/security/checksheet.pdf
 *           - id: sla                      the address changes with each revision: it is found on a page
 *             page: https://vendor.example/security/
 *             link: 'SLA.*\.pdf'           PCRE2, tried on each link's address and text
 *           - id: by-hand
 *             path: received/sheet.pdf     a file, from the corpus's folder
 *
 * A document has exactly one of `url`, `page` with `link`, and `path`. Aliases and anchors of YAML are errors: a small
 * file could stand for gigabytes. A message names line and column.
 */
#pragma once

#include <glib.h>

#define MANIFEST_FILE "vendors.yaml"

typedef struct {
  char *vendor, *vendor_name; /* the vendor's id; its name or NULL */
  char *id;                   /* "vendor/document", different for each */
  char *name;                 /* the document's own id */
  char *url;                  /* these: NULL where the manifest does not have them */
  char *page, *link;
  char *path; /* as it is to be opened: the corpus's folder and the path; an absolute one as it is */
} ManifestDocument;

typedef struct {
  GPtrArray *documents; /* ManifestDocument, in the file's order */
} Manifest;

/* Reads CORPUS/vendors.yaml. Errors: CHECKSHEET_ERROR_IO, CHECKSHEET_ERROR_MANIFEST ("vendors.yaml:4:9: …", one line
 * for each mistake, all of them). */
Manifest *manifest_open (const char *corpus, GError **error);

void manifest_free (Manifest *manifest);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Manifest, manifest_free)

/* Whether DOCUMENT is one that WORD names: "vendor" or "vendor/document". */
gboolean manifest_document_is (const ManifestDocument *document, const char *word);
