/* comparison.c - see comparison.h */
#include "change/comparison.h"

#include "answer/answer.h"
#include "change/declared.h"
#include "change/pair.h"
#include "change/wording.h"
#include "items/match.h"
#include "text/likeness.h"

#include <string.h>

/* Fields */

typedef enum { SAME, REWORDED, CHANGED } Difference;

/* Two texts of one field, and their keys. */
typedef struct {
  const char *old, *new;
  char *old_key, *new_key;
  gboolean same_question; /* both items are the same one of the catalogue's */
} FieldTexts;

static void
field_texts_clear (FieldTexts *texts)
{
  g_free (texts->old_key);
  g_free (texts->new_key);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FieldTexts, field_texts_clear)

static gboolean
is_same_question (const Item *old, const Item *new)
{
  const CatalogueItem *before = old->match.item, *now = new->match.item;
  return before && now && g_str_equal (before->id, now->id);
}

static char *
digits_of (const char *text)
{
  GString *digits = g_string_new (NULL);
  for (; *text; text++)
    if (g_ascii_isdigit (*text))
      g_string_append_c (digits, *text);
  return g_string_free (digits, FALSE);
}

/* Whether a definition that differs means the same: it is the catalogue's in both, or alike, with the same digits. */
static gboolean
definition_is_reworded (const Knowledge *knowledge, const FieldTexts *texts)
{
  const CatalogueItem *defined = match_definition (knowledge, texts->old);
  if (defined && defined == match_definition (knowledge, texts->new))
    return TRUE;
  g_autofree char *old_digits = digits_of (texts->old_key), *new_digits = digits_of (texts->new_key);
  return text_similarity (texts->old_key, texts->new_key) >= MATCH_DEFINITION_SCORE &&
         g_str_equal (old_digits, new_digits);
}

/* Whether what LONGER has more than SHORTER narrows it: words before or after it, other than の, a counter, or the same
 * name in another language. Both are folded names of one item. */
static gboolean
is_narrowed (const Knowledge *knowledge, const char *shorter, const char *longer)
{
  gsize length = strlen (shorter);
  gboolean before = g_str_has_prefix (longer, shorter);
  if (length == 0 || (!before && !g_str_has_suffix (longer, shorter)))
    return FALSE;
  g_autofree char *rest = before ? g_strdup (longer + length) : g_strndup (longer, strlen (longer) - length);
  g_autofree char *letters = name_letters (rest);
  const GHashTable *known = knowledge->index->letters;
  g_autofree char *whole = name_letters (longer);
  return strspn (letters, "0123456789") < strlen (letters) && g_utf8_strlen (letters, -1) > 1 &&
         !g_hash_table_contains ((GHashTable *)known, whole) && !g_hash_table_contains ((GHashTable *)known, letters);
}

/* Whether a name that differs names the same: ディザスタリカバリ（データ） is no longer ディザスタリカバリ. */
static gboolean
name_is_reworded (const Knowledge *knowledge, const FieldTexts *texts)
{
  g_autofree char *old = text_folded (knowledge->comparing, texts->old),
                  *new = text_folded (knowledge->comparing, texts->new);
  return texts->same_question && !is_narrowed (knowledge, old, new) && !is_narrowed (knowledge, new, old);
}

/* Of texts whose keys differ: whether only the wording does. */
static gboolean
is_reworded (const Knowledge *knowledge, const FieldTexts *texts, FieldComparison comparison)
{
  switch (comparison) {
  case COMPARED_AS_CATEGORY:
    return TRUE;
  case COMPARED_AS_LABEL:
    return name_is_reworded (knowledge, texts);
  case COMPARED_AS_DEFINITION:
    return texts->same_question && definition_is_reworded (knowledge, texts);
  case COMPARED_AS_ANSWER:
    return wording_is_cut (knowledge, texts->old_key, texts->new_key);
  default:
    return FALSE;
  }
}

static Difference
field_difference (const Knowledge *knowledge, const ItemField *field, const Item *old, const Item *new)
{
  g_auto (FieldTexts) texts = {.old = *item_text_of (old, field),
                               .new = *item_text_of (new, field),
                               .same_question = is_same_question (old, new)};
  if (field->comparison != COMPARED_AS_ANSWER && (!texts.old || !texts.new))
    return SAME;
  texts.old_key = wording_key (knowledge, texts.old);
  texts.new_key = wording_key (knowledge, texts.new);
  if (g_str_equal (texts.old_key, texts.new_key))
    return SAME;
  return is_reworded (knowledge, &texts, field->comparison) ? REWORDED : CHANGED;
}

/* Marks that moved */

