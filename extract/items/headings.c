/* headings.c - items from heads and the text under them (see headings.h). */
#include "items/headings.h"

#include "items/match.h"
#include "text/line_break.h"
#include "text/width.h"

#include <string.h>

/* A make with fewer names of the catalogue is not one of items. A question whose words tell no item counts a third. */
#define NAMES_LEAST 3
#define QUESTION_WEIGHT 0.34

/* The most makes that are tried: the likeliest ones; and as many of brief lines. */
#define TRIED_MOST 6

/* A list of brief lines must be worth so many times the best of heads that are marked as such. */
#define BRIEF_WORTH 1.25

/* Characters: a longer text heads nothing. */
#define HEAD_MOST 90

/* Display columns: longer words of a text without marks head nothing, and are a sentence. */
#define BRIEF_MOST 56

/* What a list without answers is worth; with all of them 1. */
#define UNANSWERED_WORTH 0.1

/* What a list of unknown names only would lose: of two that know the same names the shorter is taken. */
#define UNKNOWN_COST 0.2

/* Of heads that are no headings, so many are names of the catalogue or questions; or they are this many, and so many of
 * all are like such. */
#define KNOWN_SHARE 0.4
#define KNOWN_MANY 5
#define LIKE_SHARE 0.5

/* A label is one where this share of the items has it. */
#define LABELLED_SHARE 0.5

/* A list of this many categories with nothing between them lists tabs or contents. */
#define LISTED_LEAST 3

/* A line is nearer to the one than to the other by this much of its height. */
#define NEARER 0.3

/* Which part of a block is the head. */
typedef enum { CUT_WHOLE, CUT_LEAD, CUT_LINE, CUT_COLON, CUT_SPACE, CUT_LEADERS, CUT_BRACKETS, CUT_DASH, CUTS } Cut;

/* What counts of where a head is: its indent and where in its paragraph it is; its indent; nothing. */
typedef enum { SITE_WHOLE, SITE_INDENT, SITE_ANY, SITES } Site;

/* How heads are told. */
typedef struct {
  char *make; /* as of make_of */
  Cut cut;
  Site site;
  gboolean mark;  /* `make` has the mark before the head too */
  gboolean brief; /* it is of lines that are brief, whatever else they are */
  double names;   /* how many names of the catalogue it has */
} HeadKey;

/* A block, and a table of two columns taken apart, on the way to items. */
typedef struct {
  const Block *block; /* NULL: from a grid */
  const char *text;   /* borrowed; NULL: neither text nor struck text */
  const char *make;   /* static or borrowed */
  const char *site;   /* static: where in its paragraph it is; "": not known */
  int indent;         /* ems, from the left edge of the page's text; 0: not known */
  int heading_level;
  guint index; /* of its block */
  Place place;
  gboolean category; /* by its words, and in no list of such */
  gboolean brief;    /* a few words of a text without marks, above a sentence */
} Line;

typedef struct {
  const Knowledge *knowledge;
  GArray *lines; /* Line */
  GPtrArray *blocks;
} HeadedText;

static Line *
line_at (const HeadedText *text, guint index)
{
  return &g_array_index (text->lines, Line, index);
}

static gboolean
is_text (const Line *line)
{
  return line->text && (!line->block || line->block->kind == BLOCK_TEXT);
}

/* A line of a text file by the blank lines around it: the first of a paragraph, alone, or another. */
static const char *
site_of_text_line (GPtrArray *blocks, guint index)
{
  const Block *block = g_ptr_array_index (blocks, index);
  const Block *before = index > 0 ? g_ptr_array_index (blocks, index - 1) : NULL;
  const Block *after = index + 1 < blocks->len ? g_ptr_array_index (blocks, index + 1) : NULL;
  gboolean first = !before || before->place.line + 1 < block->place.line;
  gboolean last = !after || block->place.line + 1 < after->place.line;
  return first && last ? "alone" : first ? "first" : "";
}

/* How far NEXT is under BLOCK on their page; negative: it is on another, or beside it. */
static double
space_between (const Block *block, const Block *next)
{
  gboolean under = block && next && next->kind == BLOCK_TEXT && block->place.page == next->place.page;
  return under ? MAX (next->place.box.y0 - block->place.box.y1, 0) : -1;
}

static const char *const level_makes[] = {"", "h1", "h2", "h3", "h4", "h5", "h6"};

static void
add_cell_line (HeadedText *text, guint index, const Cell *cell)
{
  if (!*cell->text)
    return;
  Line line = {
      .text = cell->text, .make = cell->column == 0 ? "term" : "", .site = "", .index = index, .place = cell->place};
  g_array_append_val (text->lines, line);
}

/* The item that TEXT, with a number before it or not, is a name of; NULL: none. */
static const CatalogueItem *
item_named (const Knowledge *knowledge, const char *text)
{
  g_autofree char *number = NULL, *name = NULL;
  part_counter (knowledge, text, &number, &name);
  return name ? match_name (knowledge, name) : NULL;
}

/* The same by other words for its name. */
static const CatalogueItem *
item_worded (const Knowledge *knowledge, const char *text)
{
  g_autofree char *number = NULL, *name = NULL;
  part_counter (knowledge, text, &number, &name);
  Match match = name ? match_from_words (knowledge, name, NULL) : (Match){0};
  return match.score >= MATCH_SAME_WORDS ? match.item : NULL;
}

/* A line of a page is the first of its paragraph where it is nearer to what is below it than to what is above; at the top
 * and the end of a page, where its words are a name. */
