/* item_column.c - see item_column.h */
#include "export/item_column.h"

#include <glib/gi18n.h>

#include <math.h>
#include <string.h>

#include "export/json_field.h"

const ItemColumn item_columns[] = {
    {"sheet", CELL_INTEGER, FROM_COUNTING, "sheet", N_ ("Number of the sheet in this export, from 1"), 0},
    {"item", CELL_INTEGER, FROM_COUNTING, "item", N_ ("Number of the item in its sheet, from 1, in the sheet's order"),
     0},
    {"vendor", CELL_TEXT, FROM_COUNTING, "vendor",
     N_ ("Who publishes the document: as it says, else as vendors.yaml says, else the name of its file"), 24,
     N_ ("vendor")},
    {"product", CELL_TEXT, FROM_SHEET, "document.product", N_ ("The service that the document is about"), 20,
     N_ ("product")},
    {"title", CELL_TEXT, FROM_SHEET, "document.title", N_ ("The document's title"), 0},
    {"issued", CELL_DATE, FROM_SHEET, "document.issued", N_ ("Date of issue"), 0},
    {"revised", CELL_DATE, FROM_SHEET, "document.revised", N_ ("Date of the last revision"), 0},
    {"uri", CELL_TEXT, FROM_SHEET, "source.uri", N_ ("Where the document was read from"), 0},
    {"member", CELL_TEXT, FROM_SHEET, "source.member", N_ ("The document within the input, by its path"), 0},
    {"sha256", CELL_TEXT, FROM_SHEET, "source.sha256", N_ ("Which bytes were read"), 0},
    {"id", CELL_TEXT, FROM_CATALOGUE, "id", N_ ("The item of the catalogue; empty: none of them, an extension"), 14,
     N_ ("catalogue ID")},
    {"no", CELL_INTEGER, FROM_CATALOGUE, "no", N_ ("Its number in the catalogue"), 9, N_ ("catalogue no.")},
    {"name", CELL_TEXT, FROM_CATALOGUE, "name", N_ ("Its name in the catalogue"), 0},
    {"how", CELL_TEXT, FROM_CATALOGUE, "how", N_ ("What it was recognised by: name, alias, definition or similar"), 0},
    {"score", CELL_NUMBER, FROM_CATALOGUE, "score", N_ ("How alike the words are, above 0 to 1"), 0},
    {"number", CELL_TEXT, FROM_ITEM, "number", N_ ("The sheet's own number, as written"), 9, N_ ("number")},
    {"section", CELL_TEXT, FROM_ITEM, "section", N_ ("The heading that the row is under"), 14, N_ ("section")},
    {"category", CELL_TEXT, FROM_ITEM, "category", N_ ("The sheet's category of the row"), 16, N_ ("category")},
    {"name", CELL_TEXT, FROM_ITEM, "name", N_ ("The item's name in the sheet"), 28, N_ ("name")},
    {"definition", CELL_TEXT, FROM_ITEM, "definition", N_ ("What is asked, in the sheet's words"), 36,
     N_ ("definition")},
    {"unit", CELL_TEXT, FROM_ITEM, "unit", N_ ("The unit of measure that the sheet asks for"), 14, N_ ("unit")},
    {"answer", CELL_TEXT, FROM_ITEM, "answer.text", N_ ("The whole answer"), 60, N_ ("answer")},
    {"status", CELL_TEXT, FROM_ITEM, "answer.status",
     N_ ("What the answer says on the whole: yes, no, partial, planned, undisclosed, unanswered or stated"), 12,
     N_ ("status")},
    {"detail", CELL_TEXT, FROM_ITEM, "answer.detail", N_ ("The answer without the mark that gives the status"), 0},
    {"choices", CELL_LIST, FROM_ITEM, "answer.choices", N_ ("What could be chosen: text, chosen"), 0},
    {"by", CELL_LIST, FROM_ITEM, "answer.by", N_ ("The answers for several plans or products: head, text, status"), 0},
    {"values", CELL_LIST, FROM_ITEM, "answer.values", N_ ("The values in the answer"), 0},
    {"other", CELL_OBJECT, FROM_ITEM, "other", N_ ("The cells of all other columns by their heads"), 0},
    {"struck", CELL_OBJECT, FROM_ITEM, "struck", N_ ("The words that are struck out, by field"), 0},
    {"confidence", CELL_NUMBER, FROM_ITEM, "confidence", N_ ("How sure it is that the item is read rightly, 0 to 1"),
     11, N_ ("confidence")},
    {"page", CELL_INTEGER, FROM_PLACE, "page", N_ ("The page of its first place, from 1"), 6, N_ ("page")},
    {"box", CELL_LIST, FROM_PLACE, "box", N_ ("Left, top, right, bottom there, in points from the top left"), 0},
    {"line", CELL_INTEGER, FROM_PLACE, "line", N_ ("The line, in inputs without pages, from 1"), 6, N_ ("line")},
    {"tab", CELL_TEXT, FROM_PLACE, "sheet", N_ ("The tab of a workbook"), 0},
    {"row", CELL_INTEGER, FROM_PLACE, "row", N_ ("The row there, from 1"), 0},
    {"cell", CELL_TEXT, FROM_PLACE, "cell", N_ ("The cell there"), 8, N_ ("cell")},
    {"places", CELL_LIST, FROM_ITEM, "place", N_ ("All places of the item"), 0},
    {NULL},
};

