/* conditional_format.c - see conditional_format.h */
#include "read/workbook/conditional_format.h"

#include "model/grid.h"
#include "model/note.h"
#include "read/workbook/condition.h"
#include "text/squeezed.h"

#include <string.h>

/* Of a sheet; each is asked for each cell of its range. */
#define RULES_LIMIT 500
#define STEPS_LIMIT 2000000
#define FORMULA_LENGTH 4096

typedef struct {
  MergedRange range;
  int first_row, first_column; /* of the whole format: what references are relative to */
  int difference;              /* dxfId */
  int priority;
  gboolean stops;
  char *type, *operation, *text;
  char *formulas[2]; /* NULL: none */
} FormatRule;

struct ConditionalFormats {
  GArray *rules; /* FormatRule */
};

static void
rule_clear (gpointer data)
{
  FormatRule *rule = data;
  g_free (rule->type);
  g_free (rule->operation);
  g_free (rule->text);
  g_free (rule->formulas[0]);
  g_free (rule->formulas[1]);
}

ConditionalFormats *
conditional_formats_new (void)
{
  ConditionalFormats *formats = g_new0 (ConditionalFormats, 1);
  formats->rules = g_array_new (FALSE, TRUE, sizeof (FormatRule));
  g_array_set_clear_func (formats->rules, rule_clear);
  return formats;
}

void
conditional_formats_free (ConditionalFormats *formats)
{
  if (!formats)
    return;
  g_array_unref (formats->rules);
  g_free (formats);
}

static char *
formula_from_part (PackagePart *part)
{
  GString *formula = g_string_new (NULL);
  while (part_next (part) && !part_ends (part, "formula"))
    if (part_text (part) && formula->len < FORMULA_LENGTH)
      g_string_append (formula, part_text (part));
  return g_string_free (formula, FALSE);
}

static FormatRule
rule_from_part (PackagePart *part)
{
  FormatRule rule = {.difference = part_number (part, "dxfId", -1),
                     .priority = part_number (part, "priority", G_MAXINT)};
  rule.stops = part_flag (part, "stopIfTrue");
  rule.type = g_strdup (part_attribute (part, "type"));
  rule.operation = g_strdup (part_attribute (part, "operator"));
  rule.text = g_strdup (part_attribute (part, "text"));
  guint formulas = 0;
  while (part_next (part) && !part_ends (part, "cfRule"))
    if (part_begins (part, "formula") && formulas < G_N_ELEMENTS (rule.formulas))
      rule.formulas[formulas++] = formula_from_part (part);
  return rule;
}

/* The rule for each range of "A3:G12 B20"; takes what RULE has. */
static void
add_rule (ConditionalFormats *formats, FormatRule *rule, const char *ranges)
{
  g_auto (GStrv) names = g_strsplit (ranges, " ", -1);
  gboolean first = TRUE;
  for (char **name = names; *name && formats->rules->len < RULES_LIMIT; name++) {
    MergedRange range;
    if (!range_from_reference (*name, &range))
      continue;
    if (first) {
      rule->first_row = range.rows.first;
      rule->first_column = range.columns.first;
    }
    first = FALSE;
    FormatRule own = *rule;
    own.range = range;
    own.type = g_strdup (rule->type);
    own.operation = g_strdup (rule->operation);
    own.text = g_strdup (rule->text);
    own.formulas[0] = g_strdup (rule->formulas[0]);
    own.formulas[1] = g_strdup (rule->formulas[1]);
    g_array_append_val (formats->rules, own);
  }
  rule_clear (rule);
}

void
conditional_formats_read (ConditionalFormats *formats, PackagePart *part)
{
  g_autofree char *ranges = g_strdup (part_attribute (part, "sqref"));
  while (part_next (part) && !part_ends (part, "conditionalFormatting"))
    if (part_begins (part, "cfRule")) {
      FormatRule rule = rule_from_part (part);
      add_rule (formats, &rule, ranges ? ranges : "");
    }
}

static gboolean
covers (const FormatRule *rule, int row, int column)
{
  return row >= rule->range.rows.first && row <= rule->range.rows.last && column >= rule->range.columns.first &&
         column <= rule->range.columns.last;
}

gboolean
conditional_formats_fill (const ConditionalFormats *formats, const CellStyles *styles, CellPlace place)
{
  for (guint i = 0; i < formats->rules->len; i++) {
    const FormatRule *rule = &g_array_index (formats->rules, FormatRule, i);
    if (covers (rule, place.row, place.column) && cell_styles_difference (styles, rule->difference).fills)
      return TRUE;
  }
  return FALSE;
}

/* Rules */

static ConditionResult
result_of (gboolean holds)
{
  return holds ? CONDITION_HOLDS : CONDITION_FAILS;
}

/* A cell's own text against one or two operands. */
static ConditionResult
cell_is (const FormatRule *rule, const Worksheet *sheet, const char *text, int down, int across)
{
  static const struct {
    const char *operation;
    gboolean below, equal, above;
  } operations[] = {{"equal", FALSE, TRUE, FALSE},       {"notEqual", TRUE, FALSE, TRUE},
                    {"lessThan", TRUE, FALSE, FALSE},    {"lessThanOrEqual", TRUE, TRUE, FALSE},
                    {"greaterThan", FALSE, FALSE, TRUE}, {"greaterThanOrEqual", FALSE, TRUE, TRUE}};
  int order = 0, upper = 0;
  if (!rule->operation || !rule->formulas[0] ||
      !condition_compare (text, rule->formulas[0], sheet, down, across, &order))
    return CONDITION_UNKNOWN;
  for (gsize i = 0; i < G_N_ELEMENTS (operations); i++)
    if (!strcmp (rule->operation, operations[i].operation))
      return result_of (order < 0 ? operations[i].below : order == 0 ? operations[i].equal : operations[i].above);
  gboolean between = !strcmp (rule->operation, "between");
  if ((!between && strcmp (rule->operation, "notBetween")) || !rule->formulas[1] ||
      !condition_compare (text, rule->formulas[1], sheet, down, across, &upper))
    return CONDITION_UNKNOWN;
  return result_of ((order >= 0 && upper <= 0) == between);
}

