/* sheet_json.c - see sheet_json.h
 *
 * The first fault is kept, and reading continues with a null in place of what is wrong, so that no step has to check
 * the one before; in the end the sheet is thrown away.
 */
#include "read/sheet_json.h"

#include "answer/answer.h"
#include "model/error.h"
#include "patterns/knowledge.h"

#include <cjson/cJSON.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define FORMAT "checksheet/1"

typedef struct {
  const Knowledge *knowledge;
  GString *where;  /* the path of the current object, "items[3].answer"; empty: the whole */
  char *fault;     /* the path of the first field that is wrong; NULL: none */
  gboolean values; /* they are read, from the texts of the answers */
} SheetReading;

static void
note_fault (SheetReading *reading, const char *key)
{
  if (!reading->fault)
    reading->fault = g_strdup_printf ("%s%s%s", reading->where->str, reading->where->len > 0 ? "." : "", key);
}

/* The member KEY, if IS is true of it; NULL if it is null, NULL and a fault if it is of another type. */
static const cJSON *
member (SheetReading *reading, const cJSON *object, const char *key, cJSON_bool (*is) (const cJSON *))
{
  const cJSON *found = cJSON_GetObjectItemCaseSensitive (object, key);
  if (!found || cJSON_IsNull (found))
    return NULL;
  if (is (found))
    return found;
  note_fault (reading, key);
  return NULL;
}

/* The string KEY; NULL if it is null or "": a sheet that we write has no empty strings. The caller frees. */
static char *
text_of (SheetReading *reading, const cJSON *object, const char *key)
{
  const cJSON *text = member (reading, object, key, cJSON_IsString);
  return text && *text->valuestring ? g_strdup (text->valuestring) : NULL;
}

static double
number_of (SheetReading *reading, const cJSON *object, const char *key, double most)
{
  const cJSON *number = member (reading, object, key, cJSON_IsNumber);
  if (!number)
    return 0;
  if (number->valuedouble >= 0 && number->valuedouble <= most)
    return number->valuedouble;
  note_fault (reading, key);
  return 0;
}

/* The first entry of the list KEY, NULL if it is empty; the others follow by ->next. */
static const cJSON *
first_of_list (SheetReading *reading, const cJSON *object, const char *key)
{
  const cJSON *list = member (reading, object, key, cJSON_IsArray);
  return list ? list->child : NULL;
}

/* Enters the object KEY, or its entry INDEX (-1: it is not a list), until step_out is given what this returns. */
static gsize
step_in (SheetReading *reading, const char *key, int index)
{
  gsize before = reading->where->len;
  g_string_append_printf (reading->where, "%s%s", before > 0 ? "." : "", key);
  if (index >= 0)
    g_string_append_printf (reading->where, "[%d]", index);
  return before;
}

static void
step_out (SheetReading *reading, gsize before)
{
  g_string_truncate (reading->where, before);
}

static void
read_source (SheetReading *reading, const cJSON *tree, Sheet *sheet)
{
  const cJSON *source = member (reading, tree, "source", cJSON_IsObject);
  gsize before = step_in (reading, "source", -1);
  g_autofree char *media_type = text_of (reading, source, "media_type"), *text = text_of (reading, source, "text");
  sheet->uri = text_of (reading, source, "uri");
  sheet->sha256 = text_of (reading, source, "sha256");
  sheet->member = text_of (reading, source, "member");
  sheet->media_type = g_intern_string (media_type);
  sheet->bytes = (gsize)number_of (reading, source, "bytes", G_MAXINT);
  sheet->pages = (int)number_of (reading, source, "pages", G_MAXINT);
  sheet->text = text ? g_intern_string (text) : "born-digital";
  step_out (reading, before);
}

#define READ_TEXT(text) to->text = text_of (reading, object, #text);

static void
read_revision (SheetReading *reading, const cJSON *object, DocumentFacts *facts)
{
  Revision *to = revision_new ();
  g_ptr_array_add (facts->revisions, to);
  REVISION_TEXTS (READ_TEXT);
  for (const cJSON *item = first_of_list (reading, object, "items"); item; item = item->next)
    if (cJSON_IsString (item))
      g_ptr_array_add (to->items, g_strdup (item->valuestring));
    else
      note_fault (reading, "items");
}

