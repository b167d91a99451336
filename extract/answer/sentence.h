/* sentence.h - what a sentence says that no rule of status.pattern knows as it is: its cues are weighed.
 *
 *     一部の帳票を除き、対応しております。      some       partial +2, no -1, yes -1
 *                                               does       yes +2                       ──► partial
 *     お客様側での取得をお願いしており、弊社での取得は行っておりません。
 *                                               negative   no +2                        ──► no
 *     データを国外に保存していません。          negative   no +2
 *                                               good       no -3: this is as it should be ──► stated
 *
 * A cue is a rule of status.pattern that is named "cue-…"; what it weighs is in the table of sentence.c. The status with
 * the most weight is the sentence's, if that is enough and more than any other's; else the sentence is left as stated.
 *
 * What is asked decides too: 制限していません is good news, but not where the question is of 入力データ形式の制限機能; and 開示していません
 * tells nothing, unless the question is whether something is disclosed.
 */
#pragma once

#include "model/answer.h"
#include "patterns/knowledge.h"

/* TEXT: plain (text/plain.h); its first sentence is read. QUESTION: what is asked, in plain characters; NULL: not known.
 * *BARE_END becomes the byte behind the sentence where it says its status and nothing else, else 0. */
AnswerStatus status_from_sentence (const Knowledge *knowledge, const char *text, const char *question, int *bare_end);

/* Whether BEHIND, what follows a mark or a sentence, excepts something from it: （一部の機能を除く）; ただし、一部の装置を除きます. */
gboolean is_followed_by_exception (const Knowledge *knowledge, const char *behind);

/* Whether TEXT says that it is not told what QUESTION (as above) asks to be told, disclosed or published: a no. */
gboolean sentence_refuses_to_tell (const Knowledge *knowledge, const char *text, const char *question);
