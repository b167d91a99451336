/* changes_text.c - see changes_text.h
 *
 *   texts ──► stretches (word_change.h) ──► hunks or one list of runs ──► lines (marked_text.h)
 */
#include "change/changes_text.h"

#include "change/marked_text.h"
#include "change/word_change.h"
#include "text/width.h"

#include <glib/gi18n.h>
#include <string.h>

/* The least width for two columns; cells. */
enum { WIDTH_BESIDE_LEAST = 60, INDENT = 2 };

/* The most numbers in a list: a row that was inserted renumbers all below it. */
enum { LISTED_MOST = 8 };

/* This much unchanged text is shown next to a change, and nothing is left out that would be shorter than that. */
enum { CONTEXT_CELLS = 40 };

#define LEFT_OUT "…"

/* Parts of texts */

/* Part of a text. */
typedef struct {
  const char *start;
  gsize length;
} TextPart;

static int
part_cells (TextPart part)
{
  g_autofree char *text = g_strndup (part.start, part.length);
  return text_cells (text);
}

/* Whether AT is within a word or a number. */
static gboolean
is_inside_word (const char *at, const char *start)
{
  return at > start && (guchar)at[-1] > ' ' && (guchar)at[-1] < 0x7f && (guchar)*at > ' ' && (guchar)*at < 0x7f;
}

/* The first words that fit the context. */
static TextPart
head_of (TextPart part)
{
  g_autofree char *text = g_strndup (part.start, part.length);
  gsize length = text_bytes_in_cells (text, CONTEXT_CELLS);
  while (length < part.length && is_inside_word (part.start + length, part.start))
    length--;
  return (TextPart){part.start, length};
}

/* The last words that do. */
static TextPart
tail_of (TextPart part)
{
  g_autofree char *text = g_strndup (part.start, part.length);
  const char *at = text + text_bytes_in_cells (text, MAX (text_cells (text) - CONTEXT_CELLS, 0));
  while (*at && is_inside_word (at, text))
    at++;
  gsize skipped = (gsize)(at - text);
  return (TextPart){part.start + skipped, part.length - skipped};
}

static void
add_part (GArray *runs, TextPart part, RunMark mark)
{
  if (part.length > 0)
    runs_add (runs, part.start, (gssize)part.length, mark);
}

/* Where an unchanged stretch is: before the first change, between two, or after the last. */
typedef struct {
  gboolean first, last;
  gboolean beside; /* old and new will be side by side */
} StretchPosition;

/* Hunks */

/* A changed place of a text, with the words around it. */
typedef struct {
  GArray *old, *new; /* MarkedRun: the place in either text, what changed marked */
} Hunk;

static void
hunk_free (gpointer data)
{
  Hunk *hunk = data;
  g_array_unref (hunk->old);
  g_array_unref (hunk->new);
  g_free (hunk);
}

static Hunk *
hunk_new (void)
{
  Hunk *hunk = g_new (Hunk, 1);
  *hunk = (Hunk){runs_new (), runs_new ()};
  return hunk;
}

static void
add_head (GArray *runs, TextPart part)
{
  add_part (runs, head_of (part), MARK_NONE);
  runs_add (runs, LEFT_OUT, -1, MARK_NONE);
}

static void
add_tail (GArray *runs, TextPart part)
{
  runs_add (runs, LEFT_OUT, -1, MARK_NONE);
  add_part (runs, tail_of (part), MARK_NONE);
}

static gboolean
is_long (TextPart part, StretchPosition position)
{
  return part_cells (part) > CONTEXT_CELLS * (position.first || position.last ? 2 : 3);
}

static Hunk *
last_hunk (GPtrArray *hunks)
{
  return g_ptr_array_index (hunks, hunks->len - 1);
}

static gboolean
ends_line (const GArray *runs)
{
  return runs->len == 0 || g_str_has_suffix (g_array_index (runs, MarkedRun, runs->len - 1).text, "\n");
}

