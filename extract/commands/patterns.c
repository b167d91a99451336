/* patterns.c - `checksheet patterns`: every pattern file against the examples that it carries. */
#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "commands/command.h"
#include "model/error.h"
#include "patterns/pattern.h"
#include "run/progress.h"

typedef struct {
  int files, examples, faults;
} Tally;

static void
check_bytes (Tally *tally, const char *name, GBytes *bytes)
{
  int examples = 0;
  g_autoptr (GPtrArray) faults = patterns_check (name, bytes, &examples);
  tally->files++;
  tally->examples += examples;
  tally->faults += faults->len;
  for (guint i = 0; i < faults->len; i++) {
    const char *fault = faults->pdata[i];
    fprintf (stderr, "%s%s", fault, g_str_has_suffix (fault, "\n") ? "" : "\n");
  }
}

static void
count_unreadable (Tally *tally, const char *name, const char *message)
{
  tally->files++;
  tally->faults++;
  complain (name, message);
}

/* The file of that name on the disk. */
static void
check_path (Tally *tally, const char *path)
{
  g_autofree char *text = NULL;
  gsize length;
  errno = 0;
  if (!g_file_get_contents (path, &text, &length, NULL)) {
    count_unreadable (tally, path, errno ? g_strerror (errno) : _ ("cannot be read"));
    return;
  }
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_steal_pointer (&text), length);
  check_bytes (tally, path, bytes);
}

/* All files that a conversion would use. */
static void
check_used (Tally *tally)
{
  g_auto (GStrv) names = pattern_file_names ();
  for (char **name = names; *name; name++) {
    if (!g_str_has_suffix (*name, ".pattern"))
      continue;
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = pattern_file_bytes (*name, &error);
    if (bytes)
      check_bytes (tally, *name, bytes);
    else
      count_unreadable (tally, *name, error->message);
  }
}

static int
tell (const Tally *tally)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_string_append_printf (line, ngettext ("%d file", "%d files", tally->files), tally->files);
  g_string_append (line, ", ");
  g_string_append_printf (line, ngettext ("%d example", "%d examples", tally->examples), tally->examples);
  g_string_append (line, ", ");
  if (tally->faults)
    g_string_append_printf (line, ngettext ("%d fault", "%d faults", tally->faults), tally->faults);
  else
    g_string_append (line, _ ("no faults"));
  g_string_append_c (line, '\n');
  int status = print_text (line->str);
  return tally->faults ? EXIT_SOME_FAILED : status;
}

int
command_patterns (int argc, char **argv)
{
  Tally tally = {0};
  int status;
  if (!command_parse (&argc, &argv, NULL, NULL, &status))
    return status;
  for (int i = 1; i < argc; i++)
    check_path (&tally, argv[i]);
  if (argc == 1)
    check_used (&tally);
  return tell (&tally);
}
