/* certification.c - see certification.h */
#include "facts/certification.h"

#include "facts/fact_date.h"
#include "facts/fact_line.h"
#include "items/item_list.h"
#include "text/plain.h"

#include <string.h>

/* A longer line is a paragraph, in which a certification is only mentioned; bytes. */
#define LINE_BYTES 600

/* A table is one of certifications if its heads name at least this many facts, the scheme among them. */
#define HEADS_LEAST 2

/* A table of labels has few columns. */
#define LABEL_COLUMNS 8

enum { SCHEME, HOLDER, NUMBER, BRANCH, SCOPE, BODY, VALID_UNTIL, FACTS };

/* A field of the rules, and where what it names is kept. */
static const struct {
  const char *field;
  gsize offset;
} facts[FACTS] = {
    [SCHEME] = {"scheme", G_STRUCT_OFFSET (Certification, scheme)},
    [HOLDER] = {"holder", G_STRUCT_OFFSET (Certification, holder)},
    [NUMBER] = {"number", G_STRUCT_OFFSET (Certification, number)},
    [BRANCH] = {"branch", G_STRUCT_OFFSET (Certification, branch)},
    [SCOPE] = {"scope", G_STRUCT_OFFSET (Certification, scope)},
    [BODY] = {"body", G_STRUCT_OFFSET (Certification, body)},
    [VALID_UNTIL] = {"valid", G_STRUCT_OFFSET (Certification, valid_until)},
};

/* The fact that MATCH, of the rule `label`, names; -1: none. */
static int
fact_of_label (const PatternMatch *match)
{
  for (int i = 0; i < FACTS; i++)
    if (pattern_field (match, facts[i].field))
      return i;
  return -1;
}

/* The end of a period, or the one day. */
static char *
last_day_in (const Knowledge *knowledge, const char *text)
{
  char *date = fact_date (knowledge, "date-to", text);
  return date ? date : fact_date (knowledge, "date", text);
}

/* The number of a mark is followed by the branch number of its renewal. */
static gboolean
set_mark_number (const Knowledge *knowledge, Certification *certification, const char *text)
{
  PatternMatch match;
  if (!patterns_match_rule (knowledge->certifications, "mark-number", text, 0, &match))
    return FALSE;
  certification->number = item_text (knowledge, pattern_field (&match, "number"));
  if (!certification->branch && pattern_field (&match, "branch"))
    certification->branch = item_text (knowledge, pattern_field (&match, "branch"));
  pattern_match_clear (&match);
  return TRUE;
}

/* What the document says first is kept. */
static void
set_fact (const Knowledge *knowledge, Certification *certification, int index, const char *text)
{
  char **fact = G_STRUCT_MEMBER_P (certification, facts[index].offset);
  if (*fact || (index == NUMBER && set_mark_number (knowledge, certification, text)))
    return;
  *fact = index == VALID_UNTIL ? last_day_in (knowledge, text) : item_text (knowledge, text);
}

/* Lines */

/* What the walk down the lines remembers. */
typedef struct {
  const Knowledge *knowledge;
  GPtrArray *found;
  Certification *current; /* the last claimed, or NULL */
  gboolean scope_open;    /* its scope is a list that may continue */
  gboolean outside;       /* the block is before the sheet or after it */
} CertificationWalk;

static gboolean
take_claim (CertificationWalk *walk, const char *line)
{
  PatternMatch match;
  if (!patterns_match_folded (walk->knowledge->certifications, "claim", line, &match))
    return FALSE;
  walk->current = g_new0 (Certification, 1);
  walk->scope_open = FALSE;
  for (int i = 0; i < FACTS; i++)
    if (pattern_field (&match, facts[i].field))
      set_fact (walk->knowledge, walk->current, i, pattern_field (&match, facts[i].field));
  g_ptr_array_add (walk->found, walk->current);
  pattern_match_clear (&match);
  return TRUE;
}

static gboolean
take_label (CertificationWalk *walk, const char *line)
{
  PatternMatch match;
  if (!patterns_match_folded (walk->knowledge->certifications, "label", line, &match))
    return FALSE;
  int index = fact_of_label (&match);
  const char *value = pattern_field (&match, "value");
  walk->scope_open = index == SCOPE && !*value;
  if (index >= 0 && *value)
    set_fact (walk->knowledge, walk->current, index, value);
  pattern_match_clear (&match);
  return TRUE;
}

