/* parts.h - the parts of a report: each appends a part of the page, in LANGUAGE ("ja", "en") where it asks for it. */
#pragma once

#include "report/report.h"

/* So many vendors have room for the words of their answers, on screen and on paper. */
enum { FEW_VENDORS = 6 };

/* Of a report of one sheet: the items beside their pages. */
void html_one_sheet (GString *html, const Report *report, const char *language);

/* Of several: items down, vendors across; and every answer, item by item. */
void html_matrix (GString *html, const Report *report, const char *language);
void html_answers (GString *html, const Report *report, const char *language);

/* What is to say of a sheet as a whole: facts, what is missing, checks, notes, certifications, revisions, what the
 * newest revision changed; and where EXTENSIONS the items that are none of the catalogue's. Headings are LEVEL ("h3"). */
void html_sheet_facts (GString *html, const Report *report, int index, const char *level, gboolean extensions,
                       const char *language);

/* PICTURE, of the sheet INDEX, with a rectangle for each item: id "b<sheet>-<item>-<place>". */
void html_page_picture (GString *html, const ReportSheet *of, int index, const PagePicture *picture);

/* Old and new side by side. */
void html_changes (GString *html, const Report *report, const cJSON *changes, const char *level, const char *language);

/* Charts of coverage, uptime, RTO, support hours and retention, each with its figures as a table. */
void html_charts (GString *html, const Report *report, const char *language);

/* The fields by which the script filters what is shown; CATEGORIES (char *) in their order. */
void html_filters (GString *html, const Report *report, gboolean several, const char *language);

/* A sheet's items that are ITEM, in its order; the caller frees. */
GPtrArray *items_of_sheet (const Sheet *sheet, const CatalogueItem *item);