/* The rules for text have it as an attribute, and a formula that says the same. */
static ConditionResult
text_is (const FormatRule *rule, const char *text)
{
  const char *wanted = rule->text;
  if (!strcmp (rule->type, "containsText"))
    return result_of (strstr (text, wanted) != NULL);
  if (!strcmp (rule->type, "notContainsText"))
    return result_of (!strstr (text, wanted));
  if (!strcmp (rule->type, "beginsWith"))
    return result_of (g_str_has_prefix (text, wanted));
  return !strcmp (rule->type, "endsWith") ? result_of (g_str_has_suffix (text, wanted)) : CONDITION_UNKNOWN;
}

static ConditionResult
rule_holds (const FormatRule *rule, const Worksheet *sheet, const WorksheetCell *cell)
{
  int down = cell->row - rule->first_row, across = cell->column - rule->first_column;
  const char *type = rule->type ? rule->type : "", *text = *cell->text ? cell->text : cell->struck ? cell->struck : "";
  if (!strcmp (type, "cellIs"))
    return cell_is (rule, sheet, text, down, across);
  if (rule->text && *type)
    return text_is (rule, text);
  if (!strcmp (type, "containsBlanks") || !strcmp (type, "notContainsBlanks"))
    return result_of ((strspn (text, " \n\t") == strlen (text)) == (*type == 'c'));
  return !strcmp (type, "expression") && rule->formulas[0] ? condition_holds (rule->formulas[0], sheet, down, across)
                                                           : CONDITION_UNKNOWN;
}

/* Cells */

typedef struct {
  const ConditionalFormats *formats;
  const CellStyles *styles;
  Worksheet *sheet;
  gboolean *unknown; /* of each rule */
  guint steps;
} FormatPass;

static int
rule_order (gconstpointer a, gconstpointer b)
{
  const FormatRule *one = a, *other = b;
  return one->priority < other->priority ? -1 : one->priority > other->priority;
}

/* The first rule that holds and says so decides. */
static CellDifference
difference_of_cell (FormatPass *pass, const WorksheetCell *cell)
{
  CellDifference all = {.strike = -1};
  for (guint i = 0; i < pass->formats->rules->len && pass->steps < STEPS_LIMIT; i++) {
    const FormatRule *rule = &g_array_index (pass->formats->rules, FormatRule, i);
    if (!covers (rule, cell->row, cell->column))
      continue;
    CellDifference own = cell_styles_difference (pass->styles, rule->difference);
    pass->steps++;
    if (own.strike < 0 && !own.white && !own.fills && !rule->stops)
      continue;
    ConditionResult result = rule_holds (rule, pass->sheet, cell);
    pass->unknown[i] = pass->unknown[i] || (result == CONDITION_UNKNOWN && (own.strike > 0 || own.white));
    if (result != CONDITION_HOLDS)
      continue;
    all.strike = all.strike >= 0 ? all.strike : own.strike;
    all.white = all.white || own.white;
    all.fills = all.fills || own.fills;
    if (rule->stops)
      break;
  }
  return all;
}

static void
note_unknown (const FormatPass *pass)
{
  for (guint i = 0; i < pass->formats->rules->len; i++) {
    const FormatRule *rule = &g_array_index (pass->formats->rules, FormatRule, i);
    gboolean strikes = cell_styles_difference (pass->styles, rule->difference).strike > 0;
    CellPlace place = {rule->range.rows.first, rule->range.columns.first};
    if (pass->unknown[i])
      worksheet_remark (pass->sheet, strikes ? "struck-out" : "hidden-text", NOTE_WARNING, place, 0,
                        g_strdup_printf ("A conditional format %s cells by a rule that is not understood (%s): all of "
                                         "them are taken as they are.",
                                         strikes ? "strikes out" : "hides",
                                         rule->formulas[0] ? rule->formulas[0]
                                         : rule->type      ? rule->type
                                                           : "?"));
  }
}

/* What each cell becomes is decided before any is changed: formulas look at other cells. */
void
conditional_formats_apply (const ConditionalFormats *formats, const CellStyles *styles, Worksheet *sheet)
{
  if (formats->rules->len == 0)
    return;
  g_array_sort (formats->rules, rule_order);
  g_autofree gboolean *unknown = g_new0 (gboolean, formats->rules->len);
  g_autofree CellDifference *differences = g_new0 (CellDifference, sheet->cells->len + 1);
  FormatPass pass = {formats, styles, sheet, unknown, 0};
  for (guint i = 0; i < sheet->cells->len; i++)
    differences[i] = difference_of_cell (&pass, &g_array_index (sheet->cells, WorksheetCell, i));
  for (guint i = 0; i < sheet->cells->len; i++) {
    WorksheetCell *cell = &g_array_index (sheet->cells, WorksheetCell, i);
    if (!*cell->text)
      continue;
    if (differences[i].white && !differences[i].fills) {
      worksheet_hide_cell (sheet, cell);
    } else if (differences[i].strike > 0) {
      cell->struck = struck_text_joined (cell->struck, cell->text);
      g_free (cell->text);
      cell->text = g_strdup ("");
    }
  }
  note_unknown (&pass);
}
