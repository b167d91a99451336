/* html.c - the reader of web pages (reader.h): the containers of the tree, walked in the document's order, give blocks.
 *
 *     <h2>可用性</h2>                    a block of text with heading level 2
 *     <p>稼働率は<b>99.9%</b>です。</p>  a block of text: what is inline between two block boundaries is one
 *     <table> … </table>                 a block with a grid
 *     <nav> … </nav>                     a block of the page's header and footer
 *     <iframe srcdoc="…">                the blocks of the page in it (frame.h), in place
 *
 * Only this walk recurses for each level of the tree, and it stops at DEPTH_LIMIT.
 */
#include "read/charset.h"
#include "read/html/frame.h"
#include "read/html/html_table.h"
#include "read/html/html_text.h"
#include "read/html/html_tree.h"
#include "read/html/made_rows.h"
#include "read/html/tabs.h"
#include "read/reader.h"

#include <string.h>

/* Bytes: the marker of a list entry may stand before bold words. */
#define LEAD_MARKER_MOST 8

#define DEPTH_LIMIT 200               /* nested containers; what is deeper becomes text */
#define CELLS_LIMIT (4 * 1000 * 1000) /* of all grids of a page: rows times columns */

#define FRAMES_DEPTH_LIMIT 8 /* pages within each other */
#define FRAMES_LIMIT 100     /* of a page, those within frames included */

/* A document, with what its frames show. */
typedef struct {
  const Source *source;
  GPtrArray *notes; /* Note */
  int frames;       /* so far */
  int cells;        /* how many grids may still have: rows times columns */
  const Symbols *symbols;
} HtmlDocument;

typedef struct {
  HtmlDocument *document;
  const Source *page; /* that is walked: the document's source, or what one of its frames shows */
  int frame_depth;
  GPtrArray *blocks; /* Block */
  const Appearance *appearance;
  const Tabs *tabs;
  TextRun *run;            /* the text of the paragraph so far */
  const GumboNode *first;  /* what its text begins in; NULL: it is empty */
  int depth;               /* of the container that is walked */
  int headers_footers;     /* how many of the containers around are headers, footers or navigation */
  int heading_level;       /* of the last heading */
  const Grid *definitions; /* the last grid, if it is of lists of one term each; borrowed */
} HtmlWalk;

static void walk_node (HtmlWalk *walk, const GumboNode *node);

/* How many elements around a text say what it is made of. */
#define MAKE_ELEMENTS 4

/* Adds inline NODE to the paragraph. */
static void
add_inline (HtmlWalk *walk, const GumboNode *node)
{
  gboolean empty = text_run_place (walk->run).line == 0;
  text_run_add (walk->run, node);
  if (empty && text_run_place (walk->run).line > 0)
    walk->first = node;
}

/* Appends "p.name{font-weight:700}" for NODE; digits, which may count the elements, as "#". */
static void
append_element (GString *make, const GumboNode *node)
{
  static const char *const names[] = {"class", "style"};
  g_string_append_printf (make, ">%s", gumbo_normalized_tagname (node_tag (node)));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *value = node_attribute (node, names[i]);
    g_string_append_c (make, value ? ".{"[i] : ' ');
    for (const char *at = value; at && *at; at++)
      if (i == 0 && g_ascii_isdigit (*at))
        g_string_append (make, g_str_has_suffix (make->str, "#") ? "" : "#");
      else if (!g_ascii_isspace (*at) || i == 0)
        g_string_append_c (make, *at);
  }
}

/* The innermost element in NODE, from its first child on, that has all of its text. */
static const GumboNode *
innermost (const GumboNode *node)
{
  while (node_children (node) == 1 && node_is_element (node_child (node, 0)))
    node = node_child (node, 0);
  return node;
}

/* Says of BLOCK what it is made of: from NODE, in which its text begins. Where that is an element with a part of the text
 * only, as bold words are, it is the block's lead. */
