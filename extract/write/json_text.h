/* json_text.h - a cJSON tree as text for people: indented by two spaces, and what fits on a line is kept on one.
 *
 * cJSON_Print indents with tabs and breaks every object. Here a list or an object is written on one line if that line,
 * its indent included, is at most 100 characters long, so that a place is read at a glance:
 *
 *     "place": [{"page": 1, "box": [36, 120.5, 806.2, 161]}]
 *
 * The text depends on the tree alone: not on the locale, not on the run.
 */
#pragma once

#include <cjson/cJSON.h>

/* The text ends in "\n"; the caller frees with g_free. */
char *json_text_for_eyes (const cJSON *tree);

/* The whole tree on one line without spaces, ended by "\n"; the caller frees with g_free. */
char *json_text_of_one_line (const cJSON *tree);
