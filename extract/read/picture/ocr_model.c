/* ocr_model.c - see ocr_model.h */
#include "read/picture/ocr_model.h"

struct OcrModel {
  GMappedFile *file;
};

static const char *const folders[] = {
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
};

static GMappedFile *
file_in (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "jpn.traineddata", NULL);
  return g_mapped_file_new (path, FALSE, NULL);
}

OcrModel *
ocr_model_open (void)
{
  const char *chosen = g_getenv ("TESSDATA_PREFIX");
  GMappedFile *file = chosen ? file_in (chosen) : NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (folders) && !file; i++)
    file = file_in (folders[i]);
  if (!file)
    return NULL;
  OcrModel *model = g_new0 (OcrModel, 1);
  model->file = file;
  return model;
}

const char *
ocr_model_bytes (const OcrModel *model, gsize *size)
{
  *size = g_mapped_file_get_length (model->file);
  return g_mapped_file_get_contents (model->file);
}

void
ocr_model_free (OcrModel *model)
{
  if (!model)
    return;
  g_mapped_file_unref (model->file);
  g_free (model);
}
