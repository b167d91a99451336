/* tagged_table.c - see tagged_table.h */
#include "model/tagged_table.h"

TaggedTable *
tagged_table_new (void)
{
  TaggedTable *table = g_new0 (TaggedTable, 1);
  table->cells = g_array_new (FALSE, FALSE, sizeof (TaggedCell));
  table->columns = g_array_new (FALSE, FALSE, sizeof (TaggedColumn));
  return table;
}

void
tagged_table_free (TaggedTable *table)
{
  if (!table)
    return;
  g_array_unref (table->cells);
  g_array_unref (table->columns);
  g_free (table);
}
