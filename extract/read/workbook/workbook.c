/* workbook.c - see workbook.h: the list of sheets, each of them a page. */
#include "read/workbook/workbook.h"

#include "model/error.h"
#include "read/reader.h"

#include <glib/gi18n.h>
#include <libxml/parser.h>
#include <string.h>

#define SHEETS_LIMIT 1000

/* What workbook.xml says. */
typedef struct {
  GPtrArray *sheets; /* char *: the ids of those that are shown, among the relations */
  int hidden;
  gboolean from_1904;
} Contents;

static void
take_sheet (Contents *contents, const Part *part)
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
read_contents (Contents *contents, Part *part, GError **error)
{
  while (part_next (part) && contents->sheets->len <= SHEETS_LIMIT)
    if (part_begins (part, "sheet"))
      take_sheet (contents, part);
    else if (part_begins (part, "workbookPr"))
      contents->from_1904 = part_says (part, "date1904");
  if (!part_close (part, error))
    return FALSE;
  if (contents->sheets->len > SHEETS_LIMIT)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_SIZE,
                 _ ("a workbook of more than %d sheets, the limit is %d; save only the sheet"), SHEETS_LIMIT,
                 SHEETS_LIMIT);
  return contents->sheets->len <= SHEETS_LIMIT;
}

/* A sheet that is a chart has no cells, and another relation. */
static gboolean
add_sheet (GPtrArray *sheets, WorkbookReading *reading, const char *workbook, const char *id, GError **error)
{
  GError *trouble = NULL;
  g_autofree char *name = package_related (reading->package, workbook, "/worksheet", id, &trouble);
  WorkbookSheet *sheet = name ? sheet_from_part (reading, name, &trouble) : NULL;
  if (sheet)
    g_ptr_array_add (sheets, sheet);
  if (trouble)
    g_propagate_error (error, trouble);
  return trouble == NULL;
}

static gboolean
add_page (GPtrArray *pages, WorkbookReading *reading, const WorkbookSheet *sheet, HiddenCount *hidden, GError **error)
{
  GPtrArray *blocks = blocks_from_sheet (sheet, reading, hidden, error);
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
  if (hidden->rows + hidden->columns + hidden->sheets > 0)
    notes_add (notes, "hidden-rows", NOTE_INFO, (Place){0},
               "What the workbook hides is left out (rows: %d, columns: %d, sheets: %d).", hidden->rows,
               hidden->columns, hidden->sheets);
}

static GPtrArray *
pages_from_contents (const Contents *contents, WorkbookReading *reading, const char *workbook, GPtrArray *notes,
                     GError **error)
{
  g_autoptr (GPtrArray) sheets = g_ptr_array_new_with_free_func ((GDestroyNotify)workbook_sheet_free);
  g_autoptr (GPtrArray) pages = pages_new ();
  HiddenCount hidden = {.sheets = contents->hidden};
  for (guint i = 0; i < contents->sheets->len; i++)
    if (!add_sheet (sheets, reading, workbook, g_ptr_array_index (contents->sheets, i), error))
      return NULL;
  for (guint i = 0; i < sheets->len; i++)
    if (!add_page (pages, reading, g_ptr_array_index (sheets, i), &hidden, error))
      return NULL;
  if (pages->len == 0) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_DAMAGED,
                 _ ("is a workbook in which no sheet of cells is shown; unhide the sheet and save it again"));
    return NULL;
  }
  note_hidden (notes, &hidden);
  return g_steal_pointer (&pages);
}

/* The relations of the package name the workbook; what some programs leave out is where they all put it. */
static char *
workbook_name (Package *package, GError **error)
{
  GError *trouble = NULL;
  char *name = package_related (package, "", "/officeDocument", NULL, &trouble);
  if (trouble)
    g_propagate_error (error, trouble);
  return name || trouble ? name : g_strdup ("xl/workbook.xml");
}

GPtrArray *
pages_from_workbook (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error)
{
  xmlInitParser ();
  g_autoptr (Package) package = package_open (source->bytes, error);
  g_autofree char *workbook = package ? workbook_name (package, error) : NULL;
  Part *part = workbook ? part_open (package, workbook, error) : NULL;
  if (!part)
    return NULL;
  g_autoptr (GPtrArray) sheets = g_ptr_array_new_with_free_func (g_free);
  Contents contents = {.sheets = sheets};
  if (!read_contents (&contents, part, error))
    return NULL;
  g_autoptr (Strings) strings = strings_from_package (package, workbook, error);
  g_autoptr (Formats) formats = strings ? formats_from_package (package, workbook, error) : NULL;
  WorkbookReading reading = {package, strings, formats, contents.from_1904};
  return formats ? pages_from_contents (&contents, &reading, workbook, notes, error) : NULL;
}
