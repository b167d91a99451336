/* text_coverage.h - all of a document accounted for: what became of each of its characters, white space left out.
 *
 *   クラウドサービスのSLA　第3版　　　in_facts          it says what the document's facts say
 *   本書は…の水準を定めるものです。　　other             text about something else
 *   | No. | 項目         | 回答   |    in_items          heads, banners and all of the rows' cells that items have
 *   | 1   | サービス時間 | 終日   |    in_items
 *   |     | ※ 祝日を除く |        |    unread            in the sheet's table, after its head, and in no item
 *   (hidden rows, white on white)      hidden            nobody sees it, or it is struck out whole
 *   - 3 -　© サンプル　　　　　　　　　headers_footers   belongs to the page; watermarks too
 *
 * `unread` is also what no block has of the glyphs on the pages, a row or a line elsewhere that has the name or the
 * definition of one of the catalogue's items that the sheet lacks, and a table elsewhere in which several rows are
 * named as such items are.
 *
 * The account is kept from outside: it takes the blocks that enter and the items that come out, and asks of each cell
 * and line whether the items at its place have its text. So no stage needs to know of it, and none can forget a cell.
 */
#pragma once

#include "model/block.h"
#include "model/sheet.h"
#include "model/table.h"
#include "patterns/knowledge.h"

/* The characters that enter: those of PAGES (Page), to be asked before their blocks are taken. */
gsize pages_letters (GPtrArray *pages);

/* Fills in `characters` but for `total`, and `unread_items`: where all text of BLOCKS (Block) went, given their TABLES
 * (Table) and the LISTS (ItemList) that became the items of SHEET. All but SHEET are borrowed. */
void sheet_account_text (const Knowledge *knowledge, Sheet *sheet, GPtrArray *blocks, GPtrArray *tables,
                         GPtrArray *lists);

/* Closes the account: adds what readers left out, as the notes say, and what of the ENTERED characters is in no block.
 * Then the parts add up to `total`. */
void sheet_close_account (Sheet *sheet, gsize entered);
