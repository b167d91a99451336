/* cell_styles.h - which number format the style of a cell has, whether its font strikes text out or is one of symbols, and
 * whether its text has the colour of its ground (styles.xml; ECMA-376 part 1, 18.8).
 *
 *     <c s="2">  ──>  the third <xf> of <cellXfs>: numFmtId="165"  ──>  <numFmt numFmtId="165" formatCode="0.0%"/>
 *                                                                       or a built-in format (number_format.h)
 *                      fontId="1"  ──>  the second <font> of <fonts>: <strike/>
 */
#pragma once

#include "patterns/symbols.h"
#include "read/package.h"
#include "read/workbook/shared_strings.h"

typedef struct CellStyles CellStyles;

/* WORKBOOK: the name of the workbook's part. Without styles all cells have the format General. SYMBOLS must outlive it. Errors:
 * those of part_open and part_close. */
CellStyles *cell_styles_from_package (Package *package, const char *workbook, const Symbols *symbols, GError **error);

void cell_styles_free (CellStyles *styles);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CellStyles, cell_styles_free)

/* The number format code of the cells with style STYLE (from 0); borrowed. */
const char *cell_styles_format (const CellStyles *styles, int style);

/* Whether the font of that style strikes text out. */
gboolean cell_styles_strike (const CellStyles *styles, int style);

/* The symbol font that cells with that style are set in; NULL: none. Borrowed. */
const SymbolFont *cell_styles_symbols (const CellStyles *styles, int style);

gboolean cell_styles_colourless (const CellStyles *styles,
                                 int style); /* the font has the colour of the cell's ground */
gboolean cell_styles_white_ground (const CellStyles *styles,
                                   int style);                      /* that is white: by a fill, or there is none */
gboolean cell_styles_centred (const CellStyles *styles, int style); /* the text is in the middle of the cell's width */

/* What a conditional format changes (18.8.14, dxf). */
typedef struct {
  int strike; /* 1: strikes out; 0: does not; -1: as it is */
  gboolean white, fills;
} CellDifference;

/* That with index DIFFERENCE; nothing where there is none. */
CellDifference cell_styles_difference (const CellStyles *styles, int difference);
