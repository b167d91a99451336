/* rotation.c - see rotation.h */
#include "layout/rotation.h"

#include <math.h>

/* This part of the steps from glyph to glyph must go up or down the page. */
#define SIDEWAYS_SHARE 0.7

/* Fewer steps tell nothing. */
#define PAGE_STEPS_LEAST 20

Rotation
rotation_of_glyphs (GPtrArray *glyphs, int least)
{
  int down = 0, up = 0, steps = 0;
  for (guint i = 1; i < glyphs->len; i++) {
    const Box *from = &((const Glyph *)g_ptr_array_index (glyphs, i - 1))->box,
              *to = &((const Glyph *)g_ptr_array_index (glyphs, i))->box;
    double across = (to->x0 + to->x1 - from->x0 - from->x1) / 2, along = (to->y0 + to->y1 - from->y0 - from->y1) / 2;
    double size = MAX (from->x1 - from->x0, from->y1 - from->y0);
    if (hypot (across, along) > 2 * size)
      continue;
    steps++;
    down += along > 2 * fabs (across);
    up += -along > 2 * fabs (across);
  }
  if (steps < least)
    return ROTATION_NONE;
  return down >= SIDEWAYS_SHARE * steps ? ROTATION_LEFT : up >= SIDEWAYS_SHARE * steps ? ROTATION_RIGHT : ROTATION_NONE;
}

Rotation
rotation_of_page (const Page *page)
{
  g_autoptr (GPtrArray) glyphs = g_ptr_array_sized_new (page->glyphs->len);
  for (guint i = 0; i < page->glyphs->len; i++)
    g_ptr_array_add (glyphs, &g_array_index (page->glyphs, Glyph, i));
  return rotation_of_glyphs (glyphs, PAGE_STEPS_LEAST);
}

Box
box_rotated (Box box, Rotation rotation, double width, double height)
{
  if (rotation == ROTATION_LEFT)
    return (Box){box.y0, width - box.x1, box.y1, width - box.x0};
  return (Box){height - box.y1, box.x0, height - box.y0, box.x1};
}

void
page_rotate (Page *page, Rotation rotation)
{
  for (guint i = 0; i < page->glyphs->len; i++) {
    Glyph *glyph = &g_array_index (page->glyphs, Glyph, i);
    glyph->box = box_rotated (glyph->box, rotation, page->width, page->height);
  }
  for (guint i = 0; i < page->ruling_lines->len; i++) {
    RulingLine *ruling = &g_array_index (page->ruling_lines, RulingLine, i);
    ruling->box = box_rotated (ruling->box, rotation, page->width, page->height);
    if (ruling->kind == RULING_HORIZONTAL || ruling->kind == RULING_VERTICAL)
      ruling->kind = ruling->kind == RULING_HORIZONTAL ? RULING_VERTICAL : RULING_HORIZONTAL;
  }
  double width = page->width;
  page->width = page->height;
  page->height = width;
}

void
blocks_rotate_back (GPtrArray *blocks, Rotation rotation, double width, double height)
{
  Rotation back = rotation == ROTATION_LEFT ? ROTATION_RIGHT : ROTATION_LEFT;
  for (guint i = 0; i < blocks->len; i++) {
    Block *block = g_ptr_array_index (blocks, i);
    block->place.box = box_rotated (block->place.box, back, width, height);
    if (block->kind != BLOCK_GRID)
      continue;
    block->grid->place.box = block->place.box;
    for (guint j = 0; j < block->grid->cells->len; j++) {
      Cell *cell = g_ptr_array_index (block->grid->cells, j);
      cell->place.box = box_rotated (cell->place.box, back, width, height);
    }
  }
}
