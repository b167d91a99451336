/* facts.h - the facts of the document around its items: title, vendor, product, dates, version, revisions,
 * certifications. */
#pragma once

#include "model/block.h"
#include "model/document.h"
#include "patterns/knowledge.h"

/* Fills FACTS from BLOCKS (Block) and their TABLES (Table) around the sheet that LISTS (ItemList, at least one) are;
 * what is not found stays NULL, or an empty list. All but FACTS are borrowed. */
void document_facts_read (const Knowledge *knowledge, DocumentFacts *facts, GPtrArray *blocks, GPtrArray *tables,
                          GPtrArray *lists);
