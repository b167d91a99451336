/* requirement.h - the characters that a text must have in it for an expression to match anywhere in it
 *
 * Most expressions are searched in most answers in vain, and to find that out at every character of the text is what
 * recognition would spend its time on. So what an expression cannot do without is read off it once, and a text that has
 * not got it is not searched at all:
 *
 *     日次|毎[日週]|(?<n>\d+)時間?     any ─┬─ all: 日 次
 *                                           ├─ all: 毎, any: 日 週
 *                                           └─ all: a digit, 時
 *
 * What may be left out (? * {0,3}), what must not be there ((?!…), [^…]) and what stands for too many characters (\s,
 * \p{L}, [一-龠]) asks for nothing; nor does an expression with anything in it that is not known here. The syntax is
 * that of pcre2pattern(3).
 */
#pragma once

#include "patterns/character_set.h"

typedef struct Requirement Requirement;

typedef struct {
  gboolean caseless, extended; /* the expression's options */
} RequirementOptions;

/* That of EXPRESSION, which PCRE2 takes for right; never NULL. */
Requirement *requirement_from_expression (const char *expression, RequirementOptions options);
void requirement_free (Requirement *requirement); /* NULL is allowed */

/* FALSE: the expression matches nowhere in a text of these characters. */
gboolean requirement_is_met (const Requirement *requirement, const CharacterSet *characters);
