/* csv_field.h - the fields of CSV (RFC 4180). */
#pragma once

#include <glib.h>

/* Appends one field to LINE, after a comma unless it is the first; quoted where it has to be. NULL is an empty field. */
void csv_append (GString *line, const char *text);

/* The same for a file that may be opened in a spreadsheet, which takes what begins with one of = + - @ TAB CR for a
 * formula: such a text gets a "'" in front. So that this can be undone exactly, a text with one or more "'" before such a
 * character gets one more; whoever takes one "'" away from each text that matches ^'+[=+@\t\r-] has the vendor's text. */
void csv_append_guarded (GString *line, const char *text);
