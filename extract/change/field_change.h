/* field_change.h - which fields of a pair of items changed.
 *
 * The answer is the vendor's, and so is all of an extension: any other wording is a change. Of METI's items the
 * question is METI's, and vendors copy and mend it at will: 突如の and 突然のサービス提供停止に対する対処 ask the same.
 * Such a difference is kept apart, as reworded:
 *
 *   name, category    always, where both are the same item of METI's; the category of extensions too
 *   definition        where it is like the old one, with the same digits, or both are METI's
 *   answer            where it is cut off at its end (wording.h)
 *
 * A unit is a change: with 時間 for 分, the same answer says something else. A name, category, definition or unit that
 * only one revision has is neither: a column was lost or found by reading.
 */
#pragma once

#include "model/item.h"
#include "patterns/knowledge.h"

typedef struct {
  const char *field;     /* of the JSON: "answer", "name", "definition", "unit", …; static */
  const char *old, *new; /* borrowed from the sheets; NULL: not there */
  const char *column;    /* of "other": the head of the column, borrowed; else NULL */
} FieldChange;

/* Appends FieldChange to CHANGED and REWORDED, the fields in the JSON's order. */
void fields_compare (const Knowledge *knowledge, const Item *old, const Item *new, GArray *changed, GArray *reworded);
