/* status_html.h - statuses of answers in a report: a class for the colour and the filter, and the words (export/status_words.h).
 */
#pragma once

#include "model/item.h"

/* Beside the statuses of answers: the sheet does not have the item. */
enum { STATUS_MISSING = STATUS_UNANSWERED + 1, STATUSES };

/* The name of the class and of the filter, "yes", "missing"; static. */
const char *status_class (int status);

/* "✓ Yes"; static. */
const char *words_of_status (int status);

/* An item below this confidence is one to look at, as in sheet/summary.c. */
#define DOUBTFUL_BELOW 0.75

/* <span class="s yes">✓ Yes</span> */
void html_status (GString *html, int status);
