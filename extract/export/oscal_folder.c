/* oscal_folder.c - sheets as OSCAL 1.1 (NIST's Open Security Controls Assessment Language): a folder with
 *
 *     catalog.json          the catalogue that sheets answer, a control an item
 *     <vendor>.json         a component definition: a component a sheet, an implemented requirement an answer
 *     <vendor>-items.json   a catalog of the vendor's own items, where it has some
 *
 * What OSCAL has a place for is there: names, answers, parties, the source with its hash. The rest of an item is in
 * properties of this program's namespace (OSCAL_NAMESPACE). Texts are Markdown in OSCAL, so that what of a vendor's text
 * Markdown would take for its own is escaped.
 *
 * Identifiers are made from what they name (RFC 9562, UUID version 5), and the time of change is the newest date that
 * the sheets say, so that equal sheets give equal files. Only one vendor is in memory at a time: its file is read again
 * when another sheet of it comes.
 *
 * Source: https://pages.nist.gov/OSCAL-Reference/models/v1.1.2/, the JSON references of catalog and component-definition.
 */
#include "export/export_format.h"

#include <glib/gi18n.h>
#include <string.h>

#include "export/json_field.h"
#include "model/error.h"
#include "run/output.h"
#include "write/json_text.h"

#define OSCAL_VERSION "1.1.2"
#define OSCAL_NAMESPACE "urn:checksheet:oscal:1"
#define BYTE_ORDER_MARK 0xfeff /* white space to the expressions of NIST's JSON schema, whose texts never end in some */
#define STEM_CHARACTERS 60     /* at most four bytes each, of the 255 that a file's name may have */

typedef struct {
  const Catalogue *catalogue;
  char *folder;
  GHashTable *stems; /* vendor -> name of its file without ".json", both char * */
  GHashTable *names; /* of files, without ".json", that are taken: char * */
  GHashTable *own;   /* stems of vendors whose own items have a catalog: char * */
  char *newest;      /* "2025-02-20", of all sheets; NULL: none said a date */
} OscalFolder;

void
oscal_folder_free (gpointer export)
{
  OscalFolder *folder = export;
  if (!folder)
    return;
  g_hash_table_unref (folder->stems);
  g_hash_table_unref (folder->names);
  g_hash_table_unref (folder->own);
  g_free (folder->folder);
  g_free (folder->newest);
  g_free (folder);
}

gpointer
oscal_folder_open (const ExportRequest *request, GError **error)
{
  if (!output_folder (request->path, error))
    return NULL;
  OscalFolder *folder = g_new0 (OscalFolder, 1);
  folder->catalogue = request->knowledge->catalogue;
  folder->folder = g_strdup (request->path);
  folder->stems = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  folder->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  folder->own = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add (folder->names, g_strdup ("catalog"));
  return folder;
}

/* The UUID, version 5, of the names, ended by NULL. The caller frees. */
static char *
uuid_of (const char *first, ...)
{
  static const guint8 space[16] = {0x5b, 0x0e, 0x6a, 0x3c, 0x91, 0x2d, 0x4f, 0x5e,
                                   0x8c, 0x17, 0x0d, 0x5a, 0xb4, 0xf9, 0x26, 0xe1};
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA1);
  g_checksum_update (sum, space, sizeof space);
  va_list names;
  va_start (names, first);
  for (const char *name = first; name; name = va_arg (names, const char *))
    g_checksum_update (sum, (const guchar *)name, (gssize)strlen (name) + 1);
  va_end (names);

  guint8 digest[20];
  gsize length = sizeof digest;
  g_checksum_get_digest (sum, digest, &length);
  digest[6] = (digest[6] & 0x0f) | 0x50;
  digest[8] = (digest[8] & 0x3f) | 0x80;
  GString *uuid = g_string_new (NULL);
  for (int i = 0; i < 16; i++)
    g_string_append_printf (uuid, i == 4 || i == 6 || i == 8 || i == 10 ? "-%02x" : "%02x", digest[i]);
  return g_string_free (uuid, FALSE);
}

static void
add_uuid (cJSON *object, char *uuid)
{
  cJSON_AddStringToObject (object, "uuid", uuid);
  g_free (uuid);
}

