/* word_break.h - where the words of Japanese text end, by ICU's dictionary (Unicode Standard Annex #29, 6.1).
 *
 *     事前に利用者に通知しま す。ただし、直ちに本サー ビスの提供を中断      text copied from a PDF
 *                          ^                       ^
 *     通知|しま す          サー ビス                                   within words: a line of the PDF ended here
 *
 * A text that was once a PDF has a space where a line of it ended. Between two words it may as well be the author's.
 */
#pragma once

#include <glib.h>

/* Not to be used by two threads at once. */
typedef struct WordBreaks WordBreaks;

/* Costs nothing before its first use. The caller frees. */
WordBreaks *word_breaks_new (void);
void word_breaks_free (WordBreaks *breaks);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WordBreaks, word_breaks_free)

/* TEXT (UTF-8) without the single spaces within Japanese words that may be the end of a line; NULL where it has none.
 * The caller frees. */
char *text_without_spaces_in_words (const char *text, WordBreaks *breaks);
