/* cairo_script.h - the words of a cairo script in ASCII mode: numbers, and the operator that takes them.
 *
 *     n 274.5 634.8 210.6 4.8 rectangle fill+       n │ 274.5 634.8 210.6 4.8 rectangle │ fill+
 *
 * Strings, comments, glyph shapes inside { }, and font data and pictures inside <~ ~> or <| ~> are skipped.
 */
#pragma once

#include <glib.h>

enum { CAIRO_SCRIPT_OPERANDS = 64, CAIRO_SCRIPT_WORD = 40 };

typedef struct {
  const char *next, *end; /* borrowed */
  double operands[CAIRO_SCRIPT_OPERANDS];
  int count;
} CairoScript;

/* DATA is borrowed. */
CairoScript cairo_script (const char *data, gsize size);

/* The next operator, ended by NUL; its operands are those since the one before. FALSE: the script has ended. */
gboolean cairo_script_next (CairoScript *script, char name[CAIRO_SCRIPT_WORD]);

/* The operand that is FROM_END (from 1) before the operator; 0: there are fewer. */
double cairo_script_operand (const CairoScript *script, int from_end);
