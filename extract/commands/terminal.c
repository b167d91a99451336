/* terminal.c - see terminal.h */
#include "commands/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

enum { WIDTH_USUAL = 80 };

int
terminal_width (int least)
{
  struct winsize size;
  if (ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
    return WIDTH_USUAL;
  return MAX (size.ws_col, least);
}

gboolean
colour_choice_is_known (const char *choice)
{
  static const char *const choices[] = {"auto", "always", "never", NULL};
  return !choice || g_strv_contains (choices, choice);
}

gboolean
colours_are_wanted (const char *choice)
{
  const char *no_color = g_getenv ("NO_COLOR"), *terminal = g_getenv ("TERM");
  if (choice && !g_str_equal (choice, "auto"))
    return g_str_equal (choice, "always");
  return isatty (STDOUT_FILENO) && !(no_color && *no_color) && terminal && !g_str_equal (terminal, "dumb");
}
