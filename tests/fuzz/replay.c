/* replay.c - runs the inputs of a fuzzer once: replay TARGET FILE…; with --seconds N again and again for so long, and says
 * how many executions there were in a second of CPU time. Built by every compiler, so that ./dev test replays the seeds. */
#include "target.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef int (*Target) (const uint8_t *data, size_t size);

#define TARGETS(each)                                                                                                  \
  each (catalogue) each (delimited) each (document) each (fetch) each (html) each (json) each (link) each (mail)       \
      each (manifest) each (opendocument) each (pattern) each (pdf) each (road) each (style) each (tables) each (text) \
          each (workbook)

#define DECLARE(name) int fuzz_##name (const uint8_t *data, size_t size);
TARGETS (DECLARE)

#define LINE(name) {#name, fuzz_##name},
static const struct {
  const char *name;
  Target run;
} targets[] = {TARGETS (LINE)};

static Target
target_called (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    if (g_str_equal (targets[i].name, name))
      return targets[i].run;
  return NULL;
}

static double
cpu_seconds (void)
{
  struct timespec now;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

int
main (int argc, char **argv)
{
  double seconds = argc > 3 && g_str_equal (argv[1], "--seconds") ? g_ascii_strtod (argv[2], NULL) : 0;
  int at = seconds > 0 ? 3 : 1, runs = 0;
  Target run = argc > at ? target_called (argv[at]) : NULL;
  if (!run) {
    fprintf (stderr, "replay [--seconds N] TARGET FILE…\n");
    return 2;
  }
  LLVMFuzzerInitialize (&argc, &argv);
  double begun = cpu_seconds ();
  do
    for (int i = at + 1; i < argc; i++, runs++) {
      g_autofree char *data = NULL;
      gsize size;
      if (!g_file_get_contents (argv[i], &data, &size, NULL)) {
        fprintf (stderr, "%s: cannot be read\n", argv[i]);
        return 1;
      }
      run ((const uint8_t *)data, size);
    }
  while (runs > 0 && cpu_seconds () - begun < seconds);
  printf ("%s: %d inputs, %.0f a second, %u read\n", argv[at], runs, runs / MAX (cpu_seconds () - begun, 1e-6),
          fuzz_inputs_read ());
  return 0;
}
