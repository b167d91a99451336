/* output.h - files that are written atomically: a reader never sees half of one.
 *
 * A file is written without a name (O_TMPFILE) or under a hidden one (OUTPUT_PART_*) in the folder of its path, synced
 * to the disk, and renamed to its path. Whatever fails before that leaves the old file as it was and nothing beside it.
 * A path that is not a regular file (a device, a pipe) is written in place. Standard output goes through here too,
 * since a full disk or a closed pipe must not pass for success.
 */
#pragma once

#include <glib.h>

#define OUTPUT_PART_START ".checksheet-"
#define OUTPUT_PART_END ".part"

typedef struct {
  char *path;        /* what it is renamed to */
  char *part;        /* the hidden name that it is written under; NULL: it has none, or is written in place */
  gboolean nameless; /* it has no name until it is complete */
  int descriptor;
} Output;

/* Errors of all these: CHECKSHEET_ERROR_IO. The caller closes. */
Output *output_open (const char *path, GError **error);

/* The same for a file that a library writes by its name (SQLite): it has one from the start, `part`. A path that is not
 * a regular file is an error. */
Output *output_open_named (const char *path, GError **error);

gboolean output_write (Output *output, const char *bytes, gsize length, GError **error);

/* Appends the file DESCRIPTOR from byte START to its end. */
gboolean output_copy (Output *output, int descriptor, gint64 start, GError **error);

/* Gives the file its path; until then nothing of it is there. */
gboolean output_commit (Output *output, GError **error);

/* The three steps of output_commit: its bytes are on the disk; it has its path; that is on the disk too (a file system
 * that cannot sync a folder is not an error). */
gboolean output_sync (Output *output, GError **error);
gboolean output_place (Output *output, GError **error);
void output_sync_folder (const char *path);

/* Whether it has its path, or is written in place. */
gboolean output_is_placed (const Output *output);

/* Closes and frees; an output that was not committed leaves nothing behind. */
void output_close (Output *output);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Output, output_close)

/* Makes the folder PATH, unless it is there. */
gboolean output_folder (const char *path, GError **error);

/* Standard output; it needs no commit. */
Output *output_standard (void);