/* Whether TEXT is nothing but a word or sign that gives STATUS (有, ○). */
static gboolean
is_mark_of (const Knowledge *knowledge, const char *text, AnswerStatus status)
{
  g_autoptr (Answer) answer = text ? answer_from_text (knowledge, text, NULL, NULL) : NULL;
  return answer && (status == STATUS_YES || status == STATUS_NO || status == STATUS_PARTIAL) &&
         answer->status == status && !answer->detail;
}

/* What ITEM's answer says by itself, without its mark column; the caller frees. */
static Answer *
answer_alone (const Knowledge *knowledge, const Item *item)
{
  return answer_to_question (knowledge, item->name, item->answer, unit_of_item (item), NULL);
}

/* Whether ITEM has a cell that says no more than its status, and OTHER has the status and no such cell: what stood in
 * the answer has a column of its own in one of two revisions. */
static gboolean
has_mark_alone (const Knowledge *knowledge, const Item *item, const Item *other, const OtherField *cell)
{
  AnswerStatus status = item->meaning->status;
  if (status != other->meaning->status || !is_mark_of (knowledge, cell->text, status))
    return FALSE;
  for (guint i = 0; i < other->others->len; i++)
    if (is_mark_of (knowledge, ((const OtherField *)g_ptr_array_index (other->others, i))->text, status))
      return FALSE;
  return TRUE;
}

/* The answer without the mark that gives its status; "" where it is no more than that. The caller frees. */
static char *
answer_without_mark (const Knowledge *knowledge, const Item *item)
{
  AnswerStatus status = item->meaning->status;
  g_autoptr (Answer) alone = answer_alone (knowledge, item);
  if (!item->answer || is_mark_of (knowledge, item->answer, status))
    return g_strdup ("");
  return wording_key (knowledge, alone->status == status && alone->detail ? alone->detail : item->answer);
}

/* Whether ITEM's answer is or begins with a word or sign that gives its status: 有（毎日）. */
static gboolean
begins_with_mark (const Knowledge *knowledge, const Item *item)
{
  AnswerStatus status = item->meaning->status;
  g_autoptr (Answer) alone = item->answer ? answer_alone (knowledge, item) : NULL;
  return alone && (status == STATUS_YES || status == STATUS_NO || status == STATUS_PARTIAL) &&
         alone->status == status && g_strcmp0 (alone->detail, item->answer);
}

/* Whether the answers differ only in that the mark of one has a column of its own in the other, or is another sign there:
 * 有（毎日） and ○（毎日）. */
static gboolean
mark_has_moved (const Knowledge *knowledge, const Item *old, const Item *new)
{
  gboolean moved = old->meaning->status == new->meaning->status &&begins_with_mark (knowledge, old) &&
                   begins_with_mark (knowledge, new);
  for (guint i = 0; i < old->others->len; i++)
    moved = moved || has_mark_alone (knowledge, old, new, g_ptr_array_index (old->others, i));
  for (guint i = 0; i < new->others->len; i++)
    moved = moved || has_mark_alone (knowledge, new, old, g_ptr_array_index (new->others, i));
  if (!moved)
    return FALSE;
  g_autofree char *ours = answer_without_mark (knowledge, old), *theirs = answer_without_mark (knowledge, new);
  return g_str_equal (ours, theirs);
}

/* Whether the mark column, and not the text, decided what the answer says. */
static gboolean
is_decided_by_mark (const Knowledge *knowledge, const Item *item)
{
  g_autoptr (Answer) alone = answer_alone (knowledge, item);
  return alone->status != item->meaning->status;
}

/* Of the mark column (対応可否) only the status that it decides is compared. */
static void
compare_statuses (const Knowledge *knowledge, const Item *old, const Item *new, GArray *changed)
{
  if (old->meaning->status == new->meaning->status ||
      !(is_decided_by_mark (knowledge, old) || is_decided_by_mark (knowledge, new)))
    return;
  FieldChange change = {"status", answer_status_name (old->meaning->status), answer_status_name (new->meaning->status),
                        NULL};
  g_array_append_val (changed, change);
}

/* A cell with a dash is as empty as a missing one. */
static gboolean
is_said (const Knowledge *knowledge, const OtherField *cell)
{
  g_autofree char *key = wording_key (knowledge, cell->text);
  return *key && !g_str_equal (key, "-");
}

/* The cell of ITEM under the same head; where no head is the same, the one with the same text: a head may be read or
 * worded otherwise. */
