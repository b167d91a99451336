/* unruled.c - see unruled.h */
#include "layout/unruled/unruled.h"

#include "layout/unruled/beside.h"
#include "layout/unruled/page_columns.h"
#include "layout/unruled/ruled.h"
#include "layout/unruled/running.h"
#include "layout/unruled/unruled_heads.h"
#include "layout/unruled/unruled_rows.h"

#include <math.h>

/* A line that closes a gutter is a banner when the table goes on after at most so many of them. */
#define BANNER_LINES 2

/* Two lines of one table are no farther apart than this, in points. */
#define LINE_DISTANCE 90.0

/* The head of a table has no more lines than this that stand over several columns. */
#define HEAD_LINES 3

/* Fewer lines with several chunks than this make no table. */
#define TABLE_LINES_LEAST 3

void
gutter_memory_clear (GutterMemory *memory)
{
  g_clear_pointer (&memory->gutters, g_array_unref);
}

static ChunkLine *
line_at (GPtrArray *lines, int index)
{
  return g_ptr_array_index (lines, index);
}

/* A lone line that closes a gutter at the very end of the page is a banner too: what it heads is on the next page. */
static void
take_last_banner (GapZone *zone)
{
  int last = (int)zone->lines->len - 1;
  if (zone->end != last || zone->used[last] || line_at (zone->lines, last)->chunks->len > 1)
    return;
  zone->wide[last] = TRUE;
  zone->end = last + 1;
}

/* Whether running text stands between LINE and the line at Y. */
static gboolean
running_text_parts (const GapZone *zone, const ChunkLine *line, double y)
{
  const Chunk *first = &g_array_index (line->chunks, Chunk, 0), *last = first + line->chunks->len - 1;
  for (guint i = 0; zone->running && i < zone->running->len; i++) {
    const Box *box = &g_array_index (zone->running, Box, i);
    double middle = (box->y0 + box->y1) / 2;
    if (middle > MIN (line->y, y) && middle < MAX (line->y, y) && box->x0 < last->x1 && box->x1 > first->x0)
      return TRUE;
  }
  return FALSE;
}

static void
take_line (GapZone *zone, int line, int step)
{
  zone->end = step > 0 ? line + 1 : zone->end;
  zone->start = step > 0 ? zone->start : line;
}

/* Grows ZONE from the line after its end (STEP 1) or before its start (STEP -1). */
static void
grow (GapZone *zone, int step)
{
  int last = step > 0 ? zone->end - 1 : zone->start, heads = 0;
  int banners = step > 0 ? BANNER_LINES : 0;
  for (int i = last + step; i >= 0 && i < (int)zone->lines->len; i += step) {
    ChunkLine *line = line_at (zone->lines, i);
    double y = line_at (zone->lines, i - step)->y;
    if (fabs (line->y - y) > LINE_DISTANCE || zone->used[i] || running_text_parts (zone, line, y))
      return;
    if (!gutters_admit (&zone->gutters, line) && !(part_heads (zone, line) && gutters_admit (&zone->gutters, line))) {
      line->spans = is_head_over_columns (zone, line, y);
      if (step < 0 && line->spans && heads++ < HEAD_LINES)
        take_line (zone, last = i, step);
      else if (--banners < 0)
        return;
      continue;
    }
    for (int j = last + step; j != i; j += step)
      zone->wide[j] = !line_at (zone->lines, j)->spans;
    last = i;
    banners = step > 0 ? BANNER_LINES : 0;
    take_line (zone, i, step);
  }
}

static int
lines_with_columns (const GapZone *zone)
{
  int count = 0;
  for (int i = zone->start; i < zone->end; i++)
    count += !zone->wide[i] && line_at (zone->lines, i)->chunks->len > 1;
  return count;
}

/* A table has gutters, lines that use them, and, where there is but one gutter, hardly a line that does not. */
static gboolean
is_table (const GapZone *zone)
{
  int columns = lines_with_columns (zone);
  if (zone->gutters->len == 0 || columns < TABLE_LINES_LEAST)
    return FALSE;
  return zone->gutters->len > 1 || columns * 2 >= zone->end - zone->start;
}

