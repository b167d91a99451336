/* running.c - see running.h */
#include "layout/unruled/running.h"

#include <math.h>

/* So many lines that follow each other prove a column of running text; fewer do, where they are set to one length, in
 * points. */
#define LINES_LEAST 5
#define JUSTIFIED_LEAST 3
#define SAME_END 1.0
#define JUSTIFIED_SHARE 0.7

/* A line of it has so many words at least, and is so wide, in ems. */
#define WORDS_LEAST 4
#define WIDTH_LEAST 9.0

/* A line that is this part of its column's width is full; and this part of the lines are. */
#define FULL_LINE 0.8
#define FULL_SHARE 0.6

/* Text whose lines become so much longer, in ems, went round something above. */
#define WIDER 2.0

/* The lines of a column begin within so many ems of its left side: a paragraph's first line may be indented. */
#define INDENT 2.0

/* Two lines of a paragraph are no farther apart, in ems; and no farther than this beside the lines before. */
#define LEADING_MOST 2.0
#define SAME_LEADING 1.2

/* Text beside a column of the page stands beside this part of its lines at least. */
#define BESIDE_SHARE 0.75

/* This part of the lines of running text begins with a small letter. */
#define SMALL_SHARE 0.4

typedef struct {
  int line;
  guint chunk;
} Piece;

typedef struct {
  GPtrArray *lines; /* ChunkLine */
  GArray **running; /* one a line: gboolean, one a chunk */
  GArray *columns;  /* Box: of columns of running text */
} Search;

static ChunkLine *
line_at (const Search *search, int index)
{
  return g_ptr_array_index (search->lines, index);
}

static Chunk *
chunk_of (const Search *search, Piece piece)
{
  return &g_array_index (line_at (search, piece.line)->chunks, Chunk, piece.chunk);
}

static gboolean *
is_running (const Search *search, Piece piece)
{
  return &g_array_index (search->running[piece.line], gboolean, piece.chunk);
}

static gboolean
is_words (const Chunk *chunk)
{
  return chunk->kind == CHUNK_WORDS && !chunk->wide_end;
}

static gboolean
is_long (const Chunk *chunk, double em)
{
  return is_words (chunk) && chunk->words >= WORDS_LEAST && chunk->x1 - chunk->x0 >= WIDTH_LEAST * em;
}

/* The chunk that goes on below PIECE, no more than DISTANCE away; FALSE: there is none. */
static gboolean
piece_below (const Search *search, Piece piece, double distance, Piece *below)
{
  const ChunkLine *line = line_at (search, piece.line);
  const Chunk *chunk = chunk_of (search, piece);
  for (int i = piece.line + 1; i < (int)search->lines->len; i++) {
    const ChunkLine *next = line_at (search, i);
    if (next->y - line->y > distance)
      return FALSE;
    for (guint j = 0; j < next->chunks->len; j++) {
      const Chunk *other = &g_array_index (next->chunks, Chunk, j);
      if (other->x1 <= chunk->x0 || other->x0 >= chunk->x1)
        continue;
      *below = (Piece){i, j};
      return is_words (other) && fabs (other->x0 - chunk->x0) <= INDENT * line->em;
    }
  }
  return FALSE;
}

/* Whether the text becomes wider or narrower at the end of STACK: it went round something. LEFT and RIGHT are the sides
 * of what is above. */
static gboolean
width_changes (const Search *search, GArray *stack, double left, double right)
{
  guint count = stack->len;
  if (count < JUSTIFIED_LEAST + 1)
    return FALSE;
  Piece last = g_array_index (stack, Piece, count - 1), before = g_array_index (stack, Piece, count - 2);
  double narrow = left + FULL_LINE * (right - left);
  return chunk_of (search, last)->x1 > right + WIDER * line_at (search, last.line)->em ||
         (chunk_of (search, last)->x1 < narrow && chunk_of (search, before)->x1 < narrow);
}

