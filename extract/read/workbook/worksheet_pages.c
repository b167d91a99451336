/* worksheet_pages.c - see worksheet_pages.h */
#include "read/workbook/worksheet_pages.h"

#include "model/error.h"
#include "model/note.h"
#include "model/page.h"
#include "read/workbook/sheet_tables.h"

#include <glib/gi18n.h>

#define CELLS_NAMED 10 /* in a note */

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

static Place
place_of_cell (const Worksheet *sheet, CellPlace cell)
{
  return (Place){.sheet = sheet->name, .line = cell.row + 1, .column = cell.column + 1};
}

static void
note_remarks (const Worksheet *sheet, GPtrArray *notes)
{
  for (guint i = 0; i < sheet->remarks->len; i++) {
    const SheetRemark *remark = &g_array_index (sheet->remarks, SheetRemark, i);
    notes_add (notes, remark->code, remark->severity, place_of_cell (sheet, remark->place), "%s", remark->text);
    notes_count_left_out (notes, remark->letters);
  }
}

/* One note a sheet: a sheet may be nothing but formulas. */
static void
note_not_calculated (const Worksheet *sheet, GPtrArray *notes)
{
  const GArray *cells = sheet->not_calculated;
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < MIN (cells->len, CELLS_NAMED); i++) {
    g_autofree char *name = place_cell (place_of_cell (sheet, g_array_index (cells, CellPlace, i)));
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", name);
  }
  if (cells->len > CELLS_NAMED)
    g_string_append_printf (names, " and %u more", cells->len - CELLS_NAMED);
  if (cells->len > 0)
    notes_add (
        notes, "formula-not-calculated", NOTE_WARNING, place_of_cell (sheet, g_array_index (cells, CellPlace, 0)),
        "The workbook was saved without the values of formulas; these cells are taken as empty: %s.", names->str);
}

GPtrArray *
pages_from_worksheets (GPtrArray *sheets, int hidden_sheets, GPtrArray *notes, GError **error)
{
  g_autoptr (GPtrArray) pages = pages_new ();
  HiddenCount hidden = {.sheets = hidden_sheets};
  GridTotals totals = {0};
  int most_cells = 0;
  for (guint i = 0; i < sheets->len; i++)
    most_cells = MAX (most_cells, worksheet_most_cells_in_row (g_ptr_array_index (sheets, i)));
  for (guint i = 0; i < sheets->len; i++) {
    if (!add_page (pages, g_ptr_array_index (sheets, i), most_cells, &totals, &hidden, error))
      return NULL;
    note_not_calculated (g_ptr_array_index (sheets, i), notes);
    note_remarks (g_ptr_array_index (sheets, i), notes);
  }
  if (pages->len == 0) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_DAMAGED,
                 _ ("is a workbook without a visible worksheet; unhide the sheet and save it again"));
    return NULL;
  }
  note_hidden (notes, &hidden);
  return g_steal_pointer (&pages);
}
