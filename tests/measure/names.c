/* names.c - how well names of items are told: `measure-names [--patterns FOLDER] FILE…`, each a list as tests/names.tsv.
 *
 * Prints a line for each name that is told wrongly, "WANTED <tab> FOUND <tab> SCORE <tab> NAME", and for each list a
 * line of figures: how many names of items are told rightly, missed and taken for another, and how many look-alikes are
 * taken for an item. Each name is asked about by itself, without a row beside it or a definition. Weights are chosen by
 * these figures.
 */
#include "items/match.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  int names, right, missed, other; /* of the catalogue's items */
  int look_alikes, taken;
} NameFigures;

static void
measure_line (const Knowledge *knowledge, char *line, NameFigures *figures)
{
  char *name = strchr (line, '\t');
  if (*line == '#' || !name)
    return;
  *name++ = '\0';
  int wanted = atoi (line);
  Match match = match_from_words (knowledge, name, NULL);
  int found = match.item ? match.item->no : 0;
  figures->names += wanted > 0;
  figures->look_alikes += wanted == 0;
  figures->right += wanted > 0 && found == wanted;
  figures->missed += wanted > 0 && found == 0;
  figures->other += wanted > 0 && found > 0 && found != wanted;
  figures->taken += wanted == 0 && found > 0;
  if (found != wanted)
    printf ("%d\t%d\t%.2f\t%s\n", wanted, found, match.score, name);
}

static gboolean
measure_file (const Knowledge *knowledge, const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  if (!g_file_get_contents (path, &text, NULL, &error)) {
    fprintf (stderr, "%s\n", error->message);
    return FALSE;
  }
  NameFigures figures = {0};
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line; line++)
    measure_line (knowledge, *line, &figures);
  printf ("%s: %d names, right %d, missed %d, another %d; %d look-alikes, taken %d\n", path, figures.names,
          figures.right, figures.missed, figures.other, figures.look_alikes, figures.taken);
  return TRUE;
}

int
main (int argc, char **argv)
{
  KnowledgeFiles files = {0};
  if (argc > 2 && !strcmp (argv[1], "--patterns")) {
    files.folder = argv[2];
    argc -= 2;
    argv += 2;
  }
  g_autoptr (GError) error = NULL;
  g_autoptr (Knowledge) knowledge = knowledge_open (&files, &error);
  if (!knowledge) {
    fprintf (stderr, "%s\n", error->message);
    return 1;
  }
  for (int i = 1; i < argc; i++)
    if (!measure_file (knowledge, argv[i]))
      return 1;
  return 0;
}
