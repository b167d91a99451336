/* report.h - sheets as one HTML file for people, which works from disk, without script, and on paper.
 *
 * One sheet: its items beside the pictures of their pages, each with its box. Several: items down, vendors across, then
 * every answer, then what is to say of each sheet. README.md in this folder has the drawing, and what makes it safe.
 */
#pragma once

#include "export/matrix.h"
#include "model/sheet.h"
#include "patterns/knowledge.h"

#include <cjson/cJSON.h>

/* A page of a document as a picture. */
typedef struct {
  int page;             /* from 1 */
  double width, height; /* of the page, points */
  char *address;        /* "data:image/png;base64,…"; NULL: it was not drawn */
} PagePicture;

/* A sheet, and what belongs to it. */
typedef struct {
  Sheet *sheet;
  char *name;          /* for people, no two the same: the vendor, with more where that is not enough; never NULL */
  cJSON *changes;      /* what the newest revision changed (out/changes-1.schema.json); NULL: not known */
  GPtrArray *pictures; /* PagePicture; empty: none */
  GPtrArray *lines;    /* char *: the lines of a document that is text; empty: it is not, or not at hand */
  char *no_document;   /* why there are no pictures or lines, for people; NULL: there are, or nobody asked */
} ReportSheet;

typedef struct {
  const Knowledge *knowledge; /* borrowed */
  GPtrArray *sheets;          /* ReportSheet, in the order of the call */
  Matrix *matrix; /* the same sheets side by side, as `compare` has them; complete when the report is written */
  guint unread;   /* inputs that the call names and that could not be read */
} Report;

/* Empty. KNOWLEDGE is borrowed. The caller frees. */
Report *report_new (const Knowledge *knowledge);

/* Adds SHEET, which it takes and which is what STREAMED says; without a name before report_complete. Borrowed. */
ReportSheet *report_add (Report *report, const StreamedSheet *streamed, Sheet *sheet);

/* After the last sheet: names, and what differs. */
void report_complete (Report *report);
void report_free (Report *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Report, report_free)