static const char *
site_of_page_line (const HeadedText *text, guint index)
{
  const Block *block = g_ptr_array_index (text->blocks, index);
  const Block *before = index > 0 ? g_ptr_array_index (text->blocks, index - 1) : NULL;
  const Block *after = index + 1 < text->blocks->len ? g_ptr_array_index (text->blocks, index + 1) : NULL;
  double above = space_between (before, block), below = space_between (block, after);
  double height = block->place.box.y1 - block->place.box.y0;
  gboolean edge = above < 0 || below < 0;
  gboolean first = edge ? item_named (text->knowledge, block->text) != NULL : above > below + NEARER * height;
  return first ? "first" : "";
}

static void
add_block_lines (HeadedText *text, guint index)
{
  const Block *block = g_ptr_array_index (text->blocks, index);
  if (block->kind == BLOCK_GRID && block->grid->columns == 2) {
    for (guint i = 0; i < block->grid->cells->len; i++)
      add_cell_line (text, index, g_ptr_array_index (block->grid->cells, i));
    return;
  }
  int level = block->kind == BLOCK_TEXT ? CLAMP (block->heading_level, 0, 6) : 0;
  Line line = {.block = block, .text = block->text, .heading_level = level, .index = index, .place = block->place};
  line.make = level > 0 ? level_makes[level] : block->make ? block->make : "";
  line.site = "";
  if (level == 0 && block->kind == BLOCK_TEXT && block->place.page > 0)
    line.site = site_of_page_line (text, index);
  else if (level == 0 && !block->make && block->place.line > 0)
    line.site = site_of_text_line (text->blocks, index);
  g_array_append_val (text->lines, line);
}

/* The indents of the lines of each page from its leftmost one. */
static void
set_indents (HeadedText *text)
{
  for (guint i = 0, end; i < text->lines->len; i = end) {
    int page = line_at (text, i)->place.page;
    double left = G_MAXDOUBLE;
    for (end = i; end < text->lines->len && line_at (text, end)->place.page == page; end++)
      if (is_text (line_at (text, end)))
        left = MIN (left, line_at (text, end)->place.box.x0);
    for (guint k = i; k < end; k++) {
      Box box = line_at (text, k)->place.box;
      line_at (text, k)->indent = (int)(MAX (box.x0 - left, 0) / MAX (box.y1 - box.y0, 1) + 0.5);
    }
  }
}

/* Marks the categories, but those that follow each other as tabs and contents do. */
static void
mark_categories (HeadedText *text)
{
  for (guint i = 0, run = 0; i < text->lines->len; i += MAX (1, run)) {
    for (run = 0; i + run < text->lines->len; run++) {
      const Line *line = line_at (text, i + run);
      g_autofree char *category = is_text (line) ? category_text (text->knowledge, line->text) : NULL;
      if (!category)
        break;
    }
    for (guint k = i; k < i + run; k++)
      line_at (text, k)->category = run < LISTED_LEAST || k + 1 == i + run;
    if (run >= LISTED_LEAST)
      line_at (text, i + run - 1)->category = line_at (text, i + run - 1)->heading_level > 0;
  }
}

static double weight_of_head (const Knowledge *knowledge, const char *head, gboolean brief);

static gboolean
is_sentence (const Knowledge *knowledge, const char *text)
{
  return text_cells (text) > BRIEF_MOST || strstr (text, "。") || g_str_has_suffix (text, ".") ||
         patterns_has (knowledge->headings, "salutation", text);
}

/* Whether TEXT can be a heading by its words: a few of them that are not a sentence, a part of one, a remark or a value. */
static gboolean
is_phrase (const Knowledge *knowledge, const char *text)
{
  static const char *const starts[] = {"※", "*", "（", "(", "→", "<", "http"};
  static const char *const ends[] = {"、", "，", ",", ";"};
  g_autofree char *number = NULL, *name = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    if (g_str_has_prefix (text, starts[i]))
      return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_str_has_suffix (text, ends[i]))
      return FALSE;
  part_counter (knowledge, text, &number, &name);
  return name && !g_ascii_isdigit (*name) && !strpbrk (name, ":") && !strstr (name, "：") &&
         !is_sentence (knowledge, text);
}

/* Whether nothing but its place tells what LINE is: it is of a text or a drawn page, or made as the one after it is. */
static gboolean
is_unmarked (const Line *line, const Line *after)
{
  if (!line->block || line->place.page > 0 || (!line->block->make && line->place.line > 0))
    return line->block != NULL;
  return line->block->lead == 0 && after && after->block && !g_strcmp0 (line->block->make, after->block->make);
}

/* Marks the lines that are brief where headings have no marks, or have lost them: a phrase above a sentence, or one that
 * is a name of the catalogue, but not of the item above: TLS is an answer below 通信の暗号化. What is right below such a
 * line belongs to it. */
static void
mark_brief (HeadedText *text)
{
  const CatalogueItem *above = NULL;
  for (guint i = 0; i < text->lines->len; i++) {
    Line *line = line_at (text, i);
    const Line *before = i > 0 ? line_at (text, i - 1) : NULL;
    const Line *after = i + 1 < text->lines->len ? line_at (text, i + 1) : NULL;
    if (!is_text (line) || line->heading_level > 0 || !is_unmarked (line, after) || line->category ||
        !is_phrase (text->knowledge, line->text))
      continue;
    gboolean below_head =
        before && before->brief && !(text_begins_entry (before->text) && text_begins_entry (line->text));
    const CatalogueItem *named = item_named (text->knowledge, line->text);
    const CatalogueItem *worded = named ? named : item_worded (text->knowledge, line->text);
    if (worded && worded == above)
      continue;
    line->brief = named || (!below_head && (weight_of_head (text->knowledge, line->text, TRUE) >= 1 ||
                                            (after && is_text (after) && is_sentence (text->knowledge, after->text))));
    above = line->brief ? worded : above;
  }
}