/* TEXT as Markdown that shows just it; each line is a paragraph. NULL: "". The caller frees. */
static char *
markdown_from_text (const char *text)
{
  GString *markdown = g_string_new (NULL);
  gboolean starts = TRUE; /* nothing of the line but white space and digits was there yet */
  for (const char *at = text ? text : ""; *at; at++) {
    if (*at == '\n') {
      if (markdown->len && markdown->str[markdown->len - 1] != '\n')
        g_string_append (markdown, "\n\n");
      starts = TRUE;
      continue;
    }
    if (strchr ("\\`*_[]<>~^&$|", *at) || (starts && strchr ("#+-=.)", *at)))
      g_string_append_c (markdown, '\\');
    g_string_append_c (markdown, *at);
    starts = starts && (g_ascii_isdigit (*at) || *at == ' ');
  }
  while (markdown->len && markdown->str[markdown->len - 1] == '\n')
    g_string_truncate (markdown, markdown->len - 1);
  return g_string_free (markdown, FALSE);
}

static void
add_markdown (cJSON *object, const char *key, const char *text)
{
  g_autofree char *markdown = markdown_from_text (text);
  cJSON_AddStringToObject (object, key, markdown);
}

/* TEXT on one line, NULL where nothing is left: what a property, a name or a version can hold. The caller frees. */
static char *
one_line (const char *text)
{
  GString *line = g_string_new (NULL);
  for (const char *at = text ? text : ""; *at; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    gboolean blank = g_unichar_isspace (character) || g_unichar_iscntrl (character) || character == BYTE_ORDER_MARK;
    if (!blank)
      g_string_append_unichar (line, character);
    else if (line->len && line->str[line->len - 1] != ' ')
      g_string_append_c (line, ' ');
  }
  g_strchomp (line->str);
  gboolean empty = !*line->str;
  return g_string_free (line, empty);
}

static void
add_line (cJSON *object, const char *key, const char *text, const char *otherwise)
{
  g_autofree char *line = one_line (text);
  cJSON_AddStringToObject (object, key, line ? line : otherwise);
}

/* A title is Markdown of one line, never empty. */
static void
add_title (cJSON *object, const char *text, const char *otherwise)
{
  g_autofree char *line = one_line (text);
  add_markdown (object, "title", line ? line : otherwise);
}

static cJSON *
list_of (cJSON *object, const char *key)
{
  cJSON *list = cJSON_GetObjectItemCaseSensitive (object, key);
  return list ? list : cJSON_AddArrayToObject (object, key);
}

static cJSON *
new_entry (cJSON *object, const char *key)
{
  cJSON *entry = cJSON_CreateObject ();
  cJSON_AddItemToArray (list_of (object, key), entry);
  return entry;
}

/* Nothing where VALUE is. Of CLASS and REMARKS either may be NULL. */
static void
add_property (cJSON *object, const char *name, const char *value, const char *class, const char *remarks)
{
  g_autofree char *line = one_line (value);
  if (!line)
    return;
  cJSON *property = new_entry (object, "props");
  cJSON_AddStringToObject (property, "name", name);
  cJSON_AddStringToObject (property, "ns", OSCAL_NAMESPACE);
  cJSON_AddStringToObject (property, "value", line);
  if (class)
    cJSON_AddStringToObject (property, "class", class);
  if (remarks && *remarks)
    add_markdown (property, "remarks", remarks);
}

/* VALUE of any type: a text as it is, all else as its JSON. */
static void
add_property_of (cJSON *object, const char *name, const cJSON *value, const char *class, const char *remarks)
{
  if (!value || cJSON_IsNull (value))
    return;
  g_autofree char *text = cJSON_IsString (value) ? g_strdup (value->valuestring) : json_text_of_one_line (value);
  add_property (object, name, text, class, remarks);
}

/* OSCAL's tokens: a letter or _, then letters, digits, - _ and dots. The caller frees. */
static char *
token_from_text (const char *text)
{
  GString *token = g_string_new (NULL);
  for (const char *at = text; *at; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    gboolean fits = g_unichar_isalnum (character) || (character < 128 && strchr ("-_.", (int)character));
    if (!token->len && !g_unichar_isalpha (character) && character != '_')
      g_string_append_c (token, '_');
    g_string_append_unichar (token, fits ? character : '-');
  }
  return g_string_free (token, FALSE);
}

