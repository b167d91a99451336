/* report.c - see report.h */
#include "report/report.h"

static void
page_picture_free (gpointer data)
{
  PagePicture *picture = data;
  g_free (picture->address);
  g_free (picture);
}

static void
report_sheet_free (gpointer data)
{
  ReportSheet *of = data;
  sheet_free (of->sheet);
  g_free (of->name);
  cJSON_Delete (of->changes);
  g_ptr_array_unref (of->pictures);
  g_ptr_array_unref (of->lines);
  g_free (of->no_document);
  g_free (of);
}

Report *
report_new (const Knowledge *knowledge)
{
  Report *report = g_new0 (Report, 1);
  report->knowledge = knowledge;
  report->sheets = g_ptr_array_new_with_free_func (report_sheet_free);
  report->matrix = matrix_new (knowledge);
  return report;
}

ReportSheet *
report_add (Report *report, const StreamedSheet *streamed, Sheet *sheet)
{
  ReportSheet *of = g_new0 (ReportSheet, 1);
  of->sheet = sheet;
  of->pictures = g_ptr_array_new_with_free_func (page_picture_free);
  of->lines = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (report->sheets, of);
  matrix_add (report->matrix, streamed);
  return of;
}

void
report_complete (Report *report)
{
  matrix_complete (report->matrix);
  for (guint i = 0; i < report->sheets->len; i++)
    ((ReportSheet *)report->sheets->pdata[i])->name = g_strdup (report->matrix->labels->pdata[i]);
}

void
report_free (Report *report)
{
  if (!report)
    return;
  g_ptr_array_unref (report->sheets);
  matrix_free (report->matrix);
  g_free (report);
}
