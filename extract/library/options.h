/* options.h - ChecksheetOptions of checksheet.h, for those who read with them. */
#pragma once

#include "library/checksheet.h"

#include <glib.h>

#include "read/page_ranges.h"

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
