/* ledger.h - what became of each input: one JSON object a line, in the order of the inputs.
 *
 *     {"uri": "a/x.pdf", "sha256": "…", "status": "ok", "reason": null, "seconds": 0.041, "output": "x.json"}
 *
 * Every input has exactly one record, the failed ones too. `output` is a file in the ledger's folder. `seconds` is the
 * only value that changes from run to run.
 */
#pragma once

#include "run/output.h"
#include "run/worker.h"

/* The record, with its "\n"; OUTPUT_NAME is NULL where nothing was written. The caller frees. */
char *ledger_record (const char *path, const Outcome *outcome, const char *output_name);
