/* damage.c - see damage.h */
#include "read/pdf/damage.h"

#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

/* The last "startxref" and "%%EOF" are in the last kilobyte (ISO 32000-1, annex H.3); some add a little after it. */
#define TAIL_BYTES 2048

/* The header is in the first kilobyte, and offsets count from it. */
#define HEADER_BYTES 1024

/* A longer dictionary is not searched for what its stream is. */
#define DICTIONARY_BYTES 1024

/* No more is decompressed for signs. */
#define DECOMPRESSED_LIMIT (64u << 20)

/* What a tagged document has in its catalogue. */
#define STRUCTURE_TREE "/StructTreeRoot"

typedef struct {
  const char *data, *end;
  gsize decompressed;
  GConverter *decompressor; /* one for all streams: a new one clears its memory first */
  gboolean encrypted;       /* then nothing decompresses as it is */
  DamageSigns signs;
} DamageScan;

static const char *
find (const char *from, const char *end, const char *word)
{
  return from && from < end ? memmem (from, end - from, word, strlen (word)) : NULL;
}

static const char *
find_last (const char *from, const char *end, const char *word)
{
  const char *last = NULL;
  for (const char *next = from; (next = find (next, end, word)); next++)
    last = next;
  return last;
}

static const char *
skip_space (const char *next, const char *end)
{
  while (next < end && (g_ascii_isspace (*next) || *next == '\0'))
    next++;
  return next;
}

static gboolean
begins (const char *next, const char *end, const char *word)
{
  return (gsize)(end - next) >= strlen (word) && !memcmp (next, word, strlen (word));
}

/* The number at *NEXT, which is moved past it; -1: there is none. */
static gint64
number_at (const char **next, const char *end)
{
  gint64 number = -1;
  *next = skip_space (*next, end);
  for (; *next < end && g_ascii_isdigit (**next) && number < G_MAXINT; (*next)++)
    number = MAX (number, 0) * 10 + (**next - '0');
  return number;
}

/* Cross-reference table */

/* Whether object ID is at OFFSET: "7 0 obj"; ID -1: any object. */
static gboolean
leads_to_object (const DamageScan *scan, gint64 offset, gint64 id)
{
  if (offset >= scan->end - scan->data)
    return FALSE;
  const char *next = scan->data + offset;
  gint64 found = number_at (&next, scan->end);
  return found >= 0 && (id < 0 || found == id) && number_at (&next, scan->end) >= 0 &&
         begins (skip_space (next, scan->end), scan->end, "obj");
}

/* The sections of a plain table, "0 9" and an entry a line. */
static gboolean
table_is_right (const DamageScan *scan, const char *next)
{
  for (;;) {
    gint64 id = number_at (&next, scan->end);
    gint64 count = number_at (&next, scan->end);
    if (id < 0 || count < 0)
      return begins (skip_space (next, scan->end), scan->end, "trailer");
    for (; count > 0; count--, id++) {
      gint64 offset = number_at (&next, scan->end);
      gint64 generation = number_at (&next, scan->end);
      next = skip_space (next, scan->end);
      if (generation < 0 || next >= scan->end || (*next == 'n' && !leads_to_object (scan, offset, id)))
        return FALSE;
      next++;
    }
  }
}

static gboolean
index_is_right (const DamageScan *scan, const char *tail)
{
  const char *start = find_last (tail, scan->end, "startxref");
  if (!start)
    return FALSE;
  const char *next = start + strlen ("startxref");
  gint64 offset = number_at (&next, scan->end);
  if (offset < 0 || offset >= scan->end - scan->data)
    return FALSE;
  const char *index = skip_space (scan->data + offset, scan->end);
  if (begins (index, scan->end, "xref"))
    return table_is_right (scan, index + strlen ("xref"));
  return leads_to_object (scan, offset, -1);
}

/* Streams */

static gboolean
dictionary_has (const char *dictionary, const char *end, const char *const *words)
{
  for (; *words; words++)
    if (find (dictionary, end, *words))
      return TRUE;
  return FALSE;
}

/* Fonts, images and metadata hold no text of a page. */
static gboolean
is_worth_decompressing (const char *dictionary, const char *end)
{
  static const char *const others[] = {"/Image",         "/Length1",  "/Length2", "/Type1C",
                                       "/CIDFontType0C", "/OpenType", "/XML",     NULL};
  const char *filter = find (dictionary, end, "/Filter");
  if (!filter || dictionary_has (dictionary, end, others))
    return FALSE;
  filter = skip_space (filter + strlen ("/Filter"), end);
  if (filter < end && *filter == '[')
    filter = skip_space (filter + 1, end);
  return begins (filter, end, "/FlateDecode") || begins (filter, end, "/Fl ");
}

/* The end of the compressed bytes at FROM; NULL: they do not decompress to their end. */
static const char *
decompress (DamageScan *scan, gboolean objects, const char *from, const char *end)
{
  char decompressed[1 << 14];
  g_converter_reset (scan->decompressor);
  while (scan->decompressed < DECOMPRESSED_LIMIT) {
    gsize read = 0, written = 0;
    GConverterResult result =
        g_converter_convert (scan->decompressor, from, end - from, decompressed, sizeof decompressed,
                             G_CONVERTER_INPUT_AT_END, &read, &written, NULL);
    from += read;
    scan->decompressed += written;
    if (objects && find (decompressed, decompressed + written, STRUCTURE_TREE))
      scan->signs.tagged = TRUE;
    if (result == G_CONVERTER_FINISHED)
      return from;
    if (result == G_CONVERTER_ERROR || (read == 0 && written == 0))
      return NULL;
  }
  return from;
}

