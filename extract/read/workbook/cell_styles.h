/* cell_styles.h - which number format the style of a cell has, and whether its font strikes text out (styles.xml;
 * ECMA-376 part 1, 18.8).
 *
 *     <c s="2">  ──>  the third <xf> of <cellXfs>: numFmtId="165"  ──>  <numFmt numFmtId="165" formatCode="0.0%"/>
 *                                                                       or a built-in format (number_format.h)
 *                      fontId="1"  ──>  the second <font> of <fonts>: <strike/>
 */
#pragma once

#include "read/package.h"
#include "read/workbook/shared_strings.h"

typedef struct CellStyles CellStyles;

/* WORKBOOK: the name of the workbook's part. Without styles all cells have the format General. Errors: those of
 * part_open and part_close. */
CellStyles *cell_styles_from_package (Package *package, const char *workbook, GError **error);

void cell_styles_free (CellStyles *styles);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CellStyles, cell_styles_free)

/* The number format code of the cells with style STYLE (from 0); borrowed. */
const char *cell_styles_format (const CellStyles *styles, int style);

/* Whether the font of that style strikes text out. */
gboolean cell_styles_strike (const CellStyles *styles, int style);
