/* sheet_json.h - reads a sheet from its JSON (checksheet/1), as json_from_sheet wrote it. It may come from anywhere. */
#pragma once

#include "model/sheet.h"
#include "patterns/knowledge.h"

#include <cjson/cJSON.h>

/* Reads source, document, items with their places, and notes. Values are read again from the texts of the answers. The
 * JSON of another release of the program may have
 * other statuses for the same texts: compare sheets that one release made. Errors: DAMAGED: invalid JSON, with line and
 * column; or a field of a wrong type, which is named. UNSUPPORTED: not of the format checksheet/1. The caller frees. */
Sheet *sheet_from_json (const Knowledge *knowledge, const char *text, gsize length, GError **error);

/* The same JSON as a tree, checked as sheet_from_json does, for who passes it on: no values are read from the answers, which is
 * most of the work. Errors: the same. The caller frees. */
cJSON *sheet_tree_from_json (const Knowledge *knowledge, const char *text, gsize length, GError **error);
