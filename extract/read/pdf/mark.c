/* mark.c - see mark.h */
#include "read/pdf/mark.h"

#include "answer/answer.h"
#include "read/pdf/ruling_lines.h"
#include "read/picture/picture_marks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

/* A mark is as large as this, in ems of the page's text; discs and squares at least SOLID_LEAST, as those that begin the
 * entries of a list are smaller (Chromium's: .35), and boxes at most BOX_MOST. A picture of a mark may be larger: 48 pixels are 36
 * points. */
#define MARK_LEAST 0.42
#define MARK_MOST 2.3
#define PICTURE_MOST 4.5
#define SOLID_LEAST 0.5
#define BOX_MOST 1.8

/* Pieces of a mark are this near to each other, points. */
#define TOUCHING 0.4

/* A shape with a drawn neighbour nearer than this, in ems, may be a letter. */
#define LETTER_GAP 0.35

/* A page with more small shapes than this is a drawing. */
#define SHAPES_LIMIT 5000

/* What is thinner than this part of its length is a line. */
#define LINE_SHARE 0.125

/* The longer side of a shape in pixels, the frame around it, and how thick its strokes are drawn, as a share of it:
 * that of the marks of fonts. */
#define RASTER 64
#define RASTER_MARGIN 6
#define PEN_LEAST 0.09
#define PEN_MOST 0.13

/* A path with more points, filled by the even-odd rule, may be a frame. */
#define RECTANGLE_POINTS 6

/* The ground of a mark, a square or a disc, has this much of the whole shape's longer side. */
#define GROUND_SHARE 0.8

/* A solid square that is paler than this is a ground or a colour of a legend. */
#define DARK 110

/* The sign that says a ring is this wide, ems: a word may be as near to the wall of its cell (Calc). */
#define RING_WIDTH 0.04

/* Shapes */

typedef struct {
  Box box;
  GArray *paths; /* guint, indices of the page's paths in paint order; empty: a picture */
  const PaintedImage *image;
  gunichar mark; /* 0: none */
} DrawnShape;

static void
shape_clear (gpointer data)
{
  g_array_unref (((DrawnShape *)data)->paths);
}

static const PaintedPath *
path_at (const SeenPage *seen, guint index)
{
  return &g_array_index (seen->painted->paths, PaintedPath, index);
}

static double
longer_side (Box box)
{
  return MAX (box.x1 - box.x0, box.y1 - box.y0);
}

static gboolean
is_line (Box box)
{
  return MIN (box.x1 - box.x0, box.y1 - box.y0) < LINE_SHARE * longer_side (box);
}

static double
path_luma (PaintedColour colour)
{
  return 0.299 * colour.red + 0.587 * colour.green + 0.114 * colour.blue;
}

/* What a path paints, or an empty box where a clip cuts much of it off. */
static Box
painted_box (const PaintedPath *path)
{
  double reach = path->filled ? 0 : path->width / 2;
  Box box = {path->box.x0 - reach, path->box.y0 - reach, path->box.x1 + reach, path->box.y1 + reach};
  Box left = box_intersection (box, path->state.clip);
  gboolean cut = left.x1 - left.x0 < 0.8 * (box.x1 - box.x0) || left.y1 - left.y0 < 0.8 * (box.y1 - box.y0);
  return cut ? (Box){0} : left;
}

typedef struct {
  guint path; /* index */
  Box box;
  guint group;
} ShapePiece;

static int
by_top (gconstpointer a, gconstpointer b)
{
  const ShapePiece *first = a, *second = b;
  if (first->box.y0 != second->box.y0)
    return first->box.y0 < second->box.y0 ? -1 : 1;
  return first->path < second->path ? -1 : first->path > second->path;
}

static int
by_path (gconstpointer a, gconstpointer b)
{
  guint first = *(const guint *)a, second = *(const guint *)b;
  return first < second ? -1 : first > second;
}

static guint
group_of (const GArray *pieces, guint at)
{
  while (g_array_index (pieces, ShapePiece, at).group != at)
    at = g_array_index (pieces, ShapePiece, at).group;
  return at;
}

static GArray *
pieces_of_page (const SeenPage *seen, double em)
{
  GArray *pieces = g_array_new (FALSE, TRUE, sizeof (ShapePiece));
  for (guint i = 0; i < seen->painted->paths->len; i++) {
    const PaintedPath *path = path_at (seen, i);
    ShapePiece piece = {i, painted_box (path), 0};
    if (seen->path_fates[i] == FATE_SEEN && path->state.opacity > 0.1 && path->colour.known &&
        longer_side (piece.box) >= 0.15 * em && longer_side (piece.box) <= MARK_MOST * em)
      g_array_append_val (pieces, piece);
  }
  g_array_sort (pieces, by_top);
  return pieces;
}

