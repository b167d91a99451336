/* progress.c - see progress.h */
#include "run/progress.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "text/shown.h"
#include "text/translated.h"
#include "text/width.h"

enum { USUAL_COLUMNS = 80 };

int
progress_columns (void)
{
  struct winsize size;
  if (ioctl (STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < 2)
    return USUAL_COLUMNS;
  return size.ws_col;
}

Progress
progress_new (int all)
{
  return (Progress){.all = all, .shown = all > 1 && isatty (STDERR_FILENO)};
}

void
progress_step (Progress *progress, const char *name, gboolean failed)
{
  progress->done++;
  progress->failed += failed;
  if (!progress->shown)
    return;
  g_autofree char *shown = name_for_showing (name);
  g_autofree char *line = progress->failed ? g_strdup_printf (_ ("%d/%d  %d failed  %s"), progress->done, progress->all,
                                                              progress->failed, shown)
                                           : g_strdup_printf ("%d/%d  %s", progress->done, progress->all, shown);
  /* The last column is left empty: some terminals wrap as soon as it is written. */
  gsize bytes = text_bytes_in_cells (line, progress_columns () - 1);
  fprintf (stderr, "\r%.*s\033[K", (int)bytes, line);
  fflush (stderr);
  progress->drawn = TRUE;
}

void
progress_clear (Progress *progress)
{
  if (!progress->drawn)
    return;
  fputs ("\r\033[K", stderr);
  fflush (stderr);
  progress->drawn = FALSE;
}

char *
name_for_showing (const char *name)
{
  if (g_str_equal (name, "-"))
    return g_strdup (_ ("standard input"));
  return text_shown (name, SHOWN_LINE);
}

void
complain (const char *name, const char *message)
{
  g_autofree char *shown = name ? name_for_showing (name) : NULL;
  g_autofree char *translated = text_translated (message), *line = text_shown (translated, SHOWN_LINE);
  if (shown)
    fprintf (stderr, "checksheet: %s: %s\n", shown, line);
  else
    fprintf (stderr, "checksheet: %s\n", line);
}

void
complain_lines (const char *lines)
{
  g_autofree char *shown = text_shown (lines, SHOWN_LINES);
  fprintf (stderr, "%s%s", shown, g_str_has_suffix (shown, "\n") ? "" : "\n");
}

void
complain_printf (const char *name, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  complain (name, message);
}
