/* road.c - see road.h */
#include "road.h"

#include "layout/join.h"
#include "layout/layout.h"
#include "layout/rotation.h"
#include "model/error.h"
#include "read/sheet_json.h"
#include "read/wrapping/attached_files.h"
#include "read/wrapping/wrapping.h"
#include "sheet/check.h"
#include "sheet/confidence.h"
#include "sheet/ocr_confidence.h"
#include "sheet/private_use.h"
#include "sheet/selection.h"
#include "sheet/text_coverage.h"
#include "text/squeezed.h"

#include <glib/gi18n.h>
#include <string.h>

/* Documents of one wrapping that are looked into. */
#define DOCUMENTS_LIMIT 100

/* How many names a message lists. */
#define NAMES_SHOWN 5

static gboolean
is_noted (GPtrArray *notes, const char *code)
{
  for (guint i = 0; i < notes->len; i++)
    if (g_str_equal (((const Note *)notes->pdata[i])->code, code))
      return TRUE;
  return FALSE;
}

/* Fills in which bytes were read: those of the outermost wrapping in the end. */
static void
sheet_take_input (Sheet *sheet, const Source *source)
{
  g_free (sheet->uri);
  g_free (sheet->sha256);
  sheet->uri = g_strdup (source->uri);
  sheet->sha256 = g_strdup (source->sha256);
  sheet->media_type = source->media_type;
  sheet->bytes = g_bytes_get_size (source->bytes);
}

/* Fills in what SHEET was read from. */
static void
sheet_take_source (Sheet *sheet, const Source *source, GPtrArray *pages)
{
  gboolean drawn = ((const Page *)g_ptr_array_index (pages, 0))->glyphs != NULL;
  sheet_take_input (sheet, source);
  sheet->member = g_strdup (source->member);
  sheet->pages = drawn ? (int)pages->len : 0;
}

/* Less text than this is not a page's own content, but what is around a frame. */
#define FRAME_PAGE_CHARACTERS 200

/* Adds to ERROR that the sheet may be in a document that the page only shows, as NOTE says. */
static void
tell_of_frame (GError **error, const char *note, GPtrArray *blocks)
{
  const char *address = strchr (note, ':');
  gsize length = 0;
  for (guint i = 0; i < blocks->len; i++) {
    const Block *block = blocks->pdata[i];
    length += block->text ? (gsize)g_utf8_strlen (block->text, -1) : FRAME_PAGE_CHARACTERS;
  }
  if (!error || !g_error_matches (*error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_NO_SHEET))
    return;
  g_autofree char *told =
      g_strdup_printf (_ ("%s; a frame of the page shows another document, which was not looked into; "
                          "give that: %s"),
                       (*error)->message, address ? address + 2 : "");
  if (length < FRAME_PAGE_CHARACTERS)
    (*error)->code = CHECKSHEET_ERROR_UNSUPPORTED;
  g_free ((*error)->message);
  (*error)->message = g_steal_pointer (&told);
}

/* The text of the first note CODE; NULL: there is none. The caller frees. */
static char *
text_of_note (GPtrArray *notes, const char *code)
{
  for (guint i = 0; i < notes->len; i++)
    if (g_str_equal (((const Note *)notes->pdata[i])->code, code))
      return g_strdup (((const Note *)notes->pdata[i])->text);
  return NULL;
}

/* A sheet from a text whose items are no surer than this was put together from words of other cells. Of 35 texts that
 * pdftotext -layout made of sheets, 12 were below, with .08 to .96 of the cells right; the 6 that were read right had .62
 * and more. */
#define TEXT_CONFIDENCE_LEAST 0.5

/* Notes that say that cells were moved or joined. */
static const char *const moved_codes[] = {"column-missing", "column-shifted", "row-joined", "text-table-uneven",
                                          "text-unmapped"};

static gboolean
has_moved_cells (const Sheet *sheet)
{
  for (gsize i = 0; i < G_N_ELEMENTS (moved_codes); i++)
    if (is_noted (sheet->notes, moved_codes[i]))
      return TRUE;
  return FALSE;
}