static const OtherField *
cell_like (const Knowledge *knowledge, const OtherField *cell, const Item *item)
{
  const OtherField *same_text = NULL;
  for (guint i = 0; i < item->others->len; i++) {
    const OtherField *other = g_ptr_array_index (item->others, i);
    if (wording_is_same (knowledge, cell->name, other->name))
      return other;
    if (!same_text && wording_is_same (knowledge, cell->text, other->text))
      same_text = other;
  }
  return same_text;
}

static void
compare_others (const Knowledge *knowledge, const Item *old, const Item *new, GArray *changed)
{
  for (guint i = 0; i < new->others->len; i++) {
    const OtherField *cell = g_ptr_array_index (new->others, i), *before = cell_like (knowledge, cell, old);
    FieldChange change = {"other", before ? before->text : NULL, cell->text, cell->name};
    if (before ? !wording_is_same (knowledge, before->text, cell->text)
               : is_said (knowledge, cell) && !has_mark_alone (knowledge, new, old, cell))
      g_array_append_val (changed, change);
  }
  for (guint i = 0; i < old->others->len; i++) {
    const OtherField *cell = g_ptr_array_index (old->others, i);
    FieldChange change = {"other", cell->text, NULL, cell->name};
    if (is_said (knowledge, cell) && !cell_like (knowledge, cell, new) && !has_mark_alone (knowledge, old, new, cell))
      g_array_append_val (changed, change);
  }
}

/* Appends FieldChange to CHANGED and REWORDED, the fields in the JSON's order. */
static void
compare_fields (const Knowledge *knowledge, const Item *old, const Item *new, GArray *changed, GArray *reworded)
{
  gboolean answer_changed = FALSE;
  for (int i = 0; i < ITEM_FIELD_COUNT; i++) {
    const ItemField *field = &item_fields[i];
    if (field->comparison == COMPARED_NEVER)
      continue;
    Difference difference = field_difference (knowledge, field, old, new);
    FieldChange change = {field->key, *item_text_of (old, field), *item_text_of (new, field), NULL};
    if (field->kind == COLUMN_ANSWER && difference == CHANGED && mark_has_moved (knowledge, old, new))
      difference = REWORDED;
    if (difference != SAME)
      g_array_append_val (difference == CHANGED ? changed : reworded, change);
    if (field->kind == COLUMN_ANSWER)
      answer_changed = difference == CHANGED;
  }
  if (!answer_changed)
    compare_statuses (knowledge, old, new, changed);
  compare_others (knowledge, old, new, changed);
}

/* Items */

/* Takes CHANGE into LIST, if a field of it changed. */
static void
keep_if_any (GPtrArray *list, ItemChange *change)
{
  if (change->fields->len > 0)
    g_ptr_array_add (list, change);
  else
    item_change_free (change);
}

static void
compare_numbers (const Knowledge *knowledge, Changes *changes, const Item *old, const Item *new)
{
  if (!old->number || !new->number)
    return;
  ItemChange *change = item_change_new (old, new);
  FieldChange field = {"number", old->number, new->number, NULL};
  g_autofree char *before = item_number_key (knowledge, old->number), *now = item_number_key (knowledge, new->number);
  if (!g_str_equal (before, now))
    g_array_append_val (change->fields, field);
  keep_if_any (changes->renumbered, change);
}

static void
compare_pair (const Knowledge *knowledge, Changes *changes, const Item *old, const Item *new)
{
  ItemChange *changed = item_change_new (old, new), *reworded = item_change_new (old, new);
  compare_fields (knowledge, old, new, changed->fields, reworded->fields);
  keep_if_any (changes->changed, changed);
  keep_if_any (changes->reworded, reworded);
  compare_numbers (knowledge, changes, old, new);
}

static void
compare_items (const Knowledge *knowledge, Changes *changes, const Sheet *old, const Sheet *new)
{
  g_autofree int *partners = partners_from_sheets (knowledge, old, new);
  g_autofree gboolean *paired = g_new0 (gboolean, old->items->len);
  for (guint i = 0; i < new->items->len; i++) {
    if (partners[i] < 0) {
      g_ptr_array_add (changes->added, item_change_new (NULL, sheet_item (new, (int)i)));
      continue;
    }
    paired[partners[i]] = TRUE;
    compare_pair (knowledge, changes, sheet_item (old, partners[i]), sheet_item (new, (int)i));
  }
  for (guint i = 0; i < old->items->len; i++)
    if (!paired[i])
      g_ptr_array_add (changes->removed, item_change_new (sheet_item (old, (int)i), NULL));
}

Changes *
changes_from_sheets (const Knowledge *knowledge, const Sheet *old, const Sheet *new)
{
  Changes *changes = changes_new (new->catalogue);
  compare_items (knowledge, changes, old, new);
  changes_compare_declared (knowledge, changes, old, new);
  return changes;
}