static gboolean
take_entry (CertificationWalk *walk, const char *line)
{
  PatternMatch match;
  if (!walk->scope_open || !patterns_match_folded (walk->knowledge->certifications, "entry", line, &match))
    return FALSE;
  char *scope = walk->current->scope;
  g_autofree char *entry = item_text (walk->knowledge, pattern_field (&match, "entry"));
  walk->current->scope = scope ? g_strconcat (scope, "\n", entry, NULL) : g_steal_pointer (&entry);
  if (scope)
    g_free (scope);
  pattern_match_clear (&match);
  return TRUE;
}

/* The facts of CERTIFICATION in TEXT; gives the number of rules that found some. */
static int
take_facts (const Knowledge *knowledge, Certification *certification, const char *text)
{
  static const char *const rules[] = {"named-number", "named-valid", "named-scope", "named-body"};
  int found = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++) {
    PatternMatch match;
    if (!patterns_match_rule (knowledge->certifications, rules[i], text, 0, &match))
      continue;
    for (int j = 0; j < FACTS; j++)
      if (pattern_field (&match, facts[j].field))
        set_fact (knowledge, certification, j, pattern_field (&match, facts[j].field));
    pattern_match_clear (&match);
    found++;
  }
  return found;
}

/* Each name in LINE is a certification, and the text up to the next name is about it. */
static gboolean
take_names (CertificationWalk *walk, const char *line)
{
  if (!patterns_match_folded (walk->knowledge->certifications, "named-line", line, NULL))
    return FALSE;
  PatternMatch match;
  for (int start = 0; patterns_find (walk->knowledge->certifications, "named", line, start, &match);) {
    PatternMatch next;
    walk->current = g_new0 (Certification, 1);
    walk->current->scheme = item_text (walk->knowledge, pattern_field (&match, "scheme"));
    start = match.end;
    pattern_match_clear (&match);
    gboolean more = patterns_find (walk->knowledge->certifications, "named", line, start, &next);
    g_autofree char *facts_text = g_strndup (line + start, (more ? (gsize)next.start : strlen (line)) - start);
    if (more)
      pattern_match_clear (&next);
    take_facts (walk->knowledge, walk->current, facts_text);
    g_ptr_array_add (walk->found, walk->current);
  }
  walk->scope_open = FALSE;
  return TRUE;
}

/* Of several names in one sentence all are claimed. */
static gboolean
names_several (const Knowledge *knowledge, const char *line)
{
  PatternMatch first, second;
  if (!patterns_find (knowledge->certifications, "named", line, 0, &first))
    return FALSE;
  gboolean several = patterns_find (knowledge->certifications, "named", line, first.end, &second);
  pattern_match_clear (&first);
  if (several)
    pattern_match_clear (&second);
  return several;
}

/* All names of LINE, whose holder is the one that it begins with. */
static gboolean
take_several (CertificationWalk *walk, const char *line)
{
  PatternMatch match;
  guint before = walk->found->len;
  if (!names_several (walk->knowledge, line) || !take_names (walk, line))
    return FALSE;
  if (!patterns_match_folded (walk->knowledge->certifications, "claim", line, &match))
    return TRUE;
  for (guint i = before; i < walk->found->len && pattern_field (&match, "holder"); i++)
    set_fact (walk->knowledge, g_ptr_array_index (walk->found, i), HOLDER, pattern_field (&match, "holder"));
  pattern_match_clear (&match);
  return TRUE;
}

static void
take_line (CertificationWalk *walk, const char *line)
{
  gsize length = strlen (line);
  if (length == 0 || length > LINE_BYTES || (walk->outside && take_several (walk, line)) || take_claim (walk, line) ||
      (walk->outside && take_names (walk, line)) || !walk->current)
    return;
  if (walk->outside && take_facts (walk->knowledge, walk->current, line) > 1)
    return;
  if (!take_label (walk, line) && !take_entry (walk, line))
    walk->scope_open = FALSE;
}

static void
take_block (CertificationWalk *walk, const Block *block)
{
  if (block->kind == BLOCK_GRID) {
    walk->current = NULL;
    return;
  }
  g_autofree char *made_plain = text_made_plain (block->text);
  g_auto (GStrv) lines = g_strsplit (made_plain ? made_plain : block->text, "\n", -1);
  for (char **line = lines; *line; line++)
    take_line (walk, *line);
}

/* Tables */

