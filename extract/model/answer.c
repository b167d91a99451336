/* answer.c - see answer.h */
#include "model/answer.h"

static void
value_free (gpointer data)
{
  Value *value = data;
  g_clear_pointer (&value->value, g_variant_unref);
  g_free (value->unit);
  g_free (value->text);
  g_free (value->subject);
  g_free (value);
}

GPtrArray *
values_new (void)
{
  return g_ptr_array_new_with_free_func (value_free);
}

Answer *
answer_new (void)
{
  Answer *answer = g_new0 (Answer, 1);
  answer->values = values_new ();
  return answer;
}

void
answer_free (Answer *answer)
{
  if (!answer)
    return;
  g_free (answer->detail);
  g_ptr_array_unref (answer->values);
  g_free (answer);
}

const char *
answer_status_name (AnswerStatus status)
{
  static const char *const names[] = {"stated", "yes", "no", "partial", "planned", "undisclosed", "unanswered"};
  return names[status];
}

const char *
bound_name (Bound bound)
{
  static const char *const names[] = {"exact", "at-least", "at-most", "about"};
  return names[bound];
}
