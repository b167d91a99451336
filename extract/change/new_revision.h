/* new_revision.h - which rows of a table of revisions came with the newest one. */
#pragma once

#include "model/sheet.h"
#include "patterns/knowledge.h"

/* Whether the document with the facts OLD did not have REVISION yet: no row of its table has that number and date (and
 * note, where one of these is missing); where it has no table, REVISION is dated after its day of issue. */
gboolean revision_is_new (const Knowledge *knowledge, const Revision *revision, const DocumentFacts *old);
