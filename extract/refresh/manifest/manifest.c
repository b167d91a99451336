/* manifest.c - see manifest.h */
#include "refresh/manifest/manifest.h"

#include "fetch/link.h"
#include "fetch/web_address.h"
#include "model/error.h"
#include "modules/module.h"
#include "refresh/manifest/yaml.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BYTES_LIMIT (16 * 1024 * 1024)

/* A file's name has 255 bytes at most: ID.changes.json, and what is written beside it. */
#define ID_LIMIT 100
#define CHANGES ".changes"

/* What a text must be, by its field. */

static void
check_id (const YamlValue *value, Mistakes *mistakes)
{
  const char *id = value->text, *odd = id;
  g_autofree char *shown = text_for_message (id);
  while (g_ascii_isalnum (*odd) || (*odd && strchr ("-_.", *odd)))
    odd++;
  if (*odd) {
    g_autofree char *character = g_strndup (odd, g_utf8_next_char (odd) - odd);
    mistakes_add (mistakes, value->place,
                  _ ("the id '%s' becomes a file's name: letters a-z, digits, '-', '_' and '.' only, not '%s'"), shown,
                  character);
  } else if (*id == '.' || *id == '-')
    mistakes_add (mistakes, value->place, _ ("the id '%s' becomes a file's name: begin it with a letter or a digit"),
                  shown);
  else if (strlen (id) > ID_LIMIT)
    mistakes_add (mistakes, value->place, _ ("an id of %d characters, the limit is %d; shorten it"), (int)strlen (id),
                  ID_LIMIT);
  else if (strlen (id) >= strlen (CHANGES) && !g_ascii_strcasecmp (id + strlen (id) - strlen (CHANGES), CHANGES))
    mistakes_add (mistakes, value->place, _ ("the id '%s' ends as the names of lists of changes do ('%s'); change it"),
                  shown, CHANGES);
}

static void
check_address (const YamlValue *value, Mistakes *mistakes)
{
  g_autofree char *fault = web_address_fault (value->text);
  if (fault)
    mistakes_add (mistakes, value->place, "%s", fault);
}

static void
check_link (const YamlValue *value, Mistakes *mistakes)
{
  int character;
  g_autofree char *fault = NULL;
  g_autoptr (LinkPattern) pattern = link_pattern_new (value->text, &fault, &character);
  if (!pattern)
    mistakes_add (mistakes, value->place, _ ("'link' is not a valid PCRE2 pattern: %s, at character %d of it"), fault,
                  character);
}

static void
check_path (const YamlValue *value, Mistakes *mistakes)
{
  if (strstr (value->text, "://"))
    mistakes_add (mistakes, value->place, _ ("'%s' is a file of this machine; write an address as 'url'"), value->key);
}

/* What is kept of a text, once all checks have passed. CORPUS: the folder. The caller frees. */

static char *
keep_text (const char *text, const char *corpus)
{
  return g_strdup (text);
}

static char *
keep_address (const char *text, const char *corpus)
{
  g_autoptr (WebAddress) address = web_address_from_link (text, NULL);
  return g_strdup (address->text);
}

static char *
keep_path (const char *text, const char *corpus)
{
  return g_path_is_absolute (text) ? g_strdup (text) : g_build_filename (corpus, text, NULL);
}

/* A field of the file: a text, kept in a ManifestDocument, or a list of maps with fields of their own, which may be
 * empty. */
typedef struct ManifestField {
  const char *key; /* NULL: the end of the table */
  gboolean required;
  const struct ManifestField *entries; /* of the maps in the list; NULL: a text */
  void (*check) (const YamlValue *value, Mistakes *mistakes);
  char *(*keep) (const char *text, const char *corpus);
  gsize offset; /* of the kept text in a ManifestDocument */
} ManifestField;

#define REQUIRED TRUE
#define OPTIONAL FALSE
#define KEPT_IN(field) G_STRUCT_OFFSET (ManifestDocument, field)

static const ManifestField document_fields[] = {
    {"id", REQUIRED, NULL, check_id, keep_text, KEPT_IN (name)},
    {"url", OPTIONAL, NULL, check_address, keep_address, KEPT_IN (url)},
    {"page", OPTIONAL, NULL, check_address, keep_address, KEPT_IN (page)},
    {"link", OPTIONAL, NULL, check_link, keep_text, KEPT_IN (link)},
    {"path", OPTIONAL, NULL, check_path, keep_path, KEPT_IN (path)},
    {"password_file", OPTIONAL, NULL, check_path, keep_path, KEPT_IN (password_file)},
    {NULL},
};
static const ManifestField vendor_fields[] = {
    {"id", REQUIRED, NULL, check_id, keep_text, KEPT_IN (vendor)},
    {"name", OPTIONAL, NULL, NULL, keep_text, KEPT_IN (vendor_name)},
    {"password_file", OPTIONAL, NULL, check_path, keep_path, KEPT_IN (password_file)},
    {"documents", REQUIRED, document_fields},
    {NULL},
};
static const ManifestField file_fields[] = {
    {"vendors", REQUIRED, vendor_fields},
    {NULL},
};

