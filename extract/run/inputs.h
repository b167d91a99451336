/* inputs.h - what a call names, as a list of documents: folders are walked, and each document gets the name of its
 * output.
 *
 * A folder is walked to its end, its entries by name, byte by byte. Hidden files and folders are left out, and so are
 * links to folders, since they may lead anywhere, and around in circles.
 *
 * The name of an output is the file's own without its extension ("a/x.pdf" → "x"), and in a folder that was walked the
 * way down to it ("folder/a/x.pdf" → "a-x"). Where two inputs come to the same name, both get another one: with the
 * extension ("x.pdf", "x.html"), else with the folder that it is in ("a-x", "b-x"), else both ("a-x.pdf", "a-x.html"),
 * and so on with the folders above, and at last a number.
 */
#pragma once

#include <glib.h>

typedef struct {
  char *path;    /* as the caller named it, or a folder's name and the way down; "-": standard input */
  char *uri;     /* what the sheet says it was read from: an address; NULL: the path */
  int body;      /* what was fetched from there, a file that is open; -1: none */
  char *charset; /* declared where it was fetched, or NULL */
  char *way;     /* the way down from the folder that was named; NULL: the file itself was named */
  char *name;    /* of its output, without the format's extension; NULL before inputs_name_outputs */
  GError *fault; /* why it cannot be read at all, or NULL */
} Input;

/* The documents that PATHS (ended by NULL) name, in that order; an address is not fetched (inputs_fetch.h).
 * OUTPUT_FOLDER is not walked, wherever it lies; NULL: there is none. Never empty where PATHS is not: a folder without
 * a file is an input with a fault. The list frees its inputs. */
GPtrArray *inputs_from_paths (char *const *paths, const char *output_folder);

/* Gives each input that has no fault its name; no two names are the same. RESERVED is a file that none of them may be,
 * once EXTENSION ("json") is at its end. */
void inputs_name_outputs (GPtrArray *inputs, const char *extension, const char *reserved);

/* A document read from PATH that the sheet calls URI, with the CHARSET that was declared outside of its bytes or NULL.
 * input_free frees. */
Input *input_new (const char *path, const char *uri, const char *charset);
void input_free (gpointer input);

/* What messages and the ledger call it; borrowed. */
const char *input_shown (const Input *input);

/* Whether both paths lead to the same file or folder. */
gboolean paths_are_same (const char *a, const char *b);

/* Whether the path is an address of the web ("https://…"). */
gboolean path_is_address (const char *path);