/* The pieces that follow each other downwards from FIRST with one leading. */
static GArray *
stack_from (const Search *search, Piece first)
{
  GArray *stack = g_array_new (FALSE, FALSE, sizeof (Piece));
  double distance = LEADING_MOST * line_at (search, first.line)->em, left = 1e9, right = -1e9;
  for (Piece piece = first, below;; piece = below) {
    g_array_append_val (stack, piece);
    if (width_changes (search, stack, left, right)) {
      g_array_set_size (stack, stack->len - 1);
      return stack;
    }
    left = MIN (left, chunk_of (search, piece)->x0);
    right = MAX (right, chunk_of (search, piece)->x1);
    if (!piece_below (search, piece, distance, &below) || *is_running (search, below))
      return stack;
    distance = MIN (distance, SAME_LEADING * (line_at (search, below.line)->y - line_at (search, piece.line)->y));
  }
}

static Box
box_of_stack (const Search *search, GArray *stack)
{
  Box box = {1e9, 1e9, -1e9, -1e9};
  for (guint i = 0; i < stack->len; i++) {
    Piece piece = g_array_index (stack, Piece, i);
    const Chunk *chunk = chunk_of (search, piece);
    double y = line_at (search, piece.line)->y;
    box = box_union (box, (Box){chunk->x0, y, chunk->x1, y});
  }
  return box;
}

static double
full_share (const Search *search, GArray *stack, Box box)
{
  int full = 0;
  for (guint i = 0; i < stack->len; i++) {
    Piece piece = g_array_index (stack, Piece, i);
    const Chunk *chunk = chunk_of (search, piece);
    full += is_long (chunk, line_at (search, piece.line)->em) && chunk->x1 - box.x0 >= FULL_LINE * (box.x1 - box.x0);
  }
  return (double)full / stack->len;
}

/* A value, or a code of one word. */
static gboolean
has_value_beside (const Search *search, Piece piece)
{
  const GArray *chunks = line_at (search, piece.line)->chunks;
  for (guint i = 0; i < chunks->len; i++) {
    const Chunk *chunk = &g_array_index (chunks, Chunk, i);
    gboolean code = i != piece.chunk && chunk->words == 1 && g_unichar_isupper (chunk->first) && !chunk->mark;
    if (chunk->kind == CHUNK_VALUE || code)
      return TRUE;
  }
  return FALSE;
}

/* How many lines of the stack begin and end as the widest does. */
static guint
justified_lines (const Search *search, GArray *stack, Box box)
{
  guint count = 0;
  for (guint i = 0; i < stack->len; i++) {
    const Chunk *chunk = chunk_of (search, g_array_index (stack, Piece, i));
    count += box.x1 - chunk->x1 <= SAME_END && chunk->x0 - box.x0 <= SAME_END;
  }
  return count;
}

/* A cell begins beside others, and goes on beside nothing. Labels of rows begin with capitals. */
static gboolean
is_cell (const Search *search, GArray *stack, Box box)
{
  guint beside = 0, small = 0, values = 0;
  for (guint i = 0; i < stack->len; i++) {
    Piece piece = g_array_index (stack, Piece, i);
    beside += line_at (search, piece.line)->chunks->len > 1;
    values += has_value_beside (search, piece);
    small += g_unichar_islower (chunk_of (search, piece)->first) != 0;
  }
  if (justified_lines (search, stack, box) >= JUSTIFIED_SHARE * stack->len && stack->len > LINES_LEAST)
    return FALSE;
  gboolean parts = beside > 0 && beside < BESIDE_SHARE * stack->len;
  return (parts && (values > 0 || stack->len < 2 * LINES_LEAST)) || (values > 0 && small < SMALL_SHARE * stack->len);
}

static gboolean
is_column (const Search *search, GArray *stack, Box box)
{
  gboolean enough = stack->len >= LINES_LEAST || justified_lines (search, stack, box) >= JUSTIFIED_LEAST;
  return enough && full_share (search, stack, box) >= FULL_SHARE && !is_cell (search, stack, box);
}