/* DATE if it is a whole one, as "2025-02-20". */
static const char *
whole_date (const char *date)
{
  return date && strlen (date) == 10 && date[4] == '-' && date[7] == '-' ? date : NULL;
}

/* The document changed at DATE; NULL: no date is known, so that it is now. */
static void
set_time (cJSON *document, const char *date)
{
  cJSON *metadata = cJSON_GetObjectItemCaseSensitive (document->child, "metadata");
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time =
      date ? g_strconcat (date, "T00:00:00Z", NULL) : g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  cJSON_DeleteItemFromObjectCaseSensitive (metadata, "last-modified");
  cJSON_AddStringToObject (metadata, "last-modified", time);
  cJSON_DeleteItemFromObjectCaseSensitive (metadata, "version");
  cJSON_AddStringToObject (metadata, "version", date ? date : "undated");
}

/* The later of DATE and the one that the document has. */
static void
set_later_time (cJSON *document, const char *date)
{
  const char *old = whole_date (json_string_at (document->child, "metadata.version"));
  g_autofree char *later = g_strdup (!date || (old && strcmp (old, date) > 0) ? old : date);
  set_time (document, later);
}

/* {ROOT: {"uuid", "metadata"}}. */
static cJSON *
document_new (const char *root, const char *title, char *uuid)
{
  cJSON *document = cJSON_CreateObject ();
  cJSON *body = cJSON_AddObjectToObject (document, root);
  add_uuid (body, uuid);
  cJSON *metadata = cJSON_AddObjectToObject (body, "metadata");
  add_title (metadata, title, "?");
  cJSON_AddStringToObject (metadata, "oscal-version", OSCAL_VERSION);
  return document;
}

static gboolean
write_document (const OscalFolder *folder, const char *stem, const cJSON *document, GError **error)
{
  g_autofree char *name = g_strconcat (stem, ".json", NULL);
  g_autofree char *path = g_build_filename (folder->folder, name, NULL);
  g_autofree char *text = json_text_for_eyes (document);
  g_autoptr (Output) output = output_open (path, error);
  return output && output_write (output, text, strlen (text), error) && output_commit (output, error);
}

/* A control that asks for what NAME and DEFINITION say. */
static void
add_control (cJSON *group, const char *id, const char *name, const char *definition, const char *unit)
{
  cJSON *control = new_entry (group, "controls");
  cJSON_AddStringToObject (control, "id", id);
  add_title (control, name, "?");
  add_property (control, "unit", unit, NULL, NULL);
  if (!definition)
    return;
  cJSON *part = new_entry (control, "parts");
  cJSON_AddStringToObject (part, "name", "statement");
  add_markdown (part, "prose", definition);
}

static cJSON *
catalogue_document (const OscalFolder *folder)
{
  const Catalogue *catalogue = folder->catalogue;
  cJSON *document = document_new ("catalog", catalogue->title, uuid_of ("catalog", catalogue->id, NULL));
  cJSON *body = document->child, *group = NULL;
  for (int i = 0; i < catalogue->count; i++) {
    const CatalogueItem *item = &catalogue->items[i], *before = i ? item - 1 : NULL;
    if (!before || g_strcmp0 (item->category, before->category) || g_strcmp0 (item->section, before->section)) {
      group = new_entry (body, "groups");
      add_title (group, item->category ? item->category : catalogue->title, catalogue->id);
      add_property (group, "section", item->section, NULL, NULL);
    }
    g_autofree char *id = token_from_text (item->id);
    add_control (group, id, item->name, item->definition, item->unit);
  }
  return document;
}

