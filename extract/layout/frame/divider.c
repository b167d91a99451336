/* divider.c - see divider.h */
#include "layout/frame/divider.h"

#include <math.h>

/* Points: the dashes and dots of a border, and what cells leave open at their corners, are no farther apart than this;
 * two tables are. */
#define PIECE_GAP 3.5

/* More pieces than any sheet has: what a hostile page draws beyond them is ignored. */
#define PIECES_LIMIT 40000

/* Points: two pieces of one line are no farther apart across it than this. */
#define PIECE_OFFSET 1.2

/* Points: every column and row is wider than this. */
#define PIECE_LEAST 4.0

/* Points: a shorter line may be the stroke of a glyph; a line ends at another that is this near. */
#define SHORT 14.0
#define HELD_NEAR 1.2

/* A fill wider than this part of the page is its background, not a cell. */
#define FILL_SHARE 0.97

static gboolean
is_visible (const RulingLine *ruling)
{
  return ruling->red < 0.97 || ruling->green < 0.97 || ruling->blue < 0.97;
}

static int
order_across (gconstpointer a, gconstpointer b)
{
  const Divider *first = a, *second = b;
  if (first->at != second->at)
    return first->at < second->at ? -1 : 1;
  return first->from < second->from ? -1 : first->from > second->from;
}

static int
order_along (gconstpointer a, gconstpointer b)
{
  const Divider *first = a, *second = b;
  return first->from < second->from ? -1 : first->from > second->from;
}

/* The pieces START to END are on one line: joins those that touch and appends the results to JOINED. */
static void
join_along (GArray *pieces, guint start, guint end, GArray *joined)
{
  Divider *first = &g_array_index (pieces, Divider, start);
  double at = (first->at + g_array_index (pieces, Divider, end - 1).at) / 2;
  g_autoptr (GArray) line = g_array_new (FALSE, FALSE, sizeof (Divider));
  g_array_append_vals (line, first, end - start);
  g_array_sort (line, order_along);
  Divider current = g_array_index (line, Divider, 0);
  for (guint i = 1; i < line->len; i++) {
    Divider next = g_array_index (line, Divider, i);
    if (next.from - current.to <= PIECE_GAP) {
      current.to = MAX (current.to, next.to);
      continue;
    }
    current.at = at;
    g_array_append_val (joined, current);
    current = next;
  }
  current.at = at;
  g_array_append_val (joined, current);
}

static void
join_pieces (GArray **dividers)
{
  g_autoptr (GArray) pieces = *dividers;
  GArray *joined = *dividers = g_array_new (FALSE, FALSE, sizeof (Divider));
  g_array_sort (pieces, order_across);
  for (guint start = 0, end; start < pieces->len; start = end) {
    double at = g_array_index (pieces, Divider, start).at;
    for (end = start + 1; end < pieces->len && g_array_index (pieces, Divider, end).at - at <= PIECE_OFFSET;)
      end++;
    join_along (pieces, start, end, joined);
  }
}

/* Whether DIVIDER crosses or ends at a long one of OTHERS, at PLACE along it. */
static gboolean
is_held (double place, const Divider *divider, GArray *others)
{
  for (guint i = 0; i < others->len; i++) {
    const Divider *other = &g_array_index (others, Divider, i);
    if (fabs (other->at - place) <= HELD_NEAR && other->to - other->from >= SHORT &&
        other->from <= divider->at + HELD_NEAR && other->to >= divider->at - HELD_NEAR)
      return TRUE;
  }
  return FALSE;
}

/* A short piece is a divider only where both of its ends are at long ones: else it is part of a glyph, a mark or a
 * picture. */
static void
drop_loose_pieces (GArray *dividers, GArray *others)
{
  for (guint i = dividers->len; i-- > 0;) {
    const Divider *divider = &g_array_index (dividers, Divider, i);
    double length = divider->to - divider->from;
    if (length < PIECE_LEAST ||
        (length < SHORT && !(is_held (divider->from, divider, others) && is_held (divider->to, divider, others))))
      g_array_remove_index (dividers, i);
  }
}

static Dividers *
dividers_new (void)
{
  Dividers *dividers = g_new0 (Dividers, 1);
  dividers->horizontal = g_array_new (FALSE, FALSE, sizeof (Divider));
  dividers->vertical = g_array_new (FALSE, FALSE, sizeof (Divider));
  return dividers;
}

static void
add_piece (GArray *pieces, double at, double from, double to)
{
  Divider piece = {at, from, to};
  if (pieces->len < PIECES_LIMIT)
    g_array_append_val (pieces, piece);
}

/* Makes the pieces that DIVIDERS were gathered as whole. */
static Dividers *
dividers_joined (Dividers *dividers)
{
  join_pieces (&dividers->horizontal);
  join_pieces (&dividers->vertical);
  drop_loose_pieces (dividers->horizontal, dividers->vertical);
  drop_loose_pieces (dividers->vertical, dividers->horizontal);
  return dividers;
}

Dividers *
dividers_from_ruling_lines (GArray *ruling_lines)
{
  Dividers *dividers = dividers_new ();
  for (guint i = 0; i < ruling_lines->len; i++) {
    const RulingLine *ruling = &g_array_index (ruling_lines, RulingLine, i);
    const Box *box = &ruling->box;
    if (ruling->kind == RULING_FILL || !is_visible (ruling))
      continue;
    if (ruling->kind != RULING_VERTICAL)
      add_piece (dividers->horizontal, (box->y0 + box->y1) / 2, box->x0, box->x1);
    if (ruling->kind != RULING_HORIZONTAL)
      add_piece (dividers->vertical, (box->x0 + box->x1) / 2, box->y0, box->y1);
  }
  return dividers_joined (dividers);
}

static gboolean
is_covered (Box box, GArray *covered)
{
  for (guint i = 0; i < covered->len; i++)
    if (box_has_middle (g_array_index (covered, Box, i), box))
      return TRUE;
  return FALSE;
}

Dividers *
dividers_from_fills (GArray *ruling_lines, GArray *covered, double page_width)
{
  Dividers *dividers = dividers_new ();
  for (guint i = 0; i < ruling_lines->len; i++) {
    const RulingLine *ruling = &g_array_index (ruling_lines, RulingLine, i);
    const Box *box = &ruling->box;
    if (ruling->kind != RULING_FILL || box->x1 - box->x0 > FILL_SHARE * page_width || is_covered (*box, covered))
      continue;
    add_piece (dividers->horizontal, box->y0, box->x0, box->x1);
    add_piece (dividers->horizontal, box->y1, box->x0, box->x1);
    add_piece (dividers->vertical, box->x0, box->y0, box->y1);
    add_piece (dividers->vertical, box->x1, box->y0, box->y1);
  }
  return dividers_joined (dividers);
}

void
dividers_free (Dividers *dividers)
{
  if (!dividers)
    return;
  g_array_unref (dividers->horizontal);
  g_array_unref (dividers->vertical);
  g_free (dividers);
}
