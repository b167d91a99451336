/* layout.h - from pages to blocks: finds the tables in what is drawn. README.md has the drawing. */
#pragma once

#include "layout/evidence.h"
#include "model/block.h"
#include "model/page.h"

/* The blocks of all PAGES (Page) in reading order: the pages' own, which are taken out of them, where the format names
 * them; else those found in the drawing, and PAGES that are drawn sideways are left rotated. Cannot fail. The list
 * frees its blocks. WEIGHING: how much each kind of evidence weighs, and where to say what was decided; NULL: as
 * usual, and nowhere. */
GPtrArray *blocks_from_pages (GPtrArray *pages, const Weighing *weighing);
