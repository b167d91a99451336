/* rotation.c - see rotation.h */
#include "layout/rotation.h"

#include <math.h>

/* This part of the steps from glyph to glyph must go down. */
#define STACKED_SHARE 0.7

/* A page with fewer steps is not set in stacked letters. */
#define PAGE_STEPS_LEAST 20

/* The next glyph of a piece of text is no further away than this many times the larger side of a glyph's box. */
#define STEP_MOST 2.0

static double
glyph_size (const Glyph *glyph)
{
  return MAX (glyph->box.x1 - glyph->box.x0, glyph->box.y1 - glyph->box.y0);
}

/* From the middle of FROM to that of TO; FALSE: too far for one piece of text. */
static gboolean
is_step (const Glyph *from, const Glyph *to, double *right, double *down)
{
  *right = (to->box.x0 + to->box.x1 - from->box.x0 - from->box.x1) / 2;
  *down = (to->box.y0 + to->box.y1 - from->box.y0 - from->box.y1) / 2;
  double most = STEP_MOST * glyph_size (from);
  return *right * *right + *down * *down <= most * most;
}

Rotation
rotation_of_glyphs (GPtrArray *glyphs)
{
  int pieces[ROTATIONS] = {0};
  for (guint i = 0; i < glyphs->len; i++) {
    const Glyph *glyph = g_ptr_array_index (glyphs, i), *before = i > 0 ? g_ptr_array_index (glyphs, i - 1) : NULL;
    double right, down;
    pieces[glyph->direction] +=
        !before || before->direction != glyph->direction || !is_step (before, glyph, &right, &down);
  }
  Rotation most = ROTATION_NONE;
  for (Rotation rotation = ROTATION_LEFT; rotation < ROTATIONS; rotation++)
    if (pieces[rotation] > pieces[most])
      most = rotation;
  return most;
}

gboolean
glyphs_are_stacked (GPtrArray *glyphs, int least)
{
  int steps = 0, downwards = 0;
  Box all = {0};
  double size = 0;
  const Glyph *before = NULL;
  for (guint i = 0; i < glyphs->len; i++) {
    const Glyph *glyph = g_ptr_array_index (glyphs, i);
    double right, down;
    if (glyph->direction > 1)
      return FALSE;
    if (glyph->direction == 1) /* Latin letters among them lie on their side */
      continue;
    all = before ? box_union (all, glyph->box) : glyph->box;
    size = MAX (size, glyph_size (glyph));
    if (before && is_step (before, glyph, &right, &down)) {
      steps++;
      downwards += down > 2 * fabs (right);
    }
    before = glyph;
  }
  return steps >= least && downwards >= STACKED_SHARE * steps && all.x1 - all.x0 > STEP_MOST * size;
}

Rotation
rotation_of_page (const Page *page)
{
  g_autoptr (GPtrArray) glyphs = page_glyphs (page, NULL, NULL);
  return rotation_of_glyphs (glyphs);
}

void
page_turn_stacked (Page *page)
{
  g_autoptr (GPtrArray) glyphs = page_glyphs (page, NULL, NULL);
  if (glyphs_are_stacked (glyphs, PAGE_STEPS_LEAST))
    for (guint i = 0; i < glyphs->len; i++)
      ((Glyph *)g_ptr_array_index (glyphs, i))->direction = 1;
}

guint
page_glyphs_in (const Page *page, Rotation rotation)
{
  guint count = 0;
  for (guint i = 0; i < page->glyphs->len; i++)
    count += g_array_index (page->glyphs, Glyph, i).direction == rotation;
  return count;
}

Rotation
rotation_back (Rotation rotation)
{
  return (ROTATIONS - rotation) % ROTATIONS;
}

Box
box_rotated (Box box, Rotation rotation, double width, double height)
{
  switch (rotation) {
  case ROTATION_LEFT:
    return (Box){box.y0, width - box.x1, box.y1, width - box.x0};
  case ROTATION_HALF:
    return (Box){width - box.x1, height - box.y1, width - box.x0, height - box.y0};
  case ROTATION_RIGHT:
    return (Box){height - box.y1, box.x0, height - box.y0, box.x1};
  case ROTATION_NONE:
    break;
  }
  return box;
}

void
page_rotate (Page *page, Rotation rotation)
{
  gboolean sideways = rotation == ROTATION_LEFT || rotation == ROTATION_RIGHT;
  if (rotation == ROTATION_NONE)
    return;
  for (guint i = 0; i < page->glyphs->len; i++) {
    Glyph *glyph = &g_array_index (page->glyphs, Glyph, i);
    glyph->box = box_rotated (glyph->box, rotation, page->width, page->height);
    glyph->direction = (glyph->direction + rotation_back (rotation)) % ROTATIONS;
  }
  for (guint i = 0; i < page->ruling_lines->len; i++) {
    RulingLine *ruling = &g_array_index (page->ruling_lines, RulingLine, i);
    ruling->box = box_rotated (ruling->box, rotation, page->width, page->height);
    if (sideways && (ruling->kind == RULING_HORIZONTAL || ruling->kind == RULING_VERTICAL))
      ruling->kind = ruling->kind == RULING_HORIZONTAL ? RULING_VERTICAL : RULING_HORIZONTAL;
  }
  double width = page->width;
  page->width = sideways ? page->height : page->width;
  page->height = sideways ? width : page->height;
}

void
blocks_rotate_back (GPtrArray *blocks, Rotation rotation, double width, double height)
{
  Rotation back = rotation_back (rotation);
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

/* Hebrew, Arabic, Syriac and their like, and the shapes that fonts have for them. */
static gboolean
runs_leftwards (gunichar character)
{
  return (character >= 0x0590 && character <= 0x08FF) || (character >= 0xFB1D && character <= 0xFDFF) ||
         (character >= 0xFE70 && character <= 0xFEFC);
}

void
pages_note_directions (GPtrArray *pages, GPtrArray *notes)
{
  for (guint i = 0; i < pages->len; i++) {
    const Page *page = g_ptr_array_index (pages, i);
    Place place = {.page = page->number, .box = {0, 0, page->width, page->height}};
    guint leftwards = 0;
    if (!page->glyphs || page->glyphs->len == 0)
      continue;
    for (guint j = 0; j < page->glyphs->len; j++)
      leftwards += runs_leftwards (g_array_index (page->glyphs, Glyph, j).character);
    if (leftwards * 2 > page->glyphs->len)
      notes_add (
          notes, "right-to-left", NOTE_WARNING, place,
          "Most text of this page runs from right to left; it was read so, and its columns are counted from the left.");
    else if (rotation_of_page (page) == ROTATION_LEFT)
      notes_add (notes, "vertical-writing", NOTE_INFO, place,
                 "Most text of this page runs down, as vertical writing or on a page that is turned; it was read so.");
  }
}
