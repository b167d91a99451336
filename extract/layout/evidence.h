/* evidence.h - what speaks for and against each decision about a table, and how much it weighs.
 *
 * A decision (is there a row separator here? are these two places one cell? is this a table at all?) is a sum: each kind
 * of evidence, by how much of it there is (mostly 0 to 1), times its weight. It is taken when the sum is above 0. All
 * weights are in one table (evidence.c), which says what each was measured on, or that it was set by hand; what they buy
 * is in README.md. `checksheet show grid --why` prints the sums; `--weight NAME=NUMBER` changes one (0: the evidence
 * counts nothing).
 */
#pragma once

#include "model/place.h"

typedef enum {
  /* A row separator between two lines of text. */
  EVIDENCE_ROW_RULED,     /* a ruling line, or the edge of a fill, crosses the table between them */
  EVIDENCE_ROW_UNRULED,   /* none does, although other rows have one */
  EVIDENCE_ROW_SPACE,     /* the white space between them is higher than within a cell, in ems */
  EVIDENCE_ROW_OVERLAP,   /* they are too near for one: cells of one row, set in the middle of its height */
  EVIDENCE_ROW_KEY,       /* the first column has text below, and most columns have */
  EVIDENCE_ROW_BEGIN,     /* several columns begin below that had no text above */
  EVIDENCE_ROW_BOTH,      /* the part of the columns with text both above and below, if it is most of them */
  EVIDENCE_ROW_VALUES,    /* the part of the columns with figures both above and below: a figure is never wrapped */
  EVIDENCE_ROW_REPEATS,   /* a column of words says the same above and below */
  EVIDENCE_ROW_LEVELS,    /* headings of several columns above those of each, by their places */
  EVIDENCE_ROW_ENDS,      /* that part of them where the text above ends although more would have fitted */
  EVIDENCE_ROW_GOES_ON,   /* ... where the text above fills its column, so that what is below may be the rest of it */
  EVIDENCE_ROW_FEWER,     /* columns with text in nearly every row end above, and none begins below */
  EVIDENCE_ROW_CONTINUES, /* what is below begins as the middle of a sentence does */
  EVIDENCE_ROW_HEAD, /* words of a head above words, and nothing but the key begins below: heads are set at the foot of
                             their row */
  EVIDENCE_ROW_UNDRAWN, /* always: where columns are drawn and a separator is not, mostly there is none */
  EVIDENCE_ROW_SELDOM,  /* ... and the fewer are found in the other rows that are drawn, the less likely is one here */
  /* A row between two separators. */
  EVIDENCE_ROW_KEYLESS, /* it has no text in the first column, and nearly all others have */
  EVIDENCE_ROW_KEYS,    /* it has keys that are far apart, each in the middle of a row: how many more than one */
  EVIDENCE_ROW_FIGURES, /* it has more than one line with figures in a column of figures: how many more */
  EVIDENCE_ROW_SPARSE,  /* less than half of its places have text */
  /* The border of two columns that is drawn elsewhere in the table, and not in these rows. */
  EVIDENCE_BORDER_OPEN,    /* lines with text on both sides that leave it open */
  EVIDENCE_BORDER_USUAL,   /* lines that leave it open in all rows where it is not drawn */
  EVIDENCE_BORDER_UNDRAWN, /* always: what is not drawn is mostly left out on purpose, and the cells are merged */
  /* Two columns of text within a drawn one. */
  EVIDENCE_COLUMN_UNDRAWN, /* always: mostly the text of one cell has a gap */
  EVIDENCE_COLUMN_FIGURES, /* the part of the lines with two pieces or more that have figures on both sides of the gap */
  EVIDENCE_COLUMN_LINES,   /* lines that leave it open */
  EVIDENCE_COLUMN_OTHERS,  /* other columns with such a gap */
  /* The borders within a cell over several rows that the other columns have. */
  EVIDENCE_MERGED_FILLED,  /* each of the rows has text of its own */
  EVIDENCE_MERGED_ALIGNED, /* ... on a line with the text beside it */
  EVIDENCE_MERGED_UNDRAWN, /* always, as above */
  /* A frame with other frames within: it is a table, and they are a part of its cells' content. */
  EVIDENCE_NESTED_TEXT,   /* places of it with text, beside those that hold the other frames */
  EVIDENCE_NESTED_PLACES, /* how many times more places the other frames have */
  /* Where the borders above a row and those below conflict, two tables touch. */
  EVIDENCE_TOUCHING,        /* always */
  EVIDENCE_TOUCHING_SHARED, /* the part of the boundaries of the one that the other has too, as the rows of a form do */
  /* A frame is a table, and no chart or line of the page. */
  EVIDENCE_FRAME,       /* always: what is drawn as a table mostly is one */
  EVIDENCE_FRAME_CELLS, /* cells with text */
  EVIDENCE_FRAME_EDGE,  /* it reaches two edges of the page */
  EVIDENCE_FRAME_ONE,   /* one cell has nearly all of the text */
  EVIDENCE_FRAME_EMPTY, /* most cells have no text: their part above EMPTY_USUAL */
  EVIDENCE_FRAME_KEY,   /* no column has text in all rows: the part of the rows that the fullest one has not */
  EVIDENCE_FRAME_APART, /* the part of its columns without text or level lines, as between the boxes of a chart */
  EVIDENCE_FRAME_HEAD,  /* all cells of the first row have text: the rest may be for readers to fill in */
  /* What has gutters is several small tables side by side. */
  EVIDENCE_CARDS,         /* always: mostly it is one table */
  EVIDENCE_CARDS_REPEATS, /* the part of the lines on which all of them have the same label */
  EVIDENCE_CARDS_STACKED, /* the part of the labels that all groups have, one below the other */
  EVIDENCE_CARDS_GROUPS,  /* white space divides the lines into groups of several */
  EVIDENCE_CARDS_RULED,   /* ruling lines end at the space between them */
  EVIDENCE_CARDS_CROSSED, /* ruling lines cross it */
  /* Figures at the ends of level lines are the scale of a chart. */
  EVIDENCE_CHART,        /* always */
  EVIDENCE_CHART_LABELS, /* how many there are */
  /* A gutter is the space between two tables. */
  EVIDENCE_PARTING,        /* always: mostly it is one table */
  EVIDENCE_PARTING_RULED,  /* ruling lines cross each other gutter, and not this one */
  EVIDENCE_PARTING_TITLES, /* there is a title flush with the left edge of each */
  EVIDENCE_PARTING_HEADS,  /* the heads of the one are said again by the other */
  EVIDENCE_PARTING_WORDS,  /* it is between figures and words */
  /* What has gutters, and no frame, is a table. */
  EVIDENCE_TABLE,           /* always: gutters that stay open over many lines mostly are a table's */
  EVIDENCE_TABLE_FORMULA,   /* a few figures without a word, as in a matrix */
  EVIDENCE_TABLE_SCALE,     /* its first or last column is the scale of a chart */
  EVIDENCE_TABLE_CONTENTS,  /* page numbers that count up, and the part of them that dots lead to */
  EVIDENCE_TABLE_MARKS,     /* the first column is the marks of a list */
  EVIDENCE_TABLE_PAGE,      /* words on either side of the page's middle */
  EVIDENCE_TABLE_UNALIGNED, /* columns of words that are not aligned, beyond half of them */
  EVIDENCES
} EvidenceKind;

