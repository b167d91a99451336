/* changes.h - what a revision changed, item by item.
 *
 * Items pair by METI id and section, then by name; what is left over was added or removed. Texts are compared folded
 * (text_for_comparing, and all white space out): another number, order, layout, wrapping, width or look-alike is no
 * change.
 *
 *     old items ──┐ pair ┌─► added, removed          revision table of NEW ──► declared
 *     new items ──┘      └─► changed: which field          what of it is true ──► undeclared, unfounded
 */
#pragma once

#include "sheet/sheet.h"

typedef struct {
  const char *field;     /* of the JSON: "answer", "name", "definition", "unit", …; static */
  const char *old, *new; /* borrowed from the sheets; NULL: not there */
} FieldChange;

typedef struct {
  const Item *old, *new; /* borrowed from the sheets; NULL: added, removed */
  GArray *fields;        /* FieldChange; empty: only the number is another one */
} ItemChange;

typedef struct {
  GPtrArray *added, *removed, *changed, *renumbered; /* ItemChange, in the order of NEW (removed: of OLD) */

  /* What the document says of itself: revisions of NEW's table that OLD does not have. Numbers as char *. */
  GPtrArray *declared;   /* the items they name */
  GPtrArray *undeclared; /* added, removed or changed, and not named; by NEW's number, OLD's where it was removed, the
                            name where there is none */
  GPtrArray *unfounded;  /* named, and not changed */
} Changes;

/* Borrows both sheets, which must outlive the result. */
Changes *changes_from_sheets (const Sheet *old, const Sheet *new);

/* Whether there is nothing to say: none added, removed or changed. A new number alone is no change. */
gboolean changes_are_none (const Changes *changes);

/* contract.md's JSON for `diff --format json`, ended by "\n". The caller frees. */
char *json_from_changes (const Changes *changes);

/* One JSON object a line, one change each, for `refresh --changes`; DOCUMENT is "vendor/document". The caller frees; ""
 * for no changes. */
char *ndjson_from_changes (const Changes *changes, const char *document, const char *old_sha256,
                           const char *new_sha256);

/* For people: WIDTH cells wide; COLOURED: with the terminal's colours, the changed words marked. The caller frees. */
char *text_from_changes (const Changes *changes, int width, gboolean coloured);

void changes_free (Changes *changes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Changes, changes_free)
