/* sweep.h - bytes in the store that no row names: a run that was killed had just put them there. */
#pragma once

#include "refresh/store/database.h"

/* Removes those that were stored since SINCE (the format of the tables): the run that began then was killed between
 * storing and noting them. What is older is left for `verify` to tell of. */
void store_sweep (const Corpus *corpus, Database *database, const char *since);

/* Whether a row names the bytes, that of the document EXCEPT (its row; 0: none) not counted. */
gboolean store_is_named (Database *database, const char *sha256, gint64 except);
