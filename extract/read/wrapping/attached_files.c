/* attached_files.c - see attached_files.h */
#include "read/wrapping/attached_files.h"

#include "modules/module.h"
#include "read/pdf/qpdf_document.h"
#include "read/wrapping/wrapping.h"

#include <stdlib.h>
#include <string.h>

#define DEPTH_LIMIT 20         /* of the tree of names */
#define NODES_LIMIT 5000       /* of it */
#define PAGES_LIMIT 500        /* whose annotations are looked at */
#define ANNOTATIONS_LIMIT 1000 /* of a page */

typedef struct {
  const Source *source;
  QpdfDocument pdf;
  GPtrArray *members;
  GHashTable *streams; /* object numbers of the files so far: one may be named twice */
  gsize bytes;         /* of all of them */
  int nodes;
} AttachmentWalk;

/* "<3>sheet.pdf" is in the folder 3 of the portfolio. */
static const char *
name_without_folder (const char *name)
{
  const char *end = *name == '<' ? name + 1 + strspn (name + 1, "0123456789") : name;
  return end > name + 1 && *end == '>' ? end + 1 : name;
}

static char *
name_of_specification (QpdfDocument pdf, qpdf_oh specification)
{
  static const char *const keys[] = {"/UF", "/F"};
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    qpdf_oh name = qpdf_oh_get_key (pdf, specification, keys[i]);
    const char *text = qpdf_oh_is_string (pdf, name) ? qpdf_oh_get_utf8_value (pdf, name) : "";
    if (*text)
      return g_strdup (name_without_folder (text));
  }
  return g_strdup ("?");
}

static void
add_stream (AttachmentWalk *walk, qpdf_oh stream, const char *name)
{
  QPDF_BOOL filtered = QPDF_FALSE;
  unsigned char *data = NULL;
  size_t size = 0;
  int id = qpdf_oh_get_object_id (walk->pdf, stream);
  if (walk->members->len >= WRAPPING_MEMBERS_LIMIT || walk->bytes > walk->source->limits.unpacked ||
      !g_hash_table_add (walk->streams, GINT_TO_POINTER (id)))
    return;
  int failed = qpdf_oh_get_stream_data (walk->pdf, stream, qpdf_dl_all, &filtered, &data, &size) & QPDF_ERRORS;
  if (!failed && data) {
    walk->bytes += size;
    members_add (walk->members, walk->source, name, g_bytes_new (data, size));
  }
  free (data);
}

static void
add_specification (AttachmentWalk *walk, qpdf_oh specification)
{
  QpdfDocument pdf = walk->pdf;
  if (!qpdf_oh_is_dictionary (pdf, specification))
    return;
  qpdf_oh files = qpdf_oh_get_key (pdf, specification, "/EF");
  if (!qpdf_oh_is_dictionary (pdf, files))
    return;
  qpdf_oh stream = qpdf_oh_get_key (pdf, files, "/UF");
  if (!qpdf_oh_is_stream (pdf, stream))
    stream = qpdf_oh_get_key (pdf, files, "/F");
  g_autofree char *name = name_of_specification (pdf, specification);
  if (qpdf_oh_is_stream (pdf, stream))
    add_stream (walk, stream, name);
}

/* A node of the tree of names: pairs of a name and a file specification, or further nodes (7.9.6). */
static void
walk_names (AttachmentWalk *walk, qpdf_oh node, int depth)
{
  QpdfDocument pdf = walk->pdf;
  if (depth == 0 || ++walk->nodes > NODES_LIMIT || !qpdf_oh_is_dictionary (pdf, node))
    return;
  qpdf_oh names = qpdf_oh_get_key (pdf, node, "/Names"), kids = qpdf_oh_get_key (pdf, node, "/Kids");
  int count = qpdf_oh_is_array (pdf, names) ? qpdf_oh_get_array_n_items (pdf, names) : 0;
  for (int i = 1; i < MIN (count, 2 * WRAPPING_MEMBERS_LIMIT); i += 2)
    add_specification (walk, qpdf_oh_get_array_item (pdf, names, i));
  count = qpdf_oh_is_array (pdf, kids) ? qpdf_oh_get_array_n_items (pdf, kids) : 0;
  for (int i = 0; i < MIN (count, NODES_LIMIT); i++)
    walk_names (walk, qpdf_oh_get_array_item (pdf, kids, i), depth - 1);
}

static void
walk_annotations (AttachmentWalk *walk, qpdf_oh page)
{
  QpdfDocument pdf = walk->pdf;
  qpdf_oh annotations = qpdf_oh_get_key (pdf, page, "/Annots");
  int count = qpdf_oh_is_array (pdf, annotations) ? qpdf_oh_get_array_n_items (pdf, annotations) : 0;
  for (int i = 0; i < MIN (count, ANNOTATIONS_LIMIT); i++) {
    qpdf_oh annotation = qpdf_oh_get_array_item (pdf, annotations, i);
    if (qpdf_oh_is_dictionary (pdf, annotation) &&
        qpdf_oh_is_name_and_equals (pdf, qpdf_oh_get_key (pdf, annotation, "/Subtype"), "/FileAttachment"))
      add_specification (walk, qpdf_oh_get_key (pdf, annotation, "/FS"));
  }
}

MODULE_ENTRY GPtrArray *
members_from_pdf (const Source *source, GError **error)
{
  g_autoptr (GPtrArray) members = members_new ();
  g_auto (QpdfDocument) pdf = qpdf_document_from_bytes (source->bytes);
  if (!pdf)
    return g_steal_pointer (&members);
  g_autoptr (GHashTable) streams = g_hash_table_new (NULL, NULL);
  AttachmentWalk walk = {.source = source, .pdf = pdf, .members = members, .streams = streams};
  g_autoptr (PageTree) tree = page_tree_from_root (pdf);
  qpdf_oh names = qpdf_oh_get_key_if_dict (pdf, qpdf_get_root (pdf), "/Names");
  walk_names (&walk, qpdf_oh_get_key_if_dict (pdf, names, "/EmbeddedFiles"), DEPTH_LIMIT);
  for (guint i = 0; i < MIN (tree->slots->len, PAGES_LIMIT); i++)
    if (g_array_index (tree->slots, PageSlot, i).page)
      walk_annotations (&walk, g_array_index (tree->slots, PageSlot, i).page);
  if (walk.bytes <= source->limits.unpacked)
    return g_steal_pointer (&members);
  fail_unpacked (source, error);
  return NULL;
}

MODULE_ENTRY gboolean
pdf_is_dynamic_form (GBytes *bytes)
{
  g_auto (QpdfDocument) pdf = qpdf_document_from_bytes (bytes);
  qpdf_oh form = pdf ? qpdf_oh_get_key_if_dict (pdf, qpdf_get_root (pdf), "/AcroForm") : 0;
  return pdf && qpdf_oh_is_dictionary (pdf, form) && qpdf_oh_has_key (pdf, form, "/XFA");
}
