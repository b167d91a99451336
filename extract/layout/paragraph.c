/* paragraph.c - see paragraph.h */
#include "layout/paragraph.h"

#include "layout/text_line.h"
#include "model/numbers.h"

#include <math.h>
#include <string.h>

/* The sizes of the lines of one paragraph differ by less than this part, their leading is less than this many ems. */
#define SAME_SIZE 0.15
#define LEADING 2.0

/* A line that begins beyond this part of the width of the text is not a wrapped one. */
#define FLUSH_RIGHT 0.4

/* Ems: a line that leaves less room than this is full. */
#define FULL_ROOM 2.5

/* Ems: a line that leaves less room than this may be wrapped at the edge. */
#define EDGE_ROOM 1.5

#define STYLE_FACE (STYLE_SERIFS | STYLE_SIZE)

/* Where text is wrapped, this part of its lines ends at its edge, and so many; more where they are narrower than this part
 * of the page between alike margins. */
#define WRAPPED_SHARE 0.4
#define WRAPPED_LEAST 3
#define WRAPPED_MANY 6
#define NARROW_SHARE 0.5

/* A heading is this much larger than the page's common size. */
#define HEADING_SIZE 1.2

/* The size that most glyphs of the page have. */
static double
common_em (const Page *page)
{
  g_autoptr (GArray) heights = g_array_sized_new (FALSE, FALSE, sizeof (double), page->glyphs->len);
  for (guint i = 0; i < page->glyphs->len; i++) {
    const Glyph *glyph = &g_array_index (page->glyphs, Glyph, i);
    double height = glyph->box.y1 - glyph->box.y0;
    g_array_append_val (heights, height);
  }
  return numbers_median (heights, 10);
}

/* Lines set flush right, as a date and a company under a title are: each is a paragraph. Wrapped lines begin nearer to
 * the left edge of the text, whose edges are LEFT and RIGHT. */
static gboolean
are_flush_right (const GlyphLine *line, const GlyphLine *next, double left, double right)
{
  return fabs (line->box.x1 - next->box.x1) < 0.3 * line->em && fabs (line->box.x0 - next->box.x0) > 0.3 * line->em &&
         MIN (line->box.x0, next->box.x0) > left + FLUSH_RIGHT * (right - left);
}

static gboolean
same_paragraph (const GlyphLine *line, const GlyphLine *next)
{
  double leading = (next->box.y0 + next->box.y1) / 2 - (line->box.y0 + line->box.y1) / 2;
  return fabs (line->em - next->em) <= SAME_SIZE * MAX (line->em, next->em) && leading <= LEADING * line->em &&
         fabs (line->box.x0 - next->box.x0) <= 2 * line->em;
}

static int
heading_level (const GlyphLine *line, double common)
{
  double size = (line->box.y1 - line->box.y0) / common;
  return size >= 1.5 ? 1 : size >= HEADING_SIZE ? 2 : 0;
}

/* How the letters of a line look (Glyph.style). */
typedef struct {
  guint first, last; /* the style of its first letter, and of its last one; 0: not known */
  gboolean uniform;  /* all of them look alike */
  guint lead;        /* how many glyphs at its beginning look like the first letter */
} LineStyle;

/* The face and size of the last ideograph of LINE; of its first letter where it has none. */
static guint
face_of_line (const GlyphLine *line)
{
  guint face = 0;
  for (guint i = line->glyphs->len; i-- > 0;) {
    const Glyph *glyph = g_ptr_array_index (line->glyphs, i);
    if (g_unichar_isalnum (glyph->character))
      face = glyph->style & STYLE_FACE;
    if (character_is_wide (glyph->character) && g_unichar_isalnum (glyph->character))
      return face;
  }
  return face;
}

/* Punctuation is often of another font than the letters beside it, and says nothing; Latin letters beside ideographs have
 * their face and size. */
static LineStyle
style_of_line (const GlyphLine *line)
{
  LineStyle style = {.uniform = TRUE};
  guint face = face_of_line (line);
  gboolean leading = TRUE;
  for (guint i = 0; i < line->glyphs->len; i++) {
    const Glyph *glyph = g_ptr_array_index (line->glyphs, i);
    gboolean own = glyph->style == 0 || character_is_wide (glyph->character);
    guint look = own ? glyph->style : (glyph->style & ~STYLE_FACE) | face;
    gboolean letter = g_unichar_isalnum (glyph->character);
    if (letter) {
      style.first = style.last ? style.first : look;
      style.uniform &= look == style.first;
      style.last = look;
    }
    leading &= !letter || look == style.first;
    style.lead += leading;
  }
  return style;
}

/* Whether the letters of NEXT look so that it begins a paragraph of its own under LINE: a heading and its text. A line
 * that reaches the text's RIGHT edge may go on with emphasised words. */
static gboolean
looks_otherwise (const GlyphLine *line, const GlyphLine *next, double right)
{
  LineStyle one = style_of_line (line), other = style_of_line (next);
  if (!one.first || !other.first)
    return FALSE;
  if (one.uniform && other.uniform)
    return one.first != other.first;
  gboolean full = line->box.x1 > right - FULL_ROOM * line->em;
  return !full && ((one.uniform && other.first != one.first) || (other.uniform && one.last != other.first));
}