static void
begin_hunk_at_line (GPtrArray *hunks)
{
  const Hunk *hunk = last_hunk (hunks);
  if (hunk->old->len + hunk->new->len > 0 && ends_line (hunk->old) && ends_line (hunk->new))
    g_ptr_array_add (hunks, hunk_new ());
}

/* The first line of a part, with its end; the part then begins after it. */
static TextPart
take_line (TextPart *part)
{
  const char *end = memchr (part->start, '\n', part->length);
  TextPart line = {part->start, end ? (gsize)(end + 1 - part->start) : part->length};
  part->start += line.length;
  part->length -= line.length;
  return line;
}

static gboolean
has_line_end (TextPart part)
{
  return memchr (part.start, '\n', part.length) != NULL;
}

static void
add_short (GPtrArray *hunks, TextPart old, TextPart new, gboolean beside)
{
  while (beside && has_line_end (old) && has_line_end (new)) {
    add_part (last_hunk (hunks)->old, take_line (&old), MARK_NONE);
    add_part (last_hunk (hunks)->new, take_line (&new), MARK_NONE);
    begin_hunk_at_line (hunks);
  }
  add_part (last_hunk (hunks)->old, old, MARK_NONE);
  add_part (last_hunk (hunks)->new, new, MARK_NONE);
}

/* A long unchanged stretch between two changes ends a hunk and begins another. */
static void
add_same (GPtrArray *hunks, TextPart old, TextPart new, StretchPosition position)
{
  if (!is_long (old, position) && !is_long (new, position)) {
    add_short (hunks, old, new, position.beside);
    return;
  }
  Hunk *hunk = last_hunk (hunks);
  if (!position.first) {
    add_head (hunk->old, old);
    add_head (hunk->new, new);
  }
  if (position.last)
    return;
  if (!position.first)
    g_ptr_array_add (hunks, hunk = hunk_new ());
  add_tail (hunk->old, old);
  add_tail (hunk->new, new);
}

static TextPart
old_part (const Stretch *stretch, const char *old)
{
  return (TextPart){old + stretch->old_start, (gsize)(stretch->old_end - stretch->old_start)};
}

static TextPart
new_part (const Stretch *stretch, const char *new)
{
  return (TextPart){new + stretch->new_start, (gsize)(stretch->new_end - stretch->new_start)};
}

/* Without the white space at its end, which separates what changed from what did not. */
static TextPart
trimmed (TextPart part)
{
  while (part.length > 0 && g_ascii_isspace (part.start[part.length - 1]))
    part.length--;
  return part;
}

static void
add_space_after (GArray *runs, TextPart part)
{
  TextPart inner = trimmed (part);
  add_part (runs, (TextPart){part.start + inner.length, part.length - inner.length}, MARK_NONE);
}

static void
add_changed (GArray *runs, TextPart part, RunMark mark)
{
  add_part (runs, trimmed (part), mark);
  add_space_after (runs, part);
}

/* A list of Hunk, which frees them. BESIDE: old and new will be side by side, so that a hunk ends where a line ends in
 * both. */
static GPtrArray *
hunks_from_texts (WordSegmenter *segmenter, const char *old, const char *new, gboolean beside)
{
  GPtrArray *hunks = g_ptr_array_new_with_free_func (hunk_free);
  g_autoptr (GArray) stretches = stretches_from_texts (segmenter, old, new);
  g_ptr_array_add (hunks, hunk_new ());
  for (guint i = 0; i < stretches->len; i++) {
    const Stretch *stretch = &g_array_index (stretches, Stretch, i);
    TextPart before = old_part (stretch, old), now = new_part (stretch, new);
    if (!stretch->changed) {
      add_same (hunks, before, now, (StretchPosition){i == 0, i + 1 == stretches->len, beside});
      continue;
    }
    add_changed (last_hunk (hunks)->old, before, MARK_OLD);
    add_changed (last_hunk (hunks)->new, now, MARK_NEW);
    if (beside)
      begin_hunk_at_line (hunks);
  }
  return hunks;
}