/* Whether a reader found that the columns of a text are lost. */
static gboolean
has_lost_columns (const Sheet *sheet)
{
  for (guint i = 0; i < sheet->notes->len; i++) {
    const Note *note = g_ptr_array_index (sheet->notes, i);
    if (note->severity == NOTE_ERROR && g_str_equal (note->code, "text-table-uneven"))
      return TRUE;
  }
  return FALSE;
}

/* Whether SHEET is all but sure to be wrong, as one from a text is whose columns are not in line. Sets ERROR. */
static gboolean
is_scrambled (const Source *source, const Sheet *sheet, GError **error)
{
  if (!source->media_type || !g_str_has_prefix (source->media_type, "text/plain"))
    return FALSE;
  if (has_lost_columns (sheet)) {
    g_set_error_literal (
        error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_UNSUPPORTED,
        _ ("the columns of the table in this text cannot be told: too many words that spaces set apart "
           "are not in line with those of other lines; give the document that the text was made from, "
           "or a text with tabs between the cells"));
    return TRUE;
  }
  if (sheet->confidence >= TEXT_CONFIDENCE_LEAST || !has_moved_cells (sheet))
    return FALSE;
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_UNSUPPORTED,
               _ ("the columns of the table in this text cannot be told: words of its %u rows run into other cells "
                  "(confidence %.2f); give the document that the text was made from, or a text with tabs between "
                  "the cells"),
               sheet->items->len, sheet->confidence);
  return TRUE;
}

/* The sheet in SOURCE itself, whatever is wrapped in it. */
static Sheet *
sheet_from_document (const Source *source, const ReadOptions *options, GError **error)
{
  g_autoptr (GPtrArray) notes = notes_new ();
  g_autoptr (GPtrArray) pages = pages_from_source (source, options, notes, error);
  if (!pages)
    return NULL;
  gboolean damaged = is_noted (notes, "pdf-rebuilt");
  g_autofree char *elsewhere = text_of_note (notes, "frame-elsewhere");
  note_gave_up (options->knowledge, notes, (Place){0});
  gsize letters = pages_letters (pages);
  g_autoptr (GPtrArray) blocks = blocks_from_pages (pages, options->weighing);
  pages_note_directions (pages, notes);
  g_autoptr (GPtrArray) tables = tables_from_blocks (blocks, notes);
  g_autoptr (Sheet) sheet = sheet_from_tables (options->knowledge, tables, blocks, g_steal_pointer (&notes), error);
  if (!sheet) {
    if (damaged)
      g_prefix_error (error, "%s ", _ ("is damaged; of what could be recovered:"));
    if (elsewhere)
      tell_of_frame (error, elsewhere, blocks);
    return NULL;
  }
  sheet_take_source (sheet, source, pages);
  sheet_note_recognition (sheet, pages);
  sheet_note_private_use (sheet);
  sheet_close_account (sheet, letters);
  sheet_check (options->knowledge, sheet);
  sheet_weigh (sheet);
  return is_scrambled (source, sheet, error) ? NULL : g_steal_pointer (&sheet);
}

/* Wrappings: each document within is read as one by itself. */

/* What became of the members of a wrapping. */
typedef struct {
  GPtrArray *members; /* Member, borrowed */
  GPtrArray *sheets;  /* Sheet, of each member; NULL where there is none */
  GPtrArray *faults;  /* GError, of each member that was looked into in vain; NULL of the others */
  int found, looked_into;
} Unwrapping;

static const Member *
unwrapping_member (const Unwrapping *unwrapping, guint index)
{
  return unwrapping->members->pdata[index];
}

static void
fault_free (gpointer fault)
{
  if (fault)
    g_error_free (fault);
}

