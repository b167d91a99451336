/* sheet_stream.c - see sheet_stream.h
 *
 *     SHEET ─┬─ folder ──► its files ─┐
 *            ├─ corpus ──► its files ─┤
 *            └─ file, - ──────────────┴─► first bytes ─┬─ JSON ─────► whole, or line by line ─┐
 *                                                      ├─ database ─► row by row ─────────────┼─► checked ─► turn
 *                                                      └─ else ─────► pending, then the pool ─┘
 *
 * Documents that follow each other are read together, in as many processes as there are cores; before anything else is
 * given to the turn they are done, so that the order is the caller's.
 */
#include "export/sheet_stream.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "export/json_field.h"
#include "export/stored_sheets.h"
#include "fetch/fetched_inputs.h"
#include "library/document_task.h"
#include "read/sheet_json.h"
#include "refresh/corpus.h"
#include "refresh/manifest/manifest.h"
#include "run/exit_status.h"
#include "run/pool.h"
#include "run/progress.h"

/* The same as of a worker's answer (run/worker.h). */
#define SHEET_BYTES_LIMIT (256ull << 20)

/* How many inputs that a ledger says have failed are told one by one. */
#define FAILURES_TOLD 20u

#define FAILURE_FORMAT "checksheet-failure/1"
#define ITEM_FORMAT "checksheet-item/1"

typedef enum { FILE_JSON, FILE_DATABASE, FILE_OTHER } FileKind;

typedef struct {
  StreamReading reading;
  const char *output;
  SheetTurn turn;
  gpointer data;
  GPtrArray *pending; /* Input: documents to be read, before the next sheet */
  StreamEnd end;
} SheetStream;

/* Where a text comes from. */
typedef struct {
  const char *origin;
  const char *file;   /* NULL: the name of its source */
  const char *vendor; /* as vendors.yaml has it, or NULL */
} SheetOrigin;

static gboolean
over (const SheetStream *stream)
{
  return stream->end.stopped || stream->end.signal;
}

static void
fail (SheetStream *stream, const char *origin, const char *message)
{
  complain (origin, message);
  stream->end.failed++;
}

/* "a/b/x.pdf" → "x". The caller frees. */
static char *
stem_of (const char *path)
{
  g_autofree char *name = g_path_get_basename (path && *path ? path : "sheet");
  char *dot = strrchr (name, '.');
  if (dot && dot != name)
    *dot = 0;
  return g_steal_pointer (&name);
}

/* One sheet's text. */

static gboolean
deliver_tree (SheetStream *stream, const SheetOrigin *origin, const char *text, gsize length, const cJSON *tree)
{
  g_autofree char *stem = stem_of (json_string_at (tree, "source.uri"));
  const char *file = origin->file ? origin->file : stem, *vendor = json_string_at (tree, "document.vendor");
  const char *revised = json_string_at (tree, "document.revised");
  StreamedSheet sheet = {.origin = origin->origin,
                         .file = file,
                         .text = text,
                         .length = length,
                         .tree = tree,
                         .vendor = vendor           ? vendor
                                   : origin->vendor ? origin->vendor
                                                    : file,
                         .product = json_string_at (tree, "document.product"),
                         .revised = revised ? revised : json_string_at (tree, "document.issued")};
  stream->end.sheets++;
  stream->end.stopped = !stream->turn (&sheet, stream->data);
  return !stream->end.stopped;
}

/* A line that stands for an input that could not be read. The first are told, the others counted: the ledger has them. */
static void
tell_failure (SheetStream *stream, const SheetOrigin *origin, const char *uri, const char *status, const char *reason)
{
  if (stream->end.told++ >= FAILURES_TOLD)
    return;
  g_autofree char *shown = name_for_showing (uri ? uri : "?");
  complain_printf (origin->origin, _ ("%s could not be converted (%s): %s; it is left out"), shown,
                   status ? status : "?", reason ? reason : "-");
}

