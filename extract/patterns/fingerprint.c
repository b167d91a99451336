/* fingerprint.c - see fingerprint.h */
#include "patterns/fingerprint.h"

#include "patterns/pattern_folder.h"

#include <string.h>

/* The name with its NUL and the length keep the bytes of two files apart. */
static void
add_file (GChecksum *sum, const char *name, GBytes *bytes)
{
  g_autofree char *length = g_strdup_printf ("%" G_GSIZE_FORMAT, g_bytes_get_size (bytes));
  g_checksum_update (sum, (const guchar *)name, strlen (name) + 1);
  g_checksum_update (sum, (const guchar *)length, strlen (length) + 1);
  g_checksum_update (sum, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static char *
sum_of_files (const char *folder, GBytes *catalogue)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_auto (GStrv) names = pattern_folder_names (folder);
  g_checksum_update (sum, (const guchar *)VERSION, sizeof VERSION);
  for (char **name = names; *name; name++) {
    g_autoptr (GBytes) bytes = pattern_folder_bytes (folder, *name, NULL);
    if (bytes)
      add_file (sum, *name, bytes);
  }
  if (catalogue)
    add_file (sum, "catalogue", catalogue);
  return g_strconcat ("sha256:", g_checksum_get_string (sum), NULL);
}

char *
fingerprint_of_files (const char *folder, GBytes *catalogue)
{
  g_autoptr (GVariant) known = folder || catalogue ? NULL : compiled_pattern_file (COMPILED_FINGERPRINT);
  return known ? g_variant_dup_string (known, NULL) : sum_of_files (folder, catalogue);
}
