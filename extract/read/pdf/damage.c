/* damage.c - see damage.h */
#include "read/pdf/damage.h"

#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

/* The last "startxref" and "%%EOF" stand in the last kilobyte (ISO 32000-1, annex H.3); some add a little after it. */
#define TAIL 2048

/* The head stands in the first kilobyte, and places count from it. */
#define HEAD 1024

/* A dictionary longer than this is not looked at for what its stream is. */
#define DICTIONARY_BYTES 1024

/* Nothing more is unpacked for signs. */
#define UNPACKED_BYTES (64u << 20)

/* What a tagged document has in its catalogue. */
#define TREE "/StructTreeRoot"

typedef struct {
  const char *data, *end;
  gsize unpacked;
  gboolean encrypted; /* then nothing unpacks as it stands */
  DamageSigns signs;
} Look;

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

/* The number at *NEXT, which is moved behind it; -1: there is none. */
static gint64
number_at (const char **next, const char *end)
{
  gint64 number = -1;
  *next = skip_space (*next, end);
  for (; *next < end && g_ascii_isdigit (**next) && number < G_MAXINT; (*next)++)
    number = MAX (number, 0) * 10 + (**next - '0');
  return number;
}

/* Index */

/* Whether object ID stands at PLACE: "7 0 obj". */
static gboolean
leads_to_object (const Look *look, gint64 place, gint64 id)
{
  if (place >= look->end - look->data)
    return FALSE;
  const char *next = look->data + place;
  gint64 found = number_at (&next, look->end);
  return found >= 0 && (id < 0 || found == id) && number_at (&next, look->end) >= 0 &&
         begins (skip_space (next, look->end), look->end, "obj");
}

/* The sections of a plain table, "0 9" and an entry a line. */
static gboolean
table_is_right (const Look *look, const char *next)
{
  for (;;) {
    gint64 id = number_at (&next, look->end);
    gint64 count = number_at (&next, look->end);
    if (id < 0 || count < 0)
      return begins (skip_space (next, look->end), look->end, "trailer");
    for (; count > 0; count--, id++) {
      gint64 place = number_at (&next, look->end);
      gint64 generation = number_at (&next, look->end);
      next = skip_space (next, look->end);
      if (generation < 0 || next >= look->end || (*next == 'n' && !leads_to_object (look, place, id)))
        return FALSE;
      next++;
    }
  }
}

static gboolean
index_is_right (const Look *look, const char *tail)
{
  const char *start = find_last (tail, look->end, "startxref");
  if (!start)
    return FALSE;
  const char *next = start + strlen ("startxref");
  gint64 place = number_at (&next, look->end);
  if (place < 0 || place >= look->end - look->data)
    return FALSE;
  const char *index = skip_space (look->data + place, look->end);
  if (begins (index, look->end, "xref"))
    return table_is_right (look, index + strlen ("xref"));
  return leads_to_object (look, place, -1);
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

/* Fonts, pictures and descriptions hold no text of a page. */
static gboolean
is_worth_unpacking (const char *dictionary, const char *end)
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

/* Where the packed bytes at FROM end; NULL: they do not unpack to their end. */
static const char *
unpack (Look *look, gboolean objects, const char *from, const char *end)
{
  char unpacked[1 << 14];
  g_autoptr (GZlibDecompressor) decompressor = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  while (look->unpacked < UNPACKED_BYTES) {
    gsize read = 0, written = 0;
    GConverterResult result = g_converter_convert (G_CONVERTER (decompressor), from, end - from, unpacked,
                                                   sizeof unpacked, G_CONVERTER_INPUT_AT_END, &read, &written, NULL);
    from += read;
    look->unpacked += written;
    if (objects && find (unpacked, unpacked + written, TREE))
      look->signs.tagged = TRUE;
    if (result == G_CONVERTER_FINISHED)
      return from;
    if (result == G_CONVERTER_ERROR || (read == 0 && written == 0))
      return NULL;
  }
  return from;
}

/* The length that the dictionary says, -1 where it stands in an object of its own ("/Length 8 0 R"). */
static gint64
said_length (const char *dictionary, const char *end)
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

/* Where "endstream" is found, LENGTH bytes after FROM and an end of line; NULL: elsewhere. */
static const char *
end_after (const Look *look, const char *from, gint64 length)
{
  if (length > look->end - from)
    return NULL;
  const char *end = skip_space (from + length, look->end);
  return begins (end, look->end, "endstream") ? end : NULL;
}

/* The end of the stream whose bytes begin at FROM; NULL: there is none. */
static const char *
stream_end (Look *look, const char *dictionary, const char *dictionary_end, const char *from)
{
  gint64 length = said_length (dictionary, dictionary_end);
  const char *end = length >= 0 ? end_after (look, from, length) : NULL;
  if (length >= 0 && !end)
    look->signs.damage |= DAMAGE_STREAM;
  gboolean unpacks = !look->encrypted && is_worth_unpacking (dictionary, dictionary_end);
  gboolean objects = unpacks && find (dictionary, dictionary_end, "/ObjStm");
  const char *packed_end = unpacks ? unpack (look, objects, from, end ? end : look->end) : from;
  if (!packed_end)
    look->signs.damage |= DAMAGE_STREAM;
  end = end ? end : find (packed_end ? packed_end : from, look->end, "endstream");
  if (!end)
    look->signs.damage |= DAMAGE_STREAM;
  return end;
}

/* Pages between FROM and END, which is no stream's. */
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

/* Objects from FROM to END, no stream's bytes. */
static void
look_between (Look *look, const char *from, const char *end)
{
  look->signs.pages += pages_between (from, end);
  look->signs.tagged = look->signs.tagged || find (from, end, TREE);
}

/* The beginning of the dictionary that ends before STREAM, or of what of it is near enough. */
static const char *
dictionary_before (const char *from, const char *stream)
{
  from = MAX (from, stream - DICTIONARY_BYTES);
  const char *object = find_last (from, stream, " obj");
  return object ? object : from;
}

static void
look_at_streams (Look *look)
{
  const char *from = look->data, *word = from;
  while ((word = find (word, look->end, "stream"))) {
    const char *bytes = word + strlen ("stream");
    const char *dictionary_end = word;
    while (dictionary_end > from && g_ascii_isspace (dictionary_end[-1]))
      dictionary_end--;
    if (dictionary_end - from < 2 || memcmp (dictionary_end - 2, ">>", 2)) {
      word = bytes;
      continue;
    }
    look_between (look, from, word);
    bytes += begins (bytes, look->end, "\r\n") ? 2 : bytes < look->end;
    word = from = stream_end (look, dictionary_before (from, word), word, bytes);
    if (!word)
      return;
    word += strlen ("endstream");
  }
  look_between (look, from, look->end);
}

DamageSigns
damage_signs (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  const char *head = find (data, data + MIN (size, HEAD), "%PDF-");
  Look look = {.data = head ? head : data, .end = data + size};
  const char *tail = look.end - MIN ((gsize)(look.end - look.data), TAIL);
  look.encrypted = find (look.data, look.end, "/Encrypt") != NULL;
  if (!find (tail, look.end, "%%EOF"))
    look.signs.damage |= DAMAGE_END;
  if (!index_is_right (&look, tail))
    look.signs.damage |= DAMAGE_INDEX;
  look_at_streams (&look);
  return look.signs;
}

gboolean
damage_unpacks (const char *data, gsize size)
{
  Look look = {.data = data, .end = data + size};
  return unpack (&look, FALSE, data, look.end) != NULL;
}
