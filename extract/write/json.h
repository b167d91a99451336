/* json.h - the parts of a sheet's JSON (checksheet/1) that other JSON is made of too. The caller owns what they give.
 */
#pragma once

#include "model/item.h"

#include <cjson/cJSON.h>

/* A text, or null for NULL. TEXT may be no UTF-8; JSON must be. */
cJSON *json_from_text (const char *text);

/* {"id", "no", "name", "how", "score"}, or null for none of the catalogue's. */
cJSON *json_from_match (const Match *match);

/* An item of a sheet of CATALOGUE with all its fields; what its answer means must have been read. */
cJSON *json_from_item (const Catalogue *catalogue, const Item *item);
