/* ledger.c - see ledger.h */
#include "run/ledger.h"

#include "write/json.h"

char *
ledger_record (const char *path, const Outcome *outcome, const char *output_name)
{
  cJSON *record = cJSON_CreateObject ();
  cJSON_AddItemToObject (record, "uri", json_from_text (path));
  cJSON_AddItemToObject (record, "sha256", json_from_text (outcome->sha256));
  cJSON_AddItemToObject (record, "status", json_from_text (outcome->status));
  cJSON_AddItemToObject (record, "reason", json_from_text (outcome->reason));
  cJSON_AddNumberToObject (record, "seconds", (gint64)(outcome->seconds * 1000 + 0.5) / 1000.0);
  cJSON_AddItemToObject (record, "output", json_from_text (output_name));
  char *text = cJSON_PrintUnformatted (record);
  char *line = g_strconcat (text, "\n", NULL);
  cJSON_free (text);
  cJSON_Delete (record);
  return line;
}
