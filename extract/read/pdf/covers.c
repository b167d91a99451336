/* covers.c - see covers.h */
#include "read/pdf/covers.h"

#include "read/pdf/ruling_lines.h"

#include <math.h>
#include <stdlib.h>

/* A cover less opaque than this lets what is under it be seen; one less than the second is not seen itself. */
#define OPAQUE 0.95f
#define CLEAR 0.05f

/* A colour this near to black or white blots out what it is multiplied or screened with. */
#define BLOTTED 24

/* A shape of more points than this is not looked into, nor are more than so many points held against shapes. */
#define SHAPE_POINTS_LIMIT 256
#define SHAPE_STEPS_LIMIT 20000000

/* A stroke this thick covers text, in points. */
#define THICK_STROKE 4

/* Covers that are looked at one by one. */
#define FEW_COVERS 256

/* Points of one tree: it is small enough for a processor's cache, and so is its memory. */
#define POINTS_AT_ONCE 16384

/* Points of a leaf of the tree; all of them where there are few covers, which cost less to look at than a tree to grow. */
#define LEAF 24
#define COVERS_OF_ONE_LEAF 32

#define WHITE ((PaintedColour){255, 255, 255, TRUE})

int
colour_difference (PaintedColour a, PaintedColour b)
{
  if (!a.known || !b.known)
    return 255;
  return MAX (MAX (abs (a.red - b.red), abs (a.green - b.green)), abs (a.blue - b.blue));
}

/* Finding them */

/* Black multiplied, and white screened, leaves nothing of what is under it. */
static gboolean
blots_out (PaintedBlend blend, PaintedColour colour)
{
  int lowest = MIN (MIN (colour.red, colour.green), colour.blue),
      highest = MAX (MAX (colour.red, colour.green), colour.blue);
  return colour.known &&
         ((blend == BLEND_DARKENS && highest <= BLOTTED) || (blend == BLEND_LIGHTENS && lowest >= 255 - BLOTTED));
}

static void
add_cover (GArray *covers, const PaintedPage *page, const PaintedState *state, Box box, PaintedColour colour,
           gboolean opaque, int path)
{
  box = box_intersection (box_intersection (box, state->clip), (Box){0, 0, page->width, page->height});
  if (state->opacity < CLEAR || MIN (box.x1 - box.x0, box.y1 - box.y0) < 1)
    return;
  gboolean solid = state->opacity >= OPAQUE && (state->blend == BLEND_NORMAL || blots_out (state->blend, colour));
  Cover cover = {.box = box,
                 .order = state->order,
                 .colour = solid ? colour : (PaintedColour){0, 0, 0, FALSE},
                 .opaque = solid && opaque,
                 .path = path};
  g_array_append_val (covers, cover);
}

static const PathPoint *
points_of (const PaintedPage *page, const PaintedPath *path)
{
  return &g_array_index (page->path_points, PathPoint, path->first);
}

/* Whether the path is one rectangle with horizontal and vertical sides. */
static gboolean
is_box (const PaintedPage *page, const PaintedPath *path)
{
  const PathPoint *points = points_of (page, path);
  guint count = path->count;
  if (count > 0 && points[count - 1].kind == PATH_CLOSE)
    count--;
  if (count < 4 || count > 5)
    return FALSE;
  for (guint i = 1; i < count; i++)
    if (points[i].kind != PATH_LINE ||
        (fabs (points[i].x - points[i - 1].x) > 0.05 && fabs (points[i].y - points[i - 1].y) > 0.05))
      return FALSE;
  return TRUE;
}

static void
add_fill (GArray *covers, const PaintedPage *page, guint index)
{
  const PaintedPath *path = &g_array_index (page->paths, PaintedPath, index);
  add_cover (covers, page, &path->state, path->box, path->colour, path->colour.known || path->shaded,
             is_box (page, path) ? PAINTED_NONE : (int)index);
}

