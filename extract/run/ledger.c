/* ledger.c - see ledger.h */
#include "run/ledger.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/error.h"
#include "run/process.h"
#include "write/json.h"

enum { READ_BYTES = 1 << 20 };

/* A record takes some 120 bytes of memory, so that a hundred thousand of them fit beside the rest. */
struct Ledger {
  int file;
  gboolean locked;     /* FALSE while held: the file system has no locks */
  gint64 read_to;      /* the byte after the last whole line that was read */
  GArray *entries;     /* LedgerEntry */
  GHashTable *by_uri;  /* key of a uri -> index in entries + 1 */
  GHashTable *owners;  /* key of an output -> key of the uri that it is the sheet of */
  GStringChunk *texts; /* what entries point to, each text once */
};

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, "%s: %s", what, g_strerror (errno));
  return FALSE;
}

guint64
ledger_key (const char *name)
{
  guint8 digest[32];
  gsize length = sizeof digest;
  GChecksum *sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (sum, (const guchar *)name, -1);
  g_checksum_get_digest (sum, digest, &length);
  g_checksum_free (sum);
  guint64 key;
  memcpy (&key, digest, sizeof key);
  return MAX (GUINT64_FROM_BE (key), 1); /* the same on every machine: shards depend on it */
}

char *
ledger_uri (const char *path)
{
  if (g_utf8_validate (path, -1, NULL))
    return g_strdup (path);
  g_autoptr (GString) uri = g_string_new (NULL);
  for (const char *at = path, *end; *at; at = end) {
    gunichar character = g_utf8_get_char_validated (at, -1);
    gboolean wrong = character == (gunichar)-1 || character == (gunichar)-2 || character == '%';
    end = wrong ? at + 1 : g_utf8_next_char (at);
    if (wrong)
      g_string_append_printf (uri, "%%%02X", (guchar)*at);
    else
      g_string_append_len (uri, at, end - at);
  }
  return g_string_free (g_steal_pointer (&uri), FALSE);
}

char *
ledger_line (const LedgerRecord *record)
{
  cJSON *object = cJSON_CreateObject ();
  cJSON_AddItemToObject (object, "uri", json_from_text (record->uri));
  cJSON_AddItemToObject (object, "sha256", json_from_text (record->sha256));
  cJSON_AddItemToObject (object, "status", json_from_text (record->status));
  cJSON_AddItemToObject (object, "reason", json_from_text (record->reason));
  cJSON_AddNumberToObject (object, "seconds", (gint64)(record->seconds * 1000 + 0.5) / 1000.0);
  cJSON_AddItemToObject (object, "output", json_from_text (record->output));
  if (record->kept)
    cJSON_AddItemToObject (object, "kept", json_from_text (record->kept));
  if (record->made_by)
    cJSON_AddItemToObject (object, "made_by", json_from_text (record->made_by));
  char *text = cJSON_PrintUnformatted (object);
  char *line = g_strconcat (text, "\n", NULL);
  cJSON_free (text);
  cJSON_Delete (object);
  return line;
}

char *
failure_line (const LedgerRecord *record)
{
  cJSON *object = cJSON_CreateObject ();
  cJSON_AddItemToObject (object, "format", json_from_text ("checksheet-failure/1"));
  cJSON *source = cJSON_AddObjectToObject (object, "source");
  cJSON_AddItemToObject (source, "uri", json_from_text (record->uri));
  cJSON_AddItemToObject (source, "sha256", json_from_text (record->sha256));
  cJSON_AddItemToObject (object, "status", json_from_text (record->status));
  cJSON_AddItemToObject (object, "reason", json_from_text (record->reason));
  char *text = cJSON_PrintUnformatted (object);
  char *line = g_strconcat (text, "\n", NULL);
  cJSON_free (text);
  cJSON_Delete (object);
  return line;
}

/* Reading */

static const char *
text_of (const cJSON *object, const char *field)
{
  const char *text = cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (object, field));
  return text ? text : "";
}

