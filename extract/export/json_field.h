/* json_field.h - the fields of a sheet's JSON by their paths. What is missing, null or of another type is NULL (a number:
 * NAN), so that JSON of any origin can be asked. All that is returned is borrowed from the tree. */
#pragma once

#include <cjson/cJSON.h>
#include <glib.h>

/* The value at PATH, keys with "." between them ("answer.status"); NULL: there is none, or it is null. */
const cJSON *json_at (const cJSON *tree, const char *path);

const char *json_string_at (const cJSON *tree, const char *path);
double json_number_at (const cJSON *tree, const char *path);
gboolean json_true_at (const cJSON *tree, const char *path);

/* The first entry of the list, or the first member of the object, at PATH; the others follow by ->next. */
const cJSON *json_first_at (const cJSON *tree, const char *path);

/* TEXT, which is valid JSON, without the white space between its tokens; every token is as it was written. The caller
 * frees. */
char *json_squeezed (const char *text, gsize length, gsize *squeezed_length);