/* A thick stroke between two points is a box; what others cover is not sure. */
static void
add_stroke (GArray *covers, const PaintedPage *page, const PaintedPath *path)
{
  const PathPoint *points = points_of (page, path);
  double half = path->width / 2;
  Box box = path->box;
  gboolean straight = path->count == 2 && points[1].kind == PATH_LINE;
  if (straight && fabs (points[0].y - points[1].y) < 0.05)
    add_cover (covers, page, &path->state, (Box){box.x0, box.y0 - half, box.x1, box.y1 + half}, path->colour,
               path->colour.known, PAINTED_NONE);
  else if (straight && fabs (points[0].x - points[1].x) < 0.05)
    add_cover (covers, page, &path->state, (Box){box.x0 - half, box.y0, box.x1 + half, box.y1}, path->colour,
               path->colour.known, PAINTED_NONE);
  else
    add_cover (covers, page, &path->state, (Box){box.x0 - half, box.y0 - half, box.x1 + half, box.y1 + half},
               (PaintedColour){0, 0, 0, FALSE}, FALSE, PAINTED_NONE);
}

/* ■ ● and their like, and what symbol fonts keep for themselves: a digit may stand on them. */
static gboolean
is_solid (gunichar character)
{
  return (character >= 0x25a0 && character <= 0x25ff) || character == 0x2588 || character == 0x2b24 ||
         (character >= 0xe000 && character <= 0xf8ff);
}

static int
compare_order (gconstpointer a, gconstpointer b)
{
  guint first = ((const Cover *)a)->order, second = ((const Cover *)b)->order;
  return first < second ? -1 : first > second;
}

GArray *
covers_from_painted (const PaintedPage *page, gboolean scan)
{
  GArray *covers = g_array_new (FALSE, FALSE, sizeof (Cover));
  for (guint i = 0; i < page->paths->len; i++) {
    const PaintedPath *path = &g_array_index (page->paths, PaintedPath, i);
    if (path->filled && MIN (path->box.x1 - path->box.x0, path->box.y1 - path->box.y0) > LINE_THICKNESS_LIMIT)
      add_fill (covers, page, i);
    else if (!path->filled && path->width >= THICK_STROKE)
      add_stroke (covers, page, path);
  }
  for (guint i = 0; i < page->images->len; i++) {
    const PaintedImage *image = &g_array_index (page->images, PaintedImage, i);
    add_cover (covers, page, &image->state, image->box, (PaintedColour){0, 0, 0, FALSE}, FALSE, PAINTED_NONE);
    if (!box_is_empty (image->solid) && !scan)
      add_cover (covers, page, &image->state, image->solid, (PaintedColour){0, 0, 0, FALSE}, TRUE, PAINTED_NONE);
  }
  for (guint i = 0; i < page->glyphs->len; i++) {
    const PaintedGlyph *glyph = &g_array_index (page->glyphs, PaintedGlyph, i);
    if (is_solid (glyph->character))
      add_cover (covers, page, &glyph->state, glyph->box, (PaintedColour){0, 0, 0, FALSE}, FALSE, PAINTED_NONE);
  }
  g_array_sort (covers, compare_order);
  return covers;
}

gboolean
covers_may_hide (GArray *covers, guint order, Box box)
{
  if (covers->len > FEW_COVERS)
    return TRUE;
  for (guint i = covers->len; i > 0; i--) {
    const Cover *cover = &g_array_index (covers, Cover, i - 1);
    if (cover->order < order)
      return FALSE;
    if (cover->opaque && cover->box.x0 <= box.x1 && cover->box.x1 >= box.x0 && cover->box.y0 <= box.y1 &&
        cover->box.y1 >= box.y0)
      return TRUE;
  }
  return FALSE;
}

/* The tree */

typedef struct {
  Box box;
  guint first, end; /* of `sorted` */
  int parent, left; /* indexes of nodes; the right one follows the left one; left -1: a leaf */
  guint waiting;    /* how many of its points wait for a cover */
} CoverNode;

