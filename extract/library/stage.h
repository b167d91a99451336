/* stage.h - the steps from a document's bytes to its sheet, each as text for eyes: what `checksheet show` prints. They are read
 * by document_task, as a sheet is, with the same options.
 */
#pragma once

#include "read/reader.h"

/* NULL with ERROR set, those of pages_from_source; "": the document has nothing of the kind. The caller frees. */
typedef char *(*StageReading) (const Source *source, const ReadOptions *options, GError **error);

typedef struct {
  const char *name, *summary;
  StageReading text,
      json; /* the second NULL: only text; both: it is the sheet. Of "page", an SVG and a PNG, as base64 */
} Stage;

/* All, ended by one without a name. */
extern const Stage stages[];
