/* stages.c - how long the stages behind reading take: `measure-stages FILE`, for ./dev bench.
 *
 * Prints "patterns MILLISECONDS" (all pattern files loaded), "recognition MILLISECONDS ROWS" (blocks to sheet, the
 * answers read), the middle of several runs. Every run is a process of its own, so that nothing is remembered from the
 * one before: what convert does for one document.
 */
#include "layout/join.h"
#include "layout/layout.h"
#include "read/reader.h"
#include "sheet/selection.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define RUNS 21

typedef struct {
  double patterns, recognition; /* milliseconds */
  int rows;
} Figures;

static double
milliseconds (void)
{
  return (double)g_get_monotonic_time () / 1000;
}

static Figures
measure (const Source *source)
{
  double start = milliseconds ();
  g_autoptr (Knowledge) knowledge = knowledge_open (NULL, NULL);
  Figures figures = {.patterns = milliseconds () - start};
  ReadOptions options = {.knowledge = knowledge};
  g_autoptr (GPtrArray) notes = notes_new ();
  g_autoptr (GPtrArray) pages = pages_from_source (source, &options, notes, NULL);
  g_autoptr (GPtrArray) blocks = pages ? blocks_from_pages (pages, NULL) : g_ptr_array_new ();
  start = milliseconds ();
  g_autoptr (GPtrArray) tables = tables_from_blocks (blocks, notes);
  g_autoptr (Sheet) sheet = sheet_from_tables (knowledge, tables, blocks, g_steal_pointer (&notes), NULL);
  figures.recognition = milliseconds () - start;
  figures.rows = sheet ? (int)sheet->items->len : 0;
  return figures;
}

static Figures
measure_in_child (const Source *source)
{
  int ends[2];
  Figures figures;
  if (pipe (ends) < 0)
    exit (2);
  pid_t child = fork ();
  if (child == 0) {
    figures = measure (source);
    _exit (write (ends[1], &figures, sizeof figures) != sizeof figures);
  }
  close (ends[1]);
  if (child < 0 || read (ends[0], &figures, sizeof figures) != sizeof figures)
    exit (2);
  close (ends[0]);
  waitpid (child, NULL, 0);
  return figures;
}

static int
by_size (const void *a, const void *b)
{
  double first = *(const double *)a, second = *(const double *)b;
  return first < second ? -1 : first > second;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Source) source = argc == 2 ? source_open (argv[1], &error) : NULL;
  if (!source) {
    fprintf (stderr, "measure-stages: %s\n", error ? error->message : "one FILE is wanted");
    return 2;
  }
  double patterns[RUNS], recognition[RUNS];
  int rows = 0;
  for (int i = 0; i < RUNS; i++) {
    Figures figures = measure_in_child (source);
    patterns[i] = figures.patterns;
    recognition[i] = figures.recognition;
    rows = figures.rows;
  }
  qsort (patterns, RUNS, sizeof (double), by_size);
  qsort (recognition, RUNS, sizeof (double), by_size);
  printf ("patterns %.2f\nrecognition %.2f %d\n", patterns[RUNS / 2], recognition[RUNS / 2], rows);
  return 0;
}
