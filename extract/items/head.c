/* head.c - see head.h */
#include "items/head.h"

#include "answer/choice.h"

#include <string.h>

/* A longer text is a sentence; bytes. */
#define HEAD_BYTES 240

static const char *const rule_names[HEAD_RULES] = {
    NULL,   "number", "category", "name",    "requirement", "definition", "content",
    "unit", "answer", "mark",     "example", "remark",      "other",      "plan",
};

/* What has no number here is 0 of a rule: neither for nor against it. Weighed on the corpus, the cases and the sheets of
 * tests/test_columns.py: the words of a head count for as much as cells of which all are what the column should have
 * (columns.c), so that a head is outvoted only by most of its cells. */
static const double fits[HEAD_RULES][COLUMN_KINDS] = {
    [HEAD_UNKNOWN] = {[COLUMN_NUMBER] = -1, [COLUMN_MARK] = -6, [COLUMN_OTHER] = 2},
    [HEAD_NUMBER] = {[COLUMN_NUMBER] = 6,
                     [COLUMN_CATEGORY] = -3,
                     [COLUMN_NAME] = -4,
                     [COLUMN_DEFINITION] = -6,
                     [COLUMN_UNIT] = -6,
                     [COLUMN_ANSWER] = -10,
                     [COLUMN_MARK] = -10},
    [HEAD_CATEGORY] = {[COLUMN_NUMBER] = -3,
                       [COLUMN_CATEGORY] = 6,
                       [COLUMN_DEFINITION] = -3,
                       [COLUMN_UNIT] = -6,
                       [COLUMN_ANSWER] = -10,
                       [COLUMN_MARK] = -10},
    [HEAD_NAME] = {[COLUMN_NUMBER] = -3,
                   [COLUMN_CATEGORY] = 1,
                   [COLUMN_NAME] = 6,
                   [COLUMN_DEFINITION] = 2,
                   [COLUMN_UNIT] = -6,
                   [COLUMN_ANSWER] = -10,
                   [COLUMN_MARK] = -10},
    [HEAD_REQUIREMENT] = {[COLUMN_NUMBER] = -6,
                          [COLUMN_CATEGORY] = -1,
                          [COLUMN_NAME] = 4,
                          [COLUMN_DEFINITION] = 4,
                          [COLUMN_UNIT] = -6,
                          [COLUMN_ANSWER] = -10,
                          [COLUMN_MARK] = -10},
    [HEAD_DEFINITION] = {[COLUMN_NUMBER] = -6,
                         [COLUMN_CATEGORY] = -3,
                         [COLUMN_NAME] = 1,
                         [COLUMN_DEFINITION] = 6,
                         [COLUMN_UNIT] = -3,
                         [COLUMN_ANSWER] = -1,
                         [COLUMN_MARK] = -10},
    [HEAD_CONTENT] = {[COLUMN_NUMBER] = -6,
                      [COLUMN_CATEGORY] = -3,
                      [COLUMN_NAME] = -1,
                      [COLUMN_DEFINITION] = 4,
                      [COLUMN_UNIT] = -3,
                      [COLUMN_ANSWER] = 4,
                      [COLUMN_MARK] = -4},
    [HEAD_UNIT] = {[COLUMN_NUMBER] = -6,
                   [COLUMN_CATEGORY] = -3,
                   [COLUMN_NAME] = -6,
                   [COLUMN_DEFINITION] = -3,
                   [COLUMN_UNIT] = 6,
                   [COLUMN_ANSWER] = -6,
                   [COLUMN_MARK] = -6},
    [HEAD_ANSWER] = {[COLUMN_NUMBER] = -6,
                     [COLUMN_CATEGORY] = -6,
                     [COLUMN_NAME] = -6,
                     [COLUMN_DEFINITION] = -3,
                     [COLUMN_UNIT] = -3,
                     [COLUMN_ANSWER] = 6,
                     [COLUMN_MARK] = 2},
    [HEAD_MARK] = {[COLUMN_NUMBER] = -6,
                   [COLUMN_CATEGORY] = -6,
                   [COLUMN_NAME] = -6,
                   [COLUMN_DEFINITION] = -6,
                   [COLUMN_UNIT] = -2,
                   [COLUMN_ANSWER] = 4,
                   [COLUMN_MARK] = 6},
    [HEAD_EXAMPLE] = {[COLUMN_NUMBER] = -10,
                      [COLUMN_CATEGORY] = -10,
                      [COLUMN_NAME] = -10,
                      [COLUMN_DEFINITION] = -10,
                      [COLUMN_UNIT] = -10,
                      [COLUMN_ANSWER] = -10,
                      [COLUMN_MARK] = -10,
                      [COLUMN_EXAMPLE] = 6},
    [HEAD_REMARK] = {[COLUMN_NUMBER] = -6,
                     [COLUMN_CATEGORY] = -6,
                     [COLUMN_NAME] = -6,
                     [COLUMN_DEFINITION] = -3,
                     [COLUMN_UNIT] = -6,
                     [COLUMN_ANSWER] = -3,
                     [COLUMN_MARK] = -6,
                     [COLUMN_OTHER] = 5},
    [HEAD_OTHER] = {[COLUMN_NUMBER] = -3,
                    [COLUMN_CATEGORY] = -6,
                    [COLUMN_NAME] = -6,
                    [COLUMN_DEFINITION] = -6,
                    [COLUMN_UNIT] = -6,
                    [COLUMN_ANSWER] = -10,
                    [COLUMN_MARK] = -10,
                    [COLUMN_OTHER] = 5},
    [HEAD_PLAN] = {[COLUMN_NUMBER] = -6,
                   [COLUMN_CATEGORY] = -6,
                   [COLUMN_NAME] = -6,
                   [COLUMN_DEFINITION] = -6,
                   [COLUMN_UNIT] = -6,
                   [COLUMN_ANSWER] = 4,
                   [COLUMN_MARK] = -6,
                   [COLUMN_OTHER] = 2},
};

