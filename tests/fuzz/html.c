/* html.c - made-up bytes for pages_from_html: the parser, its style sheets, frames and tables. */
#include "target.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GPtrArray) pages G_GNUC_UNUSED = read_only (pages_from_html, "text/html", data, size);
  return 0;
}
