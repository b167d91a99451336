/* json.c - made-up JSON as a sheet. What is read is written, read again and written: both times the same. */
#include "target.h"

#include "read/sheet_json.h"
#include "write/writer.h"

#include <string.h>

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Sheet) sheet = sheet_from_json (fuzz_knowledge (), (const char *)data, size, &error);
  g_assert (sheet ? !error : error && g_utf8_validate (error->message, -1, NULL));
  if (!sheet)
    return 0;
  g_autofree char *once = ndjson_from_sheet (fuzz_knowledge (), sheet);
  g_assert (g_utf8_validate (once, -1, NULL));
  g_autoptr (Sheet) again = sheet_from_json (fuzz_knowledge (), once, strlen (once), &error);
  g_assert (again);
  g_autofree char *twice = ndjson_from_sheet (fuzz_knowledge (), again);
  g_assert (g_str_equal (once, twice));
  return 0;
}
