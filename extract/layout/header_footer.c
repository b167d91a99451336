/* header_footer.c - see header_footer.h */
#include "layout/header_footer.h"

#include "layout/rotation.h"
#include "layout/text_line.h"

#include <math.h>

/* Headers and footers are as near to the top or the foot as this part of the page's height. */
#define MARGIN 0.1

/* Points: lines that are no farther apart are in the same place on two pages. */
#define SAME_PLACE 4.0

/* A line of more parts than this, with gaps wider than this between them, in ems, is a repeated head of a table. */
#define PARTS_MOST 3
#define PART_GAP 1.5

typedef struct {
  GPtrArray *glyphs; /* const Glyph, shared with its line */
  double y;          /* its top */
  char *shape;       /* its text, each run of digits replaced by # */
  guint page;        /* index in the list of pages */
  Rotation rotation; /* what its text needs: heads of a page may run across its sideways text, or along with it */
} MarginLine;

static void
margin_line_free (gpointer data)
{
  MarginLine *line = data;
  g_ptr_array_unref (line->glyphs);
  g_free (line->shape);
  g_free (line);
}

static char *
shape_of (const GlyphLine *line)
{
  g_autofree char *text = text_from_line (line, WORDS_SEEN);
  GString *shape = g_string_new (NULL);
  for (const char *next = text; *next; next = g_utf8_next_char (next)) {
    gunichar character = g_utf8_get_char (next);
    if (!g_unichar_isdigit (character))
      g_string_append_unichar (shape, character);
    else if (shape->len == 0 || shape->str[shape->len - 1] != '#')
      g_string_append_c (shape, '#');
  }
  return g_string_free (shape, FALSE);
}

static int
parts_of (const GlyphLine *line)
{
  int parts = 1;
  for (guint i = 1; i < line->glyphs->len; i++) {
    const Glyph *before = g_ptr_array_index (line->glyphs, i - 1), *glyph = g_ptr_array_index (line->glyphs, i);
    parts += glyph->box.x0 - before->box.x1 > PART_GAP * line->em;
  }
  return parts;
}

static gboolean
is_in_margin (const GlyphLine *line, const Page *page)
{
  double middle = (line->box.y0 + line->box.y1) / 2;
  return (middle < page->height * MARGIN || middle > page->height * (1 - MARGIN)) && parts_of (line) <= PARTS_MOST;
}

/* "1", "- 1 -", "1 / 4". */
static gboolean
is_page_number (const char *shape)
{
  gboolean number = FALSE;
  for (const char *next = shape; *next; next = g_utf8_next_char (next)) {
    if (g_unichar_isalpha (g_utf8_get_char (next)))
      return FALSE;
    number = number || *next == '#';
  }
  return number && g_utf8_strlen (shape, -1) <= 9;
}

/* Appends the lines of PAGE in its margins to FOUND: those of upright glyphs. */
static void
find_upright_margin_lines (const Page *page, Rotation rotation, guint index, GPtrArray *found)
{
  g_autoptr (GPtrArray) glyphs = g_ptr_array_new ();
  for (guint i = 0; i < page->glyphs->len; i++)
    if (g_array_index (page->glyphs, Glyph, i).direction == 0)
      g_ptr_array_add (glyphs, &g_array_index (page->glyphs, Glyph, i));
  g_autoptr (GPtrArray) lines = lines_from_glyphs (glyphs);
  for (guint i = 0; i < lines->len; i++) {
    GlyphLine *line = g_ptr_array_index (lines, i);
    if (!is_in_margin (line, page))
      continue;
    MarginLine *margin_line = g_new0 (MarginLine, 1);
    *margin_line = (MarginLine){g_ptr_array_ref (line->glyphs), line->box.y0, shape_of (line), index, rotation};
    g_ptr_array_add (found, margin_line);
  }
}

/* The page is as it was after it. */
static void
find_margin_lines (Page *page, guint index, GPtrArray *found)
{
  for (Rotation rotation = ROTATION_NONE; rotation < ROTATIONS; rotation++) {
    if (page_glyphs_in (page, rotation) == 0)
      continue;
    page_rotate (page, rotation);
    find_upright_margin_lines (page, rotation, index, found);
    page_rotate (page, rotation_back (rotation));
  }
}

static gboolean
are_in_one_place (const MarginLine *a, const MarginLine *b)
{
  return a->page != b->page && a->rotation == b->rotation && fabs (a->y - b->y) <= SAME_PLACE;
}

/* OTHERS: all margin lines of the same shape. */
static gboolean
is_header_footer (const MarginLine *line, GPtrArray *others)
{
  if (is_page_number (line->shape))
    return TRUE;
  for (guint i = 0; i < others->len; i++)
    if (are_in_one_place (line, g_ptr_array_index (others, i)))
      return TRUE;
  return FALSE;
}

static void
mark_line (const MarginLine *line, const Page *page, gboolean *marked)
{
  for (guint i = 0; i < line->glyphs->len; i++)
    marked[(const Glyph *)g_ptr_array_index (line->glyphs, i) - (const Glyph *)page->glyphs->data] = TRUE;
}

static GHashTable *
lines_by_shape (GPtrArray *lines)
{
  GHashTable *by_shape = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
  for (guint i = 0; i < lines->len; i++) {
    MarginLine *line = g_ptr_array_index (lines, i);
    GPtrArray *same = g_hash_table_lookup (by_shape, line->shape);
    if (!same) {
      same = g_ptr_array_new ();
      g_hash_table_insert (by_shape, line->shape, same);
    }
    g_ptr_array_add (same, line);
  }
  return by_shape;
}

GPtrArray *
headers_footers_from_pages (GPtrArray *pages)
{
  GPtrArray *marked = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (margin_line_free);
  for (guint i = 0; i < pages->len; i++) {
    Page *page = g_ptr_array_index (pages, i);
    g_ptr_array_add (marked, page->glyphs ? g_new0 (gboolean, page->glyphs->len + 1) : NULL);
    if (page->glyphs)
      find_margin_lines (page, i, lines);
  }
  g_autoptr (GHashTable) by_shape = lines_by_shape (lines);
  for (guint i = 0; i < lines->len; i++) {
    const MarginLine *line = g_ptr_array_index (lines, i);
    if (is_header_footer (line, g_hash_table_lookup (by_shape, line->shape)))
      mark_line (line, g_ptr_array_index (pages, line->page), g_ptr_array_index (marked, line->page));
  }
  return marked;
}