/* Pieces that touch are one shape. */
static void
shapes_from_paths (const SeenPage *seen, double em, GArray *shapes)
{
  g_autoptr (GArray) pieces = pieces_of_page (seen, em);
  if (pieces->len > SHAPES_LIMIT)
    return;
  for (guint i = 0; i < pieces->len; i++)
    g_array_index (pieces, ShapePiece, i).group = i;
  for (guint i = 0; i < pieces->len; i++)
    for (guint j = i + 1; j < pieces->len; j++) {
      Box first = g_array_index (pieces, ShapePiece, i).box, second = g_array_index (pieces, ShapePiece, j).box;
      if (second.y0 > first.y1 + TOUCHING)
        break;
      if (second.x0 <= first.x1 + TOUCHING && first.x0 <= second.x1 + TOUCHING)
        g_array_index (pieces, ShapePiece, group_of (pieces, j)).group = group_of (pieces, i);
    }
  g_autofree int *shape_of = g_new (int, pieces->len + 1);
  for (guint i = 0; i < pieces->len; i++)
    shape_of[i] = -1;
  for (guint i = 0; i < pieces->len; i++) {
    guint group = group_of (pieces, i);
    const ShapePiece *piece = &g_array_index (pieces, ShapePiece, i);
    if (shape_of[group] < 0) {
      DrawnShape shape = {piece->box, g_array_new (FALSE, FALSE, sizeof (guint)), NULL, 0};
      g_array_append_val (shapes, shape);
      shape_of[group] = (int)shapes->len - 1;
    }
    DrawnShape *shape = &g_array_index (shapes, DrawnShape, shape_of[group]);
    shape->box = box_union (shape->box, piece->box);
    g_array_append_val (shape->paths, piece->path);
  }
  for (guint i = 0; i < shapes->len; i++)
    g_array_sort (g_array_index (shapes, DrawnShape, i).paths, by_path);
}

static void
shapes_from_images (const SeenPage *seen, double em, GArray *shapes)
{
  for (guint i = 0; i < seen->painted->images->len; i++) {
    const PaintedImage *image = &g_array_index (seen->painted->images, PaintedImage, i);
    double x = (image->box.x0 + image->box.x1) / 2, y = (image->box.y0 + image->box.y1) / 2;
    if (!image->grey || image->state.opacity <= 0.1 || longer_side (image->box) > PICTURE_MOST * em ||
        !box_has (image->state.clip, x, y))
      continue;
    DrawnShape shape = {image->box, g_array_new (FALSE, FALSE, sizeof (guint)), image, 0};
    g_array_append_val (shapes, shape);
  }
}

/* From a shape to ink */

/* The ink of a picture: what differs from GROUND by half as much as anything does. The caller frees. */
static Ink *
ink_from_greys (const guint8 *greys, int width, int height, int ground)
{
  Ink *ink = g_new0 (Ink, 1);
  int most = 0;
  gsize size = (gsize)width * height;
  *ink = (Ink){{0, 0, width, height}, width, height, g_new0 (guchar, size + 1)};
  for (gsize i = 0; i < size; i++)
    most = MAX (most, abs (greys[i] - ground));
  for (gsize i = 0; i < size && most > 24; i++)
    ink->bits[i] = abs (greys[i] - ground) > most * 0.45;
  return ink;
}

/* The most frequent level at the edges. */
static int
ground_of_picture (const PaintedImage *image)
{
  guint counts[256] = {0};
  int ground = 255;
  for (int y = 0; y < image->rows; y++)
    for (int x = 0; x < image->columns; x++)
      if (x == 0 || y == 0 || x == image->columns - 1 || y == image->rows - 1)
        counts[image->grey[(gsize)y * image->columns + x]]++;
  for (int level = 0; level < 256; level++)
    ground = counts[level] > counts[ground] ? level : ground;
  return ground;
}

static gboolean
holds (const Box *outer, const Box *inner)
{
  return outer->x0 <= inner->x0 && outer->y0 <= inner->y0 && outer->x1 >= inner->x1 && outer->y1 >= inner->y1;
}

static gboolean
is_hollow (const PaintedPath *path)
{
  return path->even_odd && path->count > RECTANGLE_POINTS;
}

/* What is seen of a path that lets white shine through, as browsers paint a control that is disabled. */
static PaintedColour
colour_over_white (const PaintedPath *path)
{
  double opacity = path->state.opacity;
  return (PaintedColour){(guint8)(255 - (255 - path->colour.red) * opacity),
                         (guint8)(255 - (255 - path->colour.green) * opacity),
                         (guint8)(255 - (255 - path->colour.blue) * opacity), path->colour.known};
}

