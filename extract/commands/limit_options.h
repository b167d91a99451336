/* limit_options.h - the options that set the limits of a reading (run/worker.h), the same for every command that reads. */
#pragma once

#include "fetch/fetch_request.h"
#include "run/worker.h"

#include <glib.h>

/* As the options have them: seconds, MiB, pages. */
typedef struct {
  double timeout;
  int cpu_seconds; /* 0: half of the timeout */
  int memory, input, unpacked, result;
  int pages;
} LimitOptions;

extern const LimitOptions usual_limit_options;

/* Their lines in the table of a command. */
#define COMMAND_LIMITS(options)                                                                                          \
  {"timeout", 0, 0, G_OPTION_ARG_DOUBLE, &(options).timeout, N_ ("Time for one input (60)"), N_ ("SECONDS")},            \
      {"cpu",         0, 0, G_OPTION_ARG_INT, &(options).cpu_seconds, N_ ("CPU time for one input (half of --timeout)"), \
       N_ ("SECONDS")},                                                                                                  \
      {"memory", 0, 0, G_OPTION_ARG_INT, &(options).memory, N_ ("Memory for one input (1024)"), "MiB"},                  \
      {"max-input", 0, 0, G_OPTION_ARG_INT, &(options).input, N_ ("Size of one input (64)"), "MiB"},                     \
      {"max-unpacked", 0, 0, G_OPTION_ARG_INT, &(options).unpacked, N_ ("Size of what is packed in it (128)"), "MiB"},   \
      {"max-result", 0, 0, G_OPTION_ARG_INT, &(options).result, N_ ("Size of its sheet (256)"), "MiB"},                  \
  {                                                                                                                      \
    "max-pages", 0, 0, G_OPTION_ARG_INT, &(options).pages, N_ ("Pages of one input (2000)"), "N"                         \
  }

/* Fills *LIMITS. Gives EXIT_ALL_DONE, or EXIT_WRONG_CALL where an option of the command NAME is out of range, which is
 * said. */
int limits_from_options (const char *name, const LimitOptions *options, Limits *limits);
