/* text.c - made-up bytes for pages_from_text: encodings, and the ways of writing a table as text. */
#include "target.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GPtrArray) pages G_GNUC_UNUSED = read_only (pages_from_text, "text/plain", data, size);
  return 0;
}
