/* json.c - a sheet as JSON, format checksheet/1: one function an object, its keys in the order of the format.
 *
 * out/README.md explains every field, out/checksheet-1.schema.json is the specification. A value that is not known is
 * null, never left out; only `struck`, `choices`, `by` and `member` are, where there is nothing of the kind.
 */
#include "write/json.h"

#include "write/json_text.h"
#include "write/writer.h"

#include <math.h>

/* TEXT may come from outside (a path). */
cJSON *
json_from_text (const char *text)
{
  if (!text)
    return cJSON_CreateNull ();
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  return cJSON_CreateString (valid);
}

static void
add_text (cJSON *object, const char *key, const char *text)
{
  cJSON_AddItemToObject (object, key, json_from_text (text));
}

static cJSON *
json_from_texts (const GPtrArray *texts)
{
  cJSON *list = cJSON_CreateArray ();
  for (guint i = 0; texts && i < texts->len; i++)
    cJSON_AddItemToArray (list, json_from_text (g_ptr_array_index (texts, i)));
  return list;
}

/* VALUE with at most DIGITS decimal places: 36.000000001 is 36. */
static double
rounded (double value, int digits)
{
  double scale = pow (10, digits);
  return round (value * scale) / scale;
}

static cJSON *
json_from_box (Box box)
{
  const double edges[] = {box.x0, box.y0, box.x1, box.y1};
  cJSON *list = cJSON_CreateArray ();
  for (guint i = 0; i < G_N_ELEMENTS (edges) && !box_is_empty (box); i++)
    cJSON_AddItemToArray (list, cJSON_CreateNumber (rounded (edges[i], 1)));
  return list;
}

cJSON *
json_from_place (Place place)
{
  if (!place.page && !place.line)
    return cJSON_CreateNull ();

  cJSON *object = cJSON_CreateObject ();
  if (place.page) {
    cJSON_AddNumberToObject (object, "page", place.page);
    cJSON_AddItemToObject (object, "box", json_from_box (place.box));
  } else if (place.sheet) {
    g_autofree char *cell = place_cell (place);
    add_text (object, "sheet", place.sheet);
    cJSON_AddNumberToObject (object, "row", place.line);
    add_text (object, "cell", cell);
  } else
    cJSON_AddNumberToObject (object, "line", place.line);
  if (place.member)
    add_text (object, "member", place.member);
  return object;
}

static cJSON *
json_from_places (const GArray *places)
{
  cJSON *list = cJSON_CreateArray ();
  for (guint i = 0; i < places->len; i++) {
    Place place = g_array_index (places, Place, i);
    if (place.page || place.line)
      cJSON_AddItemToArray (list, json_from_place (place));
  }
  return list;
}

static cJSON *
json_of_source (const Sheet *sheet)
{
  cJSON *object = cJSON_CreateObject ();
  add_text (object, "uri", sheet->uri);
  add_text (object, "media_type", sheet->media_type);
  add_text (object, "sha256", sheet->sha256);
  cJSON_AddNumberToObject (object, "bytes", sheet->bytes);
  cJSON_AddItemToObject (object, "pages", sheet->pages ? cJSON_CreateNumber (sheet->pages) : cJSON_CreateNull ());
  add_text (object, "text", sheet->text);
  if (sheet->member)
    add_text (object, "member", sheet->member);
  return object;
}

#define ADD_TEXT(text) add_text (object, #text, of->text);

static cJSON *
json_from_revision (const Revision *of)
{
  cJSON *object = cJSON_CreateObject ();
  REVISION_TEXTS (ADD_TEXT);
  cJSON_AddItemToObject (object, "items", json_from_texts (of->items));
  return object;
}

static cJSON *
json_from_certification (const Certification *of)
{
  cJSON *object = cJSON_CreateObject ();
  CERTIFICATION_TEXTS (ADD_TEXT);
  return object;
}