static void
add_values (cJSON *requirement, const cJSON *item)
{
  for (const cJSON *value = json_first_at (item, "answer.values"); value; value = value->next) {
    const char *text = json_string_at (value, "text"), *about = json_string_at (value, "about");
    g_autofree char *remarks = about ? g_strdup_printf ("%s\n%s", text ? text : "", about) : g_strdup (text);
    add_property_of (requirement, "value", json_at (value, "value"), json_string_at (value, "kind"), remarks);
    add_property (requirement, "bound", json_string_at (value, "bound"), NULL, NULL);
  }
  for (const cJSON *choice = json_first_at (item, "answer.choices"); choice; choice = choice->next)
    add_property (requirement, "choice", json_string_at (choice, "text"),
                  json_true_at (choice, "chosen") ? "chosen" : "not-chosen", NULL);
  for (const cJSON *plan = json_first_at (item, "answer.by"); plan; plan = plan->next)
    add_property (requirement, "plan", json_string_at (plan, "head"), json_string_at (plan, "status"),
                  json_string_at (plan, "text"));
}

/* What of an item has properties of its own: by their path. */
static const struct {
  const char *name, *path;
} item_properties[] = {
    {"status", "answer.status"},  {"number", "number"}, {"section", "section"},
    {"category", "category"},     {"name", "name"},     {"unit", "unit"},
    {"confidence", "confidence"}, {"place", "place"},
};

static void
add_requirement (cJSON *implementation, const cJSON *item, const char *control, char *uuid)
{
  cJSON *requirement = new_entry (implementation, "implemented-requirements");
  add_uuid (requirement, uuid);
  cJSON_AddStringToObject (requirement, "control-id", control);
  add_markdown (requirement, "description", json_string_at (item, "answer.text"));
  for (gsize i = 0; i < G_N_ELEMENTS (item_properties); i++)
    add_property_of (requirement, item_properties[i].name, json_at (item, item_properties[i].path), NULL, NULL);
  add_values (requirement, item);
  for (const cJSON *other = json_first_at (item, "other"); other; other = other->next)
    add_property (requirement, "column", other->string, NULL, other->valuestring);
  for (const cJSON *old = json_first_at (item, "struck"); old; old = old->next)
    add_property (requirement, "struck-out", old->string, NULL, old->valuestring);
}

/* The definition's source as a resource; NULL or its UUID, which the caller frees. */
static char *
add_source (cJSON *body, const StreamedSheet *sheet, const char *component)
{
  const char *uri = json_string_at (sheet->tree, "source.uri"), *hash = json_string_at (sheet->tree, "source.sha256");
  if (!uri)
    return NULL;
  cJSON *matter = cJSON_GetObjectItemCaseSensitive (body, "back-matter");
  char *uuid = uuid_of (component, "source", NULL);
  cJSON *resource = new_entry (matter ? matter : cJSON_AddObjectToObject (body, "back-matter"), "resources");
  cJSON_AddStringToObject (resource, "uuid", uuid);
  if (json_string_at (sheet->tree, "document.title"))
    add_title (resource, json_string_at (sheet->tree, "document.title"), "?");
  cJSON *link = new_entry (resource, "rlinks");
  g_autofree char *escaped = g_uri_escape_string (uri, G_URI_RESERVED_CHARS_ALLOWED_IN_PATH "?#%[]", FALSE);
  cJSON_AddStringToObject (link, "href", escaped);
  if (json_string_at (sheet->tree, "source.media_type"))
    cJSON_AddStringToObject (link, "media-type", json_string_at (sheet->tree, "source.media_type"));
  if (hash) {
    cJSON *digest = new_entry (link, "hashes");
    cJSON_AddStringToObject (digest, "algorithm", "SHA-256");
    cJSON_AddStringToObject (digest, "value", hash);
  }
  return uuid;
}

static cJSON *
implementation_new (const char *source, const char *description, char *uuid)
{
  cJSON *implementation = cJSON_CreateObject ();
  add_uuid (implementation, uuid);
  cJSON_AddStringToObject (implementation, "source", source);
  cJSON_AddStringToObject (implementation, "description", description);
  return implementation;
}

static void
add_implementation (cJSON *component, cJSON *implementation)
{
  if (cJSON_GetObjectItemCaseSensitive (implementation, "implemented-requirements"))
    cJSON_AddItemToArray (list_of (component, "control-implementations"), implementation);
  else
    cJSON_Delete (implementation);
}

