/* limit_options.c - see limit_options.h */
#include "commands/limit_options.h"

#include <glib/gi18n.h>
#include <math.h>

#include "commands/command.h"

enum { SECONDS_LIMIT = 1000 * 1000, MIB_LIMIT = 1024 * 1024, INPUT_LIMIT = 1024, PAGES_LIMIT = 1000 * 1000 };

const LimitOptions usual_limit_options = {
    .timeout = 60, .memory = 1024, .input = 64, .unpacked = 128, .result = 256, .pages = 2000};

static guint64
bytes_of_mib (int mib)
{
  return (guint64)mib << 20;
}

int
limits_from_options (const char *name, const LimitOptions *options, Limits *limits)
{
  /* A source's bytes are in one piece of memory, whose parsers count some things in ints. */
  const struct {
    const char *option;
    int value, most;
  } numbers[] = {
      {"memory", options->memory, MIB_LIMIT},           {"max-input", options->input, INPUT_LIMIT},
      {"max-unpacked", options->unpacked, INPUT_LIMIT}, {"max-result", options->result, MIB_LIMIT},
      {"max-pages", options->pages, PAGES_LIMIT},
  };
  if (!(options->timeout > 0) || options->timeout > SECONDS_LIMIT)
    return command_wrong_call (name, _ ("--timeout must be a number above 0, %d at most"), SECONDS_LIMIT);
  if (options->cpu_seconds < 0 || options->cpu_seconds > SECONDS_LIMIT)
    return command_wrong_call (name, _ ("--%s must be a number from 1 to %d"), "cpu", SECONDS_LIMIT);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (numbers[i].value < 1 || numbers[i].value > numbers[i].most)
      return command_wrong_call (name, _ ("--%s must be a number from 1 to %d"), numbers[i].option, numbers[i].most);
  *limits = usual_limits;
  if (options->timeout != usual_limits.wall_seconds || options->cpu_seconds)
    limits->picture_seconds = 0;
  limits->wall_seconds = options->timeout;
  limits->cpu_seconds = options->cpu_seconds ? options->cpu_seconds : (int)ceil (options->timeout / 2);
  limits->memory = bytes_of_mib (options->memory);
  limits->answer = bytes_of_mib (options->result);
  limits->read.input = bytes_of_mib (options->input);
  limits->read.unpacked = bytes_of_mib (options->unpacked);
  limits->read.pages = options->pages;
  return EXIT_ALL_DONE;
}
