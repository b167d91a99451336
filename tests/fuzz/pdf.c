/* pdf.c - made-up bytes for pages_from_pdf and all that comes after. */
#include "target.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  walk (pages_from_pdf, "application/pdf", data, size);
  return 0;
}
