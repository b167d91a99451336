/* patterns.c - `checksheet patterns`: checks pattern files against the examples in them. */
#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "commands/command.h"
#include "model/error.h"
#include "patterns/pattern_check.h"
#include "patterns/pattern_folder.h"
#include "run/progress.h"

typedef struct {
  const char *folder;       /* --patterns, or NULL */
  const Folding *comparing; /* of that folder */
  int files, examples, faults;
} PatternTally;

static void
check_bytes (PatternTally *tally, const char *name, GBytes *bytes)
{
  int examples = 0;
  g_autoptr (GPtrArray) faults = patterns_check (name, bytes, tally->comparing, &examples);
  tally->files++;
  tally->examples += examples;
  tally->faults += faults->len;
  for (guint i = 0; i < faults->len; i++)
    complain_lines (faults->pdata[i]);
}

static void
count_unreadable (PatternTally *tally, const char *name, const char *message)
{
  tally->files++;
  tally->faults++;
  complain (name, message);
}

/* A file that the caller named. */
static void
check_path (PatternTally *tally, const char *path)
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

/* All pattern files that a conversion would use. */
static void
check_used (PatternTally *tally)
{
  g_auto (GStrv) names = pattern_folder_names (tally->folder);
  for (char **name = names; *name; name++) {
    if (!g_str_has_suffix (*name, ".pattern"))
      continue;
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = pattern_folder_bytes (tally->folder, *name, &error);
    if (bytes)
      check_bytes (tally, *name, bytes);
    else
      count_unreadable (tally, *name, error->message);
  }
}

static int
print_tally (const PatternTally *tally)
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
  int status = print_for_people (line->str);
  return tally->faults ? EXIT_SOME_FAILED : status;
}

int
command_patterns (int argc, char **argv)
{
  int status;
  g_auto (KnowledgeFiles) files = {0};
  if (!command_parse (&argc, &argv, NULL, NULL, &files, &status))
    return status;
  g_autoptr (GError) error = NULL;
  g_autoptr (Folding) writing = NULL;
  g_autoptr (Folding) comparing = knowledge_comparing (files.folder, &writing, &error);
  if (!comparing) {
    complain_lines (error->message);
    return EXIT_WRONG_CALL;
  }
  PatternTally tally = {.folder = files.folder, .comparing = comparing};
  for (int i = 1; i < argc; i++)
    check_path (&tally, argv[i]);
  if (argc == 1)
    check_used (&tally);
  return print_tally (&tally);
}
