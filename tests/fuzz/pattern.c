/* pattern.c - made-up pattern files for the parser, and whatever they say for the matcher. */
#include "target.h"

#include "patterns/pattern_check.h"

#define SIZE_LIMIT 1024

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (size > SIZE_LIMIT)
    return 0;
  int examples = 0;
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_ptr_array_unref (patterns_check ("fuzz.pattern", bytes, fuzz_knowledge ()->comparing, &examples));
  return 0;
}
