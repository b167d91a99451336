/* answer.c - see answer.h */
#include "answer/answer.h"

#include "answer/value.h"

#include <string.h>

/* The rules of status.pattern in the order in which they are tried; those for fused marks and what
 * is asked (有死活監視, 代替手段なし, 補償は行っておりません) only where the unit asks for yes or no, or is not known. */
static const struct {
  const char *rule;
  AnswerStatus status;
  gboolean fused;
} status_rules[] = {
    {"unanswered", STATUS_UNANSWERED},
    {"partial", STATUS_PARTIAL},
    {"partial-except", STATUS_PARTIAL, TRUE},
    {"yes", STATUS_YES},
    {"no", STATUS_NO},
    {"yes-fused", STATUS_YES, TRUE},
    {"yes-named", STATUS_YES, TRUE},
    {"no-named", STATUS_NO, TRUE},
    {"no-asked", STATUS_NO, TRUE},
    {"no-fused", STATUS_NO, TRUE},
    {"planned", STATUS_PLANNED},
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

/* The same; of several words of which one is marked it is that one's. Where that one says nothing, the first of the
 * others does not say it either. */
static AnswerStatus
status_of_text (const Knowledge *knowledge, const char *text, const char *unit, int *mark_end)
{
  PatternMatch match;
  gboolean first = patterns_match_rule (knowledge->status, "chosen-first", text, 0, &match);
  if (!first && !patterns_match_rule (knowledge->status, "chosen-later", text, 0, &match))
    return status_by_rules (knowledge, text, unit, mark_end);
  AnswerStatus chosen = status_by_rules (knowledge, pattern_field (&match, "chosen"), NULL, mark_end);
  *mark_end = chosen != STATUS_STATED ? match.end : 0;
  pattern_match_clear (&match);
  return chosen == STATUS_STATED && first ? status_by_rules (knowledge, text, unit, mark_end) : chosen;
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

static AnswerStatus
status_of_mark (const Knowledge *knowledge, const char *mark)
{
  g_autofree char *plain = text_made_plain (mark);
  int end;
  return status_of_text (knowledge, plain ? plain : mark, NULL, &end);
}

Answer *
answer_from_text (const Knowledge *knowledge, const char *text, const char *unit, const char *mark)
{
  Answer *answer = answer_new ();
  g_autoptr (Plain) plain = plain_from_text (text ? text : "", VALUES_BYTES);
  int mark_end;
  answer->status = status_of_text (knowledge, plain->text, unit, &mark_end);
  answer->detail = text ? detail_from (text + g_array_index (plain->places, int, mark_end)) : NULL;
  g_ptr_array_unref (answer->values);
  answer->values = values_from_plain (knowledge, plain, text ? text : "", mark_end, unit);
  AnswerStatus marked = mark ? status_of_mark (knowledge, mark) : STATUS_STATED;
  if (marked != STATUS_STATED && (marked != STATUS_UNANSWERED || !text)) /* a dash leaves it to the answer */
    answer->status = marked;
  return answer;
}