/* Each value, against the fields. */

static void check_map (const YamlValue *map, const ManifestField *fields, Mistakes *mistakes);

static void
add_unknown_key (const YamlValue *value, const ManifestField *fields, Mistakes *mistakes)
{
  if (!strcmp (value->key, "<<")) {
    mistakes_add (mistakes, value->key_place,
                  _ ("a merge key ('<<'); a manifest has none, write the lines themselves"));
    return;
  }
  g_autofree char *key = text_for_message (value->key);
  g_autoptr (GString) known = g_string_new (NULL);
  for (; fields->key; fields++)
    g_string_append_printf (known, "%s'%s'", known->len ? ", " : "", fields->key);
  mistakes_add (mistakes, value->key_place, _ ("unknown key '%s'; the keys here are %s"), key, known->str);
}

/* NAME: the key that VALUE, or the list that it is in, belongs to; NULL: the file itself. */
static gboolean
kind_is (const YamlValue *value, YamlKind kind, const char *name, Mistakes *mistakes)
{
  static const char *const wanted[] = {
      [YAML_TEXT] = N_ ("'%s' is a text; write it after the ':', on the same line"),
      [YAML_LIST] = N_ ("'%s' is a list; begin each of its entries with '- '"),
      [YAML_MAP] = N_ ("each entry of '%s' is made of lines 'key: value'; the first begins with '- '"),
  };
  if (value->kind == kind)
    return TRUE;
  if (value->kind != YAML_WRONG && !name)
    mistakes_add (mistakes, value->place, _ ("the file begins with a line 'vendors:'; this one does not"));
  else if (value->kind != YAML_WRONG)
    mistakes_add (mistakes, value->place, _ (wanted[kind]), name);
  return FALSE;
}

static void
check_text (const YamlValue *value, const ManifestField *field, Mistakes *mistakes)
{
  if (!kind_is (value, YAML_TEXT, field->key, mistakes))
    return;
  if (yaml_value_is_empty (value)) {
    mistakes_add (mistakes, value->place, _ ("'%s' has no value; write one, or take the line out"), field->key);
    return;
  }
  for (const char *at = value->text; *at || value->has_nul; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    if (!g_unichar_iscntrl (character) && character != 0x2028 && character != 0x2029)
      continue;
    mistakes_add (mistakes, value->place, _ ("'%s' contains a control character (U+%04X); it is one line of text"),
                  field->key, character);
    return;
  }
  if (field->check)
    field->check (value, mistakes);
}

static void
check_list (const YamlValue *list, const ManifestField *field, Mistakes *mistakes)
{
  if (yaml_value_is_empty (list) || !kind_is (list, YAML_LIST, field->key, mistakes))
    return;
  for (const YamlValue *entry = list->first; entry; entry = entry->next)
    if (kind_is (entry, YAML_MAP, field->key, mistakes))
      check_map (entry, field->entries, mistakes);
}

static void
check_value (const YamlValue *value, const YamlValue *map, const ManifestField *fields, Mistakes *mistakes)
{
  const ManifestField *field = fields;
  while (field->key && strcmp (field->key, value->key))
    field++;
  const YamlValue *first = yaml_value (map, value->key);
  if (!field->key)
    add_unknown_key (value, fields, mistakes);
  else if (first != value)
    mistakes_add (mistakes, value->key_place, _ ("'%s' a second time, first in line %d; keep one"), value->key,
                  first->key_place.line);
  else if (field->entries)
    check_list (value, field, mistakes);
  else
    check_text (value, field, mistakes);
}

static void
check_map (const YamlValue *map, const ManifestField *fields, Mistakes *mistakes)
{
  for (const YamlValue *value = map->first; value; value = value->next)
    check_value (value, map, fields, mistakes);
  for (; fields->key; fields++)
    if (fields->required && !yaml_value (map, fields->key))
      mistakes_add (mistakes, map->place, _ ("'%s' is missing; add a line '%s: …'"), fields->key, fields->key);
}

/* What holds between values. */

/* SEEN: the ids so far, in small letters -> the value. Two that differ by case only are one file on some disks. */
static void
check_id_is_new (const YamlValue *map, GHashTable *seen, Mistakes *mistakes)
{
  const YamlValue *id = yaml_value (map, "id");
  if (!id || id->kind != YAML_TEXT)
    return;
  g_autofree char *folded = g_ascii_strdown (id->text, -1), *shown = text_for_message (id->text);
  const YamlValue *first = g_hash_table_lookup (seen, folded);
  if (!first)
    g_hash_table_insert (seen, g_steal_pointer (&folded), (gpointer)id);
  else if (!strcmp (first->text, id->text))
    mistakes_add (mistakes, id->place, _ ("the id '%s' a second time, first in line %d; give it another"), shown,
                  first->place.line);
  else
    mistakes_add (mistakes, id->place, _ ("the id '%s' differs only in case from that of line %d; give it another"),
                  shown, first->place.line);
}

