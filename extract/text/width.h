/* width.h - how wide text is on a terminal: East Asian wide characters take two cells, combining marks none
 * (Unicode Standard Annex 11). */
#pragma once

#include <glib.h>

/* TEXT is valid UTF-8 without control characters. */
int text_cells (const char *text);

/* How many bytes of TEXT fit into CELLS, whole characters only; at least one character where there is one. */
gsize text_bytes_in_cells (const char *text, int cells);

/* Appends the first BYTES of TEXT, and spaces up to CELLS. */
void text_append_padded (GString *line, const char *text, gsize bytes, int cells);
