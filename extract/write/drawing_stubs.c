/* drawing_stubs.c - what MODULE_PICTURES is called for (modules/module.h): drawings of pages, by cairo. */
#include "modules/module.h"
#include "write/page_drawing.h"

GBytes *
drawing_from_pages (GPtrArray *pages, GPtrArray *blocks, const Sheet *sheet, DrawingFormat format)
{
  return MODULE_FUNCTION (MODULE_PICTURES, drawing_from_pages, NULL) (pages, blocks, sheet, format);
}