/* The colour that a shape is painted on: of the last area before it that is under all of it. */
static PaintedColour
ground_of_shape (const SeenPage *seen, const DrawnShape *shape)
{
  for (guint i = g_array_index (shape->paths, guint, 0); i > 0; i--) {
    const PaintedPath *path = path_at (seen, i - 1);
    if (path->filled && !is_hollow (path) && holds (&path->box, &shape->box) &&
        holds (&path->state.clip, &shape->box) && path->colour.known && path->state.opacity > 0.1 &&
        seen->path_fates[i - 1] == FATE_SEEN)
      return colour_over_white (path);
  }
  return (PaintedColour){255, 255, 255, TRUE};
}

/* Whether PATH is the outline of an area of SHAPE: a thicker one would fill its notches. */
static gboolean
outlines_area (const SeenPage *seen, const DrawnShape *shape, const PaintedPath *path)
{
  for (guint i = 0; i < shape->paths->len && !path->filled; i++) {
    const PaintedPath *other = path_at (seen, g_array_index (shape->paths, guint, i));
    if (other->filled && holds (&other->box, &path->box) && holds (&path->box, &other->box))
      return TRUE;
  }
  return FALSE;
}

/* The ink of those paths of SHAPE that are not left out (WITHOUT: indices of paths; NULL: all); of paths that are drawn
 * thin, thicker. The caller frees. */
static Ink *
ink_from_paths (const SeenPage *seen, const DrawnShape *shape, GArray *without)
{
  double side = longer_side (shape->box), scale = RASTER / side;
  int width = (int)ceil ((shape->box.x1 - shape->box.x0) * scale) + 2 * RASTER_MARGIN;
  int height = (int)ceil ((shape->box.y1 - shape->box.y0) * scale) + 2 * RASTER_MARGIN;
  guint8 ground = (guint8)path_luma (ground_of_shape (seen, shape));
  g_autoptr (GArray) drawn = g_array_new (FALSE, FALSE, sizeof (PictureOfPath));
  for (guint i = 0; i < shape->paths->len; i++) {
    guint index = g_array_index (shape->paths, guint, i);
    const PaintedPath *path = path_at (seen, index);
    gboolean left_out = FALSE;
    for (guint j = 0; without && j < without->len; j++)
      left_out = left_out || g_array_index (without, guint, j) == index;
    if (left_out)
      continue;
    gboolean as_drawn = longer_side (path->box) < path->width || outlines_area (seen, shape, path);
    PictureOfPath of_path = {index, as_drawn ? path->width : CLAMP (path->width, PEN_LEAST * side, PEN_MOST * side),
                             (guint8)path_luma (colour_over_white (path))};
    g_array_append_val (drawn, of_path);
  }
  g_autofree guint8 *greys = painted_page_picture (seen->painted, drawn, ground, shape->box.x0, shape->box.y0, scale,
                                                   RASTER_MARGIN, width, height);
  return ink_from_greys (greys, width, height, ground);
}

/* Squares that are only stroked, as tick boxes are. */
static GArray *
frames_of_shape (const SeenPage *seen, const DrawnShape *shape)
{
  GArray *frames = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < shape->paths->len; i++) {
    guint index = g_array_index (shape->paths, guint, i);
    const PaintedPath *path = path_at (seen, index);
    DrawnShape alone = {path->box, g_array_new (FALSE, FALSE, sizeof (guint)), NULL, 0};
    g_array_append_val (alone.paths, index);
    g_autoptr (Ink) ink = path->count >= 4 ? ink_from_paths (seen, &alone, NULL) : NULL;
    if (ink && mark_from_ink (ink) == 0x2610)
      g_array_append_val (frames, index);
    shape_clear (&alone);
  }
  return frames;
}

static gboolean
is_tick (gunichar mark)
{
  return mark == 0x2713 || mark == 0x30EC;
}

/* A tick that reaches beyond its box, which SHAPE's becomes then. */
static gunichar
mark_over_frame (const SeenPage *seen, DrawnShape *shape)
{
  if (shape->paths->len < 2)
    return 0;
  g_autoptr (GArray) frames = frames_of_shape (seen, shape);
  if (frames->len == 0 || frames->len == shape->paths->len)
    return 0;
  g_autoptr (Ink) ink = ink_from_paths (seen, shape, frames);
  gunichar mark = mark_from_ink (ink);
  gboolean ticked = is_tick (mark) || mark == 0x25A0 || mark == 0x25CF;
  if (ticked || mark == 0x00D7)
    shape->box = path_at (seen, g_array_index (frames, guint, 0))->box;
  if (mark == 0x00D7)
    return 0x2612;
  return ticked ? 0x2611 : 0;
}

