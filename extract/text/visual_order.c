/* visual_order.c - see visual_order.h */
#include "text/visual_order.h"

#include <glib.h>
#include <unicode/ubidi.h>
#include <unicode/ustring.h>

/* How many letters of LINE run to the left, less those that run to the right; *ANY: whether there is one that does. */
static int
leftward_letters (const char *line, gboolean *any)
{
  int count = 0;
  *any = FALSE;
  for (const char *at = line; *at; at = g_utf8_next_char (at)) {
    UCharDirection direction = (guchar)*at < 0x80 ? (g_ascii_isalpha (*at) ? U_LEFT_TO_RIGHT : U_OTHER_NEUTRAL)
                                                  : u_charDirection ((UChar32)g_utf8_get_char (at));
    gboolean leftward = direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC;
    *any = *any || leftward;
    count += leftward ? 1 : direction == U_LEFT_TO_RIGHT ? -1 : 0;
  }
  return count;
}

char *
text_logical_from_visual (const char *line)
{
  gboolean any;
  UBiDiLevel level = leftward_letters (line, &any) > 0 ? 1 : 0;
  glong units = 0;
  if (!any)
    return NULL;
  g_autofree gunichar2 *visual = g_utf8_to_utf16 (line, -1, NULL, &units, NULL);
  g_autofree UChar *logical = g_new (UChar, units + 1);
  UErrorCode status = U_ZERO_ERROR;
  UBiDi *bidi = ubidi_open ();
  ubidi_setReorderingMode (bidi, UBIDI_REORDER_INVERSE_LIKE_DIRECT);
  ubidi_setPara (bidi, (const UChar *)visual, (int32_t)units, level, NULL, &status);
  int32_t length = ubidi_writeReordered (bidi, logical, (int32_t)units + 1, UBIDI_KEEP_BASE_COMBINING, &status);
  ubidi_close (bidi);
  return U_SUCCESS (status) ? g_utf16_to_utf8 ((const gunichar2 *)logical, length, NULL, NULL, NULL) : NULL;
}
