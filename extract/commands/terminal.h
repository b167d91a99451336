/* terminal.h - standard output as people see it: how wide it is, and whether in colours. */
#pragma once

#include <glib.h>

/* In cells; 80 where it is no terminal, and never less than LEAST. */
int terminal_width (int least);

/* Whether CHOICE is one that --color takes (auto, always, never); NULL, not given, is auto. */
gboolean colour_choice_is_known (const char *choice);

/* "auto": on a terminal, unless NO_COLOR is set (no-color.org) or the terminal is called "dumb". */
gboolean colours_are_wanted (const char *choice);

/* The option for it, in the table of a command. */
#define COMMAND_COLOR(choice)                                                                                          \
  {                                                                                                                    \
    "color", 0, 0, G_OPTION_ARG_STRING, &(choice), N_ ("Colours on standard output (auto: on a terminal)"),            \
        "auto|always|never"                                                                                            \
  }
