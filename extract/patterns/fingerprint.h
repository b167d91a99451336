/* fingerprint.h - what made a sheet, as a word: where it is the same, the same bytes give the same sheet. */
#pragma once

#include <glib.h>

/* "sha256:…" of the program's version and all pattern files in use: what a sheet says of its maker. Borrowed. */
const char *fingerprint_of_patterns (void);

/* The same, and the program's own bytes: two builds of one version may read a document in two ways. For deciding what
 * to make anew. Borrowed. */
const char *fingerprint_of_program (void);
