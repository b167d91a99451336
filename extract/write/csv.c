/* csv.c - a sheet as rows for a spreadsheet: RFC 4180, UTF-8, one line an item. The columns are the document, the
 * fields of an item (model/item.h), what it was recognised as: <key>_id, <key>_no, how, score; and the lists of its
 * answer as JSON: choices, by.
 *
 * Text is written exactly as the vendor has it, even if it begins with "=" or "+": see out/README.md on opening such a
 * file.
 */
#include "write/csv_field.h"
#include "write/json.h"
#include "write/writer.h"

static void
append_match (GString *line, const Match *match)
{
  if (!match->item) {
    g_string_append (line, ",,,,");
    return;
  }
  char score[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *no = g_strdup_printf ("%d", match->item->no);
  csv_append (line, match->item->id);
  csv_append (line, no);
  csv_append (line, match_how_name (match->how));
  csv_append (line, g_ascii_formatd (score, sizeof score, "%.3g", match->score));
}

/* Takes LIST; NULL: there is none, an empty field. */
static void
append_list (GString *line, cJSON *list)
{
  char *json = list ? cJSON_PrintUnformatted (list) : NULL;
  csv_append (line, json);
  cJSON_free (json);
  cJSON_Delete (list);
}

static void
append_item (GString *out, const char *uri, const Item *item)
{
  g_autoptr (GString) line = g_string_new (NULL);
  csv_append (line, uri);
  for (int i = 0; i < ITEM_FIELD_COUNT; i++)
    if (item_fields[i].key)
      csv_append (line, *item_text_of (item, &item_fields[i]));
  append_match (line, &item->match);
  append_list (line, item->meaning->choices ? json_from_choices (item->meaning->choices) : NULL);
  append_list (line, item->meaning->by ? json_from_answers_by (item->meaning->by) : NULL);
  g_string_append_printf (out, "%s\r\n", line->str);
}

char *
csv_head (const Knowledge *knowledge)
{
  const char *key = knowledge->catalogue->key;
  GString *head = g_string_new ("document");
  for (int i = 0; i < ITEM_FIELD_COUNT; i++)
    if (item_fields[i].key)
      g_string_append_printf (head, ",%s", item_fields[i].key);
  g_string_append_printf (head, ",%s_id,%s_no,how,score,choices,by\r\n", key, key);
  return g_string_free (head, FALSE);
}

char *
csv_from_sheet (const Knowledge *knowledge, const Sheet *sheet)
{
  GString *out = g_string_new (NULL);
  g_autofree char *uri = g_utf8_make_valid (sheet->uri, -1);
  for (guint i = 0; i < sheet->items->len; i++)
    append_item (out, uri, sheet_item (sheet, i));
  return g_string_free (out, FALSE);
}
