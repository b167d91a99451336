/* container.c - see container.h */
#include "read/container.h"

#include <string.h>

typedef struct {
  const guint8 *data;
  gsize size;
} View;

static View
view_of (GBytes *bytes)
{
  View view;
  view.data = g_bytes_get_data (bytes, &view.size);
  return view;
}

/* A number of so many bytes, the lowest first; 0 outside. */
static guint32
number_at (View view, gsize at, int bytes)
{
  guint32 number = 0;
  for (int i = 0; i < bytes && at + i < view.size; i++)
    number |= (guint32)view.data[at + i] << (8 * i);
  return number;
}

static gboolean
bytes_are (View view, gsize at, const void *bytes, gsize length)
{
  return at <= view.size && length <= view.size - at && !memcmp (view.data + at, bytes, length);
}

/* A record of the directory: its signature, where the lengths of what follows stand, and the name. */
#define RECORD "PK\1\2"
enum { NAME_LENGTH = 28, EXTRA_LENGTH = 30, COMMENT_LENGTH = 32, NAME = 46 };

static gboolean
name_begins (View view, gsize at, const char *prefix)
{
  return number_at (view, at + NAME_LENGTH, 2) >= strlen (prefix) &&
         bytes_are (view, at + NAME, prefix, strlen (prefix));
}

/* The end record stands last, before a comment of at most 65535 bytes. 0: there is none. */
static gsize
end_of_directory (View view)
{
  const gsize length = 22, comment = 65535;
  for (gsize back = length; back <= view.size && back <= length + comment; back++)
    if (bytes_are (view, view.size - back, "PK\5\6", 4))
      return view.size - back;
  return 0;
}

/* By its place; by its length, where something stands before the archive and all places are shifted. */
static gsize
directory_start (View view, gsize end)
{
  gsize start = number_at (view, end + 16, 4);
  return bytes_are (view, start, RECORD, strlen (RECORD)) ? start : end - MIN (number_at (view, end + 12, 4), end);
}

static gboolean
directory_has (View view, gsize end, const char *prefix)
{
  gsize at = directory_start (view, end);
  while (bytes_are (view, at, RECORD, strlen (RECORD))) {
    if (name_begins (view, at, prefix))
      return TRUE;
    at += NAME + number_at (view, at + NAME_LENGTH, 2) + number_at (view, at + EXTRA_LENGTH, 2) +
          number_at (view, at + COMMENT_LENGTH, 2);
  }
  return FALSE;
}

gboolean
zip_has_entry (GBytes *bytes, const char *prefix)
{
  View view = view_of (bytes);
  gsize end = end_of_directory (view);
  return end > 0 && directory_has (view, end, prefix);
}

gboolean
zip_has_directory (GBytes *bytes)
{
  return end_of_directory (view_of (bytes)) > 0;
}

/* Directory entries are 128 bytes long and begin at multiples of that: the name in UTF-16, then, at 64, its length in
 * bytes with the NUL after it. */
gboolean
ole_has_entry (GBytes *bytes, const char *name)
{
  enum { ENTRY = 128, TEXT = 64 };
  View view = view_of (bytes);
  guint8 wanted[TEXT] = {0};
  gsize length = strlen (name);
  for (gsize i = 0; i < length && i < TEXT / 2 - 1; i++)
    wanted[2 * i] = name[i];
  for (gsize at = 0; at + ENTRY <= view.size; at += ENTRY)
    if (bytes_are (view, at, wanted, 2 * length + 2) && number_at (view, at + TEXT, 2) == 2 * length + 2)
      return TRUE;
  return FALSE;
}
