/* package.c - see package.h */
#include "read/package.h"

#include "model/error.h"

#include <glib/gi18n.h>
#include <libxml/parser.h>
#include <libxml/xmlreader.h>
#include <string.h>
#include <zip.h>

#define ENTRIES_LIMIT 20000

struct Package {
  zip_t *archive;
  GHashTable *names;     /* char * -> index + 1: the names of the entries as folded_name gives them */
  gsize unpacked, limit; /* bytes of all parts that were read */
};

struct PackagePart {
  Package *package;
  char *name;
  zip_file_t *file;
  xmlTextReader *reader;
  gboolean ended_at_once; /* the node is the end of an element without content, which the reader leaves out */
  int state;              /* 1: at a node, 0: at the end, -1: an error */
  gboolean too_large;
  gboolean unpacking_failed;
  int declaration; /* how many characters of the forbidden declaration were just read */
};

/* No part may have a document type: entities, by which a small file takes a parser hours, can only come with one. */
static const char declaration[] = "<!DOCTYPE";

static gboolean
is_within_limits (Package *package, GError **error)
{
  zip_int64_t entries = zip_get_num_entries (package->archive, 0);
  if (entries > ENTRIES_LIMIT)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_SIZE,
                 _ ("an archive of %d files, the limit is %d; save the document again"), (int)MIN (entries, G_MAXINT),
                 ENTRIES_LIMIT);
  return entries <= ENTRIES_LIMIT;
}

/* Case does not count in the names of parts (ECMA-376 part 2, 9.1.1); some programs on Windows write backslashes, which
 * APPNOTE.TXT (4.4.17) forbids, and some a slash or "./" before the name. */
static char *
folded_name (const char *name)
{
  while (*name == '/' || *name == '\\' || (*name == '.' && (name[1] == '/' || name[1] == '\\')))
    name++;
  char *folded = g_ascii_strdown (name, -1);
  return g_strdelimit (folded, "\\", '/');
}

/* Of entries with the same name the first counts. */
static GHashTable *
names_of_archive (zip_t *archive)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  zip_int64_t count = zip_get_num_entries (archive, 0);
  for (zip_int64_t i = 0; i < count; i++) {
    const char *name = zip_get_name (archive, i, ZIP_FL_ENC_RAW);
    char *folded = name ? folded_name (name) : NULL;
    if (folded && !g_hash_table_contains (names, folded))
      g_hash_table_insert (names, folded, GINT_TO_POINTER ((int)i + 1));
    else
      g_free (folded);
  }
  return names;
}

Package *
package_open (const Source *source, GError **error)
{
  xmlInitParser ();
  gsize size;
  const void *data = g_bytes_get_data (source->bytes, &size);
  zip_error_t reason;
  zip_error_init (&reason);
  zip_source_t *buffer = zip_source_buffer_create (data, size, 0, &reason);
  zip_t *archive = buffer ? zip_open_from_source (buffer, ZIP_RDONLY, &reason) : NULL;
  zip_error_fini (&reason);
  if (!archive) {
    zip_source_free (buffer);
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_DAMAGED,
                 _ ("is a damaged document; fetch or save it again"));
    return NULL;
  }
  g_autoptr (Package) package = g_new0 (Package, 1);
  package->archive = archive;
  package->limit = source->limits.unpacked;
  if (!is_within_limits (package, error))
    return NULL;
  package->names = names_of_archive (archive);
  return g_steal_pointer (&package);
}

gsize
package_limit (const Package *package)
{
  return package->limit;
}

void
package_free (Package *package)
{
  if (!package)
    return;
  zip_discard (package->archive);
  if (package->names)
    g_hash_table_unref (package->names);
  g_free (package);
}

/* The index of the entry NAME; -1: there is none. */
static zip_int64_t
index_of (const Package *package, const char *name)
{
  g_autofree char *folded = folded_name (name);
  return GPOINTER_TO_INT (g_hash_table_lookup (package->names, folded)) - 1;
}

gboolean
package_has (const Package *package, const char *name)
{
  return index_of (package, name) >= 0;
}

