/* private_use.h - what a sheet says of characters that only their font gives a shape. */
#pragma once

#include "model/sheet.h"

/* Adds a note for each answer with characters for private use, but where its page already has one, with their font. */
void sheet_note_private_use (Sheet *sheet);