/* What is looked for, from the last cover to the first. */
typedef enum {
  FIND_OVER,       /* the topmost opaque one painted after the point */
  FIND_UNDER,      /* the topmost one painted before it */
  FIND_IN_THE_END, /* the topmost one */
} CoverSearch;

typedef struct {
  const PaintedPage *page;
  GArray *covers;
  CoveredPoint *points;
  guint count;
  GArray *nodes;
  guint *sorted;   /* indexes of points, those of a node together */
  int *leaf;       /* of each point: its node */
  guint *by_order; /* indexes of points, those painted last first */
  gboolean *waits; /* of each point */
  CoverSearch search;
  guint steps; /* points held against sides of shapes */
} CoverTree;

static const CoveredPoint *
point_at (const CoverTree *tree, guint i)
{
  return &tree->points[tree->sorted[i]];
}

static double
along (const CoverTree *tree, guint i, gboolean by_x)
{
  return by_x ? point_at (tree, i)->x : point_at (tree, i)->y;
}

/* Sorts the points of a node so far that its middle one is in place (Hoare 1961). */
static void
split_at_middle (CoverTree *tree, guint first, guint end, gboolean by_x)
{
  guint middle = first + (end - first) / 2;
  while (end - first > 1) {
    double pivot = along (tree, first + (end - first) / 2, by_x);
    guint low = first, high = end - 1;
    for (;;) {
      while (along (tree, low, by_x) < pivot)
        low++;
      while (along (tree, high, by_x) > pivot)
        high--;
      if (low >= high)
        break;
      guint kept = tree->sorted[low];
      tree->sorted[low++] = tree->sorted[high];
      tree->sorted[high--] = kept;
    }
    guint part = high + 1 > first + 1 ? MIN (high + 1, end - 1) : first + 1;
    if (middle < part)
      end = part;
    else
      first = part;
  }
}

static Box
box_of_points (const CoverTree *tree, guint first, guint end)
{
  Box box = {G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE};
  for (guint i = first; i < end; i++) {
    const CoveredPoint *point = point_at (tree, i);
    box = (Box){MIN (box.x0, point->x), MIN (box.y0, point->y), MAX (box.x1, point->x), MAX (box.y1, point->y)};
  }
  return box;
}

static void
add_node (CoverTree *tree, guint first, guint end, int parent)
{
  CoverNode node = {.box = box_of_points (tree, first, end), .first = first, .end = end, .parent = parent, .left = -1};
  g_array_append_val (tree->nodes, node);
}

/* Nodes are split in the order in which they were added. */
static void
build_tree (CoverTree *tree)
{
  guint most = tree->covers->len <= COVERS_OF_ONE_LEAF ? tree->count : LEAF;
  add_node (tree, 0, tree->count, -1);
  for (guint i = 0; i < tree->nodes->len; i++) {
    CoverNode node = g_array_index (tree->nodes, CoverNode, i);
    if (node.end - node.first <= most) {
      for (guint j = node.first; j < node.end; j++)
        tree->leaf[tree->sorted[j]] = (int)i;
      continue;
    }
    guint middle = node.first + (node.end - node.first) / 2;
    split_at_middle (tree, node.first, node.end, node.box.x1 - node.box.x0 > node.box.y1 - node.box.y0);
    g_array_index (tree->nodes, CoverNode, i).left = (int)tree->nodes->len;
    add_node (tree, node.first, middle, (int)i);
    add_node (tree, middle, node.end, (int)i);
  }
}

/* Shapes */

typedef enum { OUTSIDE, INSIDE, UNSURE } ShapeSide;

typedef struct {
  int winding;
  gboolean odd;
} ShapeCount;

/* A side of a shape that a ray from the point to the right crosses. */
static void
count_side (ShapeCount *count, const PathPoint *a, const PathPoint *b, double x, double y)
{
  if ((a->y > y) == (b->y > y) || x >= a->x + (y - a->y) / (b->y - a->y) * (b->x - a->x))
    return;
  count->winding += a->y > b->y ? 1 : -1;
  count->odd = !count->odd;
}

