/* charset.c - see charset.h
 *
 * Detection decodes a sample in each possible encoding and scores the result. Japanese text decoded in its own encoding
 * is kana, ideographs and full-width punctuation; in another it is broken sequences, half-width kana and private use
 * characters. The encoding whose non-ASCII characters have the highest mean score wins.
 */
#include "read/charset.h"

#include "model/note.h"

#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

#define REPLACEMENT 0xFFFD
#define SAMPLE_BYTES (256 * 1024)

typedef struct {
  const char *name;      /* for *USED */
  const char *converter; /* ICU's name; NULL: UTF-8, which GLib reads */
} Encoding;

enum { UTF_8, UTF_16LE, UTF_16BE, UTF_32LE, ISO_2022_JP, SHIFT_JIS, EUC_JP };

static const Encoding encodings[] = {
    [UTF_8] = {"UTF-8", NULL},
    [UTF_16LE] = {"UTF-16LE", "UTF-16LE"},
    [UTF_16BE] = {"UTF-16BE", "UTF-16BE"},
    [UTF_32LE] = {"UTF-32LE", "UTF-32LE"},
    [ISO_2022_JP] = {"ISO-2022-JP", "ISO-2022-JP"},
    [SHIFT_JIS] = {"Shift_JIS", "windows-31j"},
    [EUC_JP] = {"EUC-JP", "euc-jp"},
};

/* FF FE 00 00 before FF FE, its prefix. */
static const struct {
  const char *mark;
  gsize length;
  int encoding;
} byte_order_marks[] = {
    {"\xff\xfe\0\0", 4, UTF_32LE},
    {"\xef\xbb\xbf", 3, UTF_8},
    {"\xff\xfe", 2, UTF_16LE},
    {"\xfe\xff", 2, UTF_16BE},
};

/* Common labels, compared as ICU compares names (case, "-", "_" and leading zeros aside); ICU is asked about others. */
static const struct {
  const char *label;
  int encoding;
} labels[] = {
    {"utf-8", UTF_8},
    {"unicode-1-1-utf-8", UTF_8},
    {"utf-16", UTF_16LE},
    {"utf-16le", UTF_16LE},
    {"utf-16be", UTF_16BE},
    {"shift_jis", SHIFT_JIS},
    {"x-sjis", SHIFT_JIS},
    {"sjis", SHIFT_JIS},
    {"ms_kanji", SHIFT_JIS},
    {"windows-31j", SHIFT_JIS},
    {"cp932", SHIFT_JIS},
    {"ms932", SHIFT_JIS},
    {"euc-jp", EUC_JP},
    {"x-euc-jp", EUC_JP},
    {"cp51932", EUC_JP},
    {"euc", EUC_JP},
    {"iso-2022-jp", ISO_2022_JP},
    {"csiso2022jp", ISO_2022_JP},
    {"jis", ISO_2022_JP},
};

typedef struct {
  const guint8 *data;
  gsize size;
} EncodedBytes;

/* The score of a non-ASCII character as evidence for the encoding: 2 very common in Japanese text, 1 common, 0 neutral,
 * negative: rarely meant. The first range that contains the character counts; outside of all it is 0. */
static const struct {
  gunichar first, last;
  double score;
} scores[] = {
    {0x0000, 0x009F, -20}, {0x00A0, 0x024F, 0},   {0x2010, 0x27BF, 1}, {0x3000, 0x30FF, 2},     {0x3200, 0x33FF, 1},
    {0x4E00, 0x9FFF, 1},   {0xD800, 0xF8FF, -20}, {0xFF01, 0xFF60, 2}, {0xFF61, 0xFF9F, -0.25}, {0xFFF0, 0xFFFF, -20},
};

static double
character_score (gunichar character)
{
  for (gsize i = 0; i < G_N_ELEMENTS (scores); i++)
    if (character >= scores[i].first && character <= scores[i].last)
      return scores[i].score;
  return 0;
}

static gboolean
is_plain_ascii (gunichar character)
{
  return (character >= 0x20 && character < 0x7F) || (character >= '\t' && character <= '\r');
}

/* The mean score of the non-ASCII characters; 0 where there are none. Undecodable bytes side by side count once: it is
 * one place that is spoilt, however long, while a text in another encoding has them all over. */
