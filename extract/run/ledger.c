/* ledger.c - see ledger.h */
#include "run/ledger.h"

#include <cjson/cJSON.h>

static void
add_text (cJSON *record, const char *name, const char *text)
{
  if (text)
    cJSON_AddStringToObject (record, name, text);
  else
    cJSON_AddNullToObject (record, name);
}

char *
ledger_record (const char *path, const Outcome *outcome, const char *output_name)
{
  g_autofree char *uri = g_utf8_make_valid (path, -1);
  g_autofree char *output = output_name ? g_utf8_make_valid (output_name, -1) : NULL;
  cJSON *record = cJSON_CreateObject ();
  add_text (record, "uri", uri);
  add_text (record, "sha256", outcome->sha256);
  add_text (record, "status", outcome->status);
  add_text (record, "reason", outcome->reason);
  cJSON_AddNumberToObject (record, "seconds", (gint64)(outcome->seconds * 1000 + 0.5) / 1000.0);
  add_text (record, "output", output);
  char *text = cJSON_PrintUnformatted (record);
  char *line = g_strconcat (text, "\n", NULL);
  cJSON_free (text);
  cJSON_Delete (record);
  return line;
}