static void
read_certification (SheetReading *reading, const cJSON *object, DocumentFacts *facts)
{
  Certification *to = g_new0 (Certification, 1);
  g_ptr_array_add (facts->certifications, to);
  CERTIFICATION_TEXTS (READ_TEXT);
}

/* The entries of the list KEY, one by READ each. */
static void
read_facts (SheetReading *reading, const cJSON *document, const char *key, DocumentFacts *facts,
            void (*read) (SheetReading *reading, const cJSON *object, DocumentFacts *facts))
{
  int index = 0;
  for (const cJSON *object = first_of_list (reading, document, key); object; object = object->next) {
    gsize before = step_in (reading, key, index++);
    read (reading, object, facts);
    step_out (reading, before);
  }
}

static void
read_document (SheetReading *reading, const cJSON *tree, DocumentFacts *to)
{
  const cJSON *object = member (reading, tree, "document", cJSON_IsObject);
  gsize before = step_in (reading, "document", -1);
  to->revisions = revisions_new ();
  to->certifications = certifications_new ();
  DOCUMENT_TEXTS (READ_TEXT);
  read_facts (reading, object, "revisions", to, read_revision);
  read_facts (reading, object, "certifications", to, read_certification);
  step_out (reading, before);
}

static void
read_match (SheetReading *reading, const cJSON *object, Match *match)
{
  const Catalogue *catalogue = reading->knowledge->catalogue;
  const cJSON *known_item = member (reading, object, catalogue->key, cJSON_IsObject);
  if (!known_item)
    return;
  gsize before = step_in (reading, catalogue->key, -1);
  g_autofree char *how = text_of (reading, known_item, "how");
  match->item = catalogue_item (catalogue, (int)number_of (reading, known_item, "no", G_MAXINT));
  match->score = number_of (reading, known_item, "score", 1);
  for (MatchHow known = MATCH_NAME; known <= MATCH_SIMILAR; known++)
    if (!g_strcmp0 (how, match_how_name (known)))
      match->how = known;
  if (!match->item)
    note_fault (reading, "no");
  if (match->how == MATCH_NONE)
    note_fault (reading, "how");
  step_out (reading, before);
}

static AnswerStatus
read_status (SheetReading *reading, const cJSON *object)
{
  g_autofree char *status = text_of (reading, object, "status");
  for (AnswerStatus each = STATUS_STATED; each <= STATUS_UNANSWERED; each++)
    if (!g_strcmp0 (status, answer_status_name (each)))
      return each;
  note_fault (reading, "status");
  return STATUS_STATED;
}

/* NULL where the answer has none. */
static GPtrArray *
read_choices (SheetReading *reading, const cJSON *answer)
{
  GPtrArray *choices = NULL;
  int index = 0;
  for (const cJSON *object = first_of_list (reading, answer, "choices"); object; object = object->next) {
    gsize before = step_in (reading, "choices", index++);
    g_autofree char *text = text_of (reading, object, "text");
    const cJSON *chosen = member (reading, object, "chosen", cJSON_IsBool);
    if (!text || !chosen)
      note_fault (reading, text ? "chosen" : "text");
    choices = choices ? choices : choices_new ();
    choices_add (choices, text ? text : "", cJSON_IsTrue (chosen));
    step_out (reading, before);
  }
  return choices;
}

/* NULL where there is one answer. */
static GPtrArray *
read_answers_by (SheetReading *reading, const cJSON *answer)
{
  GPtrArray *by = NULL;
  int index = 0;
  for (const cJSON *object = first_of_list (reading, answer, "by"); object; object = object->next) {
    gsize before = step_in (reading, "by", index++);
    g_autofree char *head = text_of (reading, object, "head"), *text = text_of (reading, object, "text");
    if (!head)
      note_fault (reading, "head");
    by = by ? by : answers_by_new ();
    answers_by_add (by, head ? head : "", text);
    ((AnswerBy *)g_ptr_array_index (by, by->len - 1))->status = read_status (reading, object);
    step_out (reading, before);
  }
  return by;
}

/* The values are read anew, from the text, or from the detail where that is beside a ticked choice; status and detail are
 * the sheet's, since its mark column, which may decide them, is not in the JSON. */