/* The ink of those of SHAPE's paths from FROM up to TO; the caller frees. */
static Ink *
ink_of_part (const SeenPage *seen, const DrawnShape *shape, guint from, guint to)
{
  DrawnShape part = {{0}, g_array_new (FALSE, FALSE, sizeof (guint)), NULL, 0};
  for (guint i = from; i < to; i++) {
    guint index = g_array_index (shape->paths, guint, i);
    Box box = painted_box (path_at (seen, index));
    part.box = i > from ? box_union (part.box, box) : box;
    g_array_append_val (part.paths, index);
  }
  Ink *ink = longer_side (part.box) > 0 ? ink_from_paths (seen, &part, NULL) : NULL;
  shape_clear (&part);
  return ink;
}

/* A tick or a cross on a dark square or disc, as browsers paint ticked boxes and icons. */
static gunichar
mark_on_ground (const SeenPage *seen, const DrawnShape *shape)
{
  for (guint i = shape->paths->len; i-- > 1;) {
    const PaintedPath *path = path_at (seen, g_array_index (shape->paths, guint, i - 1));
    if (!path->filled || longer_side (path->box) < GROUND_SHARE * longer_side (shape->box))
      continue;
    g_autoptr (Ink) ground = ink_of_part (seen, shape, i - 1, i);
    g_autoptr (Ink) over = ink_of_part (seen, shape, i, shape->paths->len);
    gunichar under = ground ? mark_from_ink (ground) : 0, mark = over ? mark_from_ink (over) : 0;
    if (under != 0x25A0 && under != 0x25CF)
      continue;
    if (is_tick (mark))
      return under == 0x25A0 ? 0x2611 : 0x2713;
    return mark != 0x00D7 ? 0 : under == 0x25A0 ? 0x2612 : mark;
  }
  return 0;
}

static gboolean
is_solid (gunichar mark)
{
  return mark == 0x25CF || mark == 0x25A0 || mark == 0x25B2;
}

/* Whether SHAPE is one side of a cell, or some that are larger together than a tick box: no mark, which its picture need not
 * tell. */
static gboolean
is_of_lines (const SeenPage *seen, const DrawnShape *shape, double em)
{
  if (is_line (shape->box))
    return TRUE;
  gboolean lines = longer_side (shape->box) > BOX_MOST * em;
  for (guint i = 0; lines && i < shape->paths->len; i++)
    lines = is_line (painted_box (path_at (seen, g_array_index (shape->paths, guint, i))));
  return lines;
}

/* SHAPE's box becomes that of its ink. */
static gunichar
mark_of_shape (const SeenPage *seen, DrawnShape *shape, double em)
{
  if (longer_side (shape->box) < MARK_LEAST * em || (!shape->image && is_of_lines (seen, shape, em)))
    return 0;
  g_autoptr (Ink) ink = NULL;
  if (shape->image) {
    ink = ink_from_greys (shape->image->grey, shape->image->columns, shape->image->rows,
                          ground_of_picture (shape->image));
    PixelBox part = {ink->width, ink->height, 0, 0};
    for (int i = 0; i < ink->width * ink->height; i++)
      if (ink->bits[i])
        part = (PixelBox){MIN (part.x0, i % ink->width), MIN (part.y0, i / ink->width),
                          MAX (part.x1, i % ink->width + 1), MAX (part.y1, i / ink->width + 1)};
    if (pixel_box_is_empty (part))
      return 0;
    Box box = shape->box;
    double across = (box.x1 - box.x0) / ink->width, down = (box.y1 - box.y0) / ink->height;
    shape->box =
        (Box){box.x0 + part.x0 * across, box.y0 + part.y0 * down, box.x0 + part.x1 * across, box.y0 + part.y1 * down};
  } else
    ink = ink_from_paths (seen, shape, NULL);
  double side = longer_side (shape->box);
  if (side < MARK_LEAST * em || side > (shape->image ? PICTURE_MOST : MARK_MOST) * em)
    return 0;
  gunichar mark = mark_from_ink (ink);
  if (!mark && !shape->image)
    mark = mark_over_frame (seen, shape);
  if ((!mark || is_solid (mark)) && !shape->image) {
    gunichar over = mark_on_ground (seen, shape);
    mark = over ? over : mark;
  }
  gboolean boxed = mark == 0x2610 || mark == 0x2611 || mark == 0x2612 || mark == 0x25A0;
  if ((is_solid (mark) && side < SOLID_LEAST * em) || (boxed && side > BOX_MOST * em))
    return 0;
  if (mark == 0x25A0 && !shape->image &&
      path_luma (path_at (seen, g_array_index (shape->paths, guint, shape->paths->len - 1))->colour) > DARK)
    return 0;
  return mark;
}

