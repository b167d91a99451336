/* needed_characters.c - part-needed_characters: on each line of standard input OPTIONS TAB EXPRESSION TAB TEXT, where OPTIONS
 * are some of i (caseless), x (extended), a (\d is 0 to 9). Prints the lists of characters and pairs that the expression needs,
 * with blanks between them and "/" within, or "-"; then "has" or "lacks", of the text; then "matches" or "differs", by PCRE2; then of what
 * a match can begin with "-", it is not known; "begins" or "misses", where the match begins; "some" or "none", where in a
 * text that differs a match may begin.
 */
#include "patterns/needed_characters.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <locale.h>
#include <pcre2.h>
#include <stdio.h>
#include <string.h>

/* Where TEXT matches; -1: nowhere. */
static gssize
place_of_match (const char *expression, ExpressionOptions options, const char *text)
{
  int fault;
  PCRE2_SIZE place;
  uint32_t flags = PCRE2_UTF | (options.ascii ? 0 : PCRE2_UCP) | (options.caseless ? PCRE2_CASELESS : 0) |
                   (options.extended ? PCRE2_EXTENDED : 0);
  pcre2_code *code = pcre2_compile ((PCRE2_SPTR)expression, PCRE2_ZERO_TERMINATED, flags, &fault, &place, NULL);
  g_assert (code);
  pcre2_match_data *groups = pcre2_match_data_create_from_pattern (code, NULL);
  int found = pcre2_match (code, (PCRE2_SPTR)text, strlen (text), 0, 0, groups, NULL);
  g_assert (found >= 0 || found == PCRE2_ERROR_NOMATCH);
  gssize start = found >= 0 ? (gssize)pcre2_get_ovector_pointer (groups)[0] : -1;
  pcre2_match_data_free (groups);
  pcre2_code_free (code);
  return start;
}

static const char *
word_for_first (const char *expression, ExpressionOptions options, const char *text, gssize match)
{
  FirstCharacters first;
  if (!first_characters_from_expression (expression, options, &first))
    return "-";
  if (match >= 0)
    return text[match] && first_characters_have (&first, text + match) ? "begins" : "misses";
  for (const char *at = text; *at; at = g_utf8_next_char (at))
    if (first_characters_have (&first, at))
      return "some";
  return "none";
}

static char *
text_of_needed (const NeededCharacters *needed)
{
  GString *text = g_string_new (needed ? "" : "-");
  for (; needed && *needed; needed++) {
    g_string_append (text, text->len ? " " : "");
    for (gboolean first = TRUE; *needed; needed++, first = FALSE) {
      g_string_append (text, first ? "" : "/");
      if (*needed >> 32)
        g_string_append_unichar (text, (gunichar)(*needed >> 32));
      g_string_append_unichar (text, (gunichar)*needed);
    }
  }
  return g_string_free (text, FALSE);
}

int
main (void)
{
  setlocale (LC_ALL, "C.UTF-8");
  char buffer[4096];
  while (fgets (buffer, sizeof buffer, stdin)) {
    buffer[strcspn (buffer, "\n")] = 0;
    g_auto (GStrv) fields = g_strsplit (buffer, "\t", 3);
    g_assert (g_strv_length (fields) == 3);
    ExpressionOptions options = {.caseless = strchr (fields[0], 'i') != NULL,
                                 .extended = strchr (fields[0], 'x') != NULL,
                                 .ascii = strchr (fields[0], 'a') != NULL};
    g_autofree NeededCharacters *needed = needed_characters_from_expression (fields[1], options);
    g_autofree NeededBits *bits = needed_bits_from_characters (needed);
    g_autofree char *shown = text_of_needed (needed);
    TextCharacters characters;
    text_characters_read (&characters, fields[2], strlen (fields[2]));
    gssize match = place_of_match (fields[1], options, fields[2]);
    printf ("%s\t%s\t%s\t%s\n", shown, text_characters_have (&characters, bits) ? "has" : "lacks",
            match >= 0 ? "matches" : "differs", word_for_first (fields[1], options, fields[2], match));
  }
  return 0;
}
