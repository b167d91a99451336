/* item.h - one row of a sheet: what is asked, and what the vendor answers. */
#pragma once

#include "model/answer.h"
#include "model/place.h"

typedef enum { MATCH_NONE, MATCH_NAME, MATCH_ALIAS, MATCH_DEFINITION, MATCH_SIMILAR } MatchHow;

typedef struct {
  int no;       /* of the catalogue, 1 to 49; 0: an extension, none of METI's */
  MatchHow how; /* what it was recognised by */
  double score; /* 1: the same words; less: how alike they are */
} Match;

typedef struct {
  char *name; /* the column's head, "備考"; never NULL */
  char *text; /* never NULL or "" */
} OtherField;

typedef struct {
  Match match;
  /* All of them the sheet's own words, as text_for_writing gives them; NULL where the sheet has none. */
  char *number, *section, *category, *name, *definition, *unit;
  char *answer;      /* the whole answer cell */
  char *status;      /* the mark column's cell (対応可否), where there is one */
  Answer *meaning;   /* what the two say; NULL until items_read_answers */
  GPtrArray *others; /* OtherField: the cells of columns that are none of these */
  GArray *places;    /* Place; two for a row over two pages */
} Item;

Item *item_new (void);
void item_free (Item *item);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Item, item_free)

/* The row's unit, or where the sheet has none, METI's; NULL: neither. Borrowed. */
const char *unit_of_item (const Item *item);

/* "name", "alias", "definition", "similar"; NULL for MATCH_NONE. */
const char *match_how_name (MatchHow how);
