/* asciidoc.h - the tables, titles and labeled lists of AsciiDoc (docs.asciidoctor.org, "Tables", "Description Lists").
 *
 *     = Title                        a heading; "== Section" one level below
 *     [cols="1,2,4",options="header"]
 *     |===                           a table; also ,=== (comma-separated) and :===
 *     |No. |種別 |回答               a cell begins at each "|"; without cols the first line counts the columns
 *
 *     |1 .2+|可用性                  2+ spans columns, .2+ rows, 2* repeats; then < > ^ and one letter for the style
 *     a|* 24時間 +                   " +" ends a line; other line ends are spaces, but in a and l cells
 *     365日
 *     |===
 *     稼働率:: 99.9%                 a labeled list: a term, and what is said of it, here or in the lines below
 */
#pragma once

#include "read/text/text_rows.h"

/* Whether the lines are AsciiDoc: they have a table's delimiter, a title with "= " and two sections, or three
 * terms of a labeled list. */
gboolean text_is_asciidoc (const TextLine *lines, int count);

/* Each is called at a line; appends the blocks that begin there and returns how many lines they took, 0: none. */
int text_parse_asciidoc (TextParser *parser, int start);
