/* inputs.h - the arguments of a call as a list of documents: folders are walked, and each document gets the name of its
 * output.
 *
 * A folder is walked to its end, its entries by name, byte by byte. Hidden files and folders are left out. A link to a
 * folder is not followed, since it may lead anywhere, and around in circles; it is an input with a fault that says so.
 *
 * The name of an output is the file's own without its extension ("a/x.pdf" → "x"), in a folder that is walked its path
 * from there ("folder/a/x.pdf" → "a-x"). Where two inputs have the same name, both get another one: with the extension
 * ("x.pdf", "x.html"), else with the folder that it is in ("a-x", "b-x"), else both ("a-x.pdf", "a-x.html"), and so on
 * with the folders above, and at last a number. A path that is not UTF-8 gives its name percent-encoded (ledger.h).
 *
 * A hundred thousand of them are held in memory at once, so an input holds its path and little more.
 */
#pragma once

#include <glib.h>

typedef struct {
  char *path;       /* as the caller named it, or the path in a folder that was walked; "-": standard input */
  char *uri;        /* where the sheet is said to be read from: an address, a path percent-encoded; NULL: the path */
  char *charset;    /* the encoding that the server declared, or NULL */
  char **passwords; /* to try on it, before those of all inputs; ended by NULL; NULL: none */
  GError *fault;    /* why it cannot be read at all, or NULL */
  int body;         /* the file descriptor of what was fetched from there; -1: none */
  int way;    /* the byte of the path at which the way from the folder that was named begins; 0: itself was named */
  int form;   /* of its output's name (input_name); more is longer */
  int number; /* its place in the list, from 1; in the last forms of its name */
} Input;

/* An empty list, which frees its inputs. */
GPtrArray *inputs_new (void);

/* The documents that PATHS (ended by NULL) name, in that order, at least one for each: a folder without a file is an input
 * with a fault. Addresses are fetched by inputs_fetch (fetch/fetched_inputs.h). OUTPUT_FOLDER is not walked, wherever it
 * is; NULL: there is none. g_ptr_array_unref frees them. */
GPtrArray *inputs_from_paths (char *const *paths, const char *output_folder);

/* Adds the same for each path in TEXT, in which SEPARATOR ("\n", or NUL) ends each one; empty ones are left out. */
void inputs_add_list (GPtrArray *inputs, const char *text, gsize length, char separator, const char *output_folder);

/* Keeps, in their order, the inputs that WANTED says are; frees the others. */
void inputs_keep (GPtrArray *inputs, gboolean (*wanted) (const Input *input, gpointer data), gpointer data);

/* Leaves each document in the list once: whose uri came before is removed. Returns how many were. */
int inputs_remove_repeated (GPtrArray *inputs);

/* Gives each input the form in which its name is that of no other. None of the names, followed by EXTENSION ("json"), is
 * the file name RESERVED. */
void inputs_choose_forms (GPtrArray *inputs, const char *extension, const char *reserved);

/* Keeps the inputs of shard INDEX of COUNT (from 1): an input is in the shard that the hash of its uri says, so that it
 * is in exactly one whatever else is in the list, and where the list is not the same on all machines (a folder that
 * grows), none is left out. */
void inputs_keep_shard (GPtrArray *inputs, int index, int count);

/* The name of its output in the FORM (its own is input->form), without the format's extension. The caller frees. */
char *input_name (const Input *input, int form);

/* A document that is read from PATH. URI and CHARSET (both may be NULL) as above; all are copied. The caller frees. */
Input *input_new (const char *path, const char *uri, const char *charset);
void input_free (gpointer input);

/* Gives it the passwords in the file PATH (password_file.h); NULL: there is none. One that cannot be read is a fault. */
void input_read_passwords (Input *input, const char *path);

/* Its name in messages and in the ledger; borrowed. */
const char *input_shown (const Input *input);

/* Whether both paths lead to the same file or folder. */
gboolean paths_are_same (const char *a, const char *b);

/* Whether the path is an address ("https://…"), of whatever scheme. */
gboolean path_is_address (const char *path);