static double
text_score (const char *text)
{
  double sum = 0;
  int count = 0;
  gunichar before = 0;
  for (const char *at = text; *at; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    gboolean same_place = character == REPLACEMENT && before == REPLACEMENT;
    before = character;
    if (is_plain_ascii (character) || same_place)
      continue;
    sum += character_score (character);
    count++;
  }
  return count ? sum / count : 0;
}

static char *
text_from_utf8 (EncodedBytes bytes, int *replaced)
{
  g_autoptr (GString) text = g_string_sized_new (bytes.size + 1);
  const char *at = (const char *)bytes.data, *end = at + bytes.size;
  while (at < end) {
    const char *valid_end;
    g_utf8_validate_len (at, end - at, &valid_end);
    g_string_append_len (text, at, valid_end - at);
    at = valid_end;
    if (at == end)
      break;
    g_string_append (text, "\uFFFD");
    *replaced += 1;
    at++;
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Puts U+FFFD in the place of NUL, of lone surrogates and of U+001A, ICU's substitute in encodings of one byte. Returns
 * how many U+FFFD there are. */
static int
replace_unusable (UChar *units, int length)
{
  int replaced = 0;
  for (int i = 0; i < length; i++) {
    gboolean lone = U16_IS_SURROGATE (units[i]) &&
                    (U16_IS_SURROGATE_LEAD (units[i]) ? i + 1 == length || !U16_IS_TRAIL (units[i + 1])
                                                      : i == 0 || !U16_IS_LEAD (units[i - 1]));
    if (units[i] != 0 && units[i] != 0x1A && units[i] != REPLACEMENT && !lone)
      continue;
    units[i] = REPLACEMENT;
    replaced++;
  }
  return replaced;
}

static char *
utf8_from_units (const UChar *units, int length)
{
  UErrorCode status = U_ZERO_ERROR;
  int capacity = length * 3 + 1, written = 0;
  char *text = g_malloc (capacity);
  u_strToUTF8WithSub (text, capacity, &written, units, length, REPLACEMENT, NULL, &status);
  text[U_SUCCESS (status) ? written : 0] = '\0';
  return g_realloc (text, strlen (text) + 1);
}

/* No encoding here decodes a byte into more than one UTF-16 unit; if one did, the end would be truncated. */
static char *
text_by_converter (UConverter *converter, EncodedBytes bytes, int *replaced)
{
  UErrorCode status = U_ZERO_ERROR;
  int capacity = bytes.size + 16;
  g_autofree UChar *units = g_new (UChar, capacity);
  int length = ucnv_toUChars (converter, units, capacity, (const char *)bytes.data, bytes.size, &status);
  length = U_SUCCESS (status) ? length : status == U_BUFFER_OVERFLOW_ERROR ? capacity : 0;
  *replaced += replace_unusable (units, length);
  return utf8_from_units (units, length);
}

static char *
text_in_encoding (const Encoding *encoding, EncodedBytes bytes, int *replaced)
{
  if (!encoding->converter)
    return text_from_utf8 (bytes, replaced);
  UErrorCode status = U_ZERO_ERROR;
  UConverter *converter = ucnv_open (encoding->converter, &status);
  if (U_FAILURE (status))
    return text_from_utf8 (bytes, replaced);
  char *text = text_by_converter (converter, bytes, replaced);
  ucnv_close (converter);
  return text;
}

static double
score_in_encoding (const Encoding *encoding, EncodedBytes sample)
{
  int replaced = 0;
  g_autofree char *text = text_in_encoding (encoding, sample, &replaced);
  return text_score (text);
}

static gboolean
has_japanese_escape (EncodedBytes bytes)
{
  static const char *const escapes[] = {"\x1b$B", "\x1b$@", "\x1b(I", "\x1b(J"};
  for (gsize i = 0; i < G_N_ELEMENTS (escapes); i++)
    if (memmem (bytes.data, bytes.size, escapes[i], 3))
      return TRUE;
  return FALSE;
}

static gboolean
has_zero (EncodedBytes bytes)
{
  return memchr (bytes.data, 0, bytes.size) != NULL;
}

/* From the first byte that is not plain ASCII, at an even offset for UTF-16. */
static EncodedBytes
sample_of (EncodedBytes bytes)
{
  gsize start = 0;
  while (start < bytes.size && is_plain_ascii (bytes.data[start]))
    start++;
  start &= ~(gsize)1;
  return (EncodedBytes){bytes.data + start, MIN (bytes.size - start, SAMPLE_BYTES)};
}

/* Whether BYTES contain what any text in the encoding contains. */
static gboolean
may_be (int encoding, EncodedBytes bytes)
{
  switch (encoding) {
  case UTF_16LE:
  case UTF_16BE:
    return has_zero (bytes) && bytes.size >= 2;
  case UTF_32LE:
    return FALSE;
  case ISO_2022_JP:
    return has_japanese_escape (bytes);
  default:
    return TRUE;
  }
}

static const Encoding *
encoding_detected (EncodedBytes bytes, double *best)
{
  EncodedBytes sample = sample_of (bytes);
  const Encoding *found = &encodings[UTF_8];
  *best = score_in_encoding (found, sample);
  for (gsize i = UTF_8 + 1; i < G_N_ELEMENTS (encodings); i++) {
    if (!may_be (i, sample))
      continue;
    double score = score_in_encoding (&encodings[i], sample);
    if (score <= *best)
      continue;
    found = &encodings[i];
    *best = score;
  }
  return found;
}

/* FALSE for an unknown label. ICU's names are static. */
static gboolean
encoding_labelled (const char *label, Encoding *encoding)
{
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    if (!ucnv_compareNames (label, labels[i].label)) {
      *encoding = encodings[labels[i].encoding];
      return TRUE;
    }
  UErrorCode status = U_ZERO_ERROR;
  const char *name = ucnv_getCanonicalName (label, "MIME", &status);
  if (!name)
    name = ucnv_getCanonicalName (label, "IANA", &status);
  *encoding = (Encoding){name, name};
  return name != NULL;
}

static gboolean
is_utf8 (EncodedBytes bytes)
{
  return g_utf8_validate_len ((const char *)bytes.data, bytes.size, NULL) && !has_japanese_escape (bytes);
}

/* Whether the bytes contradict the encoding DECLARED: they are valid UTF-8 and not only ASCII, or their text in another
 * encoding has a much higher score. */
static gboolean
is_contradicted (const Encoding *declared, EncodedBytes bytes)
{
  EncodedBytes sample = sample_of (bytes);
  gboolean valid = is_utf8 (bytes);
  if (!declared->converter)
    valid = FALSE;
  if (valid && (sample.size > 1 || g_str_has_prefix (declared->name, "UTF-16")))
    return TRUE;
  double best;
  const Encoding *detected = encoding_detected (bytes, &best);
  if (detected->converter && declared->converter && !strcmp (detected->converter, declared->converter))
    return FALSE;
  return best > score_in_encoding (declared, sample) + 1;
}

static Encoding
encoding_of (EncodedBytes bytes, const char *declared)
{
  Encoding encoding;
  if (declared && encoding_labelled (declared, &encoding) && !is_contradicted (&encoding, bytes))
    return encoding;
  if (is_utf8 (bytes))
    return encodings[UTF_8];
  double best;
  return *encoding_detected (bytes, &best);
}

static gsize
mark_length (EncodedBytes bytes, Encoding *encoding)
{
  for (gsize i = 0; i < G_N_ELEMENTS (byte_order_marks); i++) {
    gsize length = byte_order_marks[i].length;
    if (bytes.size < length || memcmp (bytes.data, byte_order_marks[i].mark, length))
      continue;
    *encoding = encodings[byte_order_marks[i].encoding];
    return length;
  }
  return 0;
}

char *
utf8_from_bytes (GBytes *bytes, const char *declared, const char **used, int *replaced)
{
  EncodedBytes encoded = {.size = 0};
  encoded.data = g_bytes_get_data (bytes, &encoded.size);
  Encoding encoding = encodings[UTF_8];
  int undecodable = 0;
  gsize mark = mark_length (encoded, &encoding);
  encoded = (EncodedBytes){encoded.data + mark, encoded.size - mark};
  if (!mark && encoded.size > 0)
    encoding = encoding_of (encoded, declared);
  char *text = text_in_encoding (&encoding, encoded, &undecodable);
  if (used)
    *used = encoding.name;
  if (replaced)
    *replaced = undecodable;
  return text;
}

char *
utf8_from_source (const Source *source, const char *declared, GPtrArray *notes)
{
  const char *used;
  int replaced;
  char *text = utf8_from_bytes (source->bytes, source->charset ? source->charset : declared, &used, &replaced);
  if (replaced > 0)
    notes_add (notes, "undecodable-bytes", NOTE_WARNING, (Place){0},
               "%d characters cannot be decoded as %s; U+FFFD stands in their place.", replaced, used);
  return text;
}
