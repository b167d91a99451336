/* log.h - what a refresh says to people, on standard error: on a terminal as it is, in a file or a journal with the time
 * in front of each line ("2026-11-30T06:15:02Z revised    x/a: changed 2, added 1, removed 0"). */
#pragma once

#include <glib.h>

/* One line, made as printf does, without its end. */
void log_line (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* "checksheet: NAME: MESSAGE" (run/progress.h). */
void log_complaint (const char *name, const char *message);
