/* json.h - the parts of a sheet's JSON (checksheet/1) that other JSON is made of too. The caller frees what they
 * return, by cJSON_Delete or by adding it to a tree. */
#pragma once

#include "model/item.h"

#include <cjson/cJSON.h>

/* TEXT as a string, in which U+FFFD takes the place of what is not UTF-8; null for NULL. */
cJSON *json_from_text (const char *text);

/* {"id", "no", "name", "how", "score"}, or null for an extension. */
cJSON *json_from_match (const Match *match);

/* [{"text", "chosen"}], of a list of Choice. */
cJSON *json_from_choices (const GPtrArray *choices);

/* [{"head", "text", "status"}], of a list of AnswerBy. */
cJSON *json_from_answers_by (const GPtrArray *by);

/* {"page", "box": [x0, y0, x1, y1]}, {"line"}, or null where PLACE is not known. The box is in points (model/place.h)
 * with one decimal place, and [] where it is empty. */
cJSON *json_from_place (Place place);

/* An item of a sheet of CATALOGUE with all its fields, its answer read (items_read_answers). */
cJSON *json_from_item (const Catalogue *catalogue, const Item *item);
