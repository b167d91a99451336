/* certification.c - see certification.h */
#include "sheet/certification.h"

#include "answer/date.h"
#include "answer/plain.h"
#include "sheet/items.h"
#include "words/pattern.h"

#include <string.h>

/* A paragraph that is longer tells a story, and claims nothing by the way; bytes. */
#define LINE_BYTES 600

/* A table is one of certifications if its heads name at least this many facts, the scheme among them. */
#define HEADS_LEAST 2

static const Patterns *
certification_patterns (void)
{
  return patterns_named ("certifications.pattern");
}

static void
certification_free (gpointer data)
{
  Certification *certification = data;
  char *const texts[] = {certification->scheme, certification->holder, certification->number,     certification->branch,
                         certification->scope,  certification->body,   certification->valid_until};
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_free (certification);
}

/* A field of the rules, and where what it names is kept. */
static const struct {
  const char *field;
  gsize offset;
} facts[] = {
    {"scheme", G_STRUCT_OFFSET (Certification, scheme)},     {"holder", G_STRUCT_OFFSET (Certification, holder)},
    {"number", G_STRUCT_OFFSET (Certification, number)},     {"branch", G_STRUCT_OFFSET (Certification, branch)},
    {"scope", G_STRUCT_OFFSET (Certification, scope)},       {"body", G_STRUCT_OFFSET (Certification, body)},
    {"valid", G_STRUCT_OFFSET (Certification, valid_until)},
};

#define FACTS ((int)G_N_ELEMENTS (facts))

static char **
fact_of (Certification *certification, int index)
{
  return G_STRUCT_MEMBER_P (certification, facts[index].offset);
}

/* The fact that MATCH, of the rule `label`, names; -1: none. */
static int
fact_of_label (const PatternMatch *match)
{
  for (int i = 0; i < FACTS; i++)
    if (pattern_field (match, facts[i].field))
      return i;
  return -1;
}

static char *
date_in (const char *text)
{
  PatternMatch match;
  if (!patterns_match_rule (patterns_named ("document.pattern"), "date", text, 0, &match))
    return NULL;
  char *date = date_from_match (&match);
  pattern_match_clear (&match);
  return date;
}

/* The first that is said stands. */
static void
set_fact (Certification *certification, int index, const char *text)
{
  char **fact = fact_of (certification, index);
  if (*fact)
    return;
  gboolean date = facts[index].offset == G_STRUCT_OFFSET (Certification, valid_until);
  *fact = date ? date_in (text) : item_text (text);
}

/* Lines */

/* What the walk down the lines remembers. */
typedef struct {
  GPtrArray *found;
  Certification *current; /* the last claimed, or NULL */
  gboolean scope_open;    /* its scope is a list that may go on */
} Walk;

static gboolean
take_claim (Walk *walk, const char *line)
{
  PatternMatch match;
  if (!patterns_match_rule (certification_patterns (), "claim", line, 0, &match))
    return FALSE;
  walk->current = g_new0 (Certification, 1);
  walk->scope_open = FALSE;
  for (int i = 0; i < FACTS; i++)
    if (pattern_field (&match, facts[i].field))
      set_fact (walk->current, i, pattern_field (&match, facts[i].field));
  g_ptr_array_add (walk->found, walk->current);
  pattern_match_clear (&match);
  return TRUE;
}

static gboolean
take_label (Walk *walk, const char *line)
{
  PatternMatch match;
  if (!patterns_match_rule (certification_patterns (), "label", line, 0, &match))
    return FALSE;
  int index = fact_of_label (&match);
  const char *value = pattern_field (&match, "value");
  walk->scope_open = index >= 0 && facts[index].offset == G_STRUCT_OFFSET (Certification, scope) && !*value;
  if (index >= 0 && *value)
    set_fact (walk->current, index, value);
  pattern_match_clear (&match);
  return TRUE;
}

static gboolean
take_entry (Walk *walk, const char *line)
{
  PatternMatch match;
  if (!walk->scope_open || !patterns_match_rule (certification_patterns (), "entry", line, 0, &match))
    return FALSE;
  char *scope = walk->current->scope;
  g_autofree char *entry = item_text (pattern_field (&match, "entry"));
  walk->current->scope = scope ? g_strconcat (scope, "\n", entry, NULL) : g_steal_pointer (&entry);
  if (scope)
    g_free (scope);
  pattern_match_clear (&match);
  return TRUE;
}

static void
take_line (Walk *walk, const char *line)
{
  if (!*line || strlen (line) > LINE_BYTES || take_claim (walk, line) || !walk->current)
    return;
  if (!take_label (walk, line) && !take_entry (walk, line))
    walk->scope_open = FALSE;
}

static void
take_block (Walk *walk, const Block *block)
{
  if (block->kind == BLOCK_GRID) {
    walk->current = NULL;
    return;
  }
  g_auto (GStrv) lines = g_strsplit (block->text, "\n", -1);
  for (char **line = lines; *line; line++)
    take_line (walk, *line);
}

/* Tables */

/* The column of each fact, -1: there is none. FALSE: the table is about something else. */
static gboolean
columns_of_facts (const Table *table, int columns[])
{
  int heads = 0;
  for (int i = 0; i < FACTS; i++)
    columns[i] = -1;
  for (int i = 0; table->rows->len > 0 && i < table->columns; i++) {
    PatternMatch match;
    if (!patterns_match_rule (certification_patterns (), "label", row_field (table_row (table, 0), i)->text, 0, &match))
      continue;
    int fact = *pattern_field (&match, "value") ? -1 : fact_of_label (&match);
    pattern_match_clear (&match);
    if (fact < 0 || columns[fact] >= 0)
      continue;
    columns[fact] = i;
    heads++;
  }
  return heads >= HEADS_LEAST && columns[0] >= 0;
}

static void
take_table (GPtrArray *found, const Table *table)
{
  int columns[FACTS];
  if (!columns_of_facts (table, columns))
    return;
  for (guint row = 1; row < table->rows->len; row++) {
    Certification *certification = g_new0 (Certification, 1);
    for (int i = 0; i < FACTS; i++)
      if (columns[i] >= 0)
        set_fact (certification, i, row_field (table_row (table, (int)row), columns[i])->text);
    if (certification->scheme)
      g_ptr_array_add (found, certification);
    else
      certification_free (certification);
  }
}

GPtrArray *
certifications_from (GPtrArray *blocks, GPtrArray *tables)
{
  Walk walk = {.found = g_ptr_array_new_with_free_func (certification_free)};
  for (guint i = 0; i < blocks->len; i++)
    take_block (&walk, g_ptr_array_index (blocks, i));
  for (guint i = 0; i < tables->len; i++)
    take_table (walk.found, g_ptr_array_index (tables, i));
  return walk.found;
}

gboolean
table_is_certifications (const Table *table)
{
  int columns[FACTS];
  return columns_of_facts (table, columns);
}
