/* file_text.c - see file_text.h */
#include "run/file_text.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <unistd.h>

#include "model/error.h"

char *
file_text (const char *path, gsize *length, GError **error)
{
  const char *opened = g_str_equal (path, "-") ? "/dev/stdin" : path;
  g_autoptr (GError) unread = NULL;
  char *text = NULL;
  if (access (opened, R_OK) != 0)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, _ ("%s: cannot be opened: %s"), path,
                 g_strerror (errno));
  else if (!g_file_get_contents (opened, &text, length, &unread))
    g_set_error_literal (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, unread->message);
  return text;
}
