/* ocr_model.h - Tesseract's Japanese model, jpn.traineddata, mapped into memory.
 *
 * A process that is forked later and may open no file recognises with the mapping that it inherits.
 */
#pragma once

#include <glib.h>

typedef struct OcrModel OcrModel;

/* The model in $TESSDATA_PREFIX, else in the folders where distributions install it. NULL: it is in none of them;
 * Tesseract may still find it by itself (tesseract_new). The caller frees. */
OcrModel *ocr_model_open (void);

/* The bytes of the file; valid as long as MODEL. */
const char *ocr_model_bytes (const OcrModel *model, gsize *size);

void ocr_model_free (OcrModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcrModel, ocr_model_free)
