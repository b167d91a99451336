/* options.c - see options.h */
#include "library/options.h"

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
  return options;
}

void
checksheet_options_free (ChecksheetOptions *options)
{
  if (!options)
    return;
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
  options->mebibytes = mebibytes;
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
