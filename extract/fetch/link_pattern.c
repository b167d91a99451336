/* link_pattern.c - see link_pattern.h */
#include "fetch/link_pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <string.h>

#define PATTERN_BYTES_LIMIT 4096
#define TEXT_BYTES_LIMIT 4096
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

LinkPattern *
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

/* Cut at a character's end. */
static gsize
length_to_try (const char *text)
{
  gsize length = strnlen (text, TEXT_BYTES_LIMIT + 1);
  if (length <= TEXT_BYTES_LIMIT)
    return length;
  return g_utf8_find_prev_char (text, text + TEXT_BYTES_LIMIT + 1) - text;
}

LinkMatch
link_pattern_try (const LinkPattern *pattern, const char *text)
{
  int found =
      pcre2_match (pattern->code, (PCRE2_SPTR)text, length_to_try (text), 0, 0, pattern->places, pattern->limits);
  if (found >= 0)
    return LINK_MATCHES;
  return found == PCRE2_ERROR_NOMATCH ? LINK_DIFFERS : LINK_GAVE_UP;
}

void
link_pattern_free (LinkPattern *pattern)
{
  if (!pattern)
    return;
  pcre2_code_free (pattern->code);
  pcre2_match_context_free (pattern->limits);
  pcre2_match_data_free (pattern->places);
  g_free (pattern);
}
