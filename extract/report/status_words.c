/* status_words.c - see status_words.h */
#include "report/status_words.h"

#include "report/html.h"

#include <glib/gi18n.h>

/* In the order in which the filter shows them; the signs are those that readers of each language use, and that common fonts
 * have. */
static const char *const words[STATUS_WORDS] = {
    [STATUS_STATED] = N_ ("≡ Stated"),
    [STATUS_YES] = N_ ("✓ Yes"),
    [STATUS_NO] = N_ ("× No"),
    [STATUS_PARTIAL] = N_ ("◐ Partly"),
    [STATUS_PLANNED] = N_ ("→ Planned"),
    [STATUS_UNDISCLOSED] = N_ ("◇ Undisclosed"),
    [STATUS_UNANSWERED] = N_ ("– Unanswered"),
    [STATUS_MISSING] = N_ ("· Absent"),
};

const char *
status_words (int status)
{
  return _ (words[status]);
}

const char *
status_class (int status)
{
  return status == STATUS_MISSING ? "missing" : answer_status_name (status);
}

void
html_status (GString *html, int status)
{
  g_autofree char *classes = g_strdup_printf ("s %s", status_class (status));
  html_leaf (html, "span", status_words (status), "class", classes, NULL);
}
