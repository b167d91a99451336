/* aligned_table.c - see aligned_table.h */
#include "read/text/aligned_table.h"

#include <string.h>

/* What a boundary's place on a line says for it, in words that begin there after a clear gap between two cells. Set on
 * six texts, what pdftotext -layout made of six sheets from Writer, Calc and Chromium: two spaces are always between cells
 * or at a line's start, single spaces mostly within text. */
#define BEGUN_AFTER_GAP 1.0
#define BEGUN_AFTER_SPACE 0.3
/* With ideographs or kana on either side, where text has no spaces, or after a number at the line's start. */
#define BEGUN_AFTER_SPACE_WIDE 0.8
#define BEGUN_ALONE 0.5
#define WITHIN_GAP 0.4
#define CUTS_WORD -3.0

/* The cost of moving from a line to the next, that of each column, and the furthest move. */
#define MOVE_COST 0.4
#define MOVE_COLUMN_COST 0.2
#define MOVE_MOST 8

/* A boundary is worth it from so much, and so much for each line with text: a column of remarks is filled on few. */
#define SCORE_LEAST 3.0
#define SCORE_PER_LINE 0.12

/* So many of its lines have text on either side: else it is a margin. */
#define BOTH_SIDES_LEAST 3

/* Words of a line in columns: what it costs that one begins a column elsewhere than there, for each column of the text;
 * that one begins a column after a space that may be within text, less for one that is where the boundary was found; that
 * one goes on after a space that hardly is within text. */
#define BEGUN_SHARE 0.08   /* a column that begins on less of the lines is needless */
#define REACHING_SHARE 0.5 /* and as many of the words of the first reach to the second */
#define BOTH_SHARE 0.3     /* two columns are one where less of their lines have both */
#define CLEAR_NEAR 4       /* lines */
#define IN_LINE_NEAR 6     /* lines */
#define HEAD_LINES 3       /* words of so many lines may be centred in their columns */
#define AWAY_COST 0.12
#define AWAY_MOST 2.0
#define SPLIT_COST 0.3
#define ON_PLACE 1.2
#define ON_USUAL_PLACE 0.2
#define SPLIT_WIDE_COST 0.2
#define JOIN_COST 0.3
#define JOIN_HEADS_COST 0.7 /* in the first lines */
#define JOIN_WIDE_COST 1.2
#define JOIN_GAP_COST 4.0

#define BOUNDARIES_MOST (ALIGNED_TABLE_COLUMNS_MOST - 1)

/* What is at a column of a line. */
typedef enum {
  AT_SPACE, /* or beyond the end */
  AT_BEGIN, /* a character begins */
  AT_DIGIT, /* a digit */
  AT_WIDE,  /* a wide one begins */
  AT_WITHIN /* its second column */
} PlaceUse;

typedef struct {
  const TextLine *lines;
  int count, width;   /* of the page: lines, columns */
  gboolean wide_gaps; /* ideographic spaces pad cells, beside others */
  guint8 *use;        /* PlaceUse of each column of each line */
  float *worth;       /* of a boundary at each column of each line */
  guint8 *side;       /* how many boundaries are left of each column of each line, or at it */
} AlignedPage;

typedef struct {
  int first, last;
  double score;
  int *at; /* for every line of the page, constant before FIRST and after LAST; owned */
} ColumnBoundary;

static void
page_clear (AlignedPage *page)
{
  g_free (page->use);
  g_free (page->worth);
  g_free (page->side);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AlignedPage, page_clear)

static void
boundary_free (gpointer data)
{
  ColumnBoundary *boundary = data;
  g_free (boundary->at);
  g_free (boundary);
}

static gsize
cell_index (const AlignedPage *page, int line, int column)
{
  return (gsize)line * page->width + column;
}

#define IDEOGRAPHIC_SPACE 0x3000

/* Whether the lines have two spaces or more in a row of which one is ideographic: they are put between cells. Else a
 * single one is a letter of its cell ("有　14日前まで"), which ASCII spaces are put around. */
static gboolean
has_wide_gaps (const TextLine *lines, int count)
{
  for (int i = 0; i < count; i++) {
    const char *text = lines[i].text + strspn (lines[i].text, " ");
    if (strstr (text, "　　") || strstr (text, "　 ") || strstr (text, " 　"))
      return TRUE;
  }
  return FALSE;
}

