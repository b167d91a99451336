/* ocr_confidence.c - see ocr_confidence.h */
#include "sheet/ocr_confidence.h"

#include "model/page.h"

/* Items with a lower confidence should be checked by a person. */
#define SURE 0.85

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
} Confidence;

static void
add_confidence (Confidence *confidence, const Page *page, Box box)
{
  for (guint i = 0; page->glyphs && i < page->glyphs->len; i++) {
    const Glyph *glyph = &g_array_index (page->glyphs, Glyph, i);
    if (!box_has (box, (glyph->box.x0 + glyph->box.x1) / 2, (glyph->box.y0 + glyph->box.y1) / 2))
      continue;
    confidence->sum += glyph->confidence;
    confidence->count++;
  }
}

static void
note_item (Sheet *sheet, Item *item, GPtrArray *pages)
{
  Confidence confidence = {0};
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
  double mean = confidence.sum / confidence.count;
  item->recognition = mean;
  notes_add (sheet->notes, "ocr", mean < SURE ? NOTE_WARNING : NOTE_INFO, first,
             "This row was read from a picture of the page, with a confidence of %.2f.", mean);
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
