/* translated.c - each line of standard input, in the user's language (text/translated.h). */
#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "text/translated.h"

/* FOLDER: where the messages are. */
int
main (int argc, char **argv)
{
  static char line[1 << 16];
  setlocale (LC_ALL, "");
  bindtextdomain ("checksheet", argc > 1 ? argv[1] : NULL);
  bind_textdomain_codeset ("checksheet", "UTF-8");
  textdomain ("checksheet");
  while (fgets (line, sizeof line, stdin)) {
    line[strcspn (line, "\n")] = 0;
    g_autofree char *text = text_translated (line);
    puts (text);
  }
  return 0;
}