static void
mark_use (AlignedPage *page, int line, ColumnCount way)
{
  int column = 0;
  for (const char *at = page->lines[line].text; *at; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    int columns = columns_of_character (character, way);
    if (column + columns > page->width)
      return;
    if (character == IDEOGRAPHIC_SPACE && !page->wide_gaps && column > 0)
      memset (page->use + cell_index (page, line, column), AT_WITHIN, columns);
    else if (!g_unichar_isspace (character))
      for (int k = 0; k < columns; k++)
        page->use[cell_index (page, line, column + k)] = k > 0                           ? AT_WITHIN
                                                         : g_unichar_iswide (character)  ? AT_WIDE
                                                         : g_unichar_isdigit (character) ? AT_DIGIT
                                                                                         : AT_BEGIN;
    column += columns;
  }
}

/* Whether all that USE has before END is digits: a row's number. */
static gboolean
is_only_digits (const guint8 *use, int end)
{
  for (int k = 0; k < end; k++)
    if (use[k] != AT_SPACE && use[k] != AT_DIGIT)
      return FALSE;
  return TRUE;
}

/* The worth of boundaries at the columns of the gap from FROM to before END, and of one at END where text begins. */
static void
weigh_gap (AlignedPage *page, int line, int from, int end, gboolean text_before, gboolean text_after)
{
  float *worth = page->worth + cell_index (page, line, 0);
  int gap = end - from;
  for (int k = from; text_before && text_after && gap >= 2 && k < end; k++)
    worth[k] = WITHIN_GAP;
  const guint8 *use = page->use + cell_index (page, line, 0);
  gboolean wide = text_before && use[end] == AT_WIDE && (use[from - 1] >= AT_WIDE || is_only_digits (use, from));
  if (text_after)
    worth[end] = !text_before ? BEGUN_ALONE
                 : gap >= 2   ? BEGUN_AFTER_GAP
                 : wide       ? BEGUN_AFTER_SPACE_WIDE
                              : BEGUN_AFTER_SPACE;
}

static void
weigh_line (AlignedPage *page, int line)
{
  const guint8 *use = page->use + cell_index (page, line, 0);
  int from = 0;
  gboolean text_before = FALSE;
  for (int k = 0; k < page->width; k++) {
    if (use[k] == AT_SPACE)
      continue;
    if (k > from)
      weigh_gap (page, line, from, k, text_before, TRUE);
    else if (k > 0)
      page->worth[cell_index (page, line, k)] = CUTS_WORD;
    text_before = TRUE;
    from = k + 1;
  }
}

/* Whether LINE has text left of COLUMN, or from it on where RIGHT. */
static gboolean
has_text (const AlignedPage *page, int line, int column, gboolean right)
{
  const guint8 *use = page->use + cell_index (page, line, 0);
  for (int k = right ? column : 0; k < (right ? page->width : column); k++)
    if (use[k] != AT_SPACE)
      return TRUE;
  return FALSE;
}

static double
move_cost (int move)
{
  return move == 0 ? 0 : MOVE_COST + MOVE_COLUMN_COST * ABS (move);
}

/* One line of the search: from BEFORE, the best scores that end at each column of the line above (NULL: there is none),
 * those that end on LINE; STEPS: from how many columns to the left, or MOVE_MOST + 1: it begins here. */
static void
search_line (const AlignedPage *page, int line, const double *before, double *now, gint8 *steps)
{
  for (int k = 1; k < page->width; k++) {
    double best = 0;
    steps[k] = MOVE_MOST + 1;
    for (int move = -MOVE_MOST; before && move <= MOVE_MOST; move++) {
      int from = k - move;
      if (from < 1 || from >= page->width ||
          page->side[cell_index (page, line - 1, from)] != page->side[cell_index (page, line, k)])
        continue;
      double score = before[from] - move_cost (move);
      if (score > best) {
        best = score;
        steps[k] = (gint8)move;
      }
    }
    now[k] = best + page->worth[cell_index (page, line, k)];
  }
}

