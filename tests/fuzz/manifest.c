/* manifest.c - made-up bytes as a manifest. What is loaded must be as the header promises. */
#include "target.h"

#include "refresh/manifest/manifest.h"

#include <string.h>

static void
look_at (const ManifestDocument *document)
{
  g_autofree char *id = g_strdup_printf ("%s/%s", document->vendor, document->name);
  g_assert (!strcmp (id, document->id) && !strchr (document->name, '/') && *document->name != '.');
  g_assert ((document->url != NULL) + (document->page != NULL) + (document->path != NULL) == 1);
  g_assert (!document->page == !document->link);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (Manifest) manifest = manifest_from_bytes (bytes, "corpus", &error);
  g_assert (manifest ? !error : error && g_utf8_validate (error->message, -1, NULL));
  for (guint i = 0; manifest && i < manifest->documents->len; i++)
    look_at (g_ptr_array_index (manifest->documents, i));
  return 0;
}
