/* needed_characters.h - the characters and pairs of them that a text must have for an expression to match anywhere in it.
 *
 * Most expressions are tried on most answers in vain, and PCRE2 finds that out at every character of the text. So what
 * an expression cannot do without is read off it once, and a text that lacks it is not searched:
 *
 *     \d+(?:日|時間)前|翌日      one of 日 時間 翌日 (of each alternative what the fewest texts have)
 *     有無|可否                  one of 有無 可否
 *     毎[日週]に?                one of 毎日 毎週; 毎; and one of 日 週
 *
 * What may be left out (? * {0,3}), what must not be there ((?!…), [^…]) and what stands for too many characters (\s,
 * \p{L}, [一-龠]) is not asked for. An expression with anything in it that is not known here asks for nothing. The
 * syntax is that of pcre2pattern(3).
 */
#pragma once

#include <glib.h>

/* Lists of characters and pairs, each ended by 0, the last one by a second 0: a text needs one of each. A pair is two
 * characters side by side, the first one in the upper half. */
typedef guint64 NeededCharacters;

typedef struct {
  gboolean caseless, extended; /* the expression's options */
  gboolean ascii;              /* \d is 0 to 9 only */
} ExpressionOptions;

/* What EXPRESSION, which PCRE2 has compiled, needs; the caller frees (g_free). NULL: nothing. */
NeededCharacters *needed_characters_from_expression (const char *expression, ExpressionOptions options);

/* The same lists as texts are held against: each character or pair is the bit that it has in TextCharacters, of which none
 * is 0. */
typedef guint16 NeededBits;

/* Of NEEDED, which may be NULL; the caller frees (g_free). */
NeededBits *needed_bits_from_characters (const NeededCharacters *needed);

/* Which characters and pairs a text has. Some share a bit: it may lack one that it seems to have. */
typedef struct {
  guint64 bits[96];
} TextCharacters;

/* Those of the first LENGTH bytes of TEXT, valid UTF-8. */
void text_characters_read (TextCharacters *characters, const char *text, gsize length);

/* FALSE: what needs NEEDED (NULL: nothing) matches nowhere in a text of these characters. */
gboolean text_characters_have (const TextCharacters *characters, const NeededBits *needed);

/* The characters that a match can begin with. PCRE2 looks at the first byte only, which most Japanese characters share.
 *
 *     (?:当社|弊社)の?          当 弊
 *     (?<!\d)\d+時|\s*正午      0 to 9, white space, 正
 *
 * Some share a bit: a match may begin elsewhere than it seems. */
typedef struct {
  guint64 bits[8];
} FirstCharacters;

/* FALSE: a match may be empty, or begin with too many characters. */
gboolean first_characters_from_expression (const char *expression, ExpressionOptions options, FirstCharacters *first);

/* Whether a match may begin at AT, in valid UTF-8 and not at its end. */
gboolean first_characters_have (const FirstCharacters *first, const char *at);
