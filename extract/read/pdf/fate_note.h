/* fate_note.h - notes of the words of a page that have one fate: what they are and where. */
#pragma once

#include "model/note.h"
#include "read/pdf/painted_fate.h"

/* So many runs of a page are told one by one; the rest is counted. */
#define FATE_NOTES_LIMIT 60

/* Adds to NOTES one note with CODE for each run of glyphs with FATE, in paint order and near each other: "“WORDS”" and
 * WHAT of them. Both strings are static. */
void fate_note_runs (const SeenPage *seen, PaintedFate fate, const char *code, const char *what, GPtrArray *notes);

/* Adds to NOTES one note with CODE for all glyphs with FATE that are left out while what they say is kept: how many letters
 * of the page WHAT, and the first words. None where there are none. Both strings are static. */
void fate_note_page (const SeenPage *seen, PaintedFate fate, const char *code, const char *what, GPtrArray *notes);

/* The words of a run, the glyphs FIRST to END, that have FATE: shortened to some 60 characters. The caller frees. */
char *fate_words (const SeenPage *seen, PaintedFate fate, guint first, guint end);

/* How many of these glyphs there are, white space left out. */
gsize fate_letters (const SeenPage *seen, PaintedFate fate, guint first, guint end);
