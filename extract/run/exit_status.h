/* exit_status.h - the exit statuses of the program.
 *
 * A program that a signal ends has 128 + its number, as shells count. `diff` follows the system's diff: 0 same, 1
 * different, 2 trouble.
 */
#pragma once

enum {
  EXIT_ALL_DONE = 0,
  EXIT_SOME_FAILED = 1, /* the others are written */
  EXIT_WRONG_CALL = 2,
  EXIT_ALL_FAILED = 3,

  /* One input, and this is what it is. */
  EXIT_NO_SHEET = 4,
  EXIT_NEEDS_PASSWORD = 5,
  EXIT_UNREADABLE = 6, /* damaged, or of a type that is not read */
  EXIT_LIMIT = 7,

  EXIT_FAULT = 8 /* of a disk, the network or the sandbox */
};

/* The exit status of a run over one input that ended in STATUS, a word of the ledger (model/error.h). */
int exit_status_of_one (const char *status);

/* That of a run over several. */
int exit_status_of_several (int done, int failed);
