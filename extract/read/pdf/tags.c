/* tags.c - see tags.h */
#include "read/pdf/tags.h"

#include "read/pdf/qpdf_document.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Structure tree (ISO 32000-1, 14.7 and 14.8.4.3)
 *
 *   StructTreeRoot ─ Document ─ Table ─ TBody ─ TR ─ TD /RowSpan 2 ─ P ─ 17      mark 17 of a page
 *
 * Names that the document defines itself are mapped to the standard ones by its role map. What is in a cell of a table
 * within a cell belongs to the inner table.
 */

/* Content of a cell: what has the mark `mark` on the page that is object `page`. */
typedef struct {
  int page, mark;
  int cell; /* of TagTree's cells */
} TagMark;

typedef struct {
  int table, row, column, row_span, column_span;
} TagCell;

typedef struct {
  GArray *cells; /* TagCell */
  GArray *marks; /* TagMark */
  int tables;
} TagTree;

/* Sheets have no deeper or larger trees, and no wider cells. */
#define DEPTH_LIMIT 60
#define ELEMENTS_LIMIT 100000
#define SPAN_LIMIT 60

/* Columns beyond this are taken as one. */
#define COLUMNS_LIMIT 500

typedef enum { KIND_OTHER, KIND_TABLE, KIND_ROW, KIND_CELL } TagKind;

/* The position of the walk in the tree. */
typedef struct {
  int table; /* -1: in none */
  int cell;  /* of the tree's cells; -1: in none */
  int page;  /* object of the page that holds the content */
} TagPosition;

/* The cells of a table so far. */
typedef struct {
  int row;
  GHashTable *taken; /* set of grid_key */
} TagTableLayout;

typedef struct {
  QpdfDocument pdf;
  qpdf_oh roles;
  TagTree *tree;
  GPtrArray *layouts; /* TagTableLayout, one a table */
  int elements;
} TagTreeWalk;

static void
layout_free (gpointer data)
{
  TagTableLayout *layout = data;
  g_hash_table_unref (layout->taken);
  g_free (layout);
}

static TagKind
kind_of_name (const char *name)
{
  static const struct {
    const char *name;
    TagKind kind;
  } kinds[] = {{"/Table", KIND_TABLE}, {"/TR", KIND_ROW}, {"/TD", KIND_CELL}, {"/TH", KIND_CELL}};
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].name, name))
      return kinds[i].kind;
  return KIND_OTHER;
}

static TagKind
kind_of_element (TagTreeWalk *walk, qpdf_oh element)
{
  qpdf_oh type = qpdf_oh_get_key (walk->pdf, element, "/S");
  for (int i = 0; i < 3 && qpdf_oh_is_name (walk->pdf, type); i++) {
    g_autofree char *name = g_strdup (qpdf_oh_get_name (walk->pdf, type));
    TagKind kind = kind_of_name (name);
    if (kind != KIND_OTHER || !qpdf_oh_is_dictionary (walk->pdf, walk->roles))
      return kind;
    type = qpdf_oh_get_key (walk->pdf, walk->roles, name);
  }
  return KIND_OTHER;
}

static int
span_in (TagTreeWalk *walk, qpdf_oh attributes, const char *key)
{
  qpdf_oh span = qpdf_oh_get_key_if_dict (walk->pdf, attributes, key);
  gint64 number = qpdf_oh_is_integer (walk->pdf, span) ? qpdf_oh_get_int_value (walk->pdf, span) : 1;
  return (int)CLAMP (number, 1, SPAN_LIMIT);
}

/* The attributes of an element are one dictionary, or an array of them. */
static int
span_of (TagTreeWalk *walk, qpdf_oh element, const char *key)
{
  qpdf_oh attributes = qpdf_oh_get_key (walk->pdf, element, "/A");
  if (!qpdf_oh_is_array (walk->pdf, attributes))
    return span_in (walk, attributes, key);
  int span = 1, count = MIN (qpdf_oh_get_array_n_items (walk->pdf, attributes), 10);
  for (int i = 0; i < count; i++)
    span = MAX (span, span_in (walk, qpdf_oh_get_array_item (walk->pdf, attributes, i), key));
  return span;
}

static gpointer
grid_key (int row, int column)
{
  return GINT_TO_POINTER (row * (COLUMNS_LIMIT + SPAN_LIMIT) + column + 1);
}