static cJSON *
json_from_document (const DocumentFacts *of)
{
  cJSON *object = cJSON_CreateObject ();
  DOCUMENT_TEXTS (ADD_TEXT);
  cJSON *revisions = cJSON_AddArrayToObject (object, "revisions");
  for (guint i = 0; of->revisions && i < of->revisions->len; i++)
    cJSON_AddItemToArray (revisions, json_from_revision (g_ptr_array_index (of->revisions, i)));
  cJSON *certifications = cJSON_AddArrayToObject (object, "certifications");
  for (guint i = 0; of->certifications && i < of->certifications->len; i++)
    cJSON_AddItemToArray (certifications, json_from_certification (g_ptr_array_index (of->certifications, i)));
  return object;
}

cJSON *
json_from_match (const Match *match)
{
  const CatalogueItem *known = match->item;
  if (!known)
    return cJSON_CreateNull ();

  cJSON *object = cJSON_CreateObject ();
  add_text (object, "id", known->id);
  cJSON_AddNumberToObject (object, "no", known->no);
  add_text (object, "name", known->name);
  add_text (object, "how", match_how_name (match->how));
  cJSON_AddNumberToObject (object, "score", rounded (match->score, 3));
  return object;
}

/* A number, a text, nothing, or a list or an object of these. */
static cJSON *
json_from_variant (GVariant *variant)
{
  if (g_variant_is_of_type (variant, G_VARIANT_TYPE_VARIANT)) {
    g_autoptr (GVariant) inner = g_variant_get_variant (variant);
    return json_from_variant (inner);
  }
  if (g_variant_is_of_type (variant, G_VARIANT_TYPE_MAYBE)) {
    g_autoptr (GVariant) inner = g_variant_get_maybe (variant);
    return inner ? json_from_variant (inner) : cJSON_CreateNull ();
  }
  if (g_variant_is_of_type (variant, G_VARIANT_TYPE_DOUBLE))
    return cJSON_CreateNumber (g_variant_get_double (variant));
  if (g_variant_is_of_type (variant, G_VARIANT_TYPE_STRING))
    return json_from_text (g_variant_get_string (variant, NULL));

  gboolean object = g_variant_is_of_type (variant, G_VARIANT_TYPE_VARDICT);
  cJSON *tree = object ? cJSON_CreateObject () : cJSON_CreateArray ();
  for (gsize i = 0; i < g_variant_n_children (variant); i++) {
    g_autoptr (GVariant) child = g_variant_get_child_value (variant, i);
    if (object) {
      g_autoptr (GVariant) name = g_variant_get_child_value (child, 0), value = g_variant_get_child_value (child, 1);
      cJSON_AddItemToObject (tree, g_variant_get_string (name, NULL), json_from_variant (value));
    } else
      cJSON_AddItemToArray (tree, json_from_variant (child));
  }
  return tree;
}

static cJSON *
json_from_value (const Value *value)
{
  cJSON *object = cJSON_CreateObject ();
  add_text (object, "kind", value->kind);
  cJSON_AddItemToObject (object, "value", json_from_variant (value->value));
  add_text (object, "unit", value->unit);
  add_text (object, "bound", bound_name (value->bound));
  cJSON_AddBoolToObject (object, "target", value->target);
  add_text (object, "text", value->text);
  add_text (object, "about", value->subject);
  return object;
}

cJSON *
json_from_choices (const GPtrArray *choices)
{
  cJSON *list = cJSON_CreateArray ();
  for (guint i = 0; i < choices->len; i++) {
    const Choice *choice = g_ptr_array_index (choices, i);
    cJSON *each = cJSON_CreateObject ();
    add_text (each, "text", choice->text);
    cJSON_AddBoolToObject (each, "chosen", choice->chosen);
    cJSON_AddItemToArray (list, each);
  }
  return list;
}

cJSON *
json_from_answers_by (const GPtrArray *by)
{
  cJSON *list = cJSON_CreateArray ();
  for (guint i = 0; i < by->len; i++) {
    const AnswerBy *answer = g_ptr_array_index (by, i);
    cJSON *each = cJSON_CreateObject ();
    add_text (each, "head", answer->head);
    add_text (each, "text", answer->text);
    add_text (each, "status", answer_status_name (answer->status));
    cJSON_AddItemToArray (list, each);
  }
  return list;
}

