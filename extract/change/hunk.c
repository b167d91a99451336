/* hunk.c - see hunk.h */
#include "change/hunk.h"

#include "change/word_change.h"
#include "text/width.h"

#include <string.h>

#define LEFT_OUT "…"

/* So many cells of what stayed are shown next to a change, and nothing is left out that would be shorter than that. */
enum { CONTEXT_CELLS = 40 };

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

/* Part of a text. */
typedef struct {
  const char *start;
  gsize length;
} Part;

static int
part_cells (Part part)
{
  g_autofree char *text = g_strndup (part.start, part.length);
  return text_cells (text);
}

/* Whether a word or a number goes on at AT. */
static gboolean
is_inside_word (const char *at, const char *start)
{
  return at > start && (guchar)at[-1] > ' ' && (guchar)at[-1] < 0x7f && (guchar)*at > ' ' && (guchar)*at < 0x7f;
}

/* The first words that fit the context. */
static Part
head_of (Part part)
{
  g_autofree char *text = g_strndup (part.start, part.length);
  gsize length = text_bytes_in_cells (text, CONTEXT_CELLS);
  while (length < part.length && is_inside_word (part.start + length, part.start))
    length--;
  return (Part){part.start, length};
}

/* The last ones. */
static Part
tail_of (Part part)
{
  g_autofree char *text = g_strndup (part.start, part.length);
  const char *at = text + text_bytes_in_cells (text, MAX (text_cells (text) - CONTEXT_CELLS, 0));
  while (*at && is_inside_word (at, text))
    at++;
  gsize skipped = (gsize)(at - text);
  return (Part){part.start + skipped, part.length - skipped};
}

static void
add_part (GArray *runs, Part part, Mark mark)
{
  if (part.length > 0)
    runs_add (runs, part.start, (gssize)part.length, mark);
}

/* What stayed: before the first change, between two, or after the last. */
typedef struct {
  gboolean first, last;
  gboolean beside;
} Position;

static void
add_head (GArray *runs, Part part)
{
  add_part (runs, head_of (part), MARK_NONE);
  runs_add (runs, LEFT_OUT, -1, MARK_NONE);
}

static void
add_tail (GArray *runs, Part part)
{
  runs_add (runs, LEFT_OUT, -1, MARK_NONE);
  add_part (runs, tail_of (part), MARK_NONE);
}

static gboolean
is_long (Part part, Position position)
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
  return runs->len == 0 || g_str_has_suffix (g_array_index (runs, Run, runs->len - 1).text, "\n");
}

static void
begin_hunk_at_line (GPtrArray *hunks)
{
  const Hunk *hunk = last_hunk (hunks);
  if (hunk->old->len + hunk->new->len > 0 && ends_line (hunk->old) && ends_line (hunk->new))
    g_ptr_array_add (hunks, hunk_new ());
}

/* The first line of a part, with its end; moves the part behind it. */
static Part
take_line (Part *part)
{
  const char *end = memchr (part->start, '\n', part->length);
  Part line = {part->start, end ? (gsize)(end + 1 - part->start) : part->length};
  part->start += line.length;
  part->length -= line.length;
  return line;
}

static gboolean
has_line_end (Part part)
{
  return memchr (part.start, '\n', part.length) != NULL;
}

static void
add_short (GPtrArray *hunks, Part old, Part new, gboolean beside)
{
  while (beside && has_line_end (old) && has_line_end (new)) {
    add_part (last_hunk (hunks)->old, take_line (&old), MARK_NONE);
    add_part (last_hunk (hunks)->new, take_line (&new), MARK_NONE);
    begin_hunk_at_line (hunks);
  }
  add_part (last_hunk (hunks)->old, old, MARK_NONE);
  add_part (last_hunk (hunks)->new, new, MARK_NONE);
}

/* A long one between two changes ends a hunk and begins another. */
static void
add_same (GPtrArray *hunks, Part old, Part new, Position position)
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

static Part
old_part (const Stretch *stretch, const char *old)
{
  return (Part){old + stretch->old_start, (gsize)(stretch->old_end - stretch->old_start)};
}

static Part
new_part (const Stretch *stretch, const char *new)
{
  return (Part){new + stretch->new_start, (gsize)(stretch->new_end - stretch->new_start)};
}

/* Without the white space at its end, which parts what changed from what stayed. */
static Part
trimmed (Part part)
{
  while (part.length > 0 && g_ascii_isspace (part.start[part.length - 1]))
    part.length--;
  return part;
}

static void
add_space_after (GArray *runs, Part part)
{
  Part inner = trimmed (part);
  add_part (runs, (Part){part.start + inner.length, part.length - inner.length}, MARK_NONE);
}

static void
add_changed (GArray *runs, Part part, Mark mark)
{
  add_part (runs, trimmed (part), mark);
  add_space_after (runs, part);
}

GPtrArray *
hunks_from_texts (const Knowledge *knowledge, const char *old, const char *new, gboolean beside)
{
  old = old ? old : "";
  new = new ? new : "";
  GPtrArray *hunks = g_ptr_array_new_with_free_func (hunk_free);
  g_autoptr (GArray) stretches = stretches_from_texts (knowledge, old, new);
  g_ptr_array_add (hunks, hunk_new ());
  for (guint i = 0; i < stretches->len; i++) {
    const Stretch *stretch = &g_array_index (stretches, Stretch, i);
    Part before = old_part (stretch, old), now = new_part (stretch, new);
    if (!stretch->changed) {
      add_same (hunks, before, now, (Position){i == 0, i + 1 == stretches->len, beside});
      continue;
    }
    add_changed (last_hunk (hunks)->old, before, MARK_OLD);
    add_changed (last_hunk (hunks)->new, now, MARK_NEW);
    if (beside)
      begin_hunk_at_line (hunks);
  }
  return hunks;
}

static void
add_between_brackets (GArray *runs, const char *open, Part part, const char *close)
{
  Part inner = trimmed (part);
  if (inner.length == 0)
    return;
  runs_add (runs, open, -1, MARK_NONE);
  add_part (runs, inner, MARK_NONE);
  runs_add (runs, close, -1, MARK_NONE);
}

/* What stayed, with the middle left out where it is long. */
static void
add_same_inline (GArray *runs, Part part, Position position)
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

GArray *
runs_from_texts (const Knowledge *knowledge, const char *old, const char *new)
{
  old = old ? old : "";
  new = new ? new : "";
  GArray *runs = runs_new ();
  g_autoptr (GArray) stretches = stretches_from_texts (knowledge, old, new);
  for (guint i = 0; i < stretches->len; i++) {
    const Stretch *stretch = &g_array_index (stretches, Stretch, i);
    Part before = old_part (stretch, old), now = new_part (stretch, new);
    if (!stretch->changed) {
      add_same_inline (runs, now, (Position){i == 0, i + 1 == stretches->len, FALSE});
      continue;
    }
    add_between_brackets (runs, "[-", before, "-]");
    add_between_brackets (runs, "{+", now, "+}");
    add_space_after (runs, trimmed (now).length > 0 ? now : before);
  }
  return runs;
}
