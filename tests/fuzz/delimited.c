/* delimited.c - made-up text as CSV: separators, quotes, line ends within cells. */
#include "target.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GPtrArray) pages G_GNUC_UNUSED = read_only (pages_from_text, "text/csv", data, size);
  return 0;
}
