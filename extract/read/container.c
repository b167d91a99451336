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

gboolean
zip_has_directory (GBytes *bytes)
{
  return end_of_directory (container_bytes (bytes)) > 0;
}

/* Directory entries are 128 bytes long, at multiples of that: the name in UTF-16, then, at 64, its length in bytes with
 * the NUL included. */
gboolean
ole_has_entry (GBytes *bytes, const char *name)
{
  enum { ENTRY = 128, TEXT = 64 };
  ContainerBytes container = container_bytes (bytes);
  guint8 wanted[TEXT] = {0};
  gsize length = strlen (name);
  for (gsize i = 0; i < length && i < TEXT / 2 - 1; i++)
    wanted[2 * i] = name[i];
  for (gsize at = 0; at + ENTRY <= container.size; at += ENTRY)
    if (bytes_are (container, at, wanted, 2 * length + 2) && number_at (container, at + TEXT, 2) == 2 * length + 2)
      return TRUE;
  return FALSE;
}
