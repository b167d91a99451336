/* writer.c - see writer.h */
#include "write/writer.h"

#include <glib/gi18n.h>

static const Writer all_writers[] = {
    {"json", "json", N_ ("one object, indented for reading"), json_from_sheet, NULL},
    {"ndjson", "ndjson", N_ ("the same object on one line"), ndjson_from_sheet, NULL},
    {"csv", "csv", N_ ("one row an item, for a spreadsheet"), csv_from_sheet, csv_head},
    {NULL, NULL, NULL, NULL, NULL},
};

const Writer *
writers (void)
{
  return all_writers;
}

const Writer *
writer_named (const char *name)
{
  for (const Writer *writer = all_writers; writer->name; writer++)
    if (g_str_equal (writer->name, name))
      return writer;
  return NULL;
}
