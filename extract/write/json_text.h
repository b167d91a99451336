/* json_text.h - a cJSON tree as text for people: two spaces a level, and what fits on a line stays on one.
 *
 * cJSON_Print indents with tabs and breaks every object. Here a list or an object is written on one line where that
 * line, its indent counted, is at most 100 characters, so a box reads as a box and a place as a place:
 *
 *     "place": [{"page": 1, "box": [36, 120.5, 806.2, 161]}]
 *
 * The text depends on the tree alone: not on the locale, not on the run.
 */
#pragma once

#include <cjson/cJSON.h>

/* The last byte is "\n"; the caller frees with g_free. */
char *json_text_for_eyes (const cJSON *tree);

/* The whole tree on one line, no space in it, the last byte "\n"; the caller frees with g_free. */
char *json_text_of_one_line (const cJSON *tree);