/* One text */

static void
add_between_brackets (GArray *runs, const char *open, TextPart part, const char *close)
{
  TextPart inner = trimmed (part);
  if (inner.length == 0)
    return;
  runs_add (runs, open, -1, MARK_NONE);
  add_part (runs, inner, MARK_NONE);
  runs_add (runs, close, -1, MARK_NONE);
}

/* Unchanged text, its middle left out where it is long. */
static void
add_same_inline (GArray *runs, TextPart part, StretchPosition position)
{
  if (!is_long (part, position)) {
    add_part (runs, part, MARK_NONE);
    return;
  }
  if (!position.first)
    add_part (runs, head_of (part), MARK_NONE);
  runs_add (runs, LEFT_OUT, -1, MARK_NONE);
  if (!position.last)
    add_part (runs, tail_of (part), MARK_NONE);
}

/* All hunks as one text: [-old-]{+new+}. The caller frees the runs. */
static GArray *
runs_from_texts (WordSegmenter *segmenter, const char *old, const char *new)
{
  GArray *runs = runs_new ();
  g_autoptr (GArray) stretches = stretches_from_texts (segmenter, old, new);
  for (guint i = 0; i < stretches->len; i++) {
    const Stretch *stretch = &g_array_index (stretches, Stretch, i);
    TextPart before = old_part (stretch, old), now = new_part (stretch, new);
    if (!stretch->changed) {
      add_same_inline (runs, now, (StretchPosition){i == 0, i + 1 == stretches->len, FALSE});
      continue;
    }
    add_between_brackets (runs, "[-", before, "-]");
    add_between_brackets (runs, "{+", now, "+}");
    add_space_after (runs, trimmed (now).length > 0 ? now : before);
  }
  return runs;
}

/* Items */

typedef struct {
  const Knowledge *knowledge;
  const Changes *changes;
  int width;
  gboolean coloured;
  GString *out;
} ChangesText;

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
  return NULL; /* the answer needs no label */
}

static void
append_line (const ChangesText *text, const char *line, int indent, RunMark mark)
{
  g_autoptr (GArray) runs = runs_new ();
  runs_add (runs, line, -1, mark);
  append_runs (text->out, runs, text->width, indent, text->coloured);
}

/* "changed: 5 サービス稼働率 (METI-CSL-05)" */
static void
append_heading (const ChangesText *text, const char *kind, const ItemChange *change)
{
  const Item *item = change->new ? change->new : change->old;
  g_autofree char *name = g_strdelimit (g_strdup (item->name ? item->name : ""), "\n", ' ');
  gboolean silent = text->changes->declares && !change->declared;
  g_autofree char *unknown = g_strdup_printf (_ ("none of %s's items"), text->changes->catalogue->owner);
  g_autofree char *heading = g_strdup_printf (
      "%s: %s%s%s (%s)%s%s", kind, item->number ? item->number : "", item->number && item->name ? " " : "", name,
      item->match.item ? item->match.item->id : unknown, silent ? " - " : "", silent ? _ ("not declared") : "");
  if (text->out->len > 0)
    g_string_append_c (text->out, '\n');
  append_line (text, heading, 0, MARK_HEADING);
}

/* Fields */

static void
append_hunk (const ChangesText *text, const Hunk *hunk)
{
  if (text->width >= WIDTH_BESIDE_LEAST) {
    append_runs_beside (text->out, hunk->old, hunk->new, text->width, INDENT);
    return;
  }
  append_runs (text->out, hunk->old, text->width, INDENT, TRUE);
  append_line (text, "────", INDENT, MARK_NONE);
  append_runs (text->out, hunk->new, text->width, INDENT, TRUE);
}

