/* sentence.c - see sentence.h */
#include "answer/sentence.h"

#include <string.h>

/* What the best status must weigh at least. */
#define WEIGHT_LEAST 1.5

#define STATUS_COUNT ((int)STATUS_UNANSWERED + 1)

/* The cues, with what each weighs for and against a status: alone (`weights`), and where its field `asked` is a word of
 * the question (`weights_asked`). Chosen on tests/sentences.tsv. */
static const struct {
  const char *rule;
  double weights[STATUS_COUNT], weights_asked[STATUS_COUNT];
} cues[] = {
    {"cue-negative", {[STATUS_NO] = 2}, {[STATUS_NO] = 2}},
    {"cue-negative-english", {[STATUS_NO] = 2, [STATUS_YES] = -2}, {[STATUS_NO] = 2, [STATUS_YES] = -2}},
    {"cue-negative-first", {[STATUS_NO] = 1.5}, {[STATUS_NO] = 1.5}},
    {"cue-double-negative", {[STATUS_NO] = -4}, {[STATUS_NO] = -4}},
    {"cue-good", {[STATUS_NO] = -3, [STATUS_UNDISCLOSED] = -2}, {0}},
    {"cue-no-need", {[STATUS_NO] = -3}, {[STATUS_NO] = -3}},
    {"cue-does", {[STATUS_YES] = 2}, {[STATUS_YES] = 2}},
    {"cue-does-asked", {0}, {[STATUS_YES] = 2}},
    {"cue-object", {[STATUS_YES] = -2}, {[STATUS_YES] = -2}},
    {"cue-topic", {[STATUS_YES] = -2}, {[STATUS_YES] = -2}},
    {"cue-way", {[STATUS_YES] = -2}, {[STATUS_YES] = -2}},
    {"cue-customer", {[STATUS_YES] = -3}, {[STATUS_YES] = -3}},
    {"cue-plan", {[STATUS_PLANNED] = 1, [STATUS_YES] = -1}, {0}},
    {"cue-plan-end", {[STATUS_PLANNED] = 1}, {[STATUS_PLANNED] = 1}},
    {"cue-future",
     {[STATUS_PLANNED] = 3, [STATUS_YES] = -2, [STATUS_NO] = -1},
     {[STATUS_PLANNED] = 3, [STATUS_YES] = -2, [STATUS_NO] = -1}},
    {"cue-no-plan", {[STATUS_PLANNED] = -5, [STATUS_NO] = 1}, {[STATUS_PLANNED] = -5, [STATUS_NO] = 1}},
    {"cue-untold",
     {[STATUS_UNDISCLOSED] = 3, [STATUS_NO] = -2, [STATUS_YES] = -3, [STATUS_PARTIAL] = -2},
     {[STATUS_YES] = -3}},
    {"cue-not-applicable", {[STATUS_UNANSWERED] = 3, [STATUS_NO] = -2}, {[STATUS_UNANSWERED] = 3, [STATUS_NO] = -2}},
    {"cue-some",
     {[STATUS_PARTIAL] = 2, [STATUS_NO] = -1, [STATUS_YES] = -1},
     {[STATUS_PARTIAL] = 2, [STATUS_NO] = -1, [STATUS_YES] = -1}},
    {"cue-only",
     {[STATUS_PARTIAL] = 1, [STATUS_NO] = -1, [STATUS_YES] = -1},
     {[STATUS_PARTIAL] = 1, [STATUS_NO] = -1, [STATUS_YES] = -1}},
    {"cue-restricts", {[STATUS_PARTIAL] = -2}, {[STATUS_PARTIAL] = -2}},
    {"cue-only-does", {[STATUS_PARTIAL] = 1, [STATUS_YES] = -2}, {[STATUS_PARTIAL] = 1, [STATUS_YES] = -2}},
    {"cue-both", {[STATUS_PARTIAL] = 3, [STATUS_NO] = -2}, {[STATUS_PARTIAL] = 3, [STATUS_NO] = -2}},
    {"cue-refers",
     {[STATUS_YES] = -3, [STATUS_NO] = -2, [STATUS_PARTIAL] = -2, [STATUS_PLANNED] = -2},
     {[STATUS_YES] = -3, [STATUS_NO] = -2, [STATUS_PARTIAL] = -2, [STATUS_PLANNED] = -2}},
};

