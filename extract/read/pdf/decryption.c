/* decryption.c - see decryption.h */
#include "read/pdf/decryption.h"

#include "modules/module.h"
#include "read/pdf/qpdf_document.h"

static GBytes *
decrypted_by (GBytes *bytes, const char *password)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_auto (QpdfDocument) pdf = qpdf_init ();
  qpdf_silence_errors (pdf);
  qpdf_set_suppress_warnings (pdf, QPDF_TRUE);
  gboolean opened =
      !(qpdf_read_memory (pdf, "", data, size, password) & QPDF_ERRORS || qpdf_init_write_memory (pdf) & QPDF_ERRORS);
  if (opened)
    qpdf_set_preserve_encryption (pdf, QPDF_FALSE);
  if (!opened || qpdf_write (pdf) & QPDF_ERRORS) {
    (void)qpdf_get_error (pdf); /* an error that nobody asked for is printed on standard error */
    return NULL;
  }
  return g_bytes_new (qpdf_get_buffer (pdf), qpdf_get_buffer_length (pdf));
}

MODULE_ENTRY GBytes *
pdf_decrypted (GBytes *bytes, char *const *passwords)
{
  static const char *const encodings[] = {"ISO-8859-1", "CP932"};
  for (char *const *password = passwords; *password; password++) {
    GBytes *decrypted = decrypted_by (bytes, *password);
    for (gsize i = 0; !decrypted && !g_str_is_ascii (*password) && i < G_N_ELEMENTS (encodings); i++) {
      g_autofree char *other = g_convert (*password, -1, encodings[i], "UTF-8", NULL, NULL, NULL);
      decrypted = other ? decrypted_by (bytes, other) : NULL;
    }
    if (decrypted)
      return decrypted;
  }
  return NULL;
}