/* The boundary that ends at COLUMN of the line LAST; STEPS of all lines. */
static ColumnBoundary *
boundary_from_steps (const AlignedPage *page, const gint8 *steps, int last, int column, double score)
{
  ColumnBoundary *boundary = g_new0 (ColumnBoundary, 1);
  *boundary = (ColumnBoundary){.last = last, .score = score, .at = g_new0 (int, page->count)};
  for (int i = last; i < page->count; i++)
    boundary->at[i] = column;
  int line = last;
  for (;; line--) {
    boundary->at[line] = column;
    int step = steps[cell_index (page, line, column)];
    if (line == 0 || step > MOVE_MOST)
      break;
    column -= step;
  }
  boundary->first = line;
  for (int i = 0; i < line; i++)
    boundary->at[i] = column;
  return boundary;
}

/* The best boundary among those that are left; NULL: none is worth anything. */
static ColumnBoundary *
best_boundary (const AlignedPage *page)
{
  g_autofree gint8 *steps = g_new0 (gint8, (gsize)page->count * page->width);
  g_autofree double *scores = g_new0 (double, 2 * (gsize)page->width);
  double most = 0;
  int last = 0, column = 0;
  for (int i = 0; i < page->count; i++) {
    double *now = scores + (gsize)(i % 2) * page->width, *before = scores + (gsize)((i + 1) % 2) * page->width;
    search_line (page, i, i > 0 ? before : NULL, now, steps + cell_index (page, i, 0));
    for (int k = 1; k < page->width; k++)
      if (now[k] > most) {
        most = now[k];
        last = i;
        column = k;
      }
  }
  return most > 0 ? boundary_from_steps (page, steps, last, column, most) : NULL;
}

/* The gaps that BOUNDARY goes through say nothing for another one. */
static void
use_up (AlignedPage *page, const ColumnBoundary *boundary)
{
  for (int i = boundary->first; i <= boundary->last; i++) {
    int at = boundary->at[i];
    for (int k = at; k > 0 && page->worth[cell_index (page, i, k)] > 0; k--)
      page->worth[cell_index (page, i, k)] = 0;
    for (int k = at + 1; k < page->width && page->worth[cell_index (page, i, k)] > 0; k++)
      page->worth[cell_index (page, i, k)] = 0;
  }
}

/* No other boundary crosses BOUNDARY. */
static void
part_sides (AlignedPage *page, const ColumnBoundary *boundary)
{
  for (int i = 0; i < page->count; i++)
    for (int k = boundary->at[i]; k < page->width; k++)
      page->side[cell_index (page, i, k)]++;
}

static gboolean
is_worth_it (const AlignedPage *page, const ColumnBoundary *boundary)
{
  int filled = 0, both = 0;
  for (int i = boundary->first; i <= boundary->last; i++) {
    filled += !text_line_is_blank (&page->lines[i]);
    both += has_text (page, i, boundary->at[i], FALSE) && has_text (page, i, boundary->at[i], TRUE);
  }
  return boundary->score >= MAX (SCORE_LEAST, SCORE_PER_LINE * filled) && both >= BOTH_SIDES_LEAST;
}

static GPtrArray *
find_boundaries (AlignedPage *page)
{
  GPtrArray *boundaries = g_ptr_array_new_with_free_func (boundary_free);
  for (int tries = 0; tries < BOUNDARIES_MOST; tries++) {
    ColumnBoundary *boundary = best_boundary (page);
    if (!boundary)
      break;
    if (boundary->score < SCORE_LEAST) {
      boundary_free (boundary);
      break;
    }
    use_up (page, boundary);
    if (!is_worth_it (page, boundary)) {
      boundary_free (boundary);
      continue;
    }
    part_sides (page, boundary);
    g_ptr_array_add (boundaries, boundary);
  }
  return boundaries;
}

static gint
compare_lines (gconstpointer a, gconstpointer b)
{
  const ColumnBoundary *one = *(ColumnBoundary *const *)a, *other = *(ColumnBoundary *const *)b;
  return one->first - other->first;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  return *(const int *)a - *(const int *)b;
}

/* Words of a line that spaces keep apart from others. */
typedef struct {
  int start, end; /* past its last column */
  int gap;        /* the columns of space before it */
  gboolean wide;  /* that one is between wide characters */
} LineWord;

/* The words of LINE: LineWord. */
static GArray *
words_of_line (const AlignedPage *page, int line)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (LineWord));
  const guint8 *use = page->use + cell_index (page, line, 0);
  for (int k = 0, end = 0; k < page->width; k++) {
    if (use[k] == AT_SPACE)
      continue;
    LineWord word = {k, k, k - end, k > 0 && end > 0 && use[k] == AT_WIDE && use[end - 1] >= AT_WIDE};
    while (k < page->width && use[k] != AT_SPACE)
      k++;
    word.end = end = k;
    g_array_append_val (words, word);
  }
  return words;
}

