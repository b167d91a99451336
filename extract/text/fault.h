/* fault.h - a fault in a file that a person wrote, shown with a caret under its place.
 *
 *
 *     columns.pattern:12:9: missing closing parenthesis
 *       /^(?:no|番号\.?$/
 *               ^
 */
#pragma once

#include <glib.h>

/* A place in a file. */
typedef struct {
  const char *line;   /* the whole line, valid UTF-8; borrowed */
  int number, column; /* from 1; columns in characters */
} FilePlace;

/* The fault as three lines, without a line end after the last; the caller frees. FILE is the file's name. */
char *fault_new (const char *file, FilePlace place, const char *message);
