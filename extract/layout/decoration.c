/* decoration.c - see decoration.h */
#include "layout/decoration.h"

#include "model/numbers.h"

#include <math.h>

/* Points: a frame within another one may reach over its border by this. */
#define TOUCH 2.5

/* Parts of the height of its glyphs: the ends of a fill behind a line of text are this near to the text's, and it is no
 * higher than this. */
#define END_NEAR 0.35
#define HEIGHT_MOST 1.7

/* More of them prove no more. */
#define PLACES_MOST 6
#define RATIO_MOST 3.0

/* Fills behind text */

typedef struct {
  double y;
  const Glyph *glyph;
} GlyphAt;

static int
order_downwards (gconstpointer a, gconstpointer b)
{
  double first = ((const GlyphAt *)a)->y, second = ((const GlyphAt *)b)->y;
  return first < second ? -1 : first > second;
}

/* The glyphs of PAGE (GlyphAt) by the height of their middles. */
static GArray *
glyphs_downwards (const Page *page)
{
  GArray *glyphs = g_array_sized_new (FALSE, FALSE, sizeof (GlyphAt), page->glyphs->len);
  for (guint i = 0; i < page->glyphs->len; i++) {
    const Glyph *glyph = &g_array_index (page->glyphs, Glyph, i);
    GlyphAt at = {(glyph->box.y0 + glyph->box.y1) / 2, glyph};
    g_array_append_val (glyphs, at);
  }
  g_array_sort (glyphs, order_downwards);
  return glyphs;
}

/* Index of the first of GLYPHS not above Y. */
static guint
first_from (GArray *glyphs, double y)
{
  guint low = 0, high = glyphs->len;
  while (low < high) {
    guint between = (low + high) / 2;
    if (g_array_index (glyphs, GlyphAt, between).y < y)
      low = between + 1;
    else
      high = between;
  }
  return low;
}

/* Whether BOX ends where the one line of text on it does. */
static gboolean
is_behind_text (Box box, GArray *glyphs)
{
  Box text = {G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE};
  double height = 0;
  for (guint i = first_from (glyphs, box.y0); i < glyphs->len && g_array_index (glyphs, GlyphAt, i).y < box.y1; i++) {
    const Box *glyph = &g_array_index (glyphs, GlyphAt, i).glyph->box;
    double middle = (glyph->x0 + glyph->x1) / 2;
    if (middle < box.x0 || middle >= box.x1)
      continue;
    text = box_union (text, *glyph);
    height = MAX (height, glyph->y1 - glyph->y0);
  }
  return height > 0 && box.y1 - box.y0 <= HEIGHT_MOST * height && text.y1 - text.y0 <= 1.1 * height &&
         fabs (text.x0 - box.x0) <= END_NEAR * height && fabs (text.x1 - box.x1) <= END_NEAR * height;
}

void
page_drop_text_fills (Page *page)
{
  g_autoptr (GArray) glyphs = glyphs_downwards (page);
  guint kept = 0;
  for (guint i = 0; i < page->ruling_lines->len; i++) {
    RulingLine ruling = g_array_index (page->ruling_lines, RulingLine, i);
    if (ruling.kind != RULING_FILL || !is_behind_text (ruling.box, glyphs))
      g_array_index (page->ruling_lines, RulingLine, kept++) = ruling;
  }
  g_array_set_size (page->ruling_lines, kept);
}

/* Frames within frames */

static gboolean
is_within (const Frame *inner, const Frame *outer)
{
  return inner->box.x0 > outer->box.x0 - TOUCH && inner->box.x1 < outer->box.x1 + TOUCH &&
         inner->box.y0 > outer->box.y0 - TOUCH && inner->box.y1 < outer->box.y1 + TOUCH &&
         (outer->box.x1 - outer->box.x0) * (outer->box.y1 - outer->box.y0) >
             (inner->box.x1 - inner->box.x0) * (inner->box.y1 - inner->box.y0);
}

/* How many places of OUTER have text that is in none of INNER (Frame). */
static int
places_with_text (const Frame *outer, GPtrArray *inner, const Page *page)
{
  g_autofree guint8 *filled = g_new0 (guint8, (gsize)frame_rows (outer) * frame_columns (outer) + 1);
  int count = 0;
  for (guint i = 0; i < page->glyphs->len && count < PLACES_MOST; i++) {
    const Box *box = &g_array_index (page->glyphs, Glyph, i).box;
    double x = (box->x0 + box->x1) / 2, y = (box->y0 + box->y1) / 2;
    int column = frame_column_at (outer, x), row = frame_row_at (outer, y);
    gboolean out = row < 0 || column < 0;
    for (guint j = 0; j < inner->len && !out; j++) {
      const Frame *frame = g_ptr_array_index (inner, j);
      gboolean beside = frame_column_at (outer, (frame->box.x0 + frame->box.x1) / 2) == column &&
                        frame_row_at (outer, (frame->box.y0 + frame->box.y1) / 2) == row;
      out = beside || box_has (frame->box, x, y);
    }
    if (out)
      continue;
    guint8 *place = &filled[(gsize)row * frame_columns (outer) + column];
    count += !*place;
    *place = TRUE;
  }
  return count;
}

/* Whether OUTER, with the frames INNER in it, is a table. */
static gboolean
holds_content (const Frame *outer, GPtrArray *inner, const Page *page, const Weighing *weighing)
{
  double places = 0;
  for (guint i = 0; i < inner->len; i++) {
    const Frame *frame = g_ptr_array_index (inner, i);
    places += frame_rows (frame) * frame_columns (frame);
  }
  Evidence evidence = evidence_new (weighing);
  double own = frame_rows (outer) * frame_columns (outer);
  evidence_add (&evidence, EVIDENCE_NESTED, 1);
  evidence_add (&evidence, EVIDENCE_NESTED_TEXT, places_with_text (outer, inner, page));
  evidence_add (&evidence, EVIDENCE_NESTED_PLACES, MIN (places / own, RATIO_MOST));
  gboolean content = evidence_sum (&evidence) > 0;
  evidence_say (&evidence, (Place){.page = page->number, .box = outer->box}, "%s",
                content ? "a table with frames in its cells" : "a frame around tables");
  return content;
}

void
frames_drop_nested (GPtrArray *frames, const Page *page, const Weighing *weighing)
{
  for (guint i = 0; i < frames->len; i++) {
    const Frame *outer = g_ptr_array_index (frames, i);
    g_autoptr (GPtrArray) inner = g_ptr_array_new ();
    for (guint j = 0; j < frames->len; j++)
      if (j != i && is_within (g_ptr_array_index (frames, j), outer))
        g_ptr_array_add (inner, g_ptr_array_index (frames, j));
    if (inner->len == 0)
      continue;
    if (!holds_content (outer, inner, page, weighing)) {
      g_ptr_array_remove_index (frames, i--);
      continue;
    }
    for (guint j = frames->len; j-- > 0;)
      if (g_ptr_array_find (inner, g_ptr_array_index (frames, j), NULL)) {
        g_ptr_array_remove_index (frames, j);
        i -= j < i;
      }
  }
}
