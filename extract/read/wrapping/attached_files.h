/* attached_files.h - the files that a PDF carries (ISO 32000-1, 7.11.4): those of a portfolio (12.3.5), attachments, and
 * those behind the paper clips on its pages.
 */
#pragma once

#include "read/source.h"

/* A list of Member (wrapping.h), empty where there are none; the caller frees. Error: LIMIT_SIZE. */
GPtrArray *members_from_pdf (const Source *source, GError **error);

/* Whether the PDF is a form that only its XFA shows (12.7.8): its page says "Please wait…". */
gboolean pdf_is_dynamic_form (GBytes *bytes);
