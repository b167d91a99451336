/* passwords.c - see passwords.h */
#include "commands/passwords.h"

#include <glib/gi18n.h>

#include "commands/command.h"
#include "run/password_file.h"
#include "run/progress.h"

int
passwords_open (Passwords *passwords, const char *command, gboolean quiet)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);
  for (char **password = passwords->given; password && *password; password++)
    g_ptr_array_add (all, g_strdup (*password));
  if (all->len > 0 && !quiet)
    complain (NULL, _ ("--password is kept in the shell's history, and other users may have seen it; --password-file "
                       "hides it"));
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) read = passwords->file ? passwords_from_file (passwords->file, &error) : NULL;
  if (error)
    return command_wrong_call (command, "%s", error->message);
  for (char **password = read; password && *password; password++)
    g_ptr_array_add (all, g_strdup (*password));
  if (all->len == 0)
    return EXIT_ALL_DONE;
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
