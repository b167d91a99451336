/* status_html.c - see status_html.h */
#include "report/status_html.h"

#include "export/status_words.h"
#include "report/html.h"

const char *
status_class (int status)
{
  return status == STATUS_MISSING ? "missing" : answer_status_name (status);
}

const char *
words_of_status (int status)
{
  return status_words (status_class (status));
}

void
html_status (GString *html, int status)
{
  g_autofree char *classes = g_strdup_printf ("s %s", status_class (status));
  html_leaf (html, "span", words_of_status (status), "class", classes, NULL);
}
