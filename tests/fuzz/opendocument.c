/* opendocument.c - made-up XML for pages_from_opendocument: a text document, or a workbook where the first byte is 's'. */
#include "target.h"

#define TEXT "application/vnd.oasis.opendocument.text"
#define SPREADSHEET "application/vnd.oasis.opendocument.spreadsheet"

static const char *const made_up_parts[] = {"content.xml", "styles.xml", NULL};

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (size == 0)
    return 0;
  const char *media_type = data[0] == 's' ? SPREADSHEET : TEXT;
  const ArchivePart fixed_parts[] = {{"mimetype", media_type}, {NULL, NULL}};
  g_autoptr (GBytes) bytes = archive_of_parts (fixed_parts, made_up_parts, data + 1, size - 1);
  g_autoptr (GPtrArray) pages G_GNUC_UNUSED =
      read_only (pages_from_opendocument, media_type, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return 0;
}
