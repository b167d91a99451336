/* requirement_node.h - a requirement in memory; private to requirement*.c
 *
 * Nodes stand each before those below it: of 日次|毎[日週] they are any(10) all(3) 日 次 all(5) 毎 any(3) 日 週, each
 * with how many nodes it is.
 */
#pragma once

#include "patterns/requirement.h"

typedef enum { ALL, ANY, CHARACTER, DIGIT } Kind;

typedef struct {
  Kind kind;
  gunichar character;
  guint bit;  /* its own, in a set */
  guint span; /* how many nodes it is with those below it */
} Node;

struct Requirement {
  guint count; /* 0: it is always met */
  Node nodes[];
};
