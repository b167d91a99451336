/* mark.h - marks that are drawn: as shapes (paths) or as small pictures. */
#pragma once

#include "model/note.h"
#include "patterns/knowledge.h"
#include "read/pdf/painted_fate.h"

void marks_read (SeenPage *seen, const Knowledge *knowledge, GPtrArray *notes);