/* The unused line with most chunks, two at least; -1: there is none. */
static int
seed_line (GPtrArray *lines, const gboolean *used)
{
  int best = -1;
  for (int i = 0; i < (int)lines->len; i++) {
    guint chunks = line_at (lines, i)->chunks->len;
    if (!used[i] && chunks > 1 && (best < 0 || chunks > line_at (lines, best)->chunks->len))
      best = i;
  }
  return best;
}

static void
zone_mark_used (GapZone *zone)
{
  for (int i = zone->start; i < zone->end; i++)
    zone->used[i] = TRUE;
}

/* Whether one of GUTTERS lies between the first and the last chunk of LINE. */
static gboolean
has_gutter_within (const GArray *gutters, const ChunkLine *line)
{
  const Chunk *first = &g_array_index (line->chunks, Chunk, 0), *last = first + line->chunks->len - 1;
  for (guint i = 0; i < gutters->len; i++) {
    const Gutter *gutter = &g_array_index (gutters, Gutter, i);
    if (gutter->left >= first->x1 - 1 && gutter->right <= last->x0 + 1)
      return TRUE;
  }
  return FALSE;
}

/* The gutters of the page before are tried from its first line on: a column may be empty on this page. */
static gboolean
grow_from_memory (GapZone *zone, const GutterMemory *memory)
{
  if (!memory->gutters)
    return FALSE;
  for (int i = 0; i < (int)zone->lines->len; i++) {
    GArray *gutters = g_array_copy (memory->gutters);
    if (line_at (zone->lines, i)->chunks->len < 2 || zone->used[i] ||
        !gutters_admit (&gutters, line_at (zone->lines, i)) || !has_gutter_within (gutters, line_at (zone->lines, i))) {
      g_array_unref (gutters);
      continue;
    }
    zone->gutters = gutters;
    zone->start = i;
    zone->end = i + 1;
    grow (zone, 1);
    grow (zone, -1);
    if (is_table (zone))
      return TRUE;
    g_clear_pointer (&zone->gutters, g_array_unref);
  }
  return FALSE;
}

static void
grow_from_seed (GapZone *zone, int seed)
{
  zone->gutters = gutters_from_line (line_at (zone->lines, seed));
  zone->start = seed;
  zone->end = seed + 1;
  grow (zone, 1);
  grow (zone, -1);
}

static void
take_table (GapZone *zone, const Page *page, GutterMemory *memory, GPtrArray *frames)
{
  take_last_banner (zone);
  Frame *frame = frame_from_gap_zone (zone, page);
  if (frame)
    g_ptr_array_add (frames, frame);
  gutter_memory_clear (memory);
  memory->gutters = g_array_copy (zone->gutters);
  for (guint i = 0; i < memory->gutters->len; i++)
    g_array_index (memory->gutters, Gutter, i).origin = (int)i;
}

/* Takes those of RUNNING away that stand in a table with rules over and under it and its head: long cells. */
static void
keep_ruled_tables (const Page *page, GPtrArray *lines, GArray *running)
{
  g_autoptr (GArray) tables = ruled_tables (page, lines);
  for (guint i = running->len; i-- > 0;) {
    const Box *box = &g_array_index (running, Box, i);
    for (guint j = 0; j < tables->len; j++)
      if (box_has (g_array_index (tables, Box, j), (box->x0 + box->x1) / 2, (box->y0 + box->y1) / 2)) {
        g_array_remove_index (running, i);
        break;
      }
  }
}

/* Sets the glyphs of the running text aside: for them ASIDE is set. */
static void
set_running_text_aside (const Page *page, GArray *running, gboolean *aside)
{
  for (guint i = 0; i < page->glyphs->len; i++) {
    const Box *glyph = &g_array_index (page->glyphs, Glyph, i).box;
    for (guint j = 0; j < running->len && !aside[i]; j++)
      aside[i] = box_has (g_array_index (running, Box, j), (glyph->x0 + glyph->x1) / 2, (glyph->y0 + glyph->y1) / 2);
  }
}

