/* file_text.h - a whole file that an option names, as text. */
#pragma once

#include <glib.h>

/* What is in the file PATH ("-": standard input), LENGTH bytes and a NUL after them. NULL with ERROR (CHECKSHEET_ERROR_IO)
 * set, which names the file. The caller frees. */
char *file_text (const char *path, gsize *length, GError **error);
