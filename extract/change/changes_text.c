/* changes_text.c - changes for people: item by item what changed in it, then what it comes to.
 *
 *   changed: 5 サービス稼働率 (METI-CSL-05)
 *     ■サービス稼働率            │ ■サービス稼働率
 *     2023年 99.97%              │ 2024年 99.99%
 *                                │ 2023年 99.97%
 *
 * Without colours, or where the terminal is narrow, the two are not side by side.
 */
#include "change/changes.h"

#include <glib/gi18n.h>

#include "change/hunk.h"
#include "patterns/knowledge.h"

/* Two columns need so many cells. */
enum { WIDTH_BESIDE_LEAST = 60, INDENT = 2 };

/* A list of numbers is no longer than this: a row that was put in renumbers all below it. */
enum { LISTED_MOST = 8 };

typedef struct {
  GString *out;
  const Changes *changes;
  int width;
  gboolean coloured;
} Writing;

typedef struct {
  const char *field, *label;
} FieldLabel;

static const FieldLabel field_labels[] = {
    {"category", N_ ("category")}, {"name", N_ ("name")},     {"definition", N_ ("definition")},
    {"unit", N_ ("unit")},         {"status", N_ ("status")},
};

static const char *
field_label (const FieldChange *change)
{
  if (change->column)
    return change->column;
  for (gsize i = 0; i < G_N_ELEMENTS (field_labels); i++)
    if (g_str_equal (field_labels[i].field, change->field))
      return _ (field_labels[i].label);
  return NULL; /* the answer: what everybody expects */
}

static void
append_line (const Writing *writing, const char *text, int indent, Mark mark)
{
  g_autoptr (GArray) runs = runs_new ();
  runs_add (runs, text, -1, mark);
  append_runs (writing->out, runs, writing->width, indent, writing->coloured);
}

/* "changed: 5 サービス稼働率 (METI-CSL-05)" */
static void
append_heading (const Writing *writing, const char *kind, const ItemChange *change)
{
  const Item *item = change->new ? change->new : change->old;
  g_autofree char *name = g_strdelimit (g_strdup (item->name ? item->name : ""), "\n", ' ');
  gboolean silent = writing->changes->declares && !change->declared;
  g_autofree char *unknown = g_strdup_printf (_ ("none of %s's items"), writing->changes->catalogue->owner);
  g_autofree char *heading = g_strdup_printf (
      "%s: %s%s%s (%s)%s%s", kind, item->number ? item->number : "", item->number && item->name ? " " : "", name,
      item->match.item ? item->match.item->id : unknown, silent ? " - " : "", silent ? _ ("not declared") : "");
  if (writing->out->len > 0)
    g_string_append_c (writing->out, '\n');
  append_line (writing, heading, 0, MARK_HEADING);
}

/* Fields */

static void
append_hunk (const Writing *writing, const Hunk *hunk)
{
  if (writing->width >= WIDTH_BESIDE_LEAST) {
    append_runs_beside (writing->out, hunk->old, hunk->new, writing->width, INDENT);
    return;
  }
  append_runs (writing->out, hunk->old, writing->width, INDENT, TRUE);
  append_line (writing, "────", INDENT, MARK_NONE);
  append_runs (writing->out, hunk->new, writing->width, INDENT, TRUE);
}

static void
append_field (const Knowledge *knowledge, const Writing *writing, const FieldChange *change)
{
  const char *label = field_label (change);
  if (label) {
    g_autofree char *line = g_strdup_printf ("%s:", label);
    append_line (writing, line, INDENT, MARK_NONE);
  }
  if (!writing->coloured) {
    g_autoptr (GArray) runs = runs_from_texts (knowledge, change->old, change->new);
    append_runs (writing->out, runs, writing->width, INDENT, FALSE);
    return;
  }
  g_autoptr (GPtrArray) hunks =
      hunks_from_texts (knowledge, change->old, change->new, writing->width >= WIDTH_BESIDE_LEAST);
  for (guint i = 0; i < hunks->len; i++)
    append_hunk (writing, g_ptr_array_index (hunks, i));
}