/* What it costs that the word begins a column, whose boundary is usually at USUAL and on this line at NEAR; MIDDLE: of
 * the column, for heads. FIRST: it is the first of its line. */
static double
begin_cost (const LineWord *word, int usual, int near, int middle, gboolean first)
{
  double away = MIN (ABS (word->start - usual), ABS (word->start - near));
  away = MIN (away, ABS ((word->start + word->end) / 2 - middle));
  double split = first || word->gap >= 2 ? 0 : word->wide ? SPLIT_WIDE_COST : SPLIT_COST;
  double on_place = word->start == near ? ON_PLACE : word->start == usual ? ON_USUAL_PLACE : 0;
  return MIN (AWAY_MOST, AWAY_COST * away) + split - on_place;
}

/* What it costs that it is in the column of the word before it. */
static double
join_cost (const LineWord *word, gboolean head)
{
  return word->gap >= 2 ? JOIN_GAP_COST : word->wide ? JOIN_WIDE_COST : head ? JOIN_HEADS_COST : JOIN_COST;
}

/* The columns of the WORDS of a line, from left to right, which cost least together: IN, one for each. USUAL and NEAR
 * are the boundaries of all columns; HEAD: the words may be centred, WIDTH is that of the page. */
static void
assign_words (GArray *words, int columns, const int *usual, const int *near, gboolean head, int width, int *in)
{
  g_autofree double *cost = g_new (double, (gsize)words->len *columns);
  g_autofree int *from = g_new0 (int, (gsize)words->len *columns);
  for (guint i = 0; i < words->len; i++) {
    const LineWord *word = &g_array_index (words, LineWord, i);
    for (int k = 0; k < columns; k++) {
      double *now = &cost[i * columns + k],
             middle = head ? (usual[k] + (k + 1 < columns ? usual[k + 1] : width)) / 2 : usual[k] + width;
      double begun = begin_cost (word, usual[k], near[k], (int)middle, i == 0);
      const double *before = i > 0 ? &cost[(i - 1) * columns] : NULL;
      *now = before ? before[k] + join_cost (word, head) : begun;
      from[i * columns + k] = k;
      for (int other = 0; before && other < k; other++)
        if (before[other] + begun < *now) {
          *now = before[other] + begun;
          from[i * columns + k] = other;
        }
    }
  }
  const double *last = cost + (gsize)(words->len - 1) * columns;
  int best = 0;
  for (int k = 1; k < columns; k++)
    best = last[k] < last[best] ? k : best;
  for (int i = (int)words->len - 1; i >= 0; best = from[i * columns + best], i--)
    in[i] = best;
}

/* Whether text begins at COLUMN of LINE. */
static gboolean
begins_at (const AlignedPage *page, int line, int column)
{
  if (line < 0 || line >= page->count)
    return FALSE;
  const guint8 *use = page->use + cell_index (page, line, column);
  return use[0] != AT_SPACE && use[-1] == AT_SPACE;
}

/* Moves the boundaries of LINE of TABLE, its INDEX, to where its words begin; those that are in no gap are left only where
 * they cut words right above or below the beginning of others. USUAL: where they are on most lines;
 * NEAR: on a line near this one; OWN: where they were found on this one. */
static void
fit_line (AlignedTable *table, const AlignedPage *page, int line, const int *usual, const int *near, const int *own)
{
  int index = line - table->first;
  int *starts = table->starts + (gsize)index * table->columns, columns = table->columns;
  g_autoptr (GArray) words = words_of_line (page, line);
  g_autofree int *in = g_new0 (int, words->len + 1);
  if (words->len == 0)
    return;
  assign_words (words, columns, usual, near, index < HEAD_LINES, page->width, in);
  int cut = 0, crossed = 0, fitting = 0, next = (int)words->len;
  for (int k = columns - 1; k > 0; k--) {
    int first = next;
    while (first > 0 && in[first - 1] >= k)
      first--;
    gboolean begun = first < next && in[first] == k;
    const LineWord *before = first > 0 ? &g_array_index (words, LineWord, first - 1) : NULL;
    int limit = first < (int)words->len ? g_array_index (words, LineWord, first).start : page->width - 1;
    gboolean within = !begun && before && own[k] > before->start && own[k] < before->end;
    crossed += !begun && before && usual[k] > before->start && usual[k] < before->end;
    gboolean torn = within && (begins_at (page, line - 1, own[k]) || begins_at (page, line + 1, own[k]));
    starts[k] = begun || torn ? (begun ? limit : own[k]) : CLAMP (MAX (usual[k], before ? before->end : 0), 1, limit);
    cut += torn;
    fitting += begun && g_array_index (words, LineWord, first).gap > 0;
    next = begun ? first : next;
  }
  table->across[index] = crossed - cut > fitting;
  table->torn += cut > 0 && !table->across[index];
}