static void
read_answer (SheetReading *reading, const cJSON *object, Item *item)
{
  const cJSON *answer = member (reading, object, "answer", cJSON_IsObject);
  gsize before = step_in (reading, "answer", -1);
  g_autofree char *detail = text_of (reading, answer, "detail");
  GPtrArray *choices = read_choices (reading, answer);
  item->answer = text_of (reading, answer, "text");
  const char *unit = unit_of_item (item);
  gboolean beside = choices && detail && !(item->answer && strstr (item->answer, detail));
  item->meaning = reading->values ? answer_from_text (reading->knowledge, beside ? detail : item->answer, unit, NULL)
                                  : answer_new ();
  g_free (item->meaning->detail);
  item->meaning->detail = g_steal_pointer (&detail);
  g_clear_pointer (&item->meaning->choices, g_ptr_array_unref);
  item->meaning->choices = choices;
  item->meaning->by = read_answers_by (reading, answer);
  item->meaning->status = read_status (reading, answer);
  step_out (reading, before);
}

static void
read_others (SheetReading *reading, const cJSON *object, GPtrArray *list)
{
  const cJSON *others = member (reading, object, "other", cJSON_IsObject);
  gsize before = step_in (reading, "other", -1);
  for (const cJSON *cell = others ? others->child : NULL; cell; cell = cell->next) {
    if (!cJSON_IsString (cell))
      note_fault (reading, cell->string);
    else if (*cell->valuestring)
      others_take (list, g_strdup (cell->string), g_strdup (cell->valuestring));
  }
  step_out (reading, before);
}

/* Sheets without struck words do not have the object, nor those made before there was one. */
static void
read_struck (SheetReading *reading, const cJSON *object, Item *item)
{
  if (!cJSON_HasObjectItem (object, "struck"))
    return;
  const cJSON *struck = member (reading, object, "struck", cJSON_IsObject);
  gsize before = step_in (reading, "struck", -1);
  for (int i = 0; i < ITEM_FIELD_COUNT; i++)
    if (item_fields[i].key && cJSON_HasObjectItem (struck, item_fields[i].key))
      item->struck[i] = text_of (reading, struck, item_fields[i].key);
  if (cJSON_HasObjectItem (struck, "other"))
    read_others (reading, struck, item->struck_others);
  step_out (reading, before);
}

static Box
box_from_json (const cJSON *list)
{
  double edges[4] = {0};
  for (int i = 0; i < 4; i++) {
    const cJSON *edge = cJSON_GetArrayItem (list, i);
    edges[i] = cJSON_IsNumber (edge) && isfinite (edge->valuedouble) ? edge->valuedouble : 0;
  }
  return (Box){edges[0], edges[1], edges[2], edges[3]};
}

/* A reference to a cell, "AB12": column 28. 0: it is none. */
static int
column_of_cell (const char *cell)
{
  int column = 0;
  for (; cell && g_ascii_isupper (*cell) && column < 16384; cell++)
    column = column * 26 + *cell - 'A' + 1;
  return column;
}

/* Of a place in a page, a text or a workbook. */
static Place
place_from_json (SheetReading *reading, const cJSON *object)
{
  g_autofree char *part = text_of (reading, object, "member");
  Place place = {.page = (int)number_of (reading, object, "page", G_MAXINT),
                 .line = (int)number_of (reading, object, "line", G_MAXINT),
                 .box = box_from_json (member (reading, object, "box", cJSON_IsArray)),
                 .member = g_intern_string (part)};
  if (!cJSON_GetObjectItemCaseSensitive (object, "sheet"))
    return place;
  g_autofree char *sheet = text_of (reading, object, "sheet"), *cell = text_of (reading, object, "cell");
  place.sheet = g_intern_string (sheet);
  place.line = (int)number_of (reading, object, "row", G_MAXINT);
  place.column = column_of_cell (cell);
  return place;
}

static void
read_places (SheetReading *reading, const cJSON *object, Item *item)
{
  int index = 0;
  for (const cJSON *each = first_of_list (reading, object, "place"); each; each = each->next) {
    gsize before = step_in (reading, "place", index++);
    Place place = place_from_json (reading, each);
    g_array_append_val (item->places, place);
    step_out (reading, before);
  }
}

static NoteSeverity
severity_of (SheetReading *reading, const cJSON *object)
{
  g_autofree char *name = text_of (reading, object, "severity");
  for (NoteSeverity each = NOTE_INFO; each <= NOTE_ERROR; each++)
    if (!g_strcmp0 (name, note_severity_name (each)))
      return each;
  note_fault (reading, "severity");
  return NOTE_INFO;
}

