/* manifest.c - see manifest.h */
#include "refresh/manifest/manifest_parts.h"

#include "fetch/web_address.h"
#include "model/error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BYTES_LIMIT (16 * 1024 * 1024)

/* The file as libcyaml loads it. */

typedef struct {
  char *id, *url, *page, *link, *path;
} Document;

typedef struct {
  char *id, *name;
  Document *documents;
  unsigned documents_count;
} Vendor;

typedef struct {
  Vendor *vendors;
  unsigned vendors_count;
} VendorFile;

#define REQUIRED CYAML_FLAG_POINTER
#define OPTIONAL (CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL)
#define MAY_BE_EMPTY CYAML_FLAG_POINTER_NULL_STR

static const cyaml_schema_field_t document_fields[] = {
    CYAML_FIELD_STRING_PTR ("id", REQUIRED, Document, id, 0, CYAML_UNLIMITED),
    CYAML_FIELD_STRING_PTR ("url", OPTIONAL, Document, url, 0, CYAML_UNLIMITED),
    CYAML_FIELD_STRING_PTR ("page", OPTIONAL, Document, page, 0, CYAML_UNLIMITED),
    CYAML_FIELD_STRING_PTR ("link", OPTIONAL, Document, link, 0, CYAML_UNLIMITED),
    CYAML_FIELD_STRING_PTR ("path", OPTIONAL, Document, path, 0, CYAML_UNLIMITED),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t document_schema = {
    CYAML_VALUE_MAPPING (CYAML_FLAG_DEFAULT, Document, document_fields)};

static const cyaml_schema_field_t vendor_fields[] = {
    CYAML_FIELD_STRING_PTR ("id", REQUIRED, Vendor, id, 0, CYAML_UNLIMITED),
    CYAML_FIELD_STRING_PTR ("name", OPTIONAL, Vendor, name, 0, CYAML_UNLIMITED),
    CYAML_FIELD_SEQUENCE ("documents", MAY_BE_EMPTY, Vendor, documents, &document_schema, 0, CYAML_UNLIMITED),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t vendor_schema = {CYAML_VALUE_MAPPING (CYAML_FLAG_DEFAULT, Vendor, vendor_fields)};

static const cyaml_schema_field_t file_fields[] = {
    CYAML_FIELD_SEQUENCE ("vendors", MAY_BE_EMPTY, VendorFile, vendors, &vendor_schema, 0, CYAML_UNLIMITED),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t file_schema = {CYAML_VALUE_MAPPING (CYAML_FLAG_POINTER, VendorFile, file_fields)};

static const cyaml_config_t configuration = {.mem_fn = cyaml_mem, .flags = CYAML_CFG_NO_ALIAS};

/* Loading */

static void
document_free (gpointer data)
{
  ManifestDocument *document = data;
  char **texts[] = {&document->vendor, &document->vendor_name, &document->id,   &document->name,
                    &document->url,    &document->page,        &document->link, &document->path};
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (*texts[i]);
  g_free (document);
}

static char *
path_in_corpus (const char *corpus, const char *path)
{
  return g_path_is_absolute (path) ? g_strdup (path) : g_build_filename (corpus, path, NULL);
}

static char *
address_text (const char *text)
{
  g_autoptr (WebAddress) address = web_address_from_link (text, NULL);
  return g_strdup (address->text);
}

static ManifestDocument *
document_new (const Vendor *vendor, const Document *loaded, const char *corpus)
{
  ManifestDocument *document = g_new (ManifestDocument, 1);
  *document = (ManifestDocument){
      .vendor = g_strdup (vendor->id),
      .vendor_name = g_strdup (vendor->name),
      .id = g_strdup_printf ("%s/%s", vendor->id, loaded->id),
      .name = g_strdup (loaded->id),
      .url = loaded->url ? address_text (loaded->url) : NULL,
      .page = loaded->page ? address_text (loaded->page) : NULL,
      .link = g_strdup (loaded->link),
      .path = loaded->path ? path_in_corpus (corpus, loaded->path) : NULL,
  };
  return document;
}

static Manifest *
manifest_from_file (const VendorFile *file, const char *corpus)
{
  Manifest *manifest = g_new (Manifest, 1);
  manifest->documents = g_ptr_array_new_with_free_func (document_free);
  for (unsigned i = 0; i < file->vendors_count; i++) {
    const Vendor *vendor = &file->vendors[i];
    for (unsigned j = 0; j < vendor->documents_count; j++)
      g_ptr_array_add (manifest->documents, document_new (vendor, &vendor->documents[j], corpus));
  }
  return manifest;
}

Manifest *
manifest_from_bytes (GBytes *bytes, const char *corpus, GError **error)
{
  g_autoptr (Mistakes) mistakes = mistakes_new ();
  if (manifest_characters_are_good (bytes, mistakes)) {
    g_autoptr (ManifestTree) tree = manifest_tree_from_bytes (bytes, mistakes);
    manifest_check (tree, &file_schema, mistakes);
  }
  if (!mistakes_are_none (mistakes, error))
    return NULL;

  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  VendorFile *file = NULL;
  cyaml_err_t failure = cyaml_load_data (data, size, &configuration, &file_schema, (cyaml_data_t **)&file, NULL);
  if (failure != CYAML_OK) { /* what the checks above let pass and libcyaml does not: memory */
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_MANIFEST, MANIFEST_FILE ":1:1: %s",
                 failure == CYAML_ERR_OOM ? _ ("does not fit into memory; make two corpora of it")
                                          : _ ("cannot be loaded"));
    return NULL;
  }
  Manifest *manifest = manifest_from_file (file, corpus);
  cyaml_free (&configuration, &file_schema, file, 0);
  return manifest;
}

/* The file */

static gboolean
fail_with_errno (int code, GError **error)
{
  if (code == ENOENT)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO,
                 _ ("there is no vendors.yaml in this folder; checksheet init writes one"));
  else
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, _ ("vendors.yaml cannot be read: %s"),
                 g_strerror (code));
  return FALSE;
}

