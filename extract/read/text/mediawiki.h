/* mediawiki.h - the tables and headings of MediaWiki (mediawiki.org, Help:Tables).
 *
 *     == 可用性 ==                        a heading of level 2
 *     {| class="wikitable"                a table, up to |}
 *     |+ Caption
 *     ! No. !! 項目 !! 回答               head cells
 *     |-                                  a row
 *     | rowspan="2" | 1 || 稼働率         cells; what is before a single bar is attributes
 *     | 99.9% [[稼働率|実績]] {{Yes|有}}  bars within links and templates part nothing
 *     |}
 */
#pragma once

#include "read/text/text_rows.h"

/* Whether the lines are MediaWiki: a table begins, two headings have "==" at both ends, or three terms, "; 稼働率", have lines
 * below that begin with a colon. */
gboolean text_is_mediawiki (const TextLine *lines, int count);

/* Called at a line; appends the blocks that begin there and returns how many lines they took, 0: none. */
int text_parse_mediawiki (TextParser *parser, int start);
