/* sheet_json.h - a sheet out of its JSON (checksheet/1), as json_from_sheet wrote it, whoever kept it since. */
#pragma once

#include "sheet/sheet.h"

/* What the comparing of sheets needs: source, document, items with their answers' texts and statuses; not values,
 * places and notes. NAME is for nothing but errors: DAMAGED (no JSON: with line and column; or no checksheet/1, or a
 * field of the wrong type: names the field). */
Sheet *sheet_from_json (const char *text, gsize length, GError **error);
