/* thesaurus.h - which words mean the same, and how much each says, for names of items that are worded in many ways.
 *
 *     patterns/thesaurus.tsv     1 <tab> 通知 <tab> 告知 <tab> notice …     "#": a comment; the words of a line are a term
 *
 *     計画停止の事前告知          計画 停止 の 事前 告知                a name cut into words, the longest first
 *                                 1    1    0  .2   1                   their weights
 *     Planned outage notice       計画 outage 通知                      the words of other languages are among the others
 *
 * Two names are alike by Dice's coefficient of the weights of their terms, and a word weighs by its place and by how
 * telling it is:
 *
 *     バックアップ  担当者 の 研修     お客様画面 の  応答時間      what the name is about, and what is said of it
 *     subject      heads             modifier     subject
 *
 * What follows the last subject is the head of a name in Japanese; in English, what is before the first preposition. A
 * head that is not listed makes another subject of the name, unless a mark parts it from what the name is about (消去の
 * 時期・証明書): then it is named beside it, and counts little. A word before the subject only narrows it and costs
 * little, listed or not. A word of an item's names weighs the more, the fewer items have it. Figures, hiragana
 * (particles, the ends of verbs and questions) and English adverbs in -ly weigh nothing.
 */
#pragma once

#include "text/folding.h"

/* From this weight on a term makes another subject of a name: with it as the head alone (費用, 場所), above it wherever
 * it is (初回). */
#define TERM_OTHER_SUBJECT 2.0

typedef struct {
  guint term;      /* the same for all words of a line */
  gboolean listed; /* in the file */
  double weight;   /* > 0, of its place in the text */
  char *word; /* as in the text, folded; owned by the term where it is not listed, else borrowed from the thesaurus */
} Term;

typedef struct Thesaurus Thesaurus;

/* The file in BYTES, as thesaurus_new takes it: built into the program, so that its words need not be folded at each
 * start. Errors: CHECKSHEET_ERROR_PATTERNS, a line is wrong; the message has NAME and its number. The caller frees. */
GVariant *thesaurus_compiled (const char *name, GBytes *bytes, const Folding *comparing, GError **error);

/* COMPARING is borrowed and must outlive it. The caller frees. */
Thesaurus *thesaurus_new (GVariant *compiled, const Folding *comparing);
void thesaurus_free (Thesaurus *thesaurus);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Thesaurus, thesaurus_free)

/* The terms of TEXT, each once, by their numbers, without those of weight 0: an array of Term. The caller frees. */
GArray *terms_from_text (const Thesaurus *thesaurus, const char *text);

/* The same of a name that is known to be an item's: all of its words are what it is about, whatever their place. */
GArray *terms_from_known (const Thesaurus *thesaurus, const char *text);

/* Makes those terms of NAMES (GArray of Term) heavier that few items have in their names. ITEMS: int, the item of each
 * name; the names of an item follow each other. */
void terms_weigh (const Thesaurus *thesaurus, GPtrArray *names, const GArray *items);

/* NAMES (GArray of Term), to be built into the program with THESAURUS, floating; and what was. The caller frees. */
GVariant *terms_compiled (const Thesaurus *thesaurus, const GPtrArray *names);
GPtrArray *terms_from_compiled (const Thesaurus *thesaurus, GVariant *compiled);

/* What is left of the weight of a word that a name has besides the item's, if the item's definition or companions have
 * it: サービス時間（計画停止を含む） says no more than サービス時間. Not of listed words that make another subject of it.
 * Measured on tests/names.tsv. */
#define TERM_OF_DEFINITION_SHARE 0.2

/* How alike two texts are by their terms: from 0 to 1, the same ones. DEFINITION: the terms of the definition and
 * companions of what B names; NULL: it has none. */
double terms_likeness (const GArray *a, const GArray *b, const GArray *definition);

/* A bit for each of TERMS, which different ones may share: where the bits of two lists have none in common, the lists have no
 * term in common, and their likeness is 0. A name is compared with all of a catalogue, nearly all of it in vain. */
guint64 terms_bits (const GArray *terms);

/* The weight of the terms of A that B does not have. A word that is not listed and looks like a word that only B has is
 * a slip of the pen or of the scanner, and counts as that. */
double terms_left_over (const GArray *a, const GArray *b, const GArray *definition);

/* Whether one of TERMS makes another subject of a name. */
gboolean terms_have_other_subject (const GArray *terms);
