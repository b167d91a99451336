/* opendocument.c - the reader of OpenDocument files (reader.h): text documents (.odt) and spreadsheets (.ods). */
#include "model/error.h"
#include "modules/module.h"
#include "read/opendocument/od_sheet.h"
#include "read/opendocument/od_text.h"

#include <glib/gi18n.h>
#include <string.h>

/* A part that is encrypted is listed so in the manifest (OpenDocument 1.3 part 2, 4.8); newer programs encrypt the package as
 * a whole. */
static gboolean
is_encrypted (Package *package, gboolean *encrypted, GError **error)
{
  *encrypted = package_has (package, "encrypted-package");
  if (*encrypted || !package_has (package, "META-INF/manifest.xml"))
    return TRUE;
  PackagePart *part = part_open (package, "META-INF/manifest.xml", error);
  if (!part)
    return FALSE;
  while (part_next (part))
    *encrypted = *encrypted || part_begins (part, "encryption-data");
  return part_close (part, error);
}

/* The name of the element of the body: "text", "spreadsheet", "presentation"; NULL: there is none. The caller frees. */
static char *
kind_of_body (Package *package, GError **error)
{
  static const char *const kinds[] = {"text", "spreadsheet", "presentation", "drawing", "chart"};
  const char *kind = NULL;
  PackagePart *part = part_open (package, "content.xml", error);
  if (!part)
    return NULL;
  gboolean body = FALSE;
  while (!kind && part_next (part)) {
    for (gsize i = 0; body && !kind && i < G_N_ELEMENTS (kinds); i++)
      kind = part_begins (part, kinds[i]) ? kinds[i] : NULL;
    body = body || part_begins (part, "body");
  }
  return part_close (part, error) ? g_strdup (kind ? kind : "") : NULL;
}

MODULE_ENTRY GPtrArray *
pages_from_opendocument (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error)
{
  gboolean encrypted;
  g_autoptr (Package) package = package_open (source, error);
  if (!package || !is_encrypted (package, &encrypted, error))
    return NULL;
  if (encrypted) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_NEEDS_PASSWORD,
                 _ ("is encrypted with a password; save a copy without one and give that"));
    return NULL;
  }
  g_autofree char *kind = kind_of_body (package, error);
  if (!kind)
    return NULL;
  if (!strcmp (kind, "text"))
    return pages_from_od_text (package, source, options, notes, error);
  if (!strcmp (kind, "spreadsheet"))
    return pages_from_od_sheets (package, options, notes, error);
  refuse_source (source, error);
  return NULL;
}
