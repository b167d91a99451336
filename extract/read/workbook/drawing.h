/* drawing.h - what is drawn over the cells of a sheet (ECMA-376 part 1, 20.5; part 4, 19): shapes, text boxes, tick boxes.
 *
 *     an ellipse, a cross or a triangle over an empty cell             ○ × △ in it, a note `mark-by-shape`
 *     an ellipse over a word of 有・無                                 有・○無, the same
 *     a text box over an empty cell                                    its text
 *     tick boxes and radio buttons (form controls)                     ☑有 ☐無, a note `form-field`
 *
 * What cannot be put into a cell so is a warning that says what is drawn, and where.
 */
#pragma once

#include "read/workbook/worksheet.h"

/* Adds what is drawn on SHEET, the part NAME, which is complete. Errors: those of part_open and part_close. */
gboolean sheet_drawings_read (WorksheetReader *reader, const char *name, Worksheet *sheet, GError **error);
