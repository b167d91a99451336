/* pdf.c - made-up bytes for pages_from_pdf: Poppler, qpdf, and what is made of what they tell. These libraries set the
 * pace; they have fuzzers of their own. A document stays open meanwhile: libpoppler drops its tables of encodings and of
 * characters' names with the last one, and reading them anew was half of the time. */
#include "target.h"

#include "read/pdf/painted_page.h"

static const char held[] = "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
                           "2 0 obj <</Type/Pages/Kids[]/Count 0>> endobj\ntrailer <</Root 1 0 R>>\n";

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static PaintedDocument *document;
  if (!document) {
    g_autoptr (GBytes) bytes = g_bytes_new_static (held, sizeof held - 1);
    PaintedOpening opening;
    document = painted_document_new (bytes, NULL, &opening);
    g_assert (document);
  }
  g_autoptr (GPtrArray) pages G_GNUC_UNUSED = read_only (pages_from_pdf, "application/pdf", data, size);
  return 0;
}
