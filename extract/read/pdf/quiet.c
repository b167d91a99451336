/* quiet.c - see quiet.h */
#include "read/pdf/quiet.h"

QuietPdf
quiet_pdf_from_bytes (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_auto (QuietPdf) pdf = qpdf_init ();
  qpdf_silence_errors (pdf);
  qpdf_set_suppress_warnings (pdf, QPDF_TRUE);
  if (qpdf_read_memory (pdf, "", data, size, NULL) & QPDF_ERRORS)
    return NULL;
  return g_steal_pointer (&pdf);
}

void
quiet_pdf_free (QuietPdf pdf)
{
  qpdf_cleanup (&pdf);
}

gboolean
quiet_pdf_complained (QuietPdf pdf)
{
  gboolean complained = FALSE;
  while (qpdf_more_warnings (pdf)) {
    qpdf_next_warning (pdf);
    complained = TRUE;
  }
  if (qpdf_has_error (pdf)) {
    qpdf_get_error (pdf);
    complained = TRUE;
  }
  return complained;
}
