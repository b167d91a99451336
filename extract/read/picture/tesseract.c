/* tesseract.c - see tesseract.h */
#include "read/picture/tesseract.h"

#include <glib/gi18n.h>

double
symbols_confidence (GArray *symbols)
{
  double sum = 0;
  for (guint i = 0; i < symbols->len; i++)
    sum += g_array_index (symbols, Symbol, i).confidence;
  return sum / MAX (symbols->len, 1);
}

#if HAVE_TESSERACT

#include <tesseract/capi.h>

/* What is read less surely than this is read in another way too. */
#define SURE 0.88

struct Recogniser {
  TessBaseAPI *tesseract;
};

/* OpenMP's, where Tesseract is built with it. */
extern void omp_set_max_active_levels (int levels) __attribute__ ((weak));

static GMappedFile *model; /* NULL: Tesseract looks for it */

/* Where distributions put the models; TESSDATA_PREFIX goes before. */
static const char *const model_folders[] = {
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
};

static GMappedFile *
model_in (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "jpn.traineddata", NULL);
  return g_mapped_file_new (path, FALSE, NULL);
}

void
recogniser_prepare (void)
{
  const char *chosen = g_getenv ("TESSDATA_PREFIX");
  if (chosen && !model)
    model = model_in (chosen);
  for (gsize i = 0; i < G_N_ELEMENTS (model_folders) && !model; i++)
    model = model_in (model_folders[i]);
}

static gboolean
begin (TessBaseAPI *tesseract)
{
  char *names[] = {"tessedit_do_invert"}, *values[] = {"0"};
  const char *bytes = model ? g_mapped_file_get_contents (model) : NULL;
  int size = model ? (int)g_mapped_file_get_length (model) : 0;
  if (bytes)
    return TessBaseAPIInit5 (tesseract, bytes, size, "jpn", OEM_LSTM_ONLY, NULL, 0, names, values, 1, FALSE) == 0;
  return TessBaseAPIInit4 (tesseract, NULL, "jpn", OEM_LSTM_ONLY, NULL, 0, names, values, 1, FALSE) == 0;
}

/* Tesseract would part each line among threads, which costs more than it gains. */
Recogniser *
recogniser_new (void)
{
  if (omp_set_max_active_levels)
    omp_set_max_active_levels (0);
  TessBaseAPI *tesseract = TessBaseAPICreate ();
  if (!begin (tesseract)) {
    TessBaseAPIDelete (tesseract);
    return NULL;
  }
  Recogniser *recogniser = g_new0 (Recogniser, 1);
  recogniser->tesseract = tesseract;
  return recogniser;
}

const char *
recogniser_missing (void)
{
  recogniser_prepare ();
  g_autoptr (Recogniser) recogniser = model ? NULL : recogniser_new ();
  if (model || recogniser)
    return NULL;
  return N_ ("Tesseract's Japanese model is not installed (tesseract-ocr-jpn)");
}

void
recogniser_free (Recogniser *recogniser)
{
  if (!recogniser)
    return;
  TessBaseAPIEnd (recogniser->tesseract);
  TessBaseAPIDelete (recogniser->tesseract);
  g_free (recogniser);
}

/* A symbol may be several characters, on one spot. */
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
symbols_as (Recogniser *recogniser, const Picture *line, TessPageSegMode mode)
{
  GArray *symbols = g_array_new (FALSE, TRUE, sizeof (Symbol));
  TessBaseAPI *tesseract = recogniser->tesseract;
  TessBaseAPISetPageSegMode (tesseract, mode);
  TessBaseAPISetImage (tesseract, line->grey, line->width, line->height, 1, line->width);
  TessBaseAPISetSourceResolution (tesseract, (int)(line->scale * 72 + 0.5));
  if (TessBaseAPIRecognize (tesseract, NULL) == 0) {
    TessResultIterator *iterator = TessBaseAPIGetIterator (tesseract);
    if (iterator)
      collect_symbols (symbols, iterator);
    TessResultIteratorDelete (iterator);
  }
  TessBaseAPIClear (tesseract);
  return symbols;
}

/* A single letter is now and then no line to Tesseract, unless it is told not to look for one. */
GArray *
symbols_from_line (Recogniser *recogniser, const Picture *line, const char *alphabet)
{
  TessBaseAPISetVariable (recogniser->tesseract, "tessedit_char_whitelist", alphabet ? alphabet : "");
  g_autoptr (GArray) symbols = symbols_as (recogniser, line, PSM_SINGLE_LINE);
  if (symbols->len > 1 && symbols_confidence (symbols) > SURE)
    return g_steal_pointer (&symbols);
  g_autoptr (GArray) others = symbols_as (recogniser, line, PSM_RAW_LINE);
  return symbols_confidence (others) > symbols_confidence (symbols) ? g_steal_pointer (&others)
                                                                    : g_steal_pointer (&symbols);
}

#else /* !HAVE_TESSERACT */

void
recogniser_prepare (void)
{
}

const char *
recogniser_missing (void)
{
  return N_ ("this program was built without Tesseract (libtesseract-dev)");
}

Recogniser *
recogniser_new (void)
{
  return NULL;
}

void
recogniser_free (Recogniser *recogniser)
{
}

GArray *
symbols_from_line (Recogniser *recogniser, const Picture *line, const char *alphabet)
{
  return g_array_new (FALSE, TRUE, sizeof (Symbol));
}

#endif
