/* merge.c - `checksheet merge`: the ledgers and sheets of several folders (convert -o DIR) as one.
 *
 * Of each input the last record counts: the last one of its folder, and of several folders that of the last one named.
 * All is looked at before anything is written: two inputs whose sheets have the same file name, and other bytes, are an
 * error that names both. Sheets are copied before their records are written (run/ledger.h), so a merge that was ended is
 * done again, and one that is done again changes nothing.
 */
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "commands/command.h"
#include "commands/parse.h"
#include "run/file_text.h"
#include "run/ledger.h"
#include "run/output.h"
#include "run/progress.h"

typedef struct {
  char *uri, *line; /* with its "\n" */
  char *file;       /* its sheet's name in the folder, or NULL */
  const char *folder;
} MergedRecord;

typedef struct {
  const char *place;
  GHashTable *records; /* uri -> MergedRecord */
} Merge;

static void
merged_record_free (gpointer data)
{
  MergedRecord *record = data;
  g_free (record->uri);
  g_free (record->line);
  g_free (record->file);
  g_free (record);
}

static char *
text_of (const cJSON *object, const char *field)
{
  return g_strdup (cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (object, field)));
}

/* A line that is not a record was torn; its input has no record then, and its folder is to be resumed. */
static void
take_line (Merge *merge, const char *folder, const char *line)
{
  cJSON *object = cJSON_Parse (line);
  MergedRecord *record = g_new (MergedRecord, 1);
  *record = (MergedRecord){.uri = text_of (object, "uri"),
                           .line = g_strconcat (line, "\n", NULL),
                           .file = text_of (object, "output"),
                           .folder = folder};
  if (!record->file)
    record->file = text_of (object, "kept");
  cJSON_Delete (object);
  const MergedRecord *before = record->uri ? g_hash_table_lookup (merge->records, record->uri) : NULL;
  if (before && g_str_equal (before->line, record->line))
    record->folder = before->folder; /* it was merged before, or is the same one */
  if (record->uri)
    g_hash_table_replace (merge->records, record->uri, record);
  else
    merged_record_free (record);
}

static gboolean
take_folder (Merge *merge, const char *folder)
{
  g_autoptr (GError) error = NULL;
  gsize length;
  g_autofree char *path = g_build_filename (folder, LEDGER_NAME, NULL), *text = file_text (path, &length, &error);
  if (!text) {
    complain_printf (NULL, _ ("%s; merge takes the folders that convert -o DIR wrote"), error->message);
    return FALSE;
  }
  for (char *line = text, *end; (end = strchr (line, '\n')); line = end + 1) {
    *end = 0;
    take_line (merge, folder, line);
  }
  return TRUE;
}

static char *
path_of_sheet (const MergedRecord *record)
{
  return g_build_filename (record->folder, record->file, NULL);
}

/* FALSE also where one of them cannot be read. */
static gboolean
files_are_equal (const char *a, const char *b)
{
  g_autofree char *one = NULL, *other = NULL;
  gsize length, other_length;
  return g_file_get_contents (a, &one, &length, NULL) && g_file_get_contents (b, &other, &other_length, NULL) &&
         length == other_length && memcmp (one, other, length) == 0;
}

static gboolean
names_conflict (const MergedRecord *a, const MergedRecord *b)
{
  g_autofree char *one = path_of_sheet (a), *other = path_of_sheet (b);
  if (files_are_equal (one, other))
    return FALSE;
  g_autofree char *what = g_strdup_printf (_ ("the sheets of %s and %s have the same file name; convert them with one "
                                              "call, sharded, which names them apart"),
                                           a->uri, b->uri);
  g_autofree char *where = g_strdup_printf ("%s, %s", one, other);
  complain (where, what);
  return TRUE;
}

/* A name from a ledger may lead out of its folder; one that a run made does not. */
static gboolean
is_plain_name (const char *name)
{
  return *name && !strchr (name, '/') && !g_str_equal (name, ".") && !g_str_equal (name, "..") &&
         !g_str_equal (name, LEDGER_NAME);
}

/* Whether all can be merged; says of each record why not. */
static gboolean
check_records (GPtrArray *records)
{
  g_autoptr (GHashTable) files = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean good = TRUE;
  for (guint i = 0; i < records->len; i++) {
    MergedRecord *record = records->pdata[i];
    if (!record->file)
      continue;
    g_autofree char *path = path_of_sheet (record);
    const MergedRecord *other = g_hash_table_lookup (files, record->file);
    if (!is_plain_name (record->file) || !g_file_test (path, G_FILE_TEST_IS_REGULAR)) {
      complain (path, _ ("the ledger has this sheet, and it is not there; convert --resume makes it"));
      good = FALSE;
    } else if (other)
      good &= !names_conflict (other, record);
    g_hash_table_insert (files, record->file, record);
  }
  return good;
}

