/* comparison.h - two revisions of a sheet, item by item and field by field.
 *
 *     old items ──┐ pair ┌─► added, removed          table of revisions of NEW ──► declared
 *     new items ──┘      └─► changed: which field    compared with the changes ──► undeclared, unfounded
 *
 * Items pair by the catalogue's id and section, then by name, then by likeness (pair.h); what is left over was added or
 * removed. Texts are compared folded (wording.h): another number, order, layout, wrapping, width or look-alike
 * character is not a change.
 *
 * The answer is the vendor's, and so is all of an extension: any other wording is a change. The question of an item of
 * the catalogue is the catalogue's, and vendors copy and correct it at will: 突如の and 突然のサービス提供停止に対する
 * 対処 ask the same. Such a difference is kept apart, as reworded (FieldComparison in item.h):
 *
 *   name, category    always, where both are the same item of the catalogue; the category of extensions too
 *   definition        where it is like the old one, with the same digits, or both are the catalogue's
 *   answer            where it is cut off at its end (wording.h)
 *
 * A unit is a change: with 時間 for 分, the same answer means something else. A name, category, definition or unit that
 * only one revision has is neither a change nor a rewording: reading lost a column or found one.
 */
#pragma once

#include "change/changes.h"
#include "patterns/knowledge.h"

/* KNOWLEDGE and both sheets are borrowed; the sheets must outlive the result. Never NULL; the caller frees. */
Changes *changes_from_sheets (const Knowledge *knowledge, const Sheet *old, const Sheet *new);
