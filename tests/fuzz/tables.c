/* tables.c - a made-up painted page for layout/: glyphs and ruling lines, eight bytes each, to blocks and tables. */
#include "target.h"

#include "layout/join.h"
#include "layout/layout.h"

enum { RECORD = 8, THINGS_LIMIT = 400 };

static Box
box_at (const uint8_t *at, double width, double height)
{
  double x = at[1] * 2.5 + at[2] / 32., y = at[3] * 3.2 + at[4] / 32.;
  return (Box){x, y, x + width, y + height};
}

static void
add_glyph (Page *page, const uint8_t *at)
{
  static const gunichar characters[] = {'1', 'a', ' ', 0x3042, 0x6709, 0x7121, 0x25cb, 0x30fb};
  double size = 4 + at[5] % 16;
  Glyph glyph = {.character = characters[at[6] % G_N_ELEMENTS (characters)],
                 .box = box_at (at, size, size),
                 .painted_space = at[7] & 1 ? SPACE_UNKNOWN : 0,
                 .direction = at[7] >> 6,
                 .struck = (at[7] & 6) == 6};
  if (glyph.character != ' ')
    g_array_append_val (page->glyphs, glyph);
}

static void
add_line (Page *page, const uint8_t *at)
{
  RulingLine line = {.kind = at[7] % (RULING_FILL + 1), .thickness = at[6] / 64.};
  double length = at[5] * 3.;
  line.box = box_at (at, line.kind == RULING_VERTICAL ? 0 : length, line.kind == RULING_HORIZONTAL ? 0 : length);
  g_array_append_val (page->ruling_lines, line);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (size < RECORD || size > RECORD * THINGS_LIMIT)
    return 0;
  g_autoptr (GPtrArray) pages = pages_new (), notes = notes_new ();
  Page *page = page_new (1, 640, 820);
  g_ptr_array_add (pages, page);
  if (!page->glyphs)
    page->glyphs = g_array_new (FALSE, TRUE, sizeof (Glyph));
  if (!page->ruling_lines)
    page->ruling_lines = g_array_new (FALSE, TRUE, sizeof (RulingLine));
  for (const uint8_t *at = data; at + RECORD <= data + size; at += RECORD)
    (at[0] & 3 ? add_glyph : add_line) (page, at);
  g_autoptr (GPtrArray) blocks = blocks_from_pages (pages, NULL);
  g_autoptr (GPtrArray) tables G_GNUC_UNUSED = tables_from_blocks (blocks, notes);
  return 0;
}