/* Exactly one of url, page with link, path. */
static void
check_origin (const YamlValue *document, Mistakes *mistakes)
{
  static const char *const origins[] = {"url", "page", "path", NULL};
  const YamlValue *first = NULL, *page = yaml_value (document, "page"), *link = yaml_value (document, "link");
  for (const YamlValue *value = document->first; value; value = value->next) {
    if (!g_strv_contains (origins, value->key) || yaml_value (document, value->key) != value)
      continue;
    if (first)
      mistakes_add (mistakes, value->key_place, _ ("'%s' beside '%s'; a document has one of 'url', 'page' and 'path'"),
                    value->key, first->key);
    first = first ? first : value;
  }
  if (!first && !link)
    mistakes_add (mistakes, document->place,
                  _ ("does not say where the document is; add 'url', 'page' with 'link', or 'path'"));
  if (page && !link)
    mistakes_add (mistakes, page->key_place, _ ("'page' without 'link'; add the pattern of the link on that page"));
  if (link && !page)
    mistakes_add (mistakes, link->key_place, _ ("'link' without 'page'; add the page that the link is on"));
}

static const YamlValue *
first_in_list (const YamlValue *map, const char *key)
{
  const YamlValue *list = yaml_value (map, key);
  return list && list->kind == YAML_LIST ? list->first : NULL;
}

static void
check_documents (const YamlValue *vendor, Mistakes *mistakes)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (const YamlValue *document = first_in_list (vendor, "documents"); document; document = document->next) {
    if (document->kind != YAML_MAP)
      continue;
    check_id_is_new (document, seen, mistakes);
    check_origin (document, mistakes);
  }
}

static void
check_file (const YamlValue *top, Mistakes *mistakes)
{
  if (!top || yaml_value_is_empty (top)) {
    mistakes_add (mistakes, (YamlPlace){1, 1}, _ ("the file is empty; begin it with a line 'vendors:'"));
    return;
  }
  if (kind_is (top, YAML_MAP, NULL, mistakes))
    check_map (top, file_fields, mistakes);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (const YamlValue *vendor = first_in_list (top, "vendors"); vendor; vendor = vendor->next) {
    check_id_is_new (vendor, seen, mistakes);
    check_documents (vendor, mistakes);
  }
}

/* What is kept of a file without mistakes. */

static void
document_free (gpointer data)
{
  ManifestDocument *document = data;
  char **texts[] = {&document->vendor, &document->vendor_name, &document->id,   &document->name,         &document->url,
                    &document->page,   &document->link,        &document->path, &document->password_file};
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (*texts[i]);
  g_free (document);
}

static void
keep_fields (ManifestDocument *document, const ManifestField *fields, const YamlValue *map, const char *corpus)
{
  for (; fields->key; fields++) {
    const YamlValue *value = yaml_value (map, fields->key);
    if (!value || !fields->keep)
      continue;
    char **kept = &G_STRUCT_MEMBER (char *, document, fields->offset);
    g_free (*kept); /* the vendor's, where both may have it */
    *kept = fields->keep (value->text, corpus);
  }
}

static Manifest *
manifest_from_tree (const YamlTree *tree, const char *corpus)
{
  Manifest *manifest = g_new (Manifest, 1);
  manifest->documents = g_ptr_array_new_with_free_func (document_free);
  for (const YamlValue *vendor = first_in_list (tree->top, "vendors"); vendor; vendor = vendor->next)
    for (const YamlValue *map = first_in_list (vendor, "documents"); map; map = map->next) {
      ManifestDocument *document = g_new0 (ManifestDocument, 1);
      keep_fields (document, vendor_fields, vendor, corpus);
      keep_fields (document, document_fields, map, corpus);
      document->id = g_strdup_printf ("%s/%s", document->vendor, document->name);
      g_ptr_array_add (manifest->documents, document);
    }
  return manifest;
}

Manifest *
manifest_from_bytes (GBytes *bytes, const char *corpus, GError **error)
{
  if (!module_open (MODULE_FETCH, error)) /* which knows what an address is */
    return NULL;
  g_autoptr (Mistakes) mistakes = mistakes_new ();
  g_autoptr (YamlTree) tree = yaml_tree_from_bytes (bytes, mistakes);
  if (tree)
    check_file (tree->top, mistakes);
  g_autofree char *wrong = mistakes_text (mistakes, MANIFEST_FILE);
  if (!wrong)
    return manifest_from_tree (tree, corpus);
  g_set_error_literal (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_MANIFEST, wrong);
  return NULL;
}

/* The file. */

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
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, _ ("vendors.yaml is not a regular file"));
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
