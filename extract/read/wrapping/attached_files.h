/* attached_files.h - the files that a PDF carries (ISO 32000-1, 7.11.4), for wrapping.h: those of a portfolio (12.3.5),
 * attachments, and those behind the paper clips on its pages; and the forms that hide a PDF's content.
 */
#pragma once

#include <glib.h>

/* Whether the PDF is a form that only its XFA shows (12.7.8): its page says "Please wait…". */
gboolean pdf_is_dynamic_form (GBytes *bytes);