/* cJSON ends a text at a NUL. */
static gboolean
has_nul (const char *text, gsize length)
{
  for (const char *at = text; (at = g_strstr_len (at, text + length - at, "\\u0000")); at += 6) {
    gsize slashes = 0;
    while (at - slashes > text && at[-1 - (gssize)slashes] == '\\')
      slashes++;
    if (slashes % 2 == 0)
      return TRUE;
  }
  return FALSE;
}

/* TEXT is not a sheet that can be used, as FAULT says: it stands for an input that could not be read, or is wrong. FALSE: what
 * follows in the same file is not read either. */
static gboolean
refuse (SheetStream *stream, const SheetOrigin *origin, const char *text, gsize length, const char *fault)
{
  cJSON *tree = cJSON_ParseWithLength (text, length);
  const char *format = json_string_at (tree, "format");
  gboolean items = g_strcmp0 (format, ITEM_FORMAT) == 0;
  if (g_strcmp0 (format, FAILURE_FORMAT) == 0)
    tell_failure (stream, origin, json_string_at (tree, "source.uri"), json_string_at (tree, "status"),
                  json_string_at (tree, "reason"));
  else
    fail (stream, origin->origin,
          items ? _ ("is a list of items, not of sheets; make it anew with export --format ndjson --nested") : fault);
  cJSON_Delete (tree);
  return !items;
}

/* Gives TEXT to the turn, if it is a sheet. FALSE: what follows in the same file is not read either. */
static gboolean
deliver (SheetStream *stream, const SheetOrigin *origin, const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;
  cJSON *tree = sheet_tree_from_json (stream->reading.knowledge, text, length, &error);
  gboolean more;
  if (tree && !has_nul (text, length))
    more = deliver_tree (stream, origin, text, length, tree);
  else
    more = refuse (stream, origin, text, length,
                   tree ? _ ("has the character U+0000 in a text, which would be lost; take it out") : error->message);
  cJSON_Delete (tree);
  return more;
}

/* Documents. */

static gboolean
take_outcome (const Input *input, Outcome *outcome, gpointer data)
{
  SheetStream *stream = data;
  const char *shown = input_shown (input);
  if (outcome->failed) {
    fail (stream, shown, outcome->reason);
    return TRUE;
  }
  g_autoptr (GError) error = NULL;
  gsize length;
  g_autofree char *text = outcome_text (outcome, &length, &error), *file = stem_of (input->uri ? input->uri : shown);
  if (text)
    deliver (stream, &(SheetOrigin){.origin = shown, .file = g_str_equal (shown, "-") ? NULL : file}, text, length);
  else
    fail (stream, shown, error->message);
  return !over (stream);
}

/* Reads the documents that wait. No file may be read from at the same time: a child that ends sets the place in all files
 * that it shares with us back to where it knows it. */
static void
read_pending (SheetStream *stream)
{
  if (stream->pending->len == 0 || over (stream))
    return;
  g_autoptr (GPtrArray) inputs = g_steal_pointer (&stream->pending);
  stream->pending = g_ptr_array_new_with_free_func (input_free);
  Limits limits = limits_from_options (stream->reading.options);
  FetchOptions fetch = usual_fetch;
  fetch.sandbox = stream->reading.sandbox;
  fetch.bytes = limits.read.input;
  inputs_fetch (inputs, &fetch);
  g_autoptr (OcrModel) ocr_model = ocr_model_open ();
  DocumentTask task = {.knowledge = stream->reading.knowledge,
                       .options = stream->reading.options,
                       .ocr_model = ocr_model,
                       .writer = writer_named ("json")};
  Work work = {.limits = &limits, .task = document_task, .data = &task, .sandbox = stream->reading.sandbox};
  stream->end.signal = pool_run (inputs, &work, (int)g_get_num_processors (), take_outcome, stream);
}

/* An input that cannot be read from its path, since some of it was: the rest of FILE after the LENGTH bytes at START, as
 * a file without a name. */