static gboolean
has_sheet_of (const Unwrapping *unwrapping, int alternative)
{
  for (guint i = 0; alternative && i < unwrapping->sheets->len; i++)
    if (unwrapping->sheets->pdata[i] && unwrapping_member (unwrapping, i)->alternative == alternative)
      return TRUE;
  return FALSE;
}

static void
look_into (Unwrapping *unwrapping, const Member *member, const ReadOptions *options)
{
  GError *fault = member->fault ? g_error_copy (member->fault) : NULL;
  Sheet *sheet = NULL;
  gboolean skipped = member->minor || has_sheet_of (unwrapping, member->alternative);
  if (!skipped && !fault)
    sheet = sheet_from_source (member->source, options, &fault);
  if (skipped)
    g_clear_error (&fault);
  unwrapping->looked_into += !skipped;
  unwrapping->found += sheet != NULL;
  g_ptr_array_add (unwrapping->sheets, sheet);
  g_ptr_array_add (unwrapping->faults, fault);
}

/* The names of the members that have a sheet, or of the minor ones. The caller frees. */
static char *
names_of_members (const Unwrapping *unwrapping, gboolean with_sheet)
{
  g_autoptr (GString) names = g_string_new (NULL);
  int count = 0;
  for (guint i = 0; i < unwrapping->members->len; i++) {
    const Member *member = unwrapping_member (unwrapping, i);
    if (with_sheet ? !unwrapping->sheets->pdata[i] : !member->minor)
      continue;
    if (count++ < NAMES_SHOWN)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", member->name);
  }
  if (count > NAMES_SHOWN)
    g_string_append (names, ", …");
  return g_string_free (g_steal_pointer (&names), FALSE);
}

/* How much a reason why there is no sheet explains: that a document could not be read says more than that another one
 * has none. */
static int
weight_of_fault (const GError *fault)
{
  static const ChecksheetError order[] = {CHECKSHEET_ERROR_NO_SHEET,    CHECKSHEET_ERROR_UNSUPPORTED,
                                          CHECKSHEET_ERROR_LIMIT_PAGES, CHECKSHEET_ERROR_LIMIT_SIZE,
                                          CHECKSHEET_ERROR_DAMAGED,     CHECKSHEET_ERROR_NEEDS_PASSWORD};
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    if (fault->code == (int)order[i])
      return (int)i + 1;
  return G_N_ELEMENTS (order);
}

static void
fail_without_sheet (const Unwrapping *unwrapping, GError **error)
{
  const GError *worst = NULL;
  const char *name = NULL;
  g_autofree char *minor = names_of_members (unwrapping, FALSE);
  for (guint i = 0; i < unwrapping->faults->len; i++) {
    const GError *fault = unwrapping->faults->pdata[i];
    if (!fault || (worst && weight_of_fault (fault) <= weight_of_fault (worst)))
      continue;
    worst = fault;
    name = unwrapping_member (unwrapping, i)->name;
  }
  if (worst && unwrapping->looked_into == 1)
    g_set_error (error, CHECKSHEET_ERROR, worst->code, _ ("\"%s\" in it: %s"), name, worst->message);
  else if (worst)
    g_set_error (error, CHECKSHEET_ERROR, worst->code, _ ("no sheet in the %d documents in it; \"%s\": %s"),
                 unwrapping->looked_into, name, worst->message);
  else if (*minor)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_UNSUPPORTED,
                 _ ("contains no document that can be read; its parts are: %s; give the document with the sheet"),
                 minor);
  else
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_NO_SHEET, _ ("no sheet found: there is no document in it"));
  if (worst && *minor && error && *error) {
    g_autofree char *told = g_strdup_printf (_ ("%s; not looked into: %s"), (*error)->message, minor);
    g_free ((*error)->message);
    (*error)->message = g_steal_pointer (&told);
  }
}

