/* width.h - the width of text on a terminal, in cells: East Asian wide characters take two, combining marks none
 * (Unicode Standard Annex 11). TEXT is always valid UTF-8 without control characters. */
#pragma once

#include <glib.h>

/* The cells that TEXT takes. */
int text_cells (const char *text);

/* How many bytes of TEXT fit into CELLS, whole characters only; at least one character, if there is one. */
gsize text_bytes_in_cells (const char *text, int cells);

/* Appends the first BYTES of TEXT, and spaces up to CELLS. */
void text_append_padded (GString *line, const char *text, gsize bytes, int cells);
