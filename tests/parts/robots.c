/* robots.c - part-robots FILE PRODUCT: what robots.txt, a FILE, says of each path on standard input, a line each ("allowed" or
 * "disallowed"), and then the delay between two requests. */
#include "fetch/robots.h"

#include <stdio.h>
#include <string.h>

int
main (int argc, char **argv)
{
  char line[65536];
  gsize length;
  g_autofree char *bytes = NULL;
  if (argc != 3 || !g_file_get_contents (argv[1], &bytes, &length, NULL))
    return 2;
  g_autoptr (Robots) robots = robots_new (bytes, length, argv[2]);
  while (fgets (line, sizeof line, stdin)) {
    line[strcspn (line, "\n")] = 0;
    puts (robots_allow (robots, line) ? "allowed" : "disallowed");
  }
  printf ("%g\n", robots_delay (robots));
  return 0;
}