static Input *
input_from_pipe (const char *path, FILE *file, const char *start, gsize length)
{
  Input *input = input_new (path, path, NULL);
  FILE *copy = tmpfile ();
  char buffer[65536];
  gboolean good = copy && fwrite (start, 1, length, copy) == length;
  for (gsize got; good && (got = fread (buffer, 1, sizeof buffer, file)) > 0;)
    good = fwrite (buffer, 1, got, copy) == got;
  good = good && !ferror (file) && fflush (copy) == 0;
  if (!good)
    input->fault = g_error_new (CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, _ ("cannot be read: %s"), g_strerror (errno));
  if (good) {
    input->body = dup (fileno (copy));
    g_free (input->path);
    input->path = g_strdup_printf ("/proc/self/fd/%d", input->body);
  }
  if (copy)
    fclose (copy);
  return input;
}

/* JSON. */

/* The next line with its "\n", up to the limit; FALSE: the end, or it is longer (*TOO_LONG). */
static gboolean
read_line (FILE *file, GString *line, gboolean *too_long)
{
  g_string_truncate (line, 0);
  for (int c; (c = getc_unlocked (file)) != EOF;) {
    g_string_append_c (line, (char)c);
    if (c == '\n')
      return TRUE;
    if (line->len > SHEET_BYTES_LIMIT) {
      *too_long = TRUE;
      return FALSE;
    }
  }
  return line->len > 0;
}

static gboolean
is_blank (const GString *line)
{
  return strspn (line->str, " \t\r\n") == line->len;
}

static gboolean
is_whole (const GString *line)
{
  cJSON *tree = cJSON_ParseWithLength (line->str, line->len);
  cJSON_Delete (tree);
  return tree != NULL;
}

static void
deliver_lines (SheetStream *stream, const SheetOrigin *origin, FILE *file, GString *line, guint number)
{
  gboolean too_long = FALSE, more = TRUE;
  for (;; number++) {
    g_autofree char *where = g_strdup_printf ("%s:%u", origin->origin, number);
    SheetOrigin at = {.origin = where, .vendor = origin->vendor};
    gsize length = line->len > 0 && line->str[line->len - 1] == '\n' ? line->len - 1 : line->len;
    if (!is_blank (line))
      more = deliver (stream, &at, line->str, length);
    if (!more || over (stream) || !read_line (file, line, &too_long))
      break;
  }
  if (too_long)
    fail (stream, origin->origin, _ ("has a line of more than 256 MiB; a line is a sheet"));
}

/* FILE begins with "{". */
static void
read_json (SheetStream *stream, const SheetOrigin *origin, FILE *file)
{
  g_autoptr (GString) line = g_string_new (NULL), next = g_string_new (NULL);
  gboolean too_long = FALSE, more = read_line (file, line, &too_long);
  if (more && g_str_has_prefix (line->str, "{\\")) { /* RTF */
    g_ptr_array_add (stream->pending, input_from_pipe (origin->origin, file, line->str, line->len));
    return;
  }
  gboolean lines = more && is_whole (line);
  guint number = 2;
  while (more && (more = read_line (file, next, &too_long))) {
    if (lines && is_blank (next) && number++)
      continue;
    if (lines) {
      g_autofree char *where = g_strdup_printf ("%s:1", origin->origin);
      if (deliver (stream, &(SheetOrigin){.origin = where, .vendor = origin->vendor}, line->str, line->len - 1))
        deliver_lines (stream, origin, file, next, number);
      return;
    }
    g_string_append_len (line, next->str, (gssize)next->len);
    too_long = line->len > SHEET_BYTES_LIMIT;
    more = !too_long;
  }
  if (too_long || ferror (file))
    fail (stream, origin->origin, too_long ? _ ("is more than 256 MiB of JSON") : g_strerror (errno));
  else
    deliver (stream, origin, line->str, line->len);
}

/* A database that export made. */

