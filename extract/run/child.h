/* child.h - what happens in a worker's process (worker.h), from the fork to its end. */
#pragma once

#include "run/worker.h"

/* Exit statuses, chosen away from those that libraries end a process with. */
enum {
  CHILD_OUT_OF_MEMORY = 86,
  CHILD_CANNOT_ANSWER = 87, /* the temporary folder is full */
};

/* Reads INPUT, does WORK, answers into the worker's file, and ends the process. PARENT is who waits for it. */
void child_run (const Input *input, const Work *work, const Worker *worker, pid_t parent) G_GNUC_NORETURN;
