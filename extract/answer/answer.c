/* answer.c - see answer.h */
#include "answer/answer.h"

#include "answer/choice.h"
#include "answer/sentence.h"
#include "answer/value.h"

#include <string.h>

/* The rules of status.pattern in the order in which they are tried; those for fused marks and what
 * is asked (有死活監視, 代替手段なし) only where the unit asks for yes or no, or is not known. */
static const struct {
  const char *rule;
  AnswerStatus status;
  gboolean fused;
} status_rules[] = {
    {"unanswered", STATUS_UNANSWERED},
    {"partial", STATUS_PARTIAL},
    {"yes", STATUS_YES},
    {"no", STATUS_NO},
    {"yes-fused", STATUS_YES, TRUE},
    {"yes-named", STATUS_YES, TRUE},
    {"no-asked", STATUS_NO},
    {"no-fused", STATUS_NO, TRUE},
    {"undisclosed", STATUS_UNDISCLOSED},
};

static gboolean
asks_for_presence (const Knowledge *knowledge, const char *unit)
{
  return !unit || patterns_has (knowledge->status, "presence", unit);
}

/* TEXT is plain. *MARK_END becomes the byte after the mark, 0 where no mark decides the status. */
static AnswerStatus
status_by_rules (const Knowledge *knowledge, const char *text, const char *unit, int *mark_end)
{
  gboolean presence = asks_for_presence (knowledge, unit);
  *mark_end = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (status_rules); i++) {
    PatternMatch match;
    if ((status_rules[i].fused && !presence) ||
        !patterns_match_rule (knowledge->status, status_rules[i].rule, text, 0, &match))
      continue;
    *mark_end = pattern_field (&match, "mark") ? match.end : 0;
    pattern_match_clear (&match);
    return status_rules[i].status;
  }
  return STATUS_STATED;
}

/* Whether STATUS, which the cues of a sentence tell, is an answer where the unit asks for something else than yes or no:
 * 終日対応しています and 月1回の停止を予定しています are not; 検討中です and ございません, which say nothing else (IS_BARE), are. */
static gboolean
answers_any_unit (AnswerStatus status, gboolean is_bare)
{
  switch (status) {
  case STATUS_YES:
  case STATUS_PARTIAL:
    return FALSE;
  case STATUS_NO:
  case STATUS_PLANNED:
    return is_bare;
  default:
    return TRUE;
  }
}

/* The same for an answer to QUESTION, which may be NULL: where no rule tells, the cues of the sentence may. */
static AnswerStatus
status_of_answer (const Knowledge *knowledge, const char *question, const char *text, const char *unit, int *mark_end)
{
  g_autofree char *plain = question ? text_made_plain (question) : NULL;
  const char *asked = plain ? plain : question;
  AnswerStatus status = status_by_rules (knowledge, text, unit, mark_end);
  if (status == STATUS_YES && *mark_end > 0 && is_followed_by_exception (knowledge, text + *mark_end))
    return STATUS_PARTIAL;
  if ((status == STATUS_UNDISCLOSED || status == STATUS_STATED) && sentence_refuses_to_tell (knowledge, text, asked))
    return STATUS_NO;
  if (status != STATUS_STATED)
    return status;
  int bare_end;
  status = status_from_sentence (knowledge, text, asked, &bare_end);
  if (!asks_for_presence (knowledge, unit) && !answers_any_unit (status, bare_end > 0))
    return STATUS_STATED;
  *mark_end = status == STATUS_UNANSWERED ? 0 : bare_end;
  return status;
}

/* Whether TEXT is one pair of brackets and what is in it. */
static gboolean
is_bracketed (const char *text)
{
  int depth = 0;
  for (const char *at = text; *at; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    depth += character == '(' || character == 0xFF08;
    depth -= character == ')' || character == 0xFF09;
    if (depth == 0)
      return at > text && !*g_utf8_next_char (at);
  }
  return FALSE;
}

static char *
detail_from (const char *text)
{
  g_autofree char *detail = g_strstrip (g_strdup (text));
  if (is_bracketed (detail)) {
    const char *first = g_utf8_next_char (detail), *last = g_utf8_prev_char (detail + strlen (detail));
    char *inner = g_strstrip (g_strndup (first, last - first));
    g_free (detail);
    detail = inner;
  }
  return *detail ? g_steal_pointer (&detail) : NULL;
}

/* The status of words that are an answer by themselves: a mark, a choice, the head of a ticked column. */
static AnswerStatus
status_of_words (const Knowledge *knowledge, const char *words)
{
  g_autofree char *plain = text_made_plain (words);
  int end;
  return status_of_answer (knowledge, NULL, plain ? plain : words, NULL, &end);
}

/* The choices that are printed in a column of marks, 有・【無】 beside an answer; NULL: MARK is none. */
static GPtrArray *
choices_of_mark (const Knowledge *knowledge, const char *mark)
{
  int end;
  g_autoptr (Plain) plain = mark ? plain_from_text (mark, VALUES_BYTES) : NULL;
  return mark ? choices_from_text (knowledge, mark, plain, &end) : NULL;
}

/* None of the choices is chosen: no answer. Of several the status is left open. */
static AnswerStatus
status_of_choices (const Knowledge *knowledge, const GPtrArray *choices)
{
  int chosen = choices_chosen (choices);
  for (guint i = 0; i < choices->len && chosen == 1; i++) {
    const Choice *choice = g_ptr_array_index (choices, i);
    if (choice->chosen)
      return status_of_words (knowledge, choice->text);
  }
  return chosen == 0 ? STATUS_UNANSWERED : STATUS_STATED;
}

Answer *
answer_from_text (const Knowledge *knowledge, const char *text, const char *unit, const char *mark)
{
  return answer_to_question (knowledge, NULL, text, unit, mark);
}

Answer *
answer_to_question (const Knowledge *knowledge, const char *question, const char *text, const char *unit,
                    const char *mark)
{
  Answer *answer = answer_new ();
  g_autoptr (Plain) plain = plain_from_text (text ? text : "", VALUES_BYTES);
  int mark_end = 0;
  answer->choices = text ? choices_from_text (knowledge, text, plain, &mark_end) : NULL;
  answer->status = answer->choices ? status_of_choices (knowledge, answer->choices)
                                   : status_of_answer (knowledge, question, plain->text, unit, &mark_end);
  answer->detail = text ? detail_from (text + g_array_index (plain->places, int, mark_end)) : NULL;
  g_ptr_array_unref (answer->values);
  answer->values = values_from_plain (knowledge, plain, text ? text : "", mark_end, unit);
  g_autoptr (GPtrArray) choices = choices_of_mark (knowledge, mark);
  AnswerStatus marked = choices ? status_of_choices (knowledge, choices)
                        : mark  ? status_of_words (knowledge, mark)
                                : STATUS_STATED;
  if (choices && !answer->choices && (choices_chosen (choices) > 0 || !text))
    answer->choices = g_steal_pointer (&choices);
  if (marked != STATUS_STATED && (marked != STATUS_UNANSWERED || !text)) /* a dash leaves it to the answer */
    answer->status = marked;
  return answer;
}

Answer *
answer_from_choices (const Knowledge *knowledge, GPtrArray *choices, const char *detail, const char *unit)
{
  Answer *answer = answer_from_text (knowledge, detail, unit, NULL);
  g_free (answer->detail);
  answer->detail = g_strdup (detail);
  g_clear_pointer (&answer->choices, g_ptr_array_unref);
  answer->choices = choices;
  answer->status = status_of_choices (knowledge, choices);
  return answer;
}
