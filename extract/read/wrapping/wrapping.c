/* wrapping.c - see wrapping.h */
#include "read/wrapping/wrapping.h"

#include "model/error.h"

#include <glib/gi18n.h>
#include <string.h>

static const struct {
  const char *media_type;
  ModuleKind module;
  GPtrArray *(*members) (const Source *source, char *const *passwords, GError **error);
} openers[] = {
    {"application/zip", MODULE_OFFICE, members_from_zip}, {"application/gzip", MODULE_OFFICE, members_from_gzip},
    {"message/rfc822", MODULE_MAIL, members_from_mail},   {"multipart/related", MODULE_MAIL, members_from_mail},
    {"application/mbox", MODULE_MAIL, members_from_mail}, {"application/pdf", MODULE_QPDF, members_from_pdf},
};

/* Names that are no documents; what is in them is not unpacked. */
static const char *const minor_endings[] = {
    ".png", ".jpg", ".jpeg", ".gif",  ".bmp",   ".svg", ".ico", ".webp", ".tif", ".tiff",
    ".css", ".js",  ".map",  ".woff", ".woff2", ".ttf", ".otf", ".mp3",  ".mp4", ".mov",
    ".avi", ".wav", ".p7s",  ".asc",  ".sig",   ".ics", ".vcf", ".lnk",  ".url", ".ds_store",
};
static const char *const minor_types[] = {"image/", "audio/", "video/", "font/", "text/css"};

static void
member_free (gpointer data)
{
  Member *member = data;
  source_free (member->source);
  g_free (member->name);
  g_clear_error (&member->fault);
  g_free (member);
}

GPtrArray *
members_new (void)
{
  return g_ptr_array_new_with_free_func (member_free);
}

/* The path of a member called NAME by what made the wrapping: valid UTF-8 in one line, with "/" between folders, and
 * none of "..". The caller frees. */
static char *
member_name (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  g_autoptr (GString) path = g_string_new (NULL);
  g_strdelimit (valid, "\\", '/');
  g_auto (GStrv) parts = g_strsplit (valid, "/", -1);
  gboolean address = strstr (valid, "://") != NULL;
  if (address || g_str_has_prefix (valid, "cid:"))
    return g_strdup (name);
  for (char **part = parts; *part; part++)
    if (**part && !g_str_equal (*part, ".") && !g_str_equal (*part, ".."))
      g_string_append_printf (path, "%s%s", path->len > 0 ? "/" : "", *part);
  for (char *at = path->str; *at; at++)
    if (g_ascii_iscntrl (*at))
      *at = ' ';
  return path->len > 0 ? g_string_free (g_steal_pointer (&path), FALSE) : g_strdup ("?");
}

static gboolean
is_minor (const char *name, const char *media_type)
{
  g_autofree char *small = g_ascii_strdown (name, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (minor_endings); i++)
    if (g_str_has_suffix (small, minor_endings[i]))
      return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (minor_types); i++)
    if (g_str_has_prefix (media_type, minor_types[i]))
      return TRUE;
  return FALSE;
}

Member *
members_add (GPtrArray *members, const Source *source, const char *name, GBytes *bytes)
{
  Member *member = g_new0 (Member, 1);
  member->name = member_name (name);
  member->source = source_new_member (source, member->name, bytes);
  member->minor = is_minor (member->name, member->source->media_type) || g_bytes_get_size (bytes) == 0;
  g_ptr_array_add (members, member);
  return member;
}

void
members_add_fault (GPtrArray *members, const char *name, GError *fault)
{
  Member *member = g_new0 (Member, 1);
  member->name = member_name (name);
  member->minor = is_minor (member->name, "");
  member->fault = fault;
  g_ptr_array_add (members, member);
}

gboolean
source_is_wrapping (const Source *source)
{
  for (gsize i = 0; i < G_N_ELEMENTS (openers); i++)
    if (g_str_equal (openers[i].media_type, source->media_type))
      return TRUE;
  return FALSE;
}

GPtrArray *
members_from_source (const Source *source, const ReadOptions *options, GError **error)
{
  if (source->depth >= WRAPPING_DEPTH_LIMIT) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_SIZE,
                 _ ("is wrapped more than %d times, the limit is %d; unpack it first"), WRAPPING_DEPTH_LIMIT,
                 WRAPPING_DEPTH_LIMIT);
    return NULL;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (openers); i++) {
    if (!g_str_equal (openers[i].media_type, source->media_type))
      continue;
    if (!reader_open_module (options, openers[i].module, error))
      return NULL;
    return openers[i].members (source, options->passwords, error);
  }
  return members_new ();
}

void
fail_unpacked (const Source *source, GError **error)
{
  g_set_error (
      error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_SIZE,
      _ ("more than %u MiB unpacked, the limit is %u MiB; unpack it and give the sheet alone, or raise the limit "
         "with --max-unpacked"),
      mib_of_bytes (source->limits.unpacked), mib_of_bytes (source->limits.unpacked));
}
