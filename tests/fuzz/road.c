/* road.c - made-up rows, cells with tabs between them, for all that comes after reading: columns, items, facts, the sheet,
 * its checks, its JSON. */
#include "target.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  walk (pages_from_text, "text/plain", data, size);
  return 0;
}
