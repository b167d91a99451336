/* old_office.c - the reader of the formats that Office no longer saves by itself (reader.h): LibreOffice saves them in the
 * current ones, whose readers read them. */
#include "model/error.h"
#include "read/container.h"
#include "read/media_type.h"
#include "read/office/libreoffice.h"
#include "read/reader.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct {
  const char *media_type, *from, *to; /* file name extensions */
  const char *filter;                 /* what LibreOffice calls the format */
  GPtrArray *(*pages_from_saved) (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error);
  gboolean (*is_encrypted) (GBytes *bytes); /* NULL: it cannot be */
} OldFormat;

enum { HEAD_BYTES = 64 };

/* [MS-XLS], 2.4.117: a record FilePass among the first, after BOF and maybe WriteProtect (2.4.349). */
static gboolean
workbook_is_encrypted (GBytes *bytes)
{
  enum { FILE_PASS = 0x2f, WRITE_PROTECT = 0x86, BOF = 0x809 };
  guint8 head[HEAD_BYTES];
  gsize length = ole_stream_head (bytes, "Workbook", head, sizeof head);
  for (gsize at = 0; at + 4 <= length;) {
    int record = head[at] | head[at + 1] << 8;
    if (record == FILE_PASS)
      return TRUE;
    if (record != BOF && record != WRITE_PROTECT)
      return FALSE;
    at += 4 + (head[at + 2] | head[at + 3] << 8);
  }
  return FALSE;
}

/* [MS-DOC], 2.5.2: FibBase.fEncrypted. */
static gboolean
document_is_encrypted (GBytes *bytes)
{
  enum { FLAGS = 11, ENCRYPTED = 1 };
  guint8 head[HEAD_BYTES];
  gsize length = ole_stream_head (bytes, "WordDocument", head, sizeof head);
  return length > FLAGS && head[FLAGS] & ENCRYPTED;
}

static const OldFormat formats[] = {
    {"application/vnd.ms-excel", "xls", "xlsx", "MS Excel 97", pages_from_workbook, workbook_is_encrypted},
    {"application/vnd.ms-excel.sheet.binary.macroenabled.12", "xlsb", "xlsx", "Calc MS Excel 2007 Binary",
     pages_from_workbook, NULL},
    {"application/msword", "doc", "docx", "MS Word 97", pages_from_word, document_is_encrypted},
    {"application/rtf", "rtf", "docx", "Rich Text Format", pages_from_word, NULL},
};

static GPtrArray *
pages_from_saved (const OldFormat *format, GBytes *saved, const Source *source, const ReadOptions *options,
                  GPtrArray *notes, GError **error)
{
  Source copy = *source;
  copy.bytes = saved;
  GPtrArray *pages = format->pages_from_saved (&copy, options, notes, error);
  if (pages)
    notes_add (notes, "converted", NOTE_INFO, (Place){0},
               "The document was saved as .%s by LibreOffice, and that was read; its places are those of the copy.",
               format->to);
  return pages;
}

/* UNSUPPORTED: LibreOffice is not installed. */
static GBytes *
saved_by_office (const OldFormat *format, const Source *source, const ReadOptions *options, GError **error)
{
  if (options->save_office)
    return options->save_office (source->bytes, format->from, format->filter, format->to, options->data, error);
  g_autofree char *program = libreoffice_path ();
  if (program)
    return libreoffice_convert (program, source->bytes, NULL, format->from, format->filter, format->to, error);
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_UNSUPPORTED, "-");
  return NULL;
}

GPtrArray *
pages_from_old_office (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error)
{
  const OldFormat *format = formats;
  while (strcmp (format->media_type, source->media_type))
    format++;
  if (format->is_encrypted && format->is_encrypted (source->bytes)) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_NEEDS_PASSWORD,
                 _ ("is encrypted with a password; save a copy without one and give that"));
    return NULL;
  }
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) saved = saved_by_office (format, source, options, &failure);
  if (g_error_matches (failure, CHECKSHEET_ERROR, CHECKSHEET_ERROR_UNSUPPORTED))
    refuse_source (source, error);
  else if (failure)
    g_propagate_error (error, g_steal_pointer (&failure));
  return saved ? pages_from_saved (format, saved, source, options, notes, error) : NULL;
}
