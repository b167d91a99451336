/* document_parts.c - see document_parts.h */
#include "report/document_parts.h"

#include "library/document_task.h"
#include "model/error.h"
#include "read/charset.h"
#include "read/picture/page_pictures.h"
#include "read/wrapping/wrapping.h"
#include "run/pool.h"
#include "text/translated.h"

#include <glib/gi18n.h>
#include <string.h>

/* Of a document that is text; the rest is left out. */
enum { LINES_MOST = 20000, LINE_CHARACTERS_MOST = 300, WANTED_MOST = 5000 };

/* What the child needs to know. */
typedef struct {
  const char *member; /* the document within what is wrapped; NULL: the input itself */
  const ChecksheetOptions *options;
  gboolean wanted[WANTED_MOST];
} DocumentWish;

/* In the child. */

static GBytes *
bytes_of_member (const Source *source, const ReadOptions *options, const char *member, int depth,
                 const char **media_type)
{
  if (!member || !g_strcmp0 (source->member, member)) {
    *media_type = source->media_type;
    return g_bytes_ref (source->bytes);
  }
  if (depth > WRAPPING_DEPTH_LIMIT || !source_is_wrapping (source))
    return NULL;
  g_autoptr (GPtrArray) members = members_from_source (source, options, NULL);
  for (guint i = 0; members && i < members->len; i++) {
    const Member *each = members->pdata[i];
    gboolean other = !each->source || each->minor;
    GBytes *bytes = other ? NULL : bytes_of_member (each->source, options, member, depth + 1, media_type);
    if (bytes)
      return bytes;
  }
  return NULL;
}

/* "pictures" and a line a page, or "lines" and the text. A WorkerTask. */
static char *
parts_of_document (const Source *source, gconstpointer data, const MoreTime *more_time, TaskRemarks *remarks,
                   GError **error)
{
  const DocumentWish *wish = data;
  const char *media_type = NULL;
  ReadOptions options = read_options_of_task (NULL, wish->options, more_time);
  g_autoptr (GBytes) bytes = bytes_of_member (source, &options, wish->member, 0, &media_type);
  g_autofree char *found = NULL;
  if (bytes && g_str_equal (media_type, "application/pdf")) {
    if (!reader_open_module (&options, MODULE_PICTURES, error) ||
        (options.passwords && !reader_open_module (&options, MODULE_QPDF, error)))
      return NULL;
    found = page_pictures_from_pdf (bytes, options.passwords, wish->wanted, WANTED_MOST);
    return found ? g_strconcat ("pictures\n", found, NULL) : g_strdup ("");
  }
  if (bytes && g_str_has_prefix (media_type, "text/")) {
    found = utf8_from_bytes (bytes, source->charset, NULL, NULL);
    return g_strconcat ("lines\n", found, NULL);
  }
  return g_strdup ("");
}

/* In the parent. */

/* "1 841.89 595.28 data:image/png;base64,…" */
static void
add_picture (ReportSheet *of, const char *line)
{
  char *at;
  gint64 page = g_ascii_strtoll (line, &at, 10);
  double width = g_ascii_strtod (at, &at), height = g_ascii_strtod (at, &at);
  at = g_strchug (at);
  /* The child read a hostile file: its answer is held to what it must be. */
  if (page < 1 || page > WANTED_MOST || !(width >= 1 && height >= 1) || !g_str_has_prefix (at, "data:image/") ||
      strspn (at, "data:imge/pnjb6;s4,ABCDEFGHIJKLMNOPQRSTUVWXYZacfhklotuvwxyzqr0123456789+/=") != strlen (at))
    return;
  PagePicture *picture = g_new0 (PagePicture, 1);
  *picture = (PagePicture){(int)page, width, height, g_strdup (at)};
  g_ptr_array_add (of->pictures, picture);
}

static void
add_line (ReportSheet *of, const char *line)
{
  g_autofree char *valid = g_utf8_make_valid (line, -1);
  g_strchomp (valid);
  gboolean cut = g_utf8_strlen (valid, -1) > LINE_CHARACTERS_MOST;
  g_autofree char *start = cut ? g_utf8_substring (valid, 0, LINE_CHARACTERS_MOST) : g_strdup (valid);
  g_ptr_array_add (of->lines, g_strconcat (start, cut ? "…" : "", NULL));
}

typedef struct {
  ReportSheet *of;
  gboolean found; /* the document is the sheet's */
} DocumentTurn;

