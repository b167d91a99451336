/* word_styles.h - what the styles of a .docx say of paragraphs and runs (styles.xml), and the labels of its numbered
 * paragraphs (numbering.xml); ECMA-376 part 1, 17.7 and 17.9.
 *
 *     <w:pStyle w:val="a3"/>  ──>  "heading 2", based on …: heading level 2, struck out or hidden, numbering 5
 *     <w:numId w:val="5"/>    ──>  "1.", "2.", "(a)", "・"; counted from paragraph to paragraph
 */
#pragma once

#include "read/package.h"

typedef struct WordStyles WordStyles;

/* DOCUMENT: the name of the document's part. Without styles, or numbering, none have any. Errors: those of part_open and
 * part_close. */
WordStyles *word_styles_from_package (Package *package, const char *document, GError **error);
void word_styles_free (WordStyles *styles);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WordStyles, word_styles_free)

/* The level of the heading that paragraphs of STYLE (NULL: the default) are: 0 the title, 1 to 9; -1: they are none. */
int word_styles_heading (const WordStyles *styles, const char *style);

/* Whether the style strikes text out, or hides it. */
gboolean word_styles_strike (const WordStyles *styles, const char *style);
gboolean word_styles_vanish (const WordStyles *styles, const char *style);

/* The numbering of a style; *NUMBERING 0: it has none. */
void word_styles_numbering (const WordStyles *styles, const char *style, int *numbering, int *level);

/* Counts a paragraph with NUMBERING (w:numId) at LEVEL (from 0) and returns its label with the space after it, "" where it
 * has none; the caller frees. */
char *word_styles_next_label (WordStyles *styles, int numbering, int level);

/* Whether PART is at an element that turns something on: <w:strike/>, and not <w:strike w:val="0"/>. */
gboolean part_is_on (const PackagePart *part);
