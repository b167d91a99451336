/* unruled_table.h - what is measured of a table without drawn lines before its rows are cut; private to its finder
 * (gaps.h).
 */
#pragma once

#include "layout/unruled/unruled_gutters.h"

/* Lines START to END (past the last) of LINES, between which GUTTERS stay open. */
typedef struct {
  GPtrArray *lines; /* ChunkLine */
  gboolean *used;   /* one a line: part of a table that was found before */
  gboolean *wide;   /* one a line: closes a gutter, a banner */
  int start, end;
  GArray *gutters; /* Gutter */
  GArray *running; /* Box: lines of running text, which part tables; NULL: not looked for */
} GapZone;

typedef struct {
  const GapZone *zone;
  double em, leading; /* points: the size of most characters; the distance of lines in one cell */
  Box box;
  GArray *sides; /* double: of the columns */
  GArray *cuts;  /* double: of the rows, between the first and the last; in order once they are all found */
} GapTable;

/* Measures ZONE; the columns' sides are its gutters' middles. */
GapTable gap_table_from_zone (const GapZone *zone);

/* The same with SIDES (double, copied) given. */
GapTable gap_table_between_sides (const GapZone *zone, GArray *sides);
void gap_table_clear (GapTable *table);

const ChunkLine *gap_line (const GapTable *table, int line);

/* The chunk of LINE that stands in COLUMN, or NULL. */
const Chunk *gap_chunk_in (const GapTable *table, int line, int column);
gboolean gap_has_chunk_in (const GapTable *table, int line, int column);

/* How many columns have a chunk on LINE. */
int gap_columns_filled (const GapTable *table, int line);

/* The column that has far fewer lines than its neighbours: merged cells, whose text may stand between two rows. -1:
 * there is none. */
int gap_sparse_column (const GapTable *table);

/* The cuts part the lines into bands: which one Y is in, from 0. */
int gap_band_of (const GapTable *table, double y);

/* Adds a cut at Y, unless there is one, or it is an end of the table. */
void gap_add_cut (GapTable *table, double y);

int gap_columns (const GapTable *table);
