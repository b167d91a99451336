/* html_tree.c - see html.h: gumbo, kept within bounds.
 *
 * Gumbo looks through the open elements at almost every tag, compares each attribute of a tag with those before it,
 * repeats unclosed formatting elements in each new paragraph, and frees its tree by calling itself. A small hostile
 * page can so take hours, all memory, or the stack. Hence the cost is estimated from the tags before parsing; memory
 * comes from a list of our own with a limit, which is left by longjmp (gumbo does not look for NULL) and freed as a
 * whole.
 */
#include "read/html/html.h"

#include "model/error.h"

#include <glib/gi18n.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_LIMIT (4 * 1024 * 1024)
#define COST_LIMIT (64 * 1000 * 1000)
#define MEMORY_LIMIT ((gsize)256 * 1024 * 1024)

typedef struct Chunk {
  struct Chunk *before, *after;
  gsize size;
  gsize unused; /* what follows is aligned as malloc does */
} Chunk;

struct HtmlTree {
  Chunk chunks; /* the head of the list */
  gsize memory;
  jmp_buf out_of_memory;
  GumboOutput *output;
};

static void *
chunk_new (void *data, size_t size)
{
  HtmlTree *tree = data;
  tree->memory += size + sizeof (Chunk);
  Chunk *chunk = tree->memory <= MEMORY_LIMIT ? malloc (size + sizeof (Chunk)) : NULL;
  if (!chunk)
    longjmp (tree->out_of_memory, 1);
  *chunk = (Chunk){&tree->chunks, tree->chunks.after, size, 0};
  tree->chunks.after->before = chunk;
  tree->chunks.after = chunk;
  return chunk + 1;
}

static void
chunk_free (void *data, void *bytes)
{
  if (!bytes)
    return;
  HtmlTree *tree = data;
  Chunk *chunk = (Chunk *)bytes - 1;
  chunk->before->after = chunk->after;
  chunk->after->before = chunk->before;
  tree->memory -= chunk->size + sizeof (Chunk);
  free (chunk);
}

/* Elements that are never left open inside one another: void ones, and those whose end is implied. */
static const char *const never_nested[] = {
    "area", "base", "body",   "br",    "caption", "col",   "colgroup", "dd",       "dt",     "embed", "head",
    "hr",   "html", "img",    "input", "li",      "link",  "meta",     "optgroup", "option", "p",     "param",
    "rp",   "rt",   "source", "tbody", "td",      "tfoot", "th",       "thead",    "tr",     "track", "wbr",
};

/* The shapes of SVG, whose "/>" counts, as HTML's does not. */
static const char *const shapes[] = {"path", "circle", "rect", "line", "polyline", "polygon", "ellipse", "use", "stop"};

static gboolean
name_is_in (const char *name, gsize length, const char *const *names, gsize count)
{
  for (gsize i = 0; i < count; i++)
    if (!g_ascii_strncasecmp (name, names[i], length) && names[i][length] == '\0')
      return TRUE;
  return FALSE;
}

/* A tag's end; *ATTRIBUTES counts what may be attributes in it. */
static const char *
tag_end (const char *at, gint64 *attributes)
{
  char quote = 0;
  for (; *at && (quote || *at != '>'); at++) {
    if (quote ? *at == quote : (*at == '"' || *at == '\'')) {
      *attributes += quote != 0;
      quote = quote ? 0 : *at;
    } else if (!quote && (*at == '/' || g_ascii_isspace (*at)))
      *attributes += 1;
  }
  return at;
}

/* How many steps gumbo takes at most or so: for each tag the open elements, and its attributes with one another. */
static gint64
parsing_cost (const char *text)
{
  gint64 cost = 0, depth = 0;
  for (const char *at = strchr (text, '<'); at; at = strchr (at, '<')) {
    gboolean closing = *++at == '/';
    const char *name = at + closing;
    if (!g_ascii_isalpha (*name))
      continue;
    gsize length = strcspn (name, " \t\r\n\f/>");
    gint64 attributes = 0;
    at = tag_end (name + length, &attributes);
    gboolean shape = at[-1] == '/' && name_is_in (name, length, shapes, G_N_ELEMENTS (shapes));
    if (!shape && !name_is_in (name, length, never_nested, G_N_ELEMENTS (never_nested)))
      depth = MAX (depth + (closing ? -1 : 1), 0);
    cost += depth + attributes * attributes / 16;
  }
  return cost;
}

static gboolean
text_is_within_limits (const char *text, GError **error)
{
  gsize length = strlen (text);
  if (length > TEXT_LIMIT) {
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_SIZE,
                 _ ("a web page of %" G_GSIZE_FORMAT " bytes, the limit is %d; save only the part with the sheet"),
                 length, TEXT_LIMIT);
    return FALSE;
  }
  gint64 cost = parsing_cost (text);
  if (cost > COST_LIMIT)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_SIZE,
                 _ ("a web page nested so deeply that reading it takes %" G_GINT64_FORMAT
                    " steps, the limit is %d; save only "
                    "the part with the sheet"),
                 cost, COST_LIMIT);
  return cost <= COST_LIMIT;
}

/* FALSE: it takes too much memory. */
static gboolean
tree_parse (HtmlTree *tree, const char *text)
{
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = chunk_new;
  options.deallocator = chunk_free;
  options.userdata = tree;
  options.max_errors = 0;
  if (setjmp (tree->out_of_memory))
    return FALSE;
  tree->output = gumbo_parse_with_options (&options, text, strlen (text));
  return TRUE;
}

HtmlTree *
html_tree_from_text (const char *text, GError **error)
{
  if (!text_is_within_limits (text, error))
    return NULL;
  g_autoptr (HtmlTree) tree = g_new0 (HtmlTree, 1);
  tree->chunks.before = tree->chunks.after = &tree->chunks;
  if (tree_parse (tree, text))
    return g_steal_pointer (&tree);
  g_set_error (
      error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_SIZE,
      _ ("a web page whose elements take more than %d MiB, the limit is %d MiB; save only the part with the sheet"),
      (int)(MEMORY_LIMIT >> 20), (int)(MEMORY_LIMIT >> 20));
  return NULL;
}

const GumboNode *
html_tree_root (const HtmlTree *tree)
{
  return tree->output->root;
}

void
html_tree_free (HtmlTree *tree)
{
  if (!tree)
    return;
  for (Chunk *chunk = tree->chunks.after, *after; chunk != &tree->chunks; chunk = after) {
    after = chunk->after;
    free (chunk);
  }
  g_free (tree);
}
