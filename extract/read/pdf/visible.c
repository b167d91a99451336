/* visible.c - see visible.h */
#include "read/pdf/visible.h"

#include "read/pdf/covers.h"
#include "read/pdf/fate_note.h"
#include "read/pdf/ruling_lines.h"

#include <math.h>

/* The least contrast that is seen: the difference from what is under it, 0 to 255, times the opacity. Of the letters of
 * corpus/ and tests/cases/ the palest has 97. */
#define GLYPH_CONTRAST 12

/* Of a filled area, which is wider than a letter: stripes at 3 from white are common. */
#define FILL_CONTRAST 2

/* Less opaque than this is not seen on any ground. */
#define CLEAR 0.05f

/* A glyph that a clip cuts by this part of its width more than by half is still read: of a bracket all ink is there. */
#define CLIPPED 0.15

/* Letters smaller than this, in points, and than this share of the page's usual size cannot be read. */
#define SPECK 1.0
#define SPECK_SHARE 0.25

/* Pictures over this share of a page: it may be a scan. */
#define SCAN_SHARE 0.5

/* A line is looked at every so many points, at so many of its places at most; so many places of all lines. */
#define LINE_STEP 6.0
#define LINE_PLACES_LIMIT 128
#define ALL_PLACES_LIMIT 200000

/* So far beside a line the ground is looked at, beyond half of its thickness. */
#define BESIDE 0.75

/* Text layers */

static double
area_of (Box box)
{
  return box_is_empty (box) ? 0 : (box.x1 - box.x0) * (box.y1 - box.y0);
}

static gboolean
is_unpainted (const PaintedGlyph *glyph)
{
  return (glyph->render_mode & 3) == 3 || glyph->state.opacity < CLEAR;
}

/* Whether a path may be the shape of a letter: filled, small, and no box. */
static gboolean
is_letter_shape (const PaintedPath *path)
{
  return path->filled && path->count > 6 && path->box.x1 - path->box.x0 < 40 && path->box.y1 - path->box.y0 < 40;
}

static gboolean
is_inside (const PaintedPage *page, const PaintedGlyph *glyph)
{
  double x = (glyph->box.x0 + glyph->box.x1) / 2, y = (glyph->box.y0 + glyph->box.y1) / 2;
  const Box *clip = &glyph->state.clip;
  double part = CLIPPED * (glyph->box.x1 - glyph->box.x0);
  return x + part >= clip->x0 && x - part <= clip->x1 && y >= clip->y0 && y <= clip->y1 && x >= 0 && x <= page->width &&
         y >= 0 && y <= page->height;
}

gboolean
painted_page_has_text_layer (const PaintedPage *page)
{
  Box sheet = {0, 0, page->width, page->height};
  double pictures = 0;
  guint last = 0, unpainted = 0, under = 0, shapes = 0, glyphs = 0;
  for (guint i = 0; i < page->images->len; i++) {
    const PaintedImage *image = &g_array_index (page->images, PaintedImage, i);
    double area = area_of (box_intersection (box_intersection (image->box, image->state.clip), sheet));
    pictures += area;
    if (area > SCAN_SHARE * area_of (sheet))
      last = MAX (last, image->state.order);
  }
  for (guint i = 0; i < page->glyphs->len; i++) {
    const PaintedGlyph *glyph = &g_array_index (page->glyphs, PaintedGlyph, i);
    if (!is_inside (page, glyph))
      continue;
    glyphs += !glyph->space;
    unpainted += !glyph->space && is_unpainted (glyph);
    under += !glyph->space && !is_unpainted (glyph) && glyph->state.order < last;
  }
  if (pictures > SCAN_SHARE * area_of (sheet))
    return (unpainted + under) * 2 > glyphs;
  for (guint i = 0; unpainted * 2 > glyphs && i < page->paths->len; i++)
    shapes += is_letter_shape (&g_array_index (page->paths, PaintedPath, i));
  return unpainted > 0 && shapes * 2 > unpainted;
}

/* Glyphs */