static void
tell_make (HtmlWalk *walk, Block *block, const GumboNode *node)
{
  g_autofree char *beginning = text_of_node (node, walk->appearance, NULL);
  const char *found = node_is_element (node) && *beginning ? strstr (block->text, beginning) : NULL;
  gboolean whole = found && strlen (found) == strlen (beginning);
  if (found && !whole && found - block->text <= LEAD_MARKER_MOST)
    block->lead = found - block->text + strlen (beginning);
  const GumboNode *from = whole ? innermost (node) : node->parent;
  g_autoptr (GString) make = g_string_new (NULL);
  for (int i = 0; i < MAKE_ELEMENTS && from && node_tag (from) != GUMBO_TAG_BODY; from = from->parent, i++)
    append_element (make, from);
  block->make = g_string_free (g_steal_pointer (&make), FALSE);
}

static void
add_text (HtmlWalk *walk, int heading_level)
{
  Place place = text_run_place (walk->run);
  g_autofree char *struck = NULL;
  g_autofree char *text = text_run_take (walk->run, &struck);
  BlockKind kind = walk->headers_footers > 0 ? BLOCK_HEADER_FOOTER : BLOCK_TEXT;
  Block *block = block_with_struck (kind, text, struck, heading_level, place);
  const GumboNode *first = g_steal_pointer (&walk->first);
  if (block)
    g_ptr_array_add (walk->blocks, block);
  if (block && first && kind == BLOCK_TEXT)
    tell_make (walk, block, first);
}

/* Ends the paragraph. */
static void
end_text (HtmlWalk *walk)
{
  add_text (walk, 0);
}

static void
add_grid (HtmlWalk *walk, Grid *grid)
{
  walk->document->cells -= grid->rows * grid->columns;
  g_ptr_array_add (walk->blocks, block_from_grid (grid));
}

/* Whether children of NODE from INDEX on are the rows of a table, which is added; *TAKEN: how many were looked at. */
static gboolean
walk_made_rows (HtmlWalk *walk, const GumboNode *node, int index, int *taken)
{
  Grid *grid = walk->headers_footers > 0
                   ? NULL
                   : grid_from_made_rows (node, index, walk->appearance, walk->document->cells, taken);
  if (!grid)
    return FALSE;
  end_text (walk);
  add_grid (walk, grid);
  return TRUE;
}

/* Rows that make no table are not looked at again from their second on. */
static void
walk_children (HtmlWalk *walk, const GumboNode *node)
{
  int looked_at = 0;
  walk->depth++;
  for (int i = 0; i < node_children (node); i++) {
    int taken = 0;
    if (i >= looked_at && walk_made_rows (walk, node, i, &taken)) {
      i += taken - 1;
      continue;
    }
    looked_at = MAX (looked_at, i + taken);
    walk_node (walk, node_child (node, i));
  }
  walk->depth--;
}

static void
walk_container (HtmlWalk *walk, const GumboNode *node)
{
  end_text (walk);
  gboolean header_footer = node_is_header_footer (node) || node_is_tab_list (node);
  walk->headers_footers += header_footer;
  walk_children (walk, node);
  end_text (walk);
  walk->headers_footers -= header_footer;
}

/* Whether NODE follows another line end, with nothing between them: an empty line. */
static gboolean
follows_line_end (const GumboNode *node)
{
  int i = (int)node->index_within_parent - 1;
  while (i >= 0 && node_child (node->parent, i)->type == GUMBO_NODE_WHITESPACE)
    i--;
  return i >= 0 && node_tag (node_child (node->parent, i)) == GUMBO_TAG_BR;
}

/* An empty line parts paragraphs, whatever element they are in. */
static void
walk_line_end (HtmlWalk *walk, const GumboNode *node)
{
  if (follows_line_end (node))
    end_text (walk);
  else
    text_run_add (walk->run, node);
}

static void
walk_thematic_break (HtmlWalk *walk, const GumboNode *node)
{
  end_text (walk);
}

static void
walk_heading (HtmlWalk *walk, const GumboNode *node)
{
  end_text (walk);
  text_run_end_item (walk->run);
  text_run_add (walk->run, node);
  int level = node_tag (node) - GUMBO_TAG_H1 + 1;
  add_text (walk, level);
  walk->heading_level = level;
}