/* Both rules of filling (ISO 32000-1, 8.5.3.3) must say so; curves are taken as their chords, which leaves what is outside of
 * them unsure. */
static ShapeSide
side_of_shape (CoverTree *tree, const PaintedPath *path, double x, double y)
{
  if (path->count > SHAPE_POINTS_LIMIT || (tree->steps += path->count) > SHAPE_STEPS_LIMIT)
    return UNSURE;
  const PathPoint *points = points_of (tree->page, path), *start = points, *before = NULL;
  ShapeCount count = {0, FALSE};
  gboolean curved = FALSE;
  for (guint i = 0; i < path->count; i++) {
    const PathPoint *point = &points[i];
    if (point->kind == PATH_CLOSE)
      continue;
    if (point->kind == PATH_MOVE) {
      if (before)
        count_side (&count, before, start, x, y);
      start = point;
    } else if (before) {
      count_side (&count, before, point, x, y);
    }
    curved = curved || point->kind == PATH_CURVE;
    before = point;
  }
  if (before)
    count_side (&count, before, start, x, y);
  if (count.odd && count.winding != 0)
    return INSIDE;
  return curved || count.odd || count.winding != 0 ? UNSURE : OUTSIDE;
}

/* Searching */

static gboolean
holds (const Box *outer, const Box *inner)
{
  return outer->x0 <= inner->x0 && outer->x1 >= inner->x1 && outer->y0 <= inner->y0 && outer->y1 >= inner->y1;
}

static gboolean
meets (const Box *a, const Box *b)
{
  return a->x0 <= b->x1 && a->x1 >= b->x0 && a->y0 <= b->y1 && a->y1 >= b->y0;
}

/* The cover with index INDEX is what the point was waiting for. SURE: so is its colour. */
static void
take_cover (CoverTree *tree, guint point_index, int index, gboolean sure)
{
  CoveredPoint *point = &tree->points[point_index];
  PaintedColour colour = sure ? g_array_index (tree->covers, Cover, index).colour : (PaintedColour){0, 0, 0, FALSE};
  tree->waits[point_index] = FALSE;
  if (tree->search == FIND_OVER) {
    point->over = index;
  } else if (tree->search == FIND_UNDER) {
    point->ground = colour;
  } else {
    point->in_the_end = colour;
  }
}

/* Returns how many of the points of a leaf waited for the cover. */
static guint
take_at_points (CoverTree *tree, const CoverNode *node, int index, const Cover *cover)
{
  guint taken = 0;
  for (guint i = node->first; i < node->end; i++) {
    const CoveredPoint *point = point_at (tree, i);
    if (!tree->waits[tree->sorted[i]] || point->x < cover->box.x0 || point->x > cover->box.x1 ||
        point->y < cover->box.y0 || point->y > cover->box.y1)
      continue;
    ShapeSide side =
        cover->path == PAINTED_NONE
            ? INSIDE
            : side_of_shape (tree, &g_array_index (tree->page->paths, PaintedPath, cover->path), point->x, point->y);
    if (side == OUTSIDE || (tree->search == FIND_OVER && side != INSIDE))
      continue;
    take_cover (tree, tree->sorted[i], index, side == INSIDE);
    taken++;
  }
  return taken;
}

/* Returns how many of the points of a node waited for the cover. WHOLE: it covers all of the node. */
static guint
take_at_node (CoverTree *tree, int node_index, int index, const Cover *cover, gboolean whole)
{
  CoverNode *node = &g_array_index (tree->nodes, CoverNode, node_index);
  if (node->waiting == 0 || (!whole && !meets (&cover->box, &node->box)))
    return 0;
  whole = whole || (cover->path == PAINTED_NONE && holds (&cover->box, &node->box));
  guint taken = node->left < 0 ? take_at_points (tree, node, index, cover)
                               : take_at_node (tree, node->left, index, cover, whole) +
                                     take_at_node (tree, node->left + 1, index, cover, whole);
  node->waiting -= taken;
  return taken;
}

