/* conditional_format.h - the conditional formats of a sheet that strike its cells out or hide their text (ECMA-376 part 1,
 * 18.3.1.18).
 *
 *     <conditionalFormatting sqref="A3:G12">
 *       <cfRule type="expression" dxfId="0"><formula>$G3="廃止"</formula>    rows that are 廃止 are struck out
 */
#pragma once

#include "read/workbook/worksheet.h"

typedef struct ConditionalFormats ConditionalFormats;

ConditionalFormats *conditional_formats_new (void);
void conditional_formats_free (ConditionalFormats *formats);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConditionalFormats, conditional_formats_free)

/* PART is at <conditionalFormatting>; it is read up to its end. */
void conditional_formats_read (ConditionalFormats *formats, PackagePart *part);

/* Whether a format may give the cell a ground of its own. */
gboolean conditional_formats_fill (const ConditionalFormats *formats, const CellStyles *styles, CellPlace place);

/* Strikes out and hides what the formats say in SHEET, which is complete; what is hidden, and formulas that are not understood,
 * are remarks. */
void conditional_formats_apply (const ConditionalFormats *formats, const CellStyles *styles, Worksheet *sheet);
