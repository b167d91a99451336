/* container.c - see container.h */
#include "read/container.h"

#include <string.h>

/* More entries are not looked at. */
#define ENTRIES_LIMIT 20000

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

/* How the names stand in one kind of record. */
typedef struct {
  const char *signature;
  int length_at, name_at;
} Record;

static const Record directory_record = {"PK\1\2", 28, 46}, local_record = {"PK\3\4", 26, 30};

static gboolean
name_begins (View view, gsize at, const Record *record, const char *prefix)
{
  return number_at (view, at + record->length_at, 2) >= strlen (prefix) &&
         bytes_are (view, at + record->name_at, prefix, strlen (prefix));
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

static gboolean
directory_has (View view, gsize end, const char *prefix)
{
  gsize at = end - MIN (number_at (view, end + 12, 4), end);
  for (int i = 0; i < ENTRIES_LIMIT && bytes_are (view, at, directory_record.signature, 4); i++) {
    if (name_begins (view, at, &directory_record, prefix))
      return TRUE;
    at += directory_record.name_at + number_at (view, at + 28, 2) + number_at (view, at + 30, 2) +
          number_at (view, at + 32, 2);
  }
  return FALSE;
}

static gboolean
locals_have (View view, const char *prefix)
{
  const guint8 *at = view.data;
  for (int i = 0; i < ENTRIES_LIMIT && at; i++) {
    if (name_begins (view, at - view.data, &local_record, prefix))
      return TRUE;
    at = memmem (at + 1, view.data + view.size - at - 1, local_record.signature, 4);
  }
  return FALSE;
}

gboolean
zip_has_entry (GBytes *bytes, const char *prefix)
{
  View view = view_of (bytes);
  gsize end = end_of_directory (view);
  return end ? directory_has (view, end, prefix) : locals_have (view, prefix);
}

/* Directory entries are 128 bytes long and begin at multiples of that: the name in UTF-16, then, at 64, its length in
 * bytes with the NUL after it. */
gboolean
ole_has_entry (GBytes *bytes, const char *name)
{
  enum { ENTRY = 128, NAME = 64 };
  View view = view_of (bytes);
  guint8 wanted[NAME] = {0};
  gsize length = strlen (name);
  for (gsize i = 0; i < length && i < NAME / 2 - 1; i++)
    wanted[2 * i] = name[i];
  for (gsize at = 0; at + ENTRY <= view.size; at += ENTRY)
    if (bytes_are (view, at, wanted, 2 * length + 2) && number_at (view, at + NAME, 2) == 2 * length + 2)
      return TRUE;
  return FALSE;
}
