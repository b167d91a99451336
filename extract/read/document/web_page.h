/* web_page.h - what markup.h made of a text document, read as a web page. */
#pragma once

#include "read/document/markup.h"
#include "read/reader.h"

/* The pages of MARKUP, which was made from SOURCE. Errors: LIMIT_SIZE. The caller frees. */
GPtrArray *pages_from_markup (Markup *markup, const Source *source, const ReadOptions *options, GPtrArray *notes,
                              GError **error);

/* Adds a note that a field, list or box of a form was read, or that the prompt of an empty one was left out. */
void note_form_field (GPtrArray *notes, const Markup *markup, const char *kind, const char *words);
void note_prompt (GPtrArray *notes, const Markup *markup, const char *prompt);

/* Adds a note that pictures (COUNT; 0: none) are not read. */
void note_pictures (GPtrArray *notes, int count);
