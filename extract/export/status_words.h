/* status_words.h - statuses of answers for people: a sign and a word, the same in every table and report. */
#pragma once

/* "✓ Yes" in the user's language, for "yes": a status as in the JSON, or "missing", the sheet does not have the item. One
 * that is not known is its own word. Static or borrowed. */
const char *status_words (const char *status);