/* The file that will be TO, with the sheet that is in FROM; NULL: it cannot be written. */
static Output *
copy_sheet (const char *from, const char *to, GError **error)
{
  int file = open (from, O_RDONLY | O_CLOEXEC);
  g_autoptr (Output) output = output_open (to, error);
  gboolean done = output && output_copy (output, file, 0, error) && output_sync (output, error);
  if (file >= 0)
    close (file);
  return done ? g_steal_pointer (&output) : NULL;
}

static gboolean
merge_record (const Merge *merge, Ledger *ledger, const MergedRecord *record, GError **error)
{
  if (record->folder == merge->place)
    return TRUE;
  g_autoptr (Output) output = NULL;
  g_autofree char *from = record->file ? path_of_sheet (record) : NULL;
  g_autofree char *to = record->file ? g_build_filename (merge->place, record->file, NULL) : NULL;
  gboolean is_there = !to || files_are_equal (from, to);
  if (!is_there && !(output = copy_sheet (from, to, error)))
    return FALSE;
  if (!ledger_hold (ledger, error))
    return FALSE;
  gboolean written =
      output ? ledger_put (ledger, output, record->line, error) : ledger_write (ledger, record->line, error);
  ledger_release (ledger);
  if (output)
    output_sync_folder (to);
  return written;
}

static int
compare_uris (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(MergedRecord *const *)a)->uri, (*(MergedRecord *const *)b)->uri);
}

static GPtrArray *
records_by_uri (const Merge *merge)
{
  GPtrArray *records = g_ptr_array_new ();
  GHashTableIter all;
  gpointer record;
  g_hash_table_iter_init (&all, merge->records);
  while (g_hash_table_iter_next (&all, NULL, &record))
    g_ptr_array_add (records, record);
  g_ptr_array_sort (records, compare_uris);
  return records;
}

static int
write_all (const Merge *merge, GPtrArray *records)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (merge->place, LEDGER_NAME, NULL);
  g_autoptr (Ledger) ledger = ledger_open (path, &error);
  for (guint i = 0; ledger && !error && i < records->len; i++)
    merge_record (merge, ledger, records->pdata[i], &error);
  if (!error && ledger_sync (ledger, &error))
    return EXIT_ALL_DONE;
  complain (merge->place, error->message);
  return EXIT_FAULT;
}

static int
merge_folders (Merge *merge, char **folders)
{
  g_autofree char *ledger = g_build_filename (merge->place, LEDGER_NAME, NULL);
  if (g_file_test (ledger, G_FILE_TEST_EXISTS) && !take_folder (merge, merge->place))
    return EXIT_FAULT;
  for (; *folders; folders++)
    if (!take_folder (merge, *folders))
      return EXIT_WRONG_CALL;
  g_autoptr (GPtrArray) records = records_by_uri (merge);
  return check_records (records) ? write_all (merge, records) : EXIT_ALL_FAILED;
}

int
command_merge (int argc, char **argv)
{
  g_autofree char *place = NULL;
  const GOptionEntry entries[] = {
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &place, N_ ("The folder that all go to"), "DIR"},
      {NULL},
  };
  int status;
  g_auto (KnowledgeFiles) files = {0};
  const char *notes = _ ("\
Each DIR is a folder that convert -o DIR wrote, as one --shard of the inputs.\n\
Of each input the last record counts, in the order of the folders. What is in\n\
-o DIR already stays. Exit status: 0 done, 2 wrong call, 3 the folders do not go\n\
together (nothing is written), 8 a disk fault.");
  if (!command_parse (&argc, &argv, entries, notes, &files, &status))
    return status;
  if (!place || argc < 2)
    return command_wrong_call ("merge", "%s", _ ("expected -o DIR and the folders to merge"));
  if (mkdir (place, 0777) != 0 && errno != EEXIST)
    return command_wrong_call ("merge", _ ("%s: cannot make the folder: %s"), place, g_strerror (errno));
  g_autoptr (GHashTable) records = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, merged_record_free);
  return merge_folders (&(Merge){place, records}, argv + 1);
}
