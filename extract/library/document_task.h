/* document_task.h - reading a document as checksheet.h has it, for who has a Source in place of bytes: checksheet_read in
 * the caller, and each process in which the program reads a document (run/worker.h). Both go through this one function, so
 * that they give the same bytes.
 */
#pragma once

#include "library/options.h"
#include "library/stage.h"
#include "read/reader.h"
#include "run/worker.h"
#include "write/writer.h"

/* The data of document_task. All of it is borrowed. */
typedef struct {
  const Knowledge *knowledge;
  const ChecksheetOptions *options; /* its passwords and its pages; NULL: none, and all */
  const OcrModel *ocr_model;        /* NULL: looked up when it is needed */
  const Weighing *weighing;         /* NULL: the usual */
  StageReading stage;               /* in place of the sheet; NULL: the sheet, as WRITER has it */
  const Writer *writer;
} DocumentTask;

/* A WorkerTask: what DATA, a DocumentTask, asks of SOURCE, as text. The warning is the first of the sheet's
 * checks and notes that is more than information, and the number of the others; the summary is that of sheet/summary.h; a stage has neither.
 * Errors: those of sheet_from_source (road.h). */
char *document_task (const Source *source, gconstpointer data, const MoreTime *more_time, TaskRemarks *remarks,
                     GError **error);

/* What a reader is given where the task may ask for MORE_TIME: its functions, and the passwords and pages of OPTIONS, which
 * may be NULL. It borrows from all three. */
ReadOptions read_options_of_task (const Knowledge *knowledge, const ChecksheetOptions *options,
                                  const MoreTime *more_time);
