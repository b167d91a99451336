/* line_file.h - a file of lines that is only ever appended to: a ledger, a stream of events.
 *
 * What was appended is on the disk (fdatasync) when the call returns. Lines go in by one write under a lock of the file
 * (flock), so that several processes may append to one. A last line without its end, which a full disk or a power cut
 * left, is cut off before the next one is written.
 */
#pragma once

#include <glib.h>

typedef struct {
  char *path;
  int descriptor;
  gboolean regular; /* not a pipe, a device or standard output, which have nothing to sync or cut */
} LineFile;

/* PATH "-": standard output. Errors of both: CHECKSHEET_ERROR_IO. The caller closes. */
LineFile *line_file_open (const char *path, GError **error);
gboolean line_file_append (LineFile *file, const char *lines, GError **error);

/* Whether the last bytes of the file are LINES. */
gboolean line_file_ends_with (const LineFile *file, const char *lines);

void line_file_close (LineFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LineFile, line_file_close)
