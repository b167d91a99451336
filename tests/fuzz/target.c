/* target.c - see target.h */
#include "target.h"

#include "layout/join.h"
#include "layout/layout.h"
#include "sheet/selection.h"
#include "write/writer.h"

#include <string.h>
#include <zip.h>

/* Nothing longer is worth the time: what a reader does wrong, it does on a small input. */
#define SIZE_LIMIT (64 * 1024)

/* The two values that are kept between inputs. */
static Knowledge *knowledge;
static guint inputs_read;

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  if (!knowledge)
    knowledge = knowledge_open (NULL, NULL);
  return 0;
}

guint
fuzz_inputs_read (void)
{
  return inputs_read;
}

const Knowledge *
fuzz_knowledge (void)
{
  return knowledge;
}

void
walk_pages (GPtrArray *pages)
{
  g_autoptr (GPtrArray) notes = notes_new ();
  g_autoptr (GPtrArray) blocks = blocks_from_pages (pages, NULL);
  g_autoptr (GPtrArray) tables = tables_from_blocks (blocks, notes);
  g_autoptr (Sheet) sheet = sheet_from_tables (knowledge, tables, blocks, g_steal_pointer (&notes), NULL);
  if (sheet) {
    sheet->uri = g_strdup ("fuzz");
    sheet->media_type = "text/plain";
  }
  g_autofree char *json = sheet ? json_from_sheet (knowledge, sheet) : NULL;
  g_assert (!json || g_utf8_validate (json, -1, NULL));
}

GPtrArray *
read_only (Reader reader, const char *media_type, const uint8_t *data, size_t size)
{
  if (size == 0 || size > SIZE_LIMIT)
    return NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  Source source = {.uri = "fuzz", .bytes = bytes, .media_type = media_type, .sha256 = "0", .limits = USUAL_READ_LIMITS};
  ReadOptions options = {.knowledge = knowledge};
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) notes = notes_new ();
  g_autoptr (GPtrArray) pages = reader (&source, &options, notes, &error);
  g_assert (pages ? !error && pages->len > 0 : error != NULL);
  inputs_read += pages != NULL;
  return g_steal_pointer (&pages);
}

void
walk (Reader reader, const char *media_type, const uint8_t *data, size_t size)
{
  g_autoptr (GPtrArray) pages = read_only (reader, media_type, data, size);
  if (pages)
    walk_pages (pages);
}

static void
add_part (zip_t *archive, const char *name, const void *data, size_t size)
{
  zip_int64_t index = zip_file_add (archive, name, zip_source_buffer (archive, data, size, 0), 0);
  zip_set_file_compression (archive, index, ZIP_CM_STORE, 0);
}

GBytes *
archive_of_parts (const ArchivePart *fixed, const char *const *names, const uint8_t *data, size_t size)
{
  zip_source_t *source = zip_source_buffer_create (NULL, 0, 0, NULL);
  zip_source_keep (source);
  zip_t *archive = zip_open_from_source (source, ZIP_TRUNCATE, NULL);
  for (; fixed->name; fixed++)
    add_part (archive, fixed->name, fixed->text, strlen (fixed->text));
  for (; *names && size > 0; names++) {
    const uint8_t *end = memchr (data, 0, size);
    size_t length = end ? (size_t)(end - data) : size;
    add_part (archive, *names, data, length);
    data += length + (end != NULL);
    size -= length + (end != NULL);
  }
  zip_close (archive);
  zip_stat_t about;
  zip_source_stat (source, &about);
  void *bytes = g_malloc (about.size);
  zip_source_open (source);
  zip_source_read (source, bytes, about.size);
  zip_source_close (source);
  zip_source_free (source);
  return g_bytes_new_take (bytes, about.size);
}
