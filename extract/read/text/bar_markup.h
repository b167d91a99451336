/* bar_markup.h - markup whose tables are lines of bars: Textile (Redmine), Jira, PukiWiki and its like (Hatena, Backlog).
 *
 *     Textile      |_. No. |_. 項目 |       _. a head, \2. spans columns, /3. spans rows; h2. a heading
 *     Jira         ||No.||項目||            between two bars a head; \\ ends a line; h2. a heading
 *     PukiWiki     |~No.|~項目|h            ~ a head, > the same cell as the one to its right, ~ alone as the one above;
 *                                           * a heading; &br; ends a line; h at the end: a row of heads
 *
 * A cell goes on over line ends up to the next bar.
 */
#pragma once

#include "read/text/text_rows.h"

/* Whether the lines have the signs of such markup. */
gboolean text_is_bar_markup (const TextLine *lines, int count);

/* Called at a line; appends the blocks that begin there and returns how many lines they took, 0: none. */
int text_parse_bar_markup (TextParser *parser, int start);