/* NUL bytes are skipped, so that UTF-16 reads as ASCII. */
static gboolean
declares_document_type (PackagePart *part, const char *bytes, gsize count)
{
  for (gsize i = 0; i < count && declaration[part->declaration]; i++)
    if (bytes[i] == declaration[part->declaration])
      part->declaration++;
    else if (bytes[i])
      part->declaration = bytes[i] == declaration[0];
  return !declaration[part->declaration];
}

static int
read_bytes (void *data, char *buffer, int length)
{
  PackagePart *part = data;
  zip_int64_t count = zip_fread (part->file, buffer, length);
  part->unpacking_failed |= count < 0;
  if (count > 0)
    part->package->unpacked += count;
  part->too_large |= part->package->unpacked > part->package->limit;
  if (part->too_large || part->unpacking_failed || declares_document_type (part, buffer, count))
    return -1;
  return (int)count;
}

/* Errors are reported when the part is closed, not on standard error. */
static void
ignore_error (void *data, xmlErrorPtr error)
{
}

static zip_file_t *
file_open (Package *package, const char *name, GError **error)
{
  zip_int64_t index = index_of (package, name);
  zip_file_t *file = index >= 0 ? zip_fopen_index (package->archive, index, 0) : NULL;
  if (file)
    return file;
  gboolean locked = index >= 0 && zip_error_code_zip (zip_get_error (package->archive)) == ZIP_ER_NOPASSWD;
  if (locked)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_NEEDS_PASSWORD,
                 _ ("is encrypted with a password; save a copy without one and give that"));
  else
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_DAMAGED,
                 _ ("is a damaged document: its part \"%s\" is missing or cannot be unpacked; save it again"), name);
  return NULL;
}

PackagePart *
part_open (Package *package, const char *name, GError **error)
{
  zip_file_t *file = file_open (package, name, error);
  if (!file)
    return NULL;
  PackagePart *part = g_new0 (PackagePart, 1);
  *part = (PackagePart){.package = package, .name = g_strdup (name), .file = file, .state = -1};
  part->reader = xmlReaderForIO (read_bytes, NULL, part, NULL, NULL, XML_PARSE_NONET | XML_PARSE_COMPACT);
  if (part->reader) {
    xmlTextReaderSetStructuredErrorHandler (part->reader, ignore_error, NULL);
    part->state = 1;
  }
  return part;
}

static int
node_type (const PackagePart *part)
{
  return part->ended_at_once ? XML_READER_TYPE_END_ELEMENT : xmlTextReaderNodeType (part->reader);
}

gboolean
part_next (PackagePart *part)
{
  if (part->state != 1)
    return FALSE;
  if (!part->ended_at_once && xmlTextReaderNodeType (part->reader) == XML_READER_TYPE_ELEMENT &&
      xmlTextReaderIsEmptyElement (part->reader) == 1) {
    part->ended_at_once = TRUE;
    return TRUE;
  }
  part->ended_at_once = FALSE;
  part->state = xmlTextReaderRead (part->reader);
  return part->state == 1;
}

void
part_skip (PackagePart *part)
{
  int depth = xmlTextReaderDepth (part->reader);
  while (part_next (part) &&
         !(node_type (part) == XML_READER_TYPE_END_ELEMENT && xmlTextReaderDepth (part->reader) == depth))
    ;
}

static gboolean
node_is (const PackagePart *part, int type, const char *name)
{
  return node_type (part) == type && !strcmp ((const char *)xmlTextReaderConstLocalName (part->reader), name);
}

gboolean
part_begins (const PackagePart *part, const char *name)
{
  return node_is (part, XML_READER_TYPE_ELEMENT, name);
}

gboolean
part_ends (const PackagePart *part, const char *name)
{
  return node_is (part, XML_READER_TYPE_END_ELEMENT, name);
}

const char *
part_text (const PackagePart *part)
{
  switch (node_type (part)) {
  case XML_READER_TYPE_TEXT:
  case XML_READER_TYPE_CDATA:
  case XML_READER_TYPE_WHITESPACE:
  case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
    return (const char *)xmlTextReaderConstValue (part->reader);
  default:
    return NULL;
  }
}