/* What is under and around a shape */

/* ☐ □ ◻ ⬜ */
static gboolean
is_box_character (gunichar character)
{
  return character == 0x2610 || character == 0x25A1 || character == 0x25FB || character == 0x2B1C;
}

/* The seen glyph in BOX; -1: none; -2: several. */
static int
glyph_in (const SeenPage *seen, Box box)
{
  int found = -1;
  for (guint i = 0; i < seen->painted->glyphs->len; i++) {
    const PaintedGlyph *glyph = &g_array_index (seen->painted->glyphs, PaintedGlyph, i);
    if (seen->glyph_fates[i] == FATE_SEEN && !glyph->space &&
        box_has (box, (glyph->box.x0 + glyph->box.x1) / 2, (glyph->box.y0 + glyph->box.y1) / 2))
      found = found == -1 ? (int)i : -2;
  }
  for (guint i = 0; i < seen->added->len; i++) {
    const PaintedGlyph *glyph = &g_array_index (seen->added, PaintedGlyph, i);
    if (!glyph->space && box_has (box, (glyph->box.x0 + glyph->box.x1) / 2, (glyph->box.y0 + glyph->box.y1) / 2))
      found = -2;
  }
  return found;
}

static gboolean
has_drawn_letter_beside (const GArray *shapes, guint index, double em)
{
  Box box = g_array_index (shapes, DrawnShape, index).box;
  for (guint i = 0; i < shapes->len; i++) {
    const DrawnShape *other = &g_array_index (shapes, DrawnShape, i);
    double away = MAX (other->box.x0 - box.x1, box.x0 - other->box.x1);
    double both = MIN (other->box.y1, box.y1) - MAX (other->box.y0, box.y0);
    if (i != index && !other->image && !other->mark && away < LETTER_GAP * em && both > 0.5 * (box.y1 - box.y0) &&
        longer_side (other->box) > 0.3 * em && longer_side (other->box) < MARK_MOST * em)
      return TRUE;
  }
  return FALSE;
}

static void
add_mark (SeenPage *seen, const DrawnShape *shape, gunichar mark, double em, GPtrArray *notes)
{
  char text[8] = "";
  g_unichar_to_utf8 (mark, text);
  for (guint i = 0; i < shape->paths->len; i++)
    seen->path_fates[g_array_index (shape->paths, guint, i)] = FATE_REPLACED;
  seen_page_add (seen, mark, box_on_line (seen, shape->box, em));
  notes_add (notes, "mark-by-shape", NOTE_INFO, (Place){.page = seen->number, .box = shape->box}, "%s is read as %s.",
             shape->image ? "A small picture" : "A drawn shape", text);
}

/* A tick over a printed box is both in one. */
static void
take_shape (SeenPage *seen, const DrawnShape *shape, double em, GPtrArray *notes)
{
  int under = glyph_in (seen, shape->box);
  gunichar mark = shape->mark;
  if (under == -2)
    return;
  if (under >= 0) {
    const PaintedGlyph *glyph = &g_array_index (seen->painted->glyphs, PaintedGlyph, under);
    if (!is_box_character (glyph->character) || mark == 0x2610)
      return;
    mark = mark == 0x00D7 || mark == 0x2612 ? 0x2612 : 0x2611;
    seen->glyph_fates[under] = FATE_REPLACED;
    DrawnShape printed = *shape;
    printed.box = glyph->box;
    add_mark (seen, &printed, mark, em, notes);
    return;
  }
  add_mark (seen, shape, mark, em, notes);
}

/* A ring round a word */

/* Words of a line, among which a ring chooses. */
typedef struct {
  GString *text;
  guint first;        /* its first glyph */
  gboolean ringed;    /* all of it is in the ring */
  gboolean touched;   /* some of it is */
  gboolean separated; /* a sign is between it and the word before */
} RingWord;

static void
ring_word_clear (gpointer data)
{
  g_string_free (((RingWord *)data)->text, TRUE);
}

static gboolean
is_separator (gunichar character)
{
  return character != 0 && character < 0x10000 && wcschr (L"・/／|｜,、，･‧·：:", (wchar_t)character) != NULL;
}

static int
by_left (gconstpointer a, gconstpointer b, gpointer data)
{
  const SeenPage *seen = data;
  double first = g_array_index (seen->painted->glyphs, PaintedGlyph, *(const guint *)a).box.x0;
  double second = g_array_index (seen->painted->glyphs, PaintedGlyph, *(const guint *)b).box.x0;
  return first < second ? -1 : first > second;
}

