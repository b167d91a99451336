/* line_break.c - see line_break.h */
#include "text/line_break.h"

#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/ustring.h>
#include <wchar.h>

#include "text/width.h"

/* The marks that begin list entries and notes in Japanese documents. ・ never begins a wrapped line: it is kept with the
 * character before it (UAX #14, class NS). */
static const char entry_marks[] = "・■□●○◆◇▼▽▲△▶►※★☆✓✔☑☐▪▫•◦‣⁃①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼❶❷❸❹❺❻❼❽❾◎";

/* Particles that a sentence does not begin with, and what closes one. */
static const char going_on[] = "をにがへの、。，．」』）】〕》";

/* A line of which an address is this share, and that has no Japanese words beside it, is one. */
#define ADDRESS_SHARE 0.75

/* Longer than any first piece; the rest of the text is not examined. */
#define PIECE_UNITS 256

struct LineBreaks {
  UBreakIterator *iterator; /* NULL: not used yet, or ICU has no data for it */
};

LineBreaks *
line_breaks_new (void)
{
  return g_new0 (LineBreaks, 1);
}

void
line_breaks_free (LineBreaks *breaks)
{
  if (!breaks)
    return;
  if (breaks->iterator)
    ubrk_close (breaks->iterator);
  g_free (breaks);
}

static gboolean
has_address (const char *text, const char *end)
{
  gsize length = end - text;
  const char *at = memchr (text, '@', length);
  return g_strstr_len (text, length, "://") || (at > text && at + 1 < end) || g_str_has_prefix (text, "www.");
}

/* The end of the run of ASCII characters at the start of TEXT. */
static const char *
ascii_end (const char *text)
{
  while (*text > ' ' && *text < 0x7f)
    text++;
  return text;
}

const char *
text_after_address (const char *text)
{
  const char *end = ascii_end (text);
  return has_address (text, end) ? end : text;
}

gboolean
text_is_address (const char *text)
{
  gsize longest = 0;
  for (const char *next = text; *next; next = g_utf8_next_char (next)) {
    const char *end = ascii_end (next);
    longest = MAX (longest, has_address (next, end) ? (gsize)(end - next) : 0);
    next = end > next ? end - 1 : next;
    if ((guchar)*next >= 0x80 && g_unichar_isalpha (g_utf8_get_char (next)))
      return FALSE;
  }
  return longest > 0 && (double)longest >= ADDRESS_SHARE * (double)g_utf8_strlen (text, -1);
}

gboolean
text_goes_on (const char *text)
{
  return *text && g_utf8_strchr (going_on, -1, g_utf8_get_char (text));
}

/* How many brackets TEXT opens and does not close; negative: it closes so many of text before it, before it opens any. */
static int
brackets_open (const char *text)
{
  int open = 0;
  for (; *text && open >= 0; text = g_utf8_next_char (text)) {
    gunichar character = g_utf8_get_char (text);
    open += wcschr (L"（([［「『【", (wchar_t)character) != NULL;
    open -= wcschr (L"）)]］」』】", (wchar_t)character) != NULL;
  }
  return open;
}

gboolean
text_closes_bracket_of (const char *next, const char *line)
{
  return brackets_open (line) > 0 && brackets_open (next) < 0;
}

const char *
line_breaks_first_piece (LineBreaks *breaks, const char *text)
{
  const char *address = text_after_address (text);
  if (address > text)
    return address;
  UChar units[PIECE_UNITS];
  int32_t length = 0;
  UErrorCode status = U_ZERO_ERROR;
  u_strFromUTF8WithSub (units, PIECE_UNITS, &length, text, -1, 0xfffd, NULL, &status);
  length = MIN (length, PIECE_UNITS);
  status = U_ZERO_ERROR;
  if (!breaks->iterator)
    breaks->iterator = ubrk_open (UBRK_LINE, "ja", NULL, 0, &status);
  if (!breaks->iterator || length == 0)
    return text + strlen (text);
  status = U_ZERO_ERROR;
  ubrk_setText (breaks->iterator, units, length, &status);
  int32_t end = ubrk_next (breaks->iterator);
  while (end > 1 && units[end - 1] == ' ')
    end--;
  const char *piece = text;
  for (int32_t i = 0; i < end && *piece; i++) {
    i += g_utf8_get_char (piece) > 0xffff;
    piece = g_utf8_next_char (piece);
  }
  return piece;
}