typedef struct {
  const char *name;
  double weight;
  const char *measured_on;
} EvidenceWeight;

extern const EvidenceWeight evidence_weights[EVIDENCES];

/* The weights in use, and where to say what was decided. One value for a document; the caller clears it. */
typedef struct {
  double weight[EVIDENCES];
  GString *why; /* a line a decision; NULL: not wanted */
} Weighing;

Weighing weighing_usual (void);
void weighing_clear (Weighing *weighing);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Weighing, weighing_clear)

/* Sets one weight as "NAME=NUMBER" says. FALSE: there is no such evidence, or no such number. */
gboolean weighing_set (Weighing *weighing, const char *setting);

/* The evidence for one decision. */
typedef struct {
  const Weighing *weighing;
  double amount[EVIDENCES];
} Evidence;

Evidence evidence_new (const Weighing *weighing);
void evidence_add (Evidence *evidence, EvidenceKind kind, double amount);
double evidence_sum (const Evidence *evidence);

/* Says what was decided: WHAT in BOX on PAGE, and what it was decided by. */
void evidence_say (const Evidence *evidence, int page, Box box, const char *what);

/* Whether the sum is above 0, and says so: YES or NO. */
gboolean evidence_decides (const Evidence *evidence, int page, Box box, const char *yes, const char *no);