/* The sheet's items: those of the catalogue, and the vendor's own, which become controls of OWN. */
static void
add_items (const OscalFolder *folder, cJSON *component, cJSON *own, const StreamedSheet *sheet, const char *stem)
{
  const char *uuid = json_string_at (component, "uuid");
  g_autofree char *own_file = g_strconcat (stem, "-items.json", NULL);
  g_autofree char *own_source = g_uri_escape_string (own_file, NULL, FALSE);
  cJSON *listed =
      implementation_new ("catalog.json", "Answers to the catalogue's items.", uuid_of (uuid, "listed", NULL));
  cJSON *others =
      implementation_new (own_source, "Items that the catalogue does not have.", uuid_of (uuid, "own", NULL));
  cJSON *group = NULL;
  guint number = 0;
  for (const cJSON *item = json_first_at (sheet->tree, "items"); item; item = item->next) {
    g_autofree char *counted = g_strdup_printf ("%u", ++number);
    g_autofree char *path = g_strconcat (folder->catalogue->key, ".id", NULL);
    const char *id = json_string_at (item, path);
    g_autofree char *control = id ? token_from_text (id) : g_strdup_printf ("item-%.8s-%u", uuid, number);
    add_requirement (id ? listed : others, item, control, uuid_of (uuid, "item", counted, NULL));
    if (id)
      continue;
    if (!group) {
      group = new_entry (own->child, "groups");
      add_line (group, "title", json_string_at (component, "title"), "?"); /* as it is there */
    }
    add_control (group, control, json_string_at (item, "name"), json_string_at (item, "definition"),
                 json_string_at (item, "unit"));
  }
  add_implementation (component, listed);
  add_implementation (component, others);
}

static void
add_component (const OscalFolder *folder, cJSON *document, cJSON *own, const StreamedSheet *sheet, const char *stem)
{
  cJSON *body = document->child;
  g_autofree char *count = g_strdup_printf ("%d", cJSON_GetArraySize (list_of (body, "components")));
  const char *hash = json_string_at (sheet->tree, "source.sha256");
  cJSON *component = new_entry (body, "components");
  add_uuid (component, uuid_of (sheet->vendor, "component", count, hash ? hash : "", NULL));
  const char *uuid = json_string_at (component, "uuid");
  cJSON_AddStringToObject (component, "type", "service");
  add_title (component, sheet->product ? sheet->product : sheet->vendor, "?");
  add_markdown (component, "description", json_string_at (sheet->tree, "document.title"));
  add_property (component, "version", json_string_at (sheet->tree, "document.version"), NULL, NULL);
  add_property (component, "issued", json_string_at (sheet->tree, "document.issued"), NULL, NULL);
  add_property (component, "revised", json_string_at (sheet->tree, "document.revised"), NULL, NULL);
  add_property_of (component, "confidence", json_at (sheet->tree, "confidence"), NULL, NULL);
  for (const cJSON *one = json_first_at (sheet->tree, "coverage.missing"); one; one = one->next)
    add_property_of (component, "missing", one, NULL, NULL);
  for (const cJSON *note = json_first_at (sheet->tree, "notes"); note; note = note->next)
    add_property (component, "note", json_string_at (note, "code"), json_string_at (note, "severity"),
                  json_string_at (note, "text"));
  g_autofree char *resource = add_source (body, sheet, uuid);
  if (resource) {
    cJSON *link = new_entry (component, "links");
    g_autofree char *reference = g_strconcat ("#", resource, NULL);
    cJSON_AddStringToObject (link, "href", reference);
    cJSON_AddStringToObject (link, "rel", "reference");
  }
  cJSON *role = new_entry (component, "responsible-roles");
  cJSON_AddStringToObject (role, "role-id", "provider");
  g_autofree char *party = uuid_of ("vendor", sheet->vendor, NULL);
  cJSON_AddItemToArray (list_of (role, "party-uuids"), cJSON_CreateString (party));
  add_items (folder, component, own, sheet, stem);
}

