/* number_mention.h - the numbers of items that a note of a revision names: 13を追加、47の回答を変更; 項番3〜5; #13; No.28以降.
 *
 *     30分から15分に変更、項番 13 と 47 の回答を更新
 *     ──        ──             ──────
 *     not       not            a run: its first number is told by what is around it, the others follow it
 *
 * Most numbers in a note are none of an item's (dates, values, versions). What stands before and behind a number speaks for it
 * or against it, and all of it is weighed together; its cues are the rules "number-…" of changes.pattern, what each weighs is in
 * the table of number_mention.c.
 */
#pragma once

#include "patterns/knowledge.h"

typedef struct {
  char *number;         /* ASCII digits, or as written where it has letters or a dash (A-02, 3-7) */
  char *last;           /* of a range that begins with it: ASCII digits; "": all that follow; NULL: it is one number */
  int end;              /* the byte of the note behind it and its range */
  gboolean is_excepted; /* it is named as left out: 10〜15（12を除く） */
} NumberMention;

/* Those in NOTE, which is in plain characters (text/plain.h): an array of NumberMention, in the note's order. The caller
 * frees. */
GArray *number_mentions_from_note (const Knowledge *knowledge, const char *note);
