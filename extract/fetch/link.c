/* link.c - see link.h */
#include "fetch/link.h"

#include "answer/date.h"
#include "fetch/web_address.h"
#include "model/error.h"
#include "modules/module.h"
#include "read/charset.h"
#include "read/html/html_text.h"
#include "read/html/html_tree.h"
#include "text/plain.h"

#include <glib/gi18n.h>
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <string.h>

#define ADDRESS_BYTES_LIMIT 8192
#define TEXT_BYTES_LIMIT 2048 /* in which a date is looked for */

/* The pattern. */

#define PATTERN_BYTES_LIMIT 4096
#define TRIED_BYTES_LIMIT 4096
#define MATCH_LIMIT 200000 /* steps; some hundreds are usual */
#define HEAP_KIB_LIMIT 4096

struct LinkPattern {
  pcre2_code *code;
  pcre2_match_context *limits;
  pcre2_match_data *places;
};

static pcre2_code *
code_from_text (const char *text, int *error, PCRE2_SIZE *offset)
{
  pcre2_compile_context *context = pcre2_compile_context_create (NULL);
  pcre2_set_max_pattern_length (context, PATTERN_BYTES_LIMIT);
  pcre2_code *code = pcre2_compile ((PCRE2_SPTR)text, strlen (text), PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C,
                                    error, offset, context);
  pcre2_compile_context_free (context);
  return code;
}

MODULE_ENTRY LinkPattern *
link_pattern_new (const char *text, char **fault, int *character)
{
  int error;
  PCRE2_SIZE offset;
  pcre2_code *code = code_from_text (text, &error, &offset);
  if (!code) {
    PCRE2_UCHAR message[256];
    pcre2_get_error_message (error, message, sizeof message);
    *fault = g_strdup ((const char *)message);
    *character = (int)g_utf8_strlen (text, MIN (offset, strlen (text))) + 1;
    return NULL;
  }
  LinkPattern *pattern = g_new (LinkPattern, 1);
  *pattern = (LinkPattern){code, pcre2_match_context_create (NULL), pcre2_match_data_create (1, NULL)};
  pcre2_set_match_limit (pattern->limits, MATCH_LIMIT);
  pcre2_set_heap_limit (pattern->limits, HEAP_KIB_LIMIT);
  return pattern;
}

/* At most TRIED_BYTES_LIMIT bytes, whole characters. */
static gsize
length_to_try (const char *text)
{
  gsize length = strnlen (text, TRIED_BYTES_LIMIT + 1);
  if (length <= TRIED_BYTES_LIMIT)
    return length;
  return g_utf8_find_prev_char (text, text + TRIED_BYTES_LIMIT + 1) - text;
}

typedef enum { LINK_DIFFERS, LINK_MATCHES, LINK_GAVE_UP } LinkMatch;

/* TEXT is UTF-8. LINK_GAVE_UP: the match took more steps than a link is worth. */
static LinkMatch
link_pattern_try (const LinkPattern *pattern, const char *text)
{
  int found =
      pcre2_match (pattern->code, (PCRE2_SPTR)text, length_to_try (text), 0, 0, pattern->places, pattern->limits);
  if (found >= 0)
    return LINK_MATCHES;
  return found == PCRE2_ERROR_NOMATCH ? LINK_DIFFERS : LINK_GAVE_UP;
}

MODULE_ENTRY void
link_pattern_free (LinkPattern *pattern)
{
  if (!pattern)
    return;
  pcre2_code_free (pattern->code);
  pcre2_match_context_free (pattern->limits);
  pcre2_match_data_free (pattern->places);
  g_free (pattern);
}

/* The page. */

typedef struct {
  const Knowledge *knowledge;
  const WebAddress *page;
  WebAddress *base; /* from which the page's links start */
  const Appearance *appearance;
  const char *link; /* the pattern as the manifest has it */
  const LinkPattern *pattern;
  int links;                 /* to other documents, so far */
  char *address, *best_date; /* of the best that matched; the date "" where it has none */
} LinkSearch;

static void
link_search_clear (LinkSearch *search)
{
  web_address_free (search->base);
  g_free (search->address);
  g_free (search->best_date);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LinkSearch, link_search_clear)

