/* pattern_folder.c - see pattern_folder.h */
#include "patterns/pattern_folder.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#define BUILT_IN "/patterns/"
#define COMPILED "/compiled/compiled_patterns"

gboolean
pattern_folder_has (const char *folder, const char *name)
{
  g_autofree char *path = folder ? g_build_filename (folder, name, NULL) : NULL;
  return path && g_file_test (path, G_FILE_TEST_EXISTS);
}

GBytes *
pattern_folder_bytes (const char *folder, const char *name, GError **error)
{
  g_autofree char *path = NULL;
  if (pattern_folder_has (folder, name)) {
    char *data;
    gsize size;
    path = g_build_filename (folder, name, NULL);
    return g_file_get_contents (path, &data, &size, error) ? g_bytes_new_take (data, size) : NULL;
  }
  path = g_strconcat (BUILT_IN, name, NULL);
  GBytes *bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  if (!bytes)
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, _ ("the pattern file does not exist"));
  return bytes;
}

static gboolean
is_pattern_file (const char *name)
{
  return g_str_has_suffix (name, ".pattern") || g_str_has_suffix (name, ".rules") || g_str_has_suffix (name, ".json") ||
         g_str_has_suffix (name, ".tsv");
}

static int
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

char **
pattern_folder_names (const char *folder)
{
  g_auto (GStrv) built_in = g_resources_enumerate_children (BUILT_IN, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  GPtrArray *names = g_ptr_array_new ();
  for (char **name = built_in; name && *name; name++)
    g_ptr_array_add (names, g_strdup (*name));
  g_autoptr (GDir) entries = folder ? g_dir_open (folder, 0, NULL) : NULL;
  for (const char *name; entries && (name = g_dir_read_name (entries));)
    if (is_pattern_file (name) && !g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, by_name);
  g_ptr_array_add (names, NULL);
  return (char **)g_ptr_array_free (names, FALSE);
}

GVariant *
compiled_pattern_file (const char *name)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (COMPILED, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GVariant) all =
      bytes ? g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_VARDICT, bytes, TRUE)) : NULL;
  return all ? g_variant_lookup_value (all, name, NULL) : NULL;
}
