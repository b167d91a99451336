/* fields.c - see fields.h */
#include "change/fields.h"

#include "answer/answer.h"
#include "change/wording.h"
#include "items/match.h"
#include "text/folding.h"
#include "text/likeness.h"

typedef enum { SAME, REWORDED, CHANGED } Difference;

/* Two texts of one field, and their keys. */
typedef struct {
  const char *old, *new;
  char *old_key, *new_key;
  gboolean question_is_metis; /* both items are the same one of METI's */
} Wordings;

static void
wordings_clear (Wordings *wordings)
{
  g_free (wordings->old_key);
  g_free (wordings->new_key);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wordings, wordings_clear)

static char *
digits_of (const char *text)
{
  GString *digits = g_string_new (NULL);
  for (; *text; text++)
    if (g_ascii_isdigit (*text))
      g_string_append_c (digits, *text);
  return g_string_free (digits, FALSE);
}

static Difference
label_difference (const Wordings *wordings)
{
  return wordings->question_is_metis ? REWORDED : CHANGED;
}

static Difference
category_difference (const Wordings *wordings)
{
  return REWORDED;
}

static Difference
definition_difference (const Wordings *wordings)
{
  if (!wordings->question_is_metis)
    return CHANGED;
  int no = match_definition (wordings->old);
  if (no && no == match_definition (wordings->new))
    return REWORDED;
  g_autofree char *old_digits = digits_of (wordings->old_key), *new_digits = digits_of (wordings->new_key);
  gboolean alike = text_similarity (wordings->old_key, wordings->new_key) >= MATCH_DEFINITION_SCORE;
  return alike && g_str_equal (old_digits, new_digits) ? REWORDED : CHANGED;
}

static Difference
unit_difference (const Wordings *wordings)
{
  return CHANGED;
}

static Difference
answer_difference (const Wordings *wordings)
{
  return wording_is_cut (wordings->old_key, wordings->new_key) ? REWORDED : CHANGED;
}

typedef struct {
  const char *field;
  gsize offset;                                        /* of the text in Item */
  gboolean may_be_missing;                             /* where only one of the two has it, that says nothing */
  Difference (*difference) (const Wordings *wordings); /* of texts whose keys differ */
} ComparedField;

static const ComparedField fields[] = {
    {"category", G_STRUCT_OFFSET (Item, category), TRUE, category_difference},
    {"name", G_STRUCT_OFFSET (Item, name), TRUE, label_difference},
    {"definition", G_STRUCT_OFFSET (Item, definition), TRUE, definition_difference},
    {"unit", G_STRUCT_OFFSET (Item, unit), TRUE, unit_difference},
    {"answer", G_STRUCT_OFFSET (Item, answer), FALSE, answer_difference},
};

static Difference
field_difference (const ComparedField *field, const Item *old, const Item *new)
{
  g_auto (Wordings) wordings = {.old = G_STRUCT_MEMBER (char *, old, field->offset),
                                .new = G_STRUCT_MEMBER (char *, new, field->offset),
                                .question_is_metis = new->match.no && old->match.no == new->match.no};
  if (field->may_be_missing && (!wordings.old || !wordings.new))
    return SAME;
  wordings.old_key = wording_key (wordings.old);
  wordings.new_key = wording_key (wordings.new);
  return g_str_equal (wordings.old_key, wordings.new_key) ? SAME : field->difference (&wordings);
}

/* Whether the mark column, and not the text, decided what the answer says. */
static gboolean
is_decided_by_mark (const Item *item)
{
  g_autoptr (Answer) alone = answer_from_text (item->answer, unit_of_item (item), NULL);
  return alone->status != item->meaning->status;
}

/* The mark column (対応可否) is seen only by what it decides. */
static void
compare_statuses (const Item *old, const Item *new, GArray *changed)
{
  if (old->meaning->status == new->meaning->status || !(is_decided_by_mark (old) || is_decided_by_mark (new)))
    return;
  FieldChange change = {"status", answer_status_name (old->meaning->status), answer_status_name (new->meaning->status),
                        NULL};
  g_array_append_val (changed, change);
}

/* A cell with a dash is as empty as one that is not there. */
static gboolean
is_said (const OtherField *cell)
{
  g_autofree char *key = wording_key (cell->text);
  return *key && !g_str_equal (key, "-");
}

/* The cell of ITEM under the same head; where no head is the same, the one with the same text: a head may be read or
 * worded otherwise. */
static const OtherField *
cell_like (const OtherField *cell, const Item *item)
{
  const OtherField *same_text = NULL;
  for (guint i = 0; i < item->others->len; i++) {
    const OtherField *other = g_ptr_array_index (item->others, i);
    if (wording_is_same (cell->name, other->name))
      return other;
    if (!same_text && wording_is_same (cell->text, other->text))
      same_text = other;
  }
  return same_text;
}

static void
compare_others (const Item *old, const Item *new, GArray *changed)
{
  for (guint i = 0; i < new->others->len; i++) {
    const OtherField *cell = g_ptr_array_index (new->others, i), *before = cell_like (cell, old);
    FieldChange change = {"other", before ? before->text : NULL, cell->text, cell->name};
    if (before ? !wording_is_same (before->text, cell->text) : is_said (cell))
      g_array_append_val (changed, change);
  }
  for (guint i = 0; i < old->others->len; i++) {
    const OtherField *cell = g_ptr_array_index (old->others, i);
    FieldChange change = {"other", cell->text, NULL, cell->name};
    if (is_said (cell) && !cell_like (cell, new))
      g_array_append_val (changed, change);
  }
}

void
fields_compare (const Item *old, const Item *new, GArray *changed, GArray *reworded)
{
  gboolean answer_changed = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++) {
    const ComparedField *field = &fields[i];
    Difference difference = field_difference (field, old, new);
    FieldChange change = {field->field, G_STRUCT_MEMBER (char *, old, field->offset),
                          G_STRUCT_MEMBER (char *, new, field->offset), NULL};
    if (difference != SAME)
      g_array_append_val (difference == CHANGED ? changed : reworded, change);
    answer_changed = difference == CHANGED; /* the answer is the last */
  }
  if (!answer_changed)
    compare_statuses (old, new, changed);
  compare_others (old, new, changed);
}