/* Two places of a glyph, to either side of its middle on a slant: neither a line across it nor one down it is on both. */
static void
add_places (GArray *points, const PaintedGlyph *glyph)
{
  Box box = glyph->box;
  double x = (box.x0 + box.x1) / 2, y = (box.y0 + box.y1) / 2, dx = (box.x1 - box.x0) * 0.15,
         dy = (box.y1 - box.y0) * 0.2;
  CoveredPoint places[] = {{.x = x - dx, .y = y - dy, .order = glyph->state.order},
                           {.x = x + dx, .y = y + dy, .order = glyph->state.order}};
  g_array_append_vals (points, places, 2);
}

/* What is seen of COLOUR on GROUND. */
static PaintedColour
blended_colour (PaintedBlend blend, PaintedColour colour, PaintedColour ground)
{
  guint8 neutral = blend == BLEND_DARKENS ? 255 : 0;
  PaintedColour none = {neutral, neutral, neutral, TRUE};
  if (blend == BLEND_NORMAL || !colour.known)
    return colour;
  if (!ground.known)
    return colour_difference (colour, none) <= GLYPH_CONTRAST ? ground : colour;
  if (blend == BLEND_DARKENS)
    return (PaintedColour){MIN (colour.red, ground.red), MIN (colour.green, ground.green),
                           MIN (colour.blue, ground.blue), TRUE};
  return (PaintedColour){MAX (colour.red, ground.red), MAX (colour.green, ground.green), MAX (colour.blue, ground.blue),
                         TRUE};
}

static gboolean
is_hidden_at (const PaintedGlyph *glyph, const CoveredPoint *point)
{
  if (point->over != PAINTED_NONE)
    return TRUE;
  PaintedColour shown = blended_colour (glyph->state.blend, glyph->colour, point->ground);
  return glyph->render_mode % 4 != 2 && glyph->state.blend != BLEND_OTHER &&
         colour_difference (shown, point->ground) * glyph->state.opacity <= GLYPH_CONTRAST;
}

/* Too small for any eye, on a page of letters that are not. The unit of a Type 3 font says nothing. */
static gboolean
is_speck (const PaintedPage *page, const PaintedGlyph *glyph, double usual)
{
  gboolean type3 = glyph->font >= 0 && g_array_index (page->fonts, PaintedFont, glyph->font).type3;
  return glyph->flat || (glyph->size < SPECK && glyph->size < SPECK_SHARE * usual && !type3);
}

static gboolean
is_hidden (const PaintedPage *page, const PaintedGlyph *glyph, gboolean text_layer, const CoveredPoint *places,
           double usual)
{
  if (!is_inside (page, glyph) || (!text_layer && is_speck (page, glyph, usual)))
    return TRUE;
  if (is_unpainted (glyph))
    return !text_layer;
  return is_hidden_at (glyph, &places[0]) && is_hidden_at (glyph, &places[1]);
}

/* White space goes with what is before it. */
static void
tell_glyphs (SeenPage *seen, gboolean text_layer)
{
  const PaintedPage *page = seen->painted;
  g_autoptr (GArray) points = g_array_sized_new (FALSE, FALSE, sizeof (CoveredPoint), page->glyphs->len * 2);
  for (guint i = 0; i < page->glyphs->len; i++)
    add_places (points, &g_array_index (page->glyphs, PaintedGlyph, i));
  covers_find (page, seen->covers, points, FALSE);
  double usual = usual_size (page);
  gboolean hidden = FALSE;
  for (guint i = 0; i < page->glyphs->len; i++) {
    const PaintedGlyph *glyph = &g_array_index (page->glyphs, PaintedGlyph, i);
    if (!glyph->space)
      hidden = is_hidden (page, glyph, text_layer, &g_array_index (points, CoveredPoint, i * 2), usual);
    if (hidden && seen->glyph_fates[i] == FATE_SEEN)
      seen->glyph_fates[i] = FATE_HIDDEN;
  }
}

/* Filled areas */

/* Five places of a filled rectangle. */
static void
add_places_of_fill (GArray *points, const PaintedPath *path)
{
  Box box = box_intersection (path->box, path->state.clip);
  double width = box.x1 - box.x0, height = box.y1 - box.y0;
  const double places[][2] = {{.5, .5}, {.1, .1}, {.9, .1}, {.1, .9}, {.9, .9}};
  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    CoveredPoint point = {
        .x = box.x0 + places[i][0] * width, .y = box.y0 + places[i][1] * height, .order = path->state.order};
    g_array_append_val (points, point);
  }
}

