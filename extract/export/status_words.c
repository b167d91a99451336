/* status_words.c - see status_words.h */
#include "export/status_words.h"

#include <glib.h>
#include <glib/gi18n.h>

/* The signs are those that readers of each language use (a tick marks what is wrong in Japan), and that common fonts
 * have. */
static const struct {
  const char *status, *words;
} statuses[] = {
    {"yes", N_ ("✓ Yes")},
    {"no", N_ ("× No")},
    {"partial", N_ ("◐ Partly")},
    {"planned", N_ ("→ Planned")},
    {"undisclosed", N_ ("◇ Undisclosed")},
    {"unanswered", N_ ("– Unanswered")},
    {"stated", N_ ("≡ Stated")},
    {"missing", N_ ("· Missing")},
};

const char *
status_words (const char *status)
{
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (g_str_equal (statuses[i].status, status))
      return _ (statuses[i].words);
  return status;
}
