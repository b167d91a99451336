/* ocr.h - pages that are pictures: what is drawn and written on them, read from the picture.
 *
 * The page is set straight, its lines are found, the cells that they make are read one by one, and then what stands
 * around the tables. What comes out are glyphs and rules as those of any other page, so that layout/ does the rest;
 * their places are those on the page set straight.
 */
#pragma once

#include "read/page.h"
#include "read/picture.h"
#include "read/recogniser.h"

/* Replaces the glyphs and rules of PAGE by what PICTURE shows. */
void page_read_picture (Page *page, const Picture *picture, Recogniser *recogniser);
