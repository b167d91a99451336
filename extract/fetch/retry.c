/* retry.c - see retry.h */
#include "fetch/retry.h"

#include <curl/curl.h>
#include <math.h>
#include <string.h>

static const double longest_pause = 60;

gboolean
status_may_pass (long status)
{
  return status == 408 || status == 429 || (status >= 500 && status <= 599);
}

double
retry_after_seconds (const char *value, gint64 now)
{
  if (!value || !*value)
    return -1;
  if (strspn (value, "0123456789") == strlen (value))
    return MIN (g_ascii_strtod (value, NULL), RETRY_AFTER_LONGEST);
  time_t then = curl_getdate (value, NULL);
  if (then == -1)
    return -1;
  return CLAMP ((double)then - (double)now, 0, RETRY_AFTER_LONGEST);
}

double
retry_pause (int failures, double first)
{
  double span = MIN (longest_pause, first * exp2 (MIN (failures, 16) - 1));
  return span > 0 ? g_random_double_range (0, span) : 0;
}
