/* column_kinds.c - see column_kinds.h */
#include "items/column_kinds.h"

#include "items/column_group.h"
#include "items/mend.h"

#include <string.h>

/* What is in the columns */

typedef struct {
  int rows; /* with more than one cell filled */
  int moved;
  int *filled;               /* by column */
  int (*words)[WORDS_KINDS]; /* by column: how many cells have such words */
} Contents;

static void
contents_clear (Contents *contents)
{
  g_free (contents->filled);
  g_free (contents->words);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Contents, contents_clear)

static gboolean
is_row_of_cells (const Row *row)
{
  int filled = 0;
  for (guint i = 0; i < row->fields->len; i++)
    filled += *row_field (row, (int)i)->text != 0;
  return filled > 1;
}

/* Counted as the rows are; or with each row aligned with COLUMNS (NULL: not). */
static void
count_contents (const Knowledge *knowledge, const Table *table, int first, const Columns *columns, Contents *contents)
{
  int count = table->columns;
  *contents = (Contents){.filled = g_new0 (int, count), .words = g_malloc0_n (count, sizeof *contents->words)};
  guint end = MIN (table->rows->len, (guint)first + COLUMN_ROWS_MOST);
  for (guint i = first; i < end; i++) {
    const Row *row = table_row (table, (int)i);
    if (!is_row_of_cells (row))
      continue;
    g_autofree int *order = columns ? mend_row (knowledge, columns, row, NULL) : NULL;
    contents->rows++;
    contents->moved += order != NULL;
    for (int column = 0; column < count; column++) {
      int index = order ? order[column] : column;
      const Field *field = index >= 0 && index < (int)row->fields->len ? row_field (row, index) : NULL;
      if (!field || !*field->text || field->span > 1)
        continue;
      contents->filled[column]++;
      if (!field->from_above)
        contents->words[column][words_of_cell (knowledge, field->text)]++;
    }
  }
}

/* The mean of how well the cells of COLUMN fit each kind; of few cells it counts for less. */
static void
find_content_fits (const Contents *contents, int column, double fits[COLUMN_KINDS])
{
  for (int kind = 0; kind < COLUMN_KINDS; kind++) {
    double sum = 0;
    int cells = 0;
    for (int words = 0; words < WORDS_KINDS; words++) {
      sum += contents->words[column][words] * cell_fit (kind, words);
      cells += contents->words[column][words];
    }
    fits[kind] = sum / (cells + 0.5);
  }
}

/* The score */

/* The kinds of which there is one column at most; each has a bit in the set of those that are given. */
static const ColumnKind single_kinds[] = {COLUMN_NUMBER, COLUMN_CATEGORY, COLUMN_NAME, COLUMN_DEFINITION,
                                          COLUMN_UNIT,   COLUMN_ANSWER,   COLUMN_MARK};
enum {
  GIVEN_NUMBER = 1,
  GIVEN_CATEGORY = 2,
  GIVEN_NAME = 4,
  GIVEN_DEFINITION = 8,
  GIVEN_UNIT = 16,
  GIVEN_ANSWER = 32,
  GIVEN_MARK = 64,
  GIVEN_SETS = 128,
};

/* What a column's cells count for against its head (head.c: a plain word is 6). Weighed with heads on the corpus, the cases
 * and tests/test_columns.py. */
#define CONTENT_WEIGHT 2.0

/* A sheet has names, or definitions that stand for them; and it has an answer. */
#define NAMES_SCORE 5.0
#define DEFINITIONS_SCORE 2.0
#define ANSWER_SCORE 5.0

/* An answer is there in most rows: from -2 for none to +2 for all. */
#define FILLED_SCORE 4.0

/* A cell that fits a kind this well belongs there by its words alone (cell_words.c). */
#define PROOF_FIT 3.0

/* What it costs where all rows had to be aligned. */
#define MOVED_SCORE 3.0

/* KIND at a place with the kinds GIVEN to its left. */
static double
place_fit (ColumnKind kind, int given)
{
  switch (kind) {
  case COLUMN_NUMBER:
    return given == 0 ? 0.5 : 0;
  case COLUMN_CATEGORY:
    return given & GIVEN_NAME ? -1 : 0;
  case COLUMN_DEFINITION:
    return (given & GIVEN_NAME ? 0.5 : 0) + (given & GIVEN_ANSWER ? -5 : 0);
  case COLUMN_UNIT:
    return (given & GIVEN_NAME ? 0.5 : -0.5) + (given & GIVEN_ANSWER ? -0.5 : 0);
  case COLUMN_ANSWER:
    return given & (GIVEN_NAME | GIVEN_DEFINITION) ? 1.5 : -1.5;
  default:
    return 0;
  }
}

