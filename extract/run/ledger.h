/* ledger.h - the outcome of each input: one JSON object a line, in the order of the inputs.
 *
 *     {"uri": "a/x.pdf", "sha256": "…", "status": "ok", "reason": null, "seconds": 0.041, "output": "x.json"}
 *
 * Every input has exactly one record, a failed one too. `output` is a file in the ledger's folder. `seconds` is the
 * only value that changes from run to run. A text that is not UTF-8 has U+FFFD in place of what is wrong.
 */
#pragma once

#include "run/output.h"
#include "run/worker.h"

/* The record of the input PATH, with its "\n"; OUTPUT_NAME is NULL if nothing was written. The caller frees. */
char *ledger_record (const char *path, const Outcome *outcome, const char *output_name);
