/* workbook.c - made-up bytes for pages_from_workbook and all that comes after.
 *
 * What is packed is told from its check sum, so that changed bytes go no further than the archive. Hence bytes that are
 * no archive are made one: up to three parts, a sheet, its strings and its styles, with NUL between them.
 */
#include "target.h"

#include <string.h>
#include <zip.h>

#define XML "<?xml version='1.0'?>"
#define RELATION(id, type, target) "<Relationship Id='" id "' Type='/" type "' Target='" target "'/>"

static const char *const fixed_parts[][2] = {
    {"[Content_Types].xml", XML "<Types/>"},
    {"_rels/.rels", XML "<Relationships>" RELATION ("a", "officeDocument", "xl/workbook.xml") "</Relationships>"},
    {"xl/workbook.xml", XML "<workbook><sheets><sheet id='a'/></sheets></workbook>"},
    {"xl/_rels/workbook.xml.rels",
     XML "<Relationships>" RELATION ("a", "worksheet", "sheet.xml") RELATION ("b", "sharedStrings", "strings.xml")
         RELATION ("c", "styles", "styles.xml") "</Relationships>"},
};

static const char *const made_up_parts[] = {"xl/sheet.xml", "xl/strings.xml", "xl/styles.xml"};

static void
add_part (zip_t *archive, const char *name, const void *data, size_t size)
{
  zip_int64_t index = zip_file_add (archive, name, zip_source_buffer (archive, data, size, 0), 0);
  zip_set_file_compression (archive, index, ZIP_CM_STORE, 0);
}

static GBytes *
archive_from_parts (const uint8_t *data, size_t size)
{
  zip_source_t *source = zip_source_buffer_create (NULL, 0, 0, NULL);
  zip_source_keep (source);
  zip_t *archive = zip_open_from_source (source, ZIP_TRUNCATE, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (fixed_parts); i++)
    add_part (archive, fixed_parts[i][0], fixed_parts[i][1], strlen (fixed_parts[i][1]));
  for (size_t i = 0; i < G_N_ELEMENTS (made_up_parts) && size > 0; i++) {
    const uint8_t *end = memchr (data, 0, size);
    size_t length = end ? (size_t)(end - data) : size;
    add_part (archive, made_up_parts[i], data, length);
    data += length + (end != NULL);
    size -= length + (end != NULL);
  }
  zip_close (archive);
  zip_stat_t about;
  zip_source_stat (source, &about);
  void *bytes = g_malloc (about.size);
  zip_source_open (source);
  zip_source_read (source, bytes, about.size);
  zip_source_close (source);
  zip_source_free (source);
  return g_bytes_new_take (bytes, about.size);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char media_type[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  if (size > 2 && !memcmp (data, "PK", 2)) {
    walk (pages_from_workbook, media_type, data, size);
    return 0;
  }
  g_autoptr (GBytes) bytes = archive_from_parts (data, size);
  walk (pages_from_workbook, media_type, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return 0;
}
