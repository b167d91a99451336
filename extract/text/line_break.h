/* line_break.h - what layout must know of writing systems: widths, where a line may be broken, how list entries begin. */
#pragma once

#include <glib.h>

/* Whether the character is as wide as an ideograph (East Asian Width W or F, Unicode Standard Annex #11). */
gboolean character_is_wide (gunichar character);

/* The end of the piece at the head of TEXT that line breaking keeps together (Unicode Standard Annex #14), trailing
 * space left out. */
const char *text_first_piece (const char *text);

/* Whether a line that reads TEXT begins an entry of a list, or a note: ・ ■ ※ ◆ ① (1) "1. " ... */
gboolean text_begins_entry (const char *text);

/* Whether a space went away when a line was broken between FIRST and SECOND: between two Latin words, unless the break
 * was made inside an address or after a hyphen. */
gboolean text_needs_space (const char *first, const char *second);

/* Two parts of one text: joined as a wrapped line is where WRAPPED, else with "\n". The caller frees. */
char *text_join (const char *first, const char *second, gboolean wrapped);
