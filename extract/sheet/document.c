/* document.c - see document.h */
#include "sheet/document.h"

#include "answer/date.h"
#include "sheet/items.h"
#include "words/pattern.h"

#include <string.h>

/* A title is no longer than this; characters. */
#define TITLE_LENGTH 80

static const Patterns *
facts_patterns (void)
{
  return patterns_named ("document.pattern");
}

/* The date that RULE finds in TEXT, NULL: none. */
static char *
date_in (const char *rule, const char *text)
{
  PatternMatch match;
  if (!patterns_match_rule (facts_patterns (), rule, text, 0, &match))
    return NULL;
  char *date = date_from_match (&match);
  pattern_match_clear (&match);
  return date;
}

static char *
field_in (const char *rule, const char *name, const char *text)
{
  PatternMatch match;
  if (!patterns_match_rule (facts_patterns (), rule, text, 0, &match))
    return NULL;
  const char *field = pattern_field (&match, name);
  char *result = field ? item_text (field) : NULL;
  pattern_match_clear (&match);
  return result;
}

static void
take_first (char **fact, char *found)
{
  if (*fact)
    g_free (found);
  else
    *fact = found;
}

/* A page's title has the site's name behind a bar: "取り組み | サンプル". A line of text longer than a title is none,
 * but for that. */
static char *
title_text (const char *text)
{
  const char *bar = strstr (text, " | ") ? strstr (text, " | ") : strstr (text, "｜");
  g_autofree char *head = bar ? g_strndup (text, bar - text) : g_strdup (text);
  return g_utf8_strlen (head, -1) <= TITLE_LENGTH ? heading_text (head) : NULL;
}

typedef struct {
  const char *rule;   /* of document.pattern; NULL: any text */
  int heading_level;  /* no lower than this; 0: any text */
  gboolean furniture; /* look among page headers instead */
} TitleChoice;

static const TitleChoice title_choices[] = {
    {"title", 1, FALSE},   {"title", 0, FALSE}, {"title", 0, TRUE},
    {"subject", 1, FALSE}, {NULL, 1, FALSE},    {"subject", 0, FALSE},
};

static char *
title_by_choice (const TitleChoice *choice, GPtrArray *blocks, int end)
{
  for (int i = 0; i < end && i < (int)blocks->len; i++) {
    const Block *block = g_ptr_array_index (blocks, i);
    if (block->kind != (choice->furniture ? BLOCK_FURNITURE : BLOCK_TEXT) ||
        (choice->heading_level && (block->heading_level == 0 || block->heading_level > choice->heading_level)))
      continue;
    char *title = title_text (block->text);
    if (title && (!choice->rule || patterns_has (facts_patterns (), choice->rule, title)))
      return title;
    g_free (title);
  }
  return NULL;
}

/* A workbook's title often stands in the table's first row. */
static char *
title_in_tables (GPtrArray *tables)
{
  for (guint i = 0; i < tables->len; i++) {
    const Table *table = g_ptr_array_index (tables, i);
    if (table->rows->len == 0)
      continue;
    g_autofree char *title = title_text (row_field (table_row (table, 0), 0)->text);
    if (title && patterns_has (facts_patterns (), "title", title))
      return g_steal_pointer (&title);
  }
  return NULL;
}

static void
read_title (DocumentFacts *facts, GPtrArray *blocks, GPtrArray *tables, int first_block)
{
  for (gsize i = 0; i < G_N_ELEMENTS (title_choices) && !facts->title; i++)
    facts->title = title_by_choice (&title_choices[i], blocks, MAX (first_block, 1));
  if (!facts->title)
    facts->title = title_in_tables (tables);
  if (facts->title) {
    facts->product = field_in ("title", "product", facts->title);
    facts->version = field_in ("version", "version", facts->title);
  }
}

static void
read_line (DocumentFacts *facts, const char *text)
{
  take_first (&facts->issued, date_in ("issued", text));
  take_first (&facts->revised, date_in ("revised", text));
  take_first (&facts->vendor, field_in ("vendor", "vendor", text));
}

/* A page's dates stand within so many bytes of its begin. */
#define PAGE_HEAD_BYTES 1200

/* A web page as one long text: the dates under its title, and who speaks. */
static void
read_sentences (DocumentFacts *facts, const char *text)
{
  take_first (&facts->vendor, field_in ("vendor-in-sentence", "vendor", text));
  g_autofree char *head = g_strndup (text, PAGE_HEAD_BYTES), *valid = g_utf8_make_valid (head, -1);
  g_autofree char *posted = field_in ("posted", "posted", valid), *changed = field_in ("posted", "changed", valid);
  if (posted)
    take_first (&facts->issued, date_in ("date", posted));
  if (changed)
    take_first (&facts->revised, date_in ("date", changed));
}