/* At most LIMIT bytes; FALSE with errno set. */
static gboolean
read_at_most (int descriptor, GByteArray *bytes, gsize limit)
{
  guint8 part[65536];
  while (bytes->len < limit) {
    ssize_t length = read (descriptor, part, MIN (sizeof part, limit - bytes->len));
    if (length < 0 && errno == EINTR)
      continue;
    if (length <= 0)
      return length == 0;
    g_byte_array_append (bytes, part, length);
  }
  return TRUE;
}

static GBytes *
bytes_of_file (const char *path, GError **error)
{
  int descriptor = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat status;
  if (descriptor < 0)
    return fail_with_errno (errno, error), NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gboolean regular = !fstat (descriptor, &status) && S_ISREG (status.st_mode);
  gboolean done = regular && read_at_most (descriptor, bytes, BYTES_LIMIT + 1);
  int code = errno;
  close (descriptor);
  if (!regular)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, _ ("vendors.yaml is no file"));
  else if (!done)
    fail_with_errno (code, error);
  else if (bytes->len > BYTES_LIMIT)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_MANIFEST,
                 _ ("%s: %d MiB, the limit is %d MiB; make two corpora of it"), MANIFEST_FILE ":1:1",
                 (int)((status.st_size + 0xFFFFF) >> 20), BYTES_LIMIT >> 20);
  else
    return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  return NULL;
}

Manifest *
manifest_open (const char *corpus, GError **error)
{
  g_autofree char *path = g_build_filename (corpus, MANIFEST_FILE, NULL);
  g_autoptr (GBytes) bytes = bytes_of_file (path, error);
  return bytes ? manifest_from_bytes (bytes, corpus, error) : NULL;
}

void
manifest_free (Manifest *manifest)
{
  if (!manifest)
    return;
  g_ptr_array_unref (manifest->documents);
  g_free (manifest);
}

gboolean
manifest_document_is (const ManifestDocument *document, const char *word)
{
  return !strcmp (document->vendor, word) || !strcmp (document->id, word);
}
