/* tags.c - see tags.h */
#include "read/pdf/tags/tags.h"

#include "read/pdf/page_tree.h"
#include "read/pdf/quiet.h"
#include "read/pdf/tags/marked_text.h"
#include "read/pdf/tags/tag_tree.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* With so many lines either way a table is drawn, and leaves no doubt. */
#define LINES_ENOUGH 4

/* Of a glyph's box: where its baseline is, and how far off a piece on its line may begin. Fonts tell their ascent and
 * descent as they like. */
#define BASELINE 0.8
#define BASELINE_OFF 0.35

/* The part of a glyph's box above and below that letters leave free. */
#define BEARING 0.15

typedef struct {
  qpdf_data pdf;
  const TagTree *tree;
  GArray *columns; /* GArray of TaggedColumn, one a table */
} Tags;

static gboolean
is_in_doubt (const Page *page)
{
  int lines[RULING_FILL + 1] = {0};
  for (guint i = 0; i < page->ruling_lines->len; i++)
    lines[g_array_index (page->ruling_lines, RulingLine, i).kind]++;
  return page->glyphs->len > 0 && (lines[RULING_HORIZONTAL] < LINES_ENOUGH || lines[RULING_VERTICAL] < LINES_ENOUGH);
}

/* Marks */

static int
order_of_marks (gconstpointer a, gconstpointer b)
{
  const TagMark *one = a, *other = b;
  if (one->page != other->page)
    return one->page < other->page ? -1 : 1;
  return one->mark < other->mark ? -1 : one->mark > other->mark;
}

/* The cell of the mark, or -1. */
static int
cell_of_mark (const TagTree *tree, int page, int mark)
{
  TagMark wanted = {.page = page, .mark = mark};
  guint index;
  if (mark < 0 || !g_array_binary_search (tree->marks, &wanted, order_of_marks, &index))
    return -1;
  return g_array_index (tree->marks, TagMark, index).cell;
}

/* Places */

static qpdf_oh
inherited (qpdf_data pdf, qpdf_oh page, const char *key)
{
  for (int deep = 0; deep < 50 && qpdf_oh_is_dictionary (pdf, page); deep++) {
    if (qpdf_oh_has_key (pdf, page, key))
      return qpdf_oh_get_key (pdf, page, key);
    page = qpdf_oh_get_key (pdf, page, "/Parent");
  }
  return qpdf_oh_new_null (pdf);
}

static gboolean
box_of_page (qpdf_data pdf, qpdf_oh page, Box *box)
{
  double sides[4];
  qpdf_oh array = inherited (pdf, page, "/CropBox");
  if (!qpdf_oh_is_array (pdf, array))
    array = inherited (pdf, page, "/MediaBox");
  if (!qpdf_oh_is_array (pdf, array) || qpdf_oh_get_array_n_items (pdf, array) != 4)
    return FALSE;
  for (int i = 0; i < 4; i++)
    sides[i] = qpdf_oh_get_numeric_value (pdf, qpdf_oh_get_array_item (pdf, array, i));
  *box = (Box){MIN (sides[0], sides[2]), MIN (sides[1], sides[3]), MAX (sides[0], sides[2]), MAX (sides[1], sides[3])};
  return TRUE;
}

static int
order_downwards (gconstpointer a, gconstpointer b)
{
  const TextStart *one = a, *other = b;
  return one->y < other->y ? -1 : one->y > other->y;
}

/* The beginnings of text on the page as it is shown, from the top; NULL: it is turned, or has no size of its own. */
static GArray *
starts_of_page (qpdf_data pdf, qpdf_oh object, const Page *page)
{
  Box box;
  qpdf_oh turn = inherited (pdf, object, "/Rotate");
  unsigned char *data = NULL;
  gsize size = 0;
  if ((qpdf_oh_is_integer (pdf, turn) && qpdf_oh_get_int_value (pdf, turn) != 0) || !box_of_page (pdf, object, &box) ||
      fabs (box.x1 - box.x0 - page->width) > 1 || fabs (box.y1 - box.y0 - page->height) > 1)
    return NULL;
  qpdf_oh_get_page_content_data (pdf, object, &data, &size);
  g_autofree char *content = g_strndup ("", size);
  if (data)
    memcpy (content, data, size);
  free (data);
  GArray *starts = text_starts_from_content (content, size);
  for (guint i = 0; i < starts->len; i++) {
    TextStart *start = &g_array_index (starts, TextStart, i);
    start->x -= box.x0;
    start->y = box.y1 - start->y;
  }
  g_array_sort (starts, order_downwards);
  return starts;
}

