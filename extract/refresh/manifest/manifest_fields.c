/* manifest_fields.c - see manifest_parts.h: what a value must be, by its key. */
#include "refresh/manifest/manifest_parts.h"

#include "fetch/link.h"
#include "fetch/web_address.h"

#include <glib/gi18n.h>
#include <string.h>

/* What is made of an id is a file's name, of 255 bytes at most: ID.changes.json, and what is written beside it. */
#define ID_LIMIT 100
#define CHANGES ".changes"

static void
check_id (const ManifestValue *value, Mistakes *mistakes)
{
  const char *id = value->text, *odd = id;
  g_autofree char *shown = text_for_message (id);
  while (g_ascii_isalnum (*odd) || (*odd && strchr ("-_.", *odd)))
    odd++;
  if (*odd) {
    g_autofree char *character = g_strndup (odd, g_utf8_next_char (odd) - odd);
    mistakes_add (mistakes, value->place,
                  _ ("the id '%s' becomes a file's name: letters a-z, digits, '-', '_' and '.' only, not '%s'"), shown,
                  character);
  } else if (*id == '.' || *id == '-')
    mistakes_add (mistakes, value->place, _ ("the id '%s' becomes a file's name: begin it with a letter or a digit"),
                  shown);
  else if (strlen (id) > ID_LIMIT)
    mistakes_add (mistakes, value->place, _ ("an id of %d characters, the limit is %d; shorten it"), (int)strlen (id),
                  ID_LIMIT);
  else if (strlen (id) >= strlen (CHANGES) && !g_ascii_strcasecmp (id + strlen (id) - strlen (CHANGES), CHANGES))
    mistakes_add (mistakes, value->place, _ ("the id '%s' ends as the names of lists of changes do ('%s'); change it"),
                  shown, CHANGES);
}

static void
check_address (const ManifestValue *value, Mistakes *mistakes)
{
  g_autofree char *fault = web_address_fault (value->text);
  if (fault)
    mistakes_add (mistakes, value->place, "%s", fault);
}

static void
check_link (const ManifestValue *value, Mistakes *mistakes)
{
  int character;
  g_autofree char *fault = NULL;
  g_autoptr (LinkPattern) pattern = link_pattern_new (value->text, &fault, &character);
  if (!pattern)
    mistakes_add (mistakes, value->place, _ ("'link' is no PCRE2 pattern: %s, at character %d of it"), fault,
                  character);
}

static void
check_path (const ManifestValue *value, Mistakes *mistakes)
{
  if (strstr (value->text, "://"))
    mistakes_add (mistakes, value->place, _ ("'path' is a file of this machine; write an address as 'url'"));
}

static const struct {
  const char *key;
  void (*check) (const ManifestValue *value, Mistakes *mistakes);
} checks[] = {
    {"id", check_id}, {"url", check_address}, {"page", check_address}, {"link", check_link}, {"path", check_path},
};

void
manifest_check_field (const ManifestValue *value, Mistakes *mistakes)
{
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    if (!strcmp (checks[i].key, value->key))
      checks[i].check (value, mistakes);
}