/* Whether both say the same: a sheet is often sent as a workbook and as a PDF. */
static gboolean
sheets_are_alike (const Sheet *a, const Sheet *b)
{
  if (a->items->len != b->items->len)
    return FALSE;
  for (guint i = 0; i < a->items->len; i++) {
    const Item *one = sheet_item (a, (int)i), *other = sheet_item (b, (int)i);
    g_autofree char *name = text_squeezed (one->name), *other_name = text_squeezed (other->name);
    g_autofree char *answer = text_squeezed (one->answer), *other_answer = text_squeezed (other->answer);
    if (one->match.item != other->match.item || !g_str_equal (name, other_name) || !g_str_equal (answer, other_answer))
      return FALSE;
  }
  return TRUE;
}

static gboolean
all_sheets_are_alike (const Unwrapping *unwrapping)
{
  const Sheet *first = NULL;
  for (guint i = 0; i < unwrapping->sheets->len; i++) {
    const Sheet *sheet = unwrapping->sheets->pdata[i];
    if (sheet && first && !sheets_are_alike (first, sheet))
      return FALSE;
    first = first ? first : sheet;
  }
  return TRUE;
}

/* The first sheet, with a note of what else is there. */
static Sheet *
take_sheet (Unwrapping *unwrapping)
{
  Sheet *sheet = NULL;
  for (guint i = 0; i < unwrapping->sheets->len; i++) {
    if (unwrapping->sheets->pdata[i] && !sheet)
      sheet = g_steal_pointer (&unwrapping->sheets->pdata[i]);
    else if (unwrapping->sheets->pdata[i])
      notes_add (sheet->notes, "same-sheet", NOTE_INFO, (Place){0}, "The same sheet is in \"%s\" too.",
                 unwrapping_member (unwrapping, i)->name);
  }
  for (guint i = 0; i < unwrapping->faults->len; i++) {
    const GError *fault = unwrapping->faults->pdata[i];
    if (fault && fault->code != CHECKSHEET_ERROR_NO_SHEET)
      notes_add (sheet->notes, "member-not-read", NOTE_WARNING, (Place){0}, "\"%s\" in the input is not read (%s).",
                 unwrapping_member (unwrapping, i)->name, checksheet_error_status (fault->code));
  }
  return sheet;
}

static Sheet *
sheet_of_unwrapping (Unwrapping *unwrapping, GError **error)
{
  if (unwrapping->found == 0) {
    fail_without_sheet (unwrapping, error);
    return NULL;
  }
  if (all_sheets_are_alike (unwrapping))
    return take_sheet (unwrapping);
  g_autofree char *names = names_of_members (unwrapping, TRUE);
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_UNSUPPORTED,
               _ ("contains %d sheets: %s; unpack it and give each alone"), unwrapping->found, names);
  return NULL;
}

static int
count_documents (GPtrArray *members)
{
  int count = 0;
  for (guint i = 0; i < members->len; i++)
    count += !((const Member *)members->pdata[i])->minor;
  return count;
}

/* The sheet in one of MEMBERS, which were wrapped in SOURCE. */
static Sheet *
sheet_from_members (const Source *source, GPtrArray *members, const ReadOptions *options, GError **error)
{
  int count = count_documents (members);
  if (count > DOCUMENTS_LIMIT) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_SIZE,
                 _ ("%d documents in it, the limit is %d; unpack it and give the one with the sheet"), count,
                 DOCUMENTS_LIMIT);
    return NULL;
  }
  g_autoptr (GPtrArray) sheets = g_ptr_array_new_with_free_func ((GDestroyNotify)sheet_free);
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (fault_free);
  Unwrapping unwrapping = {members, sheets, faults, 0, 0};
  for (guint i = 0; i < members->len; i++)
    look_into (&unwrapping, members->pdata[i], options);
  Sheet *sheet = sheet_of_unwrapping (&unwrapping, error);
  /* A sheet's own JSON says itself what it was read from. */
  if (sheet && !g_strcmp0 (sheet->uri, source->uri))
    sheet_take_input (sheet, source);
  return sheet;
}

