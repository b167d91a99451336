/* charset.c - see charset.h
 *
 * Detection decodes a sample by each encoding it may be, and looks at what comes out. Japanese text read by its own
 * encoding is kana, ideographs and full-width punctuation; read by another it is broken sequences, half-width kana and
 * private characters. The mean worth of the characters beyond ASCII tells them apart.
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
  const char *name;      /* as *USED gives it */
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

/* FF FE 00 00 comes before FF FE. */
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

/* The labels in use, compared as ICU compares names (case, "-", "_" and leading zeros aside). Others are ICU's to know.
 */
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
} Span;

/* What a character beyond ASCII says of the encoding that gave it: 2 Japanese text is full of it, 1 it is common there,
 * 0 nothing, less: it is seldom meant. The first range that holds it counts. */
static const struct {
  gunichar first, last;
  double worth;
} worths[] = {
    {0x0000, 0x009F, -20}, {0x00A0, 0x024F, 0},   {0x2010, 0x27BF, 1}, {0x3000, 0x30FF, 2},     {0x3200, 0x33FF, 1},
    {0x4E00, 0x9FFF, 1},   {0xD800, 0xF8FF, -20}, {0xFF01, 0xFF60, 2}, {0xFF61, 0xFF9F, -0.25}, {0xFFF0, 0xFFFF, -20},
};

static double
character_worth (gunichar character)
{
  for (gsize i = 0; i < G_N_ELEMENTS (worths); i++)
    if (character >= worths[i].first && character <= worths[i].last)
      return worths[i].worth;
  return 0;
}

static gboolean
is_plain_ascii (gunichar character)
{
  return (character >= 0x20 && character < 0x7F) || (character >= '\t' && character <= '\r');
}

/* The mean worth of the characters beyond ASCII; 0 where there are none. */
static double
text_worth (const char *text)
{
  double sum = 0;
  int count = 0;
  for (const char *at = text; *at; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    if (is_plain_ascii (character))
      continue;
    sum += character_worth (character);
    count++;
  }
  return count ? sum / count : 0;
}

static char *
text_from_utf8 (Span bytes, int *replaced)
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

/* ICU's one-byte substitute is U+001A, which no text means. */
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

/* No encoding read here gives more than one UTF-16 unit a byte; where ICU says otherwise the end is cut. */
static char *
text_by_converter (UConverter *converter, Span bytes, int *replaced)
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
text_by_encoding (const Encoding *encoding, Span bytes, int *replaced)
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
worth_by_encoding (const Encoding *encoding, Span sample)
{
  int replaced = 0;
  g_autofree char *text = text_by_encoding (encoding, sample, &replaced);
  return text_worth (text);
}

static gboolean
has_japanese_escape (Span bytes)
{
  static const char *const escapes[] = {"\x1b$B", "\x1b$@", "\x1b(I", "\x1b(J"};
  for (gsize i = 0; i < G_N_ELEMENTS (escapes); i++)
    if (memmem (bytes.data, bytes.size, escapes[i], 3))
      return TRUE;
  return FALSE;
}

static gboolean
has_zero (Span bytes)
{
  return memchr (bytes.data, 0, bytes.size) != NULL;
}

/* From the first byte that plain ASCII has not; even, for UTF-16. */
static Span
sample_of (Span bytes)
{
  gsize start = 0;
  while (start < bytes.size && is_plain_ascii (bytes.data[start]))
    start++;
  start &= ~(gsize)1;
  return (Span){bytes.data + start, MIN (bytes.size - start, SAMPLE_BYTES)};
}

/* Whether BYTES hold what the encoding cannot do without. */
static gboolean
may_be (int encoding, Span bytes)
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
encoding_detected (Span bytes, double *best)
{
  Span sample = sample_of (bytes);
  const Encoding *found = &encodings[UTF_8];
  *best = worth_by_encoding (found, sample);
  for (gsize i = UTF_8 + 1; i < G_N_ELEMENTS (encodings); i++) {
    if (!may_be (i, sample))
      continue;
    double worth = worth_by_encoding (&encodings[i], sample);
    if (worth <= *best)
      continue;
    found = &encodings[i];
    *best = worth;
  }
  return found;
}

/* FALSE: no such label. ICU's names are static. */
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
is_utf8 (Span bytes)
{
  return g_utf8_validate_len ((const char *)bytes.data, bytes.size, NULL) && !has_japanese_escape (bytes);
}

/* Whether the bytes say that they are not in the encoding DECLARED: they are valid UTF-8 with more than ASCII in it, or
 * another encoding makes far better text of them. */
static gboolean
is_contradicted (const Encoding *declared, Span bytes)
{
  Span sample = sample_of (bytes);
  gboolean valid = is_utf8 (bytes);
  if (!declared->converter)
    valid = FALSE;
  if (valid && (sample.size > 1 || g_str_has_prefix (declared->name, "UTF-16")))
    return TRUE;
  double best;
  const Encoding *detected = encoding_detected (bytes, &best);
  if (detected->converter && declared->converter && !strcmp (detected->converter, declared->converter))
    return FALSE;
  return best > worth_by_encoding (declared, sample) + 1;
}

static Encoding
encoding_of (Span bytes, const char *declared)
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
mark_length (Span bytes, Encoding *encoding)
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
  Span span = {.size = 0};
  span.data = g_bytes_get_data (bytes, &span.size);
  Encoding encoding = encodings[UTF_8];
  int undecodable = 0;
  gsize mark = mark_length (span, &encoding);
  span = (Span){span.data + mark, span.size - mark};
  if (!mark && span.size > 0)
    encoding = encoding_of (span, declared);
  char *text = text_by_encoding (&encoding, span, &undecodable);
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
