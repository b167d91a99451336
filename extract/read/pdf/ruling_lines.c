/* ruling_lines.c - see ruling_lines.h */
#include "read/pdf/ruling_lines.h"

#include <math.h>

/* Bold text is drawn by some programs as the outlines of its glyphs, stroked: paths with curves or with more points. */
#define OUTLINE_POINTS_LIMIT 6

typedef struct {
  const PaintedPath *path;
  GArray *points; /* PathPoint of one outline of the path, closed */
  gboolean curved;
} PathOutline;

/* Within half a degree, as rounding leaves it; a scanned or hand-drawn line is not. */
static gboolean
is_straight (double along, double across)
{
  return fabs (across) <= 0.05 + fabs (along) * 0.008;
}

static void
add_line (GArray *lines, const PaintedPath *path, RulingLineKind kind, Box box, double thickness)
{
  PaintedLine line = {.line = {.kind = kind,
                               .box = box,
                               .thickness = thickness,
                               .red = path->colour.red / 255.0,
                               .green = path->colour.green / 255.0,
                               .blue = path->colour.blue / 255.0}};
  g_array_append_val (lines, line);
}

/* A filled area: a line where it is thin, else a fill. */
static void
add_area (GArray *lines, const PaintedPath *path, Box box)
{
  box = box_intersection (box, path->state.clip);
  double width = box.x1 - box.x0, height = box.y1 - box.y0;
  if (width < 0 || height < 0 || MAX (width, height) < 0.3)
    return;
  double middle_x = (box.x0 + box.x1) / 2, middle_y = (box.y0 + box.y1) / 2;
  if (MAX (width, height) <= LINE_THICKNESS_LIMIT && MAX (width, height) <= 1.5 * MIN (width, height))
    add_line (lines, path, RULING_DOT, box, MIN (width, height));
  else if (height <= LINE_THICKNESS_LIMIT && width > height)
    add_line (lines, path, RULING_HORIZONTAL, (Box){box.x0, middle_y, box.x1, middle_y}, height);
  else if (width <= LINE_THICKNESS_LIMIT)
    add_line (lines, path, RULING_VERTICAL, (Box){middle_x, box.y0, middle_x, box.y1}, width);
  else
    add_line (lines, path, RULING_FILL, box, 0);
}

static void
add_segment (GArray *lines, const PaintedPath *path, const PathPoint *a, const PathPoint *b)
{
  Box box = {MIN (a->x, b->x), MIN (a->y, b->y), MAX (a->x, b->x), MAX (a->y, b->y)}, clip = path->state.clip;
  gboolean horizontal = is_straight (b->x - a->x, b->y - a->y), vertical = is_straight (b->y - a->y, b->x - a->x);
  if (horizontal == vertical || box.x1 < clip.x0 || box.x0 > clip.x1 || box.y1 < clip.y0 || box.y0 > clip.y1)
    return;
  box = box_intersection (box, clip);
  if (horizontal)
    box.y0 = box.y1 = (a->y + b->y) / 2;
  else
    box.x0 = box.x1 = (a->x + b->x) / 2;
  if (box.x1 >= box.x0 && box.y1 >= box.y0)
    add_line (lines, path, horizontal ? RULING_HORIZONTAL : RULING_VERTICAL, box, path->width);
}

static const PathPoint *
point_at (const PathOutline *outline, guint index)
{
  return &g_array_index (outline->points, PathPoint, index);
}

static Box
outline_box (const PathOutline *outline)
{
  Box box = {G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE};
  for (guint i = 0; i < outline->points->len; i++) {
    const PathPoint *point = point_at (outline, i);
    box = box_union (box, (Box){point->x, point->y, point->x, point->y});
  }
  return box;
}

