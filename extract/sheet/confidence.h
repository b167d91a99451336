/* confidence.h - how sure a sheet is, as one number: the part of it that a person who compared it with the document
 * would expect to find right.
 *
 *   of an item    likeness of the match x confidence of the recognition x (1 - weight) of each check that names it
 *   of the sheet  mean of its items x (1 - weight) of each check that names the sheet x the share of text that was read
 *
 * An item of the vendor's own has no match, and is not the less sure for it.
 */
#pragma once

#include "model/sheet.h"

/* Fills in the `confidence` of SHEET and of its items, once its checks have run. */
void sheet_weigh (Sheet *sheet);
