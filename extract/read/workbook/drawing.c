/* drawing.c - see drawing.h */
#include "read/workbook/drawing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DRAWINGS_LIMIT 5000
#define TEXT_LIMIT 4000 /* bytes of a shape's text */

/* Pixels at 96 to the inch: of a column and a row for which nothing is said, of a character of the width of a column, of a wide
 * and a narrow character of a cell's text (11 points), and what is free at a cell's left side. */
#define COLUMN_PX 64.0
#define ROW_PX 20.0
#define CHARACTER_PX 7.0
#define WIDE_PX 14.7
#define NARROW_PX 7.3
#define PADDING_PX 3.0
#define EMU_PER_PX 9525.0

/* An ellipse chooses the word whose middle is no further from its own, in pixels. */
#define CHOICE_REACH 16.0

typedef struct {
  int column, row;
  double x, y; /* pixels from their left and top */
} DrawingCorner;

typedef enum { DRAWN_SHAPE, DRAWN_TICK_BOX, DRAWN_RADIO_BUTTON } DrawnKind;

typedef struct {
  DrawnKind kind;
  DrawingCorner from, to;
  char *geometry; /* of a shape: prst; NULL: none */
  char *text;     /* "" where there is none */
  gboolean checked, unseen;
  CellPlace place; /* of the cell that its middle is over */
  double x;        /* its middle, from that cell's left */
} DrawnThing;

static void
thing_clear (gpointer data)
{
  g_free (((DrawnThing *)data)->geometry);
  g_free (((DrawnThing *)data)->text);
}

/* Where things are */

static double
column_px (const Worksheet *sheet, int column)
{
  const double *width = g_hash_table_lookup (sheet->widths, GINT_TO_POINTER (column));
  return width ? *width * CHARACTER_PX : COLUMN_PX;
}

static double
row_px (const Worksheet *sheet, int row)
{
  const double *height = g_hash_table_lookup (sheet->heights, GINT_TO_POINTER (row));
  return height ? *height * 96 / 72 : ROW_PX;
}

/* The range of merged cells that has the place, or the place alone. */
static MergedRange
range_at (const Worksheet *sheet, CellPlace place)
{
  for (guint i = 0; i < sheet->merges->len; i++) {
    MergedRange merge = g_array_index (sheet->merges, MergedRange, i);
    if (place.row >= merge.rows.first && place.row <= merge.rows.last && place.column >= merge.columns.first &&
        place.column <= merge.columns.last)
      return merge;
  }
  return (MergedRange){{place.row, place.row}, {place.column, place.column}};
}

/* The column or row that the middle of what goes from FROM to TO is in, and how far into it. */
static int
index_of_middle (const Worksheet *sheet, double (*px) (const Worksheet *, int), int from, double from_px, int to,
                 double to_px, double *into)
{
  double length = to_px - from_px;
  for (int i = from; i < to && i < from + 1000; i++)
    length += px (sheet, i);
  double at = from_px + length / 2;
  int index = from;
  while (index < to && at >= px (sheet, index))
    at -= px (sheet, index++);
  *into = at;
  return index;
}

static void
place_thing (const Worksheet *sheet, DrawnThing *thing)
{
  double y;
  thing->place.column =
      index_of_middle (sheet, column_px, thing->from.column, thing->from.x, thing->to.column, thing->to.x, &thing->x);
  thing->place.row = index_of_middle (sheet, row_px, thing->from.row, thing->from.y, thing->to.row, thing->to.y, &y);
  MergedRange range = range_at (sheet, thing->place);
  for (int column = range.columns.first; column < thing->place.column; column++)
    thing->x += column_px (sheet, column);
  thing->place = (CellPlace){range.rows.first, range.columns.first};
}

/* Shapes */

static double
number_in (PackagePart *part, const char *name)
{
  double number = 0;
  while (part_next (part) && !part_ends (part, name))
    if (part_text (part))
      number = g_ascii_strtod (part_text (part), NULL);
  return number;
}

