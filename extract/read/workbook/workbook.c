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
#include "modules/module.h"
#include "read/reader.h"
#include "read/workbook/worksheet_pages.h"
#include "read/workbook/worksheet_part.h"

#include <glib/gi18n.h>
#include <string.h>

#define SHEETS_LIMIT 1000

/* What workbook.xml lists. */
typedef struct {
  GPtrArray *sheets; /* ListedSheet: those that are shown */
  int hidden;        /* how many are not */
  gboolean from_1904;
  gboolean stale; /* the program that opens it is to calculate all formulas */
} WorkbookContents;

typedef struct {
  char *relation, *tab; /* the id of the relation to its part; the name of its tab */
} ListedSheet;

static void
listed_sheet_free (ListedSheet *sheet)
{
  g_free (sheet->relation);
  g_free (sheet->tab);
  g_free (sheet);
}

static void
read_sheet (WorkbookContents *contents, const PackagePart *part)
{
  const char *state = part_attribute (part, "state");
  if (state && strcmp (state, "visible")) {
    contents->hidden++;
    return;
  }
  ListedSheet *sheet = g_new0 (ListedSheet, 1);
  sheet->relation = g_strdup (part_attribute (part, "id"));
  const char *tab = part_attribute (part, "name");
  sheet->tab = g_strdup (tab ? tab : "");
  if (sheet->relation)
    g_ptr_array_add (contents->sheets, sheet);
  else
    listed_sheet_free (sheet);
}

static gboolean
read_contents (WorkbookContents *contents, PackagePart *part, GError **error)
{
  while (part_next (part) && contents->sheets->len <= SHEETS_LIMIT)
    if (part_begins (part, "sheet"))
      read_sheet (contents, part);
    else if (part_begins (part, "workbookPr"))
      contents->from_1904 = part_flag (part, "date1904");
    else if (part_begins (part, "calcPr"))
      contents->stale = part_flag (part, "fullCalcOnLoad");
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
add_sheet (GPtrArray *sheets, WorksheetReader *reader, const char *workbook, const ListedSheet *listed, GError **error)
{
  GError *failure = NULL;
  g_autofree char *name = package_related (reader->package, workbook, "/worksheet", listed->relation, &failure);
  Worksheet *sheet = name ? worksheet_read (reader, name, listed->tab, &failure) : NULL;
  if (sheet)
    g_ptr_array_add (sheets, sheet);
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static GPtrArray *
pages_from_contents (const WorkbookContents *contents, WorksheetReader *reader, const char *workbook, GPtrArray *notes,
                     GError **error)
{
  g_autoptr (GPtrArray) sheets = g_ptr_array_new_with_free_func ((GDestroyNotify)worksheet_free);
  for (guint i = 0; i < contents->sheets->len; i++)
    if (!add_sheet (sheets, reader, workbook, g_ptr_array_index (contents->sheets, i), error))
      return NULL;
  return pages_from_worksheets (sheets, contents->hidden, notes, error);
}

MODULE_ENTRY GPtrArray *
pages_from_workbook (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error)
{
  g_autoptr (Package) package = package_open (source, error);
  g_autofree char *workbook = package ? package_main (package, "xl/workbook.xml", error) : NULL;
  PackagePart *part = workbook ? part_open (package, workbook, error) : NULL;
  if (!part)
    return NULL;
  g_autoptr (GPtrArray) sheets = g_ptr_array_new_with_free_func ((GDestroyNotify)listed_sheet_free);
  WorkbookContents contents = {.sheets = sheets};
  if (!read_contents (&contents, part, error))
    return NULL;
  const Symbols *symbols = options->knowledge ? options->knowledge->symbols : NULL;
  g_autoptr (SharedStrings) strings = shared_strings_from_package (package, workbook, symbols, error);
  g_autoptr (CellStyles) styles = strings ? cell_styles_from_package (package, workbook, symbols, error) : NULL;
  WorksheetReader reader = {package, strings, styles, symbols, contents.from_1904, contents.stale, {0}};
  reader.totals.most = cells_limit (package_limit (package));
  return styles ? pages_from_contents (&contents, &reader, workbook, notes, error) : NULL;
}