/* "1. ", "(2)", "3)", "１．": digits with a mark after them. */
static gboolean
begins_with_counter (const char *text)
{
  const char *next = text;
  gboolean open = *next == '(' || g_str_has_prefix (next, "（");
  if (open)
    next = g_utf8_next_char (next);
  const char *digits = next;
  while (g_unichar_isdigit (g_utf8_get_char (next)) && next - digits < 9)
    next = g_utf8_next_char (next);
  if (next == digits)
    return FALSE;
  if (*next == ')' || g_str_has_prefix (next, "）"))
    return *g_utf8_next_char (next) != '\0';
  if (open)
    return FALSE;
  return (*next == '.' && (next[1] == ' ' || (guchar)next[1] >= 0x80)) || g_str_has_prefix (next, "．");
}

gsize
line_breaks_bytes (LineBreaks *breaks, const char *text, int cells)
{
  gsize fits = text_bytes_in_cells (text, cells), used = 0;
  for (const char *end; text[used]; used = (gsize)(end - text) + strspn (end, " ")) {
    end = line_breaks_first_piece (breaks, text + used);
    if (end == text + used || (gsize)(end - text) > fits)
      break;
  }
  return used > 0 ? used : fits;
}

gboolean
text_begins_entry (const char *text)
{
  if (g_str_has_prefix (text, "- ") || g_str_has_prefix (text, "* "))
    return TRUE;
  return (*text && g_utf8_strchr (entry_marks, -1, g_utf8_get_char (text))) || begins_with_counter (text);
}

static gboolean
is_latin (gunichar character)
{
  return character > ' ' && character < 0x2000;
}

/* Whether the last word of TEXT is an address, which is broken within itself. */
static gboolean
ends_in_address (const char *text)
{
  const char *start = text + strlen (text);
  while (start > text && !g_ascii_isspace (start[-1]) && (guchar)start[-1] < 0x80)
    start--;
  return strstr (start, "://") || strchr (start, '@') || g_str_has_prefix (start, "www.");
}

/* Whether a space was lost when the line was broken between FIRST and SECOND. */
static gboolean
needs_space (const char *first, const char *second)
{
  const char *last = g_utf8_find_prev_char (first, first + strlen (first));
  if (!last || !is_latin (g_utf8_get_char (last)) || !is_latin (g_utf8_get_char (second)))
    return FALSE;
  return !strchr ("-/_(", *last) && !strchr (")/.,;:%", *second) && !ends_in_address (first);
}

/* Words of two to whose first part a hyphen belongs, wherever the line ends: third-party, not thirdparty. */
static const char *const first_parts[] = {"anti", "back",   "built", "cross", "end",  "full", "high", "in",
                                          "load", "long",   "low",   "multi", "non",  "off",  "on",   "opt",
                                          "post", "pre",    "read",  "real",  "role", "self", "semi", "short",
                                          "sign", "single", "start", "third", "time", "two",  "user", "well"};

/* What a word may end in and is no word by itself: a sign that is a hyphen as well as a minus parted the word. */
static const char *const endings[] = {"able", "al",   "ally",  "ance",   "ation", "ed",   "ence", "er",
                                      "ers",  "es",   "ible",  "ical",   "ing",   "ings", "ity",  "ive",
                                      "ly",   "ment", "ments", "nance",  "ness",  "ous",  "sion", "sions",
                                      "tive", "tion", "tions", "tional", "ty",    "uled"};

static gboolean
is_one_of (const char *word, gsize length, const char *const *words, gsize count)
{
  for (gsize i = 0; i < count; i++)
    if (strlen (words[i]) == length && !strncmp (words[i], word, length))
      return TRUE;
  return FALSE;
}

/* The bytes of FIRST before the hyphen with which a word is parted at its end, "mainte-" before "nance"; 0: it ends in
 * none, or in one that is the word's own. */
static gsize
before_hyphen (const char *first, const char *second)
{
  gsize length = strlen (first), word = 0, next = 0;
  const char *hyphen = g_utf8_find_prev_char (first, first + length);
  gboolean minus = hyphen && *hyphen == '-';
  if (!minus && (!hyphen || g_utf8_get_char (hyphen) != 0x2010))
    return 0;
  while (hyphen - word > first && g_ascii_islower (hyphen[-(gssize)word - 1]))
    word++;
  while (g_ascii_islower (second[next]))
    next++;
  if (word < 2 || next < 2 || is_one_of (hyphen - word, word, first_parts, G_N_ELEMENTS (first_parts)))
    return 0;
  return !minus || is_one_of (second, next, endings, G_N_ELEMENTS (endings)) ? (gsize)(hyphen - first) : 0;
}

char *
text_join (const char *first, const char *second, gboolean wrapped)
{
  if (!*first || !*second)
    return g_strconcat (first, second, NULL);
  gsize parted = wrapped ? before_hyphen (first, second) : 0;
  if (parted > 0)
    return g_strdup_printf ("%.*s%s", (int)parted, first, second);
  const char *between = !wrapped ? "\n" : needs_space (first, second) ? " " : "";
  return g_strconcat (first, between, second, NULL);
}
