/* layout.h - from pages to blocks: finds the tables in what is drawn. README.md of extract/ has the drawing. */
#pragma once

#include "model/block.h"
#include "model/page.h"

/* The blocks of all PAGES in reading order: the pages' own, which are taken out of them, where the format names them;
 * found where it is drawn. Cannot fail. The list frees its blocks. */
GPtrArray *blocks_from_pages (GPtrArray *pages);
