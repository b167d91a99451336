/* markdown.h - as much of Markdown as check sheets are written in: headings, emphasis, code and links of CommonMark,
 * and the tables of GitHub Flavored Markdown (section 4.10).
 *
 *     ## 可用性                 heading level 2
 *     | 項目 | 回答 |           a table: "|" between the cells; the delimiter row below the head marks it.
 *     |------|:----:|           Rows with "|" at both ends are a table even without one.
 *     | **稼働率** | 99.9% |    cells and paragraphs lose their marks: 稼働率
 *
 * What is not certainly a mark stays in the text. The functions named parse are called at each line, with its index
 * START; they append blocks and return how many lines they took, 0 where nothing of theirs begins.
 */
#pragma once

#include "read/text/text_rows.h"

/* Whether the lines are Markdown: they have a table with a delimiter row, two headings, or one heading and no tabs. */
gboolean text_is_markdown (const TextLine *lines, int count);

/* TEXT without the marks of emphasis, code and links, and without comments; <br> is a line end, struck-out words are between
 * TEXT_STRUCK_BEGIN and _END. Other markup has most of these too. The caller
 * frees. */
char *text_from_markdown (const char *text);

/* Tables, whether or not the rest of the text is Markdown. */
int text_parse_pipes (TextParser *parser, int start);

/* Headings, fenced code and paragraphs, a line each; nothing where the parser's text is not Markdown. */
int text_parse_markdown (TextParser *parser, int start);