static gboolean
take_row (const char *name, const char *vendor, const char *json, gsize length, int number, gpointer data)
{
  SheetStream *stream = ((gpointer *)data)[0];
  const char *path = ((gpointer *)data)[1];
  g_autofree char *origin = g_strdup_printf ("%s:%d", path, number);
  deliver (stream, &(SheetOrigin){.origin = origin, .file = name, .vendor = vendor}, json, length);
  return !over (stream);
}

static void
read_database (SheetStream *stream, const char *path)
{
  read_pending (stream);
  gpointer data[] = {stream, (gpointer)path};
  g_autoptr (GError) error = NULL;
  if (!over (stream) && !sheet_database_read (path, take_row, data, &error))
    fail (stream, path, error->message);
}

/* Files. */

static FileKind
kind_of_file (const char *path)
{
  char start[16] = "";
  FILE *file = fopen (path, "rbe");
  gsize length = file ? fread (start, 1, sizeof start, file) : 0;
  if (file)
    fclose (file);
  if (length == sizeof start && memcmp (start, "SQLite format 3", sizeof start) == 0)
    return FILE_DATABASE;
  return start[0] == '{' && start[1] != '\\' ? FILE_JSON : FILE_OTHER;
}

static void
read_stream (SheetStream *stream, const SheetOrigin *origin, FILE *file)
{
  int c = getc (file);
  ungetc (c, file);
  if (c == '{')
    read_json (stream, origin, file);
  else
    g_ptr_array_add (stream->pending, input_from_pipe (origin->origin, file, "", 0));
}

static void
read_file (SheetStream *stream, const char *path, const char *name, const char *vendor)
{
  g_autofree char *stem = name ? g_strdup (name) : stem_of (path);
  SheetOrigin origin = {.origin = path, .file = stem, .vendor = vendor};
  gboolean regular = g_file_test (path, G_FILE_TEST_IS_REGULAR);
  FileKind kind = regular ? kind_of_file (path) : FILE_JSON;
  if (kind == FILE_DATABASE) {
    read_database (stream, path);
    return;
  }
  if (kind == FILE_JSON)
    read_pending (stream);
  FILE *file = kind == FILE_JSON && !over (stream) ? fopen (path, "rbe") : NULL;
  if (!file) { /* a document, or the pool says why it cannot be opened */
    g_ptr_array_add (stream->pending, input_new (path, NULL, NULL));
    return;
  }
  read_stream (stream, &origin, file);
  fclose (file);
}

/* Folders. */

/* The first of AT..END that is not white space. */
static const char *
past_white_space (const char *at, const char *end)
{
  while (at < end && g_ascii_isspace (*at))
    at++;
  return at;
}

static gboolean
begins_with (const char *at, const char *end, const char *start)
{
  return (gsize)(end - at) >= strlen (start) && memcmp (at, start, strlen (start)) == 0;
}

/* Whether TEXT has "format": "checksheet… in it, wherever it is. */
static gboolean
says_format (const char *text, const char *end)
{
  static const char key[] = "\"format\"", format[] = "\"checksheet";
  for (const char *at = text; (at = g_strstr_len (at, end - at, key));) {
    at = past_white_space (at + strlen (key), end);
    if (at < end && *at == ':' && begins_with (past_white_space (at + 1, end), end, format))
      return TRUE;
  }
  return FALSE;
}

static gboolean
mentions_sheets (const char *path)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  gsize length = file ? g_mapped_file_get_length (file) : 0;
  const char *text = length > 16 ? g_mapped_file_get_contents (file) : NULL;
  return text && says_format (text, text + length);
}

static gboolean
holds_sheets (const Input *input)
{
  if (input->fault || g_str_has_suffix (input->path, ".changes.json"))
    return FALSE;
  FileKind kind = kind_of_file (input->path);
  if (kind == FILE_DATABASE)
    return sheet_database_is (input->path);
  return kind == FILE_JSON && mentions_sheets (input->path);
}