static void
read_note (SheetReading *reading, const cJSON *object, GPtrArray *notes)
{
  g_autofree char *code = text_of (reading, object, "code"), *text = text_of (reading, object, "text");
  const cJSON *place = member (reading, object, "place", cJSON_IsObject);
  if (!code)
    note_fault (reading, "code");
  notes_add (notes, g_intern_string (code), severity_of (reading, object),
             place ? place_from_json (reading, place) : (Place){0}, "%s", text ? text : "");
}

static void
read_notes (SheetReading *reading, const cJSON *tree, Sheet *sheet)
{
  int index = 0;
  for (const cJSON *object = first_of_list (reading, tree, "notes"); object; object = object->next) {
    gsize before = step_in (reading, "notes", index++);
    read_note (reading, object, sheet->notes);
    step_out (reading, before);
  }
}

/* Sheets made before there was a confidence have none. */
static double
confidence_of (SheetReading *reading, const cJSON *object)
{
  return cJSON_HasObjectItem (object, "confidence") ? number_of (reading, object, "confidence", 1) : 1;
}

static Item *
item_from_json (SheetReading *reading, const cJSON *object)
{
  Item *item = item_new ();
  read_match (reading, object, &item->match);
  for (int i = 0; i < ITEM_FIELD_COUNT; i++)
    if (item_fields[i].key && item_fields[i].kind != COLUMN_ANSWER)
      *item_text_of (item, &item_fields[i]) = text_of (reading, object, item_fields[i].key);
  read_answer (reading, object, item);
  read_others (reading, object, item->others);
  read_struck (reading, object, item);
  read_places (reading, object, item);
  item->confidence = confidence_of (reading, object);
  return item;
}

static void
read_items (SheetReading *reading, const cJSON *tree, Sheet *sheet)
{
  int index = 0;
  if (!cJSON_IsArray (cJSON_GetObjectItemCaseSensitive (tree, "items")))
    note_fault (reading, "items");
  for (const cJSON *object = first_of_list (reading, tree, "items"); object; object = object->next) {
    gsize before = step_in (reading, "items", index++);
    g_ptr_array_add (sheet->items, item_from_json (reading, object));
    step_out (reading, before);
  }
}

static void
read_coverage (SheetReading *reading, const cJSON *tree, Sheet *sheet)
{
  TextCoverage *characters = &sheet->characters;
  const struct {
    const char *key;
    gsize *letters;
  } parts[] = {{"total", &characters->total},       {"in_items", &characters->in_items},
               {"in_facts", &characters->in_facts}, {"headers_footers", &characters->headers_footers},
               {"hidden", &characters->hidden},     {"other", &characters->other},
               {"unread", &characters->unread}};
  const cJSON *coverage = member (reading, tree, "coverage", cJSON_IsObject);
  gsize before = step_in (reading, "coverage", -1), outer;
  const cJSON *text = member (reading, coverage, "text", cJSON_IsObject);
  outer = step_in (reading, "text", -1);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    *parts[i].letters = (gsize)number_of (reading, text, parts[i].key, G_MAXINT);
  step_out (reading, outer);
  step_out (reading, before);
}

/* Adds the index of the item that LABEL names: by its number, or its name where it has none. */
static void
add_item_named (const Sheet *sheet, const char *label, GArray *items)
{
  for (int i = 0; i < (int)sheet->items->len; i++) {
    const Item *item = sheet_item (sheet, i);
    const char *own = item->number ? item->number : item->name;
    if (g_strcmp0 (own, label))
      continue;
    g_array_append_val (items, i);
    return;
  }
}

static void
read_findings (SheetReading *reading, const cJSON *tree, Sheet *sheet)
{
  int index = 0;
  for (const cJSON *object = first_of_list (reading, tree, "checks"); object; object = object->next) {
    gsize before = step_in (reading, "checks", index++);
    g_autofree char *code = text_of (reading, object, "code"), *text = text_of (reading, object, "text");
    Finding *finding = finding_new (g_intern_string (code ? code : ""), severity_of (reading, object), 0, g_strdup (""),
                                    g_strdup (text ? text : ""));
    for (const cJSON *item = first_of_list (reading, object, "items"); item; item = item->next)
      if (cJSON_IsString (item))
        add_item_named (sheet, item->valuestring, finding->items);
    finding->count = finding->items->len;
    g_ptr_array_add (sheet->findings, finding);
    step_out (reading, before);
  }
}