/* A PDF is a document; only where it has no sheet itself, the files that it carries are looked into. */
static Sheet *
sheet_from_pdf (const Source *source, const ReadOptions *options, GError **error)
{
  g_autoptr (GError) fault = NULL;
  Sheet *sheet = sheet_from_document (source, options, &fault);
  gboolean without = g_error_matches (fault, CHECKSHEET_ERROR, CHECKSHEET_ERROR_NO_SHEET) ||
                     g_error_matches (fault, CHECKSHEET_ERROR, CHECKSHEET_ERROR_UNSUPPORTED);
  g_autoptr (GPtrArray) members =
      without && source->depth < WRAPPING_DEPTH_LIMIT ? members_from_source (source, options, error) : NULL;
  if (sheet || (without && !members && source->depth < WRAPPING_DEPTH_LIMIT))
    return sheet;
  if (members && count_documents (members) > 0)
    return sheet_from_members (source, members, options, error);
  if (without && pdf_is_dynamic_form (source->bytes))
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_UNSUPPORTED,
                 _ ("is a form (XFA) that only Adobe Acrobat shows; open it there and print it into a PDF"));
  else
    g_propagate_error (error, g_steal_pointer (&fault));
  return NULL;
}

static Sheet *
sheet_from_wrapping (const Source *source, const ReadOptions *options, GError **error)
{
  g_autoptr (GPtrArray) members = members_from_source (source, options, error);
  return members ? sheet_from_members (source, members, options, error) : NULL;
}

static gboolean
source_is_json (const Source *source)
{
  return g_str_equal (source->media_type, "application/json");
}

static Sheet *
sheet_from_json_source (const Source *source, const ReadOptions *options, GError **error)
{
  gsize size;
  const char *text = g_bytes_get_data (source->bytes, &size);
  if (!pages_can_be_chosen (source, options, error))
    return NULL;
  return sheet_from_json (options->knowledge, text, size, error);
}

Sheet *
sheet_from_source (const Source *source, const ReadOptions *options, GError **error)
{
  if (source_is_json (source))
    return sheet_from_json_source (source, options, error);
  if (g_str_equal (source->media_type, "application/pdf"))
    return sheet_from_pdf (source, options, error);
  if (source_is_wrapping (source))
    return sheet_from_wrapping (source, options, error);
  return sheet_from_document (source, options, error);
}

/* Stages, for eyes */

/* The pages of the first of MEMBERS that has a sheet, or, where not WITH_SHEET, that can be read at all; NULL: none. */
static GPtrArray *
pages_of_members (GPtrArray *members, gboolean with_sheet, const ReadOptions *options, GPtrArray *notes)
{
  for (guint i = 0; i < members->len; i++) {
    const Member *member = members->pdata[i];
    if (!member->source || member->minor)
      continue;
    g_autoptr (Sheet) sheet = with_sheet ? sheet_from_source (member->source, options, NULL) : NULL;
    GPtrArray *pages = sheet || !with_sheet ? pages_of_input (member->source, options, notes, NULL) : NULL;
    if (pages)
      return pages;
  }
  return NULL;
}

GPtrArray *
pages_of_input (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error)
{
  if (!source_is_wrapping (source) || g_str_equal (source->media_type, "application/pdf"))
    return pages_from_source (source, options, notes, error);
  g_autoptr (GPtrArray) members = members_from_source (source, options, error);
  if (!members)
    return NULL;
  GPtrArray *pages = pages_of_members (members, TRUE, options, notes);
  if (!pages)
    pages = pages_of_members (members, FALSE, options, notes);
  if (!pages)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_UNSUPPORTED, _ ("no document in it can be read"));
  return pages;
}

GPtrArray *
blocks_from_source (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error)
{
  g_autoptr (GPtrArray) pages = pages_of_input (source, options, notes, error);
  return pages ? blocks_from_pages (pages, options->weighing) : NULL;
}

GPtrArray *
tables_from_source (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error)
{
  g_autoptr (GPtrArray) blocks = blocks_from_source (source, options, notes, error);
  return blocks ? tables_from_blocks (blocks, notes) : NULL;
}
