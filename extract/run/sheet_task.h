/* sheet_task.h - what a worker does for those who want the sheet of a document: bytes in, the sheet's text out. */
#pragma once

#include "run/worker.h"

/* A WorkerTask. DATA: the Writer (write/writer.h). The warning is the first of the sheet's notes that is more than
 * information, and how many there are. */
char *sheet_task (const Source *source, gconstpointer data, char **warning, GError **error);