/* The sheet that an input had belongs to it no more, unless another took it. */
static void
release_output (Ledger *ledger, const LedgerEntry *entry)
{
  gpointer output = GSIZE_TO_POINTER (entry->output);
  if (entry->output && g_hash_table_lookup (ledger->owners, output) == GSIZE_TO_POINTER (entry->uri))
    g_hash_table_remove (ledger->owners, output);
}

static LedgerEntry *
entry_for (Ledger *ledger, guint64 uri)
{
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (ledger->by_uri, GSIZE_TO_POINTER (uri)));
  if (index) {
    LedgerEntry *known = &g_array_index (ledger->entries, LedgerEntry, index - 1);
    release_output (ledger, known);
    return known;
  }
  g_array_set_size (ledger->entries, ledger->entries->len + 1);
  g_hash_table_insert (ledger->by_uri, GSIZE_TO_POINTER (uri), GUINT_TO_POINTER (ledger->entries->len));
  return &g_array_index (ledger->entries, LedgerEntry, ledger->entries->len - 1);
}

static void
take_record (Ledger *ledger, const cJSON *record)
{
  const char *uri = text_of (record, "uri"), *output = text_of (record, "output");
  if (!*uri)
    return;
  if (!*output)
    output = text_of (record, "kept");
  LedgerEntry *entry = entry_for (ledger, ledger_key (uri));
  *entry = (LedgerEntry){.uri = ledger_key (uri),
                         .output = *output ? ledger_key (output) : 0,
                         .status = g_string_chunk_insert_const (ledger->texts, text_of (record, "status")),
                         .made_by = g_string_chunk_insert_const (ledger->texts, text_of (record, "made_by"))};
  g_strlcpy (entry->sha256, text_of (record, "sha256"), sizeof entry->sha256);
  if (entry->output)
    g_hash_table_insert (ledger->owners, GSIZE_TO_POINTER (entry->output), GSIZE_TO_POINTER (entry->uri));
}

/* Takes the whole lines of a piece of the file; returns how many bytes they are. A line that is not JSON was torn where
 * the file system has no locks; its input is done again. */
static gsize
take_lines (Ledger *ledger, const char *bytes, gsize length)
{
  gsize start = 0;
  for (const char *end; (end = memchr (bytes + start, '\n', length - start)); start = end - bytes + 1) {
    cJSON *record = cJSON_ParseWithLength (bytes + start, end - bytes - start);
    if (cJSON_IsObject (record))
      take_record (ledger, record);
    cJSON_Delete (record);
  }
  return start;
}

/* Reads what was appended since the last time. */
static gboolean
catch_up (Ledger *ledger, GError **error)
{
  struct stat status;
  if (fstat (ledger->file, &status) != 0)
    return fail (error, _ ("cannot be read"));
  gsize room = MIN (READ_BYTES, MAX (status.st_size - ledger->read_to, 0));
  g_autofree char *bytes = g_malloc (room + 1);
  while (ledger->read_to < status.st_size) {
    ssize_t length = pread (ledger->file, bytes, room, ledger->read_to);
    if (length < 0)
      return fail (error, _ ("cannot be read"));
    gsize taken = take_lines (ledger, bytes, length);
    ledger->read_to += taken;
    if (taken > 0)
      continue;
    if ((gsize)length < room || length == 0 || ledger->read_to + length >= status.st_size)
      break;
    bytes = g_realloc (bytes, room *= 2); /* a line longer than that */
  }
  return TRUE;
}

/* The last line without an end is what a writer left that was killed, or whose disk was full. */
static gboolean
cut_torn_line (Ledger *ledger, GError **error)
{
  struct stat status;
  if (fstat (ledger->file, &status) != 0 || status.st_size <= ledger->read_to)
    return TRUE;
  if (ledger->locked ? ftruncate (ledger->file, ledger->read_to) == 0 : write (ledger->file, "\n", 1) == 1)
    return TRUE;
  return fail (error, _ ("cannot be written"));
}

/* Writing */

