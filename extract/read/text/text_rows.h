/* text_rows.h - a text file's lines while they are parsed, and rows of cells on their way to a grid.
 *
 * A text is parsed from the first line to the last. At each line the formats are tried in turn (text.c): the first
 * of which something begins there appends its blocks and returns how many lines it took. Line
 * numbers count from 1, indexes of lines from 0.
 */
#pragma once

#include "model/block.h"

typedef struct {
  char *text; /* without its end; borrowed from the whole text */
  int number;
} TextLine;

/* Struck-out words are between these in a text on its way to a block or a cell, which have them apart. */
#define TEXT_STRUCK_BEGIN '\016'
#define TEXT_STRUCK_END '\017'

/* The markup of the whole text, told before its lines are parsed (text.c). */
typedef enum {
  TEXT_PLAIN,
  TEXT_MARKDOWN,  /* markdown.h */
  TEXT_ASCIIDOC,  /* asciidoc.h */
  TEXT_MEDIAWIKI, /* mediawiki.h */
  TEXT_BARS,      /* bar_markup.h: Textile, Jira, PukiWiki */
  TEXT_ORG,       /* org_rst.h */
  TEXT_RST,
} TextSyntax;

typedef struct {
  const TextLine *lines;
  int count;
  TextSyntax syntax;
  GPtrArray *blocks; /* Block: what was parsed so far */
  GPtrArray *notes;  /* Note; borrowed */
  int spaced_grids;  /* grids whose cells only runs of spaces part, each row on a line; the rows of these */
  int spaced_rows;
} TextParser;

gboolean text_line_is_blank (const TextLine *line); /* empty or spaces; a line with a tab is not blank */

/* Appends a text block; HEADING_LEVEL as in Block. */
void text_parser_add (TextParser *parser, const char *text, int heading_level, int line_number);

/* Appends a text block of TERM, which the markup sets apart, and what is said of it; TEXT may be empty. */
void text_parser_add_term (TextParser *parser, const char *term, const char *text, int line_number);

typedef struct {
  GPtrArray *cells; /* char * */
  int line;         /* its number */
} TextRow;

TextRow *text_row_new (int line);
void text_row_free (TextRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TextRow, text_row_free)

void text_row_take_cell (TextRow *row, char *text);                   /* takes TEXT and trims it */
int text_row_filled (const TextRow *row);                             /* how many cells are not empty */
gboolean text_row_is_like (const TextRow *row, const TextRow *other); /* the same texts, missing cells being empty */

typedef struct {
  GPtrArray *list; /* TextRow */
  int columns;     /* of the widest */
  int cells;       /* of all */
} TextRows;

TextRows *text_rows_new (void);
void text_rows_free (TextRows *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TextRows, text_rows_free)

void text_rows_take (TextRows *rows, TextRow *row);
TextRow *text_rows_at (const TextRows *rows, int index); /* borrowed */
int text_rows_count (const TextRows *rows);

/* Whether a grid of ROWS and ROW would be mostly empty: far larger than its cells, because one row is very wide. */
gboolean text_rows_are_too_wide_for (const TextRows *rows, const TextRow *row);

/* A block with a grid. The first HEADS rows are heads, told by HEAD. In three columns or more a row with words in its
 * first cell and nothing in the others is a banner, which spans them all. The caller frees. */
Block *block_from_rows (const TextRows *rows, int heads, CellHead head);
