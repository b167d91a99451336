/* answer.h - what an answer means: its status, and the values in it, each with the words that it was read from.
 *
 *   kind          value
 *   percentage    number
 *   duration      ISO 8601 duration, "PT3H"
 *   count         number, of what the unit names
 *   size          number, of bytes, bits or the like as the unit says
 *   frequency     {"times": 1, "times_most": 3, "per": "P1M"}; times_most is nothing if it is not a range
 *   hours         {"days", "times", "exceptions"}, see answer/hours.h
 *   time          time of day, "05:00"
 *   date          ISO 8601 date, month, year or interval, see answer/date.h
 *   standard      its name in one spelling: ISO27001 and ISO/IEC 27001
 *   certificate   {"scheme": ..., "number": ...}; scheme is nothing if the text does not name it
 *   place, url, mail    as written
 */
#pragma once

#include <glib.h>

typedef enum { BOUND_EXACT, BOUND_AT_LEAST, BOUND_AT_MOST, BOUND_ABOUT } Bound;

typedef struct {
  const char *kind; /* static; one of the above */
  GVariant *value;  /* a double, a string or a{sv}, whose members may be maybes */
  char *unit;       /* as written; NULL: none */
  Bound bound;
  gboolean target;      /* it is said to be a target (目標) */
  char *text, *subject; /* as written; subject: what it is the value of, NULL: the words before it do not say */
  int start, end;       /* bytes of the text in plain characters (text/plain.h), with the words of the bound */
} Value;

typedef enum {
  STATUS_STATED, /* none of the following */
  STATUS_YES,
  STATUS_NO,
  STATUS_PARTIAL,
  STATUS_PLANNED,
  STATUS_UNDISCLOSED,
  STATUS_UNANSWERED,
} AnswerStatus;

/* One of the answers among which a sheet lets its vendor choose: 対応, 一部対応, 非対応. */
typedef struct {
  char *text;
  gboolean chosen;
} Choice;

/* The answer for one of several plans or products that have a column each. */
typedef struct {
  char *head; /* the column's: 標準, Pro */
  char *text; /* NULL: the cell is empty */
  AnswerStatus status;
} AnswerBy;

typedef struct {
  AnswerStatus status;
  char *detail;       /* the text without the mark that gives the status; NULL: nothing else */
  GPtrArray *values;  /* Value */
  GPtrArray *choices; /* Choice, in the sheet's order; NULL: the answer is not a choice */
  GPtrArray *by;      /* AnswerBy, in the order of the columns; NULL: there is one answer */
} Answer;

/* An empty list of Choice, which frees them; and one entry more with a copy of TEXT. */
GPtrArray *choices_new (void);
void choices_add (GPtrArray *choices, const char *text, gboolean chosen);

/* How many of CHOICES are chosen; NULL: none. */
int choices_chosen (const GPtrArray *choices);

/* The same for AnswerBy; TEXT may be NULL. */
GPtrArray *answers_by_new (void);
void answers_by_add (GPtrArray *by, const char *head, const char *text);

/* An empty list of Value, which frees them. */
GPtrArray *values_new (void);

/* An answer with the status STATUS_STATED and no values; the caller frees. */
Answer *answer_new (void);
void answer_free (Answer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

/* "stated", "yes", "no", "partial", "planned", "undisclosed", "unanswered"; static. */
const char *answer_status_name (AnswerStatus status);

/* "exact", "at-least", "at-most", "about"; static. */
const char *bound_name (Bound bound);
