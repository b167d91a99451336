/* writer.c - see writer.h */
#include "write/writer.h"

static const Writer table[] = {
    {"json", "json", "one object, indented for reading", json_from_sheet, NULL},
    {"ndjson", "ndjson", "the same object on one line", ndjson_from_sheet, NULL},
    {"csv", "csv", "one row an item, for a spreadsheet", csv_from_sheet, csv_head},
    {NULL, NULL, NULL, NULL, NULL},
};

const Writer *
writers (void)
{
  return table;
}

const Writer *
writer_named (const char *name)
{
  for (const Writer *writer = table; writer->name; writer++)
    if (g_str_equal (writer->name, name))
      return writer;
  return NULL;
}
