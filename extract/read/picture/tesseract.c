/* tesseract.c - see tesseract.h */
#include "read/picture/tesseract.h"

#include "modules/module.h"

#include <glib/gi18n.h>

MODULE_ENTRY double
symbols_confidence (GArray *symbols)
{
  double sum = 0;
  for (guint i = 0; i < symbols->len; i++)
    sum += g_array_index (symbols, Symbol, i).confidence;
  return sum / MAX (symbols->len, 1);
}

#if HAVE_TESSERACT

#include <tesseract/capi.h>

/* A line with less confidence than this is recognised in another mode too. */
#define CONFIDENCE_ENOUGH 0.88

struct Tesseract {
  TessBaseAPI *api;
};

/* OpenMP's, where Tesseract is built with it. */
extern void omp_set_max_active_levels (int levels) __attribute__ ((weak));

static gboolean
initialise (TessBaseAPI *api, const OcrModel *model)
{
  char *names[] = {"tessedit_do_invert"}, *values[] = {"0"};
  gsize size = 0;
  const char *bytes = model ? ocr_model_bytes (model, &size) : NULL;
  if (bytes)
    return TessBaseAPIInit5 (api, bytes, (int)size, "jpn", OEM_LSTM_ONLY, NULL, 0, names, values, 1, FALSE) == 0;
  return TessBaseAPIInit4 (api, NULL, "jpn", OEM_LSTM_ONLY, NULL, 0, names, values, 1, FALSE) == 0;
}

/* Without this Tesseract splits each line among threads, which costs more than it gains. */
MODULE_ENTRY Tesseract *
tesseract_new (const OcrModel *model)
{
  if (omp_set_max_active_levels)
    omp_set_max_active_levels (0);
  TessBaseAPI *api = TessBaseAPICreate ();
  if (!initialise (api, model)) {
    TessBaseAPIDelete (api);
    return NULL;
  }
  Tesseract *tesseract = g_new0 (Tesseract, 1);
  tesseract->api = api;
  return tesseract;
}

MODULE_ENTRY const char *
tesseract_missing (const OcrModel *model)
{
  g_autoptr (Tesseract) tesseract = model ? NULL : tesseract_new (NULL);
  if (model || tesseract)
    return NULL;
  return N_ ("Tesseract's Japanese model is not installed (tesseract-ocr-jpn)");
}

MODULE_ENTRY void
tesseract_free (Tesseract *tesseract)
{
  if (!tesseract)
    return;
  TessBaseAPIEnd (tesseract->api);
  TessBaseAPIDelete (tesseract->api);
  g_free (tesseract);
}

/* One symbol of Tesseract's may be several characters: they share its width. */
static void
add_symbols (GArray *symbols, const char *text, int left, int right, double confidence)
{
  double width = (double)(right - left) / MAX (g_utf8_strlen (text, -1), 1);
  int index = 0;
  for (const char *next = text; *next; next = g_utf8_next_char (next), index++) {
    Symbol symbol = {g_utf8_get_char (next), left + index * width, left + (index + 1) * width, confidence};
    if (!g_unichar_isspace (symbol.character))
      g_array_append_val (symbols, symbol);
  }
}

static void
collect_symbols (GArray *symbols, TessResultIterator *iterator)
{
  do {
    char *text = TessResultIteratorGetUTF8Text (iterator, RIL_SYMBOL);
    int left, top, right, bottom;
    if (text && g_utf8_validate (text, -1, NULL) &&
        TessPageIteratorBoundingBox (TessResultIteratorGetPageIterator (iterator), RIL_SYMBOL, &left, &top, &right,
                                     &bottom))
      add_symbols (symbols, text, left, right, TessResultIteratorConfidence (iterator, RIL_WORD) / 100);
    TessDeleteText (text);
  } while (TessResultIteratorNext (iterator, RIL_SYMBOL));
}

static GArray *
symbols_as (Tesseract *tesseract, const Picture *line, TessPageSegMode mode)
{
  GArray *symbols = g_array_new (FALSE, TRUE, sizeof (Symbol));
  TessBaseAPI *api = tesseract->api;
  TessBaseAPISetPageSegMode (api, mode);
  TessBaseAPISetImage (api, line->grey, line->width, line->height, 1, line->width);
  TessBaseAPISetSourceResolution (api, (int)(line->scale * 72 + 0.5));
  if (TessBaseAPIRecognize (api, NULL) == 0) {
    TessResultIterator *iterator = TessBaseAPIGetIterator (api);
    if (iterator)
      collect_symbols (symbols, iterator);
    TessResultIteratorDelete (iterator);
  }
  TessBaseAPIClear (api);
  return symbols;
}

/* Tesseract now and then finds no line in the picture of a single letter, unless it is told not to look for one. */
MODULE_ENTRY GArray *
symbols_from_line (Tesseract *tesseract, const Picture *line, const char *alphabet)
{
  TessBaseAPISetVariable (tesseract->api, "tessedit_char_whitelist", alphabet ? alphabet : "");
  g_autoptr (GArray) symbols = symbols_as (tesseract, line, PSM_SINGLE_LINE);
  if (symbols->len > 1 && symbols_confidence (symbols) > CONFIDENCE_ENOUGH)
    return g_steal_pointer (&symbols);
  g_autoptr (GArray) others = symbols_as (tesseract, line, PSM_RAW_LINE);
  return symbols_confidence (others) > symbols_confidence (symbols) ? g_steal_pointer (&others)
                                                                    : g_steal_pointer (&symbols);
}

#else /* !HAVE_TESSERACT */

MODULE_ENTRY const char *
tesseract_missing (const OcrModel *model)
{
  return N_ ("this program was built without Tesseract (libtesseract-dev)");
}

MODULE_ENTRY Tesseract *
tesseract_new (const OcrModel *model)
{
  return NULL;
}

MODULE_ENTRY void
tesseract_free (Tesseract *tesseract)
{
}

MODULE_ENTRY GArray *
symbols_from_line (Tesseract *tesseract, const Picture *line, const char *alphabet)
{
  return g_array_new (FALSE, TRUE, sizeof (Symbol));
}

#endif
