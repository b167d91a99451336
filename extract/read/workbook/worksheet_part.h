/* worksheet_part.h - a sheet of a workbook from its part of the package (ECMA-376 part 1, 18.3.1.99), with what its conditional
 * formats and its drawings make of its cells.
 */
#pragma once

#include "read/workbook/worksheet.h"

/* What the sheets of a workbook are read with, one after the other, and how much they had. */
typedef struct {
  Package *package;
  const SharedStrings *strings;
  const CellStyles *styles;
  const Symbols *symbols;
  gboolean from_1904; /* days are counted from 1904 and not from 1900 */
  gboolean stale;     /* the values of formulas are to be calculated anew: a 0 is none */
  WorkbookTotals totals;
} WorksheetReader;

/* The sheet in the part NAME; TAB: the name of its tab. Errors: those of part_open and part_close; LIMIT_SIZE. */
Worksheet *worksheet_read (WorksheetReader *reader, const char *name, const char *tab, GError **error);