static void
set_waiting (CoverTree *tree, guint point, gboolean waits)
{
  if (tree->waits[point] == waits)
    return;
  tree->waits[point] = waits;
  for (int i = tree->leaf[point]; i >= 0; i = g_array_index (tree->nodes, CoverNode, i).parent)
    g_array_index (tree->nodes, CoverNode, i).waiting += waits ? 1 : -1;
}

static void
set_all_waiting (CoverTree *tree, gboolean wait)
{
  for (guint i = 0; i < tree->nodes->len; i++) {
    CoverNode *node = &g_array_index (tree->nodes, CoverNode, i);
    node->waiting = wait ? node->end - node->first : 0;
  }
  for (guint i = 0; i < tree->count; i++)
    tree->waits[i] = wait;
}

/* From the last cover to the first, so that each point waits no longer than until the one that it looks for. */
static void
search_covers (CoverTree *tree, CoverSearch search)
{
  guint next = 0;
  tree->search = search;
  set_all_waiting (tree, search != FIND_UNDER);
  for (guint i = tree->covers->len; i > 0; i--) {
    const Cover *cover = &g_array_index (tree->covers, Cover, i - 1);
    for (; search != FIND_IN_THE_END && next < tree->count; next++) {
      guint order = tree->points[tree->by_order[next]].order;
      if (search == FIND_UNDER ? order <= cover->order : order < cover->order)
        break;
      set_waiting (tree, tree->by_order[next], search == FIND_UNDER);
    }
    if (search != FIND_OVER || cover->opaque)
      take_at_node (tree, 0, (int)i - 1, cover, FALSE);
  }
}

static int
compare_points (gconstpointer a, gconstpointer b, gpointer data)
{
  const CoveredPoint *points = data;
  guint first = points[*(const guint *)a].order, second = points[*(const guint *)b].order;
  return first > second ? -1 : first < second;
}

/* COUNT points from FIRST on. */
static void
find_for (const PaintedPage *page, GArray *covers, GArray *points, guint first, guint count, gboolean in_the_end,
          guint *steps)
{
  g_autoptr (GArray) nodes = g_array_new (FALSE, FALSE, sizeof (CoverNode));
  g_autofree guint *sorted = g_new (guint, count), *by_order = g_new (guint, count);
  g_autofree int *leaf = g_new (int, count);
  g_autofree gboolean *waits = g_new (gboolean, count);
  CoveredPoint *these = &g_array_index (points, CoveredPoint, first);
  CoverTree tree = {page, covers, these, count, nodes, sorted, leaf, by_order, waits, FIND_OVER, *steps};
  gboolean in_order = TRUE; /* as they mostly are */
  for (guint i = 0; i < count; i++) {
    sorted[i] = i;
    by_order[i] = count - 1 - i;
    in_order &= i == 0 || these[i - 1].order <= these[i].order;
  }
  if (!in_order)
    g_qsort_with_data (by_order, (int)count, sizeof (guint), compare_points, these);
  build_tree (&tree);
  search_covers (&tree, FIND_OVER);
  search_covers (&tree, FIND_UNDER);
  if (in_the_end)
    search_covers (&tree, FIND_IN_THE_END);
  *steps = tree.steps;
}

void
covers_find (const PaintedPage *page, GArray *covers, GArray *points, gboolean in_the_end)
{
  guint steps = 0;
  for (guint i = 0; i < points->len; i++) {
    CoveredPoint *point = &g_array_index (points, CoveredPoint, i);
    point->over = PAINTED_NONE;
    point->ground = point->in_the_end = WHITE;
  }
  for (guint i = 0; i < points->len && covers->len > 0; i += POINTS_AT_ONCE)
    find_for (page, covers, points, i, MIN (POINTS_AT_ONCE, points->len - i), in_the_end, &steps);
}
