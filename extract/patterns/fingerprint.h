/* fingerprint.h - which patterns were in use, as a sum. */
#pragma once

#include <glib.h>

/* The name in the compiled patterns under which compile_patterns.c put the fingerprint of the built-in files: summing them up
 * takes longer than any other step of the start. */
#define COMPILED_FINGERPRINT "fingerprint"

/* "sha256:…" of the program's version, of the name and bytes of each file (pattern_folder.h, FOLDER may be NULL), and of
 * CATALOGUE, one that takes the place of the built-in one (NULL: none does). The caller frees. */
char *fingerprint_of_files (const char *folder, GBytes *catalogue);
