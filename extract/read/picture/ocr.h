/* ocr.h - recognises a page that is a picture: from its pixels to glyphs and ruling lines.
 *
 *   picture ─► rotated, deskewed ─► ruling lines ─► cells ─► text lines ─┬► marks, by shape ─┬► glyphs
 *                                                 └► what is around them ┘└► words, Tesseract ┘
 *
 * The page that comes out is as one of any other PDF, so that layout/ does the rest. Its places are those on the page
 * as it was set straight, points from the top left corner.
 */
#pragma once

#include "model/page.h"
#include "read/picture/ocr_fixes.h"
#include "read/picture/picture.h"
#include "read/picture/tesseract.h"

/* The page that PICTURE shows, with the number 0; `recognised` is set, and `confidence` is the mean of its glyphs'. The
 * caller frees. */
Page *page_from_picture (const Picture *picture, Tesseract *tesseract, OcrFixes *fixes);
