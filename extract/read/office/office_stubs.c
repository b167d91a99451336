/* office_stubs.c - what MODULE_OFFICE is called for (modules/module.h): workbooks, text documents, archives. */
#include "modules/module.h"
#include "read/reader.h"
#include "read/wrapping/wrapping.h"

#define READER_STUB(name)                                                                                              \
  GPtrArray *name (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error)                 \
  {                                                                                                                    \
    __typeof__ (&name) function = MODULE_FUNCTION (MODULE_OFFICE, name, error);                                        \
    return function ? function (source, options, notes, error) : NULL;                                                 \
  }

READER_STUB (pages_from_workbook)
READER_STUB (pages_from_spreadsheet_xml)
READER_STUB (pages_from_word)
READER_STUB (pages_from_opendocument)

GPtrArray *
members_from_zip (const Source *source, GError **error)
{
  __typeof__ (&members_from_zip) function = MODULE_FUNCTION (MODULE_OFFICE, members_from_zip, error);
  return function ? function (source, error) : NULL;
}

GPtrArray *
members_from_gzip (const Source *source, GError **error)
{
  __typeof__ (&members_from_gzip) function = MODULE_FUNCTION (MODULE_OFFICE, members_from_gzip, error);
  return function ? function (source, error) : NULL;
}
