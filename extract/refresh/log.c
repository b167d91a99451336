/* log.c - see log.h */
#include "refresh/log.h"

#include <stdio.h>
#include <unistd.h>

#include "refresh/store/record.h"
#include "run/progress.h"

static void
begin_line (void)
{
  if (isatty (STDERR_FILENO))
    return;
  g_autofree char *now = time_now ();
  fprintf (stderr, "%s ", now);
}

void
log_line (const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  begin_line ();
  complain_lines (line);
}

void
log_complaint (const char *name, const char *message)
{
  begin_line ();
  complain (name, message);
}
