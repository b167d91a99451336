/* line_break.h - the rules of writing systems that layout needs: widths, where a line may be broken, how list entries
 * begin. */
#pragma once

#include <glib.h>

/* Whether the character is as wide as an ideograph (East Asian Width W or F, Unicode Standard Annex #11). */
static inline gboolean
character_is_wide (gunichar character)
{
  /* Latin letters and digits, kana and most kanji need no look into the table. */
  if (character < 0x1100)
    return FALSE;
  return (character >= 0x3041 && character <= 0x3096) || (character >= 0x3099 && character <= 0x30FF) ||
         (character >= 0x4E00 && character <= 0x9FFF) || g_unichar_iswide (character);
}

/* Where lines of Japanese text may be broken (Unicode Standard Annex #14). Not to be used by two threads at once. */
typedef struct LineBreaks LineBreaks;

/* Costs nothing before its first use. The caller frees. */
LineBreaks *line_breaks_new (void);
void line_breaks_free (LineBreaks *breaks);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LineBreaks, line_breaks_free)

/* The end of the piece at the start of TEXT within which no line may be broken, trailing space left out. */
const char *line_breaks_first_piece (LineBreaks *breaks, const char *text);

/* How many bytes of TEXT go on a line of CELLS (text/width.h): up to where it may be broken, with the spaces there. */
gsize line_breaks_bytes (LineBreaks *breaks, const char *text, int cells);

/* Whether a line that reads TEXT begins a list entry, or a note: ・ ■ ※ ◆ ① (1) "1. " ... */
gboolean text_begins_entry (const char *text);

/* The end of the address (of a web page, of mail) at the start of TEXT; TEXT where there is none. Programs do not agree
 * on where an address may be broken: all of it counts as one piece. */
const char *text_after_address (const char *text);

/* Whether TEXT, a line, is an address and hardly more: "（https://example.jp/）". */
gboolean text_is_address (const char *text);

/* Whether TEXT goes on with a sentence, by its first character: を, に, a comma, a closing bracket ... */
gboolean text_goes_on (const char *text);

/* Whether LINE opens a bracket that it does not close, and NEXT, the line under it, closes it: "3秒以内（95" and
 * "パーセンタイル）". */
gboolean text_closes_bracket_of (const char *next, const char *line);

/* Two parts of one text: joined as a wrapped line is where WRAPPED, with a space between two Latin words, unless the
 * line was broken in an address or after a hyphen; else with "\n". The caller frees. */
char *text_join (const char *first, const char *second, gboolean wrapped);
