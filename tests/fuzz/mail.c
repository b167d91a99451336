/* mail.c - made-up bytes as a mail or a page saved with its parts. */
#include "target.h"

#include "read/wrapping/wrapping.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (size == 0)
    return 0;
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  Source source = {
      .uri = "fuzz", .bytes = bytes, .media_type = "message/rfc822", .sha256 = "0", .limits = USUAL_READ_LIMITS};
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) members = members_from_mail (&source, NULL, &error);
  g_assert (members ? !error : error && g_utf8_validate (error->message, -1, NULL));
  for (guint i = 0; members && i < members->len; i++)
    g_assert (g_utf8_validate (((const Member *)members->pdata[i])->name, -1, NULL));
  return 0;
}
