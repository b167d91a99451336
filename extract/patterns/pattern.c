/* pattern.c - see pattern.h */
#include "patterns/pattern.h"

#include "patterns/pattern_file.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#define BUILT_IN "/patterns/"

static char *folder;

void
patterns_use_folder (const char *path)
{
  if (!g_file_test (path, G_FILE_TEST_IS_DIR)) {
    g_printerr (_ ("%s: there is no such folder of patterns\n"), path);
    exit (2);
  }
  g_free (folder);
  folder = g_strdup (path);
}

gboolean
patterns_have_folder (void)
{
  return folder != NULL;
}

/* NULL without an error: it is not there. */
static GBytes *
bytes_from_folder (const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL), *data = NULL;
  gsize size;
  g_autoptr (GError) failure = NULL;
  if (g_file_get_contents (path, &data, &size, &failure))
    return g_bytes_new_take (g_steal_pointer (&data), size);
  if (!g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

/* NULL: there is none of that name. */
static GBytes *
bytes_built_in (const char *name)
{
  g_autofree char *path = g_strconcat (BUILT_IN, name, NULL);
  return g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

GBytes *
pattern_file_bytes (const char *name, GError **error)
{
  GError *failure = NULL;
  GBytes *bytes = folder ? bytes_from_folder (name, &failure) : NULL;
  if (failure)
    g_propagate_error (error, failure);
  if (bytes || failure)
    return bytes;

  bytes = bytes_built_in (name);
  if (!bytes)
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, _ ("there is no such file among the patterns"));
  return bytes;
}

static gboolean
is_ours (const char *name)
{
  return g_str_has_suffix (name, ".pattern") || g_str_has_suffix (name, ".rules") || g_str_has_suffix (name, ".json");
}

static int
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

static void
add_names_in_folder (GPtrArray *names)
{
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  for (const char *name; entries && (name = g_dir_read_name (entries));)
    if (is_ours (name) && !g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
      g_ptr_array_add (names, g_strdup (name));
}

char **
pattern_file_names (void)
{
  g_auto (GStrv) built_in = g_resources_enumerate_children (BUILT_IN, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  GPtrArray *names = g_ptr_array_new ();
  for (char **name = built_in; name && *name; name++)
    g_ptr_array_add (names, g_strdup (*name));
  if (folder)
    add_names_in_folder (names);
  g_ptr_array_sort (names, by_name);
  g_ptr_array_add (names, NULL);
  return (char **)g_ptr_array_free (names, FALSE);
}

G_GNUC_NORETURN static void
stop_at_faults (GPtrArray *faults)
{
  for (guint i = 0; i < faults->len; i++)
    g_printerr ("%s\n", (char *)g_ptr_array_index (faults, i));
  exit (2);
}

static Patterns *
patterns_open (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = pattern_file_bytes (name, &error);
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  if (!bytes) {
    g_ptr_array_add (faults, g_strdup_printf ("%s: %s", name, error->message));
    stop_at_faults (faults);
  }
  g_autoptr (Patterns) patterns = patterns_parse (name, bytes, !folder, faults);
  if (faults->len)
    stop_at_faults (faults);
  return g_steal_pointer (&patterns);
}

const Patterns *
patterns_named (const char *name)
{
  static GHashTable *opened;
  static Patterns *last; /* most rules are asked for after another of the same file */
  if (last && !strcmp (last->name, name))
    return last;
  if (!opened)
    opened = g_hash_table_new (g_str_hash, g_str_equal);
  last = g_hash_table_lookup (opened, name);
  if (!last) {
    last = patterns_open (name);
    g_hash_table_insert (opened, last->name, last);
  }
  return last;
}

const Patterns *
patterns_built_in (const char *name)
{
  static GHashTable *opened;
  if (!opened)
    opened = g_hash_table_new (g_str_hash, g_str_equal);
  Patterns *patterns = g_hash_table_lookup (opened, name);
  g_autoptr (GBytes) bytes = patterns ? NULL : bytes_built_in (name);
  if (!bytes)
    return patterns;
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  patterns = patterns_parse (name, bytes, TRUE, faults);
  g_hash_table_insert (opened, patterns->name, patterns);
  return patterns;
}