/* What this program and those who keep sheets put beside them, and nobody takes for sheets: not told of. */
static gboolean
is_bookkeeping (const Input *input)
{
  static const char *const endings[] = {".changes.json", ".schema.json", ".csv-metadata.json"};
  static const char *const names[] = {"ledger.jsonl", "README.md", NULL};
  g_autofree char *name = g_path_get_basename (input->path);
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (name, endings[i]))
      return TRUE;
  return g_strv_contains (names, name);
}

/* Tells the inputs whose last record in the ledger of FOLDER is a failure. */
static void
tell_ledger (SheetStream *stream, const char *path)
{
  FILE *file = fopen (path, "rbe");
  if (!file)
    return;
  g_autoptr (GHashTable) failed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)cJSON_Delete);
  g_autoptr (GString) line = g_string_new (NULL);
  for (gboolean too_long = FALSE; read_line (file, line, &too_long);) {
    cJSON *record = cJSON_ParseWithLength (line->str, line->len);
    const char *uri = json_string_at (record, "uri"), *status = json_string_at (record, "status");
    gboolean good = status && (g_str_has_prefix (status, "ok") || g_str_equal (status, "not-modified"));
    if (uri && good)
      g_hash_table_remove (failed, uri);
    if (uri && status && !good)
      g_hash_table_replace (failed, g_strdup (uri), g_steal_pointer (&record));
    cJSON_Delete (record);
  }
  fclose (file);
  g_autoptr (GList) uris = g_list_sort (g_hash_table_get_keys (failed), (GCompareFunc)strcmp);
  for (GList *each = uris; each; each = each->next) {
    const cJSON *record = g_hash_table_lookup (failed, each->data);
    tell_failure (stream, &(SheetOrigin){.origin = path}, each->data, json_string_at (record, "status"),
                  json_string_at (record, "reason"));
  }
}

/* In a folder with sheets the other files are no sheets, and are left out. */
static void
read_files_with_sheets (SheetStream *stream, const char *folder, const GPtrArray *inputs)
{
  guint others = 0;
  const char *first = NULL;
  for (guint i = 0; i < inputs->len && !over (stream); i++) {
    const Input *input = inputs->pdata[i];
    if (is_bookkeeping (input)) {
      if (g_str_has_suffix (input->path, "ledger.jsonl"))
        tell_ledger (stream, input->path);
    } else if (holds_sheets (input)) {
      g_autofree char *way = g_strdelimit (g_strdup (input->path + input->way), "/", '-');
      g_autofree char *name = stem_of (way);
      read_file (stream, input->path, name, NULL);
    } else if (others++ == 0)
      first = input->path;
  }
  if (others > 0) {
    g_autofree char *shown = name_for_showing (first);
    complain_printf (folder, _ ("what is in it beside sheets is left out: %u, the first is %s"), others, shown);
  }
}

static void
read_folder (SheetStream *stream, const char *folder)
{
  char *paths[] = {(char *)folder, NULL};
  g_autoptr (GPtrArray) inputs = inputs_from_paths (paths, stream->output);
  gboolean sheets = FALSE, documents = FALSE;
  for (guint i = 0; i < inputs->len && !sheets; i++) {
    sheets = holds_sheets (inputs->pdata[i]);
    documents |= !is_bookkeeping (inputs->pdata[i]);
  }
  if (sheets || !documents) {
    read_files_with_sheets (stream, folder, inputs);
    return;
  }
  g_ptr_array_set_free_func (inputs, NULL);
  for (guint i = 0; i < inputs->len; i++)
    if (is_bookkeeping (inputs->pdata[i]))
      input_free (inputs->pdata[i]);
    else
      g_ptr_array_add (stream->pending, inputs->pdata[i]);
}