/* The middle one of the places of column K of TABLE, of those where text begins. */
static int
usual_start (const AlignedTable *table, const AlignedPage *page, int k)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (int));
  for (int i = table->first; i <= table->last; i++) {
    int at = table->starts[(gsize)(i - table->first) * table->columns + k];
    if (begins_at (page, i, at))
      g_array_append_val (places, at);
  }
  g_array_sort (places, compare_numbers);
  return places->len > 0 ? g_array_index (places, int, places->len / 2) : table->starts[k];
}

/* Whether TABLE has words that begin COLUMN on LINE. */
static gboolean
begins_column (const AlignedTable *table, const AlignedPage *page, int line, int column)
{
  return begins_at (page, line, table->starts[(gsize)(line - table->first) * table->columns + column]);
}

/* The end of the word that begins at COLUMN of LINE. */
static int
end_of_word (const AlignedPage *page, int line, int column)
{
  while (column < page->width && page->use[cell_index (page, line, column)] != AT_SPACE)
    column++;
  return column;
}

/* Whether hardly a line has words in COLUMN and in the one before, nor the heads, and these reach to where it is usually:
 * it is one column that moved. (Marks in columns of ticks exclude each other too, but their heads do not.) */
static gboolean
is_one_with_the_last (const AlignedTable *table, const AlignedPage *page, int column)
{
  int both = 0, either = 0, begun = 0, reaching = 0, usual = usual_start (table, page, column);
  for (int i = table->first; i <= table->last && column > 1; i++) {
    gboolean one = begins_column (table, page, i, column - 1), other = begins_column (table, page, i, column);
    int at = table->starts[(gsize)(i - table->first) * table->columns + column - 1];
    if (one && other && i < table->first + HEAD_LINES)
      return FALSE;
    both += one && other;
    either += one || other;
    begun += one;
    reaching += one && end_of_word (page, i, at) >= usual;
  }
  return column > 1 && both < BOTH_SHARE * either && reaching >= REACHING_SHARE * begun;
}

/* A column on which few lines have words that begin, or that is one with the one before; 0: there is none. */
static int
needless_column (const AlignedTable *table, const AlignedPage *page)
{
  int lines = 0;
  for (int i = table->first; i <= table->last; i++)
    lines += !text_line_is_blank (&page->lines[i]);
  for (int k = 1; k < table->columns; k++) {
    int begun = 0;
    for (int i = table->first; i <= table->last; i++)
      begun += begins_column (table, page, i, k);
    if (begun < MAX (BOTH_SIDES_LEAST, BEGUN_SHARE * lines) || is_one_with_the_last (table, page, k))
      return k;
  }
  return 0;
}

static void
remove_column (AlignedTable *table, int column)
{
  int lines = table->last - table->first + 1, *to = table->starts;
  for (int i = 0; i < lines; i++)
    for (int k = 0; k < table->columns; k++)
      if (k != column)
        *to++ = table->starts[(gsize)i * table->columns + k];
  table->columns--;
}

/* Whether words begin every column but the first on LINE, and clear gaps part them: no doubt where they belong. */
static gboolean
line_is_clear (const AlignedTable *table, const AlignedPage *page, int line)
{
  const guint8 *use = page->use + cell_index (page, line, 0);
  const int *starts = table->starts + (gsize)(line - table->first) * table->columns;
  for (int k = 1; k < table->columns; k++) {
    gboolean clear = starts[k] < 2 || use[starts[k] - 2] == AT_SPACE || is_only_digits (use, starts[k]);
    if (!begins_column (table, page, line, k) || !clear)
      return FALSE;
  }
  return !table->across[line - table->first];
}

