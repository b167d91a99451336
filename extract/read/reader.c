/* reader.c - see reader.h */
#include "read/reader.h"

#include "model/error.h"
#include "read/media_type.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct {
  const char *media_type;
  ModuleKind module;
  GPtrArray *(*pages_from_source) (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error);
} FormatReader;

/* What to do with other types. */
static const struct {
  const char *media_type, *advice;
} advices[] = {
    {"application/vnd.ms-excel", N_ ("open it and save it in the current format (.xlsx)")},
    {"application/vnd.ms-excel.sheet.binary.macroenabled.12", N_ ("open it and save it as a plain workbook (.xlsx)")},
    {"application/vnd.oasis.opendocument",
     N_ ("open it and save it as a workbook (.ods), a text document (.odt) or a PDF")},
    {"application/vnd.openxmlformats-officedocument.presentationml.presentation", N_ ("open it and save it as a PDF")},
    {"application/x-tar", N_ ("unpack it first")},
    {"application/x-7z-compressed", N_ ("unpack it first")},
    {"application/vnd.rar", N_ ("unpack it first")},
    {"application/x-bzip2", N_ ("unpack it first")},
    {"application/x-xz", N_ ("unpack it first")},
    {"application/vnd.ms-cab-compressed", N_ ("unpack it first")},
    {"application/vnd.ms-outlook", N_ ("save it in Outlook as a file .eml, or save its attachment")},
    {"application/vnd.ms-tnef", N_ ("save the attachment in Outlook and give that")},
    {"application/x-webarchive", N_ ("save the page as HTML or as a PDF")},
    {"application/vnd.ms-word.xml", N_ ("open it and save it as a PDF")},
    {"application/vnd.adobe.xdp+xml", N_ ("open it in Adobe Acrobat and print it into a PDF")},
    {"application/x-ndjson", N_ ("give each sheet alone, in a file of its own")},
    {"application/msword", N_ ("open it and save it in the current format (.docx) or as a PDF")},
    {"application/rtf", N_ ("open it and save it in the current format (.docx) or as a PDF")},
    {"application/vnd.ms-powerpoint", N_ ("open it and save it as a PDF")},
};

static const char *
advice_for (const char *media_type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (advices); i++)
    if (!strcmp (advices[i].media_type, media_type))
      return _ (advices[i].advice);
  return _ ("give a PDF, a web page (HTML), a text file, a text document (.docx, .odt) or a workbook (.xlsx, .ods)");
}

/* Always NEEDS_PASSWORD. */
static GPtrArray *
pages_from_encrypted (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error)
{
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_NEEDS_PASSWORD,
               _ ("is encrypted with a password; save a copy without one and give that"));
  return NULL;
}

void
refuse_source (const Source *source, GError **error)
{
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_UNSUPPORTED, _ ("is %s, which is not supported; %s"),
               media_type_for_people (source->media_type), advice_for (source->media_type));
}

static const FormatReader readers[] = {
    {"application/pdf", MODULE_PDF, pages_from_pdf},
    {"text/html", MODULE_NONE, pages_from_html},
    {"text/plain", MODULE_NONE, pages_from_text},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", MODULE_OFFICE, pages_from_workbook},
    {"application/vnd.ms-excel.xml", MODULE_OFFICE, pages_from_spreadsheet_xml},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", MODULE_OFFICE, pages_from_word},
    {"application/vnd.oasis.opendocument.text", MODULE_OFFICE, pages_from_opendocument},
    {"application/vnd.oasis.opendocument.spreadsheet", MODULE_OFFICE, pages_from_opendocument},
    {"application/vnd.oasis.opendocument", MODULE_OFFICE, pages_from_opendocument},
    {"application/vnd.ms-excel", MODULE_OFFICE, pages_from_old_office},
    {"application/vnd.ms-excel.sheet.binary.macroenabled.12", MODULE_OFFICE, pages_from_old_office},
    {"application/msword", MODULE_OFFICE, pages_from_old_office},
    {"application/rtf", MODULE_OFFICE, pages_from_old_office},
    {"application/x-encrypted-office", MODULE_NONE, pages_from_encrypted},
};

gboolean
reader_open_module (const ReadOptions *options, ModuleKind kind, GError **error)
{
  if (kind == MODULE_NONE)
    return TRUE;
  return options->open_module ? options->open_module (kind, options->data, error) : module_open (kind, error);
}

GPtrArray *
pages_from_source (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (readers); i++) {
    if (strcmp (readers[i].media_type, source->media_type))
      continue;
    if (!reader_open_module (options, readers[i].module, error))
      return NULL;
    return readers[i].pages_from_source (source, options, notes, error);
  }
  refuse_source (source, error);
  return NULL;
}
