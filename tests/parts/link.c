/* link.c - part-link ADDRESS PATTERN [CHARSET]: the newest link of the page on standard input, or the error. */
#include "fetch/link.h"
#include "model/error.h"
#include "read/source.h"

#include <locale.h>
#include <stdio.h>

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  if (argc < 3)
    return 2;
  g_autoptr (GError) error = NULL;
  g_autoptr (Knowledge) knowledge = knowledge_open (NULL, NULL);
  g_autoptr (Source) source = source_open ("-", &error);
  g_autofree char *found =
      source ? newest_link (knowledge, source->bytes, argc > 3 ? argv[3] : NULL, argv[1], argv[2], &error) : NULL;
  if (!found) {
    fprintf (stderr, "%s: %s\n", checksheet_error_status (error->code), error->message);
    return 1;
  }
  printf ("%s\n", found);
  return 0;
}
