/* catalogue.c - made-up bytes as a catalogue of items, and its index. */
#include "target.h"

#include "patterns/catalogue.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (Catalogue) catalogue = catalogue_from_bytes ("fuzz.json", bytes, &error);
  g_assert (catalogue ? !error : error && g_utf8_validate (error->message, -1, NULL));
  return 0;
}
