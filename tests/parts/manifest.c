/* manifest.c - part-manifest CORPUS: what manifest_open makes of it, one document a line, or its error. */
#include "refresh/manifest/manifest.h"
#include "model/error.h"

#include <locale.h>
#include <stdio.h>

static void
print_field (const char *name, const char *value)
{
  if (value)
    printf ("  %s=%s", name, value);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_autoptr (GError) error = NULL;
  g_autoptr (Manifest) manifest = manifest_open (argc > 1 ? argv[1] : ".", &error);
  if (!manifest) {
    fprintf (stderr, "%s: %s\n", checksheet_error_status (error->code), error->message);
    return 1;
  }
  for (guint i = 0; i < manifest->documents->len; i++) {
    const ManifestDocument *document = g_ptr_array_index (manifest->documents, i);
    printf ("%s", document->id);
    print_field ("vendor", document->vendor);
    print_field ("vendor_name", document->vendor_name);
    print_field ("name", document->name);
    print_field ("url", document->url);
    print_field ("page", document->page);
    print_field ("link", document->link);
    print_field ("path", document->path);
    for (int word = 2; word < argc; word++)
      if (manifest_document_is (document, argv[word]))
        printf ("  is=%s", argv[word]);
    printf ("\n");
  }
  return 0;
}