/* The columns of a revision table, by its first row. */
typedef struct {
  int number, date, note; /* -1: there is none */
} RevisionColumns;

static gboolean
revision_columns (const Table *table, RevisionColumns *columns)
{
  *columns = (RevisionColumns){-1, -1, -1};
  const Patterns *patterns = facts_patterns ();
  for (int i = 0; table->rows->len > 0 && i < table->columns; i++) {
    g_autofree char *head = item_text (row_field (table_row (table, 0), i)->text);
    if (!head)
      continue;
    if (columns->date < 0 && patterns_has (patterns, "revision-date", head))
      columns->date = i;
    else if (columns->note < 0 && patterns_has (patterns, "revision-note", head))
      columns->note = i;
    else if (columns->number < 0 && patterns_has (patterns, "revision-number", head))
      columns->number = i;
  }
  return columns->date >= 0 && columns->note >= 0;
}

gboolean
table_is_revisions (const Table *table)
{
  RevisionColumns columns;
  return revision_columns (table, &columns);
}

static void
revision_free (gpointer data)
{
  Revision *revision = data;
  g_free (revision->number);
  g_free (revision->date);
  g_free (revision->note);
  g_ptr_array_unref (revision->items);
  g_free (revision);
}

Revision *
revision_new (void)
{
  Revision *revision = g_new0 (Revision, 1);
  revision->items = g_ptr_array_new_with_free_func (g_free);
  return revision;
}

GPtrArray *
revisions_new (void)
{
  return g_ptr_array_new_with_free_func (revision_free);
}

static void
read_items_named_in_note (Revision *revision)
{
  PatternMatch match;
  for (int start = 0;
       revision->note && patterns_match_rule (facts_patterns (), "revision-item", revision->note, start, &match);) {
    g_ptr_array_add (revision->items, g_strdup (pattern_field (&match, "item")));
    start = match.end;
    pattern_match_clear (&match);
  }
}

static char *
field_at (const Row *row, int column)
{
  return column >= 0 ? item_text (row_field (row, column)->text) : NULL;
}

static void
read_revision (DocumentFacts *facts, const Row *row, const RevisionColumns *columns)
{
  g_autofree char *date = field_at (row, columns->date), *note = field_at (row, columns->note);
  if (!date && !note) /* a form has rows for revisions to come */
    return;
  Revision *revision = revision_new ();
  revision->number = field_at (row, columns->number);
  revision->date = date ? date_in ("date", date) : NULL;
  if (!revision->date)
    revision->date = g_steal_pointer (&date);
  revision->note = g_steal_pointer (&note);
  read_items_named_in_note (revision);
  g_ptr_array_add (facts->revisions, revision);
}

static void
read_revisions (DocumentFacts *facts, const Table *table)
{
  RevisionColumns columns;
  if (!revision_columns (table, &columns))
    return;
  for (guint i = 1; i < table->rows->len; i++)
    read_revision (facts, table_row (table, (int)i), &columns);
}

void
document_facts_read (DocumentFacts *facts, GPtrArray *blocks, GPtrArray *tables, int first_block)
{
  facts->revisions = revisions_new ();
  read_title (facts, blocks, tables, first_block);
  for (guint i = 0; i < blocks->len; i++) {
    const Block *block = g_ptr_array_index (blocks, i);
    if (block->kind != BLOCK_GRID && (int)i <= first_block && strlen (block->text) < 400)
      read_line (facts, block->text);
  }
  for (guint i = 0; i < blocks->len && (int)i <= first_block; i++) {
    const Block *block = g_ptr_array_index (blocks, i);
    if (block->kind == BLOCK_TEXT)
      read_sentences (facts, block->text);
  }
  for (guint i = 0; i < tables->len; i++)
    read_revisions (facts, g_ptr_array_index (tables, i));
  facts->certifications = certifications_from (blocks, tables);
}

void
document_facts_clear (DocumentFacts *facts)
{
  char *const texts[] = {facts->title, facts->vendor, facts->product, facts->version, facts->issued, facts->revised};
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_clear_pointer (&facts->revisions, g_ptr_array_unref);
  g_clear_pointer (&facts->certifications, g_ptr_array_unref);
}
