/* requirement.c - see requirement.h */
#include "patterns/requirement_node.h"

static gboolean
node_is_met (const Node *node, const CharacterSet *characters)
{
  if (node->kind == CHARACTER)
    return characters_have_bit (characters, node->bit);
  if (node->kind == DIGIT)
    return characters->digit;
  gboolean any = node->kind == ANY;
  for (const Node *below = node + 1, *end = node + node->span; below < end; below += below->span) {
    gboolean met =
        below->kind == CHARACTER ? characters_have_bit (characters, below->bit) : node_is_met (below, characters);
    if (met == any)
      return any;
  }
  return !any;
}

gboolean
requirement_is_met (const Requirement *requirement, const CharacterSet *characters)
{
  return !requirement->count || node_is_met (requirement->nodes, characters);
}

void
requirement_free (Requirement *requirement)
{
  g_free (requirement);
}
