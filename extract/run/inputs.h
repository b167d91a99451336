/* inputs.h - the arguments of a call as a list of documents: folders are walked, and each document gets the name of its
 * output.
 *
 * A folder is walked to its end, its entries by name, byte by byte. Hidden files and folders are left out, and so are
 * links to folders, since they may lead anywhere, and around in circles.
 *
 * The name of an output is the file's own without its extension ("a/x.pdf" → "x"), in a folder that is walked its path
 * from there ("folder/a/x.pdf" → "a-x"). Where two inputs have the same name, both get another one: with the extension
 * ("x.pdf", "x.html"), else with the folder that it is in ("a-x", "b-x"), else both ("a-x.pdf", "a-x.html"), and so on
 * with the folders above, and at last a number.
 */
#pragma once

#include <glib.h>

typedef struct {
  char *path;    /* as the caller named it, or the path in a folder that was walked; "-": standard input */
  char *uri;     /* the address that the sheet is said to be read from; NULL: the path */
  int body;      /* the file descriptor of what was fetched from there; -1: none */
  char *charset; /* the encoding that the server declared, or NULL */
  char *way;     /* the path from the folder that was named; NULL: the file itself was named */
  char *name;    /* of its output, without the format's extension; NULL before inputs_name_outputs */
  GError *fault; /* why it cannot be read at all, or NULL */
} Input;

/* The documents (Input) that PATHS (ended by NULL) name, in that order; addresses are fetched by inputs_fetch
 * (fetch/fetched_inputs.h). OUTPUT_FOLDER is not walked, wherever it is; NULL: there is none. Never empty if PATHS is
 * not: a folder without a file is an input with a fault. The list frees its inputs. */
GPtrArray *inputs_from_paths (char *const *paths, const char *output_folder);

/* Gives each input that has no fault its name; no two names are the same. None of them, followed by EXTENSION ("json"),
 * is the file name RESERVED. */
void inputs_name_outputs (GPtrArray *inputs, const char *extension, const char *reserved);

/* A document that is read from PATH. URI and CHARSET (both may be NULL) as above; all are copied. The caller frees. */
Input *input_new (const char *path, const char *uri, const char *charset);
void input_free (gpointer input);

/* Its name in messages and in the ledger; borrowed. */
const char *input_shown (const Input *input);

/* Whether both paths lead to the same file or folder. */
gboolean paths_are_same (const char *a, const char *b);

/* Whether the path is an address ("https://…"), of whatever scheme. */
gboolean path_is_address (const char *path);
