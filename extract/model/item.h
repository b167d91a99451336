/* item.h - one row of a sheet: what is asked, and what the vendor answers. */
#pragma once

#include "model/answer.h"
#include "model/catalogue.h"
#include "model/place.h"

typedef enum { MATCH_NONE, MATCH_NAME, MATCH_ALIAS, MATCH_DEFINITION, MATCH_SIMILAR } MatchHow;

typedef struct {
  const CatalogueItem *item; /* borrowed; NULL: an extension, none of the catalogue's */
  MatchHow how;              /* what it was recognised by */
  double score;              /* 1: the same words; less: how alike they are */
} Match;

/* How a difference between two revisions of a field counts (change/field_change.h). */
typedef enum {
  COMPARED_NEVER,
  COMPARED_AS_LABEL,      /* of the catalogue's items it is the catalogue's, and worded otherwise at will */
  COMPARED_AS_CATEGORY,   /* the same, of extensions too */
  COMPARED_AS_DEFINITION, /* as a label, unless it says something else */
  COMPARED_AS_UNIT,       /* any difference is a change; one that is not there says nothing */
  COMPARED_AS_ANSWER,     /* any difference is a change, and so is one that is not there */
} FieldComparison;

/* The fields of an item that are text, one line each: all who read, write, compare or show items walk this table, in
 * this order. A column of a table is of one of these kinds too, told by the rule of that name in columns.pattern.
 *
 *   field         key of the JSON   joined: a row that goes     shown by        how two revisions
 *   and kind      and the CSV       on below adds to it         `show items`    are compared
 */
#define ITEM_FIELDS(FIELD)                                                                                             \
  FIELD (number, NUMBER, "number", FALSE, TRUE, COMPARED_NEVER)                                                        \
  FIELD (section, SECTION, "section", FALSE, FALSE, COMPARED_NEVER)                                                    \
  FIELD (category, CATEGORY, "category", FALSE, FALSE, COMPARED_AS_CATEGORY)                                           \
  FIELD (name, NAME, "name", FALSE, TRUE, COMPARED_AS_LABEL)                                                           \
  FIELD (definition, DEFINITION, "definition", TRUE, FALSE, COMPARED_AS_DEFINITION)                                    \
  FIELD (unit, UNIT, "unit", TRUE, FALSE, COMPARED_AS_UNIT)                                                            \
  FIELD (answer, ANSWER, "answer", TRUE, TRUE, COMPARED_AS_ANSWER)                                                     \
  FIELD (mark, MARK, NULL, FALSE, FALSE, COMPARED_NEVER) /* 対応可否: decides what the answer says; its text is among
                                                            `others` */

#define ITEM_FIELD_KIND(field, kind, key, joined, shown, comparison) COLUMN_##kind,
#define ITEM_FIELD_MEMBER(field, kind, key, joined, shown, comparison) char *field;

/* What a column of a table is. */
typedef enum {
  COLUMN_UNKNOWN,
  ITEM_FIELDS (ITEM_FIELD_KIND) COLUMN_EXAMPLE, /* this and the next: kept among `others` */
  COLUMN_OTHER,
  COLUMN_KINDS,
} ColumnKind;

typedef struct {
  char *name; /* the column's head, "備考"; never NULL */
  char *text; /* never NULL or "" */
} OtherField;

typedef struct {
  Match match;
  /* All of them the sheet's own words, as the folding `writing` gives them; NULL where the sheet has none. */
  ITEM_FIELDS (ITEM_FIELD_MEMBER)
  Answer *meaning;   /* what answer and mark say; NULL until items_read_answers */
  GPtrArray *others; /* OtherField: the cells of columns that are none of these */
  GArray *places;    /* Place; two for a row over two pages */
} Item;

typedef struct {
  const char *name; /* "number": the rule in columns.pattern */
  const char *key;  /* of the JSON and the CSV; NULL: it is in neither */
  ColumnKind kind;
  gsize offset; /* of the text in Item, see item_text_of */
  gboolean joined, shown;
  FieldComparison comparison;
} ItemField;

enum { ITEM_FIELD_COUNT = COLUMN_EXAMPLE - COLUMN_NUMBER };

/* The table, by kind from COLUMN_NUMBER on. */
extern const ItemField item_fields[ITEM_FIELD_COUNT];

/* Where ITEM has the text of FIELD. */
char **item_text_of (const Item *item, const ItemField *field);

/* The name of a kind, "example"; the rule in columns.pattern. */
const char *column_kind_name (ColumnKind kind);

Item *item_new (void);
void item_free (Item *item);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Item, item_free)

/* The row's unit, or where the sheet has none, the catalogue's; NULL: neither. Borrowed. */
const char *unit_of_item (const Item *item);

/* "name", "alias", "definition", "similar"; NULL for MATCH_NONE. */
const char *match_how_name (MatchHow how);
