/* shared_strings.h - the texts that the cells of a workbook share (sharedStrings.xml), and text in runs (ECMA-376
 * part 1, 18.4).
 *
 *     <si><r><t>可用</t></r><r><t>性</t></r><rPh sb="0" eb="2"><t>カヨウ</t></rPh></si>    可用性
 */
#pragma once

#include "patterns/symbols.h"
#include "read/package.h"

typedef struct SharedStrings SharedStrings;

/* Text in runs is one string in which each of these begins a run; XML has none of them. Text without them is as its cell
 * is. */
#define RUN_AS_CELL '\1' /* struck out where the font of its cell is */
#define RUN_PLAIN '\2'   /* has a format of its own, and is not struck out */
#define RUN_STRUCK '\3'
#define RUN_WHITE '\4' /* not seen where its cell is white */

/* WORKBOOK: the name of the workbook's part. SYMBOLS: their fonts (rich_text_from_part). A workbook without shared strings gives none. Errors: those of part_open
 * and part_close; LIMIT_SIZE. */
SharedStrings *shared_strings_from_package (Package *package, const char *workbook, const Symbols *symbols,
                                            GError **error);

void shared_strings_free (SharedStrings *strings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SharedStrings, shared_strings_free)

const char *shared_strings_at (const SharedStrings *strings, int index); /* NULL: out of range; borrowed */

/* Whether PART is at the element <strike>, and that is on (ECMA-376 part 1, 18.4.10). */
gboolean part_strikes (const PackagePart *part);

/* Whether PART is at a <color> that is white: of a palette, a theme without a tint, or by its number. */
gboolean part_is_white (const PackagePart *part);

/* The text of all runs from the node of PART up to the end tag NAME. Phonetic runs, which tell how to read it, are left
 * out; runs in a font of SYMBOLS (NULL: none is known) are in its signs; line ends are "\n". The caller frees. */
char *rich_text_from_part (PackagePart *part, const char *name, const Symbols *symbols);

/* The runs of TEXT that are seen in a white cell; adds the others to HIDDEN. CELL_WHITE: what has no font of its own is white.
 * The caller frees. */
char *seen_runs (const char *text, gboolean cell_white, GString *hidden);

/* Takes the text of an ST_Xstring (ECMA-376 part 1, 22.9.2.19) and returns it with _x000D_ and the like decoded, and
 * with "\n" for line ends; the caller frees. */
char *decoded_xstring (char *text);
