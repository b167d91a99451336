/* html_tree.c - see html_tree.h
 *
 * Gumbo searches the open elements at almost every tag, compares each attribute of a tag with those before it, repeats
 * unclosed formatting elements in each new paragraph, and frees its tree by recursion. A small hostile page can thus
 * take hours, all memory, or the stack. Hence the cost is estimated from the tags before parsing, and memory comes from
 * a list of our own: when there is none left gumbo, which does not check for NULL, is left by longjmp, and the list is
 * freed as a whole.
 */
#include "read/html/html_tree.h"

#include "model/error.h"
#include "read/html/shadow_root.h"

#include <glib/gi18n.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#define PRESCAN_BYTES 4096
#define COST_LIMIT (64 * 1000 * 1000) /* steps of gumbo, see parsing_cost */

/* Bytes of a tree where nobody else sets a limit; a reading has its own (run/worker.h), which is lower. */
#define MEMORY_LIMIT ((gsize)4 << 30)

typedef struct Allocation {
  struct Allocation *before, *after;
  gsize size;
  gsize unused; /* aligns what follows as malloc does */
} Allocation;

struct HtmlTree {
  char *text;             /* what was parsed: gumbo's nodes point into it */
  Allocation allocations; /* the head of the list */
  gsize memory;           /* bytes of all of them */
  jmp_buf out_of_memory;
  GumboOutput *output;
};

static void *
allocation_new (void *data, size_t size)
{
  HtmlTree *tree = data;
  tree->memory += size + sizeof (Allocation);
  Allocation *allocation = tree->memory <= MEMORY_LIMIT ? malloc (size + sizeof (Allocation)) : NULL;
  if (!allocation)
    longjmp (tree->out_of_memory, 1);
  *allocation = (Allocation){&tree->allocations, tree->allocations.after, size, 0};
  tree->allocations.after->before = allocation;
  tree->allocations.after = allocation;
  return allocation + 1;
}

static void
allocation_free (void *data, void *bytes)
{
  if (!bytes)
    return;
  HtmlTree *tree = data;
  Allocation *allocation = (Allocation *)bytes - 1;
  allocation->before->after = allocation->after;
  allocation->after->before = allocation->before;
  tree->memory -= allocation->size + sizeof (Allocation);
  free (allocation);
}

/* Elements that are never left open inside one another: void ones, and those whose end is implied. */
static const char *const never_nested[] = {
    "area", "base", "body",   "br",    "caption", "col",   "colgroup", "dd",       "dt",     "embed", "head",
    "hr",   "html", "img",    "input", "li",      "link",  "meta",     "optgroup", "option", "p",     "param",
    "rp",   "rt",   "source", "tbody", "td",      "tfoot", "th",       "thead",    "tr",     "track", "wbr",
};

/* Shapes of SVG: "/>" closes them, as it does not close HTML's elements. */
static const char *const shapes[] = {"path", "circle", "rect", "line", "polyline", "polygon", "ellipse", "use", "stop"};

static gboolean
name_is_in (const char *name, gsize length, const char *const *names, gsize count)
{
  for (gsize i = 0; i < count; i++)
    if (!g_ascii_strncasecmp (name, names[i], length) && names[i][length] == '\0')
      return TRUE;
  return FALSE;
}

/* The end of the tag at AT. Adds to *ATTRIBUTES how many attributes it has at most. */
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

/* An estimate of how many steps gumbo takes at most: for each tag the number of open elements, and the comparisons of
 * its attributes with each other. */
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

/* The value of the attribute NAME in TAG, NULL where there is none; the caller frees. */
static char *
value_in_tag (const char *tag, const char *name)
{
  const char *at = strstr (tag, name);
  if (!at)
    return NULL;
  at += strlen (name);
  at += strspn (at, " \t\r\n");
  if (*at++ != '=')
    return NULL;
  at += strspn (at, " \t\r\n\"'");
  gsize length = strcspn (at, " \t\r\n\"';>?");
  return length > 0 ? g_strndup (at, length) : NULL;
}

char *
html_charset_from_bytes (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *start = g_ascii_strdown (data, MIN (size, PRESCAN_BYTES));
  g_autofree char *charset = g_str_has_prefix (start, "<?xml") ? value_in_tag (start, "encoding") : NULL;
  for (const char *at = strstr (start, "<meta"); at && !charset; at = strstr (at + 1, "<meta")) {
    g_autofree char *tag = g_strndup (at, strcspn (at, ">"));
    charset = value_in_tag (tag, "charset");
  }
  return charset && g_str_has_prefix (charset, "utf-16") ? NULL : g_steal_pointer (&charset);
}

static gboolean
is_base64 (char byte)
{
  return g_ascii_isalnum (byte) || byte == '+' || byte == '/' || byte == '=' || byte == '%';
}

/* TEXT without the bytes of pictures in data: URLs. */
static char *
text_without_pictures (const char *text)
{
  static const char start[] = ";base64,";
  char *copy = g_malloc (strlen (text) + 1), *end = copy;
  while (*text) {
    const char *picture = strstr (text, start);
    gsize length = picture ? (gsize)(picture - text) + strlen (start) : strlen (text);
    memcpy (end, text, length);
    end += length;
    text += length;
    while (picture && is_base64 (*text))
      text++;
  }
  *end = '\0';
  return copy;
}

static gboolean
text_is_within_limits (const char *text, GError **error)
{
  gint64 cost = parsing_cost (text);
  if (cost > COST_LIMIT)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_SIZE,
                 _ ("a web page nested so deeply that reading it takes %" G_GINT64_FORMAT
                    " steps, the limit is %d; save only the part with the sheet"),
                 cost, COST_LIMIT);
  return cost <= COST_LIMIT;
}

/* FALSE: it takes too much memory. */
static gboolean
tree_parse (HtmlTree *tree)
{
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = allocation_new;
  options.deallocator = allocation_free;
  options.userdata = tree;
  options.max_errors = 0;
  if (setjmp (tree->out_of_memory))
    return FALSE;
  tree->output = gumbo_parse_with_options (&options, tree->text, strlen (tree->text));
  shadow_roots_flatten (tree->output->root, allocation_new, tree);
  return TRUE;
}

HtmlTree *
html_tree_from_text (const char *text, GError **error)
{
  g_autoptr (HtmlTree) tree = g_new0 (HtmlTree, 1);
  tree->allocations.before = tree->allocations.after = &tree->allocations;
  tree->text = text_without_pictures (text);
  if (!text_is_within_limits (tree->text, error))
    return NULL;
  if (tree_parse (tree))
    return g_steal_pointer (&tree);
  g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_LIMIT_MEMORY,
               _ ("a web page whose elements take more memory than there is; save only the part with the sheet"));
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
  for (Allocation *allocation = tree->allocations.after, *after; allocation != &tree->allocations; allocation = after) {
    after = allocation->after;
    free (allocation);
  }
  g_free (tree->text);
  g_free (tree);
}
