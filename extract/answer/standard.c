/* standard.c - see standard.h
 *
 * A name is put together of the fields of the match: what the table gives before a field stands only where the field
 * took part.
 *
 *   iso        ISO/IEC 27001:2022       cipher     AES-256-GCM
 *   protocol   TLS 1.2                  scheme     プライバシーマーク, as written
 */
#include "answer/standard.h"

#include <string.h>

#define FIELDS 3

static const struct {
  const char *rule, *name; /* name: what the spelling begins with; NULL: the field `name` */
  struct {
    const char *before, *field;
  } more[FIELDS];
} spellings[] = {
    {"iso", "ISO", {{"/IEC ", "number"}, {" ", "alone"}, {":", "year"}}},
    {"jis", "JIS", {{" ", "class"}, {" ", "number"}, {":", "year"}}},
    {"tls", "TLS", {{" ", "version"}}},
    {"protocol", NULL, {{" ", "version"}, {" Type ", "type"}}},
    {"cipher", NULL, {{"-", "size"}, {"-", "mode"}}},
};

static char *
spelled (gsize index, const PatternMatch *match)
{
  const char *name = spellings[index].name ? spellings[index].name : pattern_field (match, "name");
  GString *text = g_string_new (name);
  for (int i = 0; i < FIELDS && spellings[index].more[i].field; i++) {
    const char *field = pattern_field (match, spellings[index].more[i].field);
    if (field)
      g_string_append_printf (text, "%s%s", spellings[index].more[i].before, field);
  }
  return g_string_free (text, FALSE);
}

char *
standard_from_match (const PatternMatch *match, const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    if (!strcmp (match->rule, spellings[i].rule))
      return spelled (i, match);
  return g_strndup (text + match->start, match->end - match->start);
}
