/* facts.h - the facts of the document around its items: title, who, when, which version, what was revised. */
#pragma once

#include "model/block.h"
#include "model/document.h"
#include "patterns/knowledge.h"

/* The facts in BLOCKS and TABLES around the sheet, which LISTS (ItemList) are; one at least. */
void document_facts_read (const Knowledge *knowledge, DocumentFacts *facts, GPtrArray *blocks, GPtrArray *tables,
                          GPtrArray *lists);
