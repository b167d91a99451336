/* matrix.h - sheets side by side: the catalogue's items down, then the extensions that several sheets have under one name
 * (folded by `comparing`), sheets across.
 *
 *                        ミズクラゲ     ツルバミ       ヨイノマ
 *     5 サービス稼働率   99.97 %        99.9 %         –          differs, missing in 1
 *
 * A sheet without an item (missing) is not one that has it without an answer (unanswered). An item that is there twice,
 * in two sections, has two answers in its cell.
 */
#pragma once

#include "export/sheet_stream.h"

typedef struct {
  char *status;  /* "yes" ...; never NULL */
  char *answer;  /* NULL: nothing */
  char *section; /* NULL: none */
  char *number;  /* the sheet's own, or NULL */
  char *place;   /* "p. 3", "line 12", "E12"; NULL: not known */
  cJSON *values; /* a list, as in the sheet; NULL: none */
  double confidence;
} MatrixAnswer;

typedef struct {
  const CatalogueItem *known; /* NULL: an extension */
  char *name;                 /* of an extension as its first sheet has it */
  GPtrArray *cells;           /* GPtrArray of MatrixAnswer for each sheet; NULL: the sheet lacks the item */
  gboolean differs;           /* the statuses or the values of those that have it differ */
  guint missing, unanswered;  /* in how many sheets */
} MatrixRow;

typedef struct {
  const Knowledge *knowledge;
  GPtrArray *names;  /* SheetName (sheet_label.h) */
  GPtrArray *labels; /* char *, once it is complete */
  GPtrArray *rows;   /* MatrixRow, once it is complete */
  GPtrArray *all_rows;
  GHashTable *extensions; /* folded name -> MatrixRow, borrowed */
} Matrix;

Matrix *matrix_new (const Knowledge *knowledge);
void matrix_add (Matrix *matrix, const StreamedSheet *sheet);

/* After the last sheet: the labels, the rows and what is said of them. */
void matrix_complete (Matrix *matrix);

void matrix_free (Matrix *matrix);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Matrix, matrix_free)

/* Its name in the catalogue, or the extension's own. Borrowed. */
const char *matrix_row_name (const MatrixRow *row);

/* The same for people, and its category (NULL: none): in English where messages are and the catalogue has it. Borrowed. */
const char *matrix_row_words (const MatrixRow *row);
const char *matrix_row_category (const MatrixRow *row);

/* The answers of sheet INDEX, or NULL: it lacks the item. Borrowed. */
const GPtrArray *matrix_cell (const MatrixRow *row, guint index);
const MatrixAnswer *matrix_answer (const GPtrArray *cell, guint index);

/* The cell's text: the answers, each after its section where there are several. The caller frees; NULL: nothing. */
char *matrix_cell_text (const GPtrArray *cell);

/* The statuses of the cell with "/" between them, "missing" for NULL. The caller frees. */
char *matrix_cell_status (const GPtrArray *cell);
