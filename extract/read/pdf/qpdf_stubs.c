/* qpdf_stubs.c - what MODULE_QPDF is called for (modules/module.h): PDFs that are damaged, encrypted or tagged, and the
 * files in them. */
#include "modules/module.h"
#include "read/pdf/decryption.h"
#include "read/pdf/rebuild.h"
#include "read/pdf/tags.h"
#include "read/wrapping/attached_files.h"
#include "read/wrapping/wrapping.h"

GPtrArray *
members_from_pdf (const Source *source, char *const *passwords, GError **error)
{
  __typeof__ (&members_from_pdf) function = MODULE_FUNCTION (MODULE_QPDF, members_from_pdf, error);
  return function ? function (source, passwords, error) : NULL;
}

gboolean
pdf_is_dynamic_form (GBytes *bytes)
{
  return MODULE_FUNCTION (MODULE_QPDF, pdf_is_dynamic_form, NULL) (bytes);
}

GBytes *
pdf_decrypted (GBytes *bytes, char *const *passwords)
{
  return MODULE_FUNCTION (MODULE_QPDF, pdf_decrypted, NULL) (bytes, passwords);
}

Rebuilt *
rebuilt_from_bytes (GBytes *bytes, Damage signs)
{
  return MODULE_FUNCTION (MODULE_QPDF, rebuilt_from_bytes, NULL) (bytes, signs);
}

void
rebuilt_free (Rebuilt *rebuilt)
{
  if (rebuilt)
    MODULE_FUNCTION (MODULE_QPDF, rebuilt_free, NULL) (rebuilt);
}

int
rebuilt_count (const Rebuilt *rebuilt)
{
  return MODULE_FUNCTION (MODULE_QPDF, rebuilt_count, NULL) (rebuilt);
}

void
rebuilt_note (const Rebuilt *rebuilt, GPtrArray *pages, GPtrArray *notes)
{
  MODULE_FUNCTION (MODULE_QPDF, rebuilt_note, NULL) (rebuilt, pages, notes);
}

void
pages_read_tags (GPtrArray *pages, GBytes *bytes)
{
  MODULE_FUNCTION (MODULE_QPDF, pages_read_tags, NULL) (pages, bytes);
}
