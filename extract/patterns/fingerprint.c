/* fingerprint.c - see fingerprint.h */
#include "patterns/fingerprint.h"

#include <string.h>

#include "patterns/pattern.h"

static char *
make_fingerprint_of_patterns (void)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_auto (GStrv) names = pattern_file_names ();
  g_checksum_update (sum, (const guchar *)VERSION, sizeof VERSION);
  for (char **name = names; *name; name++) {
    g_autoptr (GBytes) bytes = pattern_file_bytes (*name, NULL);
    if (!bytes)
      continue;
    /* The name with its NUL and the length keep two files from reading as one. */
    g_autofree char *length = g_strdup_printf ("%" G_GSIZE_FORMAT, g_bytes_get_size (bytes));
    g_checksum_update (sum, (const guchar *)*name, strlen (*name) + 1);
    g_checksum_update (sum, (const guchar *)length, strlen (length) + 1);
    g_checksum_update (sum, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  }
  return g_strconcat ("sha256:", g_checksum_get_string (sum), NULL);
}

/* The patterns do not change while a process runs, nor does the program. */
const char *
fingerprint_of_patterns (void)
{
  static char *fingerprint;
  if (!fingerprint)
    fingerprint = make_fingerprint_of_patterns ();
  return fingerprint;
}

const char *
fingerprint_of_program (void)
{
  static char *fingerprint;
  if (fingerprint)
    return fingerprint;
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GMappedFile) program = g_mapped_file_new ("/proc/self/exe", FALSE, NULL);
  const char *patterns = fingerprint_of_patterns ();
  g_checksum_update (sum, (const guchar *)patterns, strlen (patterns));
  if (program)
    g_checksum_update (sum, (const guchar *)g_mapped_file_get_contents (program), g_mapped_file_get_length (program));
  fingerprint = g_strconcat ("sha256:", g_checksum_get_string (sum), NULL);
  return fingerprint;
}
