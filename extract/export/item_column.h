/* item_column.h - the columns of items and of values as flat rows, one table each: CSV, its metadata, NDJSON, the
 * database's description of its columns and the tabs of a workbook all walk them.
 */
#pragma once

#include "export/sheet_stream.h"
#include "model/catalogue.h"

typedef enum {
  CELL_TEXT,
  CELL_DATE, /* ISO 8601, or as the document has it */
  CELL_INTEGER,
  CELL_NUMBER,
  CELL_TRUTH,
  CELL_LIST,   /* JSON; where cells are texts, its text, and nothing for an empty one */
  CELL_OBJECT, /* the same */
} CellType;

/* Where the path of a column begins. */
typedef enum {
  FROM_SHEET,     /* the sheet's JSON */
  FROM_ITEM,      /* the item's */
  FROM_CATALOGUE, /* what the catalogue's item is: item.<key>, and the column's name begins with the key */
  FROM_PLACE,     /* the item's first place */
  FROM_VALUE,     /* the value's */
  FROM_COUNTING,  /* `path` says what: sheet, item, value (from 1), vendor */
} CellOrigin;

typedef struct {
  const char *name;
  CellType type;
  CellOrigin origin;
  const char *path;
  const char *meaning; /* one English sentence, for other programs' metadata */
  int width;           /* in a workbook, in characters; 0: not shown there */
  const char *title;   /* its head there, in the user's language by gettext */
} ItemColumn;

/* Ended by one without a name. */
extern const ItemColumn item_columns[];
extern const ItemColumn value_columns[];

/* What a row is made from; all borrowed. */
typedef struct {
  const Catalogue *catalogue;
  const StreamedSheet *sheet;
  const cJSON *item, *value;                     /* VALUE: NULL in a row of items */
  guint sheet_number, item_number, value_number; /* from 1 */
} RowSource;

/* The name of the column: "meti_id". The caller frees. */
char *column_name (const ItemColumn *column, const Catalogue *catalogue);

/* The cell as JSON, of the column's type, else null; lists and objects are never null. The caller frees (cJSON_Delete). */
cJSON *column_cell (const ItemColumn *column, const RowSource *source);

/* The cell as text, NULL where it is empty. The caller frees. */
char *column_text (const ItemColumn *column, const RowSource *source);