HeadRule
head_rule_whole (const Knowledge *knowledge, const char *head)
{
  const char *rule = *head && strlen (head) <= HEAD_BYTES ? patterns_rule_for (knowledge->columns, head) : NULL;
  for (int i = HEAD_UNKNOWN + 1; rule && i < HEAD_RULES; i++)
    if (g_str_equal (rule, rule_names[i]))
      return (HeadRule)i;
  return HEAD_UNKNOWN;
}

typedef enum { PART_SPACE, PART_SIGN, PART_LATIN, PART_OTHER } PartKind;

static PartKind
part_kind (gunichar character)
{
  if (g_unichar_isspace (character))
    return PART_SPACE;
  if (character == '\n' || g_utf8_strchr ("/／|｜()（）[]［］・:：", -1, character))
    return PART_SIGN;
  return character < 0x2000 ? PART_LATIN : PART_OTHER;
}

/* HEAD in parts of one language each: cut where Latin letters and others meet, at line ends, slashes and brackets. */
static GPtrArray *
parts_of_head (const char *head)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  PartKind before = PART_SIGN;
  const char *start = head;
  for (const char *at = head;; at = g_utf8_next_char (at)) {
    PartKind kind = *at ? part_kind (g_utf8_get_char (at)) : PART_SIGN;
    kind = *at == '\n' ? PART_SIGN : kind == PART_SPACE ? before : kind;
    if (kind != before || !*at) {
      char *part = g_strstrip (g_strndup (start, at - start));
      if (before != PART_SIGN && *part)
        g_ptr_array_add (parts, part);
      else
        g_free (part);
      start = at;
      before = kind;
    }
    if (!*at)
      return parts;
  }
}

/* HEAD without the legend in it, and the sign before that. */
static char *
head_without_legend (const Knowledge *knowledge, const char *head)
{
  int start;
  g_autoptr (GPtrArray) legend = legend_from_head (knowledge, head, &start);
  char *words = g_strndup (head, legend ? (gsize)start : strlen (head));
  return g_strchomp (words);
}

static HeadRule
find_rule (const Knowledge *knowledge, const char *head)
{
  HeadRule rule = head_rule_whole (knowledge, head);
  if (rule != HEAD_UNKNOWN || strlen (head) > HEAD_BYTES * 2)
    return rule;
  g_autofree char *words = head_without_legend (knowledge, head);
  g_autoptr (GPtrArray) parts = parts_of_head (words);
  for (guint i = 0; i < parts->len && rule == HEAD_UNKNOWN; i++)
    rule = head_rule_whole (knowledge, g_ptr_array_index (parts, i));
  return rule;
}

HeadRule
head_rule (const Knowledge *knowledge, const char *head)
{
  int rule;
  if (!cache_has (knowledge->head_kinds, head, &rule))
    rule = cache_store (knowledge->head_kinds, head, (int)find_rule (knowledge, head));
  return (HeadRule)rule;
}

static gboolean
names_items (const Knowledge *knowledge, const char *text)
{
  static const HeadRule rules[] = {HEAD_NAME, HEAD_DEFINITION, HEAD_CONTENT, HEAD_REQUIREMENT};
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if (patterns_has (knowledge->columns, rule_names[rules[i]], text))
      return TRUE;
  return FALSE;
}

/* Two heads that run together are parted at a space. */
static gboolean
part_names_items (const Knowledge *knowledge, const char *text)
{
  if (strlen (text) > HEAD_BYTES)
    return FALSE;
  for (const char *space = strpbrk (text, " \n"); space; space = strpbrk (space + 1, " \n")) {
    g_autofree char *first = g_strndup (text, space - text);
    if (names_items (knowledge, first) || names_items (knowledge, space + 1))
      return TRUE;
  }
  g_autoptr (GPtrArray) parts = parts_of_head (text);
  for (guint i = 0; parts->len > 1 && i < parts->len; i++)
    if (names_items (knowledge, g_ptr_array_index (parts, i)))
      return TRUE;
  return FALSE;
}

gboolean
head_names_items (const Knowledge *knowledge, const char *head)
{
  int names;
  if (!cache_has (knowledge->name_heads, head, &names))
    names =
        cache_store (knowledge->name_heads, head, names_items (knowledge, head) || part_names_items (knowledge, head));
  return names;
}

double
head_fit (HeadRule rule, ColumnKind kind)
{
  return fits[rule][kind];
}