Ledger *
ledger_open (const char *path, GError **error)
{
  int file = open (path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0666);
  if (file < 0)
    return fail (error, _ ("cannot be written")), NULL;
  g_autoptr (Ledger) ledger = g_new0 (Ledger, 1);
  ledger->file = file;
  ledger->entries = g_array_new (FALSE, TRUE, sizeof (LedgerEntry));
  ledger->by_uri = g_hash_table_new (NULL, NULL);
  ledger->owners = g_hash_table_new (NULL, NULL);
  ledger->texts = g_string_chunk_new (1024);
  if (!ledger_hold (ledger, error))
    return NULL;
  ledger_release (ledger);
  return g_steal_pointer (&ledger);
}

gboolean
ledger_hold (Ledger *ledger, GError **error)
{
  int locked;
  while ((locked = flock (ledger->file, LOCK_EX)) != 0 && errno == EINTR)
    ;
  ledger->locked = locked == 0;
  if (catch_up (ledger, error) && cut_torn_line (ledger, error))
    return TRUE;
  ledger_release (ledger);
  return FALSE;
}

void
ledger_release (Ledger *ledger)
{
  if (ledger->locked)
    flock (ledger->file, LOCK_UN);
  ledger->locked = FALSE;
}

/* Half of a record is none: what is written of it goes again where the rest finds no room. */
gboolean
ledger_write (Ledger *ledger, const char *line, GError **error)
{
  gsize length = strlen (line), done = 0;
  while (done < length) {
    ssize_t written = write (ledger->file, line + done, length - done);
    if (written > 0)
      done += written;
    else if (written == 0 || errno != EINTR)
      break;
  }
  if (done == length)
    return TRUE;
  int cause = errno;
  off_t end = done > 0 ? lseek (ledger->file, 0, SEEK_END) : -1;
  if (end >= (off_t)done && ftruncate (ledger->file, end - (off_t)done) != 0)
    cause = errno; /* who takes the lock next cuts it off */
  errno = cause;
  return fail (error, _ ("cannot be written"));
}

/* A sheet that gets its path and its record. */
typedef struct {
  Ledger *ledger;
  Output *output;
  const char *line;
  gboolean replaces; /* another sheet has the path */
  GError **error;
} Placement;

static gboolean
place_and_record (gpointer data)
{
  const Placement *placement = data;
  if (!output_place (placement->output, placement->error))
    return FALSE;
  if (placement->replaces)
    output_sync_folder (placement->output->path);
  return ledger_write (placement->ledger, placement->line, placement->error);
}

/* What could not be done out of reach is done here, with its error; the lock is taken anew for what a torn line left. */
gboolean
ledger_put (Ledger *ledger, Output *output, const char *line, GError **error)
{
  Placement placement = {
      .ledger = ledger, .output = output, .line = line, .replaces = g_file_test (output->path, G_FILE_TEST_EXISTS)};
  if (process_do_whole (place_and_record, &placement))
    return TRUE;
  placement.error = error;
  return ledger_hold (ledger, error) && place_and_record (&placement);
}

gboolean
ledger_sync (Ledger *ledger, GError **error)
{
  return fdatasync (ledger->file) == 0 || fail (error, _ ("cannot be written"));
}

void
ledger_close (Ledger *ledger)
{
  if (!ledger)
    return;
  close (ledger->file);
  g_array_unref (ledger->entries);
  g_hash_table_unref (ledger->by_uri);
  g_hash_table_unref (ledger->owners);
  g_string_chunk_free (ledger->texts);
  g_free (ledger);
}

const LedgerEntry *
ledger_entry (const Ledger *ledger, const char *uri)
{
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (ledger->by_uri, GSIZE_TO_POINTER (ledger_key (uri))));
  return index ? &g_array_index (ledger->entries, LedgerEntry, index - 1) : NULL;
}

gboolean
ledger_is_taken (const Ledger *ledger, const char *output, const char *uri)
{
  guint64 owner = GPOINTER_TO_SIZE (g_hash_table_lookup (ledger->owners, GSIZE_TO_POINTER (ledger_key (output))));
  return owner && owner != ledger_key (uri);
}
