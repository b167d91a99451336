/* sheet_folder.c - see sheet_folder.h */
#include "run/sheet_folder.h"

#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "model/error.h"
#include "run/output.h"

/* Forms of a name that are tried (input_name). */
enum { FORMS_BEFORE = 8, FORMS_AFTER = 64 };

/* Failures that another run may not have. */
static const char *const passing_statuses[] = {"crash", "io-error", "fetch-error", NULL};

SheetFolder *
sheet_folder_open (const char *path, const char *extension, const char *made_by, GError **error)
{
  g_autofree char *ledger_path = g_build_filename (path, LEDGER_NAME, NULL);
  Ledger *ledger = ledger_open (ledger_path, error);
  if (!ledger)
    return NULL;
  SheetFolder *folder = g_new (SheetFolder, 1);
  *folder = (SheetFolder){g_strdup (path), ledger, g_strdup (extension), g_strdup (made_by)};
  return folder;
}

void
sheet_folder_close (SheetFolder *folder)
{
  if (!folder)
    return;
  ledger_close (folder->ledger);
  g_free (folder->path);
  g_free (folder->extension);
  g_free (folder->made_by);
  g_free (folder);
}

static char *
file_name (const SheetFolder *folder, const Input *input, int form)
{
  g_autofree char *name = input_name (input, form);
  return g_strdup_printf ("%s.%s", name, folder->extension);
}

/* The name of the file that the ledger has for INPUT; NULL: none. */
static char *
recorded_name (const SheetFolder *folder, const Input *input, const LedgerEntry *entry)
{
  for (int form = 0; entry && entry->output && form < input->form + FORMS_BEFORE; form++) {
    g_autofree char *name = file_name (folder, input, form);
    if (ledger_key (name) == entry->output)
      return g_steal_pointer (&name);
  }
  return NULL;
}

/* The file of its sheet: the one that the ledger has for it, else the first that is not another input's. */
static char *
name_of_sheet (const SheetFolder *folder, const Input *input, const char *uri)
{
  char *recorded = recorded_name (folder, input, ledger_entry (folder->ledger, uri));
  if (recorded)
    return recorded;
  for (int form = input->form; form < input->form + FORMS_AFTER; form++) {
    g_autofree char *name = file_name (folder, input, form);
    if (!ledger_is_taken (folder->ledger, name, uri))
      return g_steal_pointer (&name);
  }
  return file_name (folder, input, input->form);
}

/* The file that will be PATH; NULL: it cannot be written. */
static Output *
write_sheet (const char *path, const Input *input, const Outcome *outcome, const char *head, GError **error)
{
  if (paths_are_same (path, input->path)) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO,
                 N_ ("its sheet would overwrite it; name another folder"));
    return NULL;
  }
  g_autoptr (Output) output = output_open (path, error);
  if (!output || (head && !output_write (output, head, strlen (head), error)) ||
      !output_copy (output, outcome->answer, outcome->text_start, error) || !output_sync (output, error))
    return NULL;
  return g_steal_pointer (&output);
}

/* The record of what INPUT ended in; only while the ledger is held. NAME: the file that the sheet is in, or, where the
 * input failed, may be in since an earlier run. The caller frees. */
static char *
record_line (const SheetFolder *folder, const char *uri, const Outcome *outcome, const char *name)
{
  g_autofree char *path = g_build_filename (folder->path, name, NULL);
  gboolean kept =
      outcome->failed && !ledger_is_taken (folder->ledger, name, uri) && g_file_test (path, G_FILE_TEST_IS_REGULAR);
  return ledger_line (&(LedgerRecord){.uri = uri,
                                      .sha256 = outcome->sha256,
                                      .status = outcome->status,
                                      .reason = outcome->reason,
                                      .seconds = outcome->seconds,
                                      .output = outcome->failed ? NULL : name,
                                      .kept = kept ? name : NULL,
                                      .made_by = folder->made_by});
}

typedef enum { PLACED, NAME_TAKEN, NOT_PLACED, NOT_RECORDED } Placing;

