/* shown.h - text as people are shown it: on a terminal, in a log, in a journal. Whatever prints to people goes through
 * here; data (JSON, CSV) keeps its bytes.
 *
 * A document, a file name or a server must not send commands to a terminal, nor let a line read as another one: what a
 * terminal obeys or reorders by is shown as "?". These are the control characters C0 and C1 (ESC among them), the marks of
 * direction (U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069) and the other characters of format (general
 * category Cf), and the separators of lines and paragraphs; but for those that letters need: soft hyphen, joiner and
 * non-joiner.
 */
#pragma once

#include <glib.h>

typedef enum {
  SHOWN_LINE,  /* one line: what ends a line is shown as "?" too, as is a tab */
  SHOWN_LINES, /* "\n" ends a line, and a tab stays */
} ShownForm;

/* Whether CHARACTER is shown as it is. */
gboolean character_is_shown (gunichar character);

/* TEXT, in any encoding, as it is shown: valid UTF-8. The caller frees. */
char *text_shown (const char *text, ShownForm form);
