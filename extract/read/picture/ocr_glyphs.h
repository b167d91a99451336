/* ocr_glyphs.h - from the symbols of a line to glyphs: where each of them stands, and where a space is. */
#pragma once

#include "read/picture/picture_lines.h"
#include "read/picture/tesseract.h"

/* A line that was read. */
typedef struct {
  const Strip *strip;
  const Ink *ink;   /* of the strip */
  int margin;       /* around it in the picture that was read, pixels */
  double em, scale; /* pixels: how high a line of the page is, and in a point */
} SeenLine;

/* Where the middles of SYMBOLS (Symbol) are, pixels in the line's picture, never going back. The caller frees. */
double *middles_of_symbols (GArray *symbols);

/* Appends the glyphs (Glyph) of SYMBOLS, the symbols of LINE, to GLYPHS. */
void glyphs_add_line (GArray *glyphs, GArray *symbols, const SeenLine *line);