/* The head of a panel that a click opens: a heading one level below the last, but never the page's title. */
static void
walk_panel_head (HtmlWalk *walk, const GumboNode *node)
{
  end_text (walk);
  text_run_end_item (walk->run);
  text_run_add (walk->run, node);
  add_text (walk, CLAMP (walk->heading_level + 1, 2, 6));
}

static void
walk_details (HtmlWalk *walk, const GumboNode *node)
{
  int level = walk->heading_level;
  end_text (walk);
  for (int i = 0; i < node_children (node); i++) {
    const GumboNode *child = node_child (node, i);
    walk->depth++;
    walk_node (walk, child);
    walk->depth--;
    if (node_tag (child) == GUMBO_TAG_SUMMARY)
      walk->heading_level = MAX (walk->heading_level, CLAMP (level + 1, 2, 6));
  }
  end_text (walk);
  walk->heading_level = level;
}

static void
walk_item (HtmlWalk *walk, const GumboNode *node)
{
  end_text (walk);
  text_run_begin_item (walk->run, node);
  walk_children (walk, node);
  end_text (walk);
  text_run_end_item (walk->run);
}

static void
walk_preformatted (HtmlWalk *walk, const GumboNode *node)
{
  end_text (walk);
  text_run_add (walk->run, node);
  end_text (walk);
}

/* A term of a definition list that does not become a grid. */
static void
walk_term (HtmlWalk *walk, const GumboNode *node)
{
  if (node_contains_block (node))
    walk_container (walk, node);
  else
    walk_panel_head (walk, node);
}

/* A list of one term below another such: they are one list. */
static gboolean
joins_definitions (HtmlWalk *walk, const Grid *grid)
{
  const Block *last = walk->blocks->len > 0 ? g_ptr_array_index (walk->blocks, walk->blocks->len - 1) : NULL;
  Grid *before = last && last->kind == BLOCK_GRID && last->grid == walk->definitions ? last->grid : NULL;
  if (!before || grid->rows != 1 || before->columns != grid->columns)
    return FALSE;
  for (guint i = 0; i < grid->cells->len; i++) {
    const Cell *cell = g_ptr_array_index (grid->cells, i);
    Cell *added = grid_add_cell (before, before->rows, cell->column, 1, cell->column_span, cell->text, cell->place);
    added->struck = g_strdup (cell->struck);
  }
  before->rows++;
  walk->document->cells -= grid->columns;
  return TRUE;
}

static void
walk_definitions (HtmlWalk *walk, const GumboNode *node)
{
  end_text (walk);
  g_autoptr (Grid) grid = walk->headers_footers > 0 ? NULL : grid_from_definitions (node, walk->appearance);
  if (grid && joins_definitions (walk, grid))
    return;
  if (!grid) {
    walk_container (walk, node);
    return;
  }
  walk->definitions = grid->rows == 1 ? grid : NULL;
  add_grid (walk, g_steal_pointer (&grid));
}

static void
walk_table (HtmlWalk *walk, const GumboNode *node)
{
  end_text (walk);
  g_autoptr (Grid) grid =
      walk->headers_footers > 0 ? NULL : grid_from_table (node, walk->appearance, walk->document->cells);
  if (!grid) {
    walk_container (walk, node);
    return;
  }
  const GumboNode *caption = table_caption (node);
  if (caption)
    walk_container (walk, caption);
  add_grid (walk, g_steal_pointer (&grid));
}

static void blocks_add_page (HtmlWalk *around, const HtmlFrame *frame);

/* What FRAME shows, unless there are too many. PLACE is that of the frame. */
static void
walk_page (HtmlWalk *walk, const HtmlFrame *frame, Place place)
{
  HtmlDocument *document = walk->document;
  if (walk->frame_depth >= FRAMES_DEPTH_LIMIT || document->frames >= FRAMES_LIMIT)
    notes_add (document->notes, "frame-not-read", NOTE_ERROR, place,
               "A frame is not read: there are more than %d, or they are more than %d deep.", FRAMES_LIMIT,
               FRAMES_DEPTH_LIMIT);
  else
    blocks_add_page (walk, frame);
}