static gboolean
is_filled_area (const PaintedPath *path)
{
  return path->filled && path->count <= 6 &&
         MIN (path->box.x1 - path->box.x0, path->box.y1 - path->box.y0) > LINE_THICKNESS_LIMIT;
}

static void
tell_fills (SeenPage *seen)
{
  const PaintedPage *page = seen->painted;
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (CoveredPoint));
  for (guint i = 0; i < page->paths->len; i++) {
    const PaintedPath *path = &g_array_index (page->paths, PaintedPath, i);
    if (path->state.opacity < CLEAR && seen->path_fates[i] == FATE_SEEN)
      seen->path_fates[i] = FATE_HIDDEN;
    if (is_filled_area (path))
      add_places_of_fill (points, path);
  }
  covers_find (page, seen->covers, points, FALSE);
  guint next = 0;
  for (guint i = 0; i < page->paths->len; i++) {
    const PaintedPath *path = &g_array_index (page->paths, PaintedPath, i);
    if (!is_filled_area (path))
      continue;
    gboolean hidden = TRUE;
    for (guint end = next + 5; next < end; next++) {
      const CoveredPoint *point = &g_array_index (points, CoveredPoint, next);
      hidden = hidden && (point->over != PAINTED_NONE ||
                          colour_difference (path->colour, point->ground) * path->state.opacity <= FILL_CONTRAST);
    }
    if (hidden && seen->path_fates[i] == FATE_SEEN)
      seen->path_fates[i] = FATE_HIDDEN;
  }
}

/* What a field or a free text that is not shown says. */
static void
note_hidden_annotations (const SeenPage *seen, GPtrArray *notes)
{
  for (guint i = 0; i < seen->painted->annotations->len; i++) {
    const PaintedAnnotation *annotation = &g_array_index (seen->painted->annotations, PaintedAnnotation, i);
    g_autofree char *words =
        annotation->kind == ANNOTATION_HIDDEN && annotation->value ? note_words (annotation->value) : NULL;
    if (words && *words)
      notes_add (notes, "hidden-text", NOTE_INFO, (Place){.page = seen->number, .box = annotation->box},
                 "“%s” is in an annotation that is not shown.", words);
  }
}

void
visible_tell (SeenPage *seen, gboolean text_layer, GPtrArray *notes)
{
  tell_glyphs (seen, text_layer);
  tell_fills (seen);
  fate_note_runs (seen, FATE_HIDDEN, "hidden-text", "cannot be seen on the page", notes);
  note_hidden_annotations (seen, notes);
}

/* Lines */

typedef struct {
  guint first, count; /* of the points: three for each place */
} LinePlaces;

static gboolean
is_vertical (const RulingLine *line)
{
  return line->kind == RULING_VERTICAL;
}

/* Whether a line is of the colour of anything that it may be on. */
static gboolean
may_be_lost (const PaintedPath *path, GArray *covers)
{
  const PaintedColour white = {255, 255, 255, TRUE};
  if (colour_difference (path->colour, white) * path->state.opacity <= GLYPH_CONTRAST)
    return TRUE;
  for (guint i = 0; i < covers->len; i++)
    if (colour_difference (path->colour, g_array_index (covers, Cover, i).colour) <= GLYPH_CONTRAST)
      return TRUE;
  return FALSE;
}

/* Places along a line; at each one on the line and one to either side. */
static LinePlaces
add_places_of_line (GArray *points, const PaintedLine *painted, const PaintedPath *path, double step)
{
  const RulingLine *line = &painted->line;
  double from = is_vertical (line) ? line->box.y0 : line->box.x0, to = is_vertical (line) ? line->box.y1 : line->box.x1;
  double beside = line->thickness / 2 + BESIDE;
  LinePlaces places = {points->len, (guint)CLAMP ((to - from) / step, 2, LINE_PLACES_LIMIT)};
  for (guint i = 0; i < places.count; i++) {
    double at = from + (i + 0.5) * (to - from) / places.count;
    for (int side = -1; side <= 1; side++) {
      CoveredPoint point = {.order = path->state.order};
      point.x = is_vertical (line) ? line->box.x0 + side * beside : at;
      point.y = is_vertical (line) ? at : line->box.y0 + side * beside;
      g_array_append_val (points, point);
    }
  }
  return places;
}

