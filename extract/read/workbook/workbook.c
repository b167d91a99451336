/* workbook.c - the reader of workbooks (reader.h), Office Open XML (ECMA-376): each sheet that is shown becomes a page.
 *
 *     Package ──┬── workbook.xml ─────── which sheets there are, which are hidden
 *               ├── sharedStrings.xml ── SharedStrings ──┐
 *               ├── styles.xml ───────── CellStyles ─────┤
 *               └── sheet1.xml … ────────────────────────┴──> Worksheet ──> Block[]
 *                                                             cells as      the tables of a sheet
 *                                                             shown         and the lines around them
 *
 * A workbook may be hostile: what is unpacked is counted over all parts, and so are cells and their text; nothing here
 * recurses.
 */
#include "model/error.h"
#include "read/reader.h"
#include "read/workbook/sheet_tables.h"

#include <glib/gi18n.h>
#include <libxml/parser.h>
#include <string.h>

#define SHEETS_LIMIT 1000

/* What workbook.xml lists. */
typedef struct {
  GPtrArray *sheets; /* char *: the ids of the relations to the sheets that are shown */
  int hidden;        /* how many are not */
  gboolean from_1904;
} WorkbookContents;

static void
read_sheet (WorkbookContents *contents, const PackagePart *part)
{
  const char *state = part_attribute (part, "state");
  if (state && strcmp (state, "visible")) {
    contents->hidden++;
    return;
  }
  const char *id = part_attribute (part, "id");
  if (id)
    g_ptr_array_add (contents->sheets, g_strdup (id));
}

static gboolean
read_contents (WorkbookContents *contents, PackagePart *part, GError **error)
{
  while (part_next (part) && contents->sheets->len <= SHEETS_LIMIT)
    if (part_begins (part, "sheet"))
      read_sheet (contents, part);
    else if (part_begins (part, "workbookPr"))
      contents->from_1904 = part_flag (part, "date1904");
  if (!part_close (part, error))
    return FALSE;
  if (contents->sheets->len > SHEETS_LIMIT)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_SIZE,
                 _ ("a workbook of more than %d sheets, the limit is %d; save only the sheet"), SHEETS_LIMIT,
                 SHEETS_LIMIT);
  return contents->sheets->len <= SHEETS_LIMIT;
}

/* A sheet that is a chart has another type of relation, and is skipped. */
static gboolean
add_sheet (GPtrArray *sheets, WorksheetReader *reader, const char *workbook, const char *id, GError **error)
{
  GError *failure = NULL;
  g_autofree char *name = package_related (reader->package, workbook, "/worksheet", id, &failure);
  Worksheet *sheet = name ? worksheet_read (reader, name, &failure) : NULL;
  if (sheet)
    g_ptr_array_add (sheets, sheet);
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static gboolean
add_page (GPtrArray *pages, const Worksheet *sheet, int most_cells, GridTotals *totals, HiddenCount *hidden,
          GError **error)
{
  GPtrArray *blocks = blocks_from_worksheet (sheet, most_cells, totals, hidden, error);
  if (!blocks)
    return FALSE;
  Page *page = page_new ((int)pages->len + 1, 0, 0);
  page->blocks = blocks;
  g_ptr_array_add (pages, page);
  return TRUE;
}

static void
note_hidden (GPtrArray *notes, const HiddenCount *hidden)
{
  if (hidden->rows + hidden->columns + hidden->sheets == 0)
    return;
  notes_add (notes, "hidden-rows", NOTE_INFO, (Place){0},
             "What the workbook hides is left out (rows: %d, columns: %d, sheets: %d).", hidden->rows, hidden->columns,
             hidden->sheets);
  notes_count_left_out (notes, hidden->characters);
}

static GPtrArray *
pages_from_contents (const WorkbookContents *contents, WorksheetReader *reader, const char *workbook, GPtrArray *notes,
                     GError **error)
{
  g_autoptr (GPtrArray) sheets = g_ptr_array_new_with_free_func ((GDestroyNotify)worksheet_free);
  g_autoptr (GPtrArray) pages = pages_new ();
  HiddenCount hidden = {.sheets = contents->hidden};
  GridTotals totals = {0};
  int most_cells = 0;
  for (guint i = 0; i < contents->sheets->len; i++)
    if (!add_sheet (sheets, reader, workbook, g_ptr_array_index (contents->sheets, i), error))
      return NULL;
  for (guint i = 0; i < sheets->len; i++)
    most_cells = MAX (most_cells, worksheet_most_cells_in_row (g_ptr_array_index (sheets, i)));
  for (guint i = 0; i < sheets->len; i++)
    if (!add_page (pages, g_ptr_array_index (sheets, i), most_cells, &totals, &hidden, error))
      return NULL;
  if (pages->len == 0) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_DAMAGED,
                 _ ("is a workbook without a visible worksheet; unhide the sheet and save it again"));
    return NULL;
  }
  note_hidden (notes, &hidden);
  return g_steal_pointer (&pages);
}

/* The name of the workbook's part, by the relations of the package; some programs leave the relation out, and all put
 * the part in the same place. */
static char *
workbook_name (Package *package, GError **error)
{
  GError *failure = NULL;
  char *name = package_related (package, "", "/officeDocument", NULL, &failure);
  if (failure)
    g_propagate_error (error, failure);
  return name || failure ? name : g_strdup ("xl/workbook.xml");
}

GPtrArray *
pages_from_workbook (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error)
{
  xmlInitParser ();
  g_autoptr (Package) package = package_open (source->bytes, error);
  g_autofree char *workbook = package ? workbook_name (package, error) : NULL;
  PackagePart *part = workbook ? part_open (package, workbook, error) : NULL;
  if (!part)
    return NULL;
  g_autoptr (GPtrArray) sheets = g_ptr_array_new_with_free_func (g_free);
  WorkbookContents contents = {.sheets = sheets};
  if (!read_contents (&contents, part, error))
    return NULL;
  g_autoptr (SharedStrings) strings = shared_strings_from_package (package, workbook, error);
  g_autoptr (CellStyles) styles = strings ? cell_styles_from_package (package, workbook, error) : NULL;
  WorksheetReader reader = {package, strings, styles, contents.from_1904};
  return styles ? pages_from_contents (&contents, &reader, workbook, notes, error) : NULL;
}