typedef struct {
  const Columns *columns;
  const Contents *contents;
  gboolean headed;   /* there are heads at all */
  gboolean answered; /* columns for ticks or for plans have the answers */
} ColumnScore;

static double
filled_share (const Contents *contents, int column)
{
  return contents->rows > 0 ? contents->filled[column] / (double)contents->rows : 0;
}

/* CONTENT: of find_content_fits for KIND. */
static double
score_of (const ColumnScore *score, int column, ColumnKind kind, double content, int given)
{
  HeadRule rule = score->columns->each[column].rule;
  double head = score->headed ? head_fit (rule, kind) : kind == COLUMN_OTHER ? 2 : 0;
  double fit = head + CONTENT_WEIGHT * content + place_fit (kind, given);
  if (kind != COLUMN_ANSWER)
    return fit;
  gboolean empty = score->contents->filled[column] == 0;
  if (empty && rule != HEAD_ANSWER && rule != HEAD_MARK)
    return -20;
  double filled = empty ? 0 : FILLED_SCORE * (filled_share (score->contents, column) - 0.5);
  return fit + filled - 0.01 * column;
}

static double
score_of_whole (const ColumnScore *score, int given)
{
  double names = given & GIVEN_NAME ? NAMES_SCORE : given & GIVEN_DEFINITION ? DEFINITIONS_SCORE : 0;
  return names + (score->answered || given & GIVEN_ANSWER ? ANSWER_SCORE : 0);
}

/* The best way to come to a set of kinds with the columns so far. */
typedef struct {
  double score;
  int from;        /* the set before the last column */
  ColumnKind kind; /* of the last column */
} Step;

#define IMPOSSIBLE -1e9

/* What a column is that is none of the single kinds. */
static ColumnKind
plain_kind (const ColumnScore *score, int column)
{
  ColumnKind kind = score->columns->kinds[column];
  if (kind == COLUMN_CHOICE || kind == COLUMN_PLAN)
    return kind;
  if (score->columns->each[column].translation)
    return COLUMN_OTHER;
  if (score->columns->each[column].rule == HEAD_EXAMPLE)
    return COLUMN_EXAMPLE;
  return score->contents->filled[column] > 0 || *score->columns->each[column].head ? COLUMN_OTHER : COLUMN_UNKNOWN;
}

static void
take_step (Step *to, double score, int from, ColumnKind kind)
{
  if (score > to->score)
    *to = (Step){score, from, kind};
}

/* The steps to each set over one more COLUMN. */
static void
step_over (const ColumnScore *score, int column, const Step *before, Step *after)
{
  ColumnKind plain = plain_kind (score, column);
  gboolean fixed = plain == COLUMN_CHOICE || plain == COLUMN_PLAN || score->columns->each[column].translation;
  double fits[COLUMN_KINDS];
  find_content_fits (score->contents, column, fits);
  for (int set = 0; set < GIVEN_SETS; set++)
    after[set].score = IMPOSSIBLE;
  for (int set = 0; set < GIVEN_SETS; set++) {
    if (before[set].score <= IMPOSSIBLE)
      continue;
    double other = fixed || plain == COLUMN_UNKNOWN ? 0 : score_of (score, column, plain, fits[plain], set);
    take_step (&after[set], before[set].score + other, set, plain);
    for (gsize i = 0; i < G_N_ELEMENTS (single_kinds) && !fixed && plain != COLUMN_UNKNOWN; i++) {
      ColumnKind kind = single_kinds[i];
      if (!(set & 1 << i))
        take_step (&after[set | 1 << i], before[set].score + score_of (score, column, kind, fits[kind], set), set,
                   kind);
    }
  }
}

/* Gives COLUMNS the kinds that score best, and returns the score. */
static double
assign_kinds (const ColumnScore *score, Columns *columns)
{
  g_autofree Step *steps = g_new0 (Step, (gsize)(columns->count + 1) * GIVEN_SETS);
  for (int set = 1; set < GIVEN_SETS; set++)
    steps[set].score = IMPOSSIBLE;
  for (int i = 0; i < columns->count; i++)
    step_over (score, i, &steps[(gsize)i * GIVEN_SETS], &steps[(gsize)(i + 1) * GIVEN_SETS]);
  const Step *last = &steps[(gsize)columns->count * GIVEN_SETS];
  int best = 0;
  for (int set = 1; set < GIVEN_SETS; set++)
    if (last[set].score > IMPOSSIBLE &&
        last[set].score + score_of_whole (score, set) > last[best].score + score_of_whole (score, best))
      best = set;
  double total = last[best].score + score_of_whole (score, best);
  for (int i = columns->count; i > 0; i--) {
    const Step *step = &steps[(gsize)i * GIVEN_SETS + best];
    columns->kinds[i - 1] = step->kind;
    best = step->from;
  }
  return total;
}