static int
index_in (PackagePart *part, const char *name, int count)
{
  double number = number_in (part, name);
  return (int)CLAMP (number, 0, count - 1);
}

static DrawingCorner
corner_from_part (PackagePart *part, const char *name)
{
  DrawingCorner corner = {0};
  while (part_next (part) && !part_ends (part, name)) {
    if (part_begins (part, "col"))
      corner.column = index_in (part, "col", SHEET_COLUMNS);
    else if (part_begins (part, "colOff"))
      corner.x = number_in (part, "colOff") / EMU_PER_PX;
    else if (part_begins (part, "row"))
      corner.row = index_in (part, "row", SHEET_ROWS);
    else if (part_begins (part, "rowOff"))
      corner.y = number_in (part, "rowOff") / EMU_PER_PX;
  }
  return corner;
}

/* An anchor with one shape; groups and pictures have no geometry that is read. */
static void
read_anchor (PackagePart *part, GArray *things)
{
  DrawnThing thing = {.kind = DRAWN_SHAPE};
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean within = FALSE;
  int shapes = 0;
  while (part_next (part) && !part_ends (part, "twoCellAnchor")) {
    const char *geometry = part_begins (part, "prstGeom") ? part_attribute (part, "prst") : NULL;
    shapes += part_begins (part, "sp") || part_begins (part, "cxnSp") || part_begins (part, "pic");
    if (part_begins (part, "from"))
      thing.from = corner_from_part (part, "from");
    else if (part_begins (part, "to"))
      thing.to = corner_from_part (part, "to");
    else if (part_begins (part, "cNvPr"))
      thing.unseen = thing.unseen || part_flag (part, "hidden");
    else if (geometry && !thing.geometry)
      thing.geometry = g_strdup (geometry);
    else if (part_begins (part, "t") || part_ends (part, "t"))
      within = part_begins (part, "t");
    else if (part_begins (part, "p") && text->len > 0)
      g_string_append_c (text, '\n');
    else if (within && part_text (part) && text->len < TEXT_LIMIT)
      g_string_append (text, part_text (part));
  }
  thing.text = g_strdup (g_strstrip (text->str));
  if (shapes == 1 && !thing.unseen)
    g_array_append_val (things, thing);
  else
    thing_clear (&thing);
}

/* Form controls */

/* "5, 2, 3, 2, 5, 42, 3, 20": column, pixels, row, pixels of the one corner, then of the other. */
static void
read_vml_anchor (DrawnThing *thing, const char *text)
{
  double numbers[8] = {0};
  for (gsize i = 0; i < G_N_ELEMENTS (numbers) && *text; i++) {
    char *end;
    numbers[i] = g_ascii_strtod (text, &end);
    text = end + strspn (end, ", \t\r\n");
  }
  thing->from = (DrawingCorner){(int)CLAMP (numbers[0], 0, SHEET_COLUMNS - 1),
                                (int)CLAMP (numbers[2], 0, SHEET_ROWS - 1), numbers[1], numbers[3]};
  thing->to = (DrawingCorner){(int)CLAMP (numbers[4], 0, SHEET_COLUMNS - 1), (int)CLAMP (numbers[6], 0, SHEET_ROWS - 1),
                              numbers[5], numbers[7]};
}

static void
read_vml_shape (PackagePart *part, GArray *things)
{
  DrawnThing thing = {.kind = DRAWN_SHAPE};
  g_autoptr (GString) text = g_string_new (NULL), anchor = g_string_new (NULL), checked = g_string_new (NULL);
  GString *into = text;
  while (part_next (part) && !part_ends (part, "shape")) {
    const char *kind = part_begins (part, "ClientData") ? part_attribute (part, "ObjectType") : NULL;
    if (kind)
      thing.kind = !strcmp (kind, "Checkbox") ? DRAWN_TICK_BOX
                   : !strcmp (kind, "Radio")  ? DRAWN_RADIO_BUTTON
                                              : DRAWN_SHAPE;
    if (part_begins (part, "ClientData") || part_ends (part, "Anchor") || part_ends (part, "Checked"))
      into = NULL;
    else if (part_begins (part, "Anchor"))
      into = anchor;
    else if (part_begins (part, "Checked"))
      into = checked;
    if (into && part_text (part) && into->len < TEXT_LIMIT)
      g_string_append (into, part_text (part));
  }
  read_vml_anchor (&thing, anchor->str);
  thing.checked = atoi (checked->str) == 1;
  thing.text = g_strdup (g_strstrip (text->str));
  if (thing.kind != DRAWN_SHAPE)
    g_array_append_val (things, thing);
  else
    thing_clear (&thing);
}

