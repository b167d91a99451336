/* inputs.c - see inputs.h */
#include "run/inputs.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/error.h"
#include "run/ledger.h"
#include "run/password_file.h"
#include "text/translated.h"

typedef struct {
  GPtrArray *inputs;
  const char *output_folder;
  const char *named; /* the folder that the caller named */
} FolderWalk;

gboolean
paths_are_same (const char *a, const char *b)
{
  struct stat one, other;
  return stat (a, &one) == 0 && stat (b, &other) == 0 && one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

/* By its scheme alone, whatever that is: "ftp://…" is an address that cannot be fetched, not a file that does not
 * exist. fetch/ decides what a valid address is (web_address.h); it includes run/, so it cannot be asked here. */
gboolean
path_is_address (const char *path)
{
  const char *at = path;
  while (g_ascii_isalpha (*at))
    at++;
  return at != path && g_str_has_prefix (at, "://");
}

Input *
input_new (const char *path, const char *uri, const char *charset)
{
  Input *input = g_new0 (Input, 1);
  *input = (Input){.path = g_strdup (path), .uri = g_strdup (uri), .charset = g_strdup (charset), .body = -1};
  return input;
}

const char *
input_shown (const Input *input)
{
  return input->uri ? input->uri : input->path;
}

void
input_read_passwords (Input *input, const char *path)
{
  if (path)
    input->passwords = passwords_from_file (path, &input->fault);
}

void
input_free (gpointer data)
{
  Input *input = data;
  g_free (input->path);
  g_free (input->uri);
  if (input->body >= 0)
    close (input->body);
  g_free (input->charset);
  g_strfreev (input->passwords);
  g_clear_error (&input->fault);
  g_free (input);
}

GPtrArray *
inputs_new (void)
{
  return g_ptr_array_new_with_free_func (input_free);
}

static Input *
add_input (GPtrArray *inputs, const char *path, int way)
{
  Input *input = input_new (path, NULL, NULL);
  if (path_is_address (path))
    input->uri = g_strdup (path);
  else if (!g_utf8_validate (path, -1, NULL))
    input->uri = ledger_uri (path);
  input->way = way;
  g_ptr_array_add (inputs, input);
  input->number = inputs->len;
  return input;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

/* The entries of a folder by name, hidden ones left out. */
static GPtrArray *
names_in_folder (const char *folder, GError **error)
{
  GDir *listing = g_dir_open (folder, 0, NULL);
  if (!listing) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, N_ ("cannot read the folder: %s"), error_words (errno));
    return NULL;
  }
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  for (const char *name; (name = g_dir_read_name (listing));)
    if (name[0] != '.')
      g_ptr_array_add (names, g_strdup (name));
  g_dir_close (listing);
  g_ptr_array_sort (names, compare_names);
  return names;
}

static void walk_folder (FolderWalk *walk, const char *folder);

static void
walk_entry (FolderWalk *walk, const char *path)
{
  gsize way = strlen (walk->named);
  while (G_IS_DIR_SEPARATOR (path[way]))
    way++;
  struct stat status;
  gboolean there = stat (path, &status) == 0, folder = there && S_ISDIR (status.st_mode);
  if (folder && !g_file_test (path, G_FILE_TEST_IS_SYMLINK)) {
    walk_folder (walk, path);
    return;
  }
  Input *input = add_input (walk->inputs, path, way);
  /* Opening a pipe that nobody writes to would wait forever. */
  if (folder)
    input->fault = g_error_new (CHECKSHEET_ERROR, CHECKSHEET_ERROR_UNSUPPORTED,
                                N_ ("is a link to a folder, which is not followed; name it as an input of its own"));
  else if (there && !S_ISREG (status.st_mode))
    input->fault = g_error_new (CHECKSHEET_ERROR, CHECKSHEET_ERROR_UNSUPPORTED, N_ ("is not a regular file"));
}

