/* answer_html.h - an item of a sheet in full: the answer, its values, choices and plans, other columns, struck-out
 * words, what was noticed there, where it is.
 */
#pragma once

#include "report/report.h"

/* Whether ITEM is one to look at: its confidence is low, a check names it, or a warning is about its place. */
gboolean item_is_doubtful (const Sheet *sheet, const Item *item);

/* Appends all of the answer as blocks; LANGUAGE is the page's. */
void html_answer (GString *html, const ReportSheet *of, const Item *item, const char *language);

/* Appends the finding or note as an entry of a list. */
void html_finding (GString *html, const Finding *finding);
void html_note (GString *html, const Note *note, gboolean with_place);