const char *
part_attribute (const PackagePart *part, const char *name)
{
  const char *value = NULL;
  for (int more = xmlTextReaderMoveToFirstAttribute (part->reader); more == 1 && !value;
       more = xmlTextReaderMoveToNextAttribute (part->reader))
    if (!strcmp ((const char *)xmlTextReaderConstLocalName (part->reader), name) &&
        xmlTextReaderIsNamespaceDecl (part->reader) != 1)
      value = (const char *)xmlTextReaderConstValue (part->reader);
  xmlTextReaderMoveToElement (part->reader);
  return value;
}

int
part_number (const PackagePart *part, const char *name, int fallback)
{
  const char *value = part_attribute (part, name);
  if (!value || !g_ascii_isdigit (*value))
    return fallback;
  return (int)MIN (g_ascii_strtoull (value, NULL, 10), G_MAXINT);
}

gboolean
part_flag (const PackagePart *part, const char *name)
{
  const char *value = part_attribute (part, name);
  return value && (!strcmp (value, "1") || !strcmp (value, "true") || !strcmp (value, "on"));
}

gboolean
part_close (PackagePart *part, GError **error)
{
  gboolean failed = part->state == -1;
  if (failed && part->too_large)
    g_set_error (
        error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_SIZE,
        _ ("a document of more than %u MiB unpacked, the limit is %u MiB; save only the sheet, or raise the limit "
           "with --max-unpacked"),
        mib_of_bytes (part->package->limit), mib_of_bytes (part->package->limit));
  else if (failed)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_DAMAGED,
                 part->unpacking_failed
                     ? _ ("is a damaged document: its part \"%s\" is missing or cannot be unpacked; save it again")
                     : _ ("is a damaged document: its part \"%s\" is not well-formed XML; save it again"),
                 part->name);
  if (part->reader)
    xmlFreeTextReader (part->reader);
  zip_fclose (part->file);
  g_free (part->name);
  g_free (part);
  return !failed;
}

/* "xl/workbook.xml" has its relations in "xl/_rels/workbook.xml.rels". */
static char *
relations_name (const char *base)
{
  const char *slash = strrchr (base, '/');
  int folder = slash ? (int)(slash - base) + 1 : 0;
  return g_strdup_printf ("%.*s_rels/%s.rels", folder, base, base + folder);
}

/* The name in the package of TARGET, an address relative to the part BASE. */
static char *
resolved (const char *base, const char *target)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *folder = *target == '/' ? g_strdup (".") : g_path_get_dirname (base);
  g_autofree char *path = g_strconcat (folder, "/", target, NULL);
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  for (char **name = parts; *name; name++)
    if (!strcmp (*name, "..") && names->len > 0)
      g_ptr_array_set_size (names, (int)names->len - 1);
    else if (**name && strcmp (*name, ".") && strcmp (*name, ".."))
      g_ptr_array_add (names, *name);
  g_ptr_array_add (names, NULL);
  return g_strjoinv ("/", (char **)names->pdata);
}

static gboolean
relation_fits (const PackagePart *part, const char *type, const char *id)
{
  const char *own_id = id ? part_attribute (part, "Id") : NULL;
  if (id && (!own_id || strcmp (own_id, id)))
    return FALSE;
  const char *own_type = type ? part_attribute (part, "Type") : NULL;
  return !type || (own_type && g_str_has_suffix (own_type, type));
}

char *
package_related (Package *package, const char *base, const char *type, const char *id, GError **error)
{
  g_autofree char *name = relations_name (base);
  PackagePart *part = index_of (package, name) >= 0 ? part_open (package, name, error) : NULL;
  if (!part)
    return NULL;
  g_autofree char *found = NULL;
  while (part_next (part))
    if (!found && part_begins (part, "Relationship") && relation_fits (part, type, id)) {
      const char *target = part_attribute (part, "Target");
      found = target ? resolved (base, target) : NULL;
    }
  return part_close (part, error) ? g_steal_pointer (&found) : NULL;
}

char *
package_main (Package *package, const char *usual, GError **error)
{
  GError *failure = NULL;
  char *name = package_related (package, "", "/officeDocument", NULL, &failure);
  if (failure)
    g_propagate_error (error, failure);
  return name || failure ? name : g_strdup (usual);
}
