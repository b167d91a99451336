/* head.h - what the words of a column's head say that the column is.
 *
 *   head                                   rule
 *   No.                                    number
 *   種別 Category                          category      both languages say it, or one alone
 *   内容                                   content       the definition, or the answer where there is no other
 *   対応状況（1:対応 2:一部対応）          answer        a legend is left out
 *
 * The rules are those of patterns/columns.pattern; here is how much each weighs for each kind of column.
 */
#pragma once

#include "model/item.h"
#include "patterns/knowledge.h"

typedef enum {
  HEAD_UNKNOWN,
  HEAD_NUMBER,
  HEAD_CATEGORY,
  HEAD_NAME,
  HEAD_REQUIREMENT, /* what is asked, be it the name or the definition: Requirement, 設問 */
  HEAD_DEFINITION,
  HEAD_CONTENT, /* what is told of the item: its definition or its answer */
  HEAD_UNIT,
  HEAD_ANSWER,
  HEAD_MARK,
  HEAD_EXAMPLE,
  HEAD_REMARK, /* beside the answer; the answer only where nothing else is */
  HEAD_OTHER,  /* never the answer */
  HEAD_PLAN,   /* one of several plans: 標準, Pro */
  HEAD_RULES,
} HeadRule;

/* The rule of HEAD. */
HeadRule head_rule (const Knowledge *knowledge, const char *head);

/* The same where HEAD has no other words, in one language. */
HeadRule head_rule_whole (const Knowledge *knowledge, const char *head);

/* Whether HEAD may say that the column has names, definitions or contents: asked first, since one cell of a row of heads
 * does, nearly no other cell does, and the other rules take far longer. */
gboolean head_names_items (const Knowledge *knowledge, const char *head);

/* How well a column whose head has RULE fits KIND: 6 is a plain word for it, -10 excludes it. */
double head_fit (HeadRule rule, ColumnKind kind);
