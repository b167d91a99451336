/* password_file.h - a file of passwords, one a line, UTF-8 or whatever bytes the passwords are. */
#pragma once

#include <glib.h>

/* Those in the file PATH, at least one and 1000 at most; a byte order mark and the line ends of Windows do not belong to
 * them. "-": standard input. NULL with ERROR (CHECKSHEET_ERROR_IO) set, which names the file. The caller frees. */
char **passwords_from_file (const char *path, GError **error);
