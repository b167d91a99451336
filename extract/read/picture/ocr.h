/* ocr.h - pages that are pictures: what is drawn and written on them, read from the picture.
 *
 * The page is set straight, its lines are found, the cells that they make are read one by one, and then what stands
 * around the tables. What comes out are glyphs and rules as those of any other page, so that layout/ does the rest;
 * their places are those on the page set straight.
 */
#pragma once

#include "model/page.h"
#include "read/picture/picture.h"
#include "read/picture/tesseract.h"

/* The page that PICTURE shows, number 0. */
Page *page_from_picture (const Picture *picture, Recogniser *recogniser);
