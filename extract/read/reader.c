/* reader.c - see reader.h */
#include "read/reader.h"

#include "error.h"
#include "read/media_type.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct {
  const char *media_type;
  GPtrArray *(*pages_from_source) (const Source *source, GPtrArray *notes, GError **error);
} Reader;

static const Reader readers[] = {
    {"application/pdf", pages_from_pdf},
    {"text/html", pages_from_html},
    {"text/plain", pages_from_text},
};

GPtrArray *
pages_from_source (const Source *source, GPtrArray *notes, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (readers); i++)
    if (!strcmp (readers[i].media_type, source->media_type))
      return readers[i].pages_from_source (source, notes, error);
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_UNSUPPORTED,
               _ ("is %s, which is not read; give a PDF, a web page (HTML) or a text file"),
               media_type_for_people (source->media_type));
  return NULL;
}
