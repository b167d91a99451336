/* tesseract.h - reads one line of writing in a picture, with Tesseract and its Japanese model.
 *
 * Built without Tesseract, or where its Japanese model is not installed, there is no recogniser, and
 * recogniser_missing says why.
 */
#pragma once

#include "read/picture/picture.h"

typedef struct {
  gunichar character;
  double left, right; /* pixels in the line's picture, as near as Tesseract can tell */
  double confidence;  /* of the word it is in, which tells right from wrong better than its own; 0 to 1 */
} Symbol;

typedef struct Recogniser Recogniser;

/* Looks for the models, and keeps them at hand for processes that are forked later and may open no file. */
void recogniser_prepare (void);

/* What keeps this program from reading pictures, in English, to be translated; NULL: nothing. Static. */
const char *recogniser_missing (void);

/* For the thread that makes it. NULL where something is missing. */
Recogniser *recogniser_new (void);
void recogniser_free (Recogniser *recogniser);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Recogniser, recogniser_free)

/* What stands in LINE, a picture of one line, dark on white: an array of Symbol from left to right. ALPHABET: the
 * characters (ASCII) that can stand there; NULL: any. */
GArray *symbols_from_line (Recogniser *recogniser, const Picture *line, const char *alphabet);

/* The mean of the symbols' confidences; 0 where there are none. */
double symbols_confidence (GArray *symbols);