/* Not seen at a place: covered there and to either side, so that the edge of a fill hides no line that it ends at; or of
 * the colour of what is under it and stays to either side. */
static gboolean
is_lost_at (const PaintedPath *path, const CoveredPoint *sides)
{
  if (sides[0].over != PAINTED_NONE && sides[1].over != PAINTED_NONE && sides[2].over != PAINTED_NONE)
    return TRUE;
  return colour_difference (path->colour, sides[1].ground) * path->state.opacity <= GLYPH_CONTRAST &&
         colour_difference (path->colour, sides[0].in_the_end) <= GLYPH_CONTRAST &&
         colour_difference (path->colour, sides[2].in_the_end) <= GLYPH_CONTRAST;
}

/* Where between two places, FROM seen and TO not, the line ends: at the edge of what covers it. */
static double
end_between (GArray *covers, const CoveredPoint *lost, gboolean vertical, double from, double to)
{
  double low = MIN (from, to), high = MAX (from, to);
  if (lost->over != PAINTED_NONE) {
    Box box = g_array_index (covers, Cover, lost->over).box;
    double edge = vertical ? (from < to ? box.y0 : box.y1) : (from < to ? box.x0 : box.x1);
    if (edge >= low && edge <= high)
      return edge;
  }
  return (from + to) / 2;
}

/* Adds to CUT what is seen of a line. */
static void
cut_line (GArray *cut, GArray *covers, const PaintedLine *painted, const PaintedPath *path, GArray *points,
          LinePlaces places)
{
  gboolean vertical = is_vertical (&painted->line), seen_before = FALSE;
  const CoveredPoint *sides = &g_array_index (points, CoveredPoint, places.first);
  PaintedLine part = *painted;
  for (guint i = 0; i <= places.count; i++) {
    gboolean seen = i < places.count && !is_lost_at (path, &sides[i * 3]);
    double at = i == places.count ? 0 : vertical ? sides[i * 3 + 1].y : sides[i * 3 + 1].x;
    double before = i == 0 ? 0 : vertical ? sides[i * 3 - 2].y : sides[i * 3 - 2].x;
    if (seen && !seen_before) {
      double start = i == 0 ? (vertical ? painted->line.box.y0 : painted->line.box.x0)
                            : end_between (covers, &sides[i * 3 - 2], vertical, at, before);
      *(vertical ? &part.line.box.y0 : &part.line.box.x0) = start;
    } else if (!seen && seen_before) {
      double end = i == places.count ? (vertical ? painted->line.box.y1 : painted->line.box.x1)
                                     : end_between (covers, &sides[i * 3 + 1], vertical, before, at);
      *(vertical ? &part.line.box.y1 : &part.line.box.x1) = end;
      g_array_append_val (cut, part);
    }
    seen_before = seen;
  }
}

void
visible_cut_lines (const SeenPage *seen, GArray *lines)
{
  const PaintedPage *page = seen->painted;
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (CoveredPoint)),
                     cut = g_array_new (FALSE, FALSE, sizeof (PaintedLine));
  g_autofree LinePlaces *places = g_new0 (LinePlaces, lines->len + 1);
  double step = MAX (LINE_STEP, lines->len * (double)LINE_PLACES_LIMIT / ALL_PLACES_LIMIT * LINE_STEP);
  for (guint i = 0; i < lines->len; i++) {
    const PaintedLine *painted = &g_array_index (lines, PaintedLine, i);
    const PaintedPath *path = &g_array_index (page->paths, PaintedPath, painted->path);
    if (painted->line.kind != RULING_FILL &&
        (covers_may_hide (seen->covers, path->state.order, painted->line.box) || may_be_lost (path, seen->covers)))
      places[i] = add_places_of_line (points, painted, path, step);
  }
  if (points->len == 0)
    return;
  covers_find (page, seen->covers, points, TRUE);
  for (guint i = 0; i < lines->len; i++) {
    const PaintedLine *painted = &g_array_index (lines, PaintedLine, i);
    if (places[i].count == 0)
      g_array_append_val (cut, *painted);
    else
      cut_line (cut, seen->covers, painted, &g_array_index (page->paths, PaintedPath, painted->path), points,
                places[i]);
  }
  g_array_set_size (lines, 0);
  if (cut->len > 0)
    g_array_append_vals (lines, cut->data, cut->len);
}
