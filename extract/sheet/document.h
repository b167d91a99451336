/* document.h - the facts of the document around its items: title, who, when, which version, what was revised. */
#pragma once

#include "layout/row.h"
#include "sheet/sheet.h"

/* Whether TABLE tells of revisions: it has a head for dates and one for what changed. Such a table has no items. */
gboolean table_is_revisions (const Table *table);

/* The facts in BLOCKS and TABLES. FIRST_BLOCK: where the items begin; the title stands before it. */
void document_facts_read (DocumentFacts *facts, GPtrArray *blocks, GPtrArray *tables, int first_block);

/* With its list of items, empty. It belongs into a list of revisions_new, which frees it. */
Revision *revision_new (void);
GPtrArray *revisions_new (void);

void document_facts_clear (DocumentFacts *facts);
