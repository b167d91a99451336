/* quiet.h - a PDF in qpdf's hands, which says nothing on standard error: errors and warnings are asked for. */
#pragma once

#include <glib.h>
#include <qpdf/qpdf-c.h>

typedef qpdf_data QuietPdf;

/* NULL: qpdf cannot open BYTES, which must outlive it; it mends an index that is wrong. */
QuietPdf quiet_pdf_from_bytes (GBytes *bytes);

void quiet_pdf_free (QuietPdf pdf);
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (QuietPdf, quiet_pdf_free, NULL)

/* Whether qpdf warned, or failed, since the last time this was asked. */
gboolean quiet_pdf_complained (QuietPdf pdf);