static void
walk_folder (FolderWalk *walk, const char *folder)
{
  if (walk->output_folder && paths_are_same (folder, walk->output_folder))
    return;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) names = names_in_folder (folder, &error);
  if (!names) {
    add_input (walk->inputs, folder, 0)->fault = g_steal_pointer (&error);
    return;
  }
  for (guint i = 0; i < names->len; i++) {
    g_autofree char *path = g_build_filename (folder, names->pdata[i], NULL);
    walk_entry (walk, path);
  }
}

static void
add_folder (GPtrArray *inputs, const char *path, const char *output_folder)
{
  guint before = inputs->len;
  FolderWalk walk = {.inputs = inputs, .output_folder = output_folder, .named = path};
  walk_folder (&walk, path);
  if (inputs->len > before)
    return;
  add_input (inputs, path, 0)->fault =
      g_error_new (CHECKSHEET_ERROR, CHECKSHEET_ERROR_NO_SHEET, N_ ("the folder contains no files"));
}

static void
add_path (GPtrArray *inputs, const char *path, const char *output_folder)
{
  if (!path_is_address (path) && g_file_test (path, G_FILE_TEST_IS_DIR))
    add_folder (inputs, path, output_folder);
  else
    add_input (inputs, path, 0);
}

void
inputs_add_list (GPtrArray *inputs, const char *text, gsize length, char separator, const char *output_folder)
{
  for (const char *end = text + length; text < end;) {
    const char *stop = memchr (text, separator, end - text);
    gsize size = (stop ? stop : end) - text;
    g_autofree char *path = g_strndup (text, size);
    if (separator == '\n' && size > 0 && path[size - 1] == '\r')
      path[size - 1] = 0;
    if (*path)
      add_path (inputs, path, output_folder);
    text += size + 1;
  }
}

GPtrArray *
inputs_from_paths (char *const *paths, const char *output_folder)
{
  GPtrArray *inputs = inputs_new ();
  for (; *paths; paths++)
    add_path (inputs, *paths, output_folder);
  return inputs;
}

/* Keeps, in their order, the inputs whose flag in KEPT is set. */
static void
keep_flagged (GPtrArray *inputs, const gboolean *kept)
{
  guint count = 0;
  for (guint i = 0; i < inputs->len; i++) {
    if (kept[i])
      inputs->pdata[count++] = inputs->pdata[i];
    else
      input_free (inputs->pdata[i]);
  }
  for (guint i = count; i < inputs->len; i++)
    inputs->pdata[i] = NULL;
  g_ptr_array_set_free_func (inputs, NULL);
  g_ptr_array_set_size (inputs, count);
  g_ptr_array_set_free_func (inputs, input_free);
}

void
inputs_keep (GPtrArray *inputs, gboolean (*wanted) (const Input *input, gpointer data), gpointer data)
{
  g_autofree gboolean *kept = g_new (gboolean, inputs->len);
  for (guint i = 0; i < inputs->len; i++)
    kept[i] = wanted (inputs->pdata[i], data);
  keep_flagged (inputs, kept);
}

static gboolean
is_new (const Input *input, gpointer data)
{
  return g_hash_table_add (data, GSIZE_TO_POINTER (ledger_key (input_shown (input))));
}

int
inputs_remove_repeated (GPtrArray *inputs)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  guint before = inputs->len;
  inputs_keep (inputs, is_new, seen);
  return before - inputs->len;
}

static gboolean
is_in_shard (const Input *input, gpointer data)
{
  const int *shard = data;
  return (int)(ledger_key (input_shown (input)) % (guint64)shard[1]) == shard[0] - 1;
}

void
inputs_keep_shard (GPtrArray *inputs, int index, int count)
{
  inputs_keep (inputs, is_in_shard, (int[]){index, count});
}

/* In place: "x.pdf" → "x"; a name that begins with its only dot stays. */
static void
cut_extension (char *name)
{
  char *dot = strrchr (name, '.');
  if (dot && dot != name)
    *dot = 0;
}