static void
append_field (const ChangesText *text, WordSegmenter *segmenter, const FieldChange *change)
{
  const char *label = field_label (change), *old = change->old ? change->old : "",
             *new = change->new ? change->new : "";
  gboolean beside = text->width >= WIDTH_BESIDE_LEAST;
  if (label) {
    g_autofree char *line = g_strdup_printf ("%s:", label);
    append_line (text, line, INDENT, MARK_NONE);
  }
  if (!text->coloured) {
    g_autoptr (GArray) runs = runs_from_texts (segmenter, old, new);
    append_runs (text->out, runs, text->width, INDENT, FALSE);
    return;
  }
  g_autoptr (GPtrArray) hunks = hunks_from_texts (segmenter, old, new, beside);
  for (guint i = 0; i < hunks->len; i++)
    append_hunk (text, g_ptr_array_index (hunks, i));
}

static void
append_changed (const ChangesText *text)
{
  const GPtrArray *changed = text->changes->changed;
  if (changed->len == 0)
    return;
  g_autoptr (WordSegmenter) segmenter = word_segmenter_new (text->knowledge);
  for (guint i = 0; i < changed->len; i++) {
    const ItemChange *change = g_ptr_array_index (changed, i);
    append_heading (text, _ ("changed"), change);
    for (guint j = 0; j < change->fields->len; j++)
      append_field (text, segmenter, &g_array_index (change->fields, FieldChange, j));
  }
}

/* Whole items, by their answers. */
static void
append_items (const ChangesText *text, const char *kind, const GPtrArray *items, RunMark mark)
{
  for (guint i = 0; i < items->len; i++) {
    const ItemChange *change = g_ptr_array_index (items, i);
    const Item *item = change->new ? change->new : change->old;
    append_heading (text, kind, change);
    if (item->answer)
      append_line (text, item->answer, INDENT, mark);
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
append_declared (const ChangesText *text)
{
  const Changes *changes = text->changes;
  if (!changes->declares) {
    append_line (text, _ ("the document has no table of revisions"), 0, MARK_NONE);
    return;
  }
  g_autofree char *declared = list_of_numbers (changes->declared);
  g_autofree char *undeclared = list_of_numbers (changes->undeclared);
  g_autofree char *line = g_strdup_printf (_ ("declared by the vendor: %s; not declared: %s"), declared, undeclared);
  append_line (text, line, 0, MARK_NONE);
  if (changes->unfounded->len == 0)
    return;
  g_autofree char *unfounded = list_of_numbers (changes->unfounded);
  g_autofree char *more = g_strdup_printf (_ ("declared, and not found changed: %s"), unfounded);
  append_line (text, more, 0, MARK_NONE);
}

static void
append_renumbered (const ChangesText *text)
{
  const GPtrArray *renumbered = text->changes->renumbered;
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
  append_line (text, line, 0, MARK_NONE);
}

static void
append_summary (const ChangesText *text)
{
  const Changes *changes = text->changes;
  g_autofree char *counts = g_strdup_printf (_ ("changed %u, added %u, removed %u"), changes->changed->len,
                                             changes->added->len, changes->removed->len);
  if (changes_are_none (changes) && changes->unfounded->len == 0) {
    append_renumbered (text);
    return;
  }
  if (text->out->len > 0)
    g_string_append_c (text->out, '\n');
  append_line (text, counts, 0, MARK_HEADING);
  append_declared (text);
  append_renumbered (text);
  if (changes->reworded->len > 0) {
    g_autofree char *line = g_strdup_printf (_ ("worded or read otherwise, and no change: %u"), changes->reworded->len);
    append_line (text, line, 0, MARK_NONE);
  }
}

char *
text_from_changes (const Knowledge *knowledge, const Changes *changes, int width, gboolean coloured)
{
  ChangesText text = {knowledge, changes, width, coloured, g_string_new (NULL)};
  append_changed (&text);
  append_items (&text, _ ("added"), changes->added, MARK_NEW);
  append_items (&text, _ ("removed"), changes->removed, MARK_OLD);
  append_summary (&text);
  return g_string_free (text.out, FALSE);
}