/* What is looked at for each ring of a page. */
typedef struct {
  const SeenPage *seen;
  GArray *by_height; /* guint, indices of the glyphs that are seen, by their middles, from the top */
  GArray *walls;     /* RulingLine, vertical ones from left to right */
} RingSearch;

static double
glyph_middle (const SeenPage *seen, guint index)
{
  const Box *box = &g_array_index (seen->painted->glyphs, PaintedGlyph, index).box;
  return (box->y0 + box->y1) / 2;
}

static int
by_middle (gconstpointer a, gconstpointer b, gpointer data)
{
  const guint first = *(const guint *)a, second = *(const guint *)b;
  double difference = glyph_middle (data, first) - glyph_middle (data, second);
  return difference != 0 ? (difference < 0 ? -1 : 1) : first < second ? -1 : first > second;
}

static int
by_x (gconstpointer a, gconstpointer b)
{
  double first = ((const RulingLine *)a)->box.x0, second = ((const RulingLine *)b)->box.x0;
  return first < second ? -1 : first > second;
}

static void
ring_search_init (RingSearch *search, const SeenPage *seen)
{
  g_autofree gboolean *paths = g_new (gboolean, seen->painted->paths->len + 1);
  *search = (RingSearch){seen, g_array_new (FALSE, FALSE, sizeof (guint)), NULL};
  for (guint i = 0; i < seen->painted->paths->len; i++)
    paths[i] = seen->path_fates[i] == FATE_SEEN;
  search->walls = g_array_new (FALSE, FALSE, sizeof (RulingLine));
  g_autoptr (GArray) lines = painted_lines_from_paths (seen->painted, paths);
  for (guint i = 0; i < lines->len; i++) {
    const RulingLine *line = &g_array_index (lines, PaintedLine, i).line;
    if (line->kind == RULING_VERTICAL)
      g_array_append_val (search->walls, *line);
  }
  g_array_sort (search->walls, by_x);
  for (guint i = 0; i < seen->painted->glyphs->len; i++) {
    const PaintedGlyph *glyph = &g_array_index (seen->painted->glyphs, PaintedGlyph, i);
    if (seen->glyph_fates[i] == FATE_SEEN && !glyph->space && glyph->character)
      g_array_append_val (search->by_height, i);
  }
  g_array_sort_with_data (search->by_height, by_middle, (gpointer)seen);
}

static void
ring_search_clear (RingSearch *search)
{
  g_clear_pointer (&search->by_height, g_array_unref);
  g_clear_pointer (&search->walls, g_array_unref);
}

/* The glyphs with their middles between TOP and BOTTOM: an array of guint, from left to right; the caller frees. */
static GArray *
glyphs_between (const RingSearch *search, double top, double bottom, double left, double right)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint));
  guint low = 0, high = search->by_height->len;
  while (low < high) {
    guint middle = (low + high) / 2;
    if (glyph_middle (search->seen, g_array_index (search->by_height, guint, middle)) < top)
      low = middle + 1;
    else
      high = middle;
  }
  for (; low < search->by_height->len; low++) {
    guint index = g_array_index (search->by_height, guint, low);
    const Box *box = &g_array_index (search->seen->painted->glyphs, PaintedGlyph, index).box;
    double x = (box->x0 + box->x1) / 2;
    if (glyph_middle (search->seen, index) > bottom)
      break;
    if (x > left && x < right)
      g_array_append_val (found, index);
  }
  g_array_sort_with_data (found, by_left, (gpointer)search->seen);
  return found;
}

/* Whether WALL is a side of RING itself. */
static gboolean
is_side_of (const RulingLine *wall, Box ring)
{
  return (fabs (wall->box.x0 - ring.x0) < 0.6 || fabs (wall->box.x0 - ring.x1) < 0.6) && wall->box.y0 > ring.y0 - 1 &&
         wall->box.y1 < ring.y1 + 1;
}

/* The place of the wall nearest to RING's middle, from the wall with index FROM on, STEP by step; OTHERWISE where there is
 * none. */
static double
wall_beside (const RingSearch *search, Box ring, int from, int step, double otherwise)
{
  double middle = (ring.y0 + ring.y1) / 2;
  for (int i = from; i >= 0 && i < (int)search->walls->len; i += step) {
    const RulingLine *wall = &g_array_index (search->walls, RulingLine, i);
    if (wall->box.y0 <= middle && wall->box.y1 >= middle && !is_side_of (wall, ring))
      return wall->box.x0;
  }
  return otherwise;
}