static Placing
put_in_folder (SheetFolder *folder, const char *uri, Output *output, const char *name, const Outcome *outcome,
               GError **error)
{
  if (!ledger_hold (folder->ledger, error))
    return NOT_RECORDED;
  g_autofree char *line = record_line (folder, uri, outcome, name);
  Placing placing = ledger_is_taken (folder->ledger, name, uri)        ? NAME_TAKEN
                    : ledger_put (folder->ledger, output, line, error) ? PLACED
                    : output_is_placed (output)                        ? NOT_RECORDED
                                                                       : NOT_PLACED;
  ledger_release (folder->ledger);
  if (placing != PLACED)
    return placing;
  output_sync_folder (output->path);
  return ledger_sync (folder->ledger, error) ? PLACED : NOT_RECORDED;
}

static Placing
put_sheet (SheetFolder *folder, const Input *input, const char *uri, const Outcome *outcome, const char *head,
           GError **error)
{
  Placing placing;
  do {
    g_autofree char *name = name_of_sheet (folder, input, uri);
    g_autofree char *path = g_build_filename (folder->path, name, NULL);
    g_autoptr (Output) output = write_sheet (path, input, outcome, head, error);
    placing = output ? put_in_folder (folder, uri, output, name, outcome, error) : NOT_PLACED;
    if (placing == NOT_PLACED)
      g_prefix_error (error, "%s: ", name);
  } while (placing == NAME_TAKEN);
  return placing;
}

static gboolean
put_failure (SheetFolder *folder, const Input *input, const char *uri, const Outcome *outcome, GError **error)
{
  if (!ledger_hold (folder->ledger, error))
    return FALSE;
  g_autofree char *name = name_of_sheet (folder, input, uri);
  g_autofree char *line = record_line (folder, uri, outcome, name);
  gboolean written = ledger_write (folder->ledger, line, error);
  ledger_release (folder->ledger);
  return written && ledger_sync (folder->ledger, error);
}

gboolean
sheet_folder_put (SheetFolder *folder, const Input *input, Outcome *outcome, const char *head, GError **error)
{
  g_autofree char *uri = ledger_uri (input_shown (input));
  g_autoptr (GError) fault = NULL;
  Placing placing = outcome->failed ? NOT_PLACED : put_sheet (folder, input, uri, outcome, head, &fault);
  if (placing == PLACED)
    return TRUE;
  if (placing == NOT_RECORDED) {
    g_propagate_error (error, g_steal_pointer (&fault));
    return FALSE;
  }
  if (fault)
    outcome_fail (outcome, CHECKSHEET_ERROR_IO, g_strdup (fault->message));
  return put_failure (folder, input, uri, outcome, error);
}

/* The SHA-256 of what INPUT is now; NULL: it cannot be read, or is no file. */
static char *
sum_of_input (const Input *input)
{
  enum { PIECE = 1 << 16 };
  if (input->fault || !g_file_test (input->path, G_FILE_TEST_IS_REGULAR))
    return NULL;
  int file = open (input->path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (file < 0)
    return NULL;
  g_autofree guchar *bytes = g_malloc (PIECE);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  ssize_t length;
  while ((length = read (file, bytes, PIECE)) > 0)
    g_checksum_update (sum, bytes, length);
  close (file);
  return length < 0 ? NULL : g_strdup (g_checksum_get_string (sum));
}

gboolean
status_is_good (const char *status)
{
  return g_str_equal (status, "ok") || g_str_equal (status, "ok-with-warnings") || g_str_equal (status, "not-modified");
}

/* Whether the last record is of what INPUT is now. */
static gboolean
is_unchanged (const SheetFolder *folder, const Input *input, const LedgerEntry *entry)
{
  if (!g_str_equal (entry->made_by, folder->made_by))
    return FALSE;
  if (status_is_good (entry->status)) {
    g_autofree char *name = recorded_name (folder, input, entry);
    g_autofree char *path = name ? g_build_filename (folder->path, name, NULL) : NULL;
    if (!path || !g_file_test (path, G_FILE_TEST_IS_REGULAR))
      return FALSE;
  }
  g_autofree char *sum = sum_of_input (input);
  return sum && g_str_equal (sum, entry->sha256);
}

const char *
sheet_folder_done (const SheetFolder *folder, const Input *input, const Redoing *redoing)
{
  g_autofree char *uri = ledger_uri (input_shown (input));
  const LedgerEntry *entry = ledger_entry (folder->ledger, uri);
  if (entry && redoing->retry && g_strv_contains ((const char *const *)redoing->retry, entry->status))
    return NULL;
  if (!redoing->resume)
    return entry ? entry->status : "";
  if (!entry || g_strv_contains (passing_statuses, entry->status) || !is_unchanged (folder, input, entry))
    return NULL;
  return entry->status;
}