/* What the paragraphs of a page have in common, and the list they are appended to. */
typedef struct {
  const Page *page;
  BlockKind kind;
  double common;      /* the size of most of the page's characters */
  double left, right; /* the edges of the text */
  LineBreaks *breaks;
  GPtrArray *blocks;
} ParagraphWriter;

/* Letters, as many as glyphs: white space is none. */
static guint
letters_of (const char *text)
{
  guint count = 0;
  for (; *text; text = g_utf8_next_char (text))
    count += !g_unichar_isspace (g_utf8_get_char (text));
  return count;
}

/* The bytes of TEXT up to its letter COUNT. */
static gsize
bytes_of_letters (const char *text, guint count)
{
  const char *at = text;
  for (; *at && count > 0; at = g_utf8_next_char (at))
    count -= !g_unichar_isspace (g_utf8_get_char (at));
  return at - text;
}

/* Says of BLOCK how its first line, LINE, looks: what heads are told by where they are no larger than other text. */
static void
take_style (Block *block, const GlyphLine *line)
{
  LineStyle style = style_of_line (line);
  if (!style.first)
    return;
  block->make = g_strdup_printf ("%x", style.last);
  block->lead = style.first == style.last ? 0 : bytes_of_letters (block->text, style.lead);
}

/* A block for each of PARTS, the text of LINES between the line breaks of its author. */
static void
add_parts (const ParagraphWriter *writer, GPtrArray *lines, char **parts, int level)
{
  guint next = 0;
  for (char **part = parts; *part; part++) {
    guint first = MIN (next, lines->len - 1), letters = letters_of (*part), seen = 0;
    Place place = {.page = writer->page->number};
    do {
      const GlyphLine *line = g_ptr_array_index (lines, MIN (next, lines->len - 1));
      place.box = seen > 0 ? box_union (place.box, line->box) : line->box;
      seen += line->glyphs->len;
    } while (++next < lines->len && seen < letters);
    Block *block = block_new (writer->kind, *part, level, place);
    take_style (block, g_ptr_array_index (lines, first));
    g_ptr_array_add (writer->blocks, block);
  }
}

static void
add_paragraph (const ParagraphWriter *writer, GPtrArray *lines)
{
  if (lines->len == 0)
    return;
  const GlyphLine *first = g_ptr_array_index (lines, 0);
  g_autofree char *struck = NULL;
  g_autofree char *text = text_from_lines (lines, writer->left, writer->right, writer->breaks, NULL, &struck);
  g_auto (GStrv) parts = g_strsplit (text, "\n", -1);
  int level = heading_level (first, writer->common);
  if (!struck) {
    add_parts (writer, lines, parts, level);
    return;
  }
  Place place = {.page = writer->page->number, .box = first->box};
  for (guint i = 1; i < lines->len; i++)
    place.box = box_union (place.box, ((const GlyphLine *)g_ptr_array_index (lines, i))->box);
  g_ptr_array_add (writer->blocks, block_with_struck (writer->kind, *parts ? *parts : "", struck, level, place));
  for (char **part = *parts ? parts + 1 : parts; *part; part++)
    g_ptr_array_add (writer->blocks, block_new (writer->kind, *part, level, place));
}

/* Whether text of PAGE was wrapped between LEFT and RIGHT: several of LINES end there, and not only by chance. Short lines
 * must be many. */
static gboolean
is_wrapped_between (const Page *page, GPtrArray *lines, double left, double right)
{
  guint count = 0;
  for (guint i = 0; i < lines->len; i++) {
    const GlyphLine *line = g_ptr_array_index (lines, i);
    count += line->box.x1 > right - EDGE_ROOM * line->em;
  }
  gboolean narrow = right - left < NARROW_SHARE * (page->width - 2 * left);
  return count >= (narrow ? WRAPPED_MANY : WRAPPED_LEAST) && count >= WRAPPED_SHARE * lines->len;
}

void
paragraphs_from_page (const Page *page, const gboolean *taken, BlockKind kind, LineBreaks *breaks, GPtrArray *blocks)
{
  g_autoptr (GPtrArray) glyphs = page_glyphs (page, taken, NULL);
  if (glyphs->len == 0)
    return;
  g_autoptr (GPtrArray) lines = lines_from_glyphs (glyphs);
  ParagraphWriter writer = {page, kind, common_em (page), page->width, 0, breaks, blocks};
  for (guint i = 0; i < lines->len; i++) {
    const GlyphLine *line = g_ptr_array_index (lines, i);
    writer.left = MIN (writer.left, line->box.x0);
    writer.right = MAX (writer.right, line->box.x1);
  }
  if (!is_wrapped_between (page, lines, writer.left, writer.right)) /* all lines are short: the margins are alike */
    writer.right = MAX (writer.right, page->width - writer.left);
  g_autoptr (GPtrArray) paragraph = g_ptr_array_new ();
  for (guint i = 0; i < lines->len; i++) {
    GlyphLine *line = g_ptr_array_index (lines, i);
    const GlyphLine *before = paragraph->len > 0 ? g_ptr_array_index (paragraph, paragraph->len - 1) : NULL;
    if (before && (!same_paragraph (before, line) || are_flush_right (before, line, writer.left, writer.right) ||
                   looks_otherwise (before, line, writer.right))) {
      add_paragraph (&writer, paragraph);
      g_ptr_array_set_size (paragraph, 0);
    }
    g_ptr_array_add (paragraph, line);
  }
  add_paragraph (&writer, paragraph);
}