static gsize
colon_in (const char *text)
{
  const char *narrow = strchr (text, ':'), *wide = strstr (text, "：");
  const char *colon = wide && (!narrow || wide < narrow) ? wide : narrow;
  const char *end = strchr (text, '\n');
  return colon && (!end || colon < end) && strncmp (colon, "://", 3) ? (gsize)(colon - text) : 0;
}

static gsize
wide_space_in (const char *text)
{
  const char *spaces[] = {strstr (text, "　"), strstr (text, "  "), strchr (text, '\t')};
  const char *first = NULL, *end = strchr (text, '\n');
  for (gsize i = 0; i < G_N_ELEMENTS (spaces); i++)
    if (spaces[i] && (!first || spaces[i] < first))
      first = spaces[i];
  return first && (!end || first < end) ? (gsize)(first - text) : 0;
}

/* How many signs that lead the eye from a name to its answer are in a row, "稼働率 ……… 99.9%"; fewer are punctuation. */
static const struct {
  gunichar sign;
  int least;
} leaders[] = {{0x2026, 2}, {0x2025, 2}, {0x30FB, 3}, {0xFF65, 3}, {'.', 4},     /* … ‥ ・ ･ */
               {0xFF0E, 4}, {'_', 4},    {'-', 4},    {0x2500, 3}, {0x22EF, 2}}; /* ． ─ ⋯ */

/* The end of the leaders that begin at TEXT, with spaces between them or not; NULL: there are none. */
static const char *
end_of_leaders (const char *text)
{
  gunichar sign = g_utf8_get_char (text);
  gsize kind = 0;
  while (kind < G_N_ELEMENTS (leaders) && leaders[kind].sign != sign)
    kind++;
  if (kind == G_N_ELEMENTS (leaders))
    return NULL;
  const char *end = NULL;
  int count = 0;
  for (const char *at = text; g_utf8_get_char (at) == sign; at += strspn (at, " ")) {
    end = at = g_utf8_next_char (at);
    count++;
  }
  return count >= leaders[kind].least ? end : NULL;
}

/* Where in the first line of TEXT leaders begin, words before and after them; 0: nowhere. */
static gsize
leaders_in (const char *text)
{
  for (const char *at = text; *at && *at != '\n'; at = g_utf8_next_char (at)) {
    const char *end = end_of_leaders (at);
    if (end)
      return at > text && end[strspn (end, " ")] && end[strspn (end, " ")] != '\n' ? (gsize)(at - text) : 0;
  }
  return 0;
}

/* Where in the first line of TEXT a dash or a slash is that spaces part from words on both sides, or an arrow; 0: nowhere. */
static gsize
dash_in (const char *text)
{
  static const char *const dashes[] = {" - ", " – ", " — ", " ― ", " = ",  " → ",
                                       " ⇒ ", "→",   "⇒",   " / ", " ／ ", "　／　"};
  const char *first = NULL, *end = strchr (text, '\n');
  for (gsize i = 0; i < G_N_ELEMENTS (dashes); i++) {
    const char *dash = strstr (text, dashes[i]);
    first = dash && (!first || dash < first) ? dash : first;
  }
  return first && (!end || first < end) ? (gsize)(first - text) : 0;
}

/* The end of the brackets at TEXT's beginning, where words follow them: 【稼働率】99.9%; 0: there are none. */
static gsize
brackets_in (const char *text)
{
  static const char *const brackets[][2] = {{"【", "】"}, {"［", "］"}, {"〔", "〕"}, {"〈", "〉"}, {"＜", "＞"}};
  for (gsize i = 0; i < G_N_ELEMENTS (brackets); i++) {
    const char *close = g_str_has_prefix (text, brackets[i][0]) ? strstr (text, brackets[i][1]) : NULL;
    const char *end = close ? close + strlen (brackets[i][1]) : NULL;
    if (end && !memchr (text, '\n', end - text) && end[strspn (end, " ")] && end[strspn (end, " ")] != '\n')
      return end - text;
  }
  return 0;
}

/* How many bytes of LINE are its head when it is cut so; 0: none. */
static gsize
head_length (const Line *line, Cut cut)
{
  const char *end = strchr (line->text, '\n');
  switch (cut) {
  case CUT_WHOLE:
    return strlen (line->text);
  case CUT_LEAD:
    return line->block ? line->block->lead : 0;
  case CUT_LINE:
    return end ? (gsize)(end - line->text) : 0;
  case CUT_COLON:
    return colon_in (line->text);
  case CUT_SPACE:
    return wide_space_in (line->text);
  case CUT_LEADERS:
    return leaders_in (line->text);
  case CUT_BRACKETS:
    return brackets_in (line->text);
  case CUT_DASH:
    return dash_in (line->text);
  case CUTS:
    break;
  }
  return 0;
}

/* A colon between a head and its answer may be set apart with the head: "稼働率：" in bold. */
static void
drop_colon (char *head)
{
  const char *colon = g_str_has_suffix (head, "：") ? "：" : g_str_has_suffix (head, ":") ? ":" : "";
  head[strlen (head) - strlen (colon)] = '\0';
  g_strchomp (head);
}

