/* od_text.h - the text documents of OpenDocument (part 3, 3.4): .odt. */
#pragma once

#include "read/package.h"
#include "read/reader.h"

/* The pages of the document in PACKAGE, which was opened from SOURCE. Errors: those of part_open and part_close;
 * LIMIT_SIZE. The caller frees. */
GPtrArray *pages_from_od_text (Package *package, const Source *source, const ReadOptions *options, GPtrArray *notes,
                               GError **error);