static gboolean
take_parts (const Input *input, Outcome *outcome, gpointer data)
{
  DocumentTurn *turn = data;
  gsize length;
  if (g_strcmp0 (outcome->sha256, turn->of->sheet->sha256) || !outcome->sha256)
    return TRUE;
  turn->found = TRUE;
  g_autofree char *text = outcome->failed ? NULL : outcome_text (outcome, &length, NULL);
  g_autofree char *reason = outcome->failed ? text_translated (outcome->reason) : NULL;
  if (reason)
    turn->of->no_document = g_strdup_printf (_ ("The document cannot be shown: %s."), reason);
  g_auto (GStrv) lines = text ? g_strsplit (text, "\n", LINES_MOST) : NULL;
  gboolean pictures = lines && lines[0] && g_str_equal (lines[0], "pictures");
  for (char **line = lines && lines[0] ? lines + 1 : NULL; line && *line; line++)
    (pictures ? add_picture : add_line) (turn->of, *line);
  return TRUE;
}

/* Regular files that may be the document, each once. */
static void
add_candidate (GPtrArray *paths, char *path)
{
  if (g_file_test (path, G_FILE_TEST_IS_REGULAR) && !g_ptr_array_find_with_equal_func (paths, path, g_str_equal, NULL))
    g_ptr_array_add (paths, path);
  else
    g_free (path);
}

static GPtrArray *
candidates_of (const Sheet *sheet, const char *origin, const DocumentPlaces *places)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = g_path_get_dirname (origin);
  g_autofree char *name = sheet->uri ? g_path_get_basename (sheet->uri) : NULL;
  const char *folders[] = {places->documents, folder, ""};
  gboolean hexadecimal = sheet->sha256 && strspn (sheet->sha256, "0123456789abcdef") == 64 && !sheet->sha256[64];
  for (char *const *path = places->sheets; hexadecimal && *path; path++)
    add_candidate (paths, g_build_filename (*path, "store", sheet->sha256, NULL));
  if (hexadecimal) /* of CORPUS/out/vendor/document.json */
    add_candidate (paths, g_build_filename (folder, "..", "..", "store", sheet->sha256, NULL));
  add_candidate (paths, g_strdup (origin));
  for (gsize i = 0; name && !path_is_address (sheet->uri) && i < G_N_ELEMENTS (folders); i++) {
    if (!folders[i])
      continue;
    add_candidate (paths, *folders[i] && !g_path_is_absolute (sheet->uri)
                              ? g_build_filename (folders[i], sheet->uri, NULL)
                              : g_strdup (sheet->uri));
    add_candidate (paths, g_build_filename (*folders[i] ? folders[i] : ".", name, NULL));
  }
  if (hexadecimal && places->documents)
    add_candidate (paths, g_build_filename (places->documents, sheet->sha256, NULL));
  return paths;
}

static void
wish_pages (DocumentWish *wish, const Sheet *sheet)
{
  for (guint i = 0; i < sheet->items->len; i++) {
    const GArray *places = sheet_item (sheet, (int)i)->places;
    for (guint k = 0; k < places->len; k++) {
      int page = g_array_index (places, Place, k).page;
      if (page >= 1 && page <= WANTED_MOST)
        wish->wanted[page - 1] = TRUE;
    }
  }
}

/* Pages beyond the most are told. */
static void
say_missing_pages (ReportSheet *of, const DocumentWish *wish)
{
  guint wanted = 0;
  for (int i = 0; i < WANTED_MOST; i++)
    wanted += wish->wanted[i];
  if (of->pictures->len > 0 && of->pictures->len < wanted && !of->no_document)
    of->no_document = g_strdup_printf (_ ("%u of the %u pages with items are shown; the others cannot be drawn, or are "
                                          "beyond the limit of %d."),
                                       of->pictures->len, wanted, PAGE_PICTURES_MOST);
}

int
report_sheet_add_document (ReportSheet *of, const char *origin, const DocumentPlaces *places)
{
  g_autoptr (GPtrArray) paths = candidates_of (of->sheet, origin, places);
  DocumentWish wish = {.member = of->sheet->member, .options = places->options};
  DocumentTurn turn = {.of = of};
  wish_pages (&wish, of->sheet);
  Limits limits = limits_from_options (places->options);
  Work work = {.limits = &limits, .task = parts_of_document, .data = &wish, .sandbox = places->sandbox, .draws = TRUE};
  for (guint i = 0; i < paths->len && !turn.found; i++) {
    char *one[] = {paths->pdata[i], NULL};
    g_autoptr (GPtrArray) inputs = inputs_from_paths (one, NULL);
    int number = pool_run (inputs, &work, 1, take_parts, &turn);
    if (number)
      return number;
  }
  say_missing_pages (of, &wish);
  if (!turn.found)
    of->no_document = g_strdup (_ ("The document isn't at hand, so its pages are not shown; name the folder that it is "
                                   "in with --documents."));
  return 0;
}