const ItemColumn value_columns[] = {
    {"sheet", CELL_INTEGER, FROM_COUNTING, "sheet", N_ ("Number of the sheet, as in the items")},
    {"item", CELL_INTEGER, FROM_COUNTING, "item", N_ ("Number of the item, as in the items")},
    {"position", CELL_INTEGER, FROM_COUNTING, "value", N_ ("Number of the value in the item, from 1")},
    {"vendor", CELL_TEXT, FROM_COUNTING, "vendor", N_ ("Who publishes the document")},
    {"product", CELL_TEXT, FROM_SHEET, "document.product", N_ ("The service that the document is about")},
    {"id", CELL_TEXT, FROM_CATALOGUE, "id", N_ ("The item of the catalogue; empty: an extension")},
    {"name", CELL_TEXT, FROM_ITEM, "name", N_ ("The item's name in the sheet")},
    {"kind", CELL_TEXT, FROM_VALUE, "kind", N_ ("What the value is: percentage, duration, count, hours ...")},
    {"value", CELL_TEXT, FROM_VALUE, "value", N_ ("The value; ISO 8601 for durations and dates, JSON for objects")},
    {"amount", CELL_NUMBER, FROM_VALUE, "value", N_ ("The value where it is a number")},
    {"unit", CELL_TEXT, FROM_VALUE, "unit", N_ ("Its unit, as written")},
    {"bound", CELL_TEXT, FROM_VALUE, "bound", N_ ("exact, at-least, at-most or about")},
    {"target", CELL_TRUTH, FROM_VALUE, "target", N_ ("Whether it is said to be a target")},
    {"text", CELL_TEXT, FROM_VALUE, "text", N_ ("The words that it was read from")},
    {"about", CELL_TEXT, FROM_VALUE, "about", N_ ("What it is the value of, in the vendor's words")},
    {NULL},
};

char *
column_name (const ItemColumn *column, const Catalogue *catalogue)
{
  return column->origin == FROM_CATALOGUE ? g_strdup_printf ("%s_%s", catalogue->key, column->name)
                                          : g_strdup (column->name);
}

static const cJSON *
found_at (const ItemColumn *column, const RowSource *source)
{
  const cJSON *place = json_first_at (source->item, "place");
  switch (column->origin) {
  case FROM_SHEET:
    return json_at (source->sheet->tree, column->path);
  case FROM_ITEM:
    return json_at (source->item, column->path);
  case FROM_CATALOGUE:
    return json_at (json_at (source->item, source->catalogue->key), column->path);
  case FROM_PLACE:
    return place ? json_at (place, column->path) : NULL;
  case FROM_VALUE:
    return json_at (source->value, column->path);
  default:
    return NULL;
  }
}

static cJSON *
counted (const char *what, const RowSource *source)
{
  if (g_str_equal (what, "vendor"))
    return cJSON_CreateString (source->sheet->vendor);
  return cJSON_CreateNumber (g_str_equal (what, "sheet")  ? source->sheet_number
                             : g_str_equal (what, "item") ? source->item_number
                                                          : source->value_number);
}

/* A value that is no text is told by its JSON. */
static cJSON *
text_cell (const cJSON *found)
{
  if (!found || cJSON_IsString (found))
    return found ? cJSON_CreateString (found->valuestring) : cJSON_CreateNull ();
  char *json = cJSON_PrintUnformatted (found);
  cJSON *text = cJSON_CreateString (json);
  cJSON_free (json);
  return text;
}

cJSON *
column_cell (const ItemColumn *column, const RowSource *source)
{
  if (column->origin == FROM_COUNTING)
    return counted (column->path, source);
  const cJSON *found = found_at (column, source);
  switch (column->type) {
  case CELL_TEXT:
  case CELL_DATE:
    return text_cell (found);
  case CELL_INTEGER:
  case CELL_NUMBER:
    return cJSON_IsNumber (found) ? cJSON_CreateNumber (found->valuedouble) : cJSON_CreateNull ();
  case CELL_TRUTH:
    return cJSON_IsBool (found) ? cJSON_CreateBool (cJSON_IsTrue (found)) : cJSON_CreateNull ();
  case CELL_LIST:
    return cJSON_IsArray (found) ? cJSON_Duplicate (found, TRUE) : cJSON_CreateArray ();
  default:
    return cJSON_IsObject (found) ? cJSON_Duplicate (found, TRUE) : cJSON_CreateObject ();
  }
}

char *
column_text (const ItemColumn *column, const RowSource *source)
{
  cJSON *cell = column_cell (column, source);
  gboolean empty = cJSON_IsNull (cell) || ((cJSON_IsArray (cell) || cJSON_IsObject (cell)) && !cell->child);
  char *json = empty || cJSON_IsString (cell) ? NULL : cJSON_PrintUnformatted (cell);
  char *text = empty ? NULL : g_strdup (json ? json : cell->valuestring);
  cJSON_free (json);
  cJSON_Delete (cell);
  return text;
}
