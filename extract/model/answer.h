/* answer.h - what an answer says: its status, and the values in it, each with the words it was read from.
 *
 *   kind          value
 *   percentage    number
 *   duration      ISO 8601 duration, "PT3H"
 *   count         number, of what the unit says
 *   size          number, of bytes, bits or the like as the unit says
 *   frequency     {"times": 1, "times_most": 3, "per": "P1M"}; times_most is nothing where no range is given
 *   hours         {"days", "times", "exceptions"}, see hours.h
 *   time          time of day, "05:00"
 *   date          ISO 8601 date, month, year or interval, see date.h
 *   standard      its name in one spelling: ISO27001 and ISO/IEC 27001
 *   certificate   {"scheme": ..., "number": ...}; scheme is nothing where the words do not say
 *   place, url, mail    as written
 */
#pragma once

#include <glib.h>

typedef enum { BOUND_EXACT, BOUND_AT_LEAST, BOUND_AT_MOST, BOUND_ABOUT } Bound;

typedef struct {
  const char *kind; /* static; one of the above */
  GVariant *value;  /* a double, a string or a{sv}; in it maybes too */
  char *unit;       /* as written; NULL: it has none */
  Bound bound;
  gboolean target;      /* the words say that it is a goal (目標) */
  char *text, *subject; /* subject: what it is the value of; NULL: the words before it do not say */
  int start, end;       /* bytes of the plain text, the words of the bound included */
} Value;

typedef enum {
  STATUS_STATED, /* something else than the following */
  STATUS_YES,
  STATUS_NO,
  STATUS_PARTIAL,
  STATUS_PLANNED,
  STATUS_UNDISCLOSED,
  STATUS_UNANSWERED,
} AnswerStatus;

typedef struct {
  AnswerStatus status;
  char *detail;      /* the text without the mark that tells the status; NULL: nothing is left */
  GPtrArray *values; /* Value */
} Answer;

/* A list of Value, which frees them. */
GPtrArray *values_new (void);

/* One without status and values yet. */
Answer *answer_new (void);
void answer_free (Answer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

/* "yes", "no", "partial", "planned", "undisclosed", "unanswered", "stated". */
const char *answer_status_name (AnswerStatus status);

/* "exact", "at-least", "at-most", "about". */
const char *bound_name (Bound bound);
