/* options.h - ChecksheetOptions of checksheet.h, for those who read with them: the library's readings, and the program's
 * commands, which make theirs by the calls of checksheet.h. */
#pragma once

#include "library/checksheet.h"

#include <glib.h>

#include "read/page_ranges.h"
#include "run/worker.h"

struct ChecksheetOptions {
  ChecksheetWhere where;
  double seconds;  /* 0: as the program does, here and in all numbers below */
  int cpu_seconds; /* in the order of option_numbers (reading.c) */
  int memory, input, unpacked, sheet;
  int pages;
  GPtrArray *passwords; /* ended by NULL where there are any */
  char *page_text;      /* NULL: all pages */
  PageRanges *ranges;   /* the same, understood */
  char *program;        /* with its path; never NULL */
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChecksheetOptions, checksheet_options_free)

/* The limits of a reading with OPTIONS: where a number is not set, that of usual_limits. */
Limits limits_from_options (const ChecksheetOptions *options);

/* Its passwords, ended by NULL; NULL: none. Borrowed. */
char *const *options_passwords (const ChecksheetOptions *options);
