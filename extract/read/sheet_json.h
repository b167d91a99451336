/* sheet_json.h - a sheet out of its JSON (checksheet/1), as json_from_sheet wrote it, whoever kept it since. */
#pragma once

#include "model/sheet.h"
#include "patterns/knowledge.h"

/* What the comparing of sheets needs: source, document, items with their places. Values are read anew from the
 * answers' texts; certifications and notes are not. A JSON by another release of the program may have other statuses
 * for the same texts: compare sheets that the same one made. Errors: DAMAGED (no JSON: with line and column; or no
 * checksheet/1, or a field of the wrong type: names the field). The caller frees. */
Sheet *sheet_from_json (const Knowledge *knowledge, const char *text, gsize length, GError **error);
