/* changes.h - what a revision changed, item by item.
 *
 * Items pair by METI id and section, then by name, then by likeness (pair.h); what is left over was added or removed.
 * Texts are compared folded (wording.h): another number, order, layout, wrapping, width or look-alike is no change, and
 * what only words the same question otherwise is kept apart (fields.h).
 *
 *     old items ──┐ pair ┌─► added, removed          revision table of NEW ──► declared
 *     new items ──┘      └─► changed: which field          what of it is true ──► undeclared, unfounded
 */
#pragma once

#include "model/sheet.h"

typedef struct {
  const char *field;     /* of the JSON: "answer", "name", "definition", "unit", …; static */
  const char *old, *new; /* borrowed from the sheets; NULL: not there */
  const char *column;    /* of "other": the head of the column, borrowed; else NULL */
} FieldChange;

typedef struct {
  const Item *old, *new; /* borrowed from the sheets; NULL: added, removed */
  GArray *fields;        /* FieldChange; of an item that was added or removed none */
  gboolean declared;     /* the document's table of revisions names it */
} ItemChange;

typedef struct {
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

/* Borrows both sheets, which must outlive the result. */
Changes *changes_from_sheets (const Sheet *old, const Sheet *new);

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
char *text_from_changes (const Changes *changes, int width, gboolean coloured);

void changes_free (Changes *changes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Changes, changes_free)