/* As in HTML, a cell takes the next free position of its row. */
static int
add_tag_cell (TagTreeWalk *walk, qpdf_oh element, int table)
{
  TagTableLayout *layout = walk->layouts->pdata[table];
  TagCell cell = {.table = table, .row = MAX (layout->row, 0)};
  cell.row_span = span_of (walk, element, "/RowSpan");
  cell.column_span = span_of (walk, element, "/ColSpan");
  while (cell.column < COLUMNS_LIMIT && g_hash_table_contains (layout->taken, grid_key (cell.row, cell.column)))
    cell.column++;
  for (int row = cell.row; row < cell.row + cell.row_span; row++)
    for (int column = cell.column; column < cell.column + cell.column_span; column++)
      g_hash_table_add (layout->taken, grid_key (row, column));
  g_array_append_val (walk->tree->cells, cell);
  return (int)walk->tree->cells->len - 1;
}

static int
add_tag_table (TagTreeWalk *walk)
{
  TagTableLayout *layout = g_new0 (TagTableLayout, 1);
  layout->row = -1;
  layout->taken = g_hash_table_new (NULL, NULL);
  g_ptr_array_add (walk->layouts, layout);
  return walk->tree->tables++;
}

static void
add_tag_mark (TagTreeWalk *walk, TagPosition position, gint64 mark)
{
  TagMark own = {.page = position.page, .mark = (int)CLAMP (mark, 0, G_MAXINT), .cell = position.cell};
  if (position.cell >= 0 && position.page > 0)
    g_array_append_val (walk->tree->marks, own);
}

static void walk_kid (TagTreeWalk *walk, qpdf_oh kid, TagPosition position, int depth);

static void
walk_kids (TagTreeWalk *walk, qpdf_oh element, TagPosition position, int depth)
{
  qpdf_oh kids = qpdf_oh_get_key (walk->pdf, element, "/K");
  if (!qpdf_oh_is_array (walk->pdf, kids)) {
    walk_kid (walk, kids, position, depth);
    return;
  }
  int count = qpdf_oh_get_array_n_items (walk->pdf, kids);
  for (int i = 0; i < count && walk->elements < ELEMENTS_LIMIT; i++)
    walk_kid (walk, qpdf_oh_get_array_item (walk->pdf, kids, i), position, depth);
}

/* A kid is an element, the number of a marked-content sequence, or a dictionary with that number and its page. */
static void
walk_kid (TagTreeWalk *walk, qpdf_oh kid, TagPosition position, int depth)
{
  QpdfDocument pdf = walk->pdf;
  if (qpdf_oh_is_integer (pdf, kid))
    add_tag_mark (walk, position, qpdf_oh_get_int_value (pdf, kid));
  if (depth == 0 || ++walk->elements > ELEMENTS_LIMIT || !qpdf_oh_is_dictionary (pdf, kid))
    return;
  qpdf_oh page = qpdf_oh_get_key (pdf, kid, "/Pg");
  if (qpdf_oh_is_dictionary (pdf, page))
    position.page = qpdf_oh_get_object_id (pdf, page);
  qpdf_oh mark = qpdf_oh_get_key (pdf, kid, "/MCID");
  if (qpdf_oh_is_integer (pdf, mark)) {
    add_tag_mark (walk, position, qpdf_oh_get_int_value (pdf, mark));
    return;
  }
  TagKind kind = kind_of_element (walk, kid);
  if (kind == KIND_TABLE)
    position = (TagPosition){.table = add_tag_table (walk), .cell = -1, .page = position.page};
  else if (kind == KIND_ROW && position.table >= 0 && position.cell < 0)
    ((TagTableLayout *)walk->layouts->pdata[position.table])->row++;
  else if (kind == KIND_CELL && position.table >= 0 && position.cell < 0)
    position.cell = add_tag_cell (walk, kid, position.table);
  walk_kids (walk, kid, position, depth - 1);
}

static void
tag_tree_free (TagTree *tree)
{
  if (!tree)
    return;
  g_array_unref (tree->cells);
  g_array_unref (tree->marks);
  g_free (tree);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TagTree, tag_tree_free)

/* NULL: the document has no table in its structure. */
static TagTree *
tag_tree_from_pdf (QpdfDocument pdf)
{
  g_autoptr (TagTree) tree = g_new0 (TagTree, 1);
  tree->cells = g_array_new (FALSE, FALSE, sizeof (TagCell));
  tree->marks = g_array_new (FALSE, FALSE, sizeof (TagMark));
  g_autoptr (GPtrArray) layouts = g_ptr_array_new_with_free_func (layout_free);
  qpdf_oh root = qpdf_oh_get_key_if_dict (pdf, qpdf_get_root (pdf), "/StructTreeRoot");
  if (!qpdf_oh_is_dictionary (pdf, root))
    return NULL;
  TagTreeWalk walk = {.pdf = pdf, .tree = tree, .layouts = layouts};
  walk.roles = qpdf_oh_get_key (pdf, root, "/RoleMap");
  walk_kids (&walk, root, (TagPosition){.table = -1, .cell = -1}, DEPTH_LIMIT);
  return tree->tables > 0 ? g_steal_pointer (&tree) : NULL;
}

