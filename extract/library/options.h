/* options.h - ChecksheetOptions of checksheet.h, for those who read with them. */
#pragma once

#include "library/checksheet.h"

#include <glib.h>

struct ChecksheetOptions {
  ChecksheetWhere where;
  double seconds;             /* 0: as the program does */
  int cpu_seconds, mebibytes; /* the same */
  char *program;              /* with its path; never NULL */
};
