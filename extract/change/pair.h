/* pair.h - which item of a new revision is which of the old one.
 *
 * The surest pairs are made first, and an item has one partner at most. Of items that are the same by a rule (an id
 * that comes twice without a section) the first go with the first.
 *
 *   1  id, section, name      4  id               7  likeness of names and definitions, the likest first
 *   2  id, section            5  section, name
 *   3  id, name               6  name
 *
 * Where a rule has no section, items in two sections that both revisions have are still two: the one for the service
 * and the one for the installed application.
 *
 * An item with another name and the rest as it was is a renamed item, not one removed and one added: the reader wants
 * to see what became of its answer. So likeness pairs what is left, though never two different items of the catalogue.
 */
#pragma once

#include "model/sheet.h"
#include "patterns/knowledge.h"

/* For each item of NEW the index of its partner in OLD, -1: it has none. All arguments are borrowed; the caller
 * frees. */
int *partners_from_sheets (const Knowledge *knowledge, const Sheet *old, const Sheet *new);
