/* password_file.c - see password_file.h */
#include "run/password_file.h"

#include <glib/gi18n.h>
#include <string.h>

#include "model/error.h"
#include "run/file_text.h"

/* Each is tried on each encrypted document, in up to three encodings. */
enum { PASSWORDS_MOST = 1000, FILE_BYTES_MOST = 1 << 16 };

static GPtrArray *
lines_of_text (const char *text)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) lines = g_strsplit (g_str_has_prefix (text, "\xef\xbb\xbf") ? text + 3 : text, "\n", -1);
  for (char **line = lines; *line; line++) {
    gsize length = strlen (*line);
    if (length > 0 && (*line)[length - 1] == '\r')
      (*line)[length - 1] = 0;
    if (**line)
      g_ptr_array_add (all, g_strdup (*line));
  }
  return all;
}

char **
passwords_from_file (const char *path, GError **error)
{
  gsize length;
  g_autofree char *text = file_text (path, &length, error);
  if (!text)
    return NULL;
  gboolean usable = length <= FILE_BYTES_MOST && !memchr (text, 0, length);
  g_autoptr (GPtrArray) all = lines_of_text (usable ? text : "");
  memset (text, 0, length);
  if (!usable)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, _ ("%s: is not a file of passwords, one a line"), path);
  else if (all->len == 0)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, _ ("%s: has no password in it; write one a line"), path);
  else if (all->len > PASSWORDS_MOST)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, _ ("%s: %u passwords, the limit is %d"), path, all->len,
                 PASSWORDS_MOST);
  else {
    g_ptr_array_set_free_func (all, NULL);
    g_ptr_array_add (all, NULL);
    return (char **)g_ptr_array_free (g_steal_pointer (&all), FALSE);
  }
  return NULL;
}