static void
append_changed (const Knowledge *knowledge, const Writing *writing)
{
  for (guint i = 0; i < writing->changes->changed->len; i++) {
    const ItemChange *change = g_ptr_array_index (writing->changes->changed, i);
    append_heading (writing, _ ("changed"), change);
    for (guint j = 0; j < change->fields->len; j++)
      append_field (knowledge, writing, &g_array_index (change->fields, FieldChange, j));
  }
}

/* Whole items; their answers say what came or went. */
static void
append_items (const Writing *writing, const char *kind, const GPtrArray *items, Mark mark)
{
  for (guint i = 0; i < items->len; i++) {
    const ItemChange *change = g_ptr_array_index (items, i);
    const Item *item = change->new ? change->new : change->old;
    append_heading (writing, kind, change);
    if (item->answer)
      append_line (writing, item->answer, INDENT, mark);
  }
}

/* Summary */

/* "5, 23, 50"; "none" */
static char *
list_of_numbers (const GPtrArray *numbers)
{
  GString *list = g_string_new (numbers->len > 0 ? NULL : _ ("none"));
  for (guint i = 0; i < numbers->len; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", (const char *)g_ptr_array_index (numbers, i));
  return g_string_free (list, FALSE);
}

static void
append_declared (const Writing *writing)
{
  const Changes *changes = writing->changes;
  if (!changes->declares) {
    append_line (writing, _ ("the document has no table of revisions"), 0, MARK_NONE);
    return;
  }
  g_autofree char *declared = list_of_numbers (changes->declared);
  g_autofree char *undeclared = list_of_numbers (changes->undeclared);
  g_autofree char *line = g_strdup_printf (_ ("declared by the vendor: %s; not declared: %s"), declared, undeclared);
  append_line (writing, line, 0, MARK_NONE);
  if (changes->unfounded->len == 0)
    return;
  g_autofree char *unfounded = list_of_numbers (changes->unfounded);
  g_autofree char *more = g_strdup_printf (_ ("declared, and not found changed: %s"), unfounded);
  append_line (writing, more, 0, MARK_NONE);
}

static void
append_renumbered (const Writing *writing)
{
  const GPtrArray *renumbered = writing->changes->renumbered;
  if (renumbered->len == 0)
    return;
  g_autoptr (GString) list = g_string_new (NULL);
  for (guint i = 0; i < renumbered->len && i < LISTED_MOST; i++) {
    const ItemChange *change = g_ptr_array_index (renumbered, i);
    g_string_append_printf (list, "%s%s → %s", i > 0 ? ", " : "", change->old->number, change->new->number);
  }
  if (renumbered->len > LISTED_MOST)
    g_string_append (list, ", …");
  g_autofree char *line = g_strdup_printf (_ ("renumbered %u: %s"), renumbered->len, list->str);
  append_line (writing, line, 0, MARK_NONE);
}

static void
append_summary (const Writing *writing)
{
  const Changes *changes = writing->changes;
  g_autofree char *counts = g_strdup_printf (_ ("changed %u, added %u, removed %u"), changes->changed->len,
                                             changes->added->len, changes->removed->len);
  if (changes_are_none (changes) && changes->unfounded->len == 0) {
    append_renumbered (writing);
    return;
  }
  if (writing->out->len > 0)
    g_string_append_c (writing->out, '\n');
  append_line (writing, counts, 0, MARK_HEADING);
  append_declared (writing);
  append_renumbered (writing);
  if (changes->reworded->len > 0) {
    g_autofree char *line = g_strdup_printf (_ ("worded or read otherwise, and no change: %u"), changes->reworded->len);
    append_line (writing, line, 0, MARK_NONE);
  }
}

char *
text_from_changes (const Knowledge *knowledge, const Changes *changes, int width, gboolean coloured)
{
  Writing writing = {g_string_new (NULL), changes, width, coloured};
  append_changed (knowledge, &writing);
  append_items (&writing, _ ("added"), changes->added, MARK_NEW);
  append_items (&writing, _ ("removed"), changes->removed, MARK_OLD);
  append_summary (&writing);
  return g_string_free (writing.out, FALSE);
}