static cJSON *
json_from_answer (const char *text, const Answer *answer)
{
  cJSON *object = cJSON_CreateObject ();
  add_text (object, "text", text);
  add_text (object, "status", answer_status_name (answer->status));
  add_text (object, "detail", answer->detail);
  cJSON *values = cJSON_AddArrayToObject (object, "values");
  for (guint i = 0; i < answer->values->len; i++)
    cJSON_AddItemToArray (values, json_from_value (g_ptr_array_index (answer->values, i)));
  if (answer->choices)
    cJSON_AddItemToObject (object, "choices", json_from_choices (answer->choices));
  if (answer->by)
    cJSON_AddItemToObject (object, "by", json_from_answers_by (answer->by));
  return object;
}

/* Two columns under the same head: the second is "備考 (2)", since an object has each key once. */
static cJSON *
json_from_others (const GPtrArray *others)
{
  cJSON *object = cJSON_CreateObject ();
  for (guint i = 0; others && i < others->len; i++) {
    const OtherField *other = g_ptr_array_index (others, i);
    g_autofree char *key = g_utf8_make_valid (other->name, -1);
    for (int again = 2; cJSON_GetObjectItemCaseSensitive (object, key); again++) {
      g_free (key);
      key = g_strdup_printf ("%s (%d)", other->name, again);
    }
    add_text (object, key, other->text);
  }
  return object;
}

/* The struck words of each field; nothing is added where there are none. */
static void
add_struck (cJSON *object, const Item *item)
{
  cJSON *struck = cJSON_CreateObject ();
  for (int i = 0; i < ITEM_FIELD_COUNT; i++)
    if (item->struck[i] && item_fields[i].key)
      add_text (struck, item_fields[i].key, item->struck[i]);
  if (item->struck_others->len > 0)
    cJSON_AddItemToObject (struck, "other", json_from_others (item->struck_others));
  if (struck->child)
    cJSON_AddItemToObject (object, "struck", struck);
  else
    cJSON_Delete (struck);
}

cJSON *
json_from_item (const Catalogue *catalogue, const Item *item)
{
  cJSON *object = cJSON_CreateObject ();
  cJSON_AddItemToObject (object, catalogue->key, json_from_match (&item->match));
  for (int i = 0; i < ITEM_FIELD_COUNT; i++) {
    const ItemField *field = &item_fields[i];
    if (field->kind == COLUMN_ANSWER)
      cJSON_AddItemToObject (object, field->key, json_from_answer (item->answer, item->meaning));
    else if (field->key)
      add_text (object, field->key, *item_text_of (item, field));
  }
  cJSON_AddItemToObject (object, "other", json_from_others (item->others));
  add_struck (object, item);
  cJSON_AddItemToObject (object, "place", json_from_places (item->places));
  cJSON_AddItemToObject (object, "confidence", cJSON_CreateNumber (rounded (item->confidence, 2)));
  return object;
}

static cJSON *
json_of_items (const Sheet *sheet)
{
  cJSON *list = cJSON_CreateArray ();
  for (guint i = 0; i < sheet->items->len; i++)
    cJSON_AddItemToArray (list, json_from_item (sheet->catalogue, sheet_item (sheet, i)));
  return list;
}

static cJSON *
json_from_text_coverage (const TextCoverage *characters)
{
  cJSON *object = cJSON_CreateObject ();
  cJSON_AddNumberToObject (object, "total", characters->total);
  cJSON_AddNumberToObject (object, "in_items", characters->in_items);
  cJSON_AddNumberToObject (object, "in_facts", characters->in_facts);
  cJSON_AddNumberToObject (object, "headers_footers", characters->headers_footers);
  cJSON_AddNumberToObject (object, "hidden", characters->hidden);
  cJSON_AddNumberToObject (object, "other", characters->other);
  cJSON_AddNumberToObject (object, "unread", characters->unread);
  return object;
}