/* The line that is clear nearest to LINE, not far; LINE: there is none. */
static int
clear_line_near (const gboolean *clear, int line, int lines)
{
  for (int away = 0; away <= CLEAR_NEAR; away++) {
    if (line - away >= 0 && clear[line - away])
      return line - away;
    if (line + away < lines && clear[line + away])
      return line + away;
  }
  return line;
}

/* The boundaries of a line, of COLUMNS columns, as they were found, OWN, but where these are those of other columns on a
 * CLEAR line near it: NEAR. */
static void
places_near (const int *own, const int *clear, int columns, int *near)
{
  for (int k = 0; k < columns; k++) {
    near[k] = own[k];
    for (int other = 1; other < columns; other++)
      if (other != k && clear[other] == own[k])
        near[k] = clear[k];
  }
}

/* Each line has its words in columns by their order and by where they begin on most lines, and where the boundaries were
 * found on this one; then again, by where they begin on clear lines near it. */
static void
fit_lines (AlignedTable *table, const AlignedPage *page)
{
  int lines = table->last - table->first + 1, columns = table->columns;
  g_autofree int *usual = g_new0 (int, columns);
  for (int k = 1; k < columns; k++)
    usual[k] = usual_start (table, page, k);
  g_autofree int *found = g_memdup2 (table->starts, (gsize)lines * columns * sizeof *found);
  g_autofree gboolean *clear = g_new0 (gboolean, lines);
  for (int i = 0; i < lines; i++) {
    fit_line (table, page, table->first + i, usual, found + (gsize)i * columns, found + (gsize)i * columns);
    clear[i] = line_is_clear (table, page, table->first + i);
  }
  g_autofree int *fitted = g_memdup2 (table->starts, (gsize)lines * columns * sizeof *fitted);
  table->torn = 0;
  g_autofree int *near = g_new0 (int, columns);
  for (int i = 0; i < lines; i++) {
    const int *own = found + (gsize)i * columns;
    places_near (own, fitted + (gsize)clear_line_near (clear, i, lines) * columns, columns, near);
    fit_line (table, page, table->first + i, usual, near, own);
  }
}

/* Whether the words that begin COLUMN on LINE are in line with others of it, near it. */
static gboolean
is_in_line (const AlignedTable *table, const AlignedPage *page, int line, int column)
{
  int at = table->starts[(gsize)(line - table->first) * table->columns + column];
  for (int i = MAX (table->first, line - IN_LINE_NEAR); i <= MIN (table->last, line + IN_LINE_NEAR); i++)
    if (i != line && table->starts[(gsize)(i - table->first) * table->columns + column] == at &&
        begins_at (page, i, at))
      return TRUE;
  return FALSE;
}

/* Counts the words of TABLE after gaps, and of these those that begin no column, or elsewhere than on the lines near. */
static void
count_strays (AlignedTable *table, const AlignedPage *page)
{
  for (int i = table->first; i <= table->last; i++) {
    g_autoptr (GArray) words = words_of_line (page, i);
    for (guint k = 1; k < words->len && !table->across[i - table->first]; k++) {
      const LineWord *word = &g_array_index (words, LineWord, k);
      gboolean in_line = FALSE;
      for (int column = 1; column < table->columns; column++)
        in_line |= table->starts[(gsize)(i - table->first) * table->columns + column] == word->start &&
                   is_in_line (table, page, i, column);
      table->gaps += word->gap >= 2;
      table->strays += word->gap >= 2 && !in_line;
    }
  }
}

/* Makes BOUNDARY, whose place on the line START is known, go on to the line END, up or down, where it is best. */
static void
extend (const AlignedPage *page, ColumnBoundary *boundary, int start, int end)
{
  int step = start < end ? 1 : -1, lines = ABS (end - start) + 1, width = page->width;
  g_autofree gint8 *moves = g_new0 (gint8, (gsize)lines * width);
  g_autofree double *scores = g_new0 (double, 2 * (gsize)width);
  for (int k = 0; k < width; k++)
    scores[k] = k == boundary->at[start] ? 0 : -G_MAXDOUBLE;
  for (int i = 1; i < lines; i++) {
    const double *before = scores + (gsize)((i + 1) % 2) * width;
    double *now = scores + (gsize)(i % 2) * width;
    for (int k = 0; k < width; k++) {
      now[k] = -G_MAXDOUBLE;
      for (int move = -MOVE_MOST; k > 0 && move <= MOVE_MOST; move++) {
        int from = k - move;
        if (from < 1 || from >= width || before[from] - move_cost (move) <= now[k])
          continue;
        now[k] = before[from] - move_cost (move);
        moves[(gsize)i * width + k] = (gint8)move;
      }
      now[k] += k > 0 ? page->worth[cell_index (page, start + i * step, k)] : 0;
    }
  }
  const double *last = scores + (gsize)((lines - 1) % 2) * width;
  int best = boundary->at[start];
  for (int k = 1; k < width; k++)
    best = last[k] > last[best] ? k : best;
  for (int i = lines - 1; i > 0; i--) {
    boundary->at[start + i * step] = best;
    best -= moves[(gsize)i * width + best];
  }
}

