/* shape_votes.c - part-shape_votes: on each line of standard input MAPPED TAB SHOWN TAB SEEN TAB OFF: a line of text as its
 * font maps it, as it is shown, and as it is recognised ("_": not at all), with places that are OFF ems too far to the
 * right. Prints each line with the characters that are voted for; exit status 1: there are too few votes.
 */
#include "read/pdf/shape_votes.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#define EM 10.0

static void
add_glyphs (Page *page, const char *text, guint line, double off, GArray *shapes)
{
  guint at = 0;
  for (; *text; text = g_utf8_next_char (text), at++) {
    gunichar character = g_utf8_get_char (text);
    Glyph glyph = {.character = character,
                   .box = {at * EM + off * EM, line * 2 * EM, (at + 1) * EM + off * EM, (line * 2 + 1) * EM}};
    guint shape = shape_of_code (7, character);
    if (shapes)
      g_array_append_val (shapes, shape);
    else if (character != '_')
      g_array_append_val (page->glyphs, glyph);
  }
}

static Page *
page_with_glyphs (void)
{
  Page *page = page_new (1, 600, 800);
  g_clear_pointer (&page->glyphs, g_array_unref);
  page->glyphs = g_array_new (FALSE, TRUE, sizeof (Glyph));
  return page;
}

int
main (void)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_autoptr (Page) page = page_with_glyphs (), recognised = page_with_glyphs ();
  g_autoptr (GArray) shapes = g_array_new (FALSE, FALSE, sizeof (guint));
  char buffer[4096];
  for (guint line = 0; fgets (buffer, sizeof buffer, stdin); line++) {
    g_auto (GStrv) parts = g_strsplit (g_strchomp (buffer), "\t", -1);
    g_assert (g_strv_length (parts) == 4);
    add_glyphs (page, parts[0], line, 0, NULL);
    add_glyphs (page, parts[1], line, 0, shapes);
    add_glyphs (recognised, parts[2], line, atof (parts[3]), NULL);
  }
  g_autoptr (ShapeVotes) first = shape_votes_new (), votes = shape_votes_new ();
  shape_votes_add (first, page, shapes, recognised, NULL);
  shape_votes_add (votes, page, shapes, recognised, first);
  g_autoptr (GArray) glyphs = shape_votes_glyphs (votes, page, shapes);
  double y = 0;
  for (guint i = 0; glyphs && i < glyphs->len; i++) {
    const Glyph *glyph = &g_array_index (glyphs, Glyph, i);
    char text[8] = {0};
    g_unichar_to_utf8 (glyph->character, text);
    printf ("%s%s", glyph->box.y0 > y ? "\n" : "", text);
    y = glyph->box.y0;
  }
  printf ("\n");
  return glyphs ? 0 : 1;
}