/* NULL: NODE does not link to another document of the web. */
static char *
address_of_link (const GumboNode *node, const LinkSearch *search)
{
  GumboTag tag = node_tag (node);
  const char *written = tag == GUMBO_TAG_A || tag == GUMBO_TAG_AREA ? node_attribute (node, "href") : NULL;
  if (!written || strnlen (written, ADDRESS_BYTES_LIMIT + 1) > ADDRESS_BYTES_LIMIT)
    return NULL;
  g_autoptr (WebAddress) address = web_address_from_link (written, search->base);
  gboolean here = address && strchr (written, '#') && g_str_equal (address->text, search->page->text);
  if (!address || here || written[strspn (written, " \t\r\n\f")] == '\0')
    return NULL;
  return g_strdup (address->text);
}

/* What a reader sees of the link, or the text in place of a picture. */
static char *
text_of_link (const GumboNode *node, const Appearance *appearance)
{
  static const char *const names[] = {"aria-label", "alt", "title"};
  char *text = text_of_node (node, appearance, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (names) && !*text; i++) {
    const char *name = node_attribute (node, names[i]);
    if (!name)
      continue;
    g_free (text);
    text = g_strdup (name);
  }
  return text;
}

/* ADDRESS for a reader: its escapes decoded. */
static char *
readable_address (const char *address)
{
  char *readable = g_uri_unescape_string (address, NULL);
  if (readable && g_utf8_validate (readable, -1, NULL))
    return readable;
  g_free (readable);
  return g_strdup (address);
}

/* Puts the newest date of TEXT in the place of *NEWEST, where it is newer. ISO 8601, whose order is that of its
 * characters; of a month and a day in it the day is newer. */
static void
take_newest_date (const Knowledge *knowledge, const char *text, char **newest)
{
  g_autoptr (Plain) plain = plain_from_text (text, TEXT_BYTES_LIMIT);
  PatternMatch match;
  for (int start = 0; patterns_find (knowledge->links, "date", plain->text, start, &match);) {
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
look_at_link (LinkSearch *search, const GumboNode *node)
{
  g_autofree char *address = address_of_link (node, search);
  if (!address)
    return TRUE;
  search->links++;
  g_autofree char *text = text_of_link (node, search->appearance), *readable = readable_address (address);
  const char *const words[] = {node_attribute (node, "href"), address, readable, text, NULL};
  LinkMatch match = try_link (search->pattern, words);
  if (match != LINK_MATCHES)
    return match == LINK_DIFFERS;

  g_autofree char *date = g_strdup ("");
  take_newest_date (search->knowledge, readable, &date);
  take_newest_date (search->knowledge, text, &date);
  if (search->address && strcmp (date, search->best_date) <= 0)
    return TRUE;
  g_free (search->address);
  g_free (search->best_date);
  search->address = g_steal_pointer (&address);
  search->best_date = g_steal_pointer (&date);
  return TRUE;
}

/* Where the page's links start: the first <base> with an address, else the page itself. */
static WebAddress *
base_of_page (const GumboNode *root, const WebAddress *page)
{
  for (const GumboNode *node = root; node; node = node_next (node, root, TRUE)) {
    const char *written = node_tag (node) == GUMBO_TAG_BASE ? node_attribute (node, "href") : NULL;
    if (!written || strlen (written) > ADDRESS_BYTES_LIMIT)
      continue;
    WebAddress *base = web_address_from_link (written, page);
    return base ? base : web_address_from_link ("", page);
  }
  return web_address_from_link ("", page);
}

static gboolean
look_at_all (LinkSearch *search, const GumboNode *root, GError **error)
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
newest_link (const Knowledge *knowledge, GBytes *bytes, const char *charset, const char *address, const char *pattern,
             GError **error)
{
  int character;
  g_autofree char *fault = NULL, *text = NULL;
  g_autoptr (WebAddress) page = web_address_new (address, error);
  g_autoptr (LinkPattern) expression = page ? link_pattern_new (pattern, &fault, &character) : NULL;
  if (page && !expression)
    g_set_error (error, CHECKSHEET_ERROR, CHECKSHEET_ERROR_FETCH, "%s: %s", address, fault);
  g_autoptr (HtmlTree) tree = expression ? tree_from_bytes (bytes, charset, &text, error) : NULL;
  if (!tree)
    return NULL;

  const GumboNode *root = html_tree_root (tree);
  g_autoptr (Appearance) appearance = appearance_from_tree (root, NULL, NULL);
  g_auto (LinkSearch) search = {.knowledge = knowledge,
                                .page = page,
                                .base = base_of_page (root, page),
                                .appearance = appearance,
                                .link = pattern,
                                .pattern = expression};
  if (!look_at_all (&search, root, error))
    return NULL;
  return g_steal_pointer (&search.address);
}