static const char *
after_spaces (const char *text)
{
  while (*text && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  return text;
}

/* The head of LINE, NULL where it has none so cut; *REST what follows it, borrowed. The caller frees. */
static char *
head_of_line (const Line *line, Cut cut, const char **rest)
{
  gsize length = is_text (line) ? head_length (line, cut) : 0;
  if (length == 0 || (cut != CUT_WHOLE && line->heading_level > 0))
    return NULL;
  const char *after = line->text + length;
  if (cut == CUT_COLON)
    after = g_utf8_next_char (after);
  if (cut == CUT_DASH)
    after = g_utf8_next_char (after_spaces (after));
  if (cut == CUT_LEADERS)
    after = end_of_leaders (after);
  while (*after && (g_unichar_isspace (g_utf8_get_char (after)) || (cut == CUT_LEAD && *after == ':') ||
                    (cut == CUT_LEAD && g_str_has_prefix (after, "："))))
    after = g_utf8_next_char (after);
  if (rest)
    *rest = after;
  g_autofree char *head = g_strstrip (g_strndup (line->text, length));
  if (cut == CUT_LEAD)
    drop_colon (head);
  return *head && g_utf8_strlen (head, -1) <= HEAD_MOST ? g_steal_pointer (&head) : NULL;
}

/* The mark before a head: a sign, "1" for any number, "Q" for a question, "第" for an article, "【" for brackets; "" for
 * none. Static. */
static const char *
mark_of (const Knowledge *knowledge, const char *head)
{
  static const char *const signs[] = {"- ・", "- ■", "- ◆", "- ●", "- 【", "■",  "◆",  "●",  "□",  "◇",  "○",  "▼", "▶",
                                      "★",    "☆",   "※",   "・",  "•",    "- ", "* ", "+ ", "– ", "; ", "【", "["};
  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    if (g_str_has_prefix (head, signs[i]))
      return signs[i];
  if (patterns_has (knowledge->headings, "question", head))
    return "Q";
  if (patterns_has (knowledge->headings, "article", head))
    return "第";
  g_autofree char *number = NULL, *name = NULL;
  part_counter (knowledge, head, &number, &name);
  return number ? "1" : "";
}

/* Whether heads may be told by SITE, of which LINE's head is one: where in its paragraph a line of a text is says nothing
 * of one that has its head and its answer in itself, or a mark (SIGN; "" for none). */
static gboolean
has_site (const Line *line, Cut cut, Site site, const char *sign)
{
  if (!line->block || line->heading_level > 0)
    return site == SITE_WHOLE;
  if (line->place.page > 0)
    return TRUE;
  gboolean itself =
      cut == CUT_COLON || cut == CUT_SPACE || cut == CUT_LEADERS || cut == CUT_BRACKETS || cut == CUT_DASH;
  return site == SITE_WHOLE || (site == SITE_ANY && (itself || *sign) && !line->block->make);
}

static char *
make_of (const HeadedText *text, const Line *line, const char *head, const HeadKey *key)
{
  const char *sign = key->mark ? mark_of (text->knowledge, head) : "";
  if (key->brief)
    return g_strdup_printf ("%s|%d|%s", line->brief ? "brief" : "long", key->cut, sign);
  Site site = has_site (line, key->cut, key->site, sign) ? key->site : SITE_WHOLE;
  return g_strdup_printf ("%s|%d|%s|%d|%s", line->make, key->cut, sign, site == SITE_ANY ? 0 : line->indent,
                          site == SITE_WHOLE ? line->site : "");
}

/* What a head says for its make: a name of the catalogue 1, a question a part of it. Of a BRIEF line other words for a name
 * are enough: they are above what could be its answer. */
static double
weight_of_head (const Knowledge *knowledge, const char *head, gboolean brief)
{
  g_autofree char *number = NULL, *name = NULL;
  part_counter (knowledge, head, &number, &name);
  if (!name)
    return 0;
  if (match_name (knowledge, name))
    return 1;
  gboolean asks = patterns_has (knowledge->headings, "asks", name);
  if (!asks && !brief)
    return 0;
  Match match = match_from_words (knowledge, name, NULL);
  if (match.item && (asks || (brief && match.score >= MATCH_SAME_WORDS)))
    return 1;
  return asks ? QUESTION_WEIGHT : 0;
}

static void
key_free (gpointer data)
{
  HeadKey *key = data;
  g_free (key->make);
  g_free (key);
}

static int
order_by_names (gconstpointer a, gconstpointer b)
{
  const HeadKey *one = *(HeadKey *const *)a, *other = *(HeadKey *const *)b;
  if (one->brief != other->brief)
    return one->brief ? 1 : -1;
  if (one->names != other->names)
    return one->names > other->names ? -1 : 1;
  return g_strcmp0 (one->make, other->make);
}

static void
count_key (const HeadedText *text, GHashTable *keys, const Line *line, const char *head, const HeadKey *kind,
           double weight)
{
  char *make = make_of (text, line, head, kind);
  g_autofree char *id = g_strdup_printf ("%s|%d%d%d", make, kind->mark, kind->site, kind->brief);
  HeadKey *key = g_hash_table_lookup (keys, id);
  if (!key) {
    key = g_new0 (HeadKey, 1);
    *key = *kind;
    key->make = make;
    g_hash_table_insert (keys, g_steal_pointer (&id), key);
  } else
    g_free (make);
  key->names += weight;
}

static void
count_head (const HeadedText *text, GHashTable *keys, const Line *line, Cut cut)
{
  g_autofree char *head = head_of_line (line, cut, NULL);
  double weight = head ? weight_of_head (text->knowledge, head, FALSE) : 0;
  for (int kind = 0; kind < 2 * SITES && weight > 0; kind++) {
    HeadKey key = {.cut = cut, .mark = kind & 1, .site = (Site)(kind / 2)};
    if (has_site (line, cut, key.site, key.mark ? mark_of (text->knowledge, head) : ""))
      count_key (text, keys, line, head, &key, weight);
  }
  weight = head && cut == CUT_WHOLE && line->brief ? weight_of_head (text->knowledge, head, TRUE) : 0;
  for (int mark = 0; mark < 2 && weight > 0; mark++) {
    HeadKey key = {.cut = cut, .mark = mark, .brief = TRUE};
    count_key (text, keys, line, head, &key, weight);
  }
}

/* The makes with names of the catalogue, the likeliest first, and those of brief lines last. */
static GPtrArray *
keys_of_text (const HeadedText *text)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < text->lines->len; i++)
    for (Cut cut = 0; cut < CUTS; cut++)
      count_head (text, keys, line_at (text, i), cut);
  GPtrArray *list = g_ptr_array_new_with_free_func (key_free);
  GHashTableIter iter;
  gpointer key;
  g_hash_table_iter_init (&iter, keys);
  while (g_hash_table_iter_next (&iter, NULL, &key))
    g_ptr_array_add (list, key);
  g_ptr_array_sort (list, order_by_names);
  return list;
}

