/* options.c - see options.h */
#include "library/options.h"

#include <math.h>

#include "modules/module.h"

/* The path of the program NAME in the folder of this library; NULL: there is none. The caller frees. */
static char *
program_beside_library (const char *name)
{
  g_autofree char *folder = module_own_folder ();
  g_autofree char *program = folder ? g_build_filename (folder, name, NULL) : NULL;
  gboolean usable =
      program && g_file_test (program, G_FILE_TEST_IS_REGULAR) && g_file_test (program, G_FILE_TEST_IS_EXECUTABLE);
  return usable ? g_steal_pointer (&program) : NULL;
}

/* The one beside the library, else the one of the tree that the library was installed into, wherever that was moved, else
 * the one of the folder that it was built for. The caller frees. */
static char *
usual_program (void)
{
  char *program = program_beside_library ("checksheet");
  if (!program)
    program = program_beside_library (PROGRAM_FROM_LIBRARY);
  return program ? program : g_strdup (PROGRAM);
}

const char *
checksheet_version (void)
{
  return VERSION;
}

ChecksheetOptions *
checksheet_options_new (void)
{
  ChecksheetOptions *options = g_new0 (ChecksheetOptions, 1);
  options->program = usual_program ();
  options->passwords = g_ptr_array_new_with_free_func (g_free);
  return options;
}

void
checksheet_options_free (ChecksheetOptions *options)
{
  if (!options)
    return;
  g_ptr_array_unref (options->passwords);
  g_free (options->page_text);
  page_ranges_free (options->ranges);
  g_free (options->program);
  g_free (options);
}

void
checksheet_options_set_where (ChecksheetOptions *options, ChecksheetWhere where)
{
  options->where = where;
}

void
checksheet_options_set_seconds (ChecksheetOptions *options, double seconds)
{
  options->seconds = seconds;
}

void
checksheet_options_set_cpu_seconds (ChecksheetOptions *options, int seconds)
{
  options->cpu_seconds = seconds;
}

void
checksheet_options_set_memory (ChecksheetOptions *options, int mebibytes)
{
  options->memory = mebibytes;
}

void
checksheet_options_set_max_input (ChecksheetOptions *options, int mebibytes)
{
  options->input = mebibytes;
}

void
checksheet_options_set_max_unpacked (ChecksheetOptions *options, int mebibytes)
{
  options->unpacked = mebibytes;
}

void
checksheet_options_set_max_sheet (ChecksheetOptions *options, int mebibytes)
{
  options->sheet = mebibytes;
}

void
checksheet_options_set_max_pages (ChecksheetOptions *options, int pages)
{
  options->pages = pages;
}

void
checksheet_options_add_password (ChecksheetOptions *options, const char *password)
{
  if (options->passwords->len > 0)
    g_ptr_array_remove_index (options->passwords, options->passwords->len - 1);
  g_ptr_array_add (options->passwords, g_strdup (password));
  g_ptr_array_add (options->passwords, NULL);
}

int
checksheet_options_set_pages (ChecksheetOptions *options, const char *pages)
{
  PageRanges *ranges = pages ? page_ranges_from_text (pages) : NULL;
  if (pages && !ranges)
    return 0;
  page_ranges_free (options->ranges);
  options->ranges = ranges;
  g_free (options->page_text);
  options->page_text = g_strdup (pages);
  return 1;
}

void
checksheet_options_set_program (ChecksheetOptions *options, const char *path)
{
  g_free (options->program);
  options->program = path ? g_strdup (path) : usual_program ();
}

const char *
checksheet_options_program (const ChecksheetOptions *options)
{
  return options->program;
}

char *const *
options_passwords (const ChecksheetOptions *options)
{
  return options->passwords->len > 0 ? (char *const *)options->passwords->pdata : NULL;
}

Limits
limits_from_options (const ChecksheetOptions *options)
{
  Limits limits = usual_limits;
  if (options->seconds > 0)
    limits.wall_seconds = options->seconds;
  if (limits.wall_seconds != usual_limits.wall_seconds || options->cpu_seconds > 0)
    limits.picture_seconds = 0;
  limits.cpu_seconds = options->cpu_seconds > 0 ? options->cpu_seconds : (int)ceil (limits.wall_seconds / 2);
  if (options->memory > 0)
    limits.memory = (guint64)options->memory << 20;
  if (options->sheet > 0)
    limits.answer = (guint64)options->sheet << 20;
  if (options->input > 0)
    limits.read.input = (gsize)options->input << 20;
  if (options->unpacked > 0)
    limits.read.unpacked = (gsize)options->unpacked << 20;
  if (options->pages > 0)
    limits.read.pages = options->pages;
  return limits;
}
