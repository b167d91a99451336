/* item.h - one row of a sheet: what is asked, and what the vendor answers. */
#pragma once

#include "model/answer.h"
#include "model/catalogue.h"
#include "model/place.h"

typedef enum { MATCH_NONE, MATCH_NAME, MATCH_ALIAS, MATCH_DEFINITION, MATCH_SIMILAR } MatchHow;

typedef struct {
  const CatalogueItem *item; /* borrowed; NULL: an extension, an item that the catalogue does not have */
  MatchHow how;              /* what it was recognised by */
  double score;              /* 1: the same words; less: how alike they are (text/likeness.h) */
} Match;

/* How a difference between two revisions of a field counts (change/comparison.h). */
typedef enum {
  COMPARED_NEVER,
  COMPARED_AS_LABEL,      /* a change only in extensions; items of the catalogue may be worded in any way */
  COMPARED_AS_CATEGORY,   /* the same, even of an extension */
  COMPARED_AS_DEFINITION, /* as a label, unless it says something different */
  COMPARED_AS_UNIT,       /* any difference is a change, unless one of the two is missing */
  COMPARED_AS_ANSWER,     /* any difference is a change, a missing answer too */
} FieldComparison;

/* The fields of an item that are text, one line each: whatever reads, writes, compares or shows items walks this table,
 * in this order. A column of a table is of one of these kinds too, recognised by the rule of that name in
 * columns.pattern.
 *
 *   field         key of the JSON   joined: a row that is continued     shown by        how two revisions
 *   and kind      and the CSV       below it adds to the text           `show items`    are compared
 */
#define ITEM_FIELDS(FIELD)                                                                                             \
  FIELD (number, NUMBER, "number", FALSE, TRUE, COMPARED_NEVER)                                                        \
  FIELD (section, SECTION, "section", FALSE, FALSE, COMPARED_NEVER)                                                    \
  FIELD (category, CATEGORY, "category", FALSE, FALSE, COMPARED_AS_CATEGORY)                                           \
  FIELD (name, NAME, "name", FALSE, TRUE, COMPARED_AS_LABEL)                                                           \
  FIELD (definition, DEFINITION, "definition", TRUE, FALSE, COMPARED_AS_DEFINITION)                                    \
  FIELD (unit, UNIT, "unit", TRUE, FALSE, COMPARED_AS_UNIT)                                                            \
  FIELD (answer, ANSWER, "answer", TRUE, TRUE, COMPARED_AS_ANSWER)                                                     \
  FIELD (mark, MARK, NULL, FALSE, FALSE, COMPARED_NEVER) /* 対応可否: decides the answer's status; its text is among
                                                            `others` */

#define ITEM_FIELD_KIND(field, kind, key, joined, shown, comparison) COLUMN_##kind,
#define ITEM_FIELD_MEMBER(field, kind, key, joined, shown, comparison) char *field;

/* What a column of a table is. */
typedef enum {
  COLUMN_UNKNOWN,
  ITEM_FIELDS (ITEM_FIELD_KIND) COLUMN_EXAMPLE, /* this and the next are kept in `others` */
  COLUMN_OTHER,
  COLUMN_CHOICE, /* ticked where its head is the answer */
  COLUMN_PLAN,   /* the answer for one of several plans or products */
  COLUMN_KINDS,
} ColumnKind;

enum { ITEM_FIELD_COUNT = COLUMN_EXAMPLE - COLUMN_NUMBER };

typedef struct {
  char *name; /* the column's head, "備考"; never NULL */
  char *text; /* never NULL or "" */
} OtherField;

typedef struct {
  Match match;
  /* All in the sheet's own words, folded by `writing`; NULL: the sheet has none. */
  ITEM_FIELDS (ITEM_FIELD_MEMBER)
  Answer *meaning;                /* what `answer` and `mark` mean; NULL until items_read_answers */
  GPtrArray *choices;             /* Choice, as the columns say; NULL: they do not */
  GPtrArray *by;                  /* AnswerBy, as the columns say; NULL: there is one answer */
  char *remark;                   /* what is remarked beside a ticked choice; NULL: nothing */
  GPtrArray *others;              /* OtherField: the cells of all other columns */
  char *struck[ITEM_FIELD_COUNT]; /* the words of each field that are struck out; NULL: none */
  GPtrArray *struck_others;       /* OtherField: those of all other columns */
  GArray *places;                 /* Place; two for a row across two pages */
  double recognition;             /* mean confidence of its characters, recognised in a picture, 0 to 1; 1: none were */
  double confidence;              /* 0 to 1, that it is read rightly (sheet/confidence.h) */
} Item;

typedef struct {
  const char *name; /* "number": the rule in columns.pattern */
  const char *key;  /* of the JSON and the CSV; NULL: in neither */
  ColumnKind kind;
  gsize offset; /* of the text in Item, see item_text_of */
  gboolean joined, shown;
  FieldComparison comparison;
} ItemField;

/* The table; the first entry has the kind COLUMN_NUMBER. */
extern const ItemField item_fields[ITEM_FIELD_COUNT];

/* Where ITEM has the text of FIELD. */
char **item_text_of (const Item *item, const ItemField *field);

/* Adds an OtherField to OTHERS; takes NAME and TEXT. */
void others_take (GPtrArray *others, char *name, char *text);

/* The name of a kind, "example", which is that of its rule in columns.pattern; static. */
const char *column_kind_name (ColumnKind kind);

/* An item without fields; the caller frees. */
Item *item_new (void);
void item_free (Item *item);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Item, item_free)

/* The item's unit in the sheet, else that in the catalogue; NULL: neither has one. Borrowed. */
const char *unit_of_item (const Item *item);

/* "name", "alias", "definition", "similar"; NULL for MATCH_NONE. Static. */
const char *match_how_name (MatchHow how);
