/* text.c - made-up bytes for pages_from_text and all that comes after. */
#include "target.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  walk (pages_from_text, "text/plain", data, size);
  return 0;
}
