/* workbook.c - made-up bytes for pages_from_workbook and all that comes after.
 *
 * What is packed is told from its check sum, so that changed bytes go no further than the archive. Hence bytes that are
 * no archive are made one: up to three parts, a sheet, its strings and its styles, with NUL between them.
 */
#include "target.h"

#include <string.h>

#define XML "<?xml version='1.0'?>"
#define RELATION(id, type, target) "<Relationship Id='" id "' Type='/" type "' Target='" target "'/>"

static const ArchivePart fixed_parts[] = {
    {"[Content_Types].xml", XML "<Types/>"},
    {"_rels/.rels", XML "<Relationships>" RELATION ("a", "officeDocument", "xl/workbook.xml") "</Relationships>"},
    {"xl/workbook.xml", XML "<workbook><sheets><sheet id='a'/></sheets></workbook>"},
    {"xl/_rels/workbook.xml.rels",
     XML "<Relationships>" RELATION ("a", "worksheet", "sheet.xml") RELATION ("b", "sharedStrings", "strings.xml")
         RELATION ("c", "styles", "styles.xml") "</Relationships>"},
    {NULL, NULL},
};

static const char *const made_up_parts[] = {"xl/sheet.xml", "xl/strings.xml", "xl/styles.xml", NULL};

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char media_type[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  gboolean whole = size > 2 && !memcmp (data, "PK", 2);
  g_autoptr (GBytes) bytes =
      whole ? g_bytes_new (data, size) : archive_of_parts (fixed_parts, made_up_parts, data, size);
  g_autoptr (GPtrArray) pages G_GNUC_UNUSED =
      read_only (pages_from_workbook, media_type, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return 0;
}
