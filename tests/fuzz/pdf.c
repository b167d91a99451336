/* pdf.c - made-up bytes for pages_from_pdf: Poppler, qpdf, and what is made of what they tell. These libraries set the
 * pace; they have fuzzers of their own. */
#include "target.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GPtrArray) pages G_GNUC_UNUSED = read_only (pages_from_pdf, "application/pdf", data, size);
  return 0;
}