/* Content stream (ISO 32000-1, 8.3.4, 9.4 and 14.6; form XObjects are skipped)
 *
 *   /P << /MCID 17 >> BDC  BT 1 0 0 1 72 700 Tm <0102> Tj 12 0 Td <03> Tj ET  EMC       17 at (72, 700) and (84, 700)
 *
 * Poppler says which marks an element of the structure has, and where glyphs are, but not which glyph is in which
 * marked-content sequence. So the content stream is read for positions only, without fonts and widths. A glyph belongs
 * to the text that begins nearest to its left on its line.
 */

/* No mark. */
#define MARK_NONE (-1)

typedef struct {
  double x, y; /* in the user space of the page */
  int mark;
} TextStart;

#define OPERANDS_LIMIT 8
#define NESTING_LIMIT 64

typedef struct {
  double a, b, c, d, e, f;
} ContentMatrix;

static const ContentMatrix identity = {1, 0, 0, 1, 0, 0};

typedef struct {
  const char *next, *end;

  double operands[OPERANDS_LIMIT]; /* the last ones */
  int count;
  int operand_mark; /* in the dictionary among the operands; -1: none */

  ContentMatrix transform, saved[NESTING_LIMIT]; /* the current transformation, and those that q saved */
  int saves;
  ContentMatrix text, line;
  double leading;
  gboolean moved; /* where the next text begins is known */

  int marks[NESTING_LIMIT], nested;
  GArray *starts; /* TextStart */
} ContentStream;

static ContentMatrix
product (ContentMatrix m, ContentMatrix n)
{
  return (ContentMatrix){m.a * n.a + m.b * n.c, m.a * n.b + m.b * n.d,       m.c * n.a + m.d * n.c,
                         m.c * n.b + m.d * n.d, m.e * n.a + m.f * n.c + n.e, m.e * n.b + m.f * n.d + n.f};
}

static double
operand (const ContentStream *content, int from_end)
{
  int index = content->count - from_end;
  return index >= 0 && content->count <= OPERANDS_LIMIT ? content->operands[index] : 0;
}

static ContentMatrix
matrix_of_operands (const ContentStream *content)
{
  return (ContentMatrix){operand (content, 6), operand (content, 5), operand (content, 4),
                         operand (content, 3), operand (content, 2), operand (content, 1)};
}

static void
save (ContentStream *content)
{
  if (content->saves < NESTING_LIMIT)
    content->saved[content->saves] = content->transform;
  content->saves++;
}

static void
restore (ContentStream *content)
{
  if (content->saves > 0 && --content->saves < NESTING_LIMIT)
    content->transform = content->saved[content->saves];
}

static void
change_transform (ContentStream *content)
{
  content->transform = product (matrix_of_operands (content), content->transform);
}

static void
place_line (ContentStream *content, ContentMatrix matrix)
{
  content->text = content->line = matrix;
  content->moved = TRUE;
}

static void
begin_text (ContentStream *content)
{
  place_line (content, identity);
}

static void
set_matrix (ContentStream *content)
{
  place_line (content, matrix_of_operands (content));
}

static void
move (ContentStream *content)
{
  place_line (content,
              product ((ContentMatrix){1, 0, 0, 1, operand (content, 2), operand (content, 1)}, content->line));
}

static void
move_with_leading (ContentStream *content)
{
  content->leading = -operand (content, 1);
  move (content);
}

static void
set_leading (ContentStream *content)
{
  content->leading = operand (content, 1);
}

static void
next_line (ContentStream *content)
{
  place_line (content, product ((ContentMatrix){1, 0, 0, 1, 0, -content->leading}, content->line));
}

static void
show (ContentStream *content)
{
  if (!content->moved)
    return;
  ContentMatrix at = product (content->text, content->transform);
  int mark = content->nested > 0 && content->nested <= NESTING_LIMIT ? content->marks[content->nested - 1] : MARK_NONE;
  TextStart start = {.x = at.e, .y = at.f, .mark = mark};
  g_array_append_val (content->starts, start);
  content->moved = FALSE;
}