/* The share of the cells of COLUMN that are proof of KIND. */
static double
typical_share (const Contents *contents, int column, ColumnKind kind)
{
  int typical = 0, cells = 0;
  for (int words = 0; words < WORDS_KINDS; words++) {
    cells += contents->words[column][words];
    typical += cell_fit (kind, words) >= PROOF_FIT ? contents->words[column][words] : 0;
  }
  return cells > 0 ? typical / (double)cells : 0;
}

static double
assign_by (const Knowledge *knowledge, Columns *columns, const Contents *contents)
{
  ColumnScore score = {columns, contents, columns->head_rows > 0, FALSE};
  for (int i = 0; i < columns->count; i++) {
    columns->each[i].filled = filled_share (contents, i);
    score.answered = score.answered || columns->kinds[i] == COLUMN_CHOICE || columns->kinds[i] == COLUMN_PLAN;
  }
  double moved = contents->rows > 0 ? contents->moved / (double)contents->rows : 0;
  double total = assign_kinds (&score, columns);
  for (int i = 0; i < columns->count; i++)
    columns->each[i].typical = typical_share (contents, i, columns->kinds[i]);
  return total - MOVED_SCORE * moved;
}

/* COLUMNS where each row is aligned with what START says, and their score. */
static Columns *
columns_of_aligned_rows (const Knowledge *knowledge, const Columns *start, const Table *table, int first, double *score)
{
  g_auto (Contents) contents = {0};
  Columns *columns = columns_copy (start);
  count_contents (knowledge, table, first, start, &contents);
  for (int i = 0; i < columns->count; i++)
    if (columns->kinds[i] != COLUMN_CHOICE && columns->kinds[i] != COLUMN_PLAN)
      columns->kinds[i] = COLUMN_UNKNOWN;
  *score = assign_by (knowledge, columns, &contents);
  return columns;
}

/* What the heads alone say. */
static Columns *
columns_by_heads (const Knowledge *knowledge, const Columns *columns)
{
  g_auto (Contents)
      none = {.filled = g_new0 (int, columns->count), .words = g_malloc0_n (columns->count, sizeof *none.words)};
  Columns *by_heads = columns_copy (columns);
  assign_by (knowledge, by_heads, &none);
  for (int i = 0; i < columns->count; i++)
    by_heads->each[i].filled = columns->each[i].filled;
  return by_heads;
}

static gboolean
same_kinds (const Columns *a, const Columns *b)
{
  return memcmp (a->kinds, b->kinds, a->count * sizeof *a->kinds) == 0;
}

static void
find_kinds (const Knowledge *knowledge, Columns *columns, const Table *table, int first)
{
  g_auto (Contents) contents = {0};
  double straight, heads_first;
  column_groups_find (knowledge, columns, table, first);
  count_contents (knowledge, table, first, NULL, &contents);
  g_autoptr (Columns) by_heads = columns_by_heads (knowledge, columns);
  assign_by (knowledge, columns, &contents);
  if (columns->head_rows == 0 || same_kinds (columns, by_heads))
    return;
  columns_free (columns_of_aligned_rows (knowledge, columns, table, first, &straight));
  g_autoptr (Columns) aligned = columns_of_aligned_rows (knowledge, by_heads, table, first, &heads_first);
  if (heads_first <= straight)
    return;
  memcpy (columns->kinds, aligned->kinds, columns->count * sizeof *columns->kinds);
  for (int i = 0; i < columns->count; i++) {
    columns->each[i].filled = aligned->each[i].filled;
    columns->each[i].typical = aligned->each[i].typical;
  }
}

/* Where no column has names, the questions name the items, whatever else their words are like. */
static void
name_by_questions (Columns *columns)
{
  int questions = columns_find (columns, COLUMN_DEFINITION);
  if (questions >= 0 && columns_find (columns, COLUMN_NAME) < 0 && columns->each[questions].rule == HEAD_REQUIREMENT)
    columns->kinds[questions] = COLUMN_NAME;
}

void
columns_find_kinds (const Knowledge *knowledge, Columns *columns, const Table *table, int first)
{
  find_kinds (knowledge, columns, table, first);
  name_by_questions (columns);
}

Columns *
columns_from_cells (const Knowledge *knowledge, const Table *table)
{
  g_autoptr (Columns) columns = columns_new (table->columns);
  columns_find_kinds (knowledge, columns, table, 0);
  gboolean told = columns_find (columns, COLUMN_NAME) >= 0 || columns_find (columns, COLUMN_DEFINITION) >= 0;
  return told ? g_steal_pointer (&columns) : NULL;
}