/* Whether LINE has a head of KEY. */
static char *
head_by_key (const HeadedText *text, const Line *line, const HeadKey *key, const char **rest)
{
  g_autofree char *head = head_of_line (line, key->cut, rest);
  g_autofree char *make = head ? make_of (text, line, head, key) : NULL;
  return make && g_str_equal (make, key->make) ? g_steal_pointer (&head) : NULL;
}

/* The level of headings that KEY is of; 0: not of headings. */
static int
level_of_key (const HeadKey *key)
{
  return key->make[0] == 'h' && g_ascii_isdigit (key->make[1]) && key->make[2] == '|' ? key->make[1] - '0' : 0;
}

typedef struct {
  const HeadedText *text;
  const HeadKey *key;
  int level; /* of the items' heads; 0: they are no headings */
  ItemList *list;
  Item *item; /* the last; NULL: none is open */
  char *category;
  int answer_lines, answer_most; /* of the item, and of those before it */
  gboolean numbered;             /* most heads have their number on the line above */
} HeadingWalk;

/* Whether LINE is above the items: their category, or what ends them. */
static gboolean
is_upper (const HeadingWalk *walk, const Line *line)
{
  if (!is_text (line))
    return FALSE;
  return line->category || (line->heading_level > 0 && (walk->level == 0 || line->heading_level < walk->level));
}

/* An answer's lines begin with their words: ideographic spaces before them only set them in. */
static void
append_answer (const Knowledge *knowledge, Item *item, const char *text)
{
  g_autofree char *more = item_text (knowledge, after_spaces (text));
  item_text_append (&item->answer, more);
}

static void
append_struck (const Knowledge *knowledge, Item *item, ColumnKind kind, const char *text)
{
  g_autofree char *struck = item_struck (knowledge, text);
  char **words = &item->struck[kind - COLUMN_NUMBER];
  *words = struck_text_joined (*words, struck);
}

/* A table under a heading is part of the answer: a row a line. */
static void
append_grid (const Knowledge *knowledge, Item *item, const Grid *grid)
{
  for (int row = 0; row < grid->rows; row++) {
    g_autoptr (GString) line = g_string_new (NULL);
    for (guint i = 0; i < grid->cells->len; i++) {
      const Cell *cell = g_ptr_array_index (grid->cells, i);
      if (cell->row == row && *cell->text)
        g_string_append_printf (line, "%s%s", line->len ? " " : "", cell->text);
      if (cell->row == row)
        append_struck (knowledge, item, COLUMN_ANSWER, cell->struck);
    }
    append_answer (knowledge, item, line->str);
  }
}

/* A category closes the item before it, so that it does not run into its answer. */
static void
take_upper (HeadingWalk *walk, const Line *line)
{
  const Knowledge *knowledge = walk->text->knowledge;
  walk->item = NULL;
  g_free (walk->category);
  walk->category = line->category                                ? category_text (knowledge, line->text)
                   : line->heading_level == 1 && walk->level > 2 ? NULL
                                                                 : heading_text (knowledge, line->text);
}

static void
append_line (HeadingWalk *walk, const char *text)
{
  if (!*text)
    return;
  append_answer (walk->text->knowledge, walk->item, text);
  walk->answer_lines++;
}

/* Whether the line at INDEX has nothing but a number, and the one below it a head. */
static gboolean
is_number_above (const HeadingWalk *walk, guint index)
{
  if (index + 1 >= walk->text->lines->len || !is_text (line_at (walk->text, index)) ||
      !patterns_has (walk->text->knowledge->rows, "number", line_at (walk->text, index)->text))
    return FALSE;
  g_autofree char *head = head_by_key (walk->text, line_at (walk->text, index + 1), walk->key, NULL);
  return head != NULL;
}

/* Whether most heads have a number above them, a cell a line as the text of a table may be. */
static gboolean
has_numbers_above (const HeadingWalk *walk)
{
  guint heads = 0, numbers = 0;
  for (guint i = 0; i < walk->text->lines->len; i++) {
    g_autofree char *head = head_by_key (walk->text, line_at (walk->text, i), walk->key, NULL);
    heads += head != NULL;
    numbers += is_number_above (walk, i);
  }
  return numbers * 3 >= heads * 2;
}