/* The length in the dictionary; -1: it is in an object of its own ("/Length 8 0 R"). */
static gint64
length_in (const char *dictionary, const char *end)
{
  const char *next = dictionary;
  while ((next = find (next, end, "/Length"))) {
    next += strlen ("/Length");
    if (next >= end || g_ascii_isdigit (*next)) /* /Length1 of a font */
      continue;
    gint64 length = number_at (&next, end);
    const char *after = next;
    return number_at (&after, end) >= 0 && begins (skip_space (after, end), end, "R") ? -1 : length;
  }
  return -1;
}

/* The "endstream" LENGTH bytes after FROM and an end of line; NULL: it is not there. */
static const char *
end_after (const DamageScan *scan, const char *from, gint64 length)
{
  if (length > scan->end - from)
    return NULL;
  const char *end = skip_space (from + length, scan->end);
  return begins (end, scan->end, "endstream") ? end : NULL;
}

/* The end of the stream whose bytes begin at FROM; NULL: there is none. */
static const char *
stream_end (DamageScan *scan, const char *dictionary, const char *dictionary_end, const char *from)
{
  gint64 length = length_in (dictionary, dictionary_end);
  const char *end = length >= 0 ? end_after (scan, from, length) : NULL;
  if (length >= 0 && !end)
    scan->signs.damage |= DAMAGE_STREAM;
  gboolean decompresses = !scan->encrypted && is_worth_decompressing (dictionary, dictionary_end);
  gboolean objects = decompresses && find (dictionary, dictionary_end, "/ObjStm");
  const char *compressed_end = decompresses ? decompress (scan, objects, from, end ? end : scan->end) : from;
  if (!compressed_end)
    scan->signs.damage |= DAMAGE_STREAM;
  end = end ? end : find (compressed_end ? compressed_end : from, scan->end, "endstream");
  if (!end)
    scan->signs.damage |= DAMAGE_STREAM;
  return end;
}

/* Page objects between FROM and END, outside of streams. */
static int
pages_between (const char *from, const char *end)
{
  int count = 0;
  for (const char *next = from; (next = find (next, end, "/Page")); next += strlen ("/Page")) {
    const char *before = next;
    while (before > from && g_ascii_isspace (before[-1]))
      before--;
    const char *after = next + strlen ("/Page");
    count += before - from >= 5 && !memcmp (before - 5, "/Type", 5) && (after >= end || !g_ascii_isalnum (*after));
  }
  return count;
}

/* Takes the signs from FROM to END, outside of streams. */
static void
scan_objects (DamageScan *scan, const char *from, const char *end)
{
  scan->signs.pages += pages_between (from, end);
  scan->signs.tagged = scan->signs.tagged || find (from, end, STRUCTURE_TREE);
}

/* The start of the dictionary that ends before STREAM, or of its last DICTIONARY_BYTES. */
static const char *
dictionary_before (const char *from, const char *stream)
{
  from = MAX (from, stream - DICTIONARY_BYTES);
  const char *object = find_last (from, stream, " obj");
  return object ? object : from;
}

static void
scan_streams (DamageScan *scan)
{
  const char *from = scan->data, *word = from;
  while ((word = find (word, scan->end, "stream"))) {
    const char *bytes = word + strlen ("stream");
    const char *dictionary_end = word;
    while (dictionary_end > from && g_ascii_isspace (dictionary_end[-1]))
      dictionary_end--;
    if (dictionary_end - from < 2 || memcmp (dictionary_end - 2, ">>", 2)) {
      word = bytes;
      continue;
    }
    scan_objects (scan, from, word);
    bytes += begins (bytes, scan->end, "\r\n") ? 2 : bytes < scan->end;
    word = from = stream_end (scan, dictionary_before (from, word), word, bytes);
    if (!word)
      return;
    word += strlen ("endstream");
  }
  scan_objects (scan, from, scan->end);
}

DamageSigns
damage_signs (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  const char *head = find (data, data + MIN (size, HEADER_BYTES), "%PDF-");
  g_autoptr (GConverter) decompressor = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
  DamageScan scan = {.data = head ? head : data, .end = data + size, .decompressor = decompressor};
  const char *tail = scan.end - MIN ((gsize)(scan.end - scan.data), TAIL_BYTES);
  scan.encrypted = find (scan.data, scan.end, "/Encrypt") != NULL;
  if (!find (tail, scan.end, "%%EOF"))
    scan.signs.damage |= DAMAGE_END;
  if (!index_is_right (&scan, tail))
    scan.signs.damage |= DAMAGE_INDEX;
  scan_streams (&scan);
  return scan.signs;
}

gboolean
damage_decompresses (const char *data, gsize size)
{
  g_autoptr (GConverter) decompressor = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
  DamageScan scan = {.data = data, .end = data + size, .decompressor = decompressor};
  return decompress (&scan, FALSE, data, scan.end) != NULL;
}
