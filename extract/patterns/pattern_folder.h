/* pattern_folder.h - the files of patterns/: those built into the program, each replaced by the file of the same name
 * in a folder, where there is one.
 */
#pragma once

#include <glib.h>

/* The bytes of the file NAME ("columns.pattern", "meti.json") in FOLDER; the built-in ones where FOLDER is NULL or has
 * no such file. The caller frees. Errors: G_FILE_ERROR, it cannot be read or does not exist. */
GBytes *pattern_folder_bytes (const char *folder, const char *name, GError **error);

/* Whether FOLDER, which may be NULL, has a file NAME of its own. */
gboolean pattern_folder_has (const char *folder, const char *name);

/* The names of all files, built in or in FOLDER (NULL: none), sorted by byte; the caller frees with g_strfreev. */
char **pattern_folder_names (const char *folder);

/* The built-in file NAME as it was compiled (compile_patterns.c), or what else was, by the names below; NULL: it was not.
 * The caller frees. */
GVariant *compiled_pattern_file (const char *name);

#define COMPILED_CATALOGUE_INDEX "catalogue index"