static void
take_item (HeadingWalk *walk, guint index, const char *head, const char *rest)
{
  const Knowledge *knowledge = walk->text->knowledge;
  const Line *line = line_at (walk->text, index);
  Item *item = item_new ();
  part_counter (knowledge, head, &item->number, &item->name);
  if (walk->numbered && !item->number && index > 0 && is_number_above (walk, index - 1))
    item->number = item_text (knowledge, line_at (walk->text, index - 1)->text);
  if (line->block)
    append_struck (knowledge, item, COLUMN_NAME, line->block->struck);
  item->category = g_strdup (walk->category);
  places_add (item->places, line->place);
  g_ptr_array_add (walk->list->items, item);
  walk->answer_most = MAX (walk->answer_most, walk->answer_lines);
  walk->answer_lines = 0;
  walk->item = item;
  append_line (walk, rest);
}

static void
take_answer (HeadingWalk *walk, const Line *line)
{
  const Knowledge *knowledge = walk->text->knowledge;
  if (!line->block || line->block->kind == BLOCK_TEXT) {
    append_line (walk, line->text);
    if (line->block)
      append_struck (knowledge, walk->item, COLUMN_ANSWER, line->block->struck);
  } else if (line->block->kind == BLOCK_STRUCK)
    append_struck (knowledge, walk->item, COLUMN_ANSWER, line->text);
  else if (line->block->kind == BLOCK_GRID)
    append_grid (knowledge, walk->item, line->block->grid);
}

/* Where nothing marks the heads, a phrase within an answer may be one whose own answer is no sentence. */
static void
note_doubtful (HeadingWalk *walk, guint index)
{
  const Line *line = line_at (walk->text, index);
  const Line *after = index + 1 < walk->text->lines->len ? line_at (walk->text, index + 1) : NULL;
  if (!walk->key->brief || walk->answer_lines == 0 || !is_text (line) ||
      !is_phrase (walk->text->knowledge, line->text) || *mark_of (walk->text->knowledge, line->text) || !after ||
      !is_text (after) || after->brief || after->category)
    return;
  g_autofree char *words = note_words (line->text);
  notes_add (walk->list->notes, "heading-doubtful", NOTE_WARNING, line->place,
             "This line is taken for a part of the answer above it, and may be a heading of its own: \"%s\".", words);
}

static void
take_line (HeadingWalk *walk, guint index)
{
  const Line *line = line_at (walk->text, index);
  const char *rest = "";
  g_autofree char *head = head_by_key (walk->text, line, walk->key, &rest);
  if (is_upper (walk, line))
    take_upper (walk, line);
  else if (head)
    take_item (walk, index, head, rest);
  else if (walk->item && !(walk->numbered && is_number_above (walk, index))) {
    note_doubtful (walk, index);
    take_answer (walk, line);
  }
}

/* Whether LINE has a head of KEY that names nothing around the items (はじめに, お問い合わせ). */
static gboolean
may_head_item (const HeadingWalk *walk, const Line *line)
{
  g_autofree char *head = head_by_key (walk->text, line, walk->key, NULL), *number = NULL, *name = NULL;
  if (!head || line->category)
    return FALSE;
  part_counter (walk->text->knowledge, head, &number, &name);
  return name && !patterns_has (walk->text->knowledge->headings, "around", name) &&
         !patterns_has (walk->text->knowledge->headings, "salutation", name);
}

static gboolean
is_known (const HeadingWalk *walk, const Line *line)
{
  g_autofree char *head = head_by_key (walk->text, line, walk->key, NULL);
  return head && weight_of_head (walk->text->knowledge, head, walk->key->brief) > 0;
}

/* Whether a heading of the level of LINE is above some of the items from FIRST to LAST: then LINE may be one too. */
static gboolean
has_like_upper (const HeadingWalk *walk, const Line *line, guint first, guint last)
{
  for (guint i = first; i < last && line->heading_level > 1; i++)
    if (line_at (walk->text, i)->heading_level == line->heading_level && is_upper (walk, line_at (walk->text, i)))
      return !patterns_has (walk->text->knowledge->headings, "around", line->text);
  return FALSE;
}

/* The first line: from FIRST, the first head that is known, back over heads of the same make and what is below them, and
 * over categories; an upper heading that is none ends that, and so do two heads with nothing between them. */
static guint
beginning (const HeadingWalk *walk, guint first, guint last)
{
  guint begin = first;
  gboolean answered = TRUE;
  for (guint i = first; i-- > 0;) {
    const Line *line = line_at (walk->text, i);
    if (may_head_item (walk, line)) {
      if (!answered)
        break;
      begin = i;
      answered = FALSE;
    } else if (is_upper (walk, line)) {
      gboolean like = has_like_upper (walk, line, first, last), apart = answered && i + 1 < begin;
      if (!line->category && (line->heading_level == 1 || (apart && !like)))
        break;
      begin = apart && !like ? begin : i;
      answered = TRUE;
      if (!line->category)
        break;
    } else if (line->block && line->block->kind == BLOCK_HEADER_FOOTER)
      break;
    else
      answered = TRUE;
  }
  return begin;
}

/* The line after the last item's answer. */
static guint
ending (const HeadingWalk *walk, guint last)
{
  guint end = last + 1;
  for (; end < walk->text->lines->len; end++) {
    const Line *line = line_at (walk->text, end);
    g_autofree char *head = head_by_key (walk->text, line, walk->key, NULL);
    if (line->block && line->block->kind == BLOCK_HEADER_FOOTER)
      break;
    if ((is_upper (walk, line) && !line->category) || (head && !may_head_item (walk, line) && !is_upper (walk, line)))
      break;
  }
  return end;
}

