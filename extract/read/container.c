/* container.c - see container.h */
#include "read/container.h"

#include <string.h>

typedef struct {
  const guint8 *data;
  gsize size;
} ContainerBytes;

static ContainerBytes
container_bytes (GBytes *bytes)
{
  ContainerBytes container;
  container.data = g_bytes_get_data (bytes, &container.size);
  return container;
}

/* The little-endian number of BYTES bytes at AT; bytes past the end count as 0. */
static guint32
number_at (ContainerBytes container, gsize at, int bytes)
{
  guint32 number = 0;
  for (int i = 0; i < bytes && at + i < container.size; i++)
    number |= (guint32)container.data[at + i] << (8 * i);
  return number;
}

static gboolean
bytes_are (ContainerBytes container, gsize at, const void *bytes, gsize length)
{
  return at <= container.size && length <= container.size - at && !memcmp (container.data + at, bytes, length);
}

/* An entry of the directory: its signature, and the offsets of the lengths of what follows and of the name. */
#define ENTRY_SIGNATURE "PK\1\2"
enum { NAME_LENGTH = 28, EXTRA_LENGTH = 30, COMMENT_LENGTH = 32, NAME = 46 };

/* The character of a name as it is compared: case does not count, and some programs write backslashes for slashes. */
static char
folded (char character)
{
  return character == '\\' ? '/' : g_ascii_tolower (character);
}

static gboolean
name_begins (ContainerBytes container, gsize at, const char *prefix)
{
  gsize length = number_at (container, at + NAME_LENGTH, 2);
  for (; length > 0 && at + NAME < container.size && strchr ("/\\.", container.data[at + NAME]); length--)
    at++; /* a slash or "./" before it */
  for (gsize i = 0; prefix[i]; i++)
    if (i >= length || at + NAME + i >= container.size ||
        folded ((char)container.data[at + NAME + i]) != folded (prefix[i]))
      return FALSE;
  return TRUE;
}

/* The offset of the end record: it is last, before a comment of at most 65535 bytes. 0: there is none. */
static gsize
end_of_directory (ContainerBytes container)
{
  const gsize length = 22, comment = 65535;
  for (gsize back = length; back <= container.size && back <= length + comment; back++)
    if (bytes_are (container, container.size - back, "PK\5\6", 4))
      return container.size - back;
  return 0;
}

/* By its offset; by its length, where the archive has a prefix and all offsets are shifted. */
static gsize
directory_start (ContainerBytes container, gsize end)
{
  gsize start = number_at (container, end + 16, 4);
  return bytes_are (container, start, ENTRY_SIGNATURE, strlen (ENTRY_SIGNATURE))
             ? start
             : end - MIN (number_at (container, end + 12, 4), end);
}

static gboolean
directory_has (ContainerBytes container, gsize end, const char *prefix)
{
  gsize at = directory_start (container, end);
  while (bytes_are (container, at, ENTRY_SIGNATURE, strlen (ENTRY_SIGNATURE))) {
    if (name_begins (container, at, prefix))
      return TRUE;
    at += NAME + number_at (container, at + NAME_LENGTH, 2) + number_at (container, at + EXTRA_LENGTH, 2) +
          number_at (container, at + COMMENT_LENGTH, 2);
  }
  return FALSE;
}

gboolean
zip_has_entry (GBytes *bytes, const char *prefix)
{
  ContainerBytes container = container_bytes (bytes);
  gsize end = end_of_directory (container);
  return end > 0 && directory_has (container, end, prefix);
}

/* An entry of the archive itself (4.3.7): the offsets of its method of compression, its size, and the lengths of what is
 * before its bytes. */
enum { LOCAL_METHOD = 8, LOCAL_SIZE = 18, LOCAL_NAME_LENGTH = 26, LOCAL_EXTRA_LENGTH = 28, LOCAL_NAME = 30 };

gboolean
zip_begins_with (GBytes *bytes, const char *name, const char *text)
{
  ContainerBytes container = container_bytes (bytes);
  gsize length = strlen (name), size = strlen (text);
  gsize at = LOCAL_NAME + length + number_at (container, LOCAL_EXTRA_LENGTH, 2);
  return number_at (container, LOCAL_NAME_LENGTH, 2) == length && bytes_are (container, LOCAL_NAME, name, length) &&
         number_at (container, LOCAL_METHOD, 2) == 0 && bytes_are (container, at, text, size) &&
         number_at (container, LOCAL_SIZE, 4) >= size;
}

gboolean
zip_has_directory (GBytes *bytes)
{
  return end_of_directory (container_bytes (bytes)) > 0;
}

/* Directory entries are 128 bytes long, at multiples of that: the name in UTF-16, then, at 64, its length in bytes with
 * the NUL included, and, at 116, the first sector of the stream. */
enum { OLE_ENTRY = 128, OLE_TEXT = 64, OLE_FIRST_SECTOR = 116 };

/* The offset of the entry NAME; 0: there is none. */
static gsize
ole_entry (ContainerBytes container, const char *name)
{
  guint8 wanted[OLE_TEXT] = {0};
  gsize length = strlen (name);
  for (gsize i = 0; i < length && i < OLE_TEXT / 2 - 1; i++)
    wanted[2 * i] = name[i];
  for (gsize at = OLE_ENTRY; at + OLE_ENTRY <= container.size; at += OLE_ENTRY)
    if (bytes_are (container, at, wanted, 2 * length + 2) && number_at (container, at + OLE_TEXT, 2) == 2 * length + 2)
      return at;
  return 0;
}

gboolean
ole_has_entry (GBytes *bytes, const char *name)
{
  return ole_entry (container_bytes (bytes), name) > 0;
}

/* Sector 0 follows the header, which is as long as a sector; its size is at offset 30, as a power of 2. Streams shorter than
 * 4096 bytes are elsewhere, but the two that are asked for never are. */
gsize
ole_stream_head (GBytes *bytes, const char *name, guint8 *head, gsize size)
{
  ContainerBytes container = container_bytes (bytes);
  gsize entry = ole_entry (container, name);
  guint32 shift = number_at (container, 30, 2), sector = number_at (container, entry + OLE_FIRST_SECTOR, 4);
  if (entry == 0 || shift < 7 || shift > 16)
    return 0;
  gsize at = ((gsize)sector + 1) << shift;
  gsize length = at < container.size ? MIN (size, container.size - at) : 0;
  memcpy (head, container.data + (length > 0 ? at : 0), length);
  return length;
}