/* The glyphs on the line through the middle of RING, from left to right, between the walls at both sides of it. */
static GArray *
line_through (const RingSearch *search, Box ring, double em)
{
  double middle = (ring.y0 + ring.y1) / 2, middle_x = (ring.x0 + ring.x1) / 2;
  double reach = 0.5 * MIN (ring.y1 - ring.y0, em);
  int low = 0, high = (int)search->walls->len; /* the first wall that is not to the left */
  while (low < high) {
    int half = (low + high) / 2;
    if (g_array_index (search->walls, RulingLine, half).box.x0 < middle_x)
      low = half + 1;
    else
      high = half;
  }
  double left = MAX (0, wall_beside (search, ring, low - 1, -1, 0));
  double right = MIN (search->seen->painted->width, wall_beside (search, ring, low, 1, G_MAXDOUBLE));
  return glyphs_between (search, middle - reach, middle + reach, left, right);
}

/* The sides of a cell meet those of others; those of a box that is drawn round a word stand free. */
static gboolean
stands_free (const SeenPage *seen, guint index)
{
  Box box = path_at (seen, index)->box;
  Box around = {box.x0 - 0.8, box.y0 - 0.8, box.x1 + 0.8, box.y1 + 0.8};
  Box within = {box.x0 + 0.8, box.y0 + 0.8, box.x1 - 0.8, box.y1 - 0.8};
  for (guint i = 0; i < seen->painted->paths->len; i++) {
    Box other = path_at (seen, i)->box;
    gboolean meets = other.x0 <= around.x1 && other.x1 >= around.x0 && other.y0 <= around.y1 && other.y1 >= around.y0;
    gboolean larger = other.x0 < around.x0 && other.x1 > around.x1 && other.y0 < around.y0 && other.y1 > around.y1;
    gboolean smaller = other.x0 > within.x0 && other.x1 < within.x1 && other.y0 > within.y0 && other.y1 < within.y1;
    if (i != index && seen->path_fates[i] == FATE_SEEN && meets && !larger && !smaller)
      return FALSE;
  }
  return TRUE;
}

/* Of LINE: parted by signs (・ /), and by gaps. */
static GArray *
words_of_line (const SeenPage *seen, GArray *line, Box ring)
{
  GArray *words = g_array_new (FALSE, TRUE, sizeof (RingWord));
  g_array_set_clear_func (words, ring_word_clear);
  double end = -G_MAXDOUBLE;
  gboolean separated = FALSE;
  for (guint i = 0; i < line->len; i++) {
    guint index = g_array_index (line, guint, i);
    const PaintedGlyph *glyph = &g_array_index (seen->painted->glyphs, PaintedGlyph, index);
    gboolean inside = box_has (ring, (glyph->box.x0 + glyph->box.x1) / 2, (glyph->box.y0 + glyph->box.y1) / 2);
    if (is_separator (glyph->character)) {
      separated = words->len > 0;
      end = -G_MAXDOUBLE;
      continue;
    }
    if (glyph->box.x0 - end > 0.4 * glyph->size) {
      RingWord word = {g_string_new (NULL), index, TRUE, FALSE, separated};
      g_array_append_val (words, word);
      separated = FALSE;
    }
    RingWord *word = &g_array_index (words, RingWord, words->len - 1);
    g_string_append_unichar (word->text, glyph->character);
    word->ringed = word->ringed && inside;
    word->touched = word->touched || inside;
    end = glyph->box.x1;
  }
  return words;
}

static AnswerStatus
status_of_word (const Knowledge *knowledge, const char *word)
{
  g_autoptr (Answer) answer = answer_from_text (knowledge, word, NULL, NULL);
  return answer->status;
}

/* Evidence that RING chooses among WORDS, CHOSEN being in it: 2 and more is enough. */
static int
choice_evidence (const Knowledge *knowledge, GArray *words, guint chosen, gboolean curved)
{
  const RingWord *word = &g_array_index (words, RingWord, chosen);
  AnswerStatus status = status_of_word (knowledge, word->text->str);
  gboolean differs = FALSE, separated = FALSE;
  for (guint i = 0; i < words->len; i++) {
    const RingWord *other = &g_array_index (words, RingWord, i);
    AnswerStatus its = i == chosen ? status : status_of_word (knowledge, other->text->str);
    differs = differs || (its != status && its != STATUS_STATED && its != STATUS_UNANSWERED);
    separated = separated || other->separated;
  }
  gboolean answers = status != STATUS_STATED && status != STATUS_UNANSWERED;
  return curved + separated + (answers && differs ? 2 : 0) - (words->len > 6) -
         (g_utf8_strlen (word->text->str, -1) > 8 ? 2 : 0);
}