static cJSON *
definition_new (const char *vendor)
{
  cJSON *document = document_new ("component-definition", vendor, uuid_of ("component-definition", vendor, NULL));
  cJSON *metadata = cJSON_GetObjectItemCaseSensitive (document->child, "metadata");
  cJSON *role = new_entry (metadata, "roles");
  cJSON_AddStringToObject (role, "id", "provider");
  cJSON_AddStringToObject (role, "title", "Cloud service provider");
  cJSON *party = new_entry (metadata, "parties");
  add_uuid (party, uuid_of ("vendor", vendor, NULL));
  cJSON_AddStringToObject (party, "type", "organization");
  add_line (party, "name", vendor, "?");
  return document;
}

/* The document of STEM that this export wrote before; NULL with ERROR set: it cannot be read any more. */
static cJSON *
written_document (const OscalFolder *folder, const char *stem, GError **error)
{
  g_autofree char *name = g_strconcat (stem, ".json", NULL);
  g_autofree char *path = g_build_filename (folder->folder, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) fault = NULL;
  cJSON *document = g_file_get_contents (path, &text, NULL, &fault) ? cJSON_Parse (text) : NULL;
  if (!document || !document->child)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_IO, _ ("%s cannot be read again: %s"), path,
                 fault ? fault->message : _ ("it was changed while this ran"));
  return document;
}

/* A name for VENDOR's files, which no other vendor has; borrowed. *OLD: it has one already. */
static const char *
stem_of (OscalFolder *folder, const char *vendor, gboolean *old)
{
  const char *known = g_hash_table_lookup (folder->stems, vendor);
  *old = known != NULL;
  if (known)
    return known;
  g_autofree char *line = one_line (vendor);
  g_autofree char *wanted =
      g_utf8_substring (line ? line : "vendor", 0, MIN (STEM_CHARACTERS, g_utf8_strlen (line ? line : "vendor", -1)));
  g_strdelimit (wanted, "/\\", '-');
  if (*wanted == '.')
    *wanted = '-';
  char *stem = g_strdup (wanted);
  for (guint number = 2;; number++) {
    g_autofree char *items = g_strconcat (stem, "-items", NULL);
    if (!g_hash_table_contains (folder->names, stem) && !g_hash_table_contains (folder->names, items)) {
      g_hash_table_add (folder->names, g_steal_pointer (&items));
      break;
    }
    g_free (stem);
    stem = g_strdup_printf ("%s-%u", wanted, number);
  }
  g_hash_table_add (folder->names, g_strdup (stem));
  g_hash_table_insert (folder->stems, g_strdup (vendor), stem);
  return stem;
}

static void
add_sheet (OscalFolder *folder, const StreamedSheet *sheet, cJSON *definition, cJSON *own, const char *stem)
{
  const char *date = whole_date (sheet->revised);
  add_component (folder, definition, own, sheet, stem);
  set_later_time (definition, date);
  set_later_time (own, date);
  if (date && (!folder->newest || strcmp (date, folder->newest) > 0)) {
    g_free (folder->newest);
    folder->newest = g_strdup (date);
  }
}

gboolean
oscal_folder_add (gpointer export, const StreamedSheet *sheet, GError **error)
{
  OscalFolder *folder = export;
  gboolean old;
  const char *stem = stem_of (folder, sheet->vendor, &old);
  g_autofree char *own_stem = g_strconcat (stem, "-items", NULL);
  cJSON *definition = old ? written_document (folder, stem, error) : definition_new (sheet->vendor);
  cJSON *own = g_hash_table_contains (folder->own, stem)
                   ? written_document (folder, own_stem, definition ? error : NULL)
                   : document_new ("catalog", sheet->vendor, uuid_of ("own-items", sheet->vendor, NULL));
  gboolean written = definition && own;
  if (written) {
    add_sheet (folder, sheet, definition, own, stem);
    written = write_document (folder, stem, definition, error);
  }
  if (written && json_first_at (own->child, "groups")) {
    g_hash_table_add (folder->own, g_strdup (stem));
    written = write_document (folder, own_stem, own, error);
  }
  cJSON_Delete (definition);
  cJSON_Delete (own);
  return written;
}

gboolean
oscal_folder_commit (gpointer export, GError **error)
{
  const OscalFolder *folder = export;
  cJSON *document = catalogue_document (folder);
  set_time (document, folder->newest);
  gboolean written = write_document (folder, "catalog", document, error);
  cJSON_Delete (document);
  return written;
}
