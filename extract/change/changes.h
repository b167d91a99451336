/* changes.h - what a revision changed, item by item: the result of a comparison (comparison.h). */
#pragma once

#include "change/field_change.h"
#include "model/sheet.h"
#include "patterns/knowledge.h"

typedef struct {
  const Item *old, *new; /* borrowed from the sheets; NULL: added, removed */
  GArray *fields;        /* FieldChange; of an item that was added or removed none */
  gboolean declared;     /* the document's table of revisions names it */
} ItemChange;

/* With no fields yet. */
ItemChange *item_change_new (const Item *old, const Item *new);
void item_change_free (ItemChange *change);

typedef struct {
  const Catalogue *catalogue;           /* borrowed: of the sheets */
  GPtrArray *added, *removed, *changed; /* ItemChange, in the order of NEW (removed: of OLD) */

  /* No changes, and each list says nothing of the others: an item may be in `changed` and here. */
  GPtrArray *renumbered; /* ItemChange whose field is "number" */
  GPtrArray *reworded;   /* ItemChange: the words differ, what they say does not (fields.h) */

  /* What the document says of itself: revisions of NEW's table that OLD does not have. Numbers as char *. */
  gboolean declares;     /* NEW has a table of revisions */
  GPtrArray *declared;   /* the items they name */
  GPtrArray *undeclared; /* added, removed or changed, and not named; by NEW's number, OLD's where it was removed, the
                            name where there is none */
  GPtrArray *unfounded;  /* named, and not changed */
} Changes;

/* Whether there is nothing to say: none added, removed or changed. A new number alone is no change. */
gboolean changes_are_none (const Changes *changes);

/* contract.md's JSON for `diff --format json`, ended by "\n" (out/changes-1.schema.json). The caller frees. */
char *json_from_changes (const Changes *changes);

/* One JSON object a line, one change each, for `refresh --changes`; DOCUMENT is "vendor/document". The caller frees; ""
 * for no changes. */
char *ndjson_from_changes (const Changes *changes, const char *document, const char *old_sha256,
                           const char *new_sha256);

/* For people: WIDTH cells wide, 0: lines are as long as they get; COLOURED: with the terminal's colours, old and new
 * side by side, else the changed words in [-…-] and {+…+}. "" where there is nothing at all to say. The caller frees.
 */
char *text_from_changes (const Knowledge *knowledge, const Changes *changes, int width, gboolean coloured);

/* With empty lists. CATALOGUE is borrowed. */
Changes *changes_new (const Catalogue *catalogue);
void changes_free (Changes *changes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Changes, changes_free)
