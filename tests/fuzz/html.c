/* html.c - made-up bytes for pages_from_html and all that comes after. */
#include "target.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  walk (pages_from_html, "text/html", data, size);
  return 0;
}
