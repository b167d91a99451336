/* match.h - which of the catalogue's items a row is: by name, alias, definition, then likeness. Never by number.
 *
 *   how          when                                                                  score
 *   name         the name is the catalogue's own, alone, in one line of two languages,    1, or how alike the whole
 *                or with a counter or an addition in brackets around it                   names are
 *   alias        the name is one that the catalogue has as another name of the item,     1, or how alike their
 *                or has the same words as one, in any order, by the thesaurus            words are
 *   definition   the definition is the catalogue's, and no other item's is nearly as     how alike they are
 *                alike
 *   similar      name (and definition, where the sheet has one) are like one item's and  how alike they are
 *                clearly less like any other's
 *
 * How alike: likeness.h.
 */
#pragma once

#include "model/item.h"
#include "patterns/knowledge.h"

/* How alike a definition must be to tell the item; how alike names, for `similar`; and by how much the best must lead.
 */
#define MATCH_DEFINITION_SCORE 0.80
#define MATCH_SIMILAR_SCORE 0.72
#define MATCH_LEAD 0.08

/* How alike names must be by their words (patterns/thesaurus.h), and from where on they are the same but for words that
 * are often left out. Measured on tests/names.tsv. */
#define MATCH_WORDS_SCORE 0.82
#define MATCH_SAME_WORDS 0.91

/* NAME and DEFINITION as the sheet has them; either may be NULL. What a person has judged of a name
 * (judgements.pattern) comes before all else. */
Match match_from_words (const Knowledge *knowledge, const char *name, const char *definition);

/* The item that ITEM is, where its words alone do not tell: NEIGHBOURS has, by the catalogue's order, how many of the rows
 * beside it (0 to 2) are neighbours of that item in the catalogue; -1: another row is that item. CATEGORY: what the
 * catalogue calls the row's category; NULL: not known. They and the unit weigh beside the words, never alone; an item
 * without neighbours is not taken. */
Match match_beside (const Knowledge *knowledge, const Item *item, const int *neighbours, const char *category);

/* The COUNT items that the words are most like, the likest first, for a person to judge; of a catalogue that has fewer
 * items the rest have none. */
void match_nearest (const Knowledge *knowledge, const char *name, const char *definition, Match nearest[], int count);

/* The item that NAME names by itself (name or alias), or NULL. */
const CatalogueItem *match_name (const Knowledge *knowledge, const char *name);

/* The same for a name in one language: of a text with two parts neither is taken for the name of the whole. */
Match match_one_line_name (const Knowledge *knowledge, const char *name);

/* The item whose definition DEFINITION is, or NULL. */
const CatalogueItem *match_definition (const Knowledge *knowledge, const char *definition);

/* Whether TEXT is a unit that the catalogue measures an item in, or is written like one. */
gboolean match_is_unit (const Knowledge *knowledge, const char *text);
