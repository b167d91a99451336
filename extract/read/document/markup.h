/* markup.h - a text document (.docx, .odt) told as a web page, for the reader of web pages.
 *
 * What a web page has, a text document has too: paragraphs, headings, tables with spans and tables within cells, struck-out
 * and hidden words. Its reader says them in the document's order, and gets a page without styles that means the same:
 *
 *     begin_paragraph 可用性 …                       <h2>可用性</h2>
 *     begin_table begin_row begin_cell … …           <table>
 *       two rows whose first cells are merged          <tr><td rowspan=2>可用性<td>1<td>サービス時間
 *     end_table                                        <tr><td>2<td><del>5時間</del>3時間</table>
 *
 * Each paragraph, and each row of a table, is a line of the page, from 1: so places in the page are places in the document.
 * What is nested in a cell is on the line of its row. A document may be hostile: the page has a limit of size, and tables and
 * text boxes nested deeper than another limit become text.
 */
#pragma once

#include <glib.h>

typedef struct Markup Markup;

/* Bold tells headings, and is said only outside of tables and boxes. */
typedef enum { TEXT_SEEN, TEXT_BOLD, TEXT_STRUCK, TEXT_HIDDEN } TextLook;

/* How a cell is merged with others of its column. */
typedef enum {
  MERGE_NONE,
  MERGE_FIRST, /* cells below may continue it */
  MERGE_REST,  /* continues the cell above; its content is not shown */
} CellMerge;

/* A page that is empty, and may become as large as LIMIT, in bytes. */
Markup *markup_new (gsize limit);
void markup_free (Markup *markup);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Markup, markup_free)

/* LEVEL: of a heading as the document counts it, the title 0, chapters 1; -1: it is none. */
void markup_begin_paragraph (Markup *markup, int level);
void markup_end_paragraph (Markup *markup);

void markup_text (Markup *markup, const char *text, TextLook look);
void markup_line_end (Markup *markup);

void markup_begin_table (Markup *markup);
void markup_end_table (Markup *markup);
void markup_begin_row (Markup *markup);
void markup_set_row (Markup *markup, gboolean head, gboolean hidden); /* what the row is, before its first cell */
void markup_begin_cell (Markup *markup);

/* What the cell is, at any time before its end. */
void markup_set_cell (Markup *markup, int row_span, int column_span, CellMerge merge);
void markup_end_cell (Markup *markup);
void markup_skip_columns (Markup *markup, int columns); /* in which no cell begins */

/* Columns that cells cover, in a format that says so: those to the right of the last cell, and those below others. */
void markup_cover_columns (Markup *markup, int columns);

/* A text box within a paragraph: what is said until its end follows the paragraph. */
void markup_begin_aside (Markup *markup);
void markup_end_aside (Markup *markup);

/* A footnote within a paragraph: what is said until its end is at the foot of the page, with the footers. */
void markup_begin_note (Markup *markup);
void markup_end_note (Markup *markup);

/* Page headers and footers: to be said last. */
void markup_begin_header_footer (Markup *markup);
void markup_end_header_footer (Markup *markup);

/* The number of the paragraph or row that is said, as in the places. */
int markup_line (const Markup *markup);

/* Whether the limit of size is passed: nothing more is said, and markup_take_page will fail. */
gboolean markup_is_full (const Markup *markup);

/* The page. Error: LIMIT_SIZE. */
GBytes *markup_take_page (Markup *markup, GError **error);