/* By curves, or by many short sides, as a pen draws it. */
static gboolean
is_curved (const SeenPage *seen, const PaintedPath *path)
{
  const PathPoint *points = &g_array_index (seen->painted->path_points, PathPoint, path->first);
  int curves = 0, slants = 0;
  for (guint i = 0; i < path->count; i++) {
    curves += points[i].kind == PATH_CURVE;
    slants += i > 0 && points[i].kind == PATH_LINE && fabs (points[i].x - points[i - 1].x) > 0.1 &&
              fabs (points[i].y - points[i - 1].y) > 0.1;
  }
  return curves >= 4 || slants >= 8;
}

/* A closed line, not too large, of which no more than its outline is painted. */
static gboolean
may_be_ring (const SeenPage *seen, guint index, double em)
{
  const PaintedPath *path = path_at (seen, index);
  double width = path->box.x1 - path->box.x0, height = path->box.y1 - path->box.y0;
  return seen->path_fates[index] == FATE_SEEN && path->count >= 4 && path->state.opacity > 0.1 && height > 0.8 * em &&
         height < 3.2 * em && width > 0.8 * em && width < 9 * em &&
         (!path->filled || is_hollow (path) || is_curved (seen, path));
}

static void
read_ring (SeenPage *seen, const RingSearch *search, guint index, double em, const Knowledge *knowledge,
           GPtrArray *notes)
{
  const PaintedPath *path = path_at (seen, index);
  Box ring = path->box;
  double middle = (ring.y0 + ring.y1) / 2, reach = 0.5 * MIN (ring.y1 - ring.y0, em);
  g_autoptr (GArray) inside = glyphs_between (search, middle - reach, middle + reach, ring.x0, ring.x1);
  if (inside->len == 0)
    return;
  g_autoptr (GArray) line = line_through (search, ring, em);
  g_autoptr (GArray) words = words_of_line (seen, line, path->box);
  int chosen = -1;
  for (guint i = 0; i < words->len; i++) {
    const RingWord *word = &g_array_index (words, RingWord, i);
    if (word->touched && (!word->ringed || chosen >= 0))
      return;
    chosen = word->touched ? (int)i : chosen;
  }
  if (chosen < 0 || words->len < 2 || (!is_curved (seen, path) && !stands_free (seen, index)) ||
      choice_evidence (knowledge, words, (guint)chosen, is_curved (seen, path)) < 2)
    return;
  const RingWord *word = &g_array_index (words, RingWord, chosen);
  Box box = g_array_index (seen->painted->glyphs, PaintedGlyph, word->first).box;
  g_autoptr (GString) all = g_string_new (NULL);
  for (guint i = 0; i < words->len; i++)
    g_string_append_printf (all, "%s%s", i > 0 ? "・" : "", g_array_index (words, RingWord, i).text->str);
  seen->path_fates[index] = FATE_REPLACED;
  seen_page_add (seen, 0x25CB, (Box){box.x0 - RING_WIDTH * em, box.y0, box.x0, box.y1});
  notes_add (notes, "mark-by-shape", NOTE_INFO, (Place){.page = seen->number, .box = path->box},
             "A %s drawn round \"%s\" chooses it among \"%s\".", is_curved (seen, path) ? "ring" : "box",
             word->text->str, all->str);
}

void
marks_read (SeenPage *seen, const Knowledge *knowledge, GPtrArray *notes)
{
  double em = usual_size (seen->painted);
  if (seen->painted->glyphs->len == 0)
    return;
  RingSearch search = {NULL};
  for (guint i = 0; i < seen->painted->paths->len; i++) {
    if (!may_be_ring (seen, i, em))
      continue;
    if (!search.seen)
      ring_search_init (&search, seen);
    read_ring (seen, &search, i, em, knowledge, notes);
  }
  ring_search_clear (&search);
  g_autoptr (GArray) shapes = g_array_new (FALSE, TRUE, sizeof (DrawnShape));
  g_array_set_clear_func (shapes, shape_clear);
  shapes_from_paths (seen, em, shapes);
  shapes_from_images (seen, em, shapes);
  for (guint i = 0; i < shapes->len; i++) {
    DrawnShape *shape = &g_array_index (shapes, DrawnShape, i);
    if (longer_side (shape->box) <= (shape->image ? PICTURE_MOST : 1.5 * MARK_MOST) * em)
      shape->mark = mark_of_shape (seen, shape, em);
  }
  for (guint i = 0; i < shapes->len; i++) {
    const DrawnShape *shape = &g_array_index (shapes, DrawnShape, i);
    if (shape->mark && !has_drawn_letter_beside (shapes, i, em))
      take_shape (seen, shape, em, notes);
  }
}
