/* answer.h - what an answer says: yes, no, partly, ..., and with which values.
 *
 *   unit   answer                            status   detail                         values
 *   有無   有 10営業日前にお知らせします。   yes      10営業日前にお知らせします。   P10D
 *   有無   無(検討中です)                    no       検討中です
 *   時間   3時間以内を目標                   stated   3時間以内を目標                PT3H, at most, a target
 *
 * What the cell says first decides; a mark column (対応可否), where the sheet has one, decides before it. The words are
 * data: status.pattern. A sentence that has none of them is told by its cues (sentence.h).
 */
#pragma once

#include "model/answer.h"
#include "patterns/knowledge.h"

/* TEXT: the answer cell; UNIT: the row's unit of measure; MARK: the mark column's cell. Each may be NULL; without TEXT
 * the answer is unanswered unless MARK says otherwise. Never NULL; the caller frees. */
Answer *answer_from_text (const Knowledge *knowledge, const char *text, const char *unit, const char *mark);

/* The same where it is known that QUESTION (NULL: not) is asked, the item's name: what 開示しておりません means depends on it. */
Answer *answer_to_question (const Knowledge *knowledge, const char *question, const char *text, const char *unit,
                            const char *mark);

/* The same where the answer is one of CHOICES (Choice), which it takes; DETAIL: what is written beside them, NULL:
 * nothing. */
Answer *answer_from_choices (const Knowledge *knowledge, GPtrArray *choices, const char *detail, const char *unit);