static guint
first_below (GArray *starts, double y)
{
  guint low = 0, high = starts->len;
  while (low < high) {
    guint middle = (low + high) / 2;
    if (g_array_index (starts, TextStart, middle).y < y)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* The mark of the piece that begins nearest to the left of the glyph on its line. */
static int
mark_of_glyph (GArray *starts, const Glyph *glyph)
{
  double height = glyph->box.y1 - glyph->box.y0, baseline = glyph->box.y0 + height * BASELINE;
  const TextStart *nearest = NULL;
  for (guint i = first_below (starts, baseline - height * BASELINE_OFF); i < starts->len; i++) {
    const TextStart *start = &g_array_index (starts, TextStart, i);
    if (start->y > baseline + height * BASELINE_OFF)
      break;
    if (start->x <= glyph->box.x0 + height / 4 && (!nearest || start->x > nearest->x))
      nearest = start;
  }
  return nearest ? nearest->mark : MARK_NONE;
}

/* Cells */

static Box
letter_box (const Glyph *glyph)
{
  double bearing = (glyph->box.y1 - glyph->box.y0) * BEARING;
  return (Box){glyph->box.x0, glyph->box.y0 + bearing, glyph->box.x1, glyph->box.y1 - bearing};
}

/* What of the tree's cells is on one page. */
typedef struct {
  Box *boxes;  /* one a cell */
  int *glyphs; /* one a table */
} Found;

static void
find_glyphs (const Tags *tags, const Page *page, int object, GArray *starts, Found *found)
{
  for (guint i = 0; i < page->glyphs->len; i++) {
    const Glyph *glyph = &g_array_index (page->glyphs, Glyph, i);
    int cell = cell_of_mark (tags->tree, object, mark_of_glyph (starts, glyph));
    if (cell < 0)
      continue;
    Box *box = &found->boxes[cell], letter = letter_box (glyph);
    *box = box_is_empty (*box) ? letter : box_union (*box, letter);
    found->glyphs[g_array_index (tags->tree->cells, TagCell, cell).table]++;
  }
}

/* A column reaches as far as its cells on all pages do. */
static void
widen_column (const Tags *tags, const TagCell *cell, Box box)
{
  GArray *columns = g_array_index (tags->columns, GArray *, cell->table);
  TaggedColumn none = {G_MAXDOUBLE, -G_MAXDOUBLE};
  while ((int)columns->len < cell->column + cell->column_span)
    g_array_append_val (columns, none);
  TaggedColumn *column = &g_array_index (columns, TaggedColumn, cell->column);
  if (cell->column_span > 1 || box_is_empty (box))
    return;
  column->from = MIN (column->from, box.x0);
  column->to = MAX (column->to, box.x1);
}

/* Cells of rows that have something on the page, and those that reach down into them. */
static void
add_cells (const Tags *tags, const Found *found, int table, TaggedTable *tagged)
{
  GArray *cells = tags->tree->cells;
  int first = G_MAXINT, last = -1;
  for (guint i = 0; i < cells->len; i++) {
    const TagCell *cell = &g_array_index (cells, TagCell, i);
    if (cell->table != table || box_is_empty (found->boxes[i]))
      continue;
    widen_column (tags, cell, found->boxes[i]);
    first = MIN (first, cell->row);
    last = MAX (last, cell->row);
  }
  for (guint i = 0; i < cells->len; i++) {
    const TagCell *cell = &g_array_index (cells, TagCell, i);
    if (cell->table != table || cell->row > last || cell->row + cell->row_span <= first)
      continue;
    TaggedCell own = {cell->row, cell->column, cell->row_span, cell->column_span, found->boxes[i]};
    g_array_append_val (tagged->cells, own);
  }
}

static void
read_page (const Tags *tags, Page *page, const PageSlot *slot)
{
  g_autoptr (GArray) starts = slot->page ? starts_of_page (tags->pdf, slot->page, page) : NULL;
  if (!starts)
    return;
  g_autofree Box *boxes = g_new0 (Box, tags->tree->cells->len + 1);
  g_autofree int *glyphs = g_new0 (int, tags->tree->tables);
  Found found = {boxes, glyphs};
  find_glyphs (tags, page, slot->id, starts, &found);
  page->tagged = g_ptr_array_new_with_free_func ((GDestroyNotify)tagged_table_free);
  for (int table = 0; table < tags->tree->tables; table++) {
    if (glyphs[table] == 0)
      continue;
    TaggedTable *tagged = tagged_table_new ();
    tagged->glyphs = glyphs[table];
    add_cells (tags, &found, table, tagged);
    g_array_unref (tagged->columns);
    tagged->columns = g_array_ref (g_array_index (tags->columns, GArray *, table));
    g_ptr_array_add (page->tagged, tagged);
  }
}

static void
unref_columns (gpointer columns)
{
  g_array_unref (*(GArray **)columns);
}

static void
read_pages (qpdf_data pdf, const TagTree *tree, GPtrArray *pages)
{
  g_autoptr (PageTree) page_tree = page_tree_from_root (pdf);
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (GArray *));
  g_array_set_clear_func (columns, unref_columns);
  for (int i = 0; i < tree->tables; i++) {
    GArray *own = g_array_new (FALSE, FALSE, sizeof (TaggedColumn));
    g_array_append_val (columns, own);
  }
  Tags tags = {pdf, tree, columns};
  for (guint i = 0; i < pages->len; i++) {
    Page *page = pages->pdata[i];
    if (page->number <= (int)page_tree->slots->len && is_in_doubt (page))
      read_page (&tags, page, &g_array_index (page_tree->slots, PageSlot, page->number - 1));
  }
}

void
pages_read_tags (GPtrArray *pages, GBytes *bytes)
{
  gboolean in_doubt = FALSE;
  for (guint i = 0; i < pages->len && !in_doubt; i++)
    in_doubt = is_in_doubt (pages->pdata[i]);
  g_auto (QuietPdf) pdf = in_doubt ? quiet_pdf_from_bytes (bytes) : NULL;
  g_autoptr (TagTree) tree = pdf ? tag_tree_from_pdf (pdf) : NULL;
  if (!tree)
    return;
  g_array_sort (tree->marks, order_of_marks);
  read_pages (pdf, tree, pages);
}
