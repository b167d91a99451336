/* changes.h - what a revision changed, item by item: the result of a comparison (comparison.h), and its JSON.
 *
 * All texts and items are borrowed from the two sheets, OLD and NEW, which must outlive the changes.
 */
#pragma once

#include "model/sheet.h"

typedef struct {
  const char *field;     /* of the JSON: "answer", "name", "definition", "unit", "status", "other", …; static */
  const char *old, *new; /* NULL: that revision has no such text */
  const char *column;    /* of "other": the head of the column; else NULL */
} FieldChange;

typedef struct {
  const Item *old, *new; /* NULL: added, removed */
  GArray *fields;        /* FieldChange; empty for an item that was added or removed */
  gboolean declared;     /* a new row of the document's table of revisions names it (declared.h) */
} ItemChange;

/* With no fields yet. */
ItemChange *item_change_new (const Item *old, const Item *new);
void item_change_free (ItemChange *change);

typedef struct {
  const Catalogue *catalogue;           /* borrowed: of the sheets */
  GPtrArray *added, *removed, *changed; /* ItemChange, in the order of NEW (removed: of OLD) */

  /* These do not count as changes, and each list is independent of the others: an item may be in `changed` and here. */
  GPtrArray *renumbered; /* ItemChange whose field is "number" */
  GPtrArray *reworded;   /* ItemChange: the words differ, the meaning does not (comparison.h) */

  /* What the document says of itself: the revisions of NEW's table that OLD does not have. Numbers as char *. */
  gboolean declares;     /* NEW has a table of revisions */
  GPtrArray *declared;   /* the items they name */
  GPtrArray *undeclared; /* added, removed or changed, and not named; by NEW's number, OLD's where it was removed, the
                            name where there is no number */
  GPtrArray *unfounded;  /* named, and not changed */
} Changes;

/* With empty lists. CATALOGUE is borrowed. */
Changes *changes_new (const Catalogue *catalogue);
void changes_free (Changes *changes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Changes, changes_free)

/* Whether no item was added, removed or changed. Renumbered and reworded items do not count. */
gboolean changes_are_none (const Changes *changes);

/* The JSON of `diff --format json`, ended by "\n" (out/changes-1.schema.json). The caller frees. */
char *json_from_changes (const Changes *changes);

/* One JSON object a line, one change each, for `refresh --changes`. DOCUMENT is "vendor/document", the sums are those
 * of the two revisions. The caller frees; "" for no changes. */
char *ndjson_from_changes (const Changes *changes, const char *document, const char *old_sha256,
                           const char *new_sha256);