static void
show_next_line (ContentStream *content)
{
  next_line (content);
  show (content);
}

/* A sequence without a number of its own is part of the one around it. */
static void
begin_mark (ContentStream *content)
{
  int around =
      content->nested > 0 && content->nested <= NESTING_LIMIT ? content->marks[content->nested - 1] : MARK_NONE;
  if (content->nested < NESTING_LIMIT)
    content->marks[content->nested] = content->operand_mark >= 0 ? content->operand_mark : around;
  content->nested++;
}

static void
end_mark (ContentStream *content)
{
  content->nested = MAX (content->nested - 1, 0);
}

/* The bytes of an inline image end at an "EI" between spaces. */
static void
skip_inline_image (ContentStream *content)
{
  const char *next = content->next;
  while ((next = memmem (next, content->end - next, "EI", 2))) {
    gboolean begins = g_ascii_isspace (next[-1]);
    next += 2;
    if (begins && (next == content->end || g_ascii_isspace (*next)))
      break;
  }
  content->next = next ? next : content->end;
}

static const struct {
  const char *name;
  void (*act) (ContentStream *content);
} operators[] = {
    {"q", save},
    {"Q", restore},
    {"cm", change_transform},
    {"BT", begin_text},
    {"Tm", set_matrix},
    {"Td", move},
    {"TD", move_with_leading},
    {"TL", set_leading},
    {"T*", next_line},
    {"Tj", show},
    {"TJ", show},
    {"'", show_next_line},
    {"\"", show_next_line},
    {"BDC", begin_mark},
    {"BMC", begin_mark},
    {"EMC", end_mark},
    {"ID", skip_inline_image},
};

static void
act (ContentStream *content, const char *name, gsize length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (operators); i++)
    if (strlen (operators[i].name) == length && !memcmp (operators[i].name, name, length)) {
      operators[i].act (content);
      break;
    }
  content->count = 0;
  content->operand_mark = -1;
}

static gboolean
ends_word (char character)
{
  return g_ascii_isspace (character) || character == '\0' || strchr ("()<>[]{}/%", character);
}

static void
skip_string (ContentStream *content)
{
  int deep = 0;
  for (; content->next < content->end; content->next++) {
    if (*content->next == '\\' && content->next + 1 < content->end)
      content->next++;
    else if (*content->next == '(')
      deep++;
    else if (*content->next == ')' && --deep == 0)
      break;
  }
  content->next += content->next < content->end;
}

static void
skip_past (ContentStream *content, char last)
{
  const char *found = memchr (content->next, last, content->end - content->next);
  content->next = found ? found + 1 : content->end;
}

static void
read_number (ContentStream *content, const char *word, gsize length)
{
  char text[32] = "";
  memcpy (text, word, MIN (length, sizeof text - 1));
  if (content->count == OPERANDS_LIMIT) {
    memmove (content->operands, content->operands + 1, sizeof content->operands - sizeof *content->operands);
    content->count--;
  }
  content->operands[content->count++] = g_ascii_strtod (text, NULL);
}

static void
read_word (ContentStream *content)
{
  const char *word = content->next;
  gboolean name = *word == '/';
  content->next++;
  while (content->next < content->end && !ends_word (*content->next))
    content->next++;
  gsize length = content->next - word;
  if (name && length == 5 && !memcmp (word, "/MCID", 5))
    content->operand_mark = (int)CLAMP (g_ascii_strtoll (content->next, NULL, 10), 0, G_MAXINT);
  else if (!name && (g_ascii_isdigit (*word) || strchr ("+-.", *word)))
    read_number (content, word, length);
  else if (!name)
    act (content, word, length);
}

static void
read_next (ContentStream *content)
{
  char character = *content->next;
  if (character == '(')
    skip_string (content);
  else if (character == '%')
    skip_past (content, '\n');
  else if (character == '<' && content->next + 1 < content->end && content->next[1] == '<')
    content->next += 2;
  else if (character == '<')
    skip_past (content, '>');
  else if (character == '/' || !ends_word (character))
    read_word (content);
  else
    content->next++;
}

/* The beginnings in CONTENT, in the order of drawing: an array of TextStart. */
static GArray *
text_starts_from_content (const char *data, gsize size)
{
  ContentStream content = {.next = data, .end = data + size, .transform = identity, .operand_mark = -1};
  content.starts = g_array_new (FALSE, FALSE, sizeof (TextStart));
  while (content.next < content.end)
    read_next (&content);
  return content.starts;
}

/* With this many lines either way a table is drawn, and not in doubt. */
#define LINES_ENOUGH 4

