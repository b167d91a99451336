/* facts.c - see facts.h
 *
 * A table has the sources of each fact, the surest first: after a label, then by its form; before the sheet, then in
 * page headers, then after it. The first that gives something wins; what no source gives is left out.
 */
#include "facts/facts.h"

#include "facts/certification.h"
#include "facts/fact_date.h"
#include "facts/fact_line.h"
#include "facts/revision.h"
#include "items/item_list.h"

#include <string.h>

/* The longest title; characters. */
#define TITLE_LENGTH 80

/* The longest name of a product on a line of its own; characters. */
#define PRODUCT_LENGTH 30

/* What all that read the facts go along with. */
typedef struct {
  const Knowledge *knowledge;
  DocumentFacts *facts;
  GPtrArray *blocks, *tables;
  GPtrArray *lists; /* ItemList: the sheet */
  GPtrArray *lines; /* FactLine */
  int first_block;  /* of the sheet */
} FactReading;

static char *
field_in (const Knowledge *knowledge, const char *rule, const char *name, const char *line)
{
  PatternMatch match;
  if (!patterns_match_folded (knowledge->document, rule, line, &match))
    return NULL;
  const char *field = pattern_field (&match, name);
  char *result = field ? item_text (knowledge, field) : NULL;
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

/* TITLE without a label before it and the day of issue after it. Takes TITLE. */
static char *
title_alone (const Knowledge *knowledge, char *title)
{
  char *alone = title ? field_in (knowledge, "title-alone", "title", title) : NULL;
  if (!alone)
    return title;
  g_free (title);
  return alone;
}

/* A page's title has the site's name after a bar: "取り組み | サンプル". Without that name, a line that is longer than
 * a title is not one. */
static char *
title_text (const Knowledge *knowledge, const char *text)
{
  const char *bar = strstr (text, " | ") ? strstr (text, " | ") : strstr (text, "｜");
  g_autofree char *head = bar ? g_strndup (text, bar - text) : g_strdup (text);
  return g_utf8_strlen (head, -1) <= TITLE_LENGTH ? title_alone (knowledge, heading_text (knowledge, head)) : NULL;
}

typedef struct {
  const char *rule;       /* of document.pattern; NULL: any text */
  int heading_level;      /* no lower than this; 0: any text */
  gboolean header_footer; /* look among page headers and footers instead */
} TitleChoice;

static const TitleChoice title_choices[] = {
    {"title", 1, FALSE},   {"title", 0, FALSE}, {"title", 0, TRUE},
    {"subject", 1, FALSE}, {NULL, 1, FALSE},    {"subject", 0, FALSE},
};

/* *PLACE becomes the index of its block. */
static char *
title_by_choice (const FactReading *reading, const TitleChoice *choice, int *place)
{
  int end = MIN (MAX (reading->first_block, 1), (int)reading->blocks->len);
  for (int i = 0; i < end; i++) {
    const Block *block = g_ptr_array_index (reading->blocks, i);
    if (block->kind != (choice->header_footer ? BLOCK_HEADER_FOOTER : BLOCK_TEXT) ||
        (choice->heading_level && (block->heading_level == 0 || block->heading_level > choice->heading_level)))
      continue;
    char *title = title_text (reading->knowledge, block->text);
    if (title && (!choice->rule || patterns_has (reading->knowledge->document, choice->rule, title))) {
      *place = i;
      return title;
    }
    g_free (title);
  }
  return NULL;
}

/* A workbook's title is often in the table's first row. */
static char *
title_in_tables (const Knowledge *knowledge, GPtrArray *tables)
{
  for (guint i = 0; i < tables->len; i++) {
    const Table *table = g_ptr_array_index (tables, i);
    if (table->rows->len == 0)
      continue;
    g_autofree char *title = title_text (knowledge, row_field (table_row (table, 0), 0)->text);
    if (title && patterns_has (knowledge->document, "title", title))
      return g_steal_pointer (&title);
  }
  return NULL;
}

/* NAME, found where a product's name is expected; NULL: it does not name one. Takes NAME. */
static char *
product_name (const Knowledge *knowledge, char *name)
{
  if (!name || !patterns_has (knowledge->document, "no-product", name))
    return name;
  g_free (name);
  return NULL;
}

/* The heading at once before the title's is its first line: the product. */
static char *
product_before_title (const Knowledge *knowledge, GPtrArray *blocks, int place)
{
  const Block *title = g_ptr_array_index (blocks, place);
  const Block *before = place > 0 ? g_ptr_array_index (blocks, place - 1) : NULL;
  if (!before || before->kind != BLOCK_TEXT || title->heading_level == 0 ||
      before->heading_level != title->heading_level || g_utf8_strlen (before->text, -1) > PRODUCT_LENGTH ||
      patterns_has (knowledge->document, "vendor", before->text))
    return NULL;
  return product_name (knowledge, heading_text (knowledge, before->text));
}

/* TEXT is the title with what follows it on its line. */
static void
read_title_line (const FactReading *reading, const char *text)
{
  const Knowledge *knowledge = reading->knowledge;
  DocumentFacts *facts = reading->facts;
  take_first (&facts->version, field_in (knowledge, "version", "version", facts->title));
  take_first (&facts->product, product_name (knowledge, field_in (knowledge, "product-in-title", "product", text)));
  take_first (&facts->product, product_name (knowledge, field_in (knowledge, "title", "product", facts->title)));
}

/* After a label, in a small table: "文書名：…". */
static char *
title_in_lines (const Knowledge *knowledge, GPtrArray *lines)
{
  for (guint i = 0; i < lines->len && ((const FactLine *)lines->pdata[i])->zone == FACT_HEAD; i++) {
    g_autofree char *title = title_text (knowledge, ((const FactLine *)lines->pdata[i])->text);
    if (title && patterns_has (knowledge->document, "title", title))
      return g_steal_pointer (&title);
  }
  return NULL;
}

static void
read_title (const FactReading *reading)
{
  const Knowledge *knowledge = reading->knowledge;
  DocumentFacts *facts = reading->facts;
  int place = -1; /* index of the title's block */
  for (gsize i = 0; i < G_N_ELEMENTS (title_choices) && !facts->title; i++)
    facts->title = title_by_choice (reading, &title_choices[i], &place);
  if (!facts->title)
    facts->title = title_in_tables (knowledge, reading->tables);
  if (!facts->title)
    facts->title = title_in_lines (knowledge, reading->lines);
  if (!facts->title)
    return;
  read_title_line (reading, place < 0 ? facts->title : ((const Block *)reading->blocks->pdata[place])->text);
  if (place >= 0)
    take_first (&facts->product, product_before_title (knowledge, reading->blocks, place));
}

/* Where a fact may be found: a rule, and the lines of one zone. */
typedef struct {
  gsize fact;        /* its place in DocumentFacts */
  const char *rule;  /* of document.pattern */
  const char *field; /* of the rule; NULL: the date that the line gives */
  FactZone zone;
} FactSource;

#define FACT(name) G_STRUCT_OFFSET (DocumentFacts, name)

static const FactSource label_sources[] = {
    {FACT (vendor), "vendor-label", "vendor", FACT_HEAD},
    {FACT (product), "product-label", "product", FACT_HEAD},
    {FACT (version), "version-label", "version", FACT_HEAD},
};

static const FactSource sources[] = {
    {FACT (vendor), "vendor", "vendor", FACT_HEAD},
    {FACT (vendor), "vendor-in-sentence", "vendor", FACT_HEAD},
    {FACT (vendor), "vendor-label", "vendor", FACT_TAIL},
    {FACT (vendor), "vendor", "vendor", FACT_PAGE},
    {FACT (vendor), "vendor-in-title", "vendor", FACT_HEAD},
    {FACT (vendor), "vendor-copyright", "vendor", FACT_HEAD},
    {FACT (vendor), "vendor-copyright", "vendor", FACT_PAGE},
    {FACT (vendor), "vendor-copyright", "vendor", FACT_TAIL},
    {FACT (vendor), "vendor", "vendor", FACT_TAIL},
    {FACT (vendor), "vendor-contact", "vendor", FACT_HEAD},
    {FACT (vendor), "vendor-contact", "vendor", FACT_TAIL},
    {FACT (product), "product-in-sentence", "product", FACT_HEAD},
    {FACT (product), "product-alone", "product", FACT_HEAD},
    {FACT (product), "product-label", "product", FACT_TAIL},
    {FACT (version), "version-line", "version", FACT_HEAD},
    {FACT (version), "version-label", "version", FACT_PAGE},
    {FACT (version), "version-line", "version", FACT_PAGE},
    {FACT (version), "version-label", "version", FACT_TAIL},
    {FACT (version), "version-first", "version", FACT_TAIL},
    {FACT (issued), "issued", NULL, FACT_HEAD},
    {FACT (issued), "issued", NULL, FACT_PAGE},
    {FACT (issued), "issued", NULL, FACT_TAIL},
    {FACT (revised), "revised", NULL, FACT_HEAD},
    {FACT (revised), "revised", NULL, FACT_PAGE},
    {FACT (revised), "revised", NULL, FACT_TAIL},
    {FACT (issued), "date-alone", NULL, FACT_HEAD},
    {FACT (issued), "date-alone", NULL, FACT_PAGE},
};

/* What LINE gives; NULL: nothing. A date of something else than the document is left out. */
static char *
found_in_line (const Knowledge *knowledge, const FactSource *source, FactLine *line)
{
  if (source->field && source->fact == FACT (product))
    return product_name (knowledge, field_in (knowledge, source->rule, source->field, line->text));
  if (source->field)
    return field_in (knowledge, source->rule, source->field, line->text);
  char *date = fact_date_in (knowledge, source->rule, line->plain);
  if (date && patterns_match_folded (knowledge->document, "others-date", line->text, NULL))
    g_clear_pointer (&date, g_free);
  return date;
}

/* Looks for the fact of SOURCE, unless it is known. The first that is found wins; of several days of revision, the
 * last.
 */
static void
read_source (const FactReading *reading, const FactSource *source)
{
  char **fact = G_STRUCT_MEMBER_P (reading->facts, source->fact);
  gboolean latest = source->fact == FACT (revised);
  if (*fact)
    return;
  for (guint i = 0; i < reading->lines->len && (!*fact || latest); i++) {
    FactLine *line = g_ptr_array_index (reading->lines, i);
    char *found = line->zone == source->zone ? found_in_line (reading->knowledge, source, line) : NULL;
    if (found && *fact && strcmp (found, *fact) > 0)
      g_clear_pointer (fact, g_free);
    if (found)
      take_first (fact, found);
  }
}

/* A web page's dates are within this many bytes of its beginning. */
#define PAGE_HEAD_BYTES 1200

/* A web page as one long text: the dates under its title, and who speaks. */
static void
read_sentences (const FactReading *reading, const char *text)
{
  const Knowledge *knowledge = reading->knowledge;
  DocumentFacts *facts = reading->facts;
  take_first (&facts->vendor, field_in (knowledge, "vendor-in-sentence", "vendor", text));
  g_autofree char *head = g_strndup (text, PAGE_HEAD_BYTES), *valid = g_utf8_make_valid (head, -1);
  g_autofree char *posted = field_in (knowledge, "posted", "posted", valid),
                  *changed = field_in (knowledge, "posted", "changed", valid);
  if (posted)
    take_first (&facts->issued, fact_date (knowledge, "date", posted));
  if (changed)
    take_first (&facts->revised, fact_date (knowledge, "date", changed));
}

/* "第3版" is 3, "Ver.1.2" is 1.2, 1.2 stays 1.2; NULL: not a version. */
static char *
version_of_number (const Knowledge *knowledge, const char *number)
{
  char *version = field_in (knowledge, "version", "version", number);
  return version || !g_ascii_isdigit (*number) ? version : g_strdup (number);
}

/* The revisions, and the version of the last where their numbers are the document's. */
static void
read_revisions (const FactReading *reading)
{
  const Knowledge *knowledge = reading->knowledge;
  DocumentFacts *facts = reading->facts;
  gboolean versions = FALSE;
  facts->revisions = revisions_new ();
  for (guint i = 0; i < reading->tables->len; i++) {
    const Table *table = g_ptr_array_index (reading->tables, i);
    if (!table_is_of_sheet (table, reading->lists))
      versions |= revisions_from_table (knowledge, facts->revisions, table);
  }
  if (facts->revisions->len == 0) {
    revisions_from_lines (knowledge, facts->revisions, reading->lines);
    versions = TRUE;
  }
  const Revision *latest = versions ? revision_latest (facts->revisions) : NULL;
  if (latest && latest->number)
    take_first (&facts->version, version_of_number (knowledge, latest->number));
}

/* What the revisions say where nothing else does: the first one's day, and the last one's. */
static void
read_days_from_revisions (const Knowledge *knowledge, DocumentFacts *facts)
{
  const Revision *first = revision_first (knowledge, facts->revisions), *latest = revision_latest (facts->revisions);
  if (first)
    take_first (&facts->issued, g_strdup (first->date));
  if (latest && !facts->revised && (!facts->issued || strcmp (latest->date, facts->issued) > 0))
    facts->revised = g_strdup (latest->date);
}

/* Whose certificates they are, where all are one company's, is whose the document is. */
static void
read_vendor_from_certifications (DocumentFacts *facts)
{
  const char *holder = NULL;
  for (guint i = 0; i < facts->certifications->len; i++) {
    const Certification *certification = g_ptr_array_index (facts->certifications, i);
    if (!certification->holder || (holder && strcmp (holder, certification->holder)))
      return;
    holder = certification->holder;
  }
  if (holder)
    take_first (&facts->vendor, g_strdup (holder));
}

/* The tables whose rows are lines of facts: the sheet's own, and those that are not read by themselves. */
static GPtrArray *
tables_of_lines (const Knowledge *knowledge, GPtrArray *tables, GPtrArray *lists)
{
  GPtrArray *chosen = g_ptr_array_new ();
  for (guint i = 0; i < tables->len; i++) {
    Table *table = g_ptr_array_index (tables, i);
    if (table_is_of_sheet (table, lists) ||
        !(table_is_revisions (knowledge, table) || table_is_certifications (knowledge, table)))
      g_ptr_array_add (chosen, table);
  }
  return chosen;
}

void
document_facts_read (const Knowledge *knowledge, DocumentFacts *facts, GPtrArray *blocks, GPtrArray *tables,
                     GPtrArray *lists)
{
  g_autoptr (GPtrArray) line_tables = tables_of_lines (knowledge, tables, lists);
  g_autoptr (GPtrArray) lines = fact_lines_from (knowledge, blocks, line_tables, lists);
  const FactReading reading = {knowledge, facts, blocks, tables, lists, lines, sheet_extent (lists).first};
  for (gsize i = 0; i < G_N_ELEMENTS (label_sources); i++)
    read_source (&reading, &label_sources[i]);
  read_title (&reading);
  read_revisions (&reading);
  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    read_source (&reading, &sources[i]);
  for (guint i = 0; i < blocks->len && (int)i <= reading.first_block; i++) {
    const Block *block = g_ptr_array_index (blocks, i);
    if (block->kind == BLOCK_TEXT)
      read_sentences (&reading, block->text);
  }
  read_days_from_revisions (knowledge, facts);
  facts->certifications = certifications_from (knowledge, blocks, tables, lists);
  read_vendor_from_certifications (facts);
}
