/* status_words.h - statuses of answers for people: a sign and a word in the user's language, and a class for the colour.
 */
#pragma once

#include "model/item.h"

/* Beside the statuses of answers: the sheet does not have the item. */
enum { STATUS_MISSING = STATUS_UNANSWERED + 1, STATUS_WORDS };

/* "✓ Yes"; static. */
const char *status_words (int status);

/* The name of the class and of the filter, "yes", "missing"; static. */
const char *status_class (int status);

/* An item below this confidence is one to look at, as in sheet/summary.c. */
#define DOUBTFUL_BELOW 0.75

/* <span class="s yes">✓ Yes</span> */
void html_status (GString *html, int status);
