/* target.c - see target.h */
#include "target.h"

#include "layout/join.h"
#include "layout/layout.h"
#include "sheet/selection.h"
#include "write/writer.h"

/* Nothing longer is worth the time: what a reader does wrong, it does on a small input. */
#define SIZE_LIMIT (64 * 1024)

const Knowledge *
fuzz_knowledge (void)
{
  static Knowledge *knowledge;
  if (!knowledge)
    knowledge = knowledge_open (NULL, NULL);
  return knowledge;
}

static void
write_sheet (GPtrArray *pages, const Source *source)
{
  g_autoptr (GPtrArray) notes = notes_new ();
  g_autoptr (GPtrArray) blocks = blocks_from_pages (pages, NULL);
  g_autoptr (GPtrArray) tables = tables_from_blocks (blocks, notes);
  g_autoptr (Sheet) sheet = sheet_from_tables (fuzz_knowledge (), tables, blocks, g_steal_pointer (&notes), NULL);
  if (sheet) {
    sheet->uri = g_strdup (source->uri);
    sheet->media_type = source->media_type;
  }
  g_autofree char *json = sheet ? json_from_sheet (fuzz_knowledge (), sheet) : NULL;
  g_assert (!json || g_utf8_validate (json, -1, NULL));
}

void
walk (Reader reader, const char *media_type, const uint8_t *data, size_t size)
{
  if (size == 0 || size > SIZE_LIMIT)
    return;
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  Source source = {.uri = "fuzz", .bytes = bytes, .media_type = media_type, .sha256 = "0"};
  ReadOptions options = {.knowledge = fuzz_knowledge ()};
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) notes = notes_new ();
  g_autoptr (GPtrArray) pages = reader (&source, &options, notes, &error);
  g_assert (pages ? !error && pages->len > 0 : error != NULL);
  if (pages)
    write_sheet (pages, &source);
}
