/* passwords.c - see passwords.h */
#include "commands/passwords.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "commands/command.h"
#include "run/progress.h"

/* Each is tried on each encrypted document, in up to three encodings. */
enum { PASSWORDS_MOST = 1000, FILE_BYTES_MOST = 1 << 16 };

static void
add_lines (GPtrArray *all, char *text)
{
  g_auto (GStrv) lines = g_strsplit (g_str_has_prefix (text, "\xef\xbb\xbf") ? text + 3 : text, "\n", -1);
  for (char **line = lines; *line; line++) {
    gsize length = strlen (*line);
    if (length > 0 && (*line)[length - 1] == '\r')
      (*line)[length - 1] = 0;
    if (**line)
      g_ptr_array_add (all, g_strdup (*line));
  }
}

static int
read_file (const Passwords *passwords, const char *command, GPtrArray *all)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length;
  guint before = all->len;
  const char *path = g_str_equal (passwords->file, "-") ? "/dev/stdin" : passwords->file;
  if (!g_file_get_contents (path, &text, &length, &error))
    return command_wrong_call (command, "%s", error->message);
  if (length > FILE_BYTES_MOST || memchr (text, 0, length))
    return command_wrong_call (command, _ ("%s: is not a file of passwords, one a line"), passwords->file);
  add_lines (all, text);
  if (all->len == before)
    return command_wrong_call (command, _ ("%s: has no password in it; write one a line"), passwords->file);
  if (all->len > PASSWORDS_MOST)
    return command_wrong_call (command, _ ("%s: %u passwords, the limit is %d"), passwords->file, all->len,
                               PASSWORDS_MOST);
  return EXIT_ALL_DONE;
}

int
passwords_open (Passwords *passwords, const char *command, gboolean quiet)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);
  for (char **password = passwords->given; password && *password; password++)
    g_ptr_array_add (all, g_strdup (*password));
  if (all->len > 0 && !quiet)
    complain (NULL, _ ("--password is kept in the shell's history, and other users may have seen it; --password-file "
                       "hides it"));
  int status = passwords->file ? read_file (passwords, command, all) : EXIT_ALL_DONE;
  if (status != EXIT_ALL_DONE || all->len == 0)
    return status;
  g_ptr_array_add (all, NULL);
  passwords->all = (char **)g_ptr_array_free (g_steal_pointer (&all), FALSE);
  return EXIT_ALL_DONE;
}

void
passwords_clear (Passwords *passwords)
{
  g_strfreev (passwords->given);
  g_strfreev (passwords->all);
  g_free (passwords->file);
}
