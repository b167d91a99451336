/* folding.c - what the foldings `writing` and `comparing` give, against ICU's own transliterator with the same files.
 *
 * Every assigned character of Unicode by itself, behind か, before a voicing mark and between two letters, then texts
 * put together by chance (the same each time). Prints the first few that differ; exit status 1 where one does.
 */
#include "patterns/knowledge.h"
#include "patterns/pattern_folder.h"

#include <stdio.h>
#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#define ROOM 4096 /* UTF-16 units; what is folded here has a hundred at most */
#define TEXTS 20000

typedef struct {
  const UNormalizer2 *normalizer;
  UTransliterator *rules;
} Reference;

typedef struct {
  UChar units[ROOM];
  int32_t length;
} Wide;

static int different;
static Knowledge *knowledge;

static Reference
reference_open (const char *file, const UNormalizer2 *normalizer)
{
  static const UChar id[] = {'r', 0};
  static UChar units[256 * 1024];
  int32_t length;
  UParseError place;
  UErrorCode status = U_ZERO_ERROR;
  g_autoptr (GBytes) bytes = pattern_folder_bytes (NULL, file, NULL);
  u_strFromUTF8 (units, G_N_ELEMENTS (units), &length, g_bytes_get_data (bytes, NULL), (int)g_bytes_get_size (bytes),
                 &status);
  Reference reference = {normalizer, utrans_openU (id, -1, UTRANS_FORWARD, units, length, &place, &status)};
  g_assert (U_SUCCESS (status));
  return reference;
}

static void
normalize (const Reference *reference, Wide *text)
{
  static UChar units[ROOM];
  UErrorCode status = U_ZERO_ERROR;
  int32_t length = unorm2_normalize (reference->normalizer, text->units, text->length, units, ROOM, &status);
  g_assert (U_SUCCESS (status));
  memcpy (text->units, units, length * sizeof (UChar));
  text->length = length;
}

static void
fold (const Reference *reference, Wide *text)
{
  UErrorCode status = U_ZERO_ERROR;
  normalize (reference, text);
  int32_t limit = text->length;
  utrans_transUChars (reference->rules, text->units, &text->length, ROOM, 0, &limit, &status);
  g_assert (U_SUCCESS (status));
  normalize (reference, text);
}

static void
compare (const char *what, const char *text, const Wide *expected, char *folded)
{
  char wanted[ROOM * 3 + 1];
  UErrorCode status = U_ZERO_ERROR;
  u_strToUTF8 (wanted, sizeof wanted, NULL, expected->units, expected->length, &status);
  if (strcmp (wanted, folded) && different++ < 20)
    printf ("%s: \"%s\" becomes \"%s\", by ICU \"%s\"\n", what, text, folded, wanted);
  g_free (folded);
}

static void
check (const Reference *writing, const Reference *comparing, const char *text)
{
  static Wide wide;
  UErrorCode status = U_ZERO_ERROR;
  u_strFromUTF8 (wide.units, ROOM, &wide.length, text, -1, &status);
  fold (writing, &wide);
  compare ("writing", text, &wide, text_folded (knowledge->writing, text));
  fold (comparing, &wide);
  compare ("comparing", text, &wide, text_folded (knowledge->comparing, text));
}

static void
check_character (const Reference *writing, const Reference *comparing, gunichar character)
{
  static const char *const around[][2] = {{"", ""}, {"か", ""}, {"", "\u3099"}, {"a", "e\u0301"}};
  char text[8] = {0};
  if (!character || !g_unichar_isdefined (character) || g_unichar_type (character) == G_UNICODE_PRIVATE_USE ||
      g_unichar_type (character) == G_UNICODE_SURROGATE)
    return;
  g_unichar_to_utf8 (character, text);
  for (gsize i = 0; i < G_N_ELEMENTS (around); i++) {
    g_autofree char *whole = g_strconcat (around[i][0], text, around[i][1], NULL);
    check (writing, comparing, whole);
  }
}

/* Mostly of the characters that fold or compose. */
static char *
text_by_chance (GRand *chance)
{
  static const gint32 ranges[][2] = {{0x20, 0x7F},      {0xA0, 0x370},     {0x1100, 0x1200}, {0x2000, 0x2070},
                                     {0x2E80, 0x3100},  {0x4E00, 0x9FFF},  {0xAC00, 0xD7A4}, {0xF900, 0xFB50},
                                     {0xFE00, 0x10000}, {0x1D100, 0x1D200}};
  GString *text = g_string_new (NULL);
  for (int i = g_rand_int_range (chance, 1, 20); i > 0; i--) {
    const gint32 *range = ranges[g_rand_int_range (chance, 0, G_N_ELEMENTS (ranges))];
    g_string_append_unichar (text, (gunichar)g_rand_int_range (chance, range[0], range[1]));
  }
  return g_string_free (text, FALSE);
}

int
main (void)
{
  UErrorCode status = U_ZERO_ERROR;
  knowledge = knowledge_open (NULL, NULL);
  Reference writing = reference_open ("writing.rules", unorm2_getNFCInstance (&status));
  Reference comparing = reference_open ("comparing.rules", unorm2_getNFKCCasefoldInstance (&status));
  for (gunichar character = 1; character < 0x110000; character++)
    check_character (&writing, &comparing, character);
  g_autoptr (GRand) chance = g_rand_new_with_seed (1);
  for (int i = 0; i < TEXTS; i++) {
    g_autofree char *text = text_by_chance (chance);
    check (&writing, &comparing, text);
  }
  utrans_close (writing.rules);
  utrans_close (comparing.rules);
  knowledge_free (knowledge);
  printf ("%d different\n", different);
  return different > 0;
}