/* Shares of the height of a glyph's box: where its baseline is, and how far off text on its line may begin, since fonts
 * declare any ascent and descent. */
#define BASELINE 0.8
#define BASELINE_OFF 0.35

/* The share of a glyph's box that letters leave free above and below. */
#define BEARING 0.15

typedef struct {
  QpdfDocument pdf;
  const TagTree *tree;
  GArray *columns; /* GArray of TaggedColumn, one a table */
} TagReading;

static gboolean
is_in_doubt (const Page *page)
{
  int lines[RULING_FILL + 1] = {0};
  for (guint i = 0; i < page->ruling_lines->len; i++)
    lines[g_array_index (page->ruling_lines, RulingLine, i).kind]++;
  return page->glyphs->len > 0 && (lines[RULING_HORIZONTAL] < LINES_ENOUGH || lines[RULING_VERTICAL] < LINES_ENOUGH);
}

/* Marks of cells */

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

/* Marks of glyphs */

static qpdf_oh
inherited (QpdfDocument pdf, qpdf_oh page, const char *key)
{
  for (int depth = 0; depth < 50 && qpdf_oh_is_dictionary (pdf, page); depth++) {
    if (qpdf_oh_has_key (pdf, page, key))
      return qpdf_oh_get_key (pdf, page, key);
    page = qpdf_oh_get_key (pdf, page, "/Parent");
  }
  return qpdf_oh_new_null (pdf);
}

static gboolean
box_of_page (QpdfDocument pdf, qpdf_oh page, Box *box)
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

/* Where texts begin on the page as it is shown, from the top; NULL: it is rotated, or its size is unknown. */
static GArray *
starts_of_page (QpdfDocument pdf, qpdf_oh object, const Page *page)
{
  Box box;
  qpdf_oh rotation = inherited (pdf, object, "/Rotate");
  unsigned char *data = NULL;
  gsize size = 0;
  if ((qpdf_oh_is_integer (pdf, rotation) && qpdf_oh_get_int_value (pdf, rotation) != 0) ||
      !box_of_page (pdf, object, &box) || fabs (box.x1 - box.x0 - page->width) > 1 ||
      fabs (box.y1 - box.y0 - page->height) > 1)
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

/* The mark of the text that begins nearest to the left of the glyph on its line. */
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

/* Cells on pages */

static Box
letter_box (const Glyph *glyph)
{
  double bearing = (glyph->box.y1 - glyph->box.y0) * BEARING;
  return (Box){glyph->box.x0, glyph->box.y0 + bearing, glyph->box.x1, glyph->box.y1 - bearing};
}

/* What is on one page of the cells of the tree. */
typedef struct {
  Box *boxes;  /* one a cell */
  int *glyphs; /* one a table */
} TaggedPageCells;

static void
find_glyphs (const TagReading *tags, const Page *page, int object, GArray *starts, TaggedPageCells *found)
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

/* A column is as wide as its cells on all pages. */
static void
widen_column (const TagReading *tags, const TagCell *cell, Box box)
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

/* Adds the cells of rows that have something on the page, and those that span into them. */
static void
add_cells (const TagReading *tags, const TaggedPageCells *found, int table, TaggedTable *tagged)
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
read_page (const TagReading *tags, Page *page, const PageSlot *slot)
{
  g_autoptr (GArray) starts = slot->page ? starts_of_page (tags->pdf, slot->page, page) : NULL;
  if (!starts)
    return;
  g_autofree Box *boxes = g_new0 (Box, tags->tree->cells->len + 1);
  g_autofree int *glyphs = g_new0 (int, tags->tree->tables);
  TaggedPageCells found = {boxes, glyphs};
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
read_pages (QpdfDocument pdf, const TagTree *tree, GPtrArray *pages)
{
  g_autoptr (PageTree) page_tree = page_tree_from_root (pdf);
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (GArray *));
  g_array_set_clear_func (columns, unref_columns);
  for (int i = 0; i < tree->tables; i++) {
    GArray *own = g_array_new (FALSE, FALSE, sizeof (TaggedColumn));
    g_array_append_val (columns, own);
  }
  TagReading tags = {pdf, tree, columns};
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
  g_auto (QpdfDocument) pdf = in_doubt ? qpdf_document_from_bytes (bytes) : NULL;
  g_autoptr (TagTree) tree = pdf ? tag_tree_from_pdf (pdf) : NULL;
  if (!tree)
    return;
  g_array_sort (tree->marks, order_of_marks);
  read_pages (pdf, tree, pages);
}