/* What is in out/ and in no line of the manifest is old. */
static void
tell_unlisted (SheetStream *stream, const char *folder, const Manifest *manifest)
{
  g_autofree char *out = g_build_filename (folder, "out", NULL);
  char *paths[] = {out, NULL};
  g_autoptr (GPtrArray) inputs =
      g_file_test (out, G_FILE_TEST_IS_DIR) ? inputs_from_paths (paths, stream->output) : NULL;
  for (guint i = 0; inputs && i < inputs->len; i++) {
    const Input *input = inputs->pdata[i];
    gboolean listed = !input->way || !g_str_has_suffix (input->path, ".json") || is_bookkeeping (input);
    for (guint k = 0; k < manifest->documents->len && !listed; k++) {
      const ManifestDocument *document = manifest->documents->pdata[k];
      gsize length = strlen (document->id);
      const char *way = input->path + input->way;
      listed = strncmp (document->id, way, length) == 0 && g_str_equal (way + length, ".json");
    }
    if (!listed)
      complain (input->path, _ ("is not in vendors.yaml (any more); it is left out"));
  }
}

static void
read_corpus_document (SheetStream *stream, const Corpus *corpus, const ManifestDocument *document)
{
  g_autofree char *path = corpus_output (corpus, document->id, ".json"), *name = g_strdup (document->id);
  g_strdelimit (name, "/", '-');
  if (g_file_test (path, G_FILE_TEST_EXISTS)) {
    read_file (stream, path, name, document->vendor_name ? document->vendor_name : document->vendor);
    return;
  }
  complain (path, _ ("is not there yet; checksheet refresh makes it"));
  stream->end.told++;
}

static void
read_corpus (SheetStream *stream, const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Manifest) manifest = manifest_open (folder, &error);
  if (!manifest) {
    g_autofree char *out = g_build_filename (folder, "out", NULL);
    fail (stream, folder, error->message);
    if (g_file_test (out, G_FILE_TEST_IS_DIR))
      read_folder (stream, out);
    return;
  }
  g_autoptr (Corpus) corpus = corpus_open_to_read (folder);
  for (guint i = 0; i < manifest->documents->len && !over (stream); i++)
    read_corpus_document (stream, corpus, manifest->documents->pdata[i]);
  tell_unlisted (stream, folder, manifest);
}

static void
read_argument (SheetStream *stream, const char *path)
{
  g_autofree char *manifest = g_build_filename (path, MANIFEST_FILE, NULL);
  if (path_is_address (path)) {
    Input *input = input_new (path, path, NULL);
    g_ptr_array_add (stream->pending, input);
  } else if (g_str_equal (path, "-")) {
    read_pending (stream);
    read_stream (stream, &(SheetOrigin){.origin = "-"}, stdin);
  } else if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    read_file (stream, path, NULL, NULL);
  else if (g_file_test (manifest, G_FILE_TEST_IS_REGULAR))
    read_corpus (stream, path);
  else
    read_folder (stream, path);
}

StreamEnd
sheets_streamed (const StreamReading *reading, char *const *paths, const char *output, SheetTurn turn, gpointer data)
{
  SheetStream stream = {.reading = *reading, .output = output, .turn = turn, .data = data};
  stream.pending = g_ptr_array_new_with_free_func (input_free);
  for (; *paths && !over (&stream); paths++)
    read_argument (&stream, *paths);
  read_pending (&stream);
  g_ptr_array_unref (stream.pending);
  guint more = stream.end.told > FAILURES_TOLD ? stream.end.told - FAILURES_TOLD : 0;
  if (more > 0)
    complain_printf (NULL,
                     ngettext ("%u more input could not be converted and is left out",
                               "%u more inputs could not be converted and are left out", more),
                     more);
  return stream.end;
}

int
exit_status_of_stream (const StreamEnd *end)
{
  if (end->sheets > 0)
    return end->failed > 0 ? EXIT_SOME_FAILED : EXIT_ALL_DONE;
  complain (NULL, _ ("there is no sheet to work with"));
  return EXIT_ALL_FAILED;
}