static Sheet *
sheet_from_tree (const Knowledge *knowledge, const cJSON *tree, gboolean values, GError **error)
{
  g_autoptr (Sheet) sheet = sheet_new ();
  sheet->catalogue = knowledge->catalogue;
  SheetReading reading = {.knowledge = knowledge, .where = g_string_new (NULL), .values = values};
  read_source (&reading, tree, sheet);
  read_document (&reading, tree, &sheet->document);
  read_items (&reading, tree, sheet);
  read_notes (&reading, tree, sheet);
  read_coverage (&reading, tree, sheet);
  read_findings (&reading, tree, sheet);
  sheet->confidence = confidence_of (&reading, tree);
  g_string_free (reading.where, TRUE);
  if (!reading.fault)
    return g_steal_pointer (&sheet);
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_DAMAGED,
               _ ("is not a sheet of the format %s: the field %s is wrong"), FORMAT, reading.fault);
  g_free (reading.fault);
  return NULL;
}

/* Sets ERROR with the line and column of AT in TEXT, both from 1; columns are bytes, since TEXT may not be UTF-8.
 * Always FALSE. */
static gboolean
fail_at (GError **error, const char *text, const char *at)
{
  int line = 1;
  const char *start = text;
  for (const char *byte = text; byte < at; byte++)
    if (*byte == '\n') {
      line++;
      start = byte + 1;
    }
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_DAMAGED, _ ("invalid JSON: line %d, column %d"), line,
               (int)(at - start) + 1);
  return FALSE;
}

static gboolean
check_format (const cJSON *tree, GError **error)
{
  const cJSON *format = cJSON_GetObjectItemCaseSensitive (tree, "format");
  if (cJSON_IsString (format) && g_str_equal (format->valuestring, FORMAT))
    return TRUE;
  g_set_error (
      error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_UNSUPPORTED,
      _ ("is JSON, but not a sheet of the format %s; give what checksheet convert wrote, or the document itself"),
      FORMAT);
  return FALSE;
}

/* A sheet of another catalogue has its items under another key: read with this one, it would have none. */
static gboolean
check_catalogue (const Catalogue *catalogue, const cJSON *tree, GError **error)
{
  const cJSON *coverage = cJSON_GetObjectItemCaseSensitive (tree, "coverage");
  const cJSON *id = cJSON_GetObjectItemCaseSensitive (coverage, "catalogue");
  if (!cJSON_IsString (id) || g_str_equal (id->valuestring, catalogue->id))
    return TRUE;
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_DAMAGED,
               _ ("is a sheet of the catalogue %s, and not of %s; name its file with --catalogue"), id->valuestring,
               catalogue->id);
  return FALSE;
}

static const char *
end_of_white_space (const char *at, const char *end)
{
  while (at < end && *at && strchr (" \t\r\n", *at))
    at++;
  return at;
}

/* Of a sheet of KNOWLEDGE's catalogue; its fields are not looked at. */
static cJSON *
tree_from_json (const Knowledge *knowledge, const char *text, gsize length, GError **error)
{
  const char *end = text;
  if (!g_utf8_validate_len (text, length, &end)) {
    fail_at (error, text, end);
    return NULL;
  }
  cJSON *tree = cJSON_ParseWithLengthOpts (text, length, &end, FALSE);
  gboolean whole = tree && (end = end_of_white_space (end, text + length)) == text + length;
  gboolean good = whole ? check_format (tree, error) && check_catalogue (knowledge->catalogue, tree, error)
                        : fail_at (error, text, end);
  if (good)
    return tree;
  cJSON_Delete (tree);
  return NULL;
}

Sheet *
sheet_from_json (const Knowledge *knowledge, const char *text, gsize length, GError **error)
{
  cJSON *tree = tree_from_json (knowledge, text, length, error);
  Sheet *sheet = tree ? sheet_from_tree (knowledge, tree, TRUE, error) : NULL;
  cJSON_Delete (tree);
  return sheet;
}

cJSON *
sheet_tree_from_json (const Knowledge *knowledge, const char *text, gsize length, GError **error)
{
  cJSON *tree = tree_from_json (knowledge, text, length, error);
  g_autoptr (Sheet) sheet = tree ? sheet_from_tree (knowledge, tree, FALSE, error) : NULL;
  if (sheet)
    return tree;
  cJSON_Delete (tree);
  return NULL;
}