static void
walk_frame (HtmlWalk *walk, const GumboNode *node)
{
  HtmlDocument *document = walk->document;
  g_auto (HtmlFrame) frame = {0};
  end_text (walk);
  if (frame_open (&frame, document->source, walk->page, node, document->notes))
    walk_page (walk, &frame, node_place (node));
}

/* Of a workbook that is saved as a page all worksheets count, not only the one in the frame. */
static void
walk_frameset (HtmlWalk *walk, const GumboNode *node)
{
  HtmlDocument *document = walk->document;
  g_autoptr (GPtrArray) worksheets = frame_worksheets (node);
  end_text (walk);
  for (guint i = 0; i < worksheets->len; i++) {
    g_auto (HtmlFrame) frame = {.page = walk->page};
    if (frame_open_address (&frame, document->source, walk->page, worksheets->pdata[i], node_place (node),
                            document->notes))
      walk_page (walk, &frame, node_place (node));
  }
  if (worksheets->len == 0)
    walk_children (walk, node);
}

static const struct {
  GumboTag tag;
  void (*walk) (HtmlWalk *walk, const GumboNode *node);
} walkers[] = {
    {GUMBO_TAG_H1, walk_heading},        {GUMBO_TAG_H2, walk_heading},        {GUMBO_TAG_H3, walk_heading},
    {GUMBO_TAG_H4, walk_heading},        {GUMBO_TAG_H5, walk_heading},        {GUMBO_TAG_H6, walk_heading},
    {GUMBO_TAG_BR, walk_line_end},       {GUMBO_TAG_HR, walk_thematic_break}, {GUMBO_TAG_LI, walk_item},
    {GUMBO_TAG_PRE, walk_preformatted},  {GUMBO_TAG_DETAILS, walk_details},   {GUMBO_TAG_DT, walk_term},
    {GUMBO_TAG_DL, walk_definitions},    {GUMBO_TAG_IFRAME, walk_frame},      {GUMBO_TAG_FRAME, walk_frame},
    {GUMBO_TAG_FRAMESET, walk_frameset},
};

/* The title of the tab that shows NODE, as a heading above those in it; one of these may say the same. */
static void
add_tab_title (HtmlWalk *walk, const GumboNode *node)
{
  const char *title = tabs_title_of (walk->tabs, node);
  int level = title ? CLAMP (walk->heading_level + 1, 2, 6) : 0;
  for (const GumboNode *at = node; at && title; at = node_next (at, node, TRUE)) {
    GumboTag tag = node_tag (at);
    if (tag < GUMBO_TAG_H1 || tag > GUMBO_TAG_H6)
      continue;
    g_autofree char *text = text_of_node (at, walk->appearance, NULL);
    title = g_str_equal (text, title) ? NULL : title;
    level = CLAMP (tag - GUMBO_TAG_H1, 1, 6);
    break;
  }
  if (!title)
    return;
  end_text (walk);
  BlockKind kind = walk->headers_footers > 0 ? BLOCK_HEADER_FOOTER : BLOCK_TEXT;
  g_ptr_array_add (walk->blocks, block_new (kind, title, level, node_place (node)));
}

static void
walk_element (HtmlWalk *walk, const GumboNode *node)
{
  add_tab_title (walk, node);
  if (node_is_table (node)) {
    walk_table (walk, node);
    return;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (walkers); i++)
    if (walkers[i].tag == node_tag (node)) {
      walkers[i].walk (walk, node);
      return;
    }
  if (node_opens_panel (node) && !node_contains_block (node))
    walk_panel_head (walk, node);
  else if (node_is_block (node) || node_contains_block (node))
    walk_container (walk, node);
  else
    add_inline (walk, node);
}

static void
walk_node (HtmlWalk *walk, const GumboNode *node)
{
  if (node_is_hidden (node, walk->appearance))
    return;
  if (!node_is_element (node) || walk->depth >= DEPTH_LIMIT)
    add_inline (walk, node);
  else
    walk_element (walk, node);
}

static gboolean
has_title (GPtrArray *blocks)
{
  for (guint i = 0; i < blocks->len; i++) {
    const Block *block = g_ptr_array_index (blocks, i);
    if (block->kind == BLOCK_TEXT && block->heading_level == 1)
      return TRUE;
  }
  return FALSE;
}