/* The components of a path: "../a//./x.pdf" → "a", "x.pdf". */
static GPtrArray *
parts_of_path (const char *path)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) all = g_strsplit (path, "/", -1);
  for (char **part = all; *part; part++)
    if (**part && !g_str_equal (*part, ".") && !g_str_equal (*part, ".."))
      g_ptr_array_add (parts, g_strdup (*part));
  return parts;
}

/* Host and path of an address: "https://vendor.example/a/x.pdf?v=1" → "vendor.example/a/x.pdf". */
static char *
path_of_address (const char *address)
{
  char *path = g_strdup (strstr (address, "://") + strlen ("://"));
  path[strcspn (path, "?#")] = 0;
  return path;
}

/* Each second form has the extension, each pair begins one folder further up: "x", "x.pdf", "a-x", "a-x.pdf", … and at
 * last numbered. In a folder that is walked the first one begins there. */
char *
input_name (const Input *input, int form)
{
  if (g_str_equal (input->path, "-"))
    return g_strdup ("stdin");
  const char *shown = input_shown (input);
  g_autofree char *path = path_is_address (shown) ? path_of_address (shown) : g_strdup (shown);
  g_autofree char *way = ledger_uri (input->path + input->way);
  g_autoptr (GPtrArray) parts = parts_of_path (path);
  g_autoptr (GPtrArray) walked = parts_of_path (input->way > 0 ? way : "x");
  int first = (int)parts->len - (int)walked->len - form / 2;
  gboolean numbered = first < 0;
  if (form % 2 == 0 && !numbered && parts->len > 0)
    cut_extension (parts->pdata[parts->len - 1]);
  g_autoptr (GString) name = g_string_new (NULL);
  for (int i = MAX (first, 0); i < (int)parts->len; i++)
    g_string_append_printf (name, "%s%s", name->len ? "-" : "", (char *)parts->pdata[i]);
  for (int i = first; i < 0; i++)
    g_string_append_printf (name, "-%d", input->number);
  return g_string_free (g_steal_pointer (&name), FALSE);
}

/* The keys of the names of all inputs, and how many inputs have each: key -> int. */
static GHashTable *
names_in_use (GPtrArray *inputs, const char *reserved, guint64 *keys)
{
  GHashTable *uses = g_hash_table_new (NULL, NULL);
  if (reserved)
    g_hash_table_insert (uses, GSIZE_TO_POINTER (ledger_key (reserved)), GINT_TO_POINTER (1));
  for (guint i = 0; i < inputs->len; i++) {
    const Input *input = inputs->pdata[i];
    if (input->fault)
      continue;
    g_autofree char *name = input_name (input, input->form);
    gpointer key = GSIZE_TO_POINTER (keys[i] = ledger_key (name));
    g_hash_table_insert (uses, key, GINT_TO_POINTER (GPOINTER_TO_INT (g_hash_table_lookup (uses, key)) + 1));
  }
  return uses;
}

/* Gives the next form to all inputs whose name another one has too; FALSE: there were none. */
static gboolean
separate_equal_names (GPtrArray *inputs, const char *reserved)
{
  g_autofree guint64 *keys = g_new0 (guint64, inputs->len);
  g_autoptr (GHashTable) uses = names_in_use (inputs, reserved, keys);
  gboolean separated = FALSE;
  for (guint i = 0; i < inputs->len; i++) {
    Input *input = inputs->pdata[i];
    if (input->fault || GPOINTER_TO_INT (g_hash_table_lookup (uses, GSIZE_TO_POINTER (keys[i]))) < 2)
      continue;
    input->form++;
    separated = TRUE;
  }
  return separated;
}

void
inputs_choose_forms (GPtrArray *inputs, const char *extension, const char *reserved)
{
  g_autofree char *ending = g_strconcat (".", extension, NULL);
  g_autofree char *taken = g_str_has_suffix (reserved, ending) ? g_strdup (reserved) : NULL;
  if (taken)
    cut_extension (taken);
  while (separate_equal_names (inputs, taken))
    ;
}