static void
find_columns (Search *search)
{
  for (int i = 0; i < (int)search->lines->len; i++)
    for (guint j = 0; j < line_at (search, i)->chunks->len; j++) {
      Piece first = {i, j};
      if (*is_running (search, first) || !is_long (chunk_of (search, first), line_at (search, i)->em))
        continue;
      g_autoptr (GArray) stack = stack_from (search, first);
      Box box = box_of_stack (search, stack);
      if (!is_column (search, stack, box))
        continue;
      for (guint k = 0; k < stack->len; k++)
        *is_running (search, g_array_index (stack, Piece, k)) = TRUE;
      g_array_append_val (search->columns, box);
    }
}

/* Whether PIECE fills one of the columns: a line of it that others do not follow. */
static gboolean
fills_column (const Search *search, Piece piece)
{
  const Chunk *chunk = chunk_of (search, piece);
  double em = line_at (search, piece.line)->em;
  for (guint i = 0; i < search->columns->len && is_long (chunk, em); i++) {
    Box column = g_array_index (search->columns, Box, i);
    if (chunk->x0 >= column.x0 - SAME_END && chunk->x0 <= column.x0 + INDENT * em && chunk->x1 <= column.x1 + em &&
        chunk->x1 - column.x0 >= FULL_LINE * (column.x1 - column.x0))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_alone_in_column (const Search *search, Piece piece, const Chunk *above)
{
  const ChunkLine *line = line_at (search, piece.line);
  for (guint i = 0; i < line->chunks->len; i++) {
    const Chunk *chunk = &g_array_index (line->chunks, Chunk, i);
    if (i != piece.chunk && chunk->x0 < above->x1 && chunk->x1 > above->x0)
      return FALSE;
  }
  return TRUE;
}

/* The short last line below a line of running text. */
static void
take_last_line (const Search *search, Piece piece)
{
  Piece below;
  const Chunk *chunk = chunk_of (search, piece);
  double em = line_at (search, piece.line)->em;
  if (piece_below (search, piece, 1.5 * em, &below) && is_alone_in_column (search, below, chunk) &&
      chunk_of (search, below)->x1 <= chunk->x1 + em)
    *is_running (search, below) = TRUE;
}

static void
find_rest (Search *search)
{
  for (int i = 0; i < (int)search->lines->len; i++)
    for (guint j = 0; j < line_at (search, i)->chunks->len; j++) {
      Piece piece = {i, j};
      *is_running (search, piece) = *is_running (search, piece) || fills_column (search, piece);
      if (*is_running (search, piece) && fills_column (search, piece))
        take_last_line (search, piece);
    }
}

static GArray *
boxes_of_running (const Search *search)
{
  GArray *boxes = g_array_new (FALSE, FALSE, sizeof (Box));
  for (int i = 0; i < (int)search->lines->len; i++)
    for (guint j = 0; j < line_at (search, i)->chunks->len; j++) {
      Piece piece = {i, j};
      const ChunkLine *line = line_at (search, i);
      const Chunk *chunk = chunk_of (search, piece);
      Box box = {chunk->x0, line->y - line->em / 2, chunk->x1, line->y + line->em / 2};
      if (*is_running (search, piece))
        g_array_append_val (boxes, box);
    }
  return boxes;
}

GArray *
running_text_of_lines (GPtrArray *lines)
{
  Search search = {lines, g_new0 (GArray *, lines->len + 1), g_array_new (FALSE, FALSE, sizeof (Box))};
  guint count = lines->len;
  for (guint i = 0; i < count; i++) {
    search.running[i] = g_array_new (FALSE, TRUE, sizeof (gboolean));
    g_array_set_size (search.running[i], line_at (&search, (int)i)->chunks->len);
  }
  find_columns (&search);
  find_rest (&search);
  GArray *boxes = boxes_of_running (&search);
  for (guint i = 0; i < count; i++)
    g_array_unref (search.running[i]);
  g_free (search.running);
  g_array_unref (search.columns);
  return boxes;
}
