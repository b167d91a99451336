/* turned_table.c - see turned_table.h */
#include "items/turned_table.h"

#include "items/columns.h"
#include "items/row_blocks.h"

Table *
table_turned (const Knowledge *knowledge, const Table *table)
{
  Table *blocks = table_from_row_blocks (knowledge, table);
  if (blocks)
    return blocks;
  if (table_has_heads_at_left (knowledge, table) || table_has_names_across (knowledge, table))
    return table_transposed (table);
  TableCopies copies = table_copies_side_by_side (knowledge, table);
  return copies.copies > 1 ? table_stacked (table, copies) : NULL;
}