/* What the search for tables on a page shares. */
typedef struct {
  const Page *page;
  GArray *running; /* Box */
  GutterMemory *memory;
  GPtrArray *frames;
} Search;

static void add_tables (const Search *search, const gboolean *aside);

/* The tables of ZONE that stand side by side, PARTING being the x between them; ASIDE is as in add_tables. */
static void
add_tables_beside (const Search *search, const GapZone *zone, double parting, const gboolean *aside)
{
  const ChunkLine *first = line_at (zone->lines, zone->start), *last = line_at (zone->lines, zone->end - 1);
  Box side = {-G_MAXDOUBLE, first->y - first->em / 2, parting, last->y + last->em / 2};
  for (int i = 0; i < 2; i++) {
    g_autofree gboolean *outside = g_memdup2 (aside, (search->page->glyphs->len + 1) * sizeof (gboolean));
    for (guint j = 0; j < search->page->glyphs->len; j++) {
      const Box *glyph = &g_array_index (search->page->glyphs, Glyph, j).box;
      outside[j] = outside[j] || !box_has (side, (glyph->x0 + glyph->x1) / 2, (glyph->y0 + glyph->y1) / 2);
    }
    add_tables (search, outside);
    side.x0 = parting;
    side.x1 = G_MAXDOUBLE;
  }
}

/* The tables among the glyphs for which ASIDE is not set. */
static void
add_tables (const Search *search, const gboolean *aside)
{
  const Page *page = search->page;
  GutterMemory *memory = search->memory;
  GPtrArray *frames = search->frames;
  g_autoptr (GPtrArray) lines = chunk_lines_from_page (page, aside, TRUE);
  g_autofree gboolean *used = g_new0 (gboolean, lines->len + 1);
  g_autofree gboolean *wide = g_new0 (gboolean, lines->len + 1);
  GapZone zone = {.lines = lines, .used = used, .wide = wide, .running = search->running};
  if (grow_from_memory (&zone, memory)) {
    take_table (&zone, page, memory, frames);
    zone_mark_used (&zone);
    g_clear_pointer (&zone.gutters, g_array_unref);
  }
  for (int seed = seed_line (lines, used); seed >= 0; seed = seed_line (lines, used)) {
    grow_from_seed (&zone, seed);
    if (is_table (&zone)) {
      double parting = parting_of_tables (&zone, page);
      if (parting > 0)
        add_tables_beside (search, &zone, parting, aside);
      else
        take_table (&zone, page, memory, frames);
      zone_mark_used (&zone);
    }
    used[seed] = TRUE;
    g_clear_pointer (&zone.gutters, g_array_unref);
  }
}

/* ASIDE, and what is outside PART of a page set in columns. The caller frees. */
static gboolean *
glyphs_aside_of_part (const Page *page, const gboolean *aside, const PageColumns *columns, guint part)
{
  gboolean *outside = g_memdup2 (aside, (page->glyphs->len + 1) * sizeof (gboolean));
  for (guint i = 0; i < page->glyphs->len; i++)
    outside[i] = outside[i] || page_part_of (columns, g_array_index (page->glyphs, Glyph, i).box) != part;
  return outside;
}

GPtrArray *
frames_from_gaps (const Page *page, const gboolean *taken, GutterMemory *memory)
{
  GPtrArray *frames = frames_new ();
  g_autoptr (GPtrArray) lines = chunk_lines_from_page (page, taken, FALSE);
  g_autoptr (GArray) running = running_text_of_lines (lines);
  keep_ruled_tables (page, lines, running);
  g_autofree gboolean *aside = g_memdup2 (taken, (page->glyphs->len + 1) * sizeof (gboolean));
  set_running_text_aside (page, running, aside);
  PageColumns columns = page_columns_from_running (page, lines, running);
  Search search = {page, running, memory, frames};
  for (guint part = 0; part < page_parts (&columns); part++) {
    g_autofree gboolean *outside = glyphs_aside_of_part (page, aside, &columns, part);
    add_tables (&search, outside);
  }
  page_columns_clear (&columns);
  return frames;
}
