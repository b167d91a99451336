/* unruled_lines.h - lines of chunks; private to the finder of tables without lines (gaps.h).
 */
#pragma once

#include "layout/frame/frame.h"

typedef enum {
  CHUNK_WORDS,
  CHUNK_VALUE, /* figures: "1,204", "(3.5)", "$12", "2009" */
  CHUNK_SIGN,  /* neither letters nor figures: "$", "–", "•" */
} ChunkKind;

/* Words with no wide gap between them. */
typedef struct {
  double x0, x1;
  gboolean wide_end; /* its last character is an ideograph or a kana: such text is wrapped anywhere */
  ChunkKind kind;
  gboolean mark;     /* what stands before an entry of a list: "•", "2.", "(a)", "[7]" */
  gunichar first;    /* its first character */
  gunichar last;     /* its last one */
  gboolean equates;  /* it has a sign such as "=" between others */
  int number;        /* what it says, where it is only figures; else -1 */
  int words;         /* parted by spaces */
  double first_word; /* its width, points */
} Chunk;

/* Between two words of a chunk. */
typedef struct {
  double x0, x1;
} Space;

typedef struct {
  double y, em;    /* its middle; the size of its characters */
  GArray *chunks;  /* Chunk, from left to right */
  GArray *spaces;  /* Space */
  gboolean leader; /* points lead the eye over one of its gaps */
  gboolean spans;  /* part of a table's head: one of its chunks stands over several columns */
} ChunkLine;

/* The lines of those glyphs of PAGE for which TAKEN is not set, from the top; a list of ChunkLine, which frees them.
 * ALIGNED: where chunks of many lines begin at one x, any space before it parts chunks. */
GPtrArray *chunk_lines_from_page (const Page *page, const gboolean *taken, gboolean aligned);

/* The number below which PART (0 to 1) of NUMBERS (double, which are sorted) lie; OTHERWISE where there are none. */
double quantile (GArray *numbers, double part, double otherwise);
double median (GArray *numbers, double otherwise);
