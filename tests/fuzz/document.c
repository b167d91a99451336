/* document.c - made-up XML for pages_from_word: the text, its styles, its numbering. */
#include "target.h"

#define XML "<?xml version='1.0'?>"
#define RELATION(id, type, target) "<Relationship Id='" id "' Type='/" type "' Target='" target "'/>"

static const ArchivePart fixed_parts[] = {
    {"[Content_Types].xml", XML "<Types/>"},
    {"_rels/.rels", XML "<Relationships>" RELATION ("a", "officeDocument", "word/document.xml") "</Relationships>"},
    {"word/_rels/document.xml.rels", XML "<Relationships>" RELATION ("a", "styles", "styles.xml")
                                         RELATION ("b", "numbering", "numbering.xml") "</Relationships>"},
    {NULL, NULL},
};

static const char *const made_up_parts[] = {"word/document.xml", "word/styles.xml", "word/numbering.xml", NULL};

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = archive_of_parts (fixed_parts, made_up_parts, data, size);
  g_autoptr (GPtrArray) pages G_GNUC_UNUSED =
      read_only (pages_from_word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                 g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return 0;
}
