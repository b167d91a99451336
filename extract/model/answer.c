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

static void
choice_free (gpointer data)
{
  Choice *choice = data;
  g_free (choice->text);
  g_free (choice);
}

GPtrArray *
choices_new (void)
{
  return g_ptr_array_new_with_free_func (choice_free);
}

void
choices_add (GPtrArray *choices, const char *text, gboolean chosen)
{
  Choice *choice = g_new0 (Choice, 1);
  *choice = (Choice){g_strdup (text), chosen};
  g_ptr_array_add (choices, choice);
}

int
choices_chosen (const GPtrArray *choices)
{
  int count = 0;
  for (guint i = 0; choices && i < choices->len; i++)
    count += ((const Choice *)g_ptr_array_index (choices, i))->chosen;
  return count;
}

static void
answer_by_free (gpointer data)
{
  AnswerBy *by = data;
  g_free (by->head);
  g_free (by->text);
  g_free (by);
}

GPtrArray *
answers_by_new (void)
{
  return g_ptr_array_new_with_free_func (answer_by_free);
}

void
answers_by_add (GPtrArray *by, const char *head, const char *text)
{
  AnswerBy *each = g_new0 (AnswerBy, 1);
  *each = (AnswerBy){g_strdup (head), g_strdup (text), STATUS_STATED};
  g_ptr_array_add (by, each);
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
  g_clear_pointer (&answer->choices, g_ptr_array_unref);
  g_clear_pointer (&answer->by, g_ptr_array_unref);
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
