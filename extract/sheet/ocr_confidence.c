/* ocr_confidence.c - see ocr_confidence.h */
#include "sheet/ocr_confidence.h"

#include "model/page.h"

#include <string.h>

/* Items with a lower confidence should be checked by a person. */
#define SURE 0.85

/* A number in an answer with a lower confidence should be, whatever the row has: one letter of many wrong hardly changes the row's
 * mean, and 36 for 30 is no misspelling. Measured on scans of 150 and 200 dots: wrong ones .79 to .93, right ones .73 and .84 to .97. */
#define NUMBER_SURE 0.82

static const Page *
page_of_number (GPtrArray *pages, int number)
{
  for (guint i = 0; i < pages->len; i++) {
    const Page *page = g_ptr_array_index (pages, i);
    if (page->number == number)
      return page;
  }
  return NULL;
}

/* The confidences of the glyphs in some boxes. */
typedef struct {
  double sum;
  int count;
  const char *answer; /* without white space */
  GString *number;    /* the digits that follow each other up to here */
  double least;       /* of them */
  char *doubtful;     /* the first number of the answer that is; NULL: none */
} Confidence;

static void
end_number (Confidence *confidence)
{
  gboolean doubtful = confidence->number->len > 0 && confidence->least < NUMBER_SURE && !confidence->doubtful;
  if (doubtful && strstr (confidence->answer, confidence->number->str))
    confidence->doubtful = g_strdup (confidence->number->str);
  g_string_truncate (confidence->number, 0);
  confidence->least = 1;
}

static void
add_confidence (Confidence *confidence, const Page *page, Box box)
{
  for (guint i = 0; page->glyphs && i < page->glyphs->len; i++) {
    const Glyph *glyph = &g_array_index (page->glyphs, Glyph, i);
    if (!box_has (box, (glyph->box.x0 + glyph->box.x1) / 2, (glyph->box.y0 + glyph->box.y1) / 2))
      continue;
    confidence->sum += glyph->confidence;
    confidence->count++;
    if (glyph->character >= '0' && glyph->character <= '9') {
      g_string_append_c (confidence->number, (char)glyph->character);
      confidence->least = MIN (confidence->least, glyph->confidence);
    } else
      end_number (confidence);
  }
  end_number (confidence);
}

/* The caller frees. */
static char *
without_spaces (const char *text)
{
  GString *kept = g_string_new (NULL);
  for (; *text; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      g_string_append_unichar (kept, g_utf8_get_char (text));
  return g_string_free (kept, FALSE);
}

static void
note_item (Sheet *sheet, Item *item, GPtrArray *pages)
{
  g_autofree char *answer = without_spaces (item->answer ? item->answer : "");
  g_autoptr (GString) number = g_string_new (NULL);
  Confidence confidence = {.answer = answer, .number = number, .least = 1};
  Place first = {0};
  for (guint i = 0; i < item->places->len; i++) {
    Place place = g_array_index (item->places, Place, i);
    const Page *page = page_of_number (pages, place.page);
    if (!page || !page->recognised)
      continue;
    first = first.page ? first : place;
    add_confidence (&confidence, page, place.box);
  }
  if (confidence.count == 0)
    return;
  g_autofree char *doubtful = confidence.doubtful;
  double mean = confidence.sum / confidence.count;
  item->recognition = mean;
  notes_add (sheet->notes, "ocr", mean < SURE ? NOTE_WARNING : NOTE_INFO, first,
             "This row was read from a picture of the page, with a confidence of %.2f.", mean);
  if (doubtful && mean >= SURE)
    notes_add (sheet->notes, "ocr", NOTE_WARNING, first,
               "The number %s in the answer was read from a picture, and may be another one.", doubtful);
}

void
sheet_note_recognition (Sheet *sheet, GPtrArray *pages)
{
  guint recognised = 0, written = 0;
  for (guint i = 0; i < pages->len; i++) {
    const Page *page = g_ptr_array_index (pages, i);
    recognised += page->recognised;
    written += !page->recognised && page->glyphs && page->glyphs->len > 0;
  }
  if (recognised == 0)
    return;
  sheet->text = written > 0 ? "mixed" : "ocr";
  for (guint i = 0; i < sheet->items->len; i++)
    note_item (sheet, sheet_item (sheet, (int)i), pages);
}
