/* comparison.h - two revisions of a sheet, item by item.
 *
 * Items pair by METI id and section, then by name, then by likeness (pair.h); what is left over was added or removed.
 * Texts are compared folded (wording.h): another number, order, layout, wrapping, width or look-alike is no change, and
 * what only words the same question otherwise is kept apart (field_change.h).
 *
 *     old items ──┐ pair ┌─► added, removed          revision table of NEW ──► declared
 *     new items ──┘      └─► changed: which field          what of it is true ──► undeclared, unfounded
 */
#pragma once

#include "change/changes.h"

/* Borrows both sheets, which must outlive the result. */
Changes *changes_from_sheets (const Knowledge *knowledge, const Sheet *old, const Sheet *new);