/* The table of the boundaries FROM to before END, which are sorted by line. */
static AlignedTable *
table_from_boundaries (const AlignedPage *page, GPtrArray *boundaries, guint from, guint end)
{
  AlignedTable *table = g_new0 (AlignedTable, 1);
  *table = (AlignedTable){.first = page->count, .columns = (int)(end - from) + 1};
  for (guint k = from; k < end; k++) {
    const ColumnBoundary *boundary = g_ptr_array_index (boundaries, k);
    table->first = MIN (table->first, boundary->first);
    table->last = MAX (table->last, boundary->last);
  }
  for (guint k = from; k < end; k++) {
    ColumnBoundary *boundary = g_ptr_array_index (boundaries, k);
    extend (page, boundary, boundary->first, table->first);
    extend (page, boundary, boundary->last, table->last);
  }
  int lines = table->last - table->first + 1;
  table->starts = g_new0 (int, (gsize)lines * table->columns);
  table->across = g_new0 (gboolean, lines);
  for (int i = 0; i < lines; i++) {
    int *starts = table->starts + (gsize)i * table->columns;
    for (guint k = from; k < end; k++)
      starts[k - from + 1] = ((const ColumnBoundary *)g_ptr_array_index (boundaries, k))->at[table->first + i];
    qsort (starts, table->columns, sizeof *starts, compare_numbers);
  }
  fit_lines (table, page);
  for (int needless; (needless = needless_column (table, page)) > 0;) {
    remove_column (table, needless);
    fit_lines (table, page);
  }
  count_strays (table, page);
  return table;
}

static void
table_free (gpointer data)
{
  AlignedTable *table = data;
  g_free (table->starts);
  g_free (table->across);
  g_free (table);
}

static GPtrArray *
tables_from_boundaries (const AlignedPage *page, GPtrArray *boundaries)
{
  GPtrArray *tables = g_ptr_array_new_with_free_func (table_free);
  g_ptr_array_sort (boundaries, compare_lines);
  for (guint from = 0, end; from < boundaries->len; from = end) {
    int last = ((const ColumnBoundary *)g_ptr_array_index (boundaries, from))->last;
    for (end = from + 1; end < boundaries->len; end++) {
      const ColumnBoundary *next = g_ptr_array_index (boundaries, end);
      if (next->first > last)
        break;
      last = MAX (last, next->last);
    }
    g_ptr_array_add (tables, table_from_boundaries (page, boundaries, from, end));
  }
  return tables;
}

GPtrArray *
aligned_tables_from_lines (const TextLine *lines, int count, ColumnCount way)
{
  int width = 1;
  for (int i = 0; i < count; i++)
    width = MAX (width, columns_of_text (lines[i].text, way) + 1);
  width = MIN (width, ALIGNED_COLUMNS_MOST);
  gsize cells = (gsize)count * width;
  g_auto (AlignedPage) page = {lines,
                               count,
                               width,
                               has_wide_gaps (lines, count),
                               g_new0 (guint8, cells),
                               g_new0 (float, cells),
                               g_new0 (guint8, cells)};
  for (int i = 0; i < count; i++) {
    mark_use (&page, i, way);
    weigh_line (&page, i);
  }
  g_autoptr (GPtrArray) boundaries = find_boundaries (&page);
  return tables_from_boundaries (&page, boundaries);
}

const int *
aligned_table_starts (const AlignedTable *table, int line)
{
  if (line < table->first || line > table->last || table->across[line - table->first])
    return NULL;
  return table->starts + (gsize)(line - table->first) * table->columns;
}
