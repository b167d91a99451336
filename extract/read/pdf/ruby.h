/* ruby.h - readings: small kana that stand along a larger word, over it, or beside it in vertical writing.
 *
 *      かようせい        the readings are left out, as those of web pages and workbooks are: the word is written without
 *       可 用 性         them everywhere else
 *
 * A run of kana is one where all of it is close along glyphs of about twice its size, and says how to read a word
 * with ideographs. (Half the size is what JIS X 4051 and the W3C's "Requirements for Japanese Text Layout", 3.3, set.)
 * A program that takes no note of the size sets the reading as large as the word. Then the word is spread under it, or its
 * katakana are spelled by the hiragana above them: さぽーと over サポート, でーたかんり over データ管理.
 */
#pragma once

#include "read/pdf/painted_fate.h"

/* Sets what becomes of such glyphs of PAGE, of those that are seen, to FATE_RUBY. A word that is spread under its reading
 * is replaced by the same letters side by side. */
void ruby_leave_out (SeenPage *page);
