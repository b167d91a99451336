/* matrix_text.h - sheets side by side, as text of several kinds. All are UTF-8, ended by a newline; the caller frees.
 *
 * ROWS are those to be shown, a list of MatrixRow.
 */
#pragma once

#include "export/matrix.h"

typedef struct {
  int width;         /* of the terminal, in cells; sheets that have no room beside each other follow in blocks */
  gboolean coloured; /* statuses have the terminal's colours */
  gboolean whole;    /* answers have all the lines that they need, else one, cut */
} TerminalStyle;

char *text_from_matrix (const Matrix *matrix, const GPtrArray *rows, const TerminalStyle *style);

/* Three columns a sheet: status, answer, place. Texts that a spreadsheet takes for formulas are guarded
 * (write/csv_field.h). */
char *csv_from_matrix (const Matrix *matrix, const GPtrArray *rows);

/* A table of Markdown (GitHub's), in which nothing of a sheet is markup. */
char *markdown_from_matrix (const Matrix *matrix, const GPtrArray *rows);

/* {"format": "checksheet-comparison/1", "catalogue", "sheets": [{"label", "vendor", "product", "revised", "file"}],
 * "items": [{"id", "no", "name", "category", "differs", "missing_in": [labels], "cells": [null or [{"status", "answer",
 * "section", "number", "place", "confidence", "values"}]]}]} */
char *json_from_matrix (const Matrix *matrix, const GPtrArray *rows);
