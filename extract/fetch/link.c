/* link.c - see link.h */
#include "fetch/link.h"

#include "answer/date.h"
#include "fetch/link_pattern.h"
#include "fetch/web_address.h"
#include "model/error.h"
#include "read/charset.h"
#include "read/html/html_text.h"
#include "read/html/html_tree.h"
#include "text/plain.h"

#include <glib/gi18n.h>
#include <string.h>

#define ADDRESS_BYTES_LIMIT 8192
#define TEXT_BYTES_LIMIT 2048 /* in which a date is looked for */

typedef struct {
  const char *page; /* the address of the page, and that from which its links start */
  char *base;
  const Panels *panels;
  const char *link; /* the pattern as the manifest has it */
  const LinkPattern *pattern;
  int links;                 /* to other documents, so far */
  char *address, *best_date; /* of the best that matched; the date "" where it has none */
} Search;

static void
search_clear (Search *search)
{
  g_free (search->base);
  g_free (search->address);
  g_free (search->best_date);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

static char *
without_fragment (const char *address)
{
  return g_strndup (address, strcspn (address, "#"));
}

/* NULL: NODE is no link to another document of the web. */
static char *
address_of_link (const GumboNode *node, const Search *search)
{
  GumboTag tag = node_tag (node);
  const char *written = tag == GUMBO_TAG_A || tag == GUMBO_TAG_AREA ? node_attribute (node, "href") : NULL;
  if (!written || strnlen (written, ADDRESS_BYTES_LIMIT + 1) > ADDRESS_BYTES_LIMIT)
    return NULL;
  g_autofree char *address = web_address_from_text (written, search->base);
  if (!address)
    return NULL;
  char *document = without_fragment (address);
  gboolean here = strchr (address, '#') && !strcmp (document, search->page);
  if (here || written[strspn (written, " \t\r\n\f")] == '\0')
    g_clear_pointer (&document, g_free);
  return document;
}

/* What a reader sees of the link, or is told of it where it is a picture. */
static char *
text_of_link (const GumboNode *node, const Panels *panels)
{
  static const char *const names[] = {"aria-label", "alt", "title"};
  char *text = text_of_node (node, panels);
  for (gsize i = 0; i < G_N_ELEMENTS (names) && !*text; i++) {
    const char *name = node_attribute (node, names[i]);
    if (!name)
      continue;
    g_free (text);
    text = g_strdup (name);
  }
  return text;
}

/* ADDRESS as it is read: with the characters that stand in escapes. */
static char *
readable_address (const char *address)
{
  char *readable = g_uri_unescape_string (address, NULL);
  if (readable && g_utf8_validate (readable, -1, NULL))
    return readable;
  g_free (readable);
  return g_strdup (address);
}

/* Puts the newest date of TEXT in the place of *NEWEST, where it is newer. ISO 8601, so that letters tell the order; of
 * a month and a day in it the day is newer. */
static void
take_newest_date (const char *text, char **newest)
{
  g_autoptr (Plain) plain = plain_from_text (text, TEXT_BYTES_LIMIT);
  const Patterns *patterns = patterns_named ("links.pattern");
  SearchedText searched = searched_text (plain->text);
  PatternMatch match;
  for (int start = 0; patterns_find (patterns, "date", &searched, start, &match);) {
    char *date = date_from_match (&match);
    pattern_match_clear (&match);
    start = MAX (match.end, start + 1);
    if (date && strcmp (date, *newest) > 0) {
      g_free (*newest);
      *newest = g_steal_pointer (&date);
    }
    g_free (date);
    if ((gsize)start >= strlen (plain->text))
      return;
  }
}

static LinkMatch
try_link (const LinkPattern *pattern, const char *const *words)
{
  for (; *words; words++) {
    LinkMatch match = link_pattern_try (pattern, *words);
    if (match != LINK_DIFFERS)
      return match;
  }
  return LINK_DIFFERS;
}

/* FALSE: the pattern gave up. */
static gboolean
look_at_link (Search *search, const GumboNode *node)
{
  g_autofree char *address = address_of_link (node, search);
  if (!address)
    return TRUE;
  search->links++;
  g_autofree char *text = text_of_link (node, search->panels), *readable = readable_address (address);
  const char *const words[] = {node_attribute (node, "href"), address, readable, text, NULL};
  LinkMatch match = try_link (search->pattern, words);
  if (match != LINK_MATCHES)
    return match == LINK_DIFFERS;

  g_autofree char *date = g_strdup ("");
  take_newest_date (readable, &date);
  take_newest_date (text, &date);
  if (search->address && strcmp (date, search->best_date) <= 0)
    return TRUE;
  g_free (search->address);
  g_free (search->best_date);
  search->address = g_steal_pointer (&address);
  search->best_date = g_steal_pointer (&date);
  return TRUE;
}

/* Where the page's links start: the first <base> with an address, else the page itself. */
static char *
base_of_page (const GumboNode *root, const char *page)
{
  for (const GumboNode *node = root; node; node = node_next (node, root, TRUE)) {
    const char *written = node_tag (node) == GUMBO_TAG_BASE ? node_attribute (node, "href") : NULL;
    if (!written || strlen (written) > ADDRESS_BYTES_LIMIT)
      continue;
    char *base = web_address_from_text (written, page);
    return base ? base : g_strdup (page);
  }
  return g_strdup (page);
}

static gboolean
look_at_all (Search *search, const GumboNode *root, GError **error)
{
  for (const GumboNode *node = root; node; node = node_next (node, root, TRUE))
    if (!look_at_link (search, node)) {
      g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_FETCH,
                   _ ("'link' takes too many steps on a link of this page; make the pattern simpler"));
      return FALSE;
    }
  if (!search->address)
    g_set_error (
        error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_FETCH,
        ngettext (
            "'link' (%s) matches none of the %d link on this page; look at the page, and change one or the other",
            "'link' (%s) matches none of the %d links on this page; look at the page, and change one or the other",
            search->links),
        search->link, search->links);
  return search->address != NULL;
}

static HtmlTree *
tree_from_bytes (GBytes *bytes, const char *charset, char **text, GError **error)
{
  g_autofree char *declared = charset ? g_strdup (charset) : html_charset_from_bytes (bytes);
  *text = utf8_from_bytes (bytes, declared, NULL, NULL);
  return html_tree_from_text (*text, error);
}

char *
newest_link (GBytes *bytes, const char *charset, const char *address, const char *pattern, GError **error)
{
  int character;
  g_autofree char *fault = NULL, *text = NULL, *page = NULL, *whole = web_address_from_text (address, NULL);
  g_autoptr (LinkPattern) expression = link_pattern_new (pattern, &fault, &character);
  g_autoptr (HtmlTree) tree = expression && whole ? tree_from_bytes (bytes, charset, &text, error) : NULL;
  if (!expression || !whole)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_FETCH, "%s: %s", address,
                 whole ? fault : _ ("is no address; write it as https://host/path"));
  if (!tree)
    return NULL;

  const GumboNode *root = html_tree_root (tree);
  page = without_fragment (whole);
  g_autoptr (GHashTable) panels = panels_from_tree (root);
  g_auto (Search) search = {
      .page = page, .base = base_of_page (root, page), .panels = panels, .link = pattern, .pattern = expression};
  if (!look_at_all (&search, root, error))
    return NULL;
  return g_steal_pointer (&search.address);
}