/* The parts of a worksheet that draw over it. */
static const struct {
  const char *relation, *element;
  void (*read) (PackagePart *part, GArray *things);
  gboolean loose; /* Excel's own are not always well-formed: what is read up to there counts */
} drawing_parts[] = {{"/drawing", "twoCellAnchor", read_anchor, FALSE}, {"/vmlDrawing", "shape", read_vml_shape, TRUE}};

/* Those of the part INDEX of the worksheet NAME; *CUT: there are more than are read. */
static gboolean
read_things (Package *package, const char *name, gsize index, GArray *things, gboolean *cut, GError **error)
{
  GError *failure = NULL;
  g_autofree char *drawing = package_related (package, name, drawing_parts[index].relation, NULL, &failure);
  PackagePart *part = drawing && package_has (package, drawing) ? part_open (package, drawing, &failure) : NULL;
  while (part && !*cut && part_next (part)) {
    if (!part_begins (part, drawing_parts[index].element))
      continue;
    *cut = things->len >= DRAWINGS_LIMIT;
    if (!*cut)
      drawing_parts[index].read (part, things);
  }
  if (part)
    part_close (part, drawing_parts[index].loose || *cut ? NULL : &failure);
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

/* Into cells */

static WorksheetCell *
cell_at (Worksheet *sheet, CellPlace place)
{
  for (guint i = 0; i < sheet->cells->len; i++) {
    WorksheetCell *cell = &g_array_index (sheet->cells, WorksheetCell, i);
    if (cell->row == place.row && cell->column == place.column)
      return cell;
  }
  return NULL;
}

/* The cell at PLACE, made where it is empty. */
static WorksheetCell *
cell_for (Worksheet *sheet, CellPlace place)
{
  WorksheetCell *known = cell_at (sheet, place), made = {.row = place.row, .column = place.column};
  if (known)
    return known;
  made.text = g_strdup ("");
  g_array_append_val (sheet->cells, made);
  worksheet_complete (sheet);
  return cell_at (sheet, place);
}

static void
set_text (WorksheetCell *cell, char *text)
{
  g_free (cell->text);
  cell->text = text;
}

/* Presets of DrawingML (20.1.10.56) that are marks. */
static const char *
mark_of_geometry (const char *geometry)
{
  static const struct {
    const char *geometry, *mark;
  } marks[] = {{"ellipse", "○"},
               {"flowChartConnector", "○"},
               {"donut", "◎"},
               {"mathMultiply", "×"},
               {"noSmoking", "×"},
               {"triangle", "△"},
               {"flowChartExtract", "△"},
               {"flowChartSummingJunction", "×"}};
  for (gsize i = 0; geometry && i < G_N_ELEMENTS (marks); i++)
    if (!strcmp (geometry, marks[i].geometry))
      return marks[i].mark;
  return NULL;
}

static double
px_of (gunichar character)
{
  return g_unichar_iswide (character) ? WIDE_PX : NARROW_PX;
}

static double
px_of_text (const char *text)
{
  double px = 0;
  for (; *text; text = g_utf8_next_char (text))
    px += px_of (g_utf8_get_char (text));
  return px;
}

static gboolean
parts_words (gunichar character)
{
  return g_unichar_isspace (character) || g_utf8_strchr ("・/／|｜,、，･", -1, character) != NULL;
}

/* Where in CELL's text the word begins that X, from the cell's left, is in the middle of; NULL: none, or it has one alone. */
static const char *
word_under (const Worksheet *sheet, const WorksheetCell *cell, double x)
{
  MergedRange range = range_at (sheet, (CellPlace){cell->row, cell->column});
  double width = 0, at, nearest = CHOICE_REACH;
  for (int column = range.columns.first; column <= range.columns.last; column++)
    width += column_px (sheet, column);
  at = cell->centred ? (width - px_of_text (cell->text)) / 2 : PADDING_PX;
  const char *chosen = NULL;
  int words = 0;
  for (const char *word = cell->text; *word;) {
    double from = at;
    const char *end = word;
    for (; *end && !parts_words (g_utf8_get_char (end)); end = g_utf8_next_char (end))
      at += px_of (g_utf8_get_char (end));
    if (end > word) {
      words++;
      double away = fabs ((from + at) / 2 - x);
      chosen = away < nearest ? word : chosen;
      nearest = MIN (nearest, away);
    }
    for (; *end && parts_words (g_utf8_get_char (end)); end = g_utf8_next_char (end))
      at += px_of (g_utf8_get_char (end));
    word = end;
  }
  return words > 1 ? chosen : NULL;
}

static void
remark_unread (Worksheet *sheet, const DrawnThing *thing)
{
  if (*thing->text)
    worksheet_remark (
        sheet, "part-not-read", NOTE_WARNING, thing->place, 0,
        g_strdup_printf ("A shape with the words “%.200s” lies over cells with text; they are in none.", thing->text));
  else
    worksheet_remark (sheet, "part-not-read", NOTE_WARNING, thing->place, 0,
                      g_strdup ("A shape that may be a mark lies over a cell with text; what it says is not read."));
}

/* Whether cells of its row have text: legends and pictures stand beside tables. */
static gboolean
is_among_cells (const Worksheet *sheet, CellPlace place)
{
  int in_row = 0;
  for (guint i = 0; i < sheet->cells->len; i++) {
    const WorksheetCell *cell = &g_array_index (sheet->cells, WorksheetCell, i);
    in_row += cell->row == place.row;
  }
  return in_row >= 2;
}

static void
put_shape (Worksheet *sheet, const DrawnThing *thing)
{
  const char *mark = mark_of_geometry (thing->geometry);
  const WorksheetCell *known = cell_at (sheet, thing->place);
  gboolean empty = !known || !*known->text;
  if ((!mark && !*thing->text) || !is_among_cells (sheet, thing->place))
    return;
  if (empty) {
    set_text (cell_for (sheet, thing->place), g_strdup (*thing->text ? thing->text : mark));
    if (!*thing->text)
      worksheet_remark (sheet, "mark-by-shape", NOTE_INFO, thing->place, 0,
                        g_strdup_printf ("A drawn shape is read as %s.", mark));
    return;
  }
  const char *word = !*thing->text && !strcmp (mark, "○") ? word_under (sheet, known, thing->x) : NULL;
  if (!word) {
    remark_unread (sheet, thing);
    return;
  }
  worksheet_remark (sheet, "mark-by-shape", NOTE_INFO, thing->place, 0,
                    g_strdup_printf ("A ring drawn round a word chooses it among “%s”.", known->text));
  set_text (cell_for (sheet, thing->place), g_strdup_printf ("%.*s○%s", (int)(word - known->text), known->text, word));
}

/* TEXT with a mark before each of its words, where it has as many words as THINGS; NULL: it has not. The caller frees. */
static char *
with_marks_before_words (const char *text, const DrawnThing *things, guint count)
{
  GString *marked = g_string_new (NULL);
  guint words = 0;
  gboolean within = FALSE;
  for (const char *at = text; *at; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    gboolean begins = !within && !parts_words (character);
    within = !parts_words (character);
    if (begins && words++ < count)
      g_string_append (marked, things[words - 1].checked ? "☑" : "☐");
    g_string_append_unichar (marked, character);
  }
  return g_string_free (marked, words != count);
}

static void
remark_control (Worksheet *sheet, const DrawnThing *thing)
{
  worksheet_remark (sheet, "form-field", NOTE_INFO, thing->place, 0,
                    g_strdup_printf ("%s: \"%s%s\".", thing->kind == DRAWN_TICK_BOX ? "Tick box" : "Radio button",
                                     thing->checked ? "☑" : "☐", thing->text));
}

/* How many of THINGS, from the first on, are form controls without words of their own over one cell. */
static guint
bare_controls_from (const GArray *things, guint first)
{
  const DrawnThing *one = &g_array_index (things, DrawnThing, first);
  guint count = 0;
  for (; first + count < things->len; count++) {
    const DrawnThing *other = one + count;
    if (other->kind == DRAWN_SHAPE || *other->text || other->place.row != one->place.row ||
        other->place.column != one->place.column)
      break;
  }
  return count;
}

/* Puts the controls from FIRST on into a cell that has a word for each of them, and returns how many they are; 0: they are
 * put one by one. */
static guint
put_controls (Worksheet *sheet, const GArray *things, guint first)
{
  const DrawnThing *one = &g_array_index (things, DrawnThing, first);
  guint count = bare_controls_from (things, first);
  WorksheetCell *cell = count > 1 ? cell_at (sheet, one->place) : NULL;
  char *marked = cell ? with_marks_before_words (cell->text, one, count) : NULL;
  if (!marked)
    return 0;
  set_text (cell, marked);
  for (guint i = 0; i < count; i++)
    remark_control (sheet, one + i);
  return count;
}

static void
put_control (Worksheet *sheet, const DrawnThing *thing)
{
  WorksheetCell *cell = cell_for (sheet, thing->place);
  const char *mark = thing->checked ? "☑" : "☐";
  gboolean first = !strstr (cell->text, "☑") && !strstr (cell->text, "☐");
  if (*cell->text && !*thing->text && first)
    set_text (cell, g_strconcat (mark, cell->text, NULL));
  else
    set_text (cell, g_strconcat (cell->text, *cell->text ? (first ? "\n" : " ") : "", mark, thing->text, NULL));
  remark_control (sheet, thing);
}

static int
thing_order (gconstpointer a, gconstpointer b)
{
  const DrawnThing *one = a, *other = b;
  if (one->place.row != other->place.row)
    return one->place.row - other->place.row;
  if (one->place.column != other->place.column)
    return one->place.column - other->place.column;
  return one->from.y != other->from.y && fabs (one->from.y - other->from.y) > ROW_PX / 2
             ? (one->from.y < other->from.y ? -1 : 1)
             : (one->x < other->x ? -1 : one->x > other->x);
}

gboolean
sheet_drawings_read (Package *package, const char *name, Worksheet *sheet, GError **error)
{
  g_autoptr (GArray) things = g_array_new (FALSE, TRUE, sizeof (DrawnThing));
  g_array_set_clear_func (things, thing_clear);
  gboolean cut = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (drawing_parts); i++)
    if (!read_things (package, name, i, things, &cut, error))
      return FALSE;
  if (cut)
    worksheet_remark (sheet, "part-not-read", NOTE_WARNING, (CellPlace){0, 0}, 0,
                      g_strdup_printf ("The sheet has more than %d shapes and form controls; the others are not read.",
                                       DRAWINGS_LIMIT));
  for (guint i = 0; i < things->len; i++)
    place_thing (sheet, &g_array_index (things, DrawnThing, i));
  g_array_sort (things, thing_order);
  for (guint i = 0; i < things->len;) {
    const DrawnThing *thing = &g_array_index (things, DrawnThing, i);
    guint put = put_controls (sheet, things, i);
    i += MAX (put, 1);
    if (put > 0)
      continue;
    if (thing->kind == DRAWN_SHAPE)
      put_shape (sheet, thing);
    else
      put_control (sheet, thing);
  }
  return TRUE;
}
