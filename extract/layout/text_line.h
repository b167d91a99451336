/* text_line.h - from the glyphs of one area (a cell, or the text around tables) to its text.
 *
 * Glyphs are gathered into lines by the height of their middles, and lines are joined as their author wrote them. A
 * line end is the author's where the next line's first piece would still have fitted; else the program that drew it
 * only wrapped the text there:
 *
 *      |<- area ------------------------->|
 *      | 定期的な保守停止に関する事前連   |   the next piece, 絡, does not fit: wrapped, joined
 *      | 絡確認                           |   the next piece, ・方法, fits: a real break, "\n"
 *      | ・方法                           |
 *
 * A piece is text within which Unicode (UAX #14) allows no line break. A line that begins as list entries do, with one
 * of ・ ■ ※ ① 1., always follows a real break. Where a wrapped line is joined, a space is put between two Latin words,
 * and where the document paints one there. Programs do not agree on where an address (of a web page, of mail) may be
 * broken: a line that is one says nothing about the width of the area, and before and after it only a sentence that goes
 * on is wrapped.
 *
 * Between two glyphs of a line there is a space where the document paints one. A gap alone is one or not by what is on
 * its two sides, and by the other gaps of the line, in ems:
 *
 *      TLS 1.2     Latin letters: from .15 on; not among letters that are all as far apart (C O N T E N T S)
 *      12 月       kanji and Latin letters: programs put a fifth to a quarter there, justified lines more, and alike
 *                  at all such places of the line; from .45 on, what justification adds to all gaps taken off
 *      有り 要相談  kanji: the same; where the page paints no spaces at all (TeX) from .215 on; not among characters
 *                  that are evenly spread (可 用 性)
 */
#pragma once

#include "model/page.h"
#include "text/line_break.h"

typedef struct {
  Box box;
  double em;         /* points: the width of a full-width character in it, estimated where it has none */
  GPtrArray *glyphs; /* const Glyph, borrowed; from left to right */
} GlyphLine;

/* Lists of the glyphs of a line or a cell begin with room for this many. */
#define GLYPHS_EXPECTED 16

/* The lines of GLYPHS (const Glyph *), from the top. A list of GlyphLine, which frees them. */
GPtrArray *lines_from_glyphs (GPtrArray *glyphs);

/* What the text of a line is wanted for. */
typedef enum { WORDS_SEEN, WORDS_STRUCK } WordsOfLine;

/* The text of one line, or of LINES wrapped into an area from LEFT to RIGHT, without the words that are struck out.
 * *FULL, where given, says whether the last line reaches RIGHT, so that the text may go on after a page end. *STRUCK,
 * where given, becomes the struck words, NULL where there are none. Struck words hold their place, and tell where text
 * was wrapped; a line of nothing else is none of the text. The caller frees. */
char *text_from_line (const GlyphLine *line, WordsOfLine words);
char *text_from_lines (GPtrArray *lines, double left, double right, LineBreaks *breaks, gboolean *full, char **struck);