static cJSON *
json_of_coverage (const Sheet *sheet)
{
  const Catalogue *catalogue = sheet->catalogue;
  g_autofree int *times = g_new0 (int, catalogue->count);
  int mapped = 0, extensions = 0;
  for (guint i = 0; i < sheet->items->len; i++) {
    const CatalogueItem *item = sheet_item (sheet, i)->match.item;
    if (item)
      times[catalogue_index (catalogue, item)]++;
    else
      extensions++;
  }

  cJSON *missing = cJSON_CreateArray (), *repeated = cJSON_CreateArray ();
  for (int i = 0; i < catalogue->count; i++) {
    mapped += times[i] > 0;
    if (times[i] != 1)
      cJSON_AddItemToArray (times[i] ? repeated : missing, json_from_text (catalogue->items[i].id));
  }

  cJSON *object = cJSON_CreateObject ();
  add_text (object, "catalogue", catalogue->id);
  cJSON_AddNumberToObject (object, "mapped", mapped);
  cJSON_AddItemToObject (object, "missing", missing);
  cJSON_AddItemToObject (object, "repeated", repeated);
  cJSON_AddNumberToObject (object, "extensions", extensions);
  cJSON_AddItemToObject (object, "text", json_from_text_coverage (&sheet->characters));
  return object;
}

/* The items are named by the sheet's own numbers, where they have some. */
static cJSON *
json_from_finding (const Sheet *sheet, const Finding *finding)
{
  cJSON *object = cJSON_CreateObject (), *items = cJSON_CreateArray ();
  for (guint i = 0; i < finding->items->len; i++) {
    const Item *item = sheet_item (sheet, g_array_index (finding->items, int, i));
    cJSON_AddItemToArray (items, json_from_text (item->number ? item->number : item->name ? item->name : "-"));
  }
  add_text (object, "code", finding->code);
  add_text (object, "severity", note_severity_name (finding->severity));
  cJSON_AddItemToObject (object, "items", items);
  add_text (object, "text", finding->text);
  return object;
}

static cJSON *
json_of_checks (const Sheet *sheet)
{
  cJSON *list = cJSON_CreateArray ();
  for (guint i = 0; i < sheet->findings->len; i++)
    cJSON_AddItemToArray (list, json_from_finding (sheet, g_ptr_array_index (sheet->findings, i)));
  return list;
}

static cJSON *
json_of_notes (const Sheet *sheet)
{
  cJSON *list = cJSON_CreateArray ();
  for (guint i = 0; i < sheet->notes->len; i++) {
    const Note *note = g_ptr_array_index (sheet->notes, i);
    cJSON *object = cJSON_CreateObject ();
    add_text (object, "code", note->code);
    add_text (object, "severity", note_severity_name (note->severity));
    add_text (object, "text", note->text);
    cJSON_AddItemToObject (object, "place", json_from_place (note->place));
    cJSON_AddItemToArray (list, object);
  }
  return list;
}

static cJSON *
json_of_maker (const Knowledge *knowledge)
{
  cJSON *object = cJSON_CreateObject ();
  add_text (object, "program", "checksheet " VERSION);
  add_text (object, "fingerprint", knowledge->fingerprint);
  return object;
}

static cJSON *
tree_from_sheet (const Knowledge *knowledge, const Sheet *sheet)
{
  cJSON *tree = cJSON_CreateObject ();
  add_text (tree, "format", "checksheet/1");
  cJSON_AddItemToObject (tree, "source", json_of_source (sheet));
  cJSON_AddItemToObject (tree, "document", json_from_document (&sheet->document));
  cJSON_AddItemToObject (tree, "items", json_of_items (sheet));
  cJSON_AddItemToObject (tree, "coverage", json_of_coverage (sheet));
  cJSON_AddItemToObject (tree, "confidence", cJSON_CreateNumber (rounded (sheet->confidence, 2)));
  cJSON_AddItemToObject (tree, "checks", json_of_checks (sheet));
  cJSON_AddItemToObject (tree, "notes", json_of_notes (sheet));
  cJSON_AddItemToObject (tree, "made_by", json_of_maker (knowledge));
  return tree;
}

char *
json_from_sheet (const Knowledge *knowledge, const Sheet *sheet)
{
  cJSON *tree = tree_from_sheet (knowledge, sheet);
  char *text = json_text_for_eyes (tree);
  cJSON_Delete (tree);
  return text;
}

char *
ndjson_from_sheet (const Knowledge *knowledge, const Sheet *sheet)
{
  cJSON *tree = tree_from_sheet (knowledge, sheet);
  char *text = json_text_of_one_line (tree);
  cJSON_Delete (tree);
  return text;
}