/* What follows the last answer where the heads are no headings: as many lines belong to it as the longest other has. */
static gboolean
is_past_last_answer (const HeadingWalk *walk, guint index, guint last)
{
  return walk->level == 0 && index > last && walk->answer_lines >= MAX (1, walk->answer_most);
}

static void
note_left_out (HeadingWalk *walk, guint index, guint end)
{
  const Line *line = line_at (walk->text, index);
  if (index >= end || !is_text (line))
    return;
  g_autofree char *words = note_words (line->text);
  notes_add (walk->list->notes, "text-unmapped", NOTE_INFO, line->place,
             "What follows the last answer, longer than all others, is in no item, from \"%s\" on.", words);
}

/* The items whose heads are of KEY. */
static ItemList *
list_by_key (const HeadedText *text, const HeadKey *key)
{
  HeadingWalk walk = {text, key, level_of_key (key), item_list_new (0), NULL, NULL, 0, 0, FALSE};
  walk.numbered = has_numbers_above (&walk);
  guint first = 0, last = 0;
  gboolean found = FALSE;
  for (guint i = 0; i < text->lines->len; i++)
    if (is_known (&walk, line_at (text, i))) {
      first = found ? first : i;
      last = i;
      found = TRUE;
    }
  guint begin = found ? beginning (&walk, first, last) : 0, end = found ? ending (&walk, last) : 0, i = begin;
  for (guint k = last + 1; k < end; k++)
    if (may_head_item (&walk, line_at (text, k)))
      last = k;
  for (; i < end; i++) {
    if (is_past_last_answer (&walk, i, last) && !may_head_item (&walk, line_at (text, i)))
      break;
    take_line (&walk, i);
  }
  note_left_out (&walk, i, end);
  if (found)
    walk.list->first_block = (int)line_at (text, begin)->index;
  g_free (walk.category);
  return walk.list;
}

/* Beside the kinds of columns: a label that is the definition's beside an answer's, and else the answer's (内容). */
#define LABEL_CONTENT COLUMN_KINDS
#define LABELS (COLUMN_KINDS + 1)

/* The kind of the label before TEXT, "測定単位：", by the words for heads of columns; *REST follows it, the caller
 * frees. COLUMN_UNKNOWN: there is none. */
static int
label_of (const Knowledge *knowledge, const char *text, char **rest)
{
  PatternMatch match;
  if (!patterns_match_rule (knowledge->headings, "labelled", text, 0, &match))
    return COLUMN_UNKNOWN;
  const char *rule = patterns_rule_for (knowledge->columns, pattern_field (&match, "label"));
  gboolean content = !g_strcmp0 (rule, "content") || !g_strcmp0 (rule, "requirement");
  int kind = content ? LABEL_CONTENT : !g_strcmp0 (rule, "remark") ? COLUMN_OTHER : COLUMN_UNKNOWN;
  for (int i = COLUMN_NUMBER; rule && i < COLUMN_KINDS; i++)
    if (!g_strcmp0 (column_kind_name (i), rule))
      kind = i;
  *rest = g_strdup (pattern_field (&match, "text"));
  pattern_match_clear (&match);
  return kind;
}

/* Counts in COUNTS which kinds of labels begin the lines of ITEM's answer. */
static void
count_labels (const Knowledge *knowledge, const Item *item, guint counts[LABELS])
{
  gboolean seen[LABELS] = {FALSE};
  g_auto (GStrv) lines = g_strsplit (item->answer ? item->answer : "", "\n", -1);
  for (char **line = lines; *line; line++) {
    g_autofree char *rest = NULL;
    seen[label_of (knowledge, *line, &rest)] = TRUE;
  }
  for (int i = 0; i < LABELS; i++)
    counts[i] += seen[i];
}

/* Puts the lines of the answer that follow a label of one of KINDS into its field. */
static void
part_answer (const Knowledge *knowledge, Item *item, const gboolean kinds[LABELS])
{
  g_auto (GStrv) lines = g_strsplit (item->answer ? item->answer : "", "\n", -1);
  ColumnKind current = COLUMN_ANSWER;
  g_clear_pointer (&item->answer, g_free);
  for (char **line = lines; *line; line++) {
    g_autofree char *rest = NULL;
    int kind = label_of (knowledge, *line, &rest);
    gboolean labelled = kind != COLUMN_UNKNOWN && kinds[kind];
    kind = kind != LABEL_CONTENT ? kind : kinds[COLUMN_ANSWER] ? COLUMN_DEFINITION : COLUMN_ANSWER;
    current = labelled ? (ColumnKind)kind : current;
    const char *text = labelled ? rest : *line;
    if (current >= COLUMN_NUMBER && current < COLUMN_EXAMPLE && current != COLUMN_NAME && current != COLUMN_MARK)
      item_text_append (item_text_of (item, &item_fields[current - COLUMN_NUMBER]), text);
    else {
      g_autofree char *label = labelled ? g_strndup (*line, strcspn (*line, ":")) : NULL;
      char *wide = label ? strstr (label, "：") : NULL;
      if (wide)
        *wide = '\0';
      others_take (item->others, g_strdup (label && *label ? label : "備考"), g_strdup (text));
    }
  }
}