/* The column of each fact, -1: it has none. FALSE: TABLE is not one of certifications. */
static gboolean
columns_of_facts (const Knowledge *knowledge, const Table *table, int columns[FACTS])
{
  int heads = 0;
  for (int i = 0; i < FACTS; i++)
    columns[i] = -1;
  for (int i = 0; table->rows->len > 0 && i < table->columns; i++) {
    PatternMatch match;
    if (!patterns_match_rule (knowledge->certifications, "label", row_field (table_row (table, 0), i)->text, 0, &match))
      continue;
    int fact = *pattern_field (&match, "value") ? -1 : fact_of_label (&match);
    pattern_match_clear (&match);
    if (fact < 0 || columns[fact] >= 0)
      continue;
    columns[fact] = i;
    heads++;
  }
  return heads >= HEADS_LEAST && columns[SCHEME] >= 0;
}

static void
take_table (const Knowledge *knowledge, GPtrArray *found, const Table *table, const int columns[FACTS])
{
  for (guint row = 1; row < table->rows->len; row++) {
    Certification *certification = g_new0 (Certification, 1);
    for (int i = 0; i < FACTS; i++)
      if (columns[i] >= 0)
        set_fact (knowledge, certification, i, row_field (table_row (table, (int)row), columns[i])->text);
    if (certification->scheme)
      g_ptr_array_add (found, certification);
    else
      certification_free (certification);
  }
}

/* A row of labels, each with its value beside it; a scheme begins the next certification. */
static void
take_row_of_labels (CertificationWalk *walk, const Row *row)
{
  int open = -1; /* the fact that the last label names */
  for (guint i = 0; i < row->fields->len; i++) {
    const char *text = row_field (row, (int)i)->text;
    PatternMatch match;
    if (!*text || row_field (row, (int)i)->from_above)
      continue;
    if (open >= 0) {
      set_fact (walk->knowledge, walk->current, open, text);
      open = -1;
    } else if (patterns_match_rule (walk->knowledge->certifications, "label", text, 0, &match)) {
      open = *pattern_field (&match, "value") ? -1 : fact_of_label (&match);
      pattern_match_clear (&match);
      if (open == SCHEME && (!walk->current || walk->current->scheme)) {
        walk->current = g_new0 (Certification, 1);
        g_ptr_array_add (walk->found, walk->current);
      }
      open = walk->current ? open : -1;
    } else if (walk->current && patterns_has (walk->knowledge->certifications, "bare-number", text))
      set_fact (walk->knowledge, walk->current, NUMBER, text);
  }
}

/* A table whose labels are at the left. What has no scheme that is one of certification is dropped: the table is about
 * something else. */
static void
take_table_of_labels (const Knowledge *knowledge, GPtrArray *found, const Table *table)
{
  CertificationWalk walk = {.knowledge = knowledge, .found = g_ptr_array_new ()};
  for (guint i = 0; i < table->rows->len; i++)
    take_row_of_labels (&walk, table_row (table, (int)i));
  for (guint i = 0; i < walk.found->len; i++) {
    Certification *certification = g_ptr_array_index (walk.found, i);
    if (certification->scheme && patterns_has (knowledge->certifications, "named", certification->scheme))
      g_ptr_array_add (found, certification);
    else
      certification_free (certification);
  }
  g_ptr_array_unref (walk.found);
}

GPtrArray *
certifications_from (const Knowledge *knowledge, GPtrArray *blocks, GPtrArray *tables, GPtrArray *lists)
{
  SheetExtent extent = sheet_extent (lists);
  CertificationWalk walk = {.knowledge = knowledge, .found = certifications_new ()};
  for (int i = 0; i < (int)blocks->len; i++) {
    const Block *block = g_ptr_array_index (blocks, i);
    walk.outside = block->kind == BLOCK_TEXT && (i < extent.first || (extent.last >= 0 && i > extent.last));
    take_block (&walk, block);
  }
  for (guint i = 0; i < tables->len; i++) {
    const Table *table = g_ptr_array_index (tables, i);
    int columns[FACTS];
    if (table_is_of_sheet (table, lists))
      continue;
    if (columns_of_facts (knowledge, table, columns))
      take_table (knowledge, walk.found, table, columns);
    else if (table->columns <= LABEL_COLUMNS)
      take_table_of_labels (knowledge, walk.found, table);
  }
  return walk.found;
}

gboolean
table_is_certifications (const Knowledge *knowledge, const Table *table)
{
  int columns[FACTS];
  return columns_of_facts (knowledge, table, columns);
}
