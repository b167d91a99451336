/* inputs.c - see inputs.h */
#include "run/inputs.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/error.h"

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
input_free (gpointer data)
{
  Input *input = data;
  g_free (input->path);
  g_free (input->uri);
  if (input->body >= 0)
    close (input->body);
  g_free (input->charset);
  g_free (input->way);
  g_free (input->name);
  g_clear_error (&input->fault);
  g_free (input);
}

static Input *
add_input (GPtrArray *inputs, const char *path, const char *way)
{
  Input *input = input_new (path, NULL, NULL);
  input->way = g_strdup (way);
  g_ptr_array_add (inputs, input);
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
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, _ ("cannot read the folder: %s"), g_strerror (errno));
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
  const char *way = path + strlen (walk->named);
  while (G_IS_DIR_SEPARATOR (*way))
    way++;
  struct stat status;
  gboolean folder = stat (path, &status) == 0 && S_ISDIR (status.st_mode);
  if (folder && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    walk_folder (walk, path);
  if (folder)
    return;
  Input *input = add_input (walk->inputs, path, way);
  /* Opening a pipe that nobody writes to would wait forever. */
  if (stat (path, &status) == 0 && !S_ISREG (status.st_mode))
    input->fault = g_error_new (CHECKSHEET_ERROR, CHECKSHEET_ERROR_UNSUPPORTED, _ ("is not a regular file"));
}

static void
walk_folder (FolderWalk *walk, const char *folder)
{
  if (walk->output_folder && paths_are_same (folder, walk->output_folder))
    return;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) names = names_in_folder (folder, &error);
  if (!names) {
    add_input (walk->inputs, folder, NULL)->fault = g_steal_pointer (&error);
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
  add_input (inputs, path, NULL)->fault =
      g_error_new (CHECKSHEET_ERROR, CHECKSHEET_ERROR_NO_SHEET, _ ("the folder contains no files"));
}

GPtrArray *
inputs_from_paths (char *const *paths, const char *output_folder)
{
  GPtrArray *inputs = g_ptr_array_new_with_free_func (input_free);
  for (; *paths; paths++)
    if (path_is_address (*paths))
      add_input (inputs, *paths, NULL)->uri = g_strdup (*paths);
    else if (g_file_test (*paths, G_FILE_TEST_IS_DIR))
      add_folder (inputs, *paths, output_folder);
    else
      add_input (inputs, *paths, NULL);
  return inputs;
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

/* The name in its FORM: each second one has the extension, each pair begins one folder further up: "x", "x.pdf", "a-x",
 * "a-x.pdf", … and at last numbered. In a folder that is walked the first one begins there. */
static char *
name_in_form (const Input *input, int form, int number)
{
  if (g_str_equal (input->path, "-"))
    return g_strdup ("stdin");
  g_autofree char *path = input->uri ? path_of_address (input->uri) : g_strdup (input->path);
  g_autoptr (GPtrArray) parts = parts_of_path (path);
  g_autoptr (GPtrArray) walked = parts_of_path (input->way ? input->way : "x");
  int first = (int)parts->len - (int)walked->len - form / 2;
  gboolean numbered = first < 0;
  if (form % 2 == 0 && !numbered)
    cut_extension (parts->pdata[parts->len - 1]);
  g_autoptr (GString) name = g_string_new (NULL);
  for (int i = MAX (first, 0); i < (int)parts->len; i++)
    g_string_append_printf (name, "%s%s", name->len ? "-" : "", (char *)parts->pdata[i]);
  for (int i = first; i < 0; i++)
    g_string_append_printf (name, "-%d", number);
  return g_string_free (g_steal_pointer (&name), FALSE);
}

/* How many inputs have each name: char * -> int. */
static GHashTable *
names_in_use (GPtrArray *inputs, const char *reserved)
{
  GHashTable *uses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (reserved)
    g_hash_table_insert (uses, g_strdup (reserved), GINT_TO_POINTER (1));
  for (guint i = 0; i < inputs->len; i++) {
    const char *name = ((Input *)inputs->pdata[i])->name;
    if (name)
      g_hash_table_insert (uses, g_strdup (name),
                           GINT_TO_POINTER (GPOINTER_TO_INT (g_hash_table_lookup (uses, name)) + 1));
  }
  return uses;
}

/* Gives the next form to all inputs whose name another one has too; FALSE: there were none. */
static gboolean
separate_equal_names (GPtrArray *inputs, int *forms, const char *reserved)
{
  g_autoptr (GHashTable) uses = names_in_use (inputs, reserved);
  gboolean separated = FALSE;
  for (guint i = 0; i < inputs->len; i++) {
    Input *input = inputs->pdata[i];
    if (!input->name || GPOINTER_TO_INT (g_hash_table_lookup (uses, input->name)) < 2)
      continue;
    g_free (input->name);
    input->name = name_in_form (input, ++forms[i], i + 1);
    separated = TRUE;
  }
  return separated;
}

void
inputs_name_outputs (GPtrArray *inputs, const char *extension, const char *reserved)
{
  g_autofree char *ending = g_strconcat (".", extension, NULL);
  g_autofree char *taken = g_str_has_suffix (reserved, ending) ? g_strdup (reserved) : NULL;
  if (taken)
    cut_extension (taken);
  g_autofree int *forms = g_new0 (int, inputs->len);
  for (guint i = 0; i < inputs->len; i++) {
    Input *input = inputs->pdata[i];
    input->name = input->fault ? NULL : name_in_form (input, 0, i + 1);
  }
  while (separate_equal_names (inputs, forms, taken))
    ;
}