/* The catalogue's definition, and unit, at the beginning of an answer. */
static void
take_definition (const Knowledge *knowledge, Item *item)
{
  char *end = item->answer && !item->definition ? strchr (item->answer, '\n') : NULL;
  g_autofree char *line = end ? g_strndup (item->answer, end - item->answer) : NULL;
  const CatalogueItem *named = line && item->name ? match_name (knowledge, item->name) : NULL;
  if (!named || match_definition (knowledge, line) != named)
    return;
  item->definition = g_steal_pointer (&line);
  char *rest = g_strdup (end + 1);
  g_free (item->answer);
  item->answer = rest;
  end = strchr (rest, '\n');
  g_autofree char *unit = end ? g_strndup (rest, end - rest) : NULL;
  if (unit && !item->unit && match_is_unit (knowledge, unit)) {
    item->unit = g_steal_pointer (&unit);
    item->answer = g_strdup (end + 1);
    g_free (rest);
  }
}

/* Takes the mark of a list's entry off an answer that is the only entry. */
static void
drop_lone_mark (Item *item)
{
  static const char *const marks[][2] = {{"- ", "\n- "}, {"・", "\n・"}};
  for (gsize i = 0; i < G_N_ELEMENTS (marks) && item->answer; i++) {
    gsize length = strlen (marks[i][0]);
    if (g_str_has_prefix (item->answer, marks[i][0]) && !strstr (item->answer, marks[i][1]))
      memmove (item->answer, item->answer + length, strlen (item->answer + length) + 1);
  }
}

/* Parts the answers of ITEMS where their lines have labels, or begin with the catalogue's definition. */
static void
settle_answers (const Knowledge *knowledge, GPtrArray *items)
{
  guint counts[LABELS] = {0};
  gboolean kinds[LABELS] = {FALSE}, any = FALSE;
  for (guint i = 0; i < items->len; i++)
    count_labels (knowledge, g_ptr_array_index (items, i), counts);
  for (int kind = COLUMN_NUMBER; kind < LABELS; kind++)
    any |= kinds[kind] = counts[kind] >= MAX (2, LABELLED_SHARE * items->len);
  any = any && (kinds[COLUMN_DEFINITION] + kinds[COLUMN_UNIT] + kinds[COLUMN_OTHER] + kinds[COLUMN_EXAMPLE] +
                    kinds[LABEL_CONTENT] >
                0);
  for (guint i = 0; i < items->len; i++) {
    if (any)
      part_answer (knowledge, g_ptr_array_index (items, i), kinds);
    take_definition (knowledge, g_ptr_array_index (items, i));
    drop_lone_mark (g_ptr_array_index (items, i));
  }
  items_strip_replies (knowledge, items);
}

/* Whether enough of the heads of LIST say what heads of items say, where nothing but their place makes them heads. */
static gboolean
is_plausible (const HeadedText *text, const HeadKey *key, const ItemList *list)
{
  guint known = 0, answered = 0;
  for (guint i = 0; i < list->items->len; i++) {
    const Item *item = g_ptr_array_index (list->items, i);
    known += item->name && weight_of_head (text->knowledge, item->name, key->brief) > 0;
    answered += item->answer != NULL;
  }
  /* A note for each line that may be another head; of a table's cells most lines may. */
  if (key->brief && (answered * 2 < list->items->len || list->notes->len * 2 > list->items->len))
    return FALSE;
  if (known >= KNOWN_MANY && list->recognised >= LIKE_SHARE * list->items->len)
    return TRUE;
  return level_of_key (key) > 0 || known >= KNOWN_SHARE * list->items->len;
}

/* What LIST is worth: the names that it has, and that they are answered. Whole lines that look alike wherever they are
 * (KEY) are heads, whatever else they name. */
static double
worth (const ItemList *list, const HeadKey *key)
{
  guint answered = 0;
  for (guint i = 0; i < list->items->len; i++)
    answered += ((const Item *)g_ptr_array_index (list->items, i))->answer != NULL;
  double share = list->items->len > 0 ? (double)answered / list->items->len : 0;
  gboolean alike = key->site == SITE_ANY && key->cut == CUT_WHOLE && !key->brief;
  double known = alike ? 1 : list->items->len > 0 ? (double)list->recognised / list->items->len : 0;
  return (list->recognised + 0.5) * (UNANSWERED_WORTH + (1 - UNANSWERED_WORTH) * share * share) *
         (1 - UNKNOWN_COST + UNKNOWN_COST * known);
}

/* The list of the best of KEYS. */
static ItemList *
best_list (const HeadedText *text, GPtrArray *keys)
{
  ItemList *best = item_list_new (0);
  double most = 0;
  for (guint i = 0, tried[2] = {0}; i < keys->len; i++) {
    const HeadKey *key = g_ptr_array_index (keys, i);
    if (key->names < NAMES_LEAST - 0.01 || tried[key->brief]++ >= TRIED_MOST)
      continue;
    ItemList *list = list_by_key (text, key);
    settle_answers (text->knowledge, list->items);
    item_list_match (text->knowledge, list);
    gboolean better =
        is_plausible (text, key, list) && worth (list, key) > most * (key->brief ? BRIEF_WORTH : 1 + 1e-9);
    most = better ? worth (list, key) : most;
    list->guessed = key->brief;
    item_list_free (better ? best : list);
    best = better ? list : best;
  }
  return best;
}

ItemList *
items_from_headings (const Knowledge *knowledge, GPtrArray *blocks)
{
  HeadedText text = {knowledge, g_array_new (FALSE, FALSE, sizeof (Line)), blocks};
  for (guint i = 0; i < blocks->len; i++)
    add_block_lines (&text, i);
  set_indents (&text);
  mark_categories (&text);
  mark_brief (&text);
  g_autoptr (GPtrArray) keys = keys_of_text (&text);
  ItemList *list = best_list (&text, keys);
  g_array_unref (text.lines);
  return list;
}
