/* note.h - what the program noticed while it read: mended rows, unexpected cells, what was left out.
 *
 * Notes go into the JSON, so their text is always English and does not change from run to run. `code` is one of the
 * words listed in out/README.md; other programs may rely on it.
 */
#pragma once

#include "model/place.h"

typedef enum { NOTE_INFO, NOTE_WARNING, NOTE_ERROR } NoteSeverity;

typedef struct {
  const char *code; /* static, e.g. "column-shifted" */
  NoteSeverity severity;
  char *text; /* one English sentence */
  Place place;
  gsize
      left_out; /* characters without white space that it says are left out, since nobody sees them; not in the JSON */
} Note;

/* An empty list of Note, which frees them. */
GPtrArray *notes_new (void);

/* Appends a note; CODE is static, the text is made as printf does. */
void notes_add (GPtrArray *notes, const char *code, NoteSeverity severity, Place place, const char *format, ...)
    G_GNUC_PRINTF (5, 6);

/* Takes away the notes with CODE on page PAGE: what they are about is not used. */
void notes_remove (GPtrArray *notes, const char *code, int page);

/* Says of the last of NOTES how many characters it is about. */
void notes_count_left_out (GPtrArray *notes, gsize characters);

/* TEXT for a note that quotes it: on one line, cut after NOTE_WORDS characters. The caller frees. */
#define NOTE_WORDS 60
char *note_words (const char *text);

/* "info", "warning" or "error"; static. */
const char *note_severity_name (NoteSeverity severity);