/* A page without a heading of level 1 has its <title> in its place. */
static void
add_title (GPtrArray *blocks, const GumboNode *root, const Appearance *appearance)
{
  const GumboNode *node = root;
  while (node && node_tag (node) != GUMBO_TAG_TITLE)
    node = node_next (node, root, TRUE);
  if (!node || node_children (node) == 0)
    return;
  g_autoptr (TextRun) run = text_run_new (appearance);
  text_run_add (run, node_child (node, 0));
  g_autofree char *text = text_run_take (run, NULL);
  if (*text)
    g_ptr_array_insert (blocks, 0, block_new (BLOCK_TEXT, text, 1, node_place (node)));
}

/* Where the blocks and notes of a frame are in its document. */
static void
move_place (Place *place, const HtmlFrame *frame)
{
  if (frame->member && !place->member)
    place->member = frame->member;
  if (place->line)
    place->line += frame->line;
}

static void
move_places (GPtrArray *blocks, guint first_block, GPtrArray *notes, guint first_note, const HtmlFrame *frame)
{
  for (guint i = first_block; i < blocks->len; i++) {
    Block *block = blocks->pdata[i];
    move_place (&block->place, frame);
    if (!block->grid)
      continue;
    move_place (&block->grid->place, frame);
    for (guint j = 0; j < block->grid->cells->len; j++)
      move_place (&((Cell *)block->grid->cells->pdata[j])->place, frame);
  }
  for (guint i = first_note; i < notes->len; i++)
    move_place (&((Note *)notes->pdata[i])->place, frame);
}

/* Walks the tree of WALK->page and adds its blocks. */
static void
walk_tree (HtmlWalk *walk, const GumboNode *root)
{
  FrameStyles styles = {walk->document->source, walk->page};
  LinkedStyles linked = {frame_style_text, &styles};
  g_autoptr (Appearance) appearance = appearance_from_tree (root, &linked, walk->document->symbols);
  appearance_add_notes (appearance, walk->document->notes);
  g_autoptr (TextRun) run = text_run_new (appearance);
  gboolean title = walk->frame_depth == 0;
  g_autoptr (Tabs) tabs = tabs_from_tree (root, appearance);
  walk->appearance = appearance;
  walk->tabs = tabs;
  walk->run = run;
  walk_node (walk, root);
  end_text (walk);
  if (title && !has_title (walk->blocks))
    add_title (walk->blocks, root, appearance);
}

static void
blocks_add_page (HtmlWalk *around, const HtmlFrame *frame)
{
  HtmlDocument *document = around->document;
  guint first_block = around->blocks->len, first_note = document->notes->len;
  g_autoptr (GError) failure = NULL;
  g_autoptr (HtmlTree) tree = html_tree_from_text (frame->text, &failure);
  HtmlWalk walk = {.document = document,
                   .page = frame->page,
                   .frame_depth = around->frame_depth + 1,
                   .blocks = around->blocks,
                   .headers_footers = around->headers_footers};
  document->frames++;
  if (tree)
    walk_tree (&walk, html_tree_root (tree));
  else
    notes_add (document->notes, "frame-not-read", NOTE_ERROR, (Place){.line = 1},
               "A frame is not read: its page is too large, or nested too deeply.");
  move_places (around->blocks, first_block, document->notes, first_note, frame);
}

GPtrArray *
pages_from_html (const Source *source, const ReadOptions *options, GPtrArray *notes, GError **error)
{
  g_autofree char *text = html_text_from_source (source, notes);
  g_autoptr (HtmlTree) tree = html_tree_from_text (text, error);
  if (!tree)
    return NULL;
  GPtrArray *pages = pages_new ();
  Page *page = page_new (1, 0, 0);
  page->blocks = blocks_new ();
  HtmlDocument document = {.source = source,
                           .notes = notes,
                           .cells = CELLS_LIMIT,
                           .symbols = options->knowledge ? options->knowledge->symbols : NULL};
  HtmlWalk walk = {.document = &document, .page = source, .blocks = page->blocks};
  walk_tree (&walk, html_tree_root (tree));
  g_ptr_array_add (pages, page);
  return pages;
}