/* Whether the question has the word that MATCH found. */
static gboolean
is_asked (const PatternMatch *match, const char *question)
{
  const char *word = pattern_field (match, "asked");
  return word && question && strstr (question, word);
}

static void
weigh (const Knowledge *knowledge, const char *sentence, const char *question, double *weights)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cues); i++) {
    PatternMatch match;
    if (!patterns_match_rule (knowledge->status, cues[i].rule, sentence, 0, &match))
      continue;
    const double *cue = is_asked (&match, question) ? cues[i].weights_asked : cues[i].weights;
    pattern_match_clear (&match);
    for (int status = 0; status < STATUS_COUNT; status++)
      weights[status] += cue[status];
  }
}

/* The status with the most weight; STATUS_STATED: it is not enough, or two have it. */
static AnswerStatus
heaviest (const double *weights)
{
  AnswerStatus best = STATUS_STATED;
  double second = 0;
  for (AnswerStatus status = STATUS_YES; status <= STATUS_UNANSWERED; status++) {
    if (best == STATUS_STATED || weights[status] > weights[best]) {
      second = best == STATUS_STATED ? second : weights[best];
      best = status;
    } else
      second = MAX (second, weights[status]);
  }
  return weights[best] >= WEIGHT_LEAST && weights[best] > second ? best : STATUS_STATED;
}

gboolean
is_followed_by_exception (const Knowledge *knowledge, const char *behind)
{
  PatternMatch match;
  if (!patterns_match_rule (knowledge->status, "behind-mark", behind, 0, &match))
    return FALSE;
  const char *remark = pattern_field (&match, "remark");
  gboolean excepts = patterns_has (knowledge->status, "excepting-remark", remark) &&
                     !patterns_has (knowledge->status, "cue-restricts", remark);
  pattern_match_clear (&match);
  return excepts;
}

/* Characters: a sentence that is no longer says its status and nothing else (公開していません). */
#define BARE_LENGTH_MOST 10

static gboolean
is_bare (const char *sentence)
{
  return g_utf8_strlen (sentence, -1) <= BARE_LENGTH_MOST && !strpbrk (sentence, "0123456789");
}

AnswerStatus
status_from_sentence (const Knowledge *knowledge, const char *text, const char *question, int *bare_end)
{
  *bare_end = 0;
  PatternMatch match;
  if (!patterns_match_rule (knowledge->status, "first-sentence", text, 0, &match))
    return STATUS_STATED;
  double weights[STATUS_COUNT] = {0};
  const char *sentence = pattern_field (&match, "sentence");
  weigh (knowledge, sentence, question, weights);
  if (weights[STATUS_YES] > 0 && is_followed_by_exception (knowledge, text + match.end)) {
    weights[STATUS_PARTIAL] += 1.5;
    weights[STATUS_YES] -= 1;
  }
  AnswerStatus status = heaviest (weights);
  *bare_end = status != STATUS_STATED && is_bare (sentence) ? match.end : 0;
  pattern_match_clear (&match);
  return status;
}

gboolean
sentence_refuses_to_tell (const Knowledge *knowledge, const char *text, const char *question)
{
  PatternMatch match;
  if (!question || !patterns_has (knowledge->status, "asks-to-tell", question) ||
      !patterns_match_rule (knowledge->status, "cue-untold", text, 0, &match))
    return FALSE;
  gboolean asked = pattern_field (&match, "asked") != NULL;
  pattern_match_clear (&match);
  return asked;
}