/* Whether all sides of the outline are horizontal or vertical: its shape is then its box. */
static gboolean
is_rectangle (const PathOutline *outline)
{
  if (outline->curved || outline->points->len < 4)
    return FALSE;
  for (guint i = 1; i < outline->points->len; i++) {
    const PathPoint *a = point_at (outline, i - 1), *b = point_at (outline, i);
    if (!is_straight (b->x - a->x, b->y - a->y) && !is_straight (b->y - a->y, b->x - a->x))
      return FALSE;
  }
  return TRUE;
}

/* Whether the outline is a line whose ends are mitred, as Calc and browsers draw borders that meet others: all of its sides but
 * the short ones at the ends are horizontal or vertical. */
static gboolean
is_mitred_line (const PathOutline *outline)
{
  if (outline->curved || outline->points->len < 4 || outline->points->len > OUTLINE_POINTS_LIMIT)
    return FALSE;
  Box box = outline_box (outline);
  double width = box.x1 - box.x0, height = box.y1 - box.y0, thickness = MIN (width, height);
  for (guint i = 1; i < outline->points->len; i++) {
    const PathPoint *a = point_at (outline, i - 1), *b = point_at (outline, i);
    if (hypot (b->x - a->x, b->y - a->y) > 2 * thickness && !is_straight (b->x - a->x, b->y - a->y) &&
        !is_straight (b->y - a->y, b->x - a->x))
      return FALSE;
  }
  return thickness <= LINE_THICKNESS_LIMIT && MAX (width, height) > 4 * thickness;
}

/* Fills OUTLINE with the next part of PATH, from its point *NEXT on; FALSE: there are no more. */
static gboolean
next_outline (const PaintedPage *page, const PaintedPath *path, guint *next, PathOutline *outline)
{
  g_array_set_size (outline->points, 0);
  outline->curved = FALSE;
  for (; *next < path->count; ++*next) {
    const PathPoint *point = &g_array_index (page->path_points, PathPoint, path->first + *next);
    if (point->kind == PATH_MOVE && outline->points->len > 0)
      return TRUE;
    outline->curved = outline->curved || point->kind == PATH_CURVE;
    if (point->kind != PATH_CLOSE) {
      g_array_append_val (outline->points, *point);
      continue;
    }
    if (outline->points->len == 0)
      continue;
    PathPoint first = *point_at (outline, 0), last = *point_at (outline, outline->points->len - 1);
    if (first.x != last.x || first.y != last.y)
      g_array_append_val (outline->points, first);
  }
  return outline->points->len > 0;
}

static gboolean
is_drawn_letter (const PaintedPage *page, const PaintedPath *path, PathOutline *outline)
{
  for (guint next = 0; next_outline (page, path, &next, outline);)
    if (outline->curved || outline->points->len > OUTLINE_POINTS_LIMIT)
      return TRUE;
  return FALSE;
}

static void
add_path (GArray *lines, const PaintedPage *page, const PaintedPath *path, PathOutline *outline)
{
  if (!path->filled && is_drawn_letter (page, path, outline))
    return;
  for (guint next = 0; next_outline (page, path, &next, outline);) {
    if (path->filled && (is_rectangle (outline) || is_mitred_line (outline)))
      add_area (lines, path, outline_box (outline));
    for (guint i = 1; !path->filled && i < outline->points->len; i++)
      add_segment (lines, path, point_at (outline, i - 1), point_at (outline, i));
  }
}

GArray *
painted_lines_from_paths (const PaintedPage *page, const gboolean *seen)
{
  GArray *lines = g_array_new (FALSE, TRUE, sizeof (PaintedLine));
  PathOutline outline = {.points = g_array_new (FALSE, FALSE, sizeof (PathPoint))};
  for (guint i = 0; i < page->paths->len; i++) {
    guint first = lines->len;
    if (seen[i])
      add_path (lines, page, &g_array_index (page->paths, PaintedPath, i), &outline);
    for (guint j = first; j < lines->len; j++)
      g_array_index (lines, PaintedLine, j).path = i;
  }
  g_array_unref (outline.points);
  return lines;
}
