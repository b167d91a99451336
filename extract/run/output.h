/* output.h - writing so that a reader never sees half of it.
 *
 * A file is written beside its place, without a name or under a hidden one (OUTPUT_PART_*) in the same folder, brought
 * to the disk, and renamed into its place. Whatever goes wrong before that leaves the old file as it was and nothing
 * beside it. What is no regular file (a device, a pipe) is written in place. Standard output goes through here too,
 * since a full disk or a closed pipe must not pass for success.
 */
#pragma once

#include <glib.h>

#define OUTPUT_PART_START ".checksheet-"
#define OUTPUT_PART_END ".part"

typedef struct {
  char *path;        /* where it will stand */
  char *beside;      /* where it is written; NULL: in place */
  gboolean nameless; /* it gets that name only when it is whole */
  int descriptor;
} Output;

/* Errors of all these: CHECKSHEET_ERROR_IO. */
Output *output_open (const char *path, GError **error);
gboolean output_write (Output *output, const char *bytes, gsize length, GError **error);

/* Copies the file DESCRIPTOR from byte START to its end. */
gboolean output_copy (Output *output, int descriptor, gint64 start, GError **error);

/* Puts the file in its place. Nothing is there before. */
gboolean output_commit (Output *output, GError **error);

/* Frees; an output that was not committed leaves nothing behind. */
void output_close (Output *output);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Output, output_close)

/* Standard output, as one that needs no commit. */
Output *output_standard (void);
